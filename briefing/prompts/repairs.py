"""The reply to `repair_claims`: for each numbered claim a corrected one, or that it is to be dropped."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.errors import ReplyError, ReplyWrongShape
from briefing.model import Reply
from briefing.prompts.replies import MAX_CITES, OTHER_MODEL, DraftedClaim, claim_of, reply_json, validated

#: What a model gives as the text of a claim that no sentence bears out.
DROP = "drop"

REPAIR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "corrections": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "number": {"type": "integer"},
                    "text": {"type": "string"},
                    "cites": {"type": "array", "items": {"type": "string"}, "maxItems": MAX_CITES},
                },
                "required": ["number", "text", "cites"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["corrections"],
    "additionalProperties": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RepairReply:
    """What could be used of a reply, and what could not."""

    corrections: Mapping[int, DraftedClaim]
    """By number; a claim that was to be dropped, or was passed over, is not in it."""
    refused: tuple[ReplyError, ...] = ()
    """One per correction that was not taken; `reply` is that part's JSON."""


def read_repair(reply: Reply, *, numbers: Collection[int], shown: Collection[str]) -> RepairReply:
    """Read a reply of the shape `REPAIR_SCHEMA` about claims of these numbers.

    Of two corrections of one claim the first counts. Raises `ReplyTruncated`, `ReplyNotJSON` or
    `ReplyWrongShape` when the reply as a whole cannot be read.
    """
    whole = validated(_shapes()[0], reply_json(reply), subject=reply.model, what="the reply", reply=reply.text)
    corrections: dict[int, DraftedClaim] = {}
    refused: list[ReplyError] = []
    answered: set[int] = set()
    for item in whole.corrections:
        try:
            number, claim = _correction(item, numbers=numbers, answered=answered, shown=shown, subject=reply.model)
        except ReplyError as error:
            refused.append(error)
            continue
        answered.add(number)
        if claim:
            corrections[number] = claim
    return RepairReply(corrections=corrections, refused=tuple(refused))


def _correction(
    item: object, *, numbers: Collection[int], answered: Collection[int], shown: Collection[str], subject: str
) -> tuple[int, DraftedClaim | None]:
    printed = json.dumps(item, ensure_ascii=False)
    raw = validated(_shapes()[1], item, subject=subject, what="a correction", reply=printed)
    what = f"the correction of claim {raw.number}"
    if raw.number not in numbers or raw.number in answered:
        reason = f"{what} is its second" if raw.number in answered else f"{what} corrects nothing that failed"
        raise ReplyWrongShape(subject, reason, hint=OTHER_MODEL, reply=printed)
    if raw.text.strip(" .").casefold() == DROP:
        return raw.number, None
    claim = {"text": raw.text, "cites": raw.cites}
    return raw.number, claim_of(claim, what=what, shown=shown, subject=subject, printed=printed)


@cache
def _shapes() -> tuple[Any, Any]:
    from pydantic import BaseModel, ConfigDict

    class ReplyOfRepair(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        corrections: list[object]

    class Correction(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        number: int
        text: str
        cites: list[str]

    return ReplyOfRepair, Correction
