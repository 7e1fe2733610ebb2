"""Read dates, weekdays and clock times as values with spans.

A `Moment` keeps what the words say and no more: a day, an interval of days, a weekday, a month without its
year, a clock time. What is relative is resolved only against an anchor that the caller gives (usually the day
an article was published). Nothing is guessed: 2/3/2022 has two readings and keeps both.

Pure. Offsets are code points into the text as given. Times are kept as written on the clock, without a zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any

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


# Patterns
# --------

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d,.]\d|\d)"
_WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\b\.?(?=,? ?[A-Z\d]))"
)
_CLOCK = (
    r"(?:(?P<h>[01]?\d|2[0-4]):\s?(?P<m>[0-5]\d)(?::[0-5]\d)?(?:\s?(?P<ap>(?:[ap]m|[AP]M|[ap]\.m\.|[AP]\.M\.)(?!\w)))?(?![\d:])"
    r"|(?P<h2>1[0-2]|0?[1-9])(?:\.(?P<m2>[0-5]\d))?\s?(?P<ap2>(?:[ap]m|[AP]M|[ap]\.m\.|[AP]\.M\.)(?!\w))"
    r"|(?P<h3>[01]\d|2[0-3])[.:]?(?P<m3>[0-5]\d)(?=\s?(?:GMT|UTC|hrs|hours|CET|EST|EDT|BST)\b))"
)
_NUMBER = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several|an?"
_SPOKEN = (
    r"(?i:in|since|until|till|during|from|by|of|for|last|next|this|early|late|mid|before|after|through|to|and|between)"
)
_DATE_PATTERNS = (
    r"(?P<iso>(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?!\d)(?:T(?=\d))?)",
    r"(?P<ymd>(?P<yy>\d{4})/(?P<ym>\d{1,2})/(?P<yd>\d{1,2})(?!\d))",
    r"(?P<slash>(?P<s1>\d{1,2})/(?P<s2>\d{1,2})/(?P<s3>\d{4}|\d{2})(?![\d/]))",
    r"(?P<dot>(?P<d1>\d{1,2})\.\s?(?P<d2>\d{1,2})\.\s?(?P<d3>\d{4})(?!\d))",
    rf"(?P<dmy>(?:(?P<wd1>{_WEEKDAY}),?\s(?:the\s)?)?(?P<dd>{_NTH})(?:\s?[-–]\s?(?P<dd2>{_NTH}))?\s(?:of\s)?"
    rf"(?P<dm>{_MONTH})(?:,?\s(?P<dy>{_YEAR}))?(?![a-z]))",
    rf"(?P<mdy>(?:(?P<wd2>{_WEEKDAY}),?\s)?(?P<mm>{_MONTH})\s(?:the\s)?(?P<md>{_NTH})(?:\s?[-–]\s?(?P<md2>{_NTH}))?"
    rf"(?:,?\s(?P<my>{_YEAR}))?(?![\d:]|,\d|\.\d|\s?%))",
    rf"(?P<my2>(?P<mym>{_MONTH}),?\s(?:of\s)?(?P<myy>{_YEAR}))",
    rf"(?P<mo>(?<=\b)(?P<mop>{_SPOKEN})[\s-](?P<mom>{_MONTH})(?![a-z]))",
    rf"(?P<wk>(?:(?P<wkp>last|next|this(?:\scoming)?|past|previous|coming)\s)?(?P<wkd>{_WEEKDAY})(?![a-z]))",
    r"(?P<rel>(?i:yesterday|today|tomorrow|tonight|last\snight|the\s(?:day\sbefore|previous\sday|following\sday"
    r"|day\safter|next\sday)(?!\syesterday|\stomorrow)))",
    r"(?P<per>(?i:(?:(?P<edge>earlier|later)\s)?(?P<which>last|this|next|(?:the\s)?(?:past|previous|coming))\s"
    r"(?P<unit>week|month|year|weekend)\b))",
    rf"(?P<ago>(?i:(?P<agn>{_NUMBER})\s(?P<agu>day|week|month|year)s?\s(?:ago|earlier)\b))",
    r"(?P<dec>(?:1[5-9]|20)\d0s\b)",
    rf"(?P<yr>(?<![\d,.$€£#/:-]){_YEAR}(?![\d%:/]|\s?(?:%|per\s?cent|percent)|[-–]\d{{1,2}}\b))",
    rf"(?P<clock>{_CLOCK})",
)
_MENTION = re.compile(r"(?<![\w])(?:" + "|".join(_DATE_PATTERNS) + ")")
_TIME_AFTER = re.compile(r",?\s?(?:at\s|T)?" + _CLOCK, re.I)
# A bare four-digit number is a year beside these, and where no counted noun follows.
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|from|of|during|before|after|through|to|and|between|early|late|mid|year|the|circa|"
    r"around|autumn|fall|summer|spring|winter|election|back|for|as|season|class|©|copyright|(?:©|\(c\)))[\s-]*[(“\"'’]?$",
    re.I,
)
_COUNTED_AFTER = re.compile(
    r"\s(?!(?:is|was|has|as|us|its|this|thus|his)\b)[a-z]{2,}(?<![su])s\b|\s(?:people|men|women)\b"
)


def read_moments(text: str, anchor: date | None = None) -> tuple[Moment, ...]:
    """Return every mention of a date, weekday, period, year or clock time, in order, without overlaps.

    >>> [(m.text, m.first, m.last) for m in read_moments("It opened on 3 May 2021.")]
    [('3 May 2021', datetime.date(2021, 5, 3), datetime.date(2021, 5, 3))]
    >>> read_moments("They met on Friday.", anchor=date(2024, 3, 12))[0].first
    datetime.date(2024, 3, 8)

    `anchor` is the day on which the text was written. A weekday means the most recent one on or before it, unless
    "next" or a future tense says otherwise; a date without a year means the occurrence nearest to it.
    """
    return tuple(_mentions(text, anchor))


def _mentions(text: str, anchor: date | None) -> Iterator[Moment]:
    at = 0
    while match := _MENTION.search(text, at):
        kind = next(kind for kind in _READERS if match[kind] is not None)
        fields = _READERS[kind](_Context(text=text, match=match, anchor=anchor))
        at = match.end()
        if fields is None:
            continue
        if "time" not in fields and (after := _TIME_AFTER.match(text, at)):
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
    return {"month": month} if year is None else _whole_month(year, month)


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


def _is_future(c: _Context) -> bool:
    return bool(_FUTURE.search(c.text[max(0, c.match.start() - 60) : c.match.start()]))


_RELATIVE_DAYS = {"yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "tomorrow": 1}
# These lean on another day of the text, not on the day it was written, so they stay unresolved.


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
    if not _YEAR_BEFORE.search(c.before) and _COUNTED_AFTER.match(c.after):
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


# Comparing
# ---------


def compatible(a: Moment, b: Moment) -> bool | None:
    """Say whether two mentions can mean the same moment; None when it cannot be told.

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
