"""The one seam to a language model: a request in, a reply out.

Knows nothing of HTTP, prompts or sources. `ScriptedModel` is a real implementation that ships: logic is
tested with it, and a user can replay a conversation with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from briefing.errors import ModelUnavailable
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
    """Anything that answers a `Request`. Raises `ModelError` and nothing else."""

    @property
    def name(self) -> str:
        """The name that goes into `drafter` and the manifest."""

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and reply may take together."""

    def ask(self, request: Request) -> Reply:
        """Answer, or raise `ModelUnavailable` or `ModelRefused`."""


class ScriptedModel:
    """Answers with the given texts in order, and keeps every request it was asked.

    >>> model = ScriptedModel(['{"claims": [], "lead": []}'])
    >>> reply = model.ask(Request(system="", user="hi", schema_name="x", schema={}, max_tokens=9))
    >>> reply.finish_reason, len(model.asked)
    ('stop', 1)
    """

    def __init__(self, replies: Iterable[str | Reply], *, context_tokens: int = 128_000) -> None:
        self._replies = list(replies)
        self._context_tokens = context_tokens
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
        """Hand out the next reply; `ModelUnavailable` when the script has run out."""
        if len(self.asked) >= len(self._replies):
            raise ModelUnavailable(self.name, "the script has no reply left", hint="add one reply per call")
        reply = self._replies[len(self.asked)]
        self.asked.append(request)
        if isinstance(reply, Reply):
            return reply
        return Reply(text=reply, finish_reason="stop", model=self.name, usage=Usage(calls=1))
