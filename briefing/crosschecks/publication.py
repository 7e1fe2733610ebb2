"""Whether two reports came out so far apart that both may be right: what is told has gone on meanwhile."""

from __future__ import annotations

from datetime import timedelta

from briefing.types import Document

_SOON = timedelta(days=1)


def are_days_apart(a: Document, b: Document) -> bool:
    """Return whether more than a day lies between two days of publication; false where one is not known."""
    # A time of publication with a zone and one without cannot be compared; their days can.
    return bool(a.published and b.published and abs(a.published.date() - b.published.date()) > _SOON)
