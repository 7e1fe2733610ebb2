"""An HTML page read: its visible text, the pieces of it with their roles, and its head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import pairwise

from briefing.documents import pages, roles
from briefing.documents.flatten import Part, flatten, parse
from briefing.documents.head import Head, read_head
from briefing.documents.metadata import Metadata, read_metadata
from briefing.documents.pieces import Piece
from briefing.documents.shapes import Shape
from briefing.types import CITABLE, Role

_NO_ARTICLE = "No article was found in the markup; the roles were judged from the words alone."


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A flattened page. `text` is empty when it shows nothing."""

    text: str
    pieces: Sequence[Piece] = ()
    roles: Sequence[Role] = ()
    head: Head = field(default_factory=Head)
    extractor: str = ""
    warnings: tuple[str, ...] = ()


def read_markup(markup: str) -> Page:
    """Flatten a page and say what each part of it is for.

    Parts of the text are the page's block elements, parted by an empty line, list items by a line break.

    >>> page = read_markup("<h1>Bridge closed</h1><p>The bridge was closed on Monday.</p>")
    >>> page.text
    'Bridge closed\\n\\nThe bridge was closed on Monday.'
    """
    tree, warnings = parse(markup)
    parts = [] if tree is None else flatten(tree)
    if tree is None or not parts:
        return Page(text="", warnings=warnings)
    text, pieces = _laid_out(parts)
    shapes = [Shape(piece) for piece in pieces]
    assigned, missing = _roles(markup, parts, shapes)
    return Page(
        text=text,
        pieces=pieces,
        roles=assigned,
        head=_merged(read_metadata(tree), read_head(text, shapes, assigned)),
        extractor=f"html/1 trafilatura/{version('trafilatura')}",
        warnings=(*warnings, *missing),
    )


def _laid_out(parts: Sequence[Part]) -> tuple[str, list[Piece]]:
    chunks: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for gap, part in zip(_gaps(parts), parts, strict=True):
        chunks += (gap, part.text)
        at += len(gap)
        pieces.append(
            Piece(
                start=at,
                end=at + len(part.text),
                text=part.text,
                bulleted=part.tag == "li",
                heading=part.tag in ("h1", "h2", "h3"),
                apart="\n\n" in gap or at == 0,
            )
        )
        at += len(part.text)
    return "".join(chunks), pieces


def _gaps(parts: Sequence[Part]) -> Iterator[str]:
    yield ""
    for before, after in pairwise(parts):
        yield "\n" if before.tag == after.tag == "li" else "\n\n"


def _roles(markup: str, parts: Sequence[Part], shapes: Sequence[Shape]) -> tuple[Sequence[Role], tuple[str, ...]]:
    article = pages.mark_article(parts, pages.extract(markup))
    assigned = pages.assign(parts, shapes, article)
    if any(role in CITABLE for role in assigned):
        return assigned, ()
    return roles.assign(shapes), (_NO_ARTICLE,)


def _merged(markup: Metadata, seen: Head) -> Head:
    """Trust what the markup states over what the lines suggest."""
    return Head(
        title=seen.title or markup.title,
        publisher=markup.publisher or seen.publisher,
        author=markup.author or seen.author,
        published=markup.published or seen.published,
    )
