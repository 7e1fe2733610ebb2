"""The values that stages hand to one another: frozen, comparable, without I/O.

Offsets, everywhere: half-open ranges `[start, end)` of Unicode code points. Those of a source point into
`Document.text`; those of a finding point into the text of its claim. Nothing is relative to a chunk.
"""

from briefing.types.answers import BORNE_OUT, AnsweredClaim, TextAnswer
from briefing.types.briefings import Briefing, Provenance, PublishedClaim, StorySection
from briefing.types.checking import (
    PUBLISHED,
    Answer,
    Answers,
    CheckedClaim,
    Claim,
    Evidence,
    Finding,
    FindingKind,
    Match,
    Verdict,
)
from briefing.types.comparing import (
    Assessment,
    ClaimStanding,
    Crosscheck,
    Dispute,
    DisputeKind,
    DisputeValue,
    ProposedPair,
    Standing,
)
from briefing.types.decisions import Action, Decision, Review, StaleDecision
from briefing.types.documents import (
    CITABLE,
    COMPARED_LANGUAGES,
    Block,
    Box,
    Document,
    Notice,
    Role,
    Sentence,
    Source,
    Span,
    Unread,
)
from briefing.types.drafting import Draft, Refusal, Usage
from briefing.types.news import Change, ChangeKind, Earlier, Given, News
from briefing.types.stories import Relay, Stories, Story

__all__ = [
    "BORNE_OUT",
    "CITABLE",
    "COMPARED_LANGUAGES",
    "PUBLISHED",
    "Action",
    "Answer",
    "AnsweredClaim",
    "Answers",
    "Assessment",
    "Block",
    "Box",
    "Briefing",
    "Change",
    "ChangeKind",
    "CheckedClaim",
    "Claim",
    "ClaimStanding",
    "Crosscheck",
    "Decision",
    "Dispute",
    "DisputeKind",
    "DisputeValue",
    "Document",
    "Draft",
    "Earlier",
    "Evidence",
    "Finding",
    "FindingKind",
    "Given",
    "Match",
    "News",
    "Notice",
    "ProposedPair",
    "Provenance",
    "PublishedClaim",
    "Refusal",
    "Relay",
    "Review",
    "Role",
    "Sentence",
    "Source",
    "Span",
    "StaleDecision",
    "Standing",
    "Stories",
    "Story",
    "StorySection",
    "TextAnswer",
    "Unread",
    "Usage",
    "Verdict",
]
