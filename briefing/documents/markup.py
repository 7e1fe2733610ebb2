"""An HTML page read: its visible text, the pieces of it with their roles, and its head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import pairwise

from lxml import html

from briefing.documents import pages, roles
from briefing.documents.bounds import is_extractable
from briefing.documents.dates import Stamp
from briefing.documents.flatten import Part, Region, flatten, parse
from briefing.documents.head import Found, Head, first_known, same_words
from briefing.documents.metadata import Metadata, read_metadata
from briefing.documents.pieces import Piece
from briefing.documents.shapes import Shape
from briefing.documents.text_head import read_head
from briefing.documents.thin import pretence_of, shortfall_of
from briefing.types import CITABLE, Role

_TOO_MANY_TAGS = "The page has so many tags that the roles were judged from the words alone."
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
    pretended: str | None = None
    """What it is instead of an article."""
    shortfall: str | None = None


def read_markup(markup: str, address: str | None = None) -> Page:
    """Flatten a page and say what each part of it is for.

    `address` is where it was fetched from, if it was. Parts of the text are the page's block elements, parted by an
    empty line, list items by a line break.

    >>> page = read_markup("<h1>Bridge closed</h1><p>The bridge was closed on Monday.</p>")
    >>> page.text
    'Bridge closed\\n\\nThe bridge was closed on Monday.'
    """
    tree, warnings = parse(markup)
    parts = [] if tree is None else flatten(tree)
    if tree is None or not parts:
        return Page(text="", warnings=warnings, pretended=None if tree is None else _without_scripts(tree))
    text, pieces = laid_out(parts)
    shapes = [Shape(piece) for piece in pieces]
    assigned, missing = _roles(markup, parts, shapes)
    metadata = read_metadata(tree, address)
    return Page(
        text=text,
        pieces=pieces,
        roles=assigned,
        head=_merged(metadata, read_head(text, shapes, assigned)),
        extractor=f"html/1 trafilatura/{version('trafilatura')}",
        warnings=(*warnings, *missing),
        pretended=pretence_of(pieces, assigned, name=metadata.name) or pages.index_of(parts, assigned),
        shortfall=shortfall_of(pieces, assigned, free=metadata.free),
    )


def _without_scripts(tree: html.HtmlElement) -> str | None:
    """Say what a page that shows nothing tells those who do not run its scripts."""
    told = " ".join(" ".join(str(element.text_content()).split()) for element in tree.iter("noscript"))
    return pretence_of([Piece(start=0, end=len(told), text=told)], [Role.BODY]) if told else None


def read_fragment(markup: str, above: Sequence[Part] = ()) -> Page:
    """Flatten HTML that is an article already, below the parts that stand `above` it; its head is not looked for.

    What the markup sets apart (captions, boxes of links, what nobody sees) is told apart as on a page.

    >>> page = read_fragment("<p>The bridge was closed.</p><aside>Most read</aside>")
    >>> [str(role) for role in page.roles]
    ['body', 'furniture']
    """
    tree, warnings = parse(markup)
    below = [] if tree is None else flatten(tree)
    while below and above and any(same_words(below[0].text, part.text) for part in above):
        below = below[1:]
    parts = [*above, *below]
    if not parts:
        return Page(text="", warnings=warnings)
    text, pieces = laid_out(parts)
    inside = [part.region not in (Region.FURNITURE, Region.COMMENT) for part in parts]
    return Page(
        text=text,
        pieces=pieces,
        roles=pages.assign(parts, [Shape(piece) for piece in pieces], inside),
        extractor="html/1",
        warnings=warnings,
    )


def laid_out(parts: Sequence[Part]) -> tuple[str, list[Piece]]:
    """Join the parts to one text, and return it with a piece for each part."""
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
    if not is_extractable(markup):
        return roles.assign(shapes), (_TOO_MANY_TAGS,)
    article = pages.mark_article(parts, pages.extract(markup))
    assigned = pages.assign(parts, shapes, article)
    if any(role in CITABLE for role in assigned):
        return assigned, ()
    return roles.assign(shapes), (_NO_ARTICLE,)


def _merged(markup: Metadata, seen: Head) -> Head:
    """Trust what the markup states over what the lines suggest, and say where they differ.

    A title that the reader sees in the words of the markup is found in the text.
    """
    stated = markup.head
    seen_as_stated = stated.title and seen.title and same_words(stated.title.value, seen.title.value)
    titled = Head(title=seen.title if seen_as_stated else None)
    merged = first_known(titled, stated, replace(seen, warnings=()))
    # The time of an update stands for that of publication only where nothing tells the latter.
    unsure = seen.warnings if stated.published is None else ()
    return replace(merged, warnings=(*stated.warnings, *unsure, *_differences(stated, seen)))


def _differences(stated: Head, seen: Head) -> Iterator[str]:
    if stated.publisher and seen.publisher and _names_differ(stated.publisher.value, seen.publisher.value):
        yield f"The markup names the publisher {stated.publisher.value}, the text {seen.publisher.value}."
    published = seen.published if seen.published != seen.updated else None
    if stated.published and published and _days_differ(stated.published, published):
        markup, text = (one.value.when.date().isoformat() for one in (stated.published, published))
        yield f"The markup gives {markup} as the day of publication, the text {text}."


def _names_differ(a: str, b: str) -> bool:
    """Say that neither name is part of the other: "BBC" and "BBC News" are one outlet."""
    first, second = ({word for word in name.casefold().split() if word != "the"} for name in (a, b))
    return not (same_words(a, b) or first <= second or second <= first)


def _days_differ(a: Found[Stamp], b: Found[Stamp]) -> bool:
    # A day apart is another time zone.
    return abs((a.value.when.date() - b.value.when.date()).days) > 1
