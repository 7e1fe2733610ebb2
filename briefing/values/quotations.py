"""Read the quotations of a text, with the speakers that reporting clauses beside them name.

Pure; quotation marks of most languages. A speaker is given as the text writes it ("the minister", "she"): who that
is, is not resolved. All offsets are half-open ranges of code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.values.speech import Attribution, read_attributions


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotation:
    """Words between quotation marks; the span excludes the marks."""

    start: int
    end: int
    text: str
    speaker: str | None
    """As the text writes it; None when no reporting clause stands beside the quotation."""
    speaker_start: int | None
    speaker_end: int | None
    scare: bool
    """Three words or fewer and no reporting clause: a title, a nickname, a distancing."""


_PAIRS = {"“": "”", "«": "»", "„": "“”", "‹": "›", "「": "」", "『": "』"}
_MARK = re.compile("[\"'‘" + "".join(_PAIRS) + "]")
# Where another quotation opens; what closes behind it closes that one.
_OPENS = re.compile(r"(?<!\w)[‘'](?=\w)")
_SHORT = 3
#: Words that may stand between a reporting clause and the second part of its quotation: "told Radio Quito on Monday".
_CARRIED = 6


def read_quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of `text`, in order, with the speaker that a reporting clause beside them names.

    >>> [quotation] = read_quotations('"We leave at dawn," said the harbour pilot.')
    >>> quotation.text, quotation.speaker
    ('We leave at dawn,', 'the harbour pilot')
    """
    spans = [span for line in _lines(text) for span in _quoted(text, *line)]
    if not spans:
        return ()
    clauses = read_attributions(text)
    found: list[Quotation] = []
    before: Attribution | None = None
    for at, (start, end) in enumerate(spans):
        left = spans[at - 1][1] if at else 0
        right = spans[at + 1][0] if at + 1 < len(spans) else len(text)
        clause = _clause_of(text, start, end, left, right, clauses) or _carried_on(text, start, left, before)
        found.append(_quotation(text, start, end, clause))
        before = clause
    return tuple(found)


def _carried_on(text: str, start: int, left: int, clause: Attribution | None) -> Attribution | None:
    """The clause of the quotation before, when it stands between the two and nothing else does: “…,” X said. “…”"""
    if clause is None or clause.start < left or "\n" in text[left:start]:
        return None
    return clause if len(text[clause.end : start].split()) <= _CARRIED else None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\r]+", text):
        yield match.span()


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the inner spans of the quotations in one line; an unclosed one reaches to the line's end."""
    at = start
    while mark := _MARK.search(text, at, end):
        at = mark.end()
        close = _closing(text, mark.start(), start, end)
        if close is None:
            continue
        if text[at:close].strip():
            yield at, close
        at = close + 1


def _closing(text: str, at: int, start: int, end: int) -> int | None:
    """Where the quotation that opens at `at` closes, or None when none opens there."""
    mark = text[at]
    if mark in _PAIRS:
        ends = [found for close in _PAIRS[mark] if (found := text.find(close, at + 1, end)) >= 0]
        return min(ends, default=end if mark == "“" else None)
    before, after = text[at - 1 : at] if at > start else "", text[at + 1 : at + 2]
    if not after or after.isspace() or (before and (before.isalnum() or before in "”’")):
        return None
    if mark == '"':
        found = text.find('"', at + 1, end)
        return found if found >= 0 else None
    if mark in "‘'":
        return _single(text, at, end)
    return None


def _single(text: str, at: int, end: int) -> int | None:
    """A single mark closes after a word or a stop and before a space or a stop; apostrophes inside do not."""
    if not text[at + 1 : at + 3].isalpha() and text[at + 1 : at + 2] not in "IAO":
        return None  # "'90s", "rock 'n' roll"
    if text[at + 1 : at + 4].casefold() in ("tis", "twa", "em ", "til"):
        return None
    closers = [m.start() for m in re.finditer(r"(?<=[\w.,!?…])[’'](?=[\s.,;:!?)\]—–-]|$)", text[at + 1 : end])]
    opener = text.find("‘", at + 1, end)
    other = _OPENS.search(text, at + 1 + closers[0], end) if closers else None
    last = min(opener if opener >= 0 else end, other.start() if other else end)
    inside = [c + at + 1 for c in closers if c + at + 1 <= last]
    stops = [c for c in inside if text[c - 1] in ".,!?…"]
    plain = [c for c in inside if text[c - 1] not in "sS"]
    return next(iter(stops or plain or inside), None) if not (stops and plain) else min(stops[0], plain[0])


def _clause_of(
    text: str, start: int, end: int, left: int, right: int, clauses: Sequence[Attribution]
) -> Attribution | None:
    """The clause that introduces the quotation with a colon or a comma, else the one after it, else one before."""
    before = [c for c in clauses if left <= c.start and c.end <= start and not _ENDED.search(text[c.end : start])]
    if before and _INTRODUCES.search(text[before[-1].end : start]):
        return before[-1]
    after = [c for c in clauses if end <= c.start < right and not _ENDED.search(text[end + 1 : c.start])]
    if after and after[0].start - end < _NEAR and not text[start:end].rstrip().endswith("."):
        return after[0]
    return before[-1] if before else None


_ENDED = re.compile(r"[.!?](?=\s)|\n")
_INTRODUCES = re.compile(r"^[^,:]{0,40}[:,]\s*\W\s*$")
_NEAR = 60
"""Characters between a quotation and the clause after it."""


def _quotation(text: str, start: int, end: int, clause: Attribution | None) -> Quotation:
    inner = text[start:end]
    return Quotation(
        start=start,
        end=end,
        text=inner,
        speaker=clause.speaker if clause else None,
        speaker_start=clause.speaker_start if clause else None,
        speaker_end=clause.speaker_end if clause else None,
        scare=clause is None and len(inner.split()) <= _SHORT,
    )
