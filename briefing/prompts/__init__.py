"""Prompts as files, and replies read strictly: nothing is repaired, nothing is guessed.

Text of sources gets into a prompt only through `briefing.fencing`. Knows no model client and no stage.
"""

from briefing.prompts.arrangements import ARRANGE_SCHEMA, ArrangementReply, Placed, read_arrangement
from briefing.prompts.drafts import DRAFT_SCHEMA, DraftReply, read_draft
from briefing.prompts.pairings import MAX_PAIRS, PAIR_SCHEMA, PairReply, read_pairs
from briefing.prompts.rendering import Rendered, render
from briefing.prompts.repairs import DROP, REPAIR_SCHEMA, RepairReply, read_repair
from briefing.prompts.replies import MAX_CITES, MAX_LEAD, OTHER_MODEL, DraftedClaim, reply_json, validated

__all__ = [
    "ARRANGE_SCHEMA",
    "DRAFT_SCHEMA",
    "DROP",
    "MAX_CITES",
    "MAX_LEAD",
    "MAX_PAIRS",
    "OTHER_MODEL",
    "PAIR_SCHEMA",
    "REPAIR_SCHEMA",
    "ArrangementReply",
    "DraftReply",
    "DraftedClaim",
    "PairReply",
    "Placed",
    "Rendered",
    "RepairReply",
    "read_arrangement",
    "read_draft",
    "read_pairs",
    "read_repair",
    "render",
    "reply_json",
    "validated",
]
