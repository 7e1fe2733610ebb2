"""Work on many things at once whose outcomes are taken in order, with bounded room for those that wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class _End(NamedTuple):
    """Nothing more will come of a thing."""

    error: BaseException | None = None
    """What ended it."""


class Crew(Generic[T, R]):
    """Threads that each do one thing after the other, in the order given, for as long as a block takes.

    Outcomes that wait for their turn may weigh so much together; beyond that only the thing whose turn it is goes on.
    `ended` is set at the end of the block.

    >>> with Crew([1, 2], lambda n: iter([n, -n]), hands=2, weight=float, room=5, ended=threading.Event()) as crew:
    ...     [(thing, list(outcomes)) for thing, outcomes in crew.outcomes()]
    [(1, [1, -1]), (2, [2, -2])]
    """

    def __init__(
        self,
        things: Sequence[T],
        work: Callable[[T], Iterator[R]],
        *,
        hands: int,
        weight: Callable[[R], float],
        room: float,
        ended: threading.Event,
    ) -> None:
        self._things = things
        self._work = work
        self._hands = min(hands, len(things))
        self._weight = weight
        self._room = room
        self._ended = ended
        self._changed = threading.Condition()
        self._waiting: list[deque[R | _End]] = [deque() for _ in things]
        self._weighs = 0.0
        self._next = 0
        """Which thing is begun next."""
        self._turn = 0
        """Whose outcomes are taken."""

    def __enter__(self) -> Self:
        for _ in range(self._hands):
            # Daemons: after Ctrl-C nobody waits for a server that does not answer.
            threading.Thread(target=self._run, name="briefing-gather", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._ended.set()
            self._changed.notify_all()

    def outcomes(self) -> Iterator[tuple[T, Iterator[R]]]:
        """Yield each thing with its outcomes, which are to be used up before the next. Raises what the work raised."""
        for at, thing in enumerate(self._things):
            with self._changed:
                self._turn = at
                self._changed.notify_all()
            yield thing, self._taken(at)

    def _run(self) -> None:
        while (at := self._begun()) is not None:
            end = _End()
            try:
                for outcome in self._work(self._things[at]):
                    if not self._put(at, outcome, self._weight(outcome)):
                        return
            except BaseException as error:  # noqa: BLE001 - raised again by whoever takes the outcomes
                end = _End(error)
            self._put(at, end, 0)

    def _begun(self) -> int | None:
        with self._changed:
            at, self._next = self._next, self._next + 1
        return None if at >= len(self._things) or self._ended.is_set() else at

    def _put(self, at: int, outcome: R | _End, weighs: float) -> bool:
        """Wait for room; say whether there is anybody still who takes anything."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended.is_set() or at == self._turn or self._weighs <= self._room)
            self._waiting[at].append(outcome)
            self._weighs += weighs
            self._changed.notify_all()
            return not self._ended.is_set()

    def _taken(self, at: int) -> Iterator[R]:
        while not isinstance(outcome := self._take(at), _End):
            yield outcome
        if outcome.error:
            raise outcome.error

    def _take(self, at: int) -> R | _End:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting[at])
            outcome = self._waiting[at].popleft()
            if not isinstance(outcome, _End):
                self._weighs -= self._weight(outcome)
            self._changed.notify_all()
            return outcome
