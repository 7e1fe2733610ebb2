"""What a server offers and what it can do, found out with as few and as small calls as that takes."""

from __future__ import annotations

import json
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from briefing.errors import ModelError, ModelRefused
from briefing.model import Reply, Request
from briefing.model_http.answers import Asked, failure
from briefing.model_http.client import HTTPModel
from briefing.model_http.connection import Connection, Server
from briefing.model_http.dialects import FORMATS, Capabilities
from briefing.model_http.patience import Patience
from briefing.model_http.wire import Answer, Lost
from briefing.types import Usage


def list_models(server: Server, *, patience: Patience = Patience()) -> tuple[str, ...]:  # noqa: B008 - frozen
    """Return the names of the models that `server` offers, in its order and its spelling.

    Raises `ModelUnavailable` or `ModelRefused`, also for a server that does not say.
    """
    connection = Connection(server, patience)
    asked = Asked(
        name=server.host, host=server.host, timeout_s=patience.timeout_s, run_timeout_s=patience.run_timeout_s
    )
    outcome, _ = connection.run(connection.get(f"{server.url}/models"))
    if not isinstance(outcome, Answer) or outcome.status >= 300:
        raise failure(outcome, asked)
    listed = _listed(outcome)
    if listed is None:
        raise ModelRefused(
            server.host,
            "the server answered with something that is no list of models",
            hint="check OPENAI_BASE_URL; it usually ends in /v1",
        )
    return tuple(item["id"] for item in listed)


def _listed(answer: Answer) -> list[dict[str, Any]] | None:
    values = _json(answer)
    data = values.get("data") if isinstance(values, dict) else None
    if not isinstance(data, list) or not all(isinstance(i, dict) and isinstance(i.get("id"), str) for i in data):
        return None
    return data


def _json(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


# What it can do
# --------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Probed:
    """What was found out, and what the calls for it cost."""

    capabilities: Capabilities
    usage: Usage


#: Held to a schema that it is not told of, a model can only answer in JSON if its server makes it.
_QUESTION = Request(
    system="Answer the question.",
    user="Which colour is a clear sky at noon?",
    schema_name="answer",
    schema={
        "type": "object",
        "properties": {"answer": {"type": "string"}},
        "required": ["answer"],
        "additionalProperties": False,
    },
    max_tokens=200,
)


def probe(model: HTTPModel) -> Probed:
    """Find out what the model's server understands, beginning with everything; three to six small calls.

    A server may accept a schema and not hold the model to it, so that the reply decides. Raises `ModelError` when the
    model cannot be asked at all.
    """
    capabilities, usage = _reply_format(model)
    streaming = _streams(model, capabilities)
    found = replace(capabilities, context_tokens=_context_tokens(model), streaming=streaming)
    # The streamed answer was counted by nobody.
    return Probed(capabilities=found, usage=usage + Usage(unreported=1 if streaming else 0))


def _reply_format(model: HTTPModel) -> tuple[Capabilities, Usage]:
    """Try the formats from the strictest; when no reply has the shape, the strictest that was accepted."""
    accepted, usage = None, Usage()
    for reply_format in FORMATS:
        start = replace(accepted or Capabilities(), reply_format=reply_format)
        asking = HTTPModel(model.name, model.connection.server, patience=model.connection.patience, capabilities=start)
        try:
            reply = asking.ask(_QUESTION)
        except ModelError as error:
            error.usage += usage
            raise
        usage += reply.usage
        accepted = accepted or asking.capabilities
        if _has_the_shape(reply):
            return asking.capabilities, usage
    return accepted or Capabilities(), usage


def _has_the_shape(reply: Reply) -> bool:
    # A model that thinks aloud may not get to its answer; then what the server accepted is believed.
    if reply.finish_reason == "length":
        return True
    try:
        values = json.loads(reply.text)
    except (ValueError, RecursionError):
        return False
    return isinstance(values, dict) and set(values) == {"answer"} and isinstance(values["answer"], str)


def _streams(model: HTTPModel, capabilities: Capabilities) -> bool:
    arguments = {
        "model": model.name,
        "messages": [{"role": "user", "content": _QUESTION.user}],
        capabilities.limit: 1,
        "stream": True,
    }
    outcome = _success(model.connection, model.connection.complete(arguments))
    return outcome is not None and outcome.headers.get("content-type", "").startswith("text/event-stream")


#: What servers call it in their list of models: vLLM, OpenRouter and others, LM Studio, Groq, llama.cpp.
_CONTEXT_NAMES = ("max_model_len", "context_length", "max_context_length", "context_window", "n_ctx")


def _context_tokens(model: HTTPModel) -> int | None:
    """Look into the list of models, then where llama.cpp tells what a request may take."""
    listing = _success(model.connection, model.connection.get(f"{model.server}/models"))
    for item in (listing and _listed(listing)) or ():
        if item["id"] == model.name and (found := _context_in(item) or _context_in(item.get("meta"))):
            return found
    root = urlsplit(model.server)._replace(path="/props").geturl()
    props = _success(model.connection, model.connection.get(root))
    values = _json(props) if props else None
    return _context_in(values.get("default_generation_settings")) if isinstance(values, dict) else None


def _context_in(values: Any) -> int | None:
    found = [values.get(name) for name in _CONTEXT_NAMES] if isinstance(values, dict) else []
    return next((value for value in found if type(value) is int and value > 0), None)


def _success(connection: Connection, work: Coroutine[Any, Any, tuple[Answer | Lost, Usage]]) -> Answer | None:
    """Return a successful answer; what a server does not offer is no error here."""
    outcome, _ = connection.run(work)
    return outcome if isinstance(outcome, Answer) and outcome.status < 300 else None
