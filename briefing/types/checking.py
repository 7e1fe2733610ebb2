"""Claims, and what a check says of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing.types.decisions import Decision


class Answer(StrEnum):
    """One of the three questions about a claim. `not_checked` is never a pass."""

    PASS = "pass"  # noqa: S105 - an answer, not a secret
    FAIL = "fail"
    NOT_CHECKED = "not_checked"


class Verdict(StrEnum):
    """What the three answers add up to."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    NOT_CHECKED = "not_checked"


#: The only verdicts that are printed as claims; `partly` is printed with that said.
PUBLISHED = frozenset({Verdict.SUPPORTED, Verdict.PARTLY})


class FindingKind(StrEnum):
    """Why a claim is not, or not wholly, supported. The list is closed."""

    NUMBER_ABSENT = "number_absent"
    NUMBER_DIFFERS = "number_differs"
    DATE_DIFFERS = "date_differs"
    NAME_ABSENT = "name_absent"
    TITLE_DIFFERS = "title_differs"
    NEGATION_DIFFERS = "negation_differs"
    QUOTATION_ALTERED = "quotation_altered"
    SPEAKER_DIFFERS = "speaker_differs"
    HEDGE_LOST = "hedge_lost"
    ATTRIBUTION_LOST = "attribution_lost"
    NOT_LOCATED = "not_located"
    CITES_EXCLUDED_BLOCK = "cites_excluded_block"
    NOT_ENTAILED = "not_entailed"
    CONTRADICTED_BY_EVIDENCE = "contradicted_by_evidence"


class Match(StrEnum):
    """How exactly a span of a source was found: as it stands, after folding, or approximately."""

    EXACT = "exact"
    FOLDED = "folded"
    FUZZY = "fuzzy"


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A drafted statement and the sentences it cites. Nothing is checked yet."""

    id: str
    story: str
    text: str
    cites: tuple[str, ...]
    """Sentence ids."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A span of a source that supports a claim or gives a value."""

    source: str
    start: int
    end: int
    text: str
    match: Match


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One reason against a claim, with the span of the claim that it is about."""

    kind: FindingKind
    detail: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """The three questions about a claim, kept apart."""

    located: Answer
    consistent: Answer
    entailed: Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedClaim:
    """A claim with its verdict and the reasons for it."""

    id: str
    story: str
    text: str
    verdict: Verdict
    answers: Answers
    decided_by: str
    """What settled the verdict: `verbatim`, `rules`, …"""
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...] = ()
    score: float | None = None
    """A probability from a calibrated checker, or None when none scored it."""
    moved_from: tuple[str, ...] = ()
    """The sentence ids it cited, when its support was found elsewhere; else empty."""
    corrects: str | None = None
    """The id of the withheld claim that a model was asked to correct, and this is what it wrote."""
    wordings: tuple[str, ...] = ()
    """What it said before a model put it in other words, or made one claim of several; else empty."""
    decision: Decision | None = None
    """What a reviewer decided about it, in a briefing that was published after a review."""
