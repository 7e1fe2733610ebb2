"""Small things that every kind of row needs: lists in pieces, moments as text, damage as an error of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from briefing.errors import StoreError
from briefing.memory.codec import Unreadable

T = TypeVar("T")
#: Values of one question: SQLite took 999 of them until 2020.
_AT_A_TIME = 900


def pieces(values: Iterable[T]) -> Iterator[list[T]]:
    """Cut values into lists that are not too long for one question."""
    rest = iter(values)
    while piece := list(islice(rest, _AT_A_TIME)):
        yield piece


def marks(values: Sequence[object]) -> str:
    """Return as many marks as there are values.

    >>> marks("abc")
    '?, ?, ?'
    """
    return ", ".join("?" * len(values))


def moment_text(moment: datetime) -> str:
    """Return a moment so that texts sort as moments do; one without a zone counts as UTC.

    >>> moment_text(datetime(2031, 3, 4, 5))
    '2031-03-04T05:00:00.000000+00:00'
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


@contextmanager
def understood(where: str, what: str) -> Iterator[None]:
    """Say of which row of which memory it is that it cannot be read."""
    try:
        yield
    except Unreadable as error:
        if error.newer:
            raise StoreError(where, f"a newer version wrote {what}: {error}", hint="update briefing") from error
        hint = "put back a copy that `briefing store export` made, or name another memory"
        raise StoreError(where, f"{what} is damaged: {error}", hint=hint) from error
