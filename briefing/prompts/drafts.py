"""The reply to `draft_claims`: claims, each with the sentences it cites, and which of them open the story."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.errors import ReplyError
from briefing.model import Reply
from briefing.prompts.replies import MAX_CITES, MAX_LEAD, DraftedClaim, claim_of, places_of, reply_json, validated

#: The shape of a draft: flat, closed, every property required. The text comes before the ids: the other way
#: round Qwen2.5-Coder-1.5B gave the first four sentences of each source, and three claims instead of nine.
#: Sentence ids are not listed: the schema would then differ from call to call, which defeats prompt caches,
#: and servers limit the length of an enum (1,000 values with OpenAI). What was shown is checked in
#: `read_draft` whatever the server promised.
DRAFT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "cites": {
                        "type": "array",
                        "items": {"type": "string"},
                        "minItems": 1,
                        "maxItems": MAX_CITES,
                    },
                },
                "required": ["text", "cites"],
                "additionalProperties": False,
            },
        },
        "lead": {"type": "array", "items": {"type": "integer"}, "maxItems": MAX_LEAD},
    },
    "required": ["claims", "lead"],
    "additionalProperties": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftReply:
    """What could be used of a reply, and what could not."""

    claims: tuple[DraftedClaim, ...]
    lead: tuple[int, ...]
    """Positions in `claims`, counted from 0."""
    refused: tuple[ReplyError, ...] = ()
    """One per claim, or per number of the lead, that was not taken; `reply` is that part's JSON."""


def read_draft(reply: Reply, *, shown: Collection[str]) -> DraftReply:
    """Read a reply of the shape `DRAFT_SCHEMA`; `shown` are the sentence ids that may be cited.

    One bad claim does not sink the others: it is set aside in `refused`. Raises `ReplyTruncated`,
    `ReplyNotJSON` or `ReplyWrongShape` when the reply as a whole cannot be read, and the last claim's error
    when claims were given and none can be used.
    """
    whole = validated(_shape(), reply_json(reply), subject=reply.model, what="the reply", reply=reply.text)
    claims: list[DraftedClaim] = []
    refused: list[ReplyError] = []
    kept: dict[int, int] = {}
    for index, item in enumerate(whole.claims):
        try:
            claims.append(claim_of(item, what=f"claim {index + 1}", shown=shown, subject=reply.model))
        except ReplyError as error:
            refused.append(error)
        else:
            kept[index] = len(claims) - 1
    if refused and not claims:
        raise refused[-1]
    places, strays = places_of(whole.lead, len(whole.claims), reply.model)
    lead = tuple(kept[place] for place in places if place in kept)
    return DraftReply(claims=tuple(claims), lead=lead[:MAX_LEAD], refused=(*refused, *strays))


@cache
def _shape() -> Any:
    from pydantic import BaseModel, ConfigDict

    class ReplyOfDraft(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        claims: list[object]
        lead: list[int]

    return ReplyOfDraft
