"""Who is at work: places in a side file, each held by one process until it lets go or dies.

The operating system frees what a killed process held, so that nothing has to be tidied up after a crash. A process
holds each of its places for all of its threads; the caller keeps threads apart.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.errors import StoreError

if sys.platform != "win32":
    import fcntl

_POLL_S = 0.05


class Presence:
    """Locks on single bytes of a file that stays empty. On Windows every place is free: nothing is kept apart there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            reason = f"it cannot be made: {error.strerror or error}"
            raise StoreError(str(path), reason, hint="name another file with --store") from error

    def close(self) -> None:
        """Let go of every place of this process."""
        os.close(self._file)

    def take(self, place: int) -> bool:
        """Hold a place, a number below 2⁶³; False when another process does."""
        if sys.platform == "win32":
            return True
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except (BlockingIOError, PermissionError):
            return False
        except OSError as error:
            reason = f"the file system keeps no locks: {error.strerror or error}"
            raise StoreError(str(self._path), reason, hint="name a file on another disk with --store") from error
        return True

    def free(self, place: int) -> None:
        """Let go of a place."""
        if sys.platform != "win32":
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    @contextmanager
    def held(self, place: int) -> Iterator[None]:
        """Wait for a place, however long another process holds it, and hold it for the block."""
        while not self.take(place):
            time.sleep(_POLL_S)
        try:
            yield
        finally:
            self.free(place)
