"""Turn what the patterns find into moments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any

from briefing.values.moments.model import Moment
from briefing.values.moments.patterns import COUNTED_AFTER, MENTION, STARTS, TIME_AFTER, TIMELY, YEAR_BEFORE
from briefing.values.words import word_forms

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_SMALL = {
    word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "several": 0, "few": 0}


_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")


def read_moments(text: str, anchor: date | None = None) -> tuple[Moment, ...]:
    """Return every mention of a date, weekday, period, year or clock time, in order, without overlaps.

    >>> [(m.text, m.first, m.last) for m in read_moments("It opened on 3 May 2021.")]
    [('3 May 2021', datetime.date(2021, 5, 3), datetime.date(2021, 5, 3))]
    >>> read_moments("They met on Friday.", anchor=date(2024, 3, 12))[0].first
    datetime.date(2024, 3, 8)

    `anchor` is the day on which the text was written. A weekday means the most recent one on or before it, unless
    "next" or a future tense says otherwise; a date without a year means the occurrence nearest to it.
    """
    if TIMELY.isdisjoint(word_forms(text)) and not _DIGIT.search(text):
        return ()
    return tuple(_mentions(text, anchor))


def _mentions(text: str, anchor: date | None) -> Iterator[Moment]:
    at = 0
    for word in _WORD.finditer(text):
        begins = word.start() >= at and (word[0][0].isdigit() or word[0].casefold() in STARTS)
        match = MENTION.match(text, word.start()) if begins else None
        if match is None:
            continue
        kind = next(kind for kind in _READERS if match[kind] is not None)
        fields = _READERS[kind](_Context(text=text, match=match, anchor=anchor))
        at = match.end()
        if fields is None:
            continue
        if "time" not in fields and (after := TIME_AFTER.match(text, at)):
            time = _clock(after)
            if time is not None:
                fields, at = fields | {"time": time}, after.end()
        yield Moment(start=match.start(), end=at, text=text[match.start() : at], **fields)


# Reading one mention
# -------------------


@dataclass(frozen=True, slots=True)
class _Context:
    text: str
    match: re.Match[str]
    anchor: date | None

    @property
    def before(self) -> str:
        return self.text[max(0, self.match.start() - 24) : self.match.start()]

    @property
    def after(self) -> str:
        return self.text[self.match.end() : self.match.end() + 24]

    def number(self, group: str) -> int:
        return int(re.sub(r"\D+$", "", self.match[group]))


_Fields = dict[str, Any]


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _single(day: date | None, **more: object) -> _Fields | None:
    return None if day is None else {"first": day, "last": day, "month": day.month, "day": day.day, **more}


def _iso(c: _Context) -> _Fields | None:
    return _single(_day_of(c.number("iy"), c.number("im"), c.number("id")))


def _year_first(c: _Context) -> _Fields | None:
    return _single(_day_of(c.number("yy"), c.number("ym"), c.number("yd")))


def _slashed(c: _Context) -> _Fields | None:
    """Day and month in either order: one reading when only one exists, else both are kept."""
    year = c.number("s3")
    if len(c.match["s3"]) == 2:
        year += 2000 if year < 70 else 1900
    a, b = c.number("s1"), c.number("s2")
    readings = {day for day in (_day_of(year, a, b), _day_of(year, b, a)) if day}
    if len(readings) == 1:
        return _single(readings.pop())
    return {"readings": tuple(sorted(readings))} if readings else None


def _dotted(c: _Context) -> _Fields | None:
    return _single(_day_of(c.number("d3"), c.number("d2"), c.number("d1")))


def _day_month(c: _Context) -> _Fields | None:
    return _named_day(c, weekday="wd1", day="dd", last="dd2", month="dm", year="dy")


def _month_day(c: _Context) -> _Fields | None:
    return _named_day(c, weekday="wd2", day="md", last="md2", month="mm", year="my")


def _named_day(c: _Context, *, weekday: str, day: str, last: str, month: str, year: str) -> _Fields | None:
    named = _weekday(c.match[weekday]) if c.match[weekday] else None
    number, until = c.number(day), c.number(last) if c.match[last] else c.number(day)
    month_number = _month(c.match[month])
    at = c.number(year) if c.match[year] else _nearest_year(month_number, number, c.anchor)
    fields: _Fields = {"weekday": named, "month": month_number, "day": number}
    if at is None:
        return fields if number <= _LONGEST[month_number] else None
    first, end = _day_of(at, month_number, number), _day_of(at, month_number, until)
    return None if first is None or end is None or end < first else fields | {"first": first, "last": end}


_LONGEST = dict(zip(range(1, 13), (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))


def _nearest_year(month: int, day: int, anchor: date | None) -> int | None:
    if anchor is None:
        return None
    years = [anchor.year - 1, anchor.year, anchor.year + 1]
    days = [found for year in years if MINYEAR <= year <= MAXYEAR and (found := _day_of(year, month, day))]
    return min(days, key=lambda found: abs(found - anchor)).year if days else None


def _month_year(c: _Context) -> _Fields | None:
    return _whole_month(c.number("myy"), _month(c.match["mym"]))


def _whole_month(year: int, month: int) -> _Fields:
    first = date(year, month, 1)
    last = date(year, month, 28) if month == 2 else date(year, month, _LONGEST[month])
    if month == 2 and _day_of(year, 2, 29):
        last = date(year, 2, 29)
    return {"first": first, "last": last, "month": month}


def _bare_month(c: _Context) -> _Fields | None:
    month = _month(c.match["mom"])
    year = _nearest_year(month, 15, c.anchor)
    if year is None or c.anchor is None:
        return {"month": month}
    which, now = c.match["mop"].casefold(), (c.anchor.year, c.anchor.month)
    year += (which == "next" and (year, month) <= now) - (which == "last" and (year, month) >= now)
    return _whole_month(year, month) if MINYEAR <= year <= MAXYEAR else {"month": month}


def _named_weekday(c: _Context) -> _Fields | None:
    weekday = _weekday(c.match["wkd"])
    which = (c.match["wkp"] or "").casefold()
    fields: _Fields = {"weekday": weekday, "relative": True}
    if c.anchor is None:
        return fields
    ahead = which.startswith(("next", "coming", "this coming")) or _is_future(c)
    back = (c.anchor.weekday() - weekday) % 7
    day = _shifted(c.anchor, (7 - back) if ahead else -(back or 7 * (which in {"last", "previous", "past"})))
    return fields if day is None else fields | {"first": day, "last": day}


_FUTURE = re.compile(r"\b(?:will|is to|are to|due|scheduled|expected|planned|shall)\b[^.;:!?]*$", re.I)


# "The pier will close, the mayor said on Monday": the Monday is that of the report.
_TOLD = re.compile(
    r"\b(?:said|told|announced|reported|wrote|added|confirmed|warned|stated|disclosed|revealed|claimed|insisted)\b",
    re.I,
)


def _is_future(c: _Context) -> bool:
    cue = _FUTURE.search(c.text, max(0, c.match.start() - 60), c.match.start())
    return bool(cue and not _TOLD.search(c.text, cue.start(), c.match.start()))


_RELATIVE_DAYS = {"yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def _relative_day(c: _Context) -> _Fields | None:
    shift = _RELATIVE_DAYS.get(" ".join(c.match["rel"].casefold().split()))
    day = _shifted(c.anchor, shift) if c.anchor is not None and shift is not None else None
    return {"relative": True} if day is None else {"relative": True, "first": day, "last": day}


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _period(c: _Context) -> _Fields | None:
    fields: _Fields = {"relative": True}
    if c.anchor is None:
        return fields
    unit, which = c.match["unit"].casefold(), c.match["which"].casefold().removeprefix("the ")
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    ends = _period_ends(c.anchor, unit, step, rolling=which == "past")
    if ends is None:
        return fields
    first, last = ends
    edge = (c.match["edge"] or "").casefold()
    if edge == "earlier":
        last = min(last, c.anchor)
    return fields | {"first": max(first, c.anchor) if edge == "later" else first, "last": last}


def _period_ends(anchor: date, unit: str, step: int, *, rolling: bool) -> tuple[date, date] | None:
    days = {"week": 7, "weekend": 7, "month": 31, "year": 366}[unit]
    if rolling:
        first = _shifted(anchor, -days)
        return None if first is None else (first, anchor)
    if unit in {"week", "weekend"}:
        return _week(anchor, step, weekend=unit == "weekend")
    months = anchor.year * 12 + anchor.month - 1 + step
    year, month = (anchor.year + step, 1) if unit == "year" else (months // 12, months % 12 + 1)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    if unit == "year":
        return date(year, 1, 1), date(year, 12, 31)
    whole = _whole_month(year, month)
    return whole["first"], whole["last"]


def _week(anchor: date, step: int, *, weekend: bool) -> tuple[date, date] | None:
    first = _shifted(anchor, 7 * step - anchor.weekday() + 5 * weekend)
    last = _shifted(anchor, 7 * step - anchor.weekday() + 6)
    # Some weeks begin on Sunday, and "last week" also means the seven days before: one day of slack.
    first = _shifted(first, -1) if first and not weekend else first
    return None if first is None or last is None else (first, last)


def _ago(c: _Context) -> _Fields | None:
    word, unit = c.match["agn"].casefold(), c.match["agu"].casefold()
    count = int(word) if word.isdigit() else _SMALL.get(word.removeprefix("a ") or "a", 0)
    fields: _Fields = {"relative": True}
    if c.anchor is None or count == 0 or "ago" not in c.match["ago"].casefold():
        return fields
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[unit] * count
    slack = {"day": 0, "week": 3, "month": 20, "year": 200}[unit]
    first, last = _shifted(c.anchor, -days - slack), _shifted(c.anchor, -days + slack)
    return fields if first is None or last is None else fields | {"first": first, "last": last}


def _decade(c: _Context) -> _Fields | None:
    year = c.number("dec")
    return {"first": date(year, 1, 1), "last": date(year + 9, 12, 31)}


def _bare_year(c: _Context) -> _Fields | None:
    if not YEAR_BEFORE.search(c.before) and COUNTED_AFTER.match(c.after):
        return None
    year = c.number("yr")
    return {"first": date(year, 1, 1), "last": date(year, 12, 31)}


def _clock_alone(c: _Context) -> _Fields | None:
    time = _clock(c.match)
    return None if time is None else {"time": time}


def _clock(match: re.Match[str]) -> str | None:
    hour = next((match[g] for g in ("h", "h2", "h3") if match[g]), "")
    minute = next((match[g] for g in ("m", "m2", "m3") if match[g]), "00")
    half = (match["ap"] or match["ap2"] or "").casefold()[:1]
    number = int(hour)
    if half and number <= 12:
        number = number % 12 + 12 * (half == "p")
    return f"{number % 24:02}:{int(minute):02}"


def _month(word: str) -> int:
    return _MONTHS[word.casefold().removesuffix(".")]


def _weekday(word: str) -> int:
    return _WEEKDAYS[word.casefold().removesuffix(".")]


_READERS: dict[str, Callable[[_Context], _Fields | None]] = {
    "iso": _iso,
    "ymd": _year_first,
    "slash": _slashed,
    "dot": _dotted,
    "dmy": _day_month,
    "mdy": _month_day,
    "my2": _month_year,
    "mo": _bare_month,
    "wk": _named_weekday,
    "rel": _relative_day,
    "per": _period,
    "ago": _ago,
    "dec": _decade,
    "yr": _bare_year,
    "clock": _clock_alone,
}
