"""Who is at work: places in a side file, each held by one opener until it lets go or its process dies.

The operating system frees what a killed process held, so that nothing has to be tidied up after a crash. Its locks are
those of a process: they keep no two openers within it apart, and closing the file once would free them all. So the
openers of one file in a process share one descriptor, and a list of who holds what.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from briefing.databases.kinds import Kind
from briefing.errors import StoreError

if sys.platform != "win32":
    import fcntl

_POLL_S = 0.05


@dataclass
class _Shared:
    """What the openers of one file in this process have in common."""

    descriptor: int
    openers: set[int] = field(default_factory=set)
    held: dict[int, int] = field(default_factory=dict)
    """Place → opener."""


_FILES: dict[str, _Shared] = {}
_LOCK = threading.RLock()
_OPENERS = itertools.count()


class Presence:
    """Locks on single bytes of a file that stays empty. On Windows processes are not kept apart.

    Whoever opens it holds places of its own; an opener's threads are one holder, and have to keep themselves apart.
    """

    def __init__(self, path: Path, kind: Kind) -> None:
        self._path = path
        self._kind = kind
        self._name = os.path.realpath(path)
        self._opener = next(_OPENERS)
        with _LOCK:
            self._shared = _FILES.get(self._name) or self._opened()
            self._shared.openers.add(self._opener)
            _FILES[self._name] = self._shared

    def _opened(self) -> _Shared:
        try:
            return _Shared(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            reason = f"it cannot be made: {error.strerror or error}"
            raise StoreError(str(self._path), reason, hint=self._kind.elsewhere) from error

    def close(self) -> None:
        """Let go of every place of this opener."""
        with _LOCK:
            for place in [place for place, opener in self._shared.held.items() if opener == self._opener]:
                self.free(place)
            self._shared.openers.discard(self._opener)
            if not self._shared.openers and _FILES.get(self._name) is self._shared:
                del _FILES[self._name]
                os.close(self._shared.descriptor)

    def take(self, place: int) -> bool:
        """Hold a place, a number below 2⁶³; False when another opener does."""
        with _LOCK:
            if self._shared.held.get(place, self._opener) != self._opener or not self._locked(place):
                return False
            self._shared.held[place] = self._opener
            return True

    def _locked(self, place: int) -> bool:
        if sys.platform == "win32":
            return True
        try:
            fcntl.lockf(self._shared.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except (BlockingIOError, PermissionError):
            return False
        except OSError as error:
            reason = f"the file system keeps no locks: {error.strerror or error}"
            raise StoreError(str(self._path), reason, hint=f"{self._kind.elsewhere}, on another disk") from error
        return True

    def free(self, place: int) -> None:
        """Let go of a place that this opener holds."""
        with _LOCK:
            if self._shared.held.get(place) != self._opener:
                return
            del self._shared.held[place]
            if sys.platform != "win32":
                fcntl.lockf(self._shared.descriptor, fcntl.LOCK_UN, 1, place)

    @contextmanager
    def held(self, place: int) -> Iterator[None]:
        """Wait for a place, however long another opener holds it, and hold it for the block."""
        while not self.take(place):
            time.sleep(_POLL_S)
        try:
            yield
        finally:
            self.free(place)
