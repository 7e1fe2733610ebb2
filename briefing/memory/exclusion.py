"""One run at a time: who has the memory for itself, since when, and which runs are still alive."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from briefing.databases import Backend, Places
from briefing.errors import MemoryBusy, StoreError
from briefing.memory.records import Holder
from briefing.memory.rows import moment_text

#: Places: after the one for opening, the one of the run that is alone, then one for each run by its number.
_ALONE = 1
_RUNS = 2
_POLL_S = 0.1


class Exclusion:
    """The places of one opener. Threads of it are kept apart too."""

    def __init__(self, backend: Backend, places: Places, where: str) -> None:
        self._backend = backend
        self._places = places
        self._where = where
        self._lock = threading.Lock()
        self._taken = set[int]()

    @contextmanager
    def alone(self, *, wait: bool) -> Iterator[None]:
        """Have the memory for the block. Raises `MemoryBusy` at once, or waits for whoever has it."""
        while not self._take(_ALONE):
            if not wait:
                raise self._busy()
            time.sleep(_POLL_S)
        try:
            self._sign()
            yield
        finally:
            try:
                # What went wrong in the block matters more, and the next holder writes over it.
                with suppress(StoreError), self._backend.writing() as session:
                    session.execute("DELETE FROM holders WHERE place = ?", (_ALONE,))
            finally:
                self._free(_ALONE)

    def _sign(self) -> None:
        with self._backend.writing() as session:
            session.execute("DELETE FROM holders WHERE place = ?", (_ALONE,))
            session.execute(
                "INSERT INTO holders VALUES (?, ?, ?, ?)",
                (_ALONE, os.getpid(), _host(), moment_text(datetime.now(UTC))),
            )

    def holder(self) -> Holder | None:
        """Return who has it, as that run wrote it down; None in the moment before it has."""
        rows = self._backend.rows("SELECT pid, host, since FROM holders WHERE place = ?", (_ALONE,))
        for pid, host, since in rows:
            return Holder(pid=pid, host=host, since=datetime.fromisoformat(since))
        return None

    def _busy(self) -> MemoryBusy:
        who = self.holder()
        hint = "let it finish, or end that process"
        if who is None:
            return MemoryBusy(self._where, "another run is just beginning with it", hint=hint)
        since = who.since.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        said = f"another run has had it to itself since {since}: process {who.pid} on {who.host}"
        return MemoryBusy(self._where, said, hint=hint)

    def begin(self, run: int) -> None:
        """Let everybody see that a run is alive, for as long as its process is."""
        self._take(_RUNS + run)

    def end(self, run: int) -> None:
        """Take that back."""
        self._free(_RUNS + run)

    def alive(self, run: int) -> bool:
        """Say whether a run that began is still at work somewhere."""
        if not self._take(_RUNS + run):
            return True
        self._free(_RUNS + run)
        return False

    def _take(self, place: int) -> bool:
        with self._lock:
            if place in self._taken or not self._places.take(place):
                return False
            self._taken.add(place)
            return True

    def _free(self, place: int) -> None:
        with self._lock:
            self._taken.discard(place)
            self._places.free(place)


def _host() -> str:
    return socket.gethostname().encode("ascii", "backslashreplace").decode("ascii")[:200] or "unknown"
