"""Several questions at once: answers in order, failures as values, and no waiting for what is no longer wanted."""

from __future__ import annotations

import threading

import pytest

from briefing.errors import ModelUnavailable
from briefing.model import Reply, Request, ScriptedModel, ask_all
from briefing.types import Usage


def requests(*texts: str) -> list[Request]:
    return [Request(system="", user=text, schema_name="x", schema={}, max_tokens=9) for text in texts]


@pytest.mark.parametrize("jobs", [1, 3, 50])
def test_answers_stand_in_the_order_of_the_questions(jobs: int) -> None:
    asked = [str(number) for number in range(40)]
    model = ScriptedModel(lambda request: request.user)
    answers = ask_all(model, requests(*asked), jobs=jobs)
    assert [answer.text for answer in answers if isinstance(answer, Reply)] == asked
    assert sorted(request.user for request in model.asked) == sorted(asked)


def test_no_more_calls_are_under_way_than_there_are_jobs() -> None:
    lock, meeting = threading.Lock(), threading.Barrier(3)
    under_way, most = 0, 0

    def answer(request: Request) -> str:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        meeting.wait(20)  # breaks unless three are under way together
        with lock:
            under_way -= 1
        return request.user

    ask_all(ScriptedModel(answer), requests(*"abcdef"), jobs=3)
    assert most == 3


def test_a_failed_call_takes_the_place_of_its_answer() -> None:
    def answer(request: Request) -> str:
        if request.user == "b":
            raise ModelUnavailable("m", "no answer", hint="wait")
        return request.user

    for jobs in (1, 2):
        answers = ask_all(ScriptedModel(answer), requests("a", "b", "c"), jobs=jobs)
        assert [type(a).__name__ for a in answers] == ["Reply", "ModelUnavailable", "Reply"]


def test_an_interruption_is_raised_at_once_and_leaves_behind_what_is_under_way() -> None:
    begun, release = threading.Event(), threading.Event()
    asked: list[str] = []

    def answer(request: Request) -> str:
        asked.append(request.user)
        if request.user == "slow":
            begun.set()
            release.wait(20)
        elif request.user == "interrupted":
            assert begun.wait(20)
            raise KeyboardInterrupt
        return request.user

    with pytest.raises(KeyboardInterrupt):
        ask_all(ScriptedModel(answer), requests("slow", "interrupted", "never"), jobs=2)
    assert not release.is_set()
    release.set()
    assert sorted(asked) == ["interrupted", "slow"]


def test_a_script_is_handed_out_in_the_order_of_asking_and_ends_with_an_error() -> None:
    kept = Reply(text="two", finish_reason="length", model="m", usage=Usage(calls=1))
    model = ScriptedModel(["one", kept])
    first, second, third = ask_all(model, requests("a", "b", "c"), jobs=1)
    assert isinstance(first, Reply)
    assert (first.text, second) == ("one", kept)
    assert isinstance(third, ModelUnavailable)
    assert [request.user for request in model.asked] == ["a", "b", "c"]
