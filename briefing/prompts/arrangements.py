"""The reply to `arrange_claims`: the order of a story's claims, which are one, and better wordings."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.errors import ReplyError, ReplyWrongShape
from briefing.model import Reply
from briefing.prompts.replies import MAX_LEAD, OTHER_MODEL, places_of, reply_json, seen, validated

ARRANGE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "order": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "ids": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                    "text": {"type": "string"},
                },
                "required": ["ids", "text"],
                "additionalProperties": False,
            },
        },
        "lead": {"type": "array", "items": {"type": "integer"}, "maxItems": MAX_LEAD},
    },
    "required": ["order", "lead"],
    "additionalProperties": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """One place in the order: the claims that share it, and a wording for them, empty to keep their own."""

    ids: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ArrangementReply:
    """What could be used of a reply, and what could not."""

    order: tuple[Placed, ...]
    """No claim stands in two places."""
    lead: tuple[int, ...]
    """Positions in `order`, counted from 0."""
    refused: tuple[ReplyError, ...] = ()


def read_arrangement(reply: Reply, *, ids: Collection[str]) -> ArrangementReply:
    """Read a reply of the shape `ARRANGE_SCHEMA` about claims of these ids.

    A place that names a claim unknown or already placed is set aside in `refused`. Raises `ReplyTruncated`,
    `ReplyNotJSON` or `ReplyWrongShape` when the reply as a whole cannot be read.
    """
    whole = validated(_shapes()[0], reply_json(reply), subject=reply.model, what="the reply", reply=reply.text)
    order: list[Placed] = []
    refused: list[ReplyError] = []
    kept: dict[int, int] = {}
    for index, item in enumerate(whole.order):
        free = set(ids).difference(*(placed.ids for placed in order))
        try:
            order.append(_placed(item, free=free, what=f"place {index + 1}", subject=reply.model))
        except ReplyError as error:
            refused.append(error)
        else:
            kept[index] = len(order) - 1
    places, strays = places_of(whole.lead, len(whole.order), reply.model)
    lead = tuple(kept[place] for place in places if place in kept)
    return ArrangementReply(order=tuple(order), lead=lead[:MAX_LEAD], refused=(*refused, *strays))


def _placed(item: object, *, free: Collection[str], what: str, subject: str) -> Placed:
    printed = json.dumps(item, ensure_ascii=False)
    raw = validated(_shapes()[1], item, subject=subject, what=what, reply=printed)
    ids = tuple(dict.fromkeys(raw.ids))
    wrong = [id_ for id_ in ids if id_ not in free]
    if wrong or not ids:
        reason = f"{what} names {wrong[0]!r}, which is no claim to be placed" if wrong else f"{what} names no claim"
        raise ReplyWrongShape(subject, reason, hint=OTHER_MODEL, reply=printed)
    return Placed(ids=ids, text=seen(raw.text, what=what, subject=subject, printed=printed))


@cache
def _shapes() -> tuple[Any, Any]:
    from pydantic import BaseModel, ConfigDict

    class ReplyOfArrangement(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        order: list[object]
        lead: list[int]

    class PlaceOfReply(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        ids: list[str]
        text: str

    return ReplyOfArrangement, PlaceOfReply
