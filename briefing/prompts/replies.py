"""Read a reply without mercy: one JSON value, of exactly one shape. Nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.errors import (
    ReplyEmpty,
    ReplyError,
    ReplyNotJSON,
    ReplyRefused,
    ReplyTruncated,
    ReplyUnknownSentence,
    ReplyWrongShape,
)
from briefing.fencing import visible
from briefing.model import Reply

#: What to do about a reply that no reader takes.
OTHER_MODEL = "try another model, or a server that can hold replies to a JSON schema"

#: The most sentences that one claim may cite. Given no limit, Qwen2.5-Coder-1.5B cited whole articles for
#: every claim (four articles, 58 sentences), and in a whole article any figure can be found.
MAX_CITES = 4
#: The most claims that may open a story.
MAX_LEAD = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedClaim:
    """One claim of a reply: its text on one line, and the sentence ids it cites, each once."""

    text: str
    cites: tuple[str, ...]


def reply_json(reply: Reply) -> object:
    """Return the one JSON value that a reply is.

    Raises `ReplyTruncated`, `ReplyRefused`, `ReplyEmpty` or `ReplyNotJSON`, each with the reply and its usage.

    >>> from briefing.types import Usage
    >>> reply_json(Reply(text='{"lead": []}', finish_reason="stop", model="m", usage=Usage(calls=1)))
    {'lead': []}
    """
    from pydantic_core import from_json

    if (unusable := _unusable(reply)) is not None:
        raise unusable
    try:
        # Not `json.loads`: it takes NaN and lone surrogates, and deep nesting breaks it.
        return from_json(reply.text.encode(), allow_inf_nan=False)
    except ValueError as error:
        reason = f"the reply is not JSON: {error} (it ended with {reply.finish_reason!r})"
        raise ReplyNotJSON(reply.model, reason, hint=OTHER_MODEL, reply=reply.text, usage=reply.usage) from None


def _unusable(reply: Reply) -> ReplyError | None:
    """Return why a reply need not be read, if so."""
    kind: type[ReplyError]
    if reply.finish_reason == "length":
        kind, reason = ReplyTruncated, f"the reply was cut off at {reply.usage.completion_tokens} tokens"
        hint = "ask for fewer claims"
    elif reply.finish_reason in _DECLINED:
        kind, reason = ReplyRefused, f"the model declined to answer ({reply.finish_reason!r})"
        hint = "try another model"
    elif not reply.text.strip():
        kind, reason = ReplyEmpty, f"the reply is empty (it ended with {reply.finish_reason!r})"
        hint = OTHER_MODEL
    else:
        return None
    return kind(reply.model, reason, hint=hint, reply=reply.text, usage=reply.usage)


_DECLINED = frozenset({"refusal", "content_filter"})


def validated(shape: Any, value: object, *, subject: str, what: str, reply: str) -> Any:
    """Hold a value to a pydantic model; raises `ReplyWrongShape`, which names the place and keeps `reply`."""
    from pydantic import ValidationError

    try:
        return shape.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "top level"
        reason = f"{what} has the wrong shape at {place}: {first['msg']}"
        raise ReplyWrongShape(subject, reason, hint=OTHER_MODEL, reply=reply) from None


def claim_of(
    item: object, *, what: str, shown: Collection[str], subject: str, printed: str | None = None
) -> DraftedClaim:
    """Read one claim that must have a text and cite sentences of `shown`; errors keep it, or what is `printed`.

    >>> claim_of({"text": "A ferry sank.", "cites": ["S1.1"]}, what="claim 1", shown={"S1.1"}, subject="m").cites
    ('S1.1',)

    A source that is cited beside sentences of its own adds nothing, and is left out: small models copy it from the line
    above its sentences.

    >>> claim_of({"text": "A ferry sank.", "cites": ["S1", "S1.1"]}, what="claim 1", shown={"S1.1"}, subject="m").cites
    ('S1.1',)
    """
    printed = printed or json.dumps(item, ensure_ascii=False)
    raw = validated(_claim_shape(), item, subject=subject, what=what, reply=printed)
    text, cites = seen(raw.text, what=what, subject=subject, printed=printed), tuple(dict.fromkeys(raw.cites))
    cites = tuple(cite for cite in cites if not any(other.startswith(f"{cite}.") for other in cites))
    said = any(ch.isalnum() for ch in text)
    if not said or not 1 <= len(cites) <= MAX_CITES:
        reason = f"{what} has no text" if not said else f"{what} cites {len(cites)} sentences"
        raise ReplyWrongShape(subject, reason, hint=OTHER_MODEL, reply=printed)
    unknown = [cite for cite in cites if cite not in shown]
    if unknown:
        reason = f"{what} cites {unknown[0]!r}, which it was not shown"
        raise ReplyUnknownSentence(subject, reason, hint=OTHER_MODEL, reply=printed)
    return DraftedClaim(text=text, cites=cites)


def seen(text: str, *, what: str, subject: str, printed: str) -> str:
    """Return a text on one line; raises `ReplyWrongShape` where a reader would not see all of its characters.

    >>> seen("A ferry\\n sank.", what="claim 1", subject="m", printed="")
    'A ferry sank.'
    """
    line = " ".join(text.split())
    if visible(line) != line:
        reason = f"{what} holds characters that nobody can see"
        raise ReplyWrongShape(subject, reason, hint=OTHER_MODEL, reply=printed)
    return line


@cache
def _claim_shape() -> Any:
    # Here, because importing pydantic is slow.
    from pydantic import BaseModel, ConfigDict

    class ClaimOfReply(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        text: str
        cites: list[str]

    return ClaimOfReply


def places_of(numbers: list[int], count: int, subject: str) -> tuple[list[int], list[ReplyWrongShape]]:
    """Turn the numbers of a lead, counted from 1, into positions, and set aside those that number nothing.

    >>> places_of([2, 2, 9], 3, "m")[0]
    [1]
    """
    unique = dict.fromkeys(numbers)
    strays = [
        ReplyWrongShape(subject, f"the lead names claim {number} of {count}", hint=OTHER_MODEL, reply=str(number))
        for number in unique
        if not 1 <= number <= count
    ]
    return [number - 1 for number in unique if 1 <= number <= count], strays
