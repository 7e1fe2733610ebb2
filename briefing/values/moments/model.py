"""The value that reading dates and times yields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """One mention of a time, with the days it can mean.

    `first` and `last` are the ends, both included, of the interval of days: equal for a day, the whole month for
    "February 2022", None while it is not known ("Wednesday" without an anchor, "2/3/2022").
    """

    start: int
    end: int
    text: str
    first: date | None = None
    last: date | None = None
    weekday: int | None = None
    """0 for Monday, as in `date.weekday()`, when the text names one."""
    month: int | None = None
    day: int | None = None
    relative: bool = False
    """Whether its meaning depends on when it was written."""
    time: str | None = None
    """`HH:MM` on a 24-hour clock."""
    readings: tuple[date, ...] = ()
    """The possible days when day and month cannot be told apart; else empty."""
