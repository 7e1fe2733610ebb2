"""What tables need of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Rows(Protocol):
    """What came of a statement."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    def fetchall(self) -> list[Any]:
        """Return the rows that it found."""


class Session(Protocol):
    """A transaction under way. Statements have `?` for each value."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Rows:
        """Do one."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Do one for each row of values."""


class Backend(Protocol):
    """A database that many threads may use. Raises `StoreError` alone."""

    def writing(self) -> AbstractContextManager[Session]:
        """Hold the one writer's place: all of the block is committed, or nothing of it."""

    def reading(self) -> AbstractContextManager[Session]:
        """See everything as it is at one moment, whatever others write meanwhile."""

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""

    def size(self) -> int:
        """Return how many bytes it takes up."""

    def reclaim(self) -> None:
        """Give back room that deleted rows took, where that is worth its time."""

    def close(self) -> None:
        """Let go of it; waits for a transaction under way."""
