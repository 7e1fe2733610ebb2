"""Claims of a text that somebody else wrote: its sentences, in order, each with its place.

Reads plain text and the common marks of Markdown; citations in the text are taken off a claim and not read yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from briefing.types import Claim


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """A claim and where it stands: half-open code points of the text."""

    claim: Claim
    start: int
    end: int


# What opens a line and is no part of what it says: headings, quotes, list marks, table bars.
_MARKS = re.compile(r"\s*(?:#{1,6}\s+|>\s*|[-*+•]\s+|\d{1,3}[.)]\s+|\|)*\s*")
# Citation marks: [1], [^2], [1, 3], 【4】, and the emphasis of Markdown around words.
_CITATION = re.compile(
    r"\s*(?:\[\^?\d+(?:\s*[,–-]\s*\d+)*\]|【[^】]{1,20}】)"
    r"|\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)"
)
_DEFINITION = re.compile(r"\s*(?:\[\^[^\]]{1,40}\]:|\[[^\]]{1,40}\]:\s*<?[a-z]+://)")
_LETTERS = re.compile(r"\w")

Split = Callable[[str], Iterable[tuple[int, int]]]


def stated_claims(text: str, split: Split) -> tuple[Stated, ...]:
    """Make a claim of each sentence of each line; `split` yields their places in a line. Footnotes are none.

    >>> text = "1. The bridge is **closed**.[^1]"
    >>> [(s.claim.text, s.start) for s in stated_claims(text, lambda line: [(0, len(line))])]
    [('The bridge is closed.', 3)]
    """
    found: list[Stated] = []
    for start, end in _places(text, split):
        words = " ".join(_CITATION.sub("", text[start:end]).split())
        if _LETTERS.search(words):
            claim = Claim(id=f"C{len(found) + 1}", story="", text=words, cites=())
            found.append(Stated(claim=claim, start=start, end=end))
    return tuple(found)


def _places(text: str, split: Split) -> Iterator[tuple[int, int]]:
    line_start = 0
    for line in text.splitlines(keepends=True):
        marks = _MARKS.match(line)
        begin = line_start + (marks.end() if marks else 0)
        line_start += len(line)
        if not _DEFINITION.match(line):
            yield from ((begin + a, begin + b) for a, b in split(text[begin:line_start]))
