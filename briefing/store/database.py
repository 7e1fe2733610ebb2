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

from briefing.errors import StoreError

_ELSEWHERE = "name another file with --store"
#: The low byte of SQLite's result code → what it means here, and what to do.
_CAUSES = {
    sqlite3.SQLITE_FULL: ("the disk is full", "make room; everything stored before is safe"),
    sqlite3.SQLITE_READONLY: ("it may not be written", _ELSEWHERE),
    sqlite3.SQLITE_PERM: ("it may not be opened", _ELSEWHERE),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened or made", _ELSEWHERE),
    sqlite3.SQLITE_BUSY: ("another program holds it locked", f"close that program, or {_ELSEWHERE}"),
    sqlite3.SQLITE_LOCKED: ("another program holds it locked", f"close that program, or {_ELSEWHERE}"),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", "move it away; `sqlite3 FILE .recover` reads what is whole"),
    sqlite3.SQLITE_NOTADB: ("it is no store: not an SQLite file", _ELSEWHERE),
    sqlite3.SQLITE_IOERR: ("the disk failed", "check the disk and the room on it; what was stored before is safe"),
}


class Database:
    """A connection that many threads may use; each use is one transaction.

    `patience_s` bounds the wait for another process that is writing. Raises `StoreError` and no `sqlite3.Error`.
    """

    def __init__(self, path: Path, *, patience_s: float) -> None:
        self.path = path
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
        with self._lock, self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
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

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise failure(self.path, error) from error


def failure(path: Path, error: sqlite3.Error) -> StoreError:
    """Say what an error of SQLite means for the store, and what to do.

    >>> print(failure(Path("calls.sqlite3"), sqlite3.OperationalError("no such table: calls")))
    calls.sqlite3: no such table: calls (name another file with --store)
    """
    code = getattr(error, "sqlite_errorcode", None)
    reason, hint = _CAUSES.get(code & 0xFF, ("", "")) if code is not None else ("", "")
    return StoreError(str(path), reason or str(error), hint=hint or _ELSEWHERE)


def is_there(path: Path) -> bool:
    """Say whether anything stands at `path`. Raises `StoreError` where nobody may look."""
    try:
        return path.exists()
    except OSError as error:
        raise StoreError(str(path), f"it cannot be opened: {error.strerror or error}", hint=_ELSEWHERE) from error


def make_file(path: Path) -> None:
    """Make the folder and an empty file for the owner's eyes alone: it will hold text of sources.

    SQLite gives its side files the rights of the main one. Raises `StoreError`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        if not path.parent.is_dir():
            raise StoreError(str(path), "its folder is a file", hint=_ELSEWHERE) from error
    except OSError as error:
        raise StoreError(str(path), f"it cannot be made: {error.strerror or error}", hint=_ELSEWHERE) from error
