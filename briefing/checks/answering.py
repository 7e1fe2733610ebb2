"""What is said of a claim that somebody else wrote: first held against what it cites, then against all sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.checks.checking import check
from briefing.entailment import Entailment
from briefing.terms import content_terms
from briefing.types import (
    Answer,
    AnsweredClaim,
    Answers,
    CheckedClaim,
    Claim,
    Document,
    Evidence,
    FindingKind,
    Sentence,
    TextAnswer,
    Verdict,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A claim, and the sources it cites."""

    claim: Claim
    sources: frozenset[str] = frozenset()
    """Ids of sources, as far as what it cites could be found."""
    cites: bool = False
    """Whether it cites anything itself; where it does not, `sources` are those that its paragraph cites."""
    checkable: bool = True
    heading: bool = False
    """Whether it is a heading, which says in a few words what its text says in many."""


def answer_all(
    asked: Sequence[Asked],
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    *,
    entailment: Entailment | None = None,
) -> tuple[AnsweredClaim, ...]:
    """Answer for every claim, in order. Whatever its own sources tell otherwise, no other source mends."""
    told = [a for a in asked if a.checkable]
    cited: dict[str, CheckedClaim] = {}
    for sources in sorted({a.sources for a in told if a.sources}, key=sorted):
        own = [s for s in sentences if s.source in sources]
        cited |= _checked([a.claim for a in told if a.sources == sources], documents, own, entailment)
    found = {
        name: AnsweredClaim(answer=TextAnswer.SUPPORTED_BY_CITED, checked=claim)
        for name, claim in cited.items()
        if claim.verdict is Verdict.SUPPORTED
    }
    left = [a for a in told if a.claim.id not in found]
    everywhere = _checked([a.claim for a in left], documents, sentences, entailment)
    found |= {a.claim.id: _lenient(a, _answer(a, cited.get(a.claim.id), everywhere[a.claim.id])) for a in left}
    return tuple(found.get(a.claim.id) or _unchecked(a.claim) for a in asked)


def _checked(
    claims: Sequence[Claim], documents: Sequence[Document], own: Sequence[Sentence], entailment: Entailment | None
) -> Mapping[str, CheckedClaim]:
    return {claim.id: claim for claim in check(claims, documents, own, entailment=entailment)}


def _answer(asked: Asked, cited: CheckedClaim | None, everywhere: CheckedClaim) -> AnsweredClaim:
    """Answer for a claim that the check against what it cites did not find supported, or that cites nothing."""
    elsewhere = everywhere.evidence if everywhere.verdict is Verdict.SUPPORTED else ()
    if cited is not None and cited.verdict is Verdict.CONTRADICTED and (asked.cites or not elsewhere):
        return _doubted(cited, elsewhere)
    if everywhere.verdict is Verdict.SUPPORTED:
        if not asked.cites:
            return AnsweredClaim(answer=TextAnswer.SUPPORTED, checked=everywhere)
        # The whole index ranks sentences otherwise, and may hit upon one of a cited source.
        if asked.sources.issuperset(evidence.source for evidence in elsewhere):
            return AnsweredClaim(answer=TextAnswer.SUPPORTED_BY_CITED, checked=everywhere)
        return AnsweredClaim(answer=TextAnswer.SUPPORTED_ELSEWHERE, checked=everywhere, elsewhere=elsewhere)
    if cited is not None and _is_located(cited):
        return _doubted(cited)
    moved = asked.cites and everywhere.verdict is Verdict.PARTLY
    return _doubted(everywhere, everywhere.evidence if moved else ())


def _lenient(asked: Asked, answered: AnsweredClaim) -> AnsweredClaim:
    """Leave a heading undecided that only the model of meaning doubts: the true ones that were seen got 11 to 46 %."""
    answers = answered.checked.answers
    doubted = answers.entailed is Answer.FAIL and answers.consistent is Answer.PASS
    if asked.heading and doubted and answered.answer is TextAnswer.NOWHERE:
        return replace(answered, answer=TextAnswer.UNSURE)
    return answered


_ANSWERS = {
    Verdict.CONTRADICTED: TextAnswer.CONTRADICTED,
    Verdict.PARTLY: TextAnswer.UNSURE,
    Verdict.NOT_CHECKED: TextAnswer.NOT_CHECKED,
}


def _doubted(claim: CheckedClaim, elsewhere: tuple[Evidence, ...] = ()) -> AnsweredClaim:
    """Say what is wrong with a claim: told otherwise, some of its words are told nowhere, or all of it is."""
    words = _objected(claim)
    answer = _ANSWERS.get(claim.verdict)
    if answer is None:
        answer = TextAnswer.PARTLY if claim.answers.consistent is Answer.FAIL else TextAnswer.NOWHERE
    if answer is TextAnswer.PARTLY and not words:
        words = unshared(claim)
    return AnsweredClaim(answer=answer, checked=claim, words=words, elsewhere=elsewhere)


def _is_located(claim: CheckedClaim) -> bool:
    return claim.answers.located is Answer.PASS


def _objected(claim: CheckedClaim) -> tuple[tuple[int, int], ...]:
    """Return the words that a finding is about, where it is not about the whole claim, as a lost hedge is."""
    spans = ((f.start, f.end) for f in claim.findings if f.kind is not FindingKind.ATTRIBUTION_LOST)
    return tuple(sorted({span for span in spans if 0 < span[1] - span[0] < len(claim.text)}))


_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")


def unshared(claim: CheckedClaim) -> tuple[tuple[int, int], ...]:
    """Return where the words of a claim stand that its evidence does not have."""
    held = {term for evidence in claim.evidence for term in content_terms(evidence.text)}
    words = ((word, content_terms(word.group())) for word in _WORD.finditer(claim.text))
    return tuple(word.span() for word, terms in words if terms and not held.intersection(terms))


def telling(claim: CheckedClaim, among: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence that each adds words of the claim, in its order: a whole passage is weighed, not all read.

    Never empty where there is any evidence at all.
    """
    lacking = set(content_terms(claim.text))
    left = {evidence: set(content_terms(evidence.text)) for evidence in among}
    chosen: list[Evidence] = []
    while left:
        best = max(left, key=lambda evidence: len(left[evidence] & lacking))
        if chosen and not left[best] & lacking:
            break
        lacking -= left.pop(best)
        chosen.append(best)
    return tuple(evidence for evidence in among if evidence in chosen)


def _unchecked(claim: Claim) -> AnsweredClaim:
    nobody = Answers(located=Answer.NOT_CHECKED, consistent=Answer.NOT_CHECKED, entailed=Answer.NOT_CHECKED)
    checked = CheckedClaim(
        id=claim.id,
        story=claim.story,
        text=claim.text,
        verdict=Verdict.NOT_CHECKED,
        answers=nobody,
        decided_by="rules",
        evidence=(),
        findings=(),
        score=None,
    )
    return AnsweredClaim(answer=TextAnswer.NOT_CHECKABLE, checked=checked)
