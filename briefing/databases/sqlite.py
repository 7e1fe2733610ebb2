"""One SQLite file: opened with care, written in whole transactions, every failure of it a `StoreError`.

Write-ahead logging lets any number of readers look while one writer writes, and a process killed at any moment leaves
what it committed. Knows no table.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from briefing.databases.kinds import Kind
from briefing.databases.migrations import Step, migrate
from briefing.databases.presence import Presence
from briefing.errors import StoreError

#: The low byte of SQLite's result code → what it means here, and what to do. `{}` is what to do to have it elsewhere.
_CAUSES = {
    sqlite3.SQLITE_FULL: ("the disk is full", "make room; everything stored before is safe"),
    sqlite3.SQLITE_READONLY: ("it may not be written", "{elsewhere}"),
    sqlite3.SQLITE_PERM: ("it may not be opened", "{elsewhere}"),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened or made", "{elsewhere}"),
    sqlite3.SQLITE_BUSY: ("another program holds it locked", "close that program, or {elsewhere}"),
    sqlite3.SQLITE_LOCKED: ("another program holds it locked", "close that program, or {elsewhere}"),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", "move it away; `sqlite3 FILE .recover` reads what is whole"),
    sqlite3.SQLITE_NOTADB: ("it is no {noun}: not an SQLite file", "{elsewhere}"),
    sqlite3.SQLITE_IOERR: ("the disk failed", "check the disk and the room on it; what was stored before is safe"),
}
#: The place in a side file that is held while a file is opened and its tables are made.
OPENING = 0
#: A file is written anew when more of it than this is room that deleted rows left behind.
_HOLLOW = 0.25


def opened(path: Path, presence: Presence, steps: Sequence[Step], *, patience_s: float, kind: Kind) -> Database:
    """Open a file that is there, and give it the tables that it lacks; one process at a time."""
    with presence.held(OPENING):
        database = Database(path, patience_s=patience_s, kind=kind)
        try:
            with database.writing() as connection:
                migrate(connection, str(path), steps, kind)
            database.log_ahead()
        except BaseException:
            database.close()
            raise
    return database


class Database:
    """A connection that many threads may use; each use is one transaction.

    `patience_s` bounds the wait for another process that is writing. Raises `StoreError` and no `sqlite3.Error`.
    """

    def __init__(self, path: Path, *, patience_s: float, kind: Kind) -> None:
        self.path = path
        self._kind = kind
        self._lock = threading.Lock()
        with self._translated():
            self._connection = sqlite3.connect(
                path, timeout=patience_s, isolation_level=None, check_same_thread=False, cached_statements=32
            )
        try:
            with self._translated():
                # An answer that was paid for also survives a power cut.
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA foreign_keys = ON")
                # Of a file that is still empty; others keep theirs.
                self._connection.execute(f"PRAGMA page_size = {kind.page_bytes}")
        except BaseException:
            self._connection.close()
            raise

    def log_ahead(self) -> None:
        """Switch to write-ahead logging, for good; outside of a transaction, with no other process switching too."""
        with self._lock, self._translated():
            self._connection.execute("PRAGMA journal_mode = WAL")

    def close(self) -> None:
        """Let go of the file; waits for a transaction under way."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the one writer's place: all of the block is committed, or nothing of it."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """See everything as it is at one moment, whatever others write meanwhile."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self._translated():
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself after some errors, a full disk among them.
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._lock, self._translated():
            return self._connection.execute(query, values).fetchall()

    def size(self) -> int:
        """Return how many bytes the file and its log take up."""
        log = self.path.with_name(f"{self.path.name}-wal")
        return sum(file.stat().st_size for file in (self.path, log) if file.exists())

    def reclaim(self) -> None:
        """Write the file anew when much of it is empty: deleted rows leave room that only this gives back."""
        with self._lock, self._translated():
            (pages,), (free,) = (
                self._connection.execute(f"PRAGMA {n}").fetchone() for n in ("page_count", "freelist_count")
            )
            if free > _HOLLOW * pages:
                self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise failure(self.path, error, self._kind) from error


def failure(path: Path, error: sqlite3.Error, kind: Kind) -> StoreError:
    """Say what an error of SQLite means for its user, and what to do.

    >>> kind = Kind(noun="store", elsewhere="name another file with --store", application=1)
    >>> print(failure(Path("calls.sqlite3"), sqlite3.OperationalError("no such table: calls"), kind))
    calls.sqlite3: no such table: calls (name another file with --store)
    """
    code = getattr(error, "sqlite_errorcode", None)
    reason, hint = _CAUSES.get(code & 0xFF, ("", "")) if code is not None else ("", "")
    return StoreError(
        str(path),
        reason.format(noun=kind.noun) or str(error),
        hint=hint.format(elsewhere=kind.elsewhere) or kind.elsewhere,
    )


def is_there(path: Path, kind: Kind) -> bool:
    """Say whether anything stands at `path`. Raises `StoreError` where nobody may look."""
    try:
        return path.exists()
    except OSError as error:
        raise StoreError(str(path), f"it cannot be opened: {error.strerror or error}", hint=kind.elsewhere) from error


def make_file(path: Path, kind: Kind) -> None:
    """Make the folder and an empty file for the owner's eyes alone: it will hold text of sources.

    SQLite gives its side files the rights of the main one. Raises `StoreError`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        if not path.parent.is_dir():
            raise StoreError(str(path), "its folder is a file", hint=kind.elsewhere) from error
    except OSError as error:
        raise StoreError(str(path), f"it cannot be made: {error.strerror or error}", hint=kind.elsewhere) from error
