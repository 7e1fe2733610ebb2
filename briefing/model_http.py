"""A model behind HTTP: any server that speaks OpenAI's chat completions.

Only the portable part of the protocol is used: two text messages, a token limit, temperature 0, a seed, and
a reply held to a JSON schema. Servers that lack a part of it are met half way, once and for the whole run:

1. `response_format: json_schema` (strict). The server holds the model to the schema.
2. After a 400 or 422: `response_format: json_object`, with the schema written at the end of the instructions.
3. After another: no `response_format`, the schema in the instructions alone.

Likewise `max_completion_tokens` replaces `max_tokens`, and temperature and seed are left out, for servers
that say so. Whatever was agreed on, a reply is validated by who reads it. Knows nothing of prompts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from briefing.errors import ConfigError, ModelError, ModelRefused, ModelUnavailable
from briefing.model import Reply, Request
from briefing.prompts import visible
from briefing.types import Usage

if TYPE_CHECKING:
    import openai

_OPENAI = "https://api.openai.com/v1"
_CONTEXT_TOKENS = 128_000
#: Without a GPU a small model takes minutes over a long prompt.
_TIMEOUT_S = 600.0
_CONNECT_S = 10.0
#: The longest message of a server that is passed on.
_MESSAGE_CHARACTERS = 300


def model_from_environment(
    name: str,
    environ: Mapping[str, str],
    *,
    base_url: str | None = None,
    context_tokens: int = _CONTEXT_TOKENS,
    timeout_s: float = _TIMEOUT_S,
) -> HTTPModel:
    """Return the model of that name at `base_url`, else `OPENAI_BASE_URL`, else OpenAI, with `OPENAI_API_KEY`.

    A server of one's own needs no key. Raises `ConfigError` when there is neither a key nor a server, or
    when one of them cannot be used.

    >>> model_from_environment("qwen", {"OPENAI_BASE_URL": "http://127.0.0.1:8080/v1"})
    HTTPModel('qwen', host='127.0.0.1:8080')
    """
    key = environ.get("OPENAI_API_KEY", "").strip()
    url = (base_url or environ.get("OPENAI_BASE_URL", "")).strip()
    if not key and not url:
        raise ConfigError(
            "OPENAI_API_KEY",
            f"it is not set, and the model {name!r} needs it",
            hint="set it, or set OPENAI_BASE_URL to a server of your own, or name no model",
        )
    return HTTPModel(
        name, api_key=key or None, base_url=url or None, context_tokens=context_tokens, timeout_s=timeout_s
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Dialect:
    """What of the protocol a server has been found to understand."""

    reply_format: Literal["json_schema", "json_object", "plain"] = "json_schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    sampling: bool = True
    """Whether temperature and seed are sent."""


class HTTPModel:
    """Asks a server, one request at a time, and raises `ModelError` and nothing else.

    `timeout_s` bounds the wait between two bytes of the answer; a connection is waited for 10 seconds at most. An
    attempt that failed for want of an answer is made again `max_retries` times, when the server's `retry-after`
    says. The key is sent in the `authorization` header and stands nowhere else.
    """

    def __init__(
        self,
        name: str,
        *,
        api_key: str | None,
        base_url: str | None = None,
        context_tokens: int = _CONTEXT_TOKENS,
        timeout_s: float = _TIMEOUT_S,
        max_retries: int = 2,
        json_schema: bool = True,
    ) -> None:
        self._name = name
        self._key = _checked_key(api_key)
        self._base_url = _checked_url(base_url or _OPENAI)
        self._context_tokens = context_tokens
        self._timeout_s = timeout_s
        self._max_retries = max_retries
        self._dialect = _Dialect(reply_format="json_schema" if json_schema else "json_object")

    def __repr__(self) -> str:
        parts = urlsplit(self._base_url)
        host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
        return f"HTTPModel({self._name!r}, host={host!r})"

    @property
    def name(self) -> str:
        """The name the server knows it by."""
        return self._name

    @property
    def context_tokens(self) -> int:
        """As given."""
        return self._context_tokens

    def ask(self, request: Request) -> Reply:
        """Answer, or raise `ModelUnavailable` or `ModelRefused`."""
        body = self._agreed(request)
        return _reply(body, self._name)

    def _agreed(self, request: Request) -> bytes:
        """Send the request in the first dialect that the server accepts, and remember which that was."""
        import openai

        dialect, failure = self._dialect, None
        while True:
            try:
                body = self._sent(request, dialect)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                # The first message is about the request as it was meant, later ones about our concessions.
                failure = failure or self._failure(error)
                simpler = _simpler(dialect, error)
                if simpler is None:
                    break
                dialect = simpler
            except openai.OpenAIError as error:
                failure = self._failure(error)
                break
            else:
                self._dialect = dialect
                return body
        # Raised out here, so that the library's error, whose body may echo the key, is not chained to it.
        raise failure

    def _sent(self, request: Request, dialect: _Dialect) -> bytes:
        import openai

        with openai.OpenAI(
            api_key=self._key or "none",
            base_url=self._base_url,
            timeout=openai.Timeout(self._timeout_s, connect=min(_CONNECT_S, self._timeout_s)),
            max_retries=self._max_retries,
        ) as client:
            answer = client.chat.completions.with_raw_response.create(**_arguments(self._name, request, dialect))
            return answer.content

    def _failure(self, error: openai.OpenAIError) -> ModelError:
        import openai

        if isinstance(error, openai.APITimeoutError):
            reason = f"no answer within {self._timeout_s:g} seconds"
            return ModelUnavailable(self._name, reason, hint="allow more time, or try again later")
        if not isinstance(error, openai.APIStatusError):
            reason = f"no connection to {urlsplit(self._base_url).hostname}"
            return ModelUnavailable(self._name, reason, hint="check OPENAI_BASE_URL and the network")
        reason = f"the server answered {error.status_code}: {self._message(error)}"
        if error.code != "insufficient_quota" and (error.status_code >= 500 or error.status_code in _LATER):
            return ModelUnavailable(self._name, reason, hint="try again later")
        return ModelRefused(self._name, reason, hint=_HINTS.get(error.status_code, "read the server's message"))

    def _message(self, error: openai.APIStatusError) -> str:
        """Return what the server said, on one line, without the key and not too long, in this order."""
        body = error.body
        said = body.get("message", body) if isinstance(body, dict) else body or "no reason given"
        text = visible(str(said))
        text = text.replace(self._key, "[key]") if self._key else text
        return text if len(text) <= _MESSAGE_CHARACTERS else text[:_MESSAGE_CHARACTERS] + "…"


#: Time-out, conflict, too many requests: worth another try.
_LATER = frozenset({408, 409, 429})
_HINTS = {
    401: "check OPENAI_API_KEY",
    403: "check what OPENAI_API_KEY may do",
    404: "check the model's name and OPENAI_BASE_URL",
    429: "check the quota of the account",
}


def _checked_key(key: str | None) -> str:
    # Any other character fails deep in the HTTP client, with an error that shows the whole header.
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise ConfigError("OPENAI_API_KEY", "it holds characters that no key has", hint="copy it again")
    return key or ""


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        # What stands before an @ may be a password.
        reason = f"{url.rpartition('@')[2]!r} is no web address"
        raise ConfigError("OPENAI_BASE_URL", reason, hint="write it like http://127.0.0.1:8080/v1")
    return url


# Requests
# --------


def _arguments(name: str, request: Request, dialect: _Dialect) -> dict[str, Any]:
    system = request.system
    if dialect.reply_format != "json_schema":
        system = f"{system}\n\nReply with JSON alone, of this JSON schema:\n{json.dumps(request.schema)}"
    arguments: dict[str, Any] = {
        "model": name,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": request.user}],
        dialect.limit: request.max_tokens,
    }
    if dialect.sampling:
        arguments |= {"temperature": request.temperature, "seed": request.seed}
    if dialect.reply_format != "plain":
        arguments["response_format"] = _response_format(request, dialect)
    return arguments


def _response_format(request: Request, dialect: _Dialect) -> dict[str, Any]:
    if dialect.reply_format == "json_object":
        return {"type": "json_object"}
    schema = {"name": request.schema_name, "schema": request.schema, "strict": True}
    return {"type": "json_schema", "json_schema": schema}


def _simpler(dialect: _Dialect, error: openai.APIStatusError) -> _Dialect | None:
    """Return the dialect to try after this refusal, or None when nothing is left to leave out."""
    said = f"{error.param} {error.message}"
    if dialect.limit == "max_tokens" and "max_completion_tokens" in said:
        return replace(dialect, limit="max_completion_tokens")
    if dialect.sampling and ("temperature" in said or "seed" in said):
        return replace(dialect, sampling=False)
    if dialect.reply_format == "json_schema":
        return replace(dialect, reply_format="json_object")
    if dialect.reply_format == "json_object":
        return replace(dialect, reply_format="plain")
    return None


# Answers
# -------


def _reply(body: bytes, name: str) -> Reply:
    """Read a chat completion. A refusal in words is a reply too: its reader finds that it is no JSON."""
    from pydantic import ValidationError

    try:
        answer = _completion_model().model_validate_json(body)
    except ValidationError:
        answer = None
    if answer is None:
        raise ModelRefused(
            name,
            "the server answered with something that is no chat completion",
            hint="check OPENAI_BASE_URL; it usually ends in /v1",
        )
    choice, usage = answer.choices[0], answer.usage
    return Reply(
        text=choice.message.content or choice.message.refusal or "",
        finish_reason=choice.finish_reason or "unknown",
        model=answer.model or name,
        usage=Usage(
            calls=1,
            prompt_tokens=usage.prompt_tokens if usage else 0,
            completion_tokens=usage.completion_tokens if usage else 0,
            cached_tokens=_cached(usage),
        ),
    )


def _cached(usage: Any) -> int:
    details = usage.prompt_tokens_details if usage else None
    return (details.cached_tokens or 0) if details else 0


@cache
def _completion_model() -> Any:
    """Build the pydantic model of the part of a chat completion that is read; importing pydantic is slow."""
    from pydantic import BaseModel, Field

    class Message(BaseModel):
        content: str | None = None
        refusal: str | None = None

    class Choice(BaseModel):
        message: Message
        finish_reason: str | None = None

    class PromptTokens(BaseModel):
        cached_tokens: int | None = None

    class TokenUsage(BaseModel):
        prompt_tokens: int = 0
        completion_tokens: int = 0
        prompt_tokens_details: PromptTokens | None = None

    class Completion(BaseModel):
        choices: list[Choice] = Field(min_length=1)
        model: str | None = None
        usage: TokenUsage | None = None

    return Completion
