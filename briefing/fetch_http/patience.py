"""What fetching may take, and how much of it is left."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """Bounds on time and number; seconds, where not said otherwise."""

    total_s: float = 30.0
    """For one address: names, connections, redirects and the last byte; waiting for one's turn is not counted."""
    connect_s: float = 10.0
    """For one connection, its name and its TLS included."""
    silence_s: float = 15.0
    """Until the next byte."""
    redirects: int = 5
    """How many in a row are followed."""
    delay_s: float = 1.0
    """Between two requests to one host."""
    longest_delay_s: float = 10.0
    """What a `Crawl-delay` is cut down to."""
    longest_wait_s: float = 30.0
    """How long a host that asks to be left alone (`Retry-After`) is waited for; one that asks for longer is not."""
    hosts: int = 8
    """How many are asked at the same time."""


class Stopwatch:
    """Seconds that are left of a bound; runs from `start` to `stop`.

    >>> watch = Stopwatch(5.0)
    >>> watch.left(9.0)
    5.0
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: float | None = None

    def start(self) -> None:
        """Run."""
        self._since = time.monotonic()

    def stop(self) -> None:
        """Stand still, and keep what is left."""
        self._seconds = self.left(self._seconds)
        self._since = None

    def left(self, most: float) -> float:
        """Return the seconds left, at most `most`; zero or less when there are none."""
        used = 0.0 if self._since is None else time.monotonic() - self._since
        return min(most, self._seconds - used)
