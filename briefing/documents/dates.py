"""When an article was published, read from the lines that say so. A doubtful date is no date.

Small patterns for whole dates only: a day without its year, or "3 hours ago", tells nothing to a later reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro januari",
            "feb february februar février fevrier febrero febbraio fevereiro februari",
            "mar march märz mrz mars marzo março maart",
            "apr april avril abril aprile",
            "may mai mayo maggio maio mei maj",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet julio luglio julho",
            "aug august août aout agosto augustus augusti",
            "sep sept september septembre septiembre settembre setembro",
            "oct october okt oktober octobre octubre ottobre outubro",
            "nov november novembre noviembre novembro",
            "dec december dez dezember décembre decembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
# Only names that mean one offset: "IST" is India, Israel and Ireland, "CST" Chicago and Shanghai.
_ZONES = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "est": -5,
    "edt": -4,
    "pst": -8,
    "pdt": -7,
    "cet": 1,
    "cest": 2,
    "eet": 2,
    "eest": 3,
    "msk": 3,
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\w./-])(?:(?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?![\d])"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]+(?:of\s+|de\s+)?(?P<m2>{_MONTH})\b\.?,?(?:\s+de|\s+of)?[\s-]+(?P<y2>\d{{4}})\b"
    rf"|(?P<m3>{_MONTH})\b\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})\b"
    r"|(?P<a>\d{1,2})(?P<s4>[./-])(?P<b>\d{1,2})(?P=s4)(?P<y4>\d{4})(?!\d))",
    re.I,
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*\(?(?P<zone>Z\b|[A-Z]{2,4}\b|(?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{2}\b|(?:UTC|GMT)?\s?[+-]\d{1,2}\b)?",
    re.I,
)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.I)
_YEARS = range(1990, 2100)
_AFTER_DATE = 40
_BEFORE_DATE = 24
_SEARCHED = 200_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """A point in time and how finely the text tells it: `day`, `minute` or `second`."""

    when: datetime
    precision: str


def read_stamp(line: str, context: str = "") -> Stamp | None:
    """Return the first whole date of a line, with its time, or None when there is none or two readings fit.

    `context` is any text whose other dates may settle whether 2/3/2022 lies in February or in March.

    >>> read_stamp("Wednesday, 16 February 2022, 23:18 Updated: 23:31")
    Stamp(when=datetime.datetime(2022, 2, 16, 23, 18), precision='minute')
    >>> read_stamp("2/3/2022") is None
    True
    """
    for found in _DATE.finditer(line):
        days = _readings(found)
        day = days[0] if len(days) == 1 else _settled(days, found, line, context)
        if day:
            return _with_time(day, line, found)
    return None


def _readings(found: re.Match[str]) -> list[date]:
    for year, month, day in (("y1", "m1", "d1"), ("y2", "m2", "d2"), ("y3", "m3", "d3")):
        if found[year]:
            return _valid([(found[year], _month(found[month]), found[day])])
    a, b = int(found["a"]), int(found["b"])
    # With dots the day comes first wherever they are used.
    orders = [(b, a)] if found["s4"] == "." else [(b, a), (a, b)]
    return _valid([(found["y4"], month, day) for month, day in dict.fromkeys(orders)])


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS[written.lower()]


def _valid(triples: Iterable[tuple[str, int, str | int]]) -> list[date]:
    days = []
    for year, month, day in triples:
        try:
            days.append(date(int(year), month, int(day)))
        except ValueError:
            continue
    return [day for day in days if day.year in _YEARS]


def _settled(days: list[date], found: re.Match[str], line: str, context: str) -> date | None:
    """Choose between two readings by the weekday beside them, or by another date of the text."""
    weekday = _WEEKDAY.search(line[max(0, found.start() - _BEFORE_DATE) : found.end() + _BEFORE_DATE])
    if weekday:
        days = [day for day in days if day.weekday() == _WEEKDAYS[weekday[1].lower()]]
    if len(days) > 1:
        certain = set(_certain_days(context))
        days = [day for day in days if day in certain] or _in_same_order(days, context)
    return days[0] if len(days) == 1 else None


def _certain_days(context: str) -> Iterator[date]:
    for found in _DATE.finditer(context[:_SEARCHED]):
        days = _readings(found)
        if len(days) == 1:
            yield days[0]


def _in_same_order(days: list[date], context: str) -> list[date]:
    """Read it as the text's other dates with slashes must be read, if they agree."""
    day_first = {
        int(found["a"]) > 12
        for found in _DATE.finditer(context[:_SEARCHED])
        if found["y4"] and found["s4"] != "." and len(_readings(found)) == 1 and found["a"] != found["b"]
    }
    if len(day_first) != 1:
        return []
    return [days[0] if day_first.pop() else days[1]]


def _with_time(day: date, line: str, found: re.Match[str]) -> Stamp:
    for stretch in (
        line[found.end() : found.end() + _AFTER_DATE],
        line[max(0, found.start() - _BEFORE_DATE) : found.start()],
    ):
        for clock in _TIME.finditer(stretch):
            stamp = _stamp(day, clock)
            if stamp:
                return stamp
    return Stamp(when=datetime.combine(day, time()), precision="day")  # noqa: DTZ - the text gives no zone


def _stamp(day: date, clock: re.Match[str]) -> Stamp | None:
    half = (clock["half"] or "").lower()[:1]
    if not clock["minute"] and not half:
        return None
    hour = int(clock["hour"])
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        at = time(
            hour, int(clock["minute"] or 0), int(clock["second"] or 0), tzinfo=_zone(clock["zone"] or "")
        )
    except ValueError:
        return None
    return Stamp(when=datetime.combine(day, at), precision="second" if clock["second"] else "minute")


def _zone(written: str) -> timezone | None:
    folded = written.lower().strip()
    if folded in _ZONES:
        return timezone(timedelta(hours=_ZONES[folded]))
    offset = re.fullmatch(r"(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?", folded)
    if not offset:
        return None
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes)) if minutes < 1440 else None
