"""From words to printed lines: what stands side by side, with where it stands in the page's text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.documents.pdf.extraction import Page, Word
from briefing.types import Box

HYPHEN = "\ufffe"
"""What the worker writes for a hyphen that ends a printed line inside a word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A printed line, or the part of one that is seen, or not seen."""

    page: int
    start: int
    end: int
    """Of the page's text, without the white space that follows."""
    text: str
    box: Box
    size: float
    """Of the font that most of its words have, in points."""
    hidden: bool
    hyphened: bool
    """Whether its last word goes on in the next line."""

    @property
    def place(self) -> tuple[int, int]:
        """What tells it from all other lines of the document: its page, and where it begins there."""
        return self.page, self.start


def lines_of(page: Page) -> Iterator[Line]:
    """Yield the lines of a page in the order of its text."""
    own: list[Word] = []
    for word in page.words:
        if own and _begins_line(own[-1], word, page.text):
            yield _line(own, page)
            own = []
        own.append(word)
    if own:
        yield _line(own, page)


def _begins_line(before: Word, word: Word, text: str) -> bool:
    gap = text[before.end : word.start]
    return HYPHEN in gap or "\n" in gap or bool(before.hidden) != bool(word.hidden) or word.right < before.left


def _line(words: Sequence[Word], page: Page) -> Line:
    start, end = words[0].start, words[-1].end
    sizes = Counter(round(word.size, 1) for word in words)
    return Line(
        page=page.number,
        start=start,
        end=end,
        text=page.text[start:end],
        box=Box(
            page=page.number,
            left=min(word.left for word in words),
            bottom=min(word.bottom for word in words),
            right=max(word.right for word in words),
            top=max(word.top for word in words),
        ),
        size=max(sizes, key=lambda size: (sizes[size], size)) or 1.0,
        hidden=bool(words[0].hidden),
        hyphened=page.text[end : end + 1] == HYPHEN,
    )


# Running heads
# -------------

_EDGE_LINES = 2
_LEAST_PAGES, _LEAST_SHARE = 3, 0.5
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|pagina|página|стр\.?)\s*)?(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|of|von|de|di|sur|из)\s*\d{1,4})?\W*",
    re.I,
)
_DIGITS = re.compile(r"\d+")


def running(pages: Sequence[Sequence[Line]]) -> frozenset[tuple[int, int]]:
    """Return the places of the lines that run along the edges of pages: heads, feet, page numbers.

    Of each page the uppermost and the lowest two lines are looked at. A line runs when it stands on half of the pages,
    three at least, but for its numbers; or when it is a page number alone, on any two pages.
    """
    edges = [(line, at) for page in pages for line, at in _edges(page)]
    seen = Counter(key for key in dict.fromkeys((_key(line), at, line.page) for line, at in edges))
    spread = Counter((words, at) for words, at, _ in seen)
    numbers = sum(bool(_PAGE_NUMBER.fullmatch(line.text)) for line, _ in edges)
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    return frozenset(
        line.place
        for line, at in edges
        if spread[_key(line), at] >= least or (numbers > 1 and _PAGE_NUMBER.fullmatch(line.text))
    )


def _edges(page: Sequence[Line]) -> Iterable[tuple[Line, str]]:
    by_height = sorted((line for line in page if not line.hidden), key=lambda line: -line.box.top)
    yield from ((line, "head") for line in by_height[:_EDGE_LINES])
    yield from ((line, "foot") for line in by_height[_EDGE_LINES:][-_EDGE_LINES:])


def _key(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.casefold().split()))
