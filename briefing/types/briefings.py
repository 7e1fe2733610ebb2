"""The whole result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from briefing.types.checking import CheckedClaim
from briefing.types.comparing import ClaimStanding, Dispute
from briefing.types.decisions import Review
from briefing.types.documents import Document, Span, Unread
from briefing.types.drafting import Refusal, Usage
from briefing.types.news import News
from briefing.types.stories import Stories, Story


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What made the briefing, so that it can be made again."""

    version: str
    prompts: tuple[tuple[str, str], ...]
    """(name, `sha256:…`) of every prompt template that was used."""
    checker: tuple[tuple[str, str], ...]
    model: tuple[tuple[str, str], ...]
    misjudged: tuple[str, ...] = ()
    """Planted claims that the checker judged wrongly in its own test: a briefing with any of them is not verified."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedClaim:
    """A checked claim together with its standing."""

    checked: CheckedClaim
    standing: ClaimStanding


@dataclass(frozen=True, kw_only=True, slots=True)
class StorySection:
    """One story of the briefing, in reading order. Ids only; the values are in the `Briefing`."""

    story: Story
    lead: tuple[str, ...]
    """Claim ids."""
    claims: tuple[str, ...]
    """Claim ids that follow the lead."""
    disputes: tuple[str, ...]
    origins: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Briefing:
    """The whole result. Markdown and `briefing.json` are two prints of it."""

    title: str
    as_of: datetime
    drafter: str
    documents: tuple[Document, ...]
    stories: Stories
    sections: tuple[StorySection, ...]
    claims: tuple[PublishedClaim, ...]
    disputes: tuple[Dispute, ...]
    withheld: tuple[CheckedClaim, ...]
    not_covered: tuple[Span, ...]
    not_shown: tuple[Span, ...]
    unread: tuple[Unread, ...]
    refused: tuple[Refusal, ...]
    usage: Usage
    provenance: Provenance
    review: Review | None = None
    """None for a briefing that nobody was asked to review."""
    news: News | None = None
    """What changed since the story was last told; None for a briefing that follows no other."""
