"""Roles of an HTML page's parts: trafilatura says what is article, markup and words say what the rest is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from briefing.documents import notices
from briefing.documents.flatten import Part, Region
from briefing.documents.opinions import is_opinion
from briefing.documents.shapes import Shape
from briefing.types import CITABLE, Role

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A list item that is nothing but a link leads elsewhere.
_ALL_LINK = 0.8
# A page of links has many, and most of its letters in them. Set by hand on invented pages.
_INDEX_LINKS, _INDEX_SHARE = 12, 0.5
# So many words in a row do not stand in an article by chance.
_RUN = 4
# It is made for pages that browsers show; what it raises on others is no contract of its.
_FAILURES = (etree.LxmlError, RecursionError, ValueError, TypeError, AttributeError, LookupError)
_REGION_ROLES = {
    Region.FURNITURE: Role.FURNITURE,
    Region.COMMENT: Role.COMMENT,
    Region.CAPTION: Role.CAPTION,
    Region.BYLINE: Role.BYLINE,
    Region.PLAIN: Role.FURNITURE,
}


def extract(markup: str) -> tuple[str, ...]:
    """Return the lines that trafilatura takes for the article, reader comments left out; none when it finds none."""
    import trafilatura

    try:
        text = trafilatura.extract(markup, include_comments=False, include_tables=True, output_format="txt")
    except _FAILURES:
        text = None
    return tuple(line.removeprefix("- ") for line in (text or "").splitlines() if line.strip())


def mark_article(parts: Sequence[Part], lines: Sequence[str]) -> list[bool]:
    """Say for each part whether it belongs to the extracted lines.

    Line breaks are read differently there, so a part belongs when its first and last words stand together in the
    lines; one of few words when it is a line, or stands between parts that belong.
    """
    words = [_words(line) for line in lines]
    whole = {tuple(line) for line in words}
    runs = {run for line in words for run in _runs(line)}
    folded = [_words(part.text) for part in parts]
    sure = [len(own) >= _RUN and own[:_RUN] in runs and own[-_RUN:] in runs for own in folded]
    return [
        sure[index] or (len(own) < _RUN and _belongs(sure, index, own in whole and parts[index].region is Region.PLAIN))
        for index, own in enumerate(folded)
    ]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().split())


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (words[at : at + _RUN] for at in range(len(words) - _RUN + 1))


def _belongs(sure: Sequence[bool], index: int, is_line: bool) -> bool:
    before = index > 0 and sure[index - 1]
    after = index + 1 < len(sure) and sure[index + 1]
    return (before or after) if is_line else (before and after)


def index_of(parts: Sequence[Part], roles: Sequence[Role]) -> str | None:
    """Say that a page is a list of links with, at most, a sentence under each; None for any other."""
    links = [part for part in parts if part.linked >= _ALL_LINK and len(part.text.split()) >= _RUN]
    letters = sum(len(part.text) for part in parts)
    linked = sum(len(part.text) * part.linked for part in parts)
    if len(links) < _INDEX_LINKS or linked < _INDEX_SHARE * letters:
        return None
    prose = [role in CITABLE and part.linked < _ALL_LINK for part, role in zip(parts, roles, strict=True)]
    together = any(a and b for a, b in pairwise(prose))
    return None if together else "a page of links"


def assign(parts: Sequence[Part], shapes: Sequence[Shape], article: Sequence[bool]) -> tuple[Role, ...]:
    """Return one role for each part."""
    return tuple(_role(part, shape, inside) for part, shape, inside in zip(parts, shapes, article, strict=True))


def _role(part: Part, shape: Shape, inside: bool) -> Role:
    if part.region in (Region.COMMENT, Region.CAPTION):
        return _REGION_ROLES[part.region]
    if part.tag in _HEADINGS and (inside or part.tag == "h1") and not shape.opens_related:
        return Role.HEADLINE
    if notices.is_notice(shape.text) and not (
        shape.is_date_line or shape.is_furniture or part.region is Region.FURNITURE
    ):
        return Role.NOTICE
    if shape.is_caption:
        return Role.CAPTION
    if shape.is_by_line or shape.is_date_line:
        return Role.BYLINE
    if not inside:
        return _REGION_ROLES[part.region]
    return _role_inside(part, shape)


def _role_inside(part: Part, shape: Shape) -> Role:
    linked_away = part.linked >= _ALL_LINK and (not shape.terminated or part.region is Region.FURNITURE)
    if linked_away or shape.opens_related or shape.is_furniture or shape.opens_comments:
        return Role.FURNITURE
    if part.region is Region.BYLINE and not shape.is_prose:
        return Role.BYLINE
    return Role.OPINION if is_opinion(shape.text) else Role.BODY
