"""Dates and times of a claim against those of its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from briefing import values
from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, finding
from briefing.types import Finding, FindingKind
from briefing.values import Moment


def dates(stated: Read, shown: Sequence[Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    """Report dates and times of day that the evidence gives otherwise, or not at all."""
    given = [(read, moment) for read in shown for moment in read.moments]
    for moment in stated.moments:
        speaking = [(read, other) for read, other in given if _speaks_to(moment, other)]
        if any(_agree(moment, other) for _, other in speaking) or _reckoned(moment, shown):
            continue
        told = ", ".join(dict.fromkeys(other.text for _, other in speaking))
        if told:
            yield finding(FindingKind.DATE_DIFFERS, f"the evidence says {told}", moment.start, moment.end)
        elif not _may_be_meant(moment, [other for _, other in given], passages):
            detail = "the evidence says nothing of when"
            yield finding(FindingKind.NOT_ENTAILED, detail, moment.start, moment.end)


def borne_out(stated: Read, shown: Sequence[Read]) -> Iterator[tuple[Moment, Moment]]:
    """Yield the dates and times that the evidence bears out, each with the first of the evidence that does."""
    for moment in stated.moments:
        agreeing = (m for read in shown for m in read.moments if _speaks_to(moment, m) and _agree(moment, m))
        other = next(agreeing, None)
        if other is not None:
            yield moment, other


def _is_clock(moment: Moment) -> bool:
    """Whether it is a time of day and says nothing of the day."""
    vague = moment.first is None and not moment.readings and moment.weekday is None and moment.month is None
    return vague and moment.time is not None


def _speaks_to(moment: Moment, other: Moment) -> bool:
    """Whether the other tells as much of when: a weekday does not speak to a year."""
    if moment.text.casefold() == other.text.casefold():
        return True
    if _is_clock(moment) or _is_clock(other):
        return moment.time is not None and other.time is not None
    if _days(moment) > _MONTH:
        return other.first is not None
    if moment.month is not None:
        return other.month is not None or 0 < _days(other) <= _MONTH
    if moment.weekday is not None or _days(moment):
        return other.weekday is not None or 0 < _days(other) <= _MONTH
    return False


_MONTH = 31


def _days(moment: Moment) -> int:
    """How many days it may mean; 0 when that is not known."""
    if moment.first is not None and moment.last is not None:
        return (moment.last - moment.first).days + 1
    return len(moment.readings)


def _agree(moment: Moment, other: Moment) -> bool:
    # "Thursday" is last week's in one sentence and next week's in another; the same words mean the same here.
    if _is_clock(moment):
        return moment.time == other.time
    return moment.text.casefold() == other.text.casefold() or values.compatible(moment, other) is not False


def _may_be_meant(moment: Moment, given: Sequence[Moment], passages: Sequence[Passage]) -> bool:
    """Whether the day of publication, or a time of the evidence that cannot be placed, may be what is meant."""
    placed = [other for other in given if not _is_clock(other)]
    if _is_clock(moment):
        return False
    if any(_holds(moment, passage.published) for passage in passages):
        return True
    return any(other.relative and other.first is None for other in placed) or moment.relative


def _holds(moment: Moment, day: date | None) -> bool:
    if day is None or moment.first is None or moment.last is None:
        return False
    return moment.first <= day <= moment.last


_DAYS_APART = re.compile(
    r"\b(?P<count>\d|a|one|two|three|four|five|six)\sdays?\s(?:after|before|later|earlier)\b", re.I
)
_COUNTS = {word: n for n, word in enumerate("zero one two three four five six".split())} | {"a": 1}


def _reckoned(moment: Moment, shown: Sequence[Read]) -> bool:
    """Whether a weekday follows from another: "on Wednesday, two days after the crash" puts the crash on Monday."""
    if moment.weekday is None:
        return False
    return any(
        (moment.weekday - other.weekday) % 7 in (days, 7 - days)
        for read in shown
        for days in _days_apart(read.text)
        for other in read.moments
        if other.weekday is not None
    )


def _days_apart(text: str) -> Iterator[int]:
    for match in _DAYS_APART.finditer(text):
        word = match["count"].casefold()
        yield int(word) if word.isdigit() else _COUNTS[word]
