"""What a server's answer means: a reply, or a typed error that keeps what was paid for. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from briefing.errors import ModelError, ModelRefused, ModelUnavailable, ReplyEmpty, ReplyWrongShape
from briefing.fencing import visible
from briefing.model import Reply
from briefing.model_http.wire import MOST_BYTES, Answer, Fault, Lost
from briefing.types import Usage

#: The longest message of a server that is passed on.
_MESSAGE_CHARACTERS = 300
#: Anything longer is no model's name.
_NAME_CHARACTERS = 200
#: Time-out, conflict, too many requests, and whatever is the server's own fault: worth another try.
_LATER = frozenset({408, 409, 425, 429, *range(500, 600)}) - {501}
#: What no further attempt and no simpler request can change, whatever status it comes with.
_FINAL_CODES = frozenset({"insufficient_quota", "content_filter"})
#: How OpenAI, llama.cpp, vLLM and LM Studio say that a request does not fit, in a code or in words.
_TOO_LONG = re.compile(r"context[ _](?:length|size|window)", re.I)
_HINTS = {
    401: "check OPENAI_API_KEY",
    403: "check what OPENAI_API_KEY may do",
    404: "check the model's name and OPENAI_BASE_URL",
    429: "check the quota of the account",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Whom was asked, for messages."""

    name: str
    """Of the model."""
    host: str
    timeout_s: float
    run_timeout_s: float | None


def settled(answer: Answer) -> Answer | Lost:
    """See through a 200 that is none: JSON that breaks off, or an error that a proxy passes on as a success."""
    if not 200 <= answer.status < 300:
        return answer
    values = _parsed(answer.body)
    if values is None and _breaks_off(answer.body):
        return Lost(fault=Fault.BROKEN_OFF, sent=True)
    error = values.get("error") if isinstance(values, dict) and not values.get("choices") else None
    code = error.get("code") if isinstance(error, dict) else None
    return replace(answer, status=code) if isinstance(code, int) and 400 <= code < 600 else answer


def _parsed(body: bytes) -> Any:
    """Return the JSON value, or None when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _breaks_off(body: bytes) -> bool:
    from pydantic_core import from_json

    try:
        from_json(body, allow_partial="trailing-strings")
    except ValueError:
        return not body.strip()
    return True


def is_temporary(outcome: Answer | Lost) -> bool:
    """Whether asking again may give something else."""
    if isinstance(outcome, Lost):
        # What took too long once would again, and would be paid for again.
        too_slow = outcome.fault is Fault.TIME and outcome.sent
        return outcome.fault in {Fault.NO_CONNECTION, Fault.BROKEN_OFF, Fault.TIME} and not too_slow
    return outcome.status in _LATER and not is_final(outcome)


def is_final(answer: Answer) -> bool:
    """Whether the server named a reason that holds for any such request: quota, length, content."""
    error = _error(answer.body)
    named = {str(error.get("code")), str(error.get("type"))} if isinstance(error, dict) else set()
    return not _FINAL_CODES.isdisjoint(named) or _is_too_long(answer)


def _is_too_long(answer: Answer) -> bool:
    return answer.status in {400, 413, 422} and _TOO_LONG.search(str(_error(answer.body))) is not None


# Replies
# -------


def reply(answer: Answer, asked: Asked) -> Reply | ModelError:
    """Read a chat completion. A refusal in words is a reply too, with `refusal` as its finish reason."""
    values = _parsed(answer.body)
    usage = reported(answer.body)
    if not isinstance(values, dict) or not isinstance(values.get("choices"), list):
        return _no_completion(answer, asked, usage)
    text = answer.body.decode("utf-8", "replace")
    if not values["choices"]:
        return ReplyEmpty(
            asked.name, "the server's reply holds no choice", hint="try another model", reply=text, usage=usage
        )
    read = _choice(values["choices"][0])
    if read is None:
        return ReplyWrongShape(
            asked.name,
            "the server's reply is a chat completion of the wrong shape",
            hint="try another server, or update this one",
            reply=text,
            usage=usage,
        )
    model = values.get("model")
    named = isinstance(model, str) and _is_text(model) and 0 < len(model) <= _NAME_CHARACTERS
    return Reply(text=read[0], finish_reason=read[1], model=str(model) if named else asked.name, usage=usage)


def _choice(choice: Any) -> tuple[str, str] | None:
    """Return text and finish reason; None when there is something else in their place."""
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        return None
    content, refusal, reason = message.get("content"), message.get("refusal"), choice.get("finish_reason")
    if any(value is not None and not _is_text(value) for value in (content, refusal, reason)):
        return None
    if refusal and not content:
        return refusal, "refusal"
    return content or "", reason or "unknown"


def _is_text(value: object) -> bool:
    # JSON can spell half of a surrogate pair, which no encoding can store.
    return isinstance(value, str) and not any("\ud800" <= ch <= "\udfff" for ch in value)


def reported(body: bytes) -> Usage:
    """Return what an answer says it cost; without a count, one call if it is a completion, else none."""
    values = _parsed(body)
    values = values if isinstance(values, dict) else {}
    usage = _table(values, "usage")
    prompt, completion = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    return Usage(
        calls=1 if prompt or completion or isinstance(values.get("choices"), list) else 0,
        prompt_tokens=prompt,
        completion_tokens=completion,
        cached_tokens=_count(_table(usage, "prompt_tokens_details"), "cached_tokens"),
    )


def _table(values: dict[str, Any], name: str) -> dict[str, Any]:
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def _count(values: dict[str, Any], name: str) -> int:
    value = values.get(name)
    return value if type(value) is int and value > 0 else 0


def _no_completion(answer: Answer, asked: Asked, usage: Usage) -> ModelError:
    said = f", but: {_said(answer.body)}" if _error(answer.body) else ""
    kind = visible(answer.headers.get("content-type", "content of no stated type"))[:60]
    return ModelRefused(
        asked.name,
        f"the server answered with {kind} that is no chat completion{said}",
        hint="check OPENAI_BASE_URL; it usually ends in /v1",
        usage=usage if usage.calls else Usage(unreported=1),
    )


# Failures
# --------


def failure(outcome: Answer | Lost, asked: Asked) -> ModelError:
    """Say why there is no reply, and what to do about it."""
    if isinstance(outcome, Lost):
        return _loss(outcome, asked)
    status = outcome.status
    if 300 <= status < 400:
        return ModelRefused(
            asked.name,
            f"the server answered {status}: look at {_place(outcome)}",
            hint="put the address that it names into OPENAI_BASE_URL if you trust it; a key is sent to no other host",
        )
    reason = f"the server answered {status}: {_said(outcome.body)}"
    if is_temporary(outcome):
        wait = outcome.headers.get("retry-after", "")
        return ModelUnavailable(
            asked.name, reason, hint=f"try again in {wait} seconds" if wait.isdecimal() else "try again later"
        )
    return ModelRefused(asked.name, reason, hint=_hint(outcome))


def _loss(lost: Lost, asked: Asked) -> ModelError:
    match lost.fault:
        case Fault.NOT_TRUSTED:
            reason = f"no trusted connection to {asked.host}: {visible(lost.detail)}"
            return ModelRefused(
                asked.name, reason, hint="check OPENAI_BASE_URL; SSL_CERT_FILE names further certificates"
            )
        case Fault.TOO_LARGE:
            reason = f"{asked.host} sent more than {MOST_BYTES:,} bytes for one reply"
            return ModelRefused(asked.name, reason, hint="try another server")
        case Fault.TIME:
            reason = f"no answer within {asked.timeout_s:g} seconds"
            return ModelUnavailable(asked.name, reason, hint="allow more time, or try again later")
        case Fault.RUN_TIME:
            reason = f"the time for all calls of this run, {asked.run_timeout_s or 0:g} seconds, is up"
            return ModelUnavailable(asked.name, reason, hint="allow the run more time")
        case Fault.BROKEN_OFF:
            reason = f"the connection to {asked.host} broke off"
            return ModelUnavailable(asked.name, reason, hint="try again later")
        case Fault.NO_CONNECTION:
            reason = f"no connection to {asked.host}"
            return ModelUnavailable(asked.name, reason, hint="check OPENAI_BASE_URL and the network")


def _hint(answer: Answer) -> str:
    if _is_too_long(answer):
        return "set the model's context length with --context-tokens"
    return _HINTS.get(answer.status, "read the server's message")


def _place(answer: Answer) -> str:
    """Return where a redirect leads, without what may be secret in it."""
    location = visible(answer.headers.get("location", "another place"))
    return re.split("[?#]", location.rpartition("@")[2])[0][:_MESSAGE_CHARACTERS]


def _error(body: bytes) -> Any:
    values = _parsed(body)
    return (values.get("error") or values.get("detail")) if isinstance(values, dict) else None


def said(body: bytes) -> str:
    """Return the server's message whole, with the names of the parameters it is about, for `simpler`."""
    error = _error(body)
    return json.dumps(error) if error else body[:10_000].decode("utf-8", "replace")


def _said(body: bytes) -> str:
    """Return the server's message on one line and not too long."""
    error = _error(body)
    message = error.get("message", error) if isinstance(error, dict) else error or body.decode("utf-8", "replace")
    if isinstance(message, str) and message.lstrip().startswith("<"):
        return "a web page instead of a message"
    text = visible(str(message)) or "no reason given"
    return text if len(text) <= _MESSAGE_CHARACTERS else text[:_MESSAGE_CHARACTERS] + "…"
