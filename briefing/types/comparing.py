"""What comparing the sources yields: standings and disputes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing.types.checking import Evidence


class Standing(StrEnum):
    """How many independent origins tell it, and whether any of them tells it otherwise."""

    CORROBORATED = "corroborated"
    SINGLE_SOURCE = "single_source"
    DISPUTED = "disputed"


class DisputeKind(StrEnum):
    """What sort of value the sources give differently."""

    QUANTITY = "quantity"
    TITLE = "title"
    DATE = "date"
    ATTRIBUTION = "attribution"
    POLARITY = "polarity"


class Assessment(StrEnum):
    """What kind of disagreement it looks like. The program never says which value is true."""

    LIKELY_SLIP = "likely_slip"
    SUPERSEDED = "superseded"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeValue:
    """One of the values given for a question, and who gives it where."""

    value: str
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """One question that sources answer differently."""

    id: str
    story: str
    about: str
    kind: DisputeKind
    assessment: Assessment
    values: tuple[DisputeValue, ...]
    note: str = ""
    """One sentence: why it is assessed so."""
    proposed_by: str | None = None
    """The model that said that these sentences are about one thing; None when the rules found it by themselves."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposedPair:
    """Two sentences of which a model says that they answer one question differently. Nothing is checked yet."""

    first: str
    second: str
    """Sentence ids, of two sources of one story."""
    by: str
    """The model's name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimStanding:
    """How a published claim stands across origins."""

    claim: str
    standing: Standing
    origins: int
    corroboration: tuple[Evidence, ...] = ()
    """Spans of other sources that tell the same."""
    disputes: tuple[str, ...] = ()
    """Ids of disputes that touch it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Crosscheck:
    """Everything that comparing the sources yields."""

    standings: tuple[ClaimStanding, ...]
    disputes: tuple[Dispute, ...]
