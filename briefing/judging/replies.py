"""What a judge answers, read strictly: nothing is repaired, nothing is guessed.

Knows the shape of a reply and no claim: whether the words that it names stand in the evidence is decided elsewhere.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from briefing.errors import ReplyError, ReplyWrongShape
from briefing.model import Reply
from briefing.prompts import OTHER_MODEL, reply_json, validated
from briefing.spans import fold


class Opinion(StrEnum):
    """What a judge says of one claim."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    CANNOT_TELL = "cannot_tell"


#: The most passages that one judgement may name; a claim that merges sentences rests on one in each.
MAX_WORDS = 3

#: Flat, closed, every property required. The words come before the verdict, so that a model looks before it decides.
JUDGE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "judgements": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "claim": {"type": "integer"},
                    "words": {"type": "array", "items": {"type": "string"}, "maxItems": MAX_WORDS},
                    "verdict": {"type": "string", "enum": [opinion.value for opinion in Opinion]},
                },
                "required": ["claim", "words", "verdict"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["judgements"],
    "additionalProperties": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One judgement of a reply: the claim's number in its call, counted from 1."""

    number: int
    words: tuple[str, ...]
    opinion: Opinion


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgeReply:
    """What could be used of a reply, and what could not."""

    said: tuple[Said, ...]
    refused: tuple[tuple[int | None, ReplyError], ...] = ()
    """(the claim's number where one is known, why its judgement was not taken)."""


def read_judgements(reply: Reply, *, claims: int) -> JudgeReply:
    """Read a reply of the shape `JUDGE_SCHEMA` about claims 1 to `claims`.

    One bad judgement does not sink the others. Two judgements of one claim are both refused: nothing says which of
    them is meant. So is silence about a claim that was shown. Raises `ReplyTruncated`, `ReplyNotJSON` or
    `ReplyWrongShape` when the reply as a whole cannot be read.

    >>> from briefing.types import Usage
    >>> text = '{"judgements": [{"claim": 1, "words": ["a mill burned"], "verdict": "supported"}]}'
    >>> read = read_judgements(Reply(text=text, finish_reason="stop", model="m", usage=Usage()), claims=2)
    >>> read.said[0].opinion.value, [(number, error.message) for number, error in read.refused]
    ('supported', [(2, 'claim 2 was not judged')])
    """
    whole = validated(_reply_models()[0], reply_json(reply), subject=reply.model, what="the reply", reply=reply.text)
    said: list[tuple[Said, str]] = []
    refused: list[tuple[int | None, ReplyError]] = []
    for index, item in enumerate(whole.judgements, start=1):
        printed = json.dumps(item, ensure_ascii=False)
        try:
            said.append((_said(item, printed, index, claims, reply.model), printed))
        except ReplyError as error:
            refused.append((_number(item, claims), error))
    heard = Counter([judgement.number for judgement, _ in said] + [number for number, _ in refused])
    refused += [
        (judgement.number, _wrong(reply.model, f"claim {judgement.number} was judged more than once", printed))
        for judgement, printed in said
        if heard[judgement.number] > 1
    ]
    refused += [(n, _wrong(reply.model, f"claim {n} was not judged", "")) for n in range(1, claims + 1) if not heard[n]]
    return JudgeReply(said=tuple(one for one, _ in said if heard[one.number] == 1), refused=tuple(refused))


@cache
def _reply_models() -> tuple[Any, Any]:
    """Build the models of a whole reply and of one judgement; here, because importing pydantic is slow."""
    from typing import Literal

    from pydantic import BaseModel, ConfigDict

    class ReplyOfJudge(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        judgements: list[object]

    class JudgementOfClaim(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        claim: int
        words: list[str]
        verdict: Literal["supported", "not_supported", "cannot_tell"]

    return ReplyOfJudge, JudgementOfClaim


def _said(item: object, printed: str, index: int, claims: int, subject: str) -> Said:
    what = f"judgement {index}"
    raw = validated(_reply_models()[1], item, subject=subject, what=what, reply=printed)
    if not 1 <= raw.claim <= claims:
        raise _wrong(subject, f"{what} is about claim {raw.claim} of {claims}", printed)
    if len(raw.words) > MAX_WORDS:
        raise _wrong(subject, f"{what} names {len(raw.words)} passages", printed)
    # An empty passage is how some models say that there is none.
    words = dict.fromkeys(passage.strip() for passage in raw.words if fold(passage).text.strip())
    return Said(number=raw.claim, words=tuple(words), opinion=Opinion(raw.verdict))


def _number(item: object, claims: int) -> int | None:
    """Return which claim a judgement that was not taken is about, where it says so."""
    number = item.get("claim") if isinstance(item, dict) else None
    return number if type(number) is int and 1 <= number <= claims else None


def _wrong(subject: str, message: str, reply: str) -> ReplyError:
    return ReplyWrongShape(subject, message, hint=OTHER_MODEL, reply=reply)
