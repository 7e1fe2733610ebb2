"""Work on many things at once whose outcomes are taken in order, with bounded room for those that wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from queue import Full, Queue
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_ROOM = 2
"""Outcomes of one thing that may wait to be taken."""
_LOOK_UP_S = 0.5


class _End:
    """Nothing more will come, or what ended it."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


class Crew(Generic[T, R]):
    """Threads that each do one thing after the other, in the order given.

    >>> crew = Crew([1, 2], lambda n: iter([n, n * 10]), hands=2, ended=threading.Event())
    >>> [(thing, list(outcomes)) for thing, outcomes in crew.outcomes()]
    [(1, [1, 10]), (2, [2, 20])]
    """

    def __init__(
        self, things: Sequence[T], work: Callable[[T], Iterator[R]], *, hands: int, ended: threading.Event
    ) -> None:
        self._work = work
        self._ended = ended
        self._queues: list[tuple[T, Queue[R | _End]]] = [(thing, Queue(_ROOM)) for thing in things]
        self._left = iter(self._queues)
        self._taking = threading.Lock()
        self._hands = min(hands, len(things))

    def outcomes(self) -> Iterator[tuple[T, Iterator[R]]]:
        """Yield each thing with its outcomes, which are to be used up before the next. Raises what the work raised."""
        for _ in range(self._hands):
            # Daemons: after Ctrl-C nobody waits for a server that does not answer.
            threading.Thread(target=self._run, name="briefing-gather", daemon=True).start()
        try:
            for thing, queue in self._queues:
                yield thing, _drained(queue)
        finally:
            self._ended.set()

    def _run(self) -> None:
        while (next_one := self._next()) and not self._ended.is_set():
            thing, queue = next_one
            try:
                for outcome in self._work(thing):
                    self._put(queue, outcome)
                self._put(queue, _End())
            except BaseException as error:  # noqa: BLE001 - raised again by whoever takes the outcomes
                self._put(queue, _End(error))

    def _next(self) -> tuple[T, Queue[R | _End]] | None:
        with self._taking:
            return next(self._left, None)

    def _put(self, queue: Queue[R | _End], outcome: R | _End) -> None:
        """Wait for room, unless nobody takes anything any more."""
        while not self._ended.is_set():
            try:
                queue.put(outcome, timeout=_LOOK_UP_S)
            except Full:
                continue
            return


def _drained(queue: Queue[R | _End]) -> Iterator[R]:
    while not isinstance(outcome := queue.get(), _End):
        yield outcome
    if outcome.error:
        raise outcome.error
