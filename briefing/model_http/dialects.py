"""What a server understands of the protocol, and a request written in it. Pure.

Only the portable part of chat completions is used: two text messages, a token limit, temperature 0, a seed, and a reply
held to a JSON schema. A server that lacks a part of it is met half way, one step at a time (`simpler`):

1. `json_schema` (strict): the server holds the model to the schema.
2. `json_object`: the server holds the model to JSON; the schema stands at the end of the instructions.
3. `plain`: the server holds it to nothing; the instructions give the schema and ask for one fenced block that ends the
   reply, and `unwrapped` takes the JSON out of it. Text before the block is where some models think aloud.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from briefing.errors import ConfigError
from briefing.model import Request

ReplyFormat = Literal["json_schema", "json_object", "plain"]
FORMATS: tuple[ReplyFormat, ...] = ("json_schema", "json_object", "plain")
_LIMITS = ("max_tokens", "max_completion_tokens")


@dataclass(frozen=True, kw_only=True, slots=True)
class Capabilities:
    """What a server has been found to understand, for one of its models.

    >>> Capabilities(reply_format="plain", context_tokens=8_192).to_json()["reply_format"]
    'plain'
    """

    reply_format: ReplyFormat = "json_schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """How it calls the limit of a reply."""
    sampling: bool = True
    """Whether temperature and seed may be sent."""
    context_tokens: int | None = None
    """What it says prompt and reply may take together, or None when it does not say."""
    streaming: bool | None = None
    """Whether it can send a reply bit by bit; None when nobody asked. Nothing here streams."""

    def to_json(self) -> dict[str, Any]:
        """Return plain values, for a store."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Capabilities:
        """Read what `to_json` gave; `ConfigError` for anything else.

        >>> Capabilities.from_json(Capabilities(sampling=False).to_json()).sampling
        False
        """
        try:
            found = cls(**values)
        except TypeError:
            found = None
        if found is None or not _valid(found):
            raise ConfigError(
                "capabilities",
                "what is remembered of this server cannot be read",
                hint="`briefing models` finds it out again",
            )
        return found


def _valid(found: Capabilities) -> bool:
    tokens = found.context_tokens
    return (
        found.reply_format in FORMATS
        and found.limit in _LIMITS
        and isinstance(found.sampling, bool)
        and (tokens is None or (type(tokens) is int and tokens > 0))
        and (found.streaming is None or isinstance(found.streaming, bool))
    )


def arguments(name: str, request: Request, dialect: Capabilities) -> dict[str, Any]:
    """Return the request in `dialect`, as `openai`'s `chat.completions.create` takes it."""
    values: dict[str, Any] = {
        "model": name,
        "messages": [
            {"role": "system", "content": request.system + _instructions(request, dialect)},
            {"role": "user", "content": request.user},
        ],
        dialect.limit: request.max_tokens,
    }
    if dialect.reply_format != "plain":
        values["response_format"] = _response_format(request, dialect)
    if dialect.sampling:
        values |= {"seed": request.seed, "temperature": request.temperature}
    return values


def _instructions(request: Request, dialect: Capabilities) -> str:
    schema = json.dumps(request.schema)
    if dialect.reply_format == "json_object":
        return f"\n\nReply with JSON alone, of this JSON schema:\n{schema}"
    if dialect.reply_format == "plain":
        return f"\n\nEnd the reply with one block, and in it nothing but JSON of the schema below:\n{_BLOCK}\n{schema}"
    return ""


_OPENING, _CLOSING = "```json", "```"
_BLOCK = f"{_OPENING}\n…\n{_CLOSING}\nJSON schema:"


def _response_format(request: Request, dialect: Capabilities) -> dict[str, Any]:
    if dialect.reply_format == "json_object":
        return {"type": "json_object"}
    schema = {"name": request.schema_name, "schema": request.schema, "strict": True}
    return {"type": "json_schema", "json_schema": schema}


def simpler(dialect: Capabilities, said: str) -> Capabilities | None:
    """Return the dialect to try after a refusal in these words, or None when nothing is left to leave out.

    >>> simpler(Capabilities(), "use 'max_completion_tokens' instead").limit
    'max_completion_tokens'
    """
    if dialect.limit == "max_tokens" and "max_completion_tokens" in said:
        return replace(dialect, limit="max_completion_tokens")
    if dialect.sampling and ("temperature" in said or "seed" in said):
        return replace(dialect, sampling=False)
    if dialect.reply_format == "json_schema":
        return replace(dialect, reply_format="json_object")
    if dialect.reply_format == "json_object":
        return replace(dialect, reply_format="plain")
    return None


def unwrapped(text: str) -> str:
    """Return what stands in the fenced block that ends a plain reply; the text itself when none ends it.

    A line of JSON cannot be a fence, since JSON writes a line break within a string as two characters.

    >>> unwrapped('Let me see.\\n```json\\n{"a": 1}\\n```\\n')
    '{"a": 1}'
    >>> unwrapped('{"a": 1}')
    '{"a": 1}'
    """
    lines = text.rstrip().split("\n")
    fences = [number for number, line in enumerate(lines) if line.strip() == _OPENING]
    if not fences or lines[-1].strip() != _CLOSING:
        return text
    inner = lines[fences[-1] + 1 : -1]
    # A fence inside means that the block which ends the reply is another one.
    return text if any(line.strip() == _CLOSING for line in inner) else "\n".join(inner)
