"""Questions and answers as text: what a question is known by, and an answer that comes back as it went in. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from briefing.databases import as_json
from briefing.errors import ReplyError
from briefing.model import Reply, Request
from briefing.types import Usage


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who is asked, and every field of what is asked.

    >>> ask = Request(system="", user="hi", schema_name="x", schema={}, max_tokens=9)
    >>> Question(server="http://a/v1", model="m", request=ask).key
    'sha256:1f8e0bf17e877bdcfcc83b130756a06144bd3a2afafe2d526849365c39b2ad97'
    """

    server: str
    """Base URL, without user and password."""
    model: str
    request: Request

    @cached_property
    def key(self) -> str:
        """The content address."""
        return sha256(as_json({"server": self.server, "model": self.model, "request": asdict(self.request)}))


def sha256(text: str | bytes) -> str:
    """Return the tagged digest of a text, or of bytes."""
    return f"sha256:{hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()}"


def packed(answer: Reply | ReplyError) -> str:
    """Write a reply, or an error that brought one, as JSON."""
    if isinstance(answer, Reply):
        return as_json(asdict(answer))
    return as_json(
        {
            "error": type(answer).__name__,
            "subject": answer.subject,
            "message": answer.message,
            "hint": answer.hint,
            "reply": answer.reply,
            "usage": asdict(answer.usage),
        }
    )


def unpacked(text: str) -> Reply | ReplyError:
    """Read what `packed` wrote. Raises `ValueError` for anything else, such as an error of a newer version.

    >>> reply = Reply(text="{}", finish_reason="stop", model="m", usage=Usage(calls=1))
    >>> unpacked(packed(reply)) == reply
    True
    """
    values = json.loads(text)
    try:
        usage = Usage(**values.pop("usage"))
        kind = values.pop("error", None)
        return Reply(**values, usage=usage) if kind is None else _error(kind)(**values, usage=usage)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _error(name: str) -> Any:
    return {kind.__name__: kind for kind in _kinds(ReplyError)}[name]


def _kinds(kind: type[ReplyError]) -> Iterator[type[ReplyError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)
