"""Work that is done once for all threads that want its outcome."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

V = TypeVar("V")


class Once(Generic[V]):
    """Outcomes by key, errors included.

    >>> once = Once[int]()
    >>> once.get("a", lambda: 1), once.get("a", lambda: 2)
    (1, 1)
    """

    def __init__(self) -> None:
        self._outcomes: dict[Hashable, Future[V]] = {}
        self._forgotten = 0
        self._lock = threading.Lock()

    def claim(self, key: Hashable) -> Future[V] | None:
        """Return what the caller has to `settle`; None when somebody did or will."""
        with self._lock:
            if key in self._outcomes:
                return None
            outcome = self._outcomes[key] = Future[V]()
            return outcome

    def get(self, key: Hashable, work: Callable[[], V]) -> V:
        """Do the work, or wait for whoever does it; return or raise what came of it."""
        if claimed := self.claim(key):
            settle(claimed, work)
            return claimed.result()
        with self._lock:
            outcome = self._outcomes.get(key)
        # Forgotten in between, it is done again.
        return outcome.result() if outcome else self.get(key, work)

    def forget(self, key: Hashable) -> None:
        """Let go of an outcome; whoever waits for it still gets it."""
        with self._lock:
            self._forgotten += self._outcomes.pop(key, None) is not None

    def counts(self) -> tuple[int, int]:
        """Return how many are done, and how many there are, forgotten ones among both."""
        with self._lock:
            done = sum(outcome.done() for outcome in self._outcomes.values())
            return self._forgotten + done, self._forgotten + len(self._outcomes)


def settle(claimed: Future[V], work: Callable[[], V]) -> None:
    """Do the work and hand its outcome to all who wait for it."""
    try:
        claimed.set_result(work())
    except BaseException as error:  # noqa: BLE001 - raised again by whoever asks for the outcome
        claimed.set_exception(error)
