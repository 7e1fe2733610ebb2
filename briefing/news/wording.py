"""How values that were given on several days are put together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from briefing.types import Evidence, Given


def given(told: Iterable[tuple[str, date, Evidence]]) -> tuple[Given, ...]:
    """Put the spans of one value and one day together, in the order of the days, then as they come."""
    spans: dict[tuple[date, str], list[Evidence]] = {}
    for value, day, span in told:
        spans.setdefault((day, value), []).append(span)
    return tuple(
        Given(value=value, day=day, evidence=tuple(dict.fromkeys(own)))
        for (day, value), own in sorted(spans.items(), key=lambda item: item[0][0])
    )
