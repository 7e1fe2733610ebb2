"""Which of two documents was published first, as far as that is known. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from briefing.types import Document


def moment_of(document: Document) -> datetime | None:
    """Return the time of publication, taken as UTC where the text gives no zone."""
    when = document.published
    return when if when is None or when.tzinfo else when.replace(tzinfo=UTC)


def age(document: Document) -> datetime:
    """Return a key that sorts the earliest first, and what has no time last."""
    return moment_of(document) or datetime.max.replace(tzinfo=UTC)


def is_earlier(a: Document, b: Document) -> bool:
    """Say whether `a` is known to be published before `b`; by days unless both times are known."""
    first, second = moment_of(a), moment_of(b)
    if first is None or second is None:
        return False
    if "day" in (a.published_precision, b.published_precision):
        return first.date() < second.date()
    return first < second
