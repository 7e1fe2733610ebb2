"""Politeness: one request to a host at a time, a pause between two, and longer where the host asks for it."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from briefing.addresses import Target
from briefing.errors import AddressUnavailable
from briefing.fetch import shown
from briefing.fetch_http.patience import Patience


@dataclass(kw_only=True, slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    """Monotonic; when the next request may go out."""
    delay_s: float = 0.0


class Turns:
    """Hands out turns at hosts to any number of threads."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._hosts = defaultdict[str, _Host](lambda: _Host(delay_s=patience.delay_s))
        self._lock = threading.Lock()
        self._ended = threading.Event()

    @contextmanager
    def turn(self, target: Target, *, pause: bool = True) -> Iterator[None]:
        """Wait until the host may be asked, and keep others from asking while the block runs.

        Without `pause` the next turn may follow at once. Raises AddressUnavailable when the host wants to be left
        alone for longer than patience lasts, and after `end`.
        """
        host = self._host(target.host)
        with host.lock:
            wait = host.free_at - time.monotonic()
            if wait > max(self._patience.longest_wait_s, host.delay_s):
                message = f"its host asks to be left alone for another {wait:.0f} seconds"
                raise AddressUnavailable(shown(target.address), message, hint="try again after that")
            if self._ended.wait(max(0.0, wait)):
                raise AddressUnavailable(shown(target.address), "the run was ended", hint="run it again")
            try:
                yield
            finally:
                host.free_at = max(host.free_at, time.monotonic() + (host.delay_s if pause else 0.0))

    def slow_down(self, target: Target, delay_s: float | None) -> None:
        """Heed what its robots.txt says, within bounds."""
        if delay_s is not None:
            host = self._host(target.host)
            host.delay_s = max(self._patience.delay_s, min(delay_s, self._patience.longest_delay_s))

    def leave_alone(self, target: Target, seconds: float) -> None:
        """Ask this host nothing for so long."""
        host = self._host(target.host)
        host.free_at = max(host.free_at, time.monotonic() + seconds)

    def end(self) -> None:
        """Send everybody who waits away."""
        self._ended.set()

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts[name]
