"""When an article was published, read from the lines that say so. A doubtful date is no date.

Small patterns for whole dates only: a day without its year, or "3 hours ago", tells nothing to a later reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property

from briefing.documents.calendars import MONTHS, PUBLISHED, UPDATED, WEEKDAYS, ZONES, folded

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\w./-])(?:(?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?![\d])"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]+(?:of\s+|de\s+)?(?P<m2>{MONTH})\b\.?,?(?:\s+de|\s+of)?[\s-]+(?P<y2>\d{{4}})(?!\d)"
    rf"|(?P<m3>{MONTH})\b\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})(?!\d)"
    r"|(?P<y5>\d{4})\s?年\s?(?P<m5>\d{1,2})\s?月\s?(?P<d5>\d{1,2})\s?日"
    r"|(?P<a>\d{1,2})(?P<s4>[./-])(?P<b>\d{1,2})(?P=s4)(?P<y4>\d{4})(?!\d))",
    re.I,
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*\(?(?P<zone>Z\b|[A-Z]{2,4}\b|(?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{2}\b|(?:UTC|GMT)?\s?[+-]\d{1,2}\b)?",
    re.I,
)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.I)
_DAY_NAMES = (
    "(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    "|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
_AROUND_DATES = (
    "am|pm|gmt|utc|cet|cest|est|edt|pst|pdt|ist|bst|uhr|updated?|published|posted|modified|last|first|on|at|of|um|le|de"
    "|à|el|a|date|stand|ago|hours?|minutes?|mins?|days?|weeks?|months?|years?|read|reading|time|created"
    "|veröffentlicht|aktualisiert|publié|mis|jour|h|p|m|vor|stunden|tagen|minuten|lesezeit"
)
_OF_DATE_LINES = re.compile(
    rf"\b(?:(?:{MONTH})\b\.?|(?:{_DAY_NAMES}|{_AROUND_DATES}|\d{{1,4}}(?:st|nd|rd|th|[ap]m)?)\b)", re.I
)
_TELLS_DATE = re.compile(
    rf"\b(?:{MONTH})\b|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\b\d{{1,2}}:\d{{2}}\b|\bago\b"
    r"|\b(?:19|20)\d\d\b|\bmin(?:ute)?s? read",
    re.I,
)
_WORD = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile(r"\s[|•·–—-]\s")
_NAMED_GROUPS = (("y1", "m1", "d1"), ("y2", "m2", "d2"), ("y3", "m3", "d3"), ("y5", "m5", "d5"))
_CUE = re.compile(rf"\b(?:(?P<updated>{UPDATED})|(?P<published>{PUBLISHED}))\b", re.I)
_SOLE_CUE_WORDS = 3
# "Updated: 23:31": the clock follows its word at once.
_AFTER_CUE = re.compile(r"\s*(?:on|at|um|à|:|-|–)?\s*")
_YEARS = range(1990, 2100)
_AFTER_DATE = 40
_BEFORE_DATE = 24
_SEARCHED = 200_000
_LINE = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """A point in time and how finely the text tells it: `day`, `minute` or `second`."""

    when: datetime
    precision: str


@dataclass(frozen=True)
class OtherDates:
    """The dates of a whole text, which may settle how one of them is meant; found when first needed."""

    text: str

    @cached_property
    def certain(self) -> frozenset[date]:
        """Those that can be read in one way only."""
        return frozenset(days[0] for _, days in self._found if len(days) == 1)

    @cached_property
    def day_first(self) -> bool | None:
        """Whether the text's dates with slashes begin with the day; None when they do not tell or disagree."""
        orders = {
            int(found["a"]) > 12
            for found, days in self._found
            if found["a"] and found["s4"] != "." and len(days) == 1 and found["a"] != found["b"]
        }
        return orders.pop() if len(orders) == 1 else None

    @cached_property
    def _found(self) -> list[tuple[re.Match[str], list[date]]]:
        return [(found, _readings(found)) for found in _DATE.finditer(self.text[:_SEARCHED])]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """A point in time, the range of the line that tells it, and the word before it: `published`, `updated` or None."""

    stamp: Stamp
    start: int
    end: int
    kind: str | None = None


def read_stamp(line: str, others: OtherDates | None = None) -> Stamp | None:
    """Return the first whole date of a line, with its time, or None when there is none or two readings fit.

    `others` may settle whether 2/3/2022 lies in February or in March.

    >>> read_stamp("Wednesday, 16 February 2022, 23:18 Updated: 23:31")
    Stamp(when=datetime.datetime(2022, 2, 16, 23, 18), precision='minute')
    >>> read_stamp("2/3/2022") is None
    True
    >>> read_stamp("2/3/2022", OtherDates("He left on 3 February 2022 and came back on 2 March 2022."))
    >>> read_stamp("2/3/2022", OtherDates("It began on 2 March 2022.")).when.month
    3
    """
    found = read_dates(line, others)
    return found[0].stamp if found else None


def read_dates(
    line: str, others: OtherDates | None = None, *, cue: str | None = None, after: Stamp | None = None
) -> list[Dated]:
    """Return every whole date of a line with its time and the word that says what it is the time of.

    `cue` is what the line before says of this one. A clock time behind "updated" is of the day before it: of the
    line's last date, or else of `after`; it is left out when it would lie before that.

    >>> [(d.kind, d.stamp.when.isoformat()) for d in read_dates("16 February 2022, 23:18 Updated: 23:31")]
    [(None, '2022-02-16T23:18:00'), ('updated', '2022-02-16T23:31:00')]
    """
    line = line[:_LINE]
    if not any(ch.isdigit() for ch in line):
        return []
    marks = sorted([*_DATE.finditer(line), *_CUE.finditer(line)], key=lambda mark: mark.start())
    found: list[Dated] = []
    for index, mark in enumerate(marks):
        begin = marks[index - 1].end() if index else 0
        end = marks[index + 1].start() if index + 1 < len(marks) else len(line)
        if mark.re is _DATE:
            dated = _dated(mark, line[:end], begin, others)
            kind = _kind(marks[index - 1]) if index else cue
            found += [replace(dated, kind=kind)] if dated else []
        elif mark["updated"] and (last := found[-1].stamp if found else after):
            found += _clock_behind(mark, line[:end], last)
    return found


def sole_cue(line: str) -> str | None:
    """Return what a line says of the line below it.

    >>> sole_cue("Last updated:"), sole_cue("Updated 3 May 2021"), sole_cue("The timetable was updated.")
    ('updated', None, None)
    """
    short = len(line) <= _AFTER_DATE and len(line.split()) <= _SOLE_CUE_WORDS
    cue = _CUE.search(line) if short and not any(ch.isdigit() for ch in line) else None
    return _kind(cue) if cue else None


def _kind(mark: re.Match[str]) -> str | None:
    return mark.lastgroup if mark.re is _CUE else None


def _dated(found: re.Match[str], line: str, begin: int, others: OtherDates | None) -> Dated | None:
    days = _readings(found)
    day = days[0] if len(days) == 1 else _settled(days, found, line, others)
    return _with_time(day, line, found, begin) if day else None


def _clock_behind(cue: re.Match[str], line: str, day: Stamp) -> list[Dated]:
    gap = _AFTER_CUE.match(line, cue.end())
    clock = _TIME.match(line, gap.end() if gap else cue.end())
    stamp = _stamp(day.when.date(), clock) if clock else None
    if not clock or not stamp:
        return []
    if stamp.when.tzinfo is None:
        stamp = replace(stamp, when=stamp.when.replace(tzinfo=day.when.tzinfo))
    later = is_later(stamp, day)
    return [Dated(stamp=stamp, start=cue.start(), end=_end(clock), kind="updated")] if later is not False else []


def _end(clock: re.Match[str]) -> int:
    return clock.start() + len(clock[0].rstrip(" ("))


def is_later(a: Stamp, b: Stamp) -> bool | None:
    """Say whether `a` is the later point in time; None when they are one day, or zones are missing, and it depends."""
    if (a.when.tzinfo is None) == (b.when.tzinfo is None) and "day" not in (a.precision, b.precision):
        return a.when >= b.when
    apart = a.when.replace(tzinfo=None) - b.when.replace(tzinfo=None)
    return None if abs(apart) < timedelta(days=1) else apart > timedelta(0)


def is_date_line(line: str) -> bool:
    """Tell whether a short line holds a date or a time and hardly anything else.

    >>> is_date_line("Updated 3 May 2021 - World"), is_date_line("In May 2021 nobody came")
    (True, False)
    """
    return any(_is_date(part) for part in _SEPARATOR.split(line)) or _is_date(line)


def _is_date(part: str) -> bool:
    if not _TELLS_DATE.search(part):
        return False
    words = _WORD.findall(part)
    others = [word for word in _WORD.findall(_OF_DATE_LINES.sub(" ", part)) if not word.isdigit()]
    return len(others) <= max(1, len(words) // 4)


def _readings(found: re.Match[str]) -> list[date]:
    for year, month, day in _NAMED_GROUPS:
        if found[year]:
            return _valid([(found[year], _month(found[month]), found[day])])
    a, b = int(found["a"]), int(found["b"])
    # With dots the day comes first wherever they are used, but for some who write 01.21.2020.
    orders = [(b, a)] if found["s4"] == "." and b <= 12 else [(b, a), (a, b)]
    return _valid([(found["y4"], month, day) for month, day in dict.fromkeys(orders)])


def _month(written: str) -> int:
    return int(written) if written.isdigit() else MONTHS[folded(written)]


def _valid(triples: Iterable[tuple[str, int, str | int]]) -> list[date]:
    days = []
    for year, month, day in triples:
        try:
            days.append(date(int(year), month, int(day)))
        except ValueError:
            continue
    return [day for day in days if day.year in _YEARS]


def _settled(days: list[date], found: re.Match[str], line: str, others: OtherDates | None) -> date | None:
    """Choose between two readings by the weekday beside them, or by the other dates of the text."""
    around = line[max(0, found.start() - _BEFORE_DATE) : found.end() + _BEFORE_DATE]
    if weekday := _WEEKDAY.search(around):
        days = [day for day in days if day.weekday() == WEEKDAYS[folded(weekday[1])]]
    if len(days) > 1 and others is not None:
        meant = [day for day in days if day in others.certain]
        if not meant and others.day_first is not None:
            meant = days[:1] if others.day_first else days[1:]
        days = meant
    return days[0] if len(days) == 1 else None


def _with_time(day: date, line: str, found: re.Match[str], begin: int) -> Dated:
    """Look for the time behind the date, then before it, no farther than the marks beside it."""
    before = max(begin, found.start() - _BEFORE_DATE)
    for start, end in ((found.end(), found.end() + _AFTER_DATE), (before, found.start())):
        for clock in _TIME.finditer(line, start, min(end, len(line))):
            if stamp := _stamp(day, clock):
                return Dated(stamp=stamp, start=min(found.start(), clock.start()), end=max(found.end(), _end(clock)))
    # Naive: the text gives no zone.
    stamp = Stamp(when=datetime.combine(day, time()), precision="day")
    return Dated(stamp=stamp, start=found.start(), end=found.end())


def _stamp(day: date, clock: re.Match[str]) -> Stamp | None:
    half = (clock["half"] or "").lower()[:1]
    if not clock["minute"] and not half:
        return None
    hour = int(clock["hour"])
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        at = time(hour, int(clock["minute"] or 0), int(clock["second"] or 0), tzinfo=_zone(clock["zone"] or ""))
    except ValueError:
        return None
    return Stamp(when=datetime.combine(day, at), precision="second" if clock["second"] else "minute")


def _zone(written: str) -> timezone | None:
    folded = written.lower().strip()
    if folded in ZONES:
        return timezone(timedelta(hours=ZONES[folded]))
    offset = re.fullmatch(r"(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?", folded)
    if not offset:
        return None
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes)) if minutes < 1440 else None
