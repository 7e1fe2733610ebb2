"""What a `briefing.json` must look like to be read as values: names, types and ids. Other keys may stand beside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, ValidationError

from briefing.errors import ManifestError
from briefing.types import (
    Action,
    Answers,
    Block,
    Decision,
    Dispute,
    Evidence,
    Finding,
    News,
    Notice,
    Span,
    Standing,
    Verdict,
)
from briefing.verify import HINT

SourceId = Annotated[str, Field(pattern=r"^S[0-9]{1,9}$")]
StoryId = Annotated[str, Field(pattern=r"^T[0-9]{1,9}$")]
ClaimId = Annotated[str, Field(pattern=r"^C[0-9]{1,9}$")]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Precision = Literal["day", "minute", "second"] | None


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class RelayShape(_Strict):
    """Where a source passes on another."""

    outlet: str
    relays: SourceId | None
    start: NonNegativeInt
    end: NonNegativeInt


class SourceShape(_Strict):
    """A source."""

    id: SourceId
    location: str
    sha256: Digest
    text_sha256: Digest
    media_type: str
    encoding: str
    extractor: str
    title: str | None
    publisher: str | None
    author: str | None
    published: datetime | None
    published_precision: Precision
    updated: datetime | None = None
    updated_precision: Precision = None
    address: str | None = None
    found_in: dict[str, str] = Field(default_factory=dict)
    shortfall: str | None = None
    left_out: tuple[tuple[NonNegativeInt, str], ...] = ()
    language: str | None
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...]
    warnings: tuple[str, ...]
    origin: str
    relayed: tuple[RelayShape, ...]

    @classmethod
    def plain(cls) -> frozenset[str]:
        """Return the fields that a `Document` has as they are."""
        return frozenset(cls.model_fields) - {"found_in"}


class StoryShape(_Strict):
    """A story."""

    id: StoryId
    title: str
    sources: tuple[SourceId, ...]
    origins: PositiveInt
    lead: tuple[ClaimId, ...]


class ClaimShape(_Strict):
    """A claim that was withheld, or the part of one that both have."""

    id: ClaimId
    story: StoryId
    text: str
    verdict: Verdict
    answers: Answers
    decided_by: str
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]
    score: float | None
    moved_from: tuple[str, ...]
    corrects: ClaimId | None = None
    wordings: tuple[str, ...] = ()
    decision: Decision | None = None


class PublishedShape(ClaimShape):
    """A claim that was published."""

    standing: Standing
    origins: NonNegativeInt
    corroboration: tuple[Evidence, ...]
    disputes: tuple[str, ...]


class UsageShape(_Strict):
    """What the calls cost. A cost of nothing is written without a point."""

    calls: NonNegativeInt
    prompt_tokens: NonNegativeInt
    completion_tokens: NonNegativeInt
    cached_tokens: NonNegativeInt
    cost_usd: int | float | None
    unreported: NonNegativeInt = 0


class ProvenanceShape(_Strict):
    """What made it."""

    version: str
    prompts: dict[str, str]
    checker: dict[str, str | tuple[str, ...]]
    model: dict[str, str]


class StaleShape(_Strict):
    """A decision that was applied to nothing."""

    claim: ClaimId
    because: str
    action: Action
    who: str
    when: datetime
    text: str | None
    comment: str | None
    was: str | None

    def decision(self) -> Decision:
        """Return it without the claim that it stands at."""
        return Decision(
            action=self.action, who=self.who, when=self.when, text=self.text, comment=self.comment, was=self.was
        )


class ReviewShape(_Strict):
    """How it was reviewed."""

    by: tuple[str, ...]
    on: datetime
    signed_off: bool
    accepted: NonNegativeInt
    edited: NonNegativeInt
    rejected: NonNegativeInt
    undecided: NonNegativeInt
    stale: tuple[StaleShape, ...]


class ManifestShape(_Strict):
    """The whole, but for the lists that hold text of other programs."""

    title: str
    as_of: datetime
    drafter: str
    sources: tuple[SourceShape, ...]
    stories: tuple[StoryShape, ...]
    claims: tuple[PublishedShape, ...]
    disputes: tuple[Dispute, ...]
    withheld: tuple[ClaimShape, ...]
    not_covered: tuple[Span, ...]
    not_shown: tuple[Span, ...]
    usage: UsageShape
    provenance: ProvenanceShape
    review: ReviewShape | None = None
    news: News | None = None


def manifest_shape(printed: str, subject: str) -> ManifestShape:
    """Read JSON strictly. Raises ManifestError that names the first field at fault."""
    try:
        return ManifestShape.model_validate_json(printed)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise ManifestError(f"{subject}: {field}", first["msg"], hint=HINT) from None
