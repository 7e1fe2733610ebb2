"""When a text was published and updated, read from its date lines and its dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.documents.authors import BELOW_FIRST, signature
from briefing.documents.calendars import PUBLISHED
from briefing.documents.dates import Dated, OtherDates, Stamp, read_dates, sole_cue
from briefing.documents.head import Found, Head
from briefing.documents.lines import Lines, place
from briefing.documents.shapes import Shape
from briefing.types import Role

_SAYS_PUBLISHED = re.compile(rf"\b(?:{PUBLISHED})\b", re.I)
_DATELINE = re.compile(r"[A-ZÀ-Þ]{3}[^.!?]{0,70}?\s[–—-]{1,2}\s")

ONLY_UPDATED = "Only the time of an update is stated; the article may be older."


def read_times(text: str, lines: Lines) -> Head:
    """Return a head with `published` and `updated` as far as the lines tell them."""
    others = OtherDates(text)
    found = sorted(_dated(lines, others), key=lambda item: item[:2])
    updated = next((_found(shape, dated) for _, _, shape, dated in found if dated.kind == "updated"), None)
    if not found:
        return Head(published=_dateline(lines, others))
    published = _found(*found[0][2:])
    return Head(published=published, updated=updated, warnings=(ONLY_UPDATED,) if published == updated else ())


def _found(shape: Shape, dated: Dated) -> Found[Stamp]:
    return Found(dated.stamp, place(shape, dated.start, dated.end))


def _dated(lines: Lines, others: OtherDates) -> Iterator[tuple[int, int, Shape, Dated]]:
    """Yield (rank, order, piece, date) for every date of the lines that may tell when."""
    before: Stamp | None = None
    for index, shape in lines.having(Role.BYLINE):
        if not (index <= lines.first + BELOW_FIRST or _SAYS_PUBLISHED.search(shape.text) or _is_signed(lines, index)):
            continue
        cue = sole_cue(lines.shapes[index - 1].text) if index else None
        for dated in read_dates(shape.text, others, cue=cue, after=before):
            before = dated.stamp
            yield _rank(dated, index, lines.headline), index, shape, dated


def _is_signed(lines: Lines, index: int) -> bool:
    """Say that the line above names who wrote the article."""
    return index > 0 and lines.shapes[index].is_date_line and bool(signature(lines.shapes[index - 1]))


def _rank(dated: Dated, index: int, headline: int | None) -> int:
    """Prefer what says "published", then what stands below the title, then an update, then a page's own date."""
    if dated.kind:
        return 0 if dated.kind == "published" else 2
    return 1 if headline is None or index > headline else 3


def _dateline(lines: Lines, others: OtherDates) -> Found[Stamp] | None:
    """Read "RIVERTON, 3 March 2021 (Agency) — " at the start of the first paragraph."""
    first = next(lines.having(Role.BODY), None)
    opening = _DATELINE.match(first[1].text) if first else None
    dated = read_dates(opening.group(), others) if opening else []
    return _found(first[1], dated[0]) if first and dated else None
