"""What a judge's word does to a claim: it may lower a verdict, and raise one where words of the evidence say so.

Pure. The judge is believed when it objects; when it agrees, only as far as what it names stands in the evidence,
word for word, and no rule objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from briefing.judging.replies import Opinion, Said
from briefing.spans import Tolerance, evidence, find
from briefing.terms import content_terms
from briefing.types import PUBLISHED, Answer, CheckedClaim, Evidence, Finding, FindingKind, Verdict

#: Nothing similar: what decides stands there as it is named, but for quote marks, dashes, white space and case.
_WORD_FOR_WORD = Tolerance(cutoff=101)
_SHOWN_CHARACTERS = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgePolicy:
    """Which claims a judge is asked about, and how far it is believed."""

    sure: float = 0.9
    """A claim that a calibrated checker supports with a lower probability than this is uncertain still."""
    per_call: int = 8
    """Claims in one call, the planted ones not counted."""
    least_told: float = 0.5
    """Of the content terms that a claim shares with its evidence, the share that the words named must hold to raise
    it: one located word is no reason."""
    tolerated: frozenset[FindingKind] = frozenset({FindingKind.ATTRIBUTION_LOST})
    """Findings in spite of which a claim may be raised: those that do not withhold it either."""


class Outcome(StrEnum):
    """What a judgement did to the verdict, or why it did nothing."""

    RAISED = "raised"
    LOWERED = "lowered"
    CANNOT_TELL = "cannot_tell"
    SUPPORTED_ALREADY = "supported_already"
    RULES_OBJECT = "rules_object"
    WORDS_NOT_LOCATED = "words_not_located"
    """It agrees, and names no words, or words that do not stand in the evidence."""
    WORDS_TELL_TOO_LITTLE = "words_tell_too_little"
    PLANTED_MISJUDGED = "planted_misjudged"
    """It agrees and names its words, and cannot be believed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What the judge said of one claim, and what came of it."""

    claim: str
    """The claim's id."""
    opinion: Opinion
    words: tuple[str, ...]
    """The words that decide, as the judge names them."""
    evidence: tuple[Evidence, ...]
    """Where all of them stand in the claim's evidence; empty when one of them does not."""
    outcome: Outcome


def uncertain(claim: CheckedClaim, policy: JudgePolicy) -> bool:
    """Say whether a judge could change anything about a claim, and nothing has settled it yet."""
    open_ = claim.answers.entailed is Answer.NOT_CHECKED or (claim.score is not None and claim.score < policy.sure)
    located = claim.answers.located is Answer.PASS and bool(claim.evidence)
    return open_ and claim.verdict in PUBLISHED and located and claim.decided_by != "verbatim"


def rule(claim: CheckedClaim, said: Said, policy: JudgePolicy, *, trusted: bool) -> tuple[CheckedClaim, Judgement]:
    """Apply what was said of a claim; with `trusted` false, nothing is raised, and nothing is called contradicted."""
    places = _places(said.words, claim)
    outcome = _outcome(claim, said, places, policy, trusted=trusted)
    judgement = Judgement(claim=claim.id, opinion=said.opinion, words=said.words, evidence=places, outcome=outcome)
    if outcome is Outcome.LOWERED:
        return _lowered(claim, places if trusted else ()), judgement
    return (_raised(claim) if outcome is Outcome.RAISED else claim), judgement


def _places(words: Iterable[str], claim: CheckedClaim) -> tuple[Evidence, ...]:
    """Return where each passage stands first in the evidence; nothing when any of them stands nowhere."""
    places = [_place(passage, claim) for passage in words]
    found = tuple(place for place in places if place)
    return found if len(found) == len(places) else ()


def _place(passage: str, claim: CheckedClaim) -> Evidence | None:
    for cited in claim.evidence:
        if found := find(passage, cited.text, tolerance=_WORD_FOR_WORD):
            place = evidence(cited.source, cited.text, found[0])
            return replace(place, start=cited.start + place.start, end=cited.start + place.end)
    return None


def _outcome(
    claim: CheckedClaim, said: Said, places: Sequence[Evidence], policy: JudgePolicy, *, trusted: bool
) -> Outcome:
    if said.opinion is Opinion.NOT_SUPPORTED:
        return Outcome.LOWERED
    if said.opinion is Opinion.CANNOT_TELL:
        return Outcome.CANNOT_TELL
    if claim.verdict is Verdict.SUPPORTED:
        return Outcome.SUPPORTED_ALREADY
    if claim.answers.consistent is not Answer.PASS or any(f.kind not in policy.tolerated for f in claim.findings):
        return Outcome.RULES_OBJECT
    if not places:
        return Outcome.WORDS_NOT_LOCATED
    if _told(claim, places) < policy.least_told:
        return Outcome.WORDS_TELL_TOO_LITTLE
    return Outcome.RAISED if trusted else Outcome.PLANTED_MISJUDGED


def _told(claim: CheckedClaim, places: Iterable[Evidence]) -> float:
    """Return the share of the content terms common to claim and evidence that the places hold."""
    common = set(content_terms(claim.text)) & _terms(claim.evidence)
    return len(common & _terms(places)) / len(common) if common else 0.0


def _terms(passages: Iterable[Evidence]) -> set[str]:
    return {term for passage in passages for term in content_terms(passage.text)}


def _raised(claim: CheckedClaim) -> CheckedClaim:
    answers = replace(claim.answers, entailed=Answer.PASS)
    return replace(claim, verdict=Verdict.SUPPORTED, answers=answers, decided_by="judge")


def _lowered(claim: CheckedClaim, places: Iterable[Evidence]) -> CheckedClaim:
    otherwise = [place.text for place in places if content_terms(place.text)]
    if otherwise:
        verdict, kind, consistent = Verdict.CONTRADICTED, FindingKind.CONTRADICTED_BY_EVIDENCE, Answer.FAIL
        detail = f"the judge reads otherwise: “{_short(' … '.join(otherwise))}”"
    else:
        verdict, kind, consistent = Verdict.UNSUPPORTED, FindingKind.NOT_ENTAILED, claim.answers.consistent
        detail = "the judge does not find it borne out by its evidence"
    finding = Finding(kind=kind, detail=detail, start=0, end=len(claim.text))
    return replace(
        claim,
        verdict=verdict,
        answers=replace(claim.answers, consistent=consistent, entailed=Answer.FAIL),
        decided_by="judge",
        findings=(*claim.findings, finding),
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:_SHOWN_CHARACTERS].rstrip()}…"
