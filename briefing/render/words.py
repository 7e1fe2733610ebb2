"""What all prints share: names of sources, days, counts, figures and quotations in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import PurePath

from briefing.fetch import is_address
from briefing.types import Document, Evidence

MOST_VALUES = 8
"""Values of one dispute that are printed; the manifest and the review page have them all."""


def display_name(document: Document) -> str:
    """Name a source for a reader in a few words: its publisher, else its file."""
    return name_of(document.publisher, document.location)


def name_of(publisher: str | None, location: str) -> str:
    """Name a source by its publisher, else by its host, else by its file.

    >>> name_of(None, "night/lantern.html"), name_of(None, "https://www.news.example/a.html")
    ('lantern', 'news.example')
    """
    host = location.split("/")[2].removeprefix("www.") if is_address(location) else ""
    return publisher or host or PurePath(location).stem


def day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else ""


def quoted(text: str) -> str:
    """Put a source's words between quotation marks, unless they bring their own.

    >>> quoted("It rained."), quoted("“It rained,” she said.")
    ('“It rained.”', '“It rained,” she said.')
    """
    return text if text.startswith(("“", '"', "«", "„")) else f"“{text}”"


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Count something in words.

    >>> plural(1, "story", "stories"), plural(1200, "claim")
    ('1 story', '1,200 claims')
    """
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


_CONTEXT = 60
_FIGURE = re.compile(r"(?<![\d.,])\d{4,}(?![\d.,]*\d)")
_NAME = re.compile(r"[A-Z]\S* \d+")
_MANY = {
    unit: f"{unit}s"
    for unit in (
        "second minute hour day night week fortnight month year decade mile yard knot hectare acre tonne ton ounce "
        "litre gallon barrel degree calorie crown"
    ).split()
} | {"century": "centuries", "foot": "feet", "inch": "inches", "percentage point": "percentage points"}
_OF_MANY = re.compile(rf"(?P<count>(?:\d[\d,]*\.)?\d[\d,]*) (?P<unit>{'|'.join(_MANY)})\b")


def legible(text: str) -> str:
    """Set off thousands in the figures of a dispute, which holds no years, and put units of many in the plural.

    >>> legible("about 12000"), legible("34 year"), legible("1 month"), legible("Flight 1549")
    ('about 12,000', '34 years', '1 month', 'Flight 1549')
    """
    set_off = text if _NAME.fullmatch(text) else _FIGURE.sub(lambda m: f"{int(m.group()):,}", text)
    return _OF_MANY.sub(lambda m: m[0] if m["count"] == "1" else f"{m['count']} {_MANY[m['unit']]}", set_off)


def noted(note: str, proposed_by: str | None) -> str:
    """Return what a dispute says of itself, and which model put its values side by side, if one did.

    >>> noted("about 12000 was meant.", "answering-1")
    'About 12,000 was meant. Put side by side by the model answering-1.'
    """
    told = legible(note[:1].upper() + note[1:])
    return f"{told} Put side by side by the model {proposed_by}." if proposed_by else told


def in_context(text: str, start: int, end: int) -> str:
    """Return the span with some words of its line on either side, cut between words and marked where cut.

    >>> in_context("One two three.", 4, 7)
    'One two three.'
    """
    left = max(text.rfind("\n", 0, start) + 1, start - _CONTEXT)
    line_end = text.find("\n", end)
    right = min(len(text) if line_end < 0 else line_end, end + _CONTEXT)
    before, after = text[left:start], text[end:right]
    if left and text[left - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if right < len(text) and text[right] not in "\r\n":
        after = after.rpartition(" ")[0] + "…"
    return (before + text[start:end] + after).strip()


def dated_name(document: Document) -> str:
    date = f", {day(document.published)}" if document.published else ""
    return f"{display_name(document)} ({document.id}{date})"


def words_around(evidence: Evidence, documents: Mapping[str, Document]) -> str:
    return in_context(documents[evidence.source].text, evidence.start, evidence.end)


def count_of(kinds: Iterable[str]) -> list[str]:
    return [f"{kind} × {n}" for kind, n in sorted(Counter(kinds).items(), key=lambda pair: (-pair[1], pair[0]))]


def long_day(day: date, today: date) -> str:
    """Write a day out; with its year where that is not this one.

    >>> long_day(date(2031, 3, 5), date(2031, 3, 6)), long_day(date(2030, 12, 30), date(2031, 1, 2))
    ('Wednesday 5 March', 'Monday 30 December 2030')
    """
    return f"{day:%A} {day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")


def short_day(day: date, today: date) -> str:
    """Call a day of the past week by its name, any other by its date.

    >>> short_day(date(2031, 3, 5), date(2031, 3, 6)), short_day(date(2031, 2, 27), date(2031, 3, 6))
    ('Wednesday', '27 February')
    """
    if 0 <= (today - day).days < 7:
        return f"{day:%A}"
    return long_day(day, today).partition(" ")[2]


def full_day(day: date) -> str:
    """Write a day out, with its year.

    >>> full_day(date(2031, 3, 6))
    'Thursday 6 March 2031'
    """
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def shortened(text: str, longest: int) -> str:
    """Cut between words where there are some, and say that it was cut.

    >>> shortened("One two three", 10), shortened("北海渡轮搁浅，乘客获救", 8)
    ('One two …', '北海渡轮搁浅 …')
    """
    if len(text) <= longest:
        return text
    left = text[: longest - 2]
    return (text[: longest - 1].rpartition(" ")[0] or left) + " …"
