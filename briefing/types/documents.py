"""What is read: sources, the texts made of them, and the sentences that may be cited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a block of a document is for its reader."""

    BODY = "body"
    HEADLINE = "headline"
    BYLINE = "byline"
    CAPTION = "caption"
    NOTICE = "notice"
    OPINION = "opinion"
    COMMENT = "comment"
    FURNITURE = "furniture"


#: Only these may support a claim of fact.
CITABLE = frozenset({Role.BODY, Role.NOTICE})


#: What a figure counts, who holds a title and what is denied is read in English only; None is too short to tell.
COMPARED_LANGUAGES = frozenset({"en", None})


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The bytes as they came, and where from."""

    id: str
    """`S1`, `S2`, … in the order given."""
    location: str
    """A path or an address as the user wrote it, or `-` for standard input; one of the articles of a file or a feed
    has its number behind a `#`: `articles.jsonl#3`."""
    data: bytes = field(repr=False)
    """What the document is read from: all the bytes, or the part of them that is this article."""
    sha256: str
    """`sha256:` and the hexadecimal digest of all the bytes as they came: of the file, the answer of the server, or
    standard input."""
    media_type: str
    """Of `data`, such as `text/plain`, `text/html` or `application/pdf`: found from the content, then from the name."""
    address: str | None = None
    """Where on the web it stands: of a page that was fetched, after all redirects. None when nobody said."""
    charset: str | None = None
    """What its server says that it is encoded in. None when nobody said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """Where something is printed: a rectangle on a page, in points (1/72 inch) from its lower left corner."""

    page: int
    """Counted from 1."""
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A run of text with one role, usually a paragraph or a list item; never overlaps another."""

    role: Role
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    """Where it is printed, for texts that come in pages: one box per page and column that it runs over, in order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Where a publisher says that it changed the article."""

    kind: str
    """`update` or `correction`. A notice that is both appears twice, with the same span."""
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One text read from a source. All offsets of the whole program point into `text`."""

    id: str
    """The id of its source."""
    location: str
    sha256: str
    """Of the source's bytes."""
    text: str = field(repr=False)
    text_sha256: str
    """`sha256:` and the digest of `text` in UTF-8 (lone surrogates cannot occur)."""
    media_type: str
    encoding: str
    """A Python codec name: for plain text, `data.decode(encoding)` is `text`, unless `warnings` says otherwise."""
    extractor: str
    """Name and version of what made `text` from the bytes; `decode/1` for plain text."""
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: datetime | None = None
    """With a time zone where the text gives one; else naive. Midnight when only a day is known."""
    published_precision: str | None = None
    """`day`, `minute` or `second`; None when `published` is None."""
    updated: datetime | None = None
    """When the publisher last changed it, as far as it says so; zone and midnight as in `published`."""
    updated_precision: str | None = None
    """`day`, `minute` or `second`; None when `updated` is None."""
    address: str | None = None
    """Where on the web the article stands, as its fetching or the source tells."""
    found_in: tuple[tuple[str, str], ...] = ()
    """(field, where it was found) for each of title, publisher, author, published, updated and address that is known:
    a range of the text as `text 120-141`, or the place in the markup, the feed or the file, as `meta og:title`."""
    shortfall: str | None = None
    """What of the article is missing, when the source plainly has not all of it: `teaser only: 312 characters`."""
    left_out: tuple[tuple[int, str], ...] = ()
    """(offset, characters) that the extractor read at this offset of `text` and left out, such as the hyphen and the
    line break inside a word that a printer parted. Putting them back gives what it read."""
    language: str | None = None
    """ISO 639-1, or None when the text is too short to tell."""
    blocks: tuple[Block, ...] = ()
    notices: tuple[Notice, ...] = ()
    warnings: tuple[str, ...] = ()
    """What was unusual about reading it, one sentence each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One citable sentence."""

    id: str
    """`S2.14`: the fourteenth citable sentence of source 2."""
    source: str
    start: int
    end: int
    text: str
    role: Role
    """`body` or `notice`."""
    block: int
    """Index of its block in `Document.blocks`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A range of one source's text."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A source that could not be read."""

    location: str
    error: str
    hint: str
