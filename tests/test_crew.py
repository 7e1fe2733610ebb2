"""Work on many things at once: outcomes in order, room that is bounded, and an end that nobody waits for."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.gathering.crew import Crew

PATIENCE_S = 10


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=12), st.integers(1, 5), st.integers(0, 20))
def test_everything_comes_out_in_order_however_many_hands_and_however_little_room(
    things: list[list[int]], hands: int, room: int
) -> None:
    with Crew(things, iter, hands=hands, weight=float, room=room, ended=threading.Event()) as crew:
        assert [list(outcomes) for _, outcomes in crew.outcomes()] == things


def test_what_is_quick_does_not_wait_for_what_is_slow_and_comes_first() -> None:
    done = threading.Semaphore(0)

    def work(thing: int) -> Iterator[int]:
        if thing == 0:
            # All the others are done before the first is.
            assert all(done.acquire(timeout=PATIENCE_S) for _ in range(20))
        yield thing
        done.release()

    with Crew(range(21), work, hands=2, weight=float, room=1_000, ended=threading.Event()) as crew:
        assert [list(outcomes) for _, outcomes in crew.outcomes()] == [[n] for n in range(21)]


def test_without_room_only_the_one_whose_turn_it_is_goes_on() -> None:
    made: list[int] = []

    def work(thing: int) -> Iterator[int]:
        for _ in range(3):
            made.append(thing)
            yield thing

    with Crew(range(3), work, hands=3, weight=lambda _: 1.0, room=0, ended=threading.Event()) as crew:
        for thing, outcomes in crew.outcomes():
            for _ in outcomes:
                # One made and weighed, the next made and waiting for room: that is all that others may have.
                assert all(made.count(other) <= 2 for other in range(thing + 1, 3))
    assert len(made) == 9


def test_what_the_work_raises_is_raised_in_its_turn_and_ends_the_others() -> None:
    ended = threading.Event()

    def work(thing: int) -> Iterator[int]:
        yield thing
        if thing == 1:
            raise KeyError(thing)

    seen: list[int] = []
    crew = Crew(range(9), work, hands=3, weight=float, room=99, ended=ended)
    with pytest.raises(KeyError), crew:
        seen.extend(outcome for _, outcomes in crew.outcomes() for outcome in outcomes)
    assert (seen, ended.is_set()) == ([0, 1], True)


def test_nobody_waits_for_hands_whose_outcomes_are_not_wanted_any_more() -> None:
    ended = threading.Event()
    before = threading.active_count()
    endless = Crew(range(4), lambda n: iter(lambda: n, None), hands=4, weight=lambda _: 1.0, room=3, ended=ended)
    with endless:
        _, first = next(endless.outcomes())
        assert next(first) == 0
    for thread in threading.enumerate():
        if thread.name == "briefing-gather":
            thread.join(PATIENCE_S)
    assert threading.active_count() <= before
