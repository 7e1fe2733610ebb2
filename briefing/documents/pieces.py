"""Cut a text into pieces: paragraphs, single lines, list items. Shapes only; what a piece is for comes later.

Every character that is neither white space nor a list marker lies in exactly one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_LEAD = re.compile(r"[\s\ufeff\u200b]*(?P<bullet>(?:[•‣▪▸►●○◦∙·*+–—-]|\uf0b7)(?=\s|$))?\s*")
_MARKDOWN_LEAD = re.compile(r"(?:>\s?)*(?P<mark>#{1,6}(?=\s)|\d{1,3}[.)](?=\s))?\s*")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»“)\]]*$")
_FIRST_WORD = re.compile(r"\S+")
# Of lines cut by a text editor or a mail program; wider "lines" are paragraphs.
_WRAP_WIDTHS = range(50, 121)
_CONTINUED_LENGTH = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A trimmed run of text: `text == whole[start:end]`."""

    start: int
    end: int
    text: str
    bulleted: bool = False
    heading: bool = False
    apart: bool = True
    """Whether an empty line, or the start of the text, stands before it."""


def cut(text: str, *, markdown: bool = False) -> list[Piece]:
    r"""Return the pieces of `text` in order.

    >>> [piece.text for piece in cut("Title\n\n  • first\n  • second")]
    ['Title', 'first', 'second']
    """
    return list(_unwrap(list(_lines(text, markdown=markdown)), text))


def ends_sentence(text: str) -> bool:
    """Tell whether the text ends like a sentence.

    >>> ends_sentence("“We left,” she said.”"), ends_sentence("Read more")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text[-8:]))


def _lines(text: str, *, markdown: bool) -> Iterator[Piece]:
    previous_end = 0
    for line in _LINE.finditer(text):
        start, end = line.span()
        if line.group().isspace():
            continue
        apart = previous_end == 0 or _newlines(text[previous_end:start]) > 1
        previous_end = end
        piece = _trimmed(text, start, end, markdown=markdown, apart=apart)
        if piece.text:
            yield piece


def _newlines(gap: str) -> int:
    return gap.count("\n") or gap.count("\r") or len(gap.strip(" \t"))


def _trimmed(text: str, start: int, end: int, *, markdown: bool, apart: bool) -> Piece:
    begin, bulleted = start, False
    # Most lines start with a letter or a digit.
    if not text[start].isalnum() and (lead := _LEAD.match(text, start, end)):
        begin, bulleted = lead.end(), lead["bullet"] is not None
    heading = False
    if markdown and (mark := _MARKDOWN_LEAD.match(text, begin, end)):
        begin = mark.end()
        heading = (mark["mark"] or "").startswith("#")
        bulleted = bulleted or (bool(mark["mark"]) and not heading)
    stripped = text[begin:end].rstrip()
    return Piece(start=begin, end=begin + len(stripped), text=stripped, bulleted=bulleted, heading=heading, apart=apart)


# Hard-wrapped paragraphs
# -----------------------


def _unwrap(lines: list[Piece], text: str) -> Iterator[Piece]:
    for run in _runs(lines):
        yield from _join(run, text)


def _runs(lines: list[Piece]) -> Iterator[list[Piece]]:
    """Group lines that no empty line, list marker or heading parts."""
    run: list[Piece] = []
    for line in lines:
        if run and (line.apart or line.bulleted or line.heading or run[-1].heading):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _join(run: list[Piece], text: str) -> Iterator[Piece]:
    if len(run) == 1:
        yield run[0]
        return
    width = max(len(line.text) for line in run)
    wrapped = width in _WRAP_WIDTHS and any(_is_continued(a, b) for a, b in pairwise(run))
    first = run[0]
    for before, after in pairwise(run):
        if not (_is_continued(before, after) or (wrapped and _was_full(before, after, width))):
            yield _merged(first, before, text)
            first = after
    yield _merged(first, run[-1], text)


def _is_continued(before: Piece, after: Piece) -> bool:
    """Say that a sentence runs on: a long line without an end, then a small letter."""
    return (
        len(before.text) >= _CONTINUED_LENGTH
        and not ends_sentence(before.text)
        and after.text[0].islower()
        and not after.text.startswith(("by ", "von ", "par ", "por ", "di ", "http", "www."))
    )


def _was_full(before: Piece, after: Piece, width: int) -> bool:
    """Say that the next word had no room left in the line: how an editor wraps."""
    word = _FIRST_WORD.match(after.text)
    return len(before.text) + 1 + len(word.group() if word else "") > width


def _merged(first: Piece, last: Piece, text: str) -> Piece:
    if first is last:
        return first
    return Piece(
        start=first.start,
        end=last.end,
        text=text[first.start : last.end],
        bulleted=first.bulleted,
        heading=first.heading,
        apart=first.apart,
    )
