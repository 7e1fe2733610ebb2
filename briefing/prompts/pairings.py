"""The reply to `cross_check`: pairs of sentences that answer one question differently."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.errors import ReplyError, ReplyUnknownSentence
from briefing.model import Reply
from briefing.prompts.replies import OTHER_MODEL, reply_json, validated

#: Pairs that one reply may name.
MAX_PAIRS = 12

PAIR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "pairs": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"first": {"type": "string"}, "second": {"type": "string"}},
                "required": ["first", "second"],
                "additionalProperties": False,
            },
            "maxItems": MAX_PAIRS,
        },
    },
    "required": ["pairs"],
    "additionalProperties": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PairReply:
    """What could be used of a reply, and what could not."""

    pairs: tuple[tuple[str, str], ...]
    """Sentence ids, each pair once."""
    refused: tuple[ReplyError, ...] = ()


def read_pairs(reply: Reply, *, shown: Collection[str]) -> PairReply:
    """Read a reply of the shape `PAIR_SCHEMA` about sentences of these ids.

    A pair that names a sentence which was not shown is set aside in `refused`. Raises `ReplyTruncated`,
    `ReplyNotJSON` or `ReplyWrongShape` when the reply as a whole cannot be read.

    >>> from briefing.types import Usage
    >>> text = '{"pairs": [{"first": "S1.1", "second": "S2.4"}, {"first": "S1.1", "second": "S9.9"}]}'
    >>> reply = Reply(text=text, finish_reason="stop", model="m", usage=Usage())
    >>> read_pairs(reply, shown=["S1.1", "S2.4"]).pairs
    (('S1.1', 'S2.4'),)
    """
    whole = validated(_shapes()[0], reply_json(reply), subject=reply.model, what="the reply", reply=reply.text)
    pairs: dict[tuple[str, str], None] = {}
    refused: list[ReplyError] = []
    for number, item in enumerate(whole.pairs, start=1):
        try:
            pairs[_pair(item, shown=shown, what=f"pair {number}", subject=reply.model)] = None
        except ReplyError as error:
            refused.append(error)
    return PairReply(pairs=tuple(pairs), refused=tuple(refused))


def _pair(item: object, *, shown: Collection[str], what: str, subject: str) -> tuple[str, str]:
    printed = json.dumps(item, ensure_ascii=False)
    raw = validated(_shapes()[1], item, subject=subject, what=what, reply=printed)
    for id_ in (raw.first, raw.second):
        if id_ not in shown:
            reason = f"{what} names {id_!r}, which was not shown"
            raise ReplyUnknownSentence(subject, reason, hint=OTHER_MODEL, reply=printed)
    return raw.first, raw.second


@cache
def _shapes() -> tuple[Any, Any]:
    from pydantic import BaseModel, ConfigDict

    class ReplyOfPairs(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        pairs: list[object]

    class PairOfReply(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        first: str
        second: str

    return ReplyOfPairs, PairOfReply
