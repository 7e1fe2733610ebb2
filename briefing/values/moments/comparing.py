"""Whether two mentions of time can mean one moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefing.values.moments.model import Moment


def compatible(a: Moment, b: Moment) -> bool | None:
    """Say whether two mentions can mean the same moment; None when it cannot be told.

    >>> from briefing.values.moments import read_moments
    >>> day, weekday = read_moments("16 February 2022"), read_moments("Wednesday")
    >>> compatible(day[0], weekday[0])
    True
    >>> compatible(day[0], read_moments("17 February 2022")[0])
    False
    """
    if a.time is not None and b.time is not None and a.time != b.time:
        return False
    days, others = _days(a), _days(b)
    if days and others:
        return any(_meet(x, y) for x in days for y in others)
    if days or others:
        known, vague = (days, b) if days else (others, a)
        return _can_hold(known, vague)
    return _both_vague(a, b)


_Ends = tuple[date, date]


def _days(moment: Moment) -> tuple[_Ends, ...]:
    if moment.first is not None and moment.last is not None:
        return ((moment.first, moment.last),)
    return tuple((day, day) for day in moment.readings)


def _meet(a: _Ends, b: _Ends) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _can_hold(known: tuple[_Ends, ...], vague: Moment) -> bool | None:
    """Whether some day of the intervals is such a weekday, or such a day of such a month."""
    if vague.weekday is None and vague.month is None:
        return None
    return any(_is_such(day, vague) for ends in known for day in _each(ends))


def _each(ends: _Ends) -> Iterator[date]:
    first, last = ends
    # 29 February on a given weekday can be 40 years away; beyond that every pattern has come round.
    for ordinal in range(first.toordinal(), min(last.toordinal(), first.toordinal() + 15_000) + 1):
        yield date.fromordinal(ordinal)


def _is_such(day: date, vague: Moment) -> bool:
    return (
        (vague.weekday is None or day.weekday() == vague.weekday)
        and (vague.month is None or day.month == vague.month)
        and (vague.day is None or day.day == vague.day)
    )


def _both_vague(a: Moment, b: Moment) -> bool | None:
    pairs = [(a.weekday, b.weekday), (a.month, b.month), (a.day, b.day), (a.time, b.time)]
    told = [x == y for x, y in pairs if x is not None and y is not None]
    if not told:
        return True if a.relative and b.relative and a.text.casefold() == b.text.casefold() else None
    return all(told)
