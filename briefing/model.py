"""The one seam to a language model: a request in, a reply out.

Knows nothing of HTTP, prompts or sources. `ScriptedModel` is a real implementation that ships: logic is
tested with it, and a user can replay a conversation with it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from briefing.errors import ModelError, ModelUnavailable
from briefing.types import Usage


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One question to a model."""

    system: str
    """Instructions; the same from call to call, so that provider caches hit."""
    user: str
    schema_name: str
    schema: dict[str, Any] = field(hash=False)
    """JSON schema of the reply: flat, closed, every property required."""
    max_tokens: int
    temperature: float = 0.0
    seed: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the model answered, unread. `finish_reason` is `stop`, `length`, or the server's own word."""

    text: str
    finish_reason: str
    model: str
    usage: Usage


class Model(Protocol):
    """Anything that answers a `Request`, in several threads at once. Raises `ModelError` when it cannot."""

    @property
    def name(self) -> str:
        """The name that goes into `drafter` and the manifest."""

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and reply may take together."""

    def ask(self, request: Request) -> Reply:
        """Answer, or raise `ModelUnavailable` or `ModelRefused`."""


#: The number of a request, and what came of it.
_Numbered = tuple[int, Reply | BaseException]


def ask_all(model: Model, requests: Sequence[Request], *, jobs: int) -> tuple[Reply | ModelError, ...]:
    """Ask at most `jobs` questions at a time; the answers stand in the order of the requests.

    A `ModelError` takes the place of its answer, so that one failed call costs none of the others. Anything else,
    Ctrl-C included, is raised at once: no further call is begun, and those under way are left behind.

    >>> echo = ScriptedModel(lambda request: request.user)
    >>> questions = [Request(system="", user=u, schema_name="x", schema={}, max_tokens=9) for u in "ab"]
    >>> [reply.text for reply in ask_all(echo, questions, jobs=2)]
    ['a', 'b']
    """
    if min(jobs, len(requests)) <= 1:
        return tuple(_answer(model, request) for request in requests)
    waiting = queue.SimpleQueue[tuple[int, Request]]()
    for numbered in enumerate(requests):
        waiting.put(numbered)
    answered = queue.SimpleQueue[_Numbered]()
    stopped = threading.Event()
    for _ in range(min(jobs, len(requests))):
        # Daemons, because a pool of the standard library is waited for, and a call may take minutes.
        threading.Thread(target=_work, args=(model, waiting, answered, stopped), daemon=True).start()
    try:
        return _in_order(answered, len(requests))
    finally:
        stopped.set()


def _answer(model: Model, request: Request) -> Reply | ModelError:
    try:
        return model.ask(request)
    except ModelError as error:
        return error


def _work(
    model: Model,
    waiting: queue.SimpleQueue[tuple[int, Request]],
    answered: queue.SimpleQueue[_Numbered],
    stopped: threading.Event,
) -> None:
    while not stopped.is_set():
        try:
            number, request = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            answered.put((number, _answer(model, request)))
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
            answered.put((number, error))
            return


def _in_order(answered: queue.SimpleQueue[_Numbered], count: int) -> tuple[Reply | ModelError, ...]:
    found: dict[int, Reply | ModelError] = {}
    while len(found) < count:
        number, answer = answered.get()
        if not isinstance(answer, Reply | ModelError):
            raise answer
        found[number] = answer
    return tuple(found[number] for number in range(count))


class ScriptedModel:
    """Answers with the given texts in order, or with what a function says; keeps every request it was asked.

    Where several threads ask, the texts go out in the order of asking, so use a function there.

    >>> model = ScriptedModel(['{"claims": [], "lead": []}'])
    >>> reply = model.ask(Request(system="", user="hi", schema_name="x", schema={}, max_tokens=9))
    >>> reply.finish_reason, len(model.asked)
    ('stop', 1)
    """

    def __init__(
        self,
        replies: Iterable[str | Reply] | Callable[[Request], str | Reply],
        *,
        context_tokens: int = 128_000,
    ) -> None:
        self._replies = replies if callable(replies) else list(replies)
        self._context_tokens = context_tokens
        self._lock = threading.Lock()
        self.asked: list[Request] = []

    @property
    def name(self) -> str:
        """Always `scripted`."""
        return "scripted"

    @property
    def context_tokens(self) -> int:
        """As given."""
        return self._context_tokens

    def ask(self, request: Request) -> Reply:
        """Give the next reply; `ModelUnavailable` when the script has run out."""
        with self._lock:
            number = len(self.asked)
            self.asked.append(request)
        reply = self._replies(request) if callable(self._replies) else self._scripted(self._replies, number)
        if isinstance(reply, Reply):
            return reply
        return Reply(text=reply, finish_reason="stop", model=self.name, usage=Usage(calls=1))

    def _scripted(self, replies: Sequence[str | Reply], number: int) -> str | Reply:
        if number >= len(replies):
            raise ModelUnavailable(self.name, "the script has no reply left", hint="add one reply per call")
        return replies[number]
