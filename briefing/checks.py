"""Decide what may be published: locate each claim, compare its values, read off a verdict.

Pure: no model, no network. Three answers are kept apart. *Located*: the characters it rests on stand in a
citable block. *Consistent*: its figures, dates, names, titles, negation, quotations and hedges agree with
them. *Entailed*: yes for a sentence taken word for word, `not_checked` for anything reworded.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.consistency import CONTRADICTIONS, evidence_of, inconsistencies, passage_of
from briefing.spans import Tolerance, find, fold
from briefing.terms import content_terms
from briefing.types import (
    Answer,
    Answers,
    CheckedClaim,
    Claim,
    Document,
    Evidence,
    Finding,
    FindingKind,
    Sentence,
    Story,
    Verdict,
)

#: Goes into the manifest's provenance.
CHECKER = (("name", "rules"), ("version", "1"), ("entailment", "none"), ("languages", "en"))


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckPolicy:
    """Where the lines are. Only `least_moved` is fitted; the claims of `tests/quality` hold the others in place."""

    least_located: float = 0.4
    """Share of a reworded claim's content terms that its sentences must hold to count as located."""
    least_moved: float = 0.6
    """The same for sentences it did not cite: to move a claim takes more. Of 0.5, 0.6, 0.7 and 0.8 the best mean
    balanced accuracy on eleven files of labelled claims (0.627, 0.631, 0.621, 0.611; `benchmarks.claims`)."""
    tried_elsewhere: int = 5
    """How many sentences are tried when the cited ones do not bear a claim out."""
    tolerated: frozenset[FindingKind] = frozenset({FindingKind.ATTRIBUTION_LOST})
    """Findings that are shown with a claim and do not withhold it."""


def check(
    claims: Sequence[Claim],
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    stories: Sequence[Story] = (),
    *,
    policy: CheckPolicy = CheckPolicy(),
) -> tuple[CheckedClaim, ...]:
    """Check every claim against the sentences it cites; then, if those are silent, against all others.

    A claim that its own citation contradicts is never rescued by another source: that is a dispute. A claim that
    cites nothing is checked against everything. With `stories`, support for a claim of one is not looked for in
    another.
    """
    sources = _Sources(documents, sentences, stories)
    return tuple(_check(claim, sources, policy) for claim in claims)


class _Sources:
    """Sentences and documents by id, and an index from terms to sentences, built when first needed."""

    def __init__(self, documents: Sequence[Document], sentences: Sequence[Sentence], stories: Sequence[Story]) -> None:
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self.sentences: Mapping[str, Sentence] = {sentence.id: sentence for sentence in sentences}
        self._story_of = {source: story.id for story in stories for source in story.sources}
        self._postings: dict[str, list[str]] | None = None

    def before(self, sentence: Sentence) -> Sentence | None:
        """Return the citable sentence before it in its document."""
        source, _, number = sentence.id.rpartition(".")
        return self.sentences.get(f"{source}.{int(number) - 1}")

    def nearest(self, claim: Claim, most: int) -> list[Sentence]:
        """Return the sentences of the claim's story that share the most of its terms, weighted by rarity; best first.

        A claim without a story is looked for everywhere.
        """
        postings = self._index()
        shares: dict[str, float] = defaultdict(float)
        for term in dict.fromkeys(content_terms(claim.text)):
            holders = postings.get(term, [])
            for identifier in holders:
                if claim.story and self._story_of.get(self.sentences[identifier].source, claim.story) != claim.story:
                    continue
                shares[identifier] += math.log1p(len(self.sentences) / len(holders))
        best = sorted(shares, key=lambda identifier: (-shares[identifier], _order(identifier)))
        return [self.sentences[identifier] for identifier in best[:most]]

    def _index(self) -> dict[str, list[str]]:
        if self._postings is None:
            self._postings = defaultdict(list)
            for identifier, sentence in self.sentences.items():
                for term in dict.fromkeys(content_terms(sentence.text)):
                    self._postings[term].append(identifier)
        return self._postings


def _order(identifier: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", identifier))


@dataclass(frozen=True, slots=True)
class _Trial:
    """A claim held against one choice of sentences."""

    cited: tuple[Sentence, ...]
    verbatim: tuple[Evidence, ...]
    findings: tuple[Finding, ...]


def _check(claim: Claim, sources: _Sources, policy: CheckPolicy) -> CheckedClaim:
    if not claim.cites:
        return _checked(claim, _elsewhere(claim, sources, policy) or _nearest(claim, sources, policy), policy)
    cited = tuple(sources.sentences[i] for i in claim.cites if i in sources.sentences)
    trial = _try(claim, cited, sources, least=policy.least_located) if cited else _Trial((), (), (_excluded(claim),))
    if _fails(trial, policy) and not any(f.kind in CONTRADICTIONS for f in trial.findings):
        moved = _with_antecedents(claim, trial, sources, policy) or _elsewhere(claim, sources, policy)
        if moved:
            return _checked(claim, moved, policy, moved_from=claim.cites)
    return _checked(claim, trial, policy)


def _excluded(claim: Claim) -> Finding:
    detail = f"{', '.join(claim.cites)} is no citable sentence"
    return Finding(kind=FindingKind.CITES_EXCLUDED_BLOCK, detail=detail, start=0, end=len(claim.text))


# Openings that only the sentence before explains.
_PRONOUN = re.compile(r"[\s\"“‘'(]*(?:he|she|they|it|his|her|their|its|who|this|that|these|those)\b", re.I)


def _with_antecedents(claim: Claim, trial: _Trial, sources: _Sources, policy: CheckPolicy) -> _Trial | None:
    """Try again with the sentence before each that opens with a pronoun: it says whom the pronoun means.

    Only for sentences that were cited: in a search of the whole text it lets more false claims through than true
    ones (labelled claims: caught 0.61 instead of 0.63 for 0.67 instead of 0.66 kept).
    """
    before = [sources.before(sentence) for sentence in trial.cited if _PRONOUN.match(sentence.text)]
    added = [sentence for sentence in before if sentence and sentence not in trial.cited]
    if not added:
        return None
    cited = tuple(sorted({*trial.cited, *added}, key=lambda sentence: _order(sentence.id)))
    again = _try(claim, cited, sources, least=policy.least_located)
    return None if _fails(again, policy) else again


def _nearest(claim: Claim, sources: _Sources, policy: CheckPolicy) -> _Trial:
    """Hold a claim that nothing bears out against the sentence most like it: that says what is wrong with it."""
    cited = tuple(sources.nearest(claim, 1))
    trial = _try(claim, cited, sources, least=policy.least_located)
    return trial if _fails(trial, policy) else _try(claim, cited, sources, least=policy.least_moved)


def _elsewhere(claim: Claim, sources: _Sources, policy: CheckPolicy) -> _Trial | None:
    """Look for other sentences that bear the claim out: one alone, then the best with more of its own source."""
    near = [s for s in sources.nearest(claim, policy.tried_elsewhere) if s.id not in claim.cites]
    together = [s for s in near if s.source == near[0].source]
    choices = [(s,) for s in near] + [tuple(together[:n]) for n in range(2, len(together) + 1)]
    for cited in choices:
        trial = _try(claim, cited, sources, least=policy.least_moved)
        if not _fails(trial, policy):
            return trial
    return None


def _try(claim: Claim, cited: tuple[Sentence, ...], sources: _Sources, *, least: float) -> _Trial:
    verbatim = tuple(e for s in cited for e in _verbatim(claim.text, s))
    if verbatim:
        return _Trial(cited, verbatim, ())
    shared = _share_held(claim.text, cited)
    if shared < least:
        detail = f"its evidence holds {shared:.0%} of its content words"
        lost = Finding(kind=FindingKind.NOT_LOCATED, detail=detail, start=0, end=len(claim.text))
        return _Trial(cited, (), (lost,))
    passages = [passage_of(sentence, sources.documents[sentence.source]) for sentence in cited]
    return _Trial(cited, (), inconsistencies(claim.text, passages))


def _share_held(text: str, cited: Iterable[Sentence]) -> float:
    terms = set(content_terms(text))
    held = {term for sentence in cited for term in content_terms(sentence.text)}
    return len(terms & held) / len(terms) if terms else 0.0


# A label such as "Why it matters:" in front of a sentence may be left out; so may its closing mark.
_LABEL = re.compile(r"(?:[\w’'-]+ ?){1,4}: [\"“‘]?")
_TAIL = re.compile(r"[\s.!?…\"”’]*")
_WORD_FOR_WORD = Tolerance(cutoff=101)


def _verbatim(text: str, sentence: Sentence) -> Iterable[Evidence]:
    """Return where the claim is the whole sentence, word for word; a part of one may mean another thing."""
    if not fold(text).text.strip():
        return
    for place in find(text, sentence.text, tolerance=_WORD_FOR_WORD) or ():
        before, after = sentence.text[: place.start], sentence.text[place.end :]
        if (not before or _LABEL.fullmatch(before)) and _TAIL.fullmatch(after):
            yield Evidence(
                source=sentence.source,
                start=sentence.start + place.start,
                end=sentence.start + place.end,
                text=sentence.text[place.start : place.end],
                match=place.match,
            )


# From findings to a verdict
# --------------------------


def _fails(trial: _Trial, policy: CheckPolicy) -> bool:
    return any(finding.kind not in policy.tolerated for finding in trial.findings)


def _checked(claim: Claim, trial: _Trial, policy: CheckPolicy, *, moved_from: tuple[str, ...] = ()) -> CheckedClaim:
    answers = _answers(trial, policy)
    return CheckedClaim(
        id=claim.id,
        story=claim.story,
        text=claim.text,
        verdict=verdict(answers, trial.findings),
        answers=answers,
        decided_by="verbatim" if trial.verbatim else "rules",
        evidence=trial.verbatim or tuple(evidence_of(sentence) for sentence in trial.cited),
        findings=trial.findings,
        moved_from=moved_from,
    )


_UNLOCATED = frozenset({FindingKind.NOT_LOCATED, FindingKind.CITES_EXCLUDED_BLOCK})


def _answers(trial: _Trial, policy: CheckPolicy) -> Answers:
    if trial.verbatim:
        return Answers(located=Answer.PASS, consistent=Answer.PASS, entailed=Answer.PASS)
    if any(finding.kind in _UNLOCATED for finding in trial.findings):
        return Answers(located=Answer.FAIL, consistent=Answer.NOT_CHECKED, entailed=Answer.NOT_CHECKED)
    consistent = Answer.FAIL if _fails(trial, policy) else Answer.PASS
    return Answers(located=Answer.PASS, consistent=consistent, entailed=Answer.NOT_CHECKED)


def verdict(answers: Answers, findings: Sequence[Finding]) -> Verdict:
    """Read the verdict off the three answers. What was not checked never makes a claim `supported`.

    >>> verdict(Answers(located=Answer.PASS, consistent=Answer.PASS, entailed=Answer.NOT_CHECKED), ())
    <Verdict.PARTLY: 'partly'>
    """
    if answers.consistent is Answer.FAIL and any(f.kind in CONTRADICTIONS for f in findings):
        return Verdict.CONTRADICTED
    if Answer.FAIL in (answers.located, answers.consistent, answers.entailed):
        return Verdict.UNSUPPORTED
    if answers.located is Answer.NOT_CHECKED or answers.consistent is Answer.NOT_CHECKED:
        return Verdict.NOT_CHECKED
    return Verdict.SUPPORTED if answers.entailed is Answer.PASS else Verdict.PARTLY
