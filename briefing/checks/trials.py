"""A claim held against one choice of sentences: what the rules find, and where it stands word for word."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from briefing.consistency import Passage, holds, inconsistencies, passage_of, settled, titles_elsewhere
from briefing.retrieval import Index, likenesses, reading_order
from briefing.spans import Tolerance, find, fold
from briefing.terms import content_terms
from briefing.types import Claim, Document, Evidence, Finding, FindingKind, Sentence, Story
from briefing.values import read_attributions, read_titles


class Sources:
    """Sentences and documents by id, and an index over the sentences, built when first needed."""

    def __init__(
        self,
        documents: Sequence[Document],
        sentences: Sequence[Sentence],
        stories: Sequence[Story],
        *,
        kin: bool = False,
    ) -> None:
        """Take the sentences; with `kin`, words often used for one another count as shared, if for less."""
        self.kin = kin
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self.sentences: Mapping[str, Sentence] = {sentence.id: sentence for sentence in sentences}
        self._of_story = {story.id: frozenset(story.sources) for story in stories}
        self._index: Index | None = None

    def cited(self, claim: Claim) -> tuple[Sentence, ...]:
        """Return the sentences a claim cites, as far as they are citable."""
        return tuple(self.sentences[i] for i in claim.cites if i in self.sentences)

    def passages(self, cited: Iterable[Sentence]) -> list[Passage]:
        """Return the sentences as evidence, with the days and outlets that they need to be read by."""
        return [passage_of(s, self.documents[s.source], b.text if (b := self.before(s)) else "") for s in cited]

    def before(self, sentence: Sentence) -> Sentence | None:
        """Return the citable sentence before it in its document."""
        source, _, number = sentence.id.rpartition(".")
        return self.sentences.get(f"{source}.{int(number) - 1}")

    def opening(self, sentence: Sentence) -> Sentence | None:
        """Return the first citable sentence of its document."""
        return self.sentences.get(f"{sentence.source}.1")

    def nearest(self, claim: Claim, most: int) -> list[Sentence]:
        """Return the sentences of the claim's story that are most like it, best first; without a story, of all."""
        return self._indexed().nearest(claim.text, most=most, sources=self._of_story.get(claim.story))

    def passage(self, claim: Claim, source: str) -> tuple[Sentence, ...]:
        """Return the few sentences of one document that together hold most of the claim."""
        return tuple(self._indexed().passage(claim.text, sources={source}))

    def titled(self, claim: Claim, cited: Sequence[Sentence]) -> Sequence[Sentence]:
        """Return what else the sources of these sentences say of the people to whom the claim gives a title."""
        people = [title.person.text for title in read_titles(claim.text)]
        sources = {sentence.source for sentence in cited}
        near = (self._indexed().nearest(person, most=_TITLED, sources=sources) for person in people)
        return [sentence for found in near for sentence in found if sentence not in cited]

    def completed(self, claim: Claim, trial: Trial) -> tuple[Sentence, ...]:
        """Return the sentences of a trial and, for each value they lack, the one of their document most like it.

        A claim that joins two facts finds the second so. Nothing is added for a value that the document has not.
        """
        sources = {sentence.source for sentence in trial.cited}
        lacking = [finding for finding in trial.findings if finding.kind in _ABSENT]
        return (*trial.cited, *(s for finding in lacking for s in self._with_value(claim, finding, sources)))

    def _with_value(self, claim: Claim, finding: Finding, sources: Collection[str]) -> Sequence[Sentence]:
        if finding.kind is FindingKind.NAME_ABSENT:
            return self._indexed().nearest(claim.text[finding.start : finding.end], most=1, sources=sources)
        near = self._indexed().nearest(claim.text, most=_VALUED, sources=sources)
        others = (s for s in self.sentences.values() if s.source in sources)
        found = (s for s in chain(near, others) if holds(claim.text, finding.start, finding.end, s.text))
        return tuple(islice(found, 1))

    def _indexed(self) -> Index:
        if self._index is None:
            self._index = Index(tuple(self.sentences.values()))
        return self._index


_TITLED = 8
"""Sentences that name a person, among which a title is looked for."""
_VALUED = 12
"""Sentences most like a claim, among which its figure is looked for before the others."""
_ABSENT = frozenset({FindingKind.NAME_ABSENT, FindingKind.NUMBER_ABSENT})


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What came of holding a claim against some sentences."""

    cited: tuple[Sentence, ...]
    verbatim: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    share: float = 1.0
    """Share of the claim's content terms that the sentences hold, its figures and dates written their way."""
    score: float | None = None
    """Probability that the sentences bear the claim out, where the entailment model was asked."""


def hold(claim: Claim, cited: Sequence[Sentence], sources: Sources, *, least: float) -> Trial:
    """Hold a claim against sentences. One that shares less than `least` of its terms with them is not located."""
    cited = tuple(sorted(set(cited), key=lambda sentence: reading_order(sentence.id)))
    verbatim = tuple(evidence for sentence in cited for evidence in _verbatim(claim.text, sentence))
    if verbatim:
        return Trial(cited=cited, verbatim=verbatim)
    passages = sources.passages(cited)
    share = _share_held(settled(claim.text, passages), cited, kin=sources.kin)
    if share < least:
        return unlocated(claim, Trial(cited=cited, share=share))
    findings = inconsistencies(claim.text, passages)
    if not findings and (titled := sources.titled(claim, cited)):
        findings = tuple(titles_elsewhere(claim.text, passages, sources.passages(titled)))
    return Trial(cited=cited, findings=findings, share=share)


def unlocated(claim: Claim, trial: Trial) -> Trial:
    """Return a trial whose sentences hold too little of the claim."""
    detail = f"its evidence holds {trial.share:.0%} of its content words"
    return replace(trial, findings=(_about_all(claim, FindingKind.NOT_LOCATED, detail),), score=None)


def nameless(trial: Trial) -> bool:
    """Whether sentences lack nothing of a claim but names."""
    return all(finding.kind is FindingKind.NAME_ABSENT for finding in trial.findings)


def says_it(claim: Claim, sentence: Sentence) -> bool:
    """Whether a sentence names whom the claim says to be speaking; true of a claim in which nobody speaks."""
    held = set(content_terms(sentence.text))
    return all(held & set(content_terms(said.speaker)) for said in read_attributions(claim.text))


def excluded(claim: Claim) -> Trial:
    """Return the trial of a claim that cites nothing citable."""
    detail = f"{', '.join(claim.cites)} is no citable sentence"
    return Trial(cited=(), findings=(_about_all(claim, FindingKind.CITES_EXCLUDED_BLOCK, detail),))


def _about_all(claim: Claim, kind: FindingKind, detail: str) -> Finding:
    return Finding(kind=kind, detail=detail, start=0, end=len(claim.text))


def _share_held(text: str, cited: Iterable[Sentence], *, kin: bool) -> float:
    terms = set(content_terms(text))
    held = {term for sentence in cited for term in content_terms(sentence.text)}
    if not kin:
        return len(terms & held) / len(terms) if terms else 0.0
    shares = (next((share for other, share in likenesses(term) if other in held), 0.0) for term in terms)
    return math.fsum(shares) / len(terms) if terms else 0.0


# Openings that only the sentence before explains.
_PRONOUN = re.compile(r"[\s\"“‘'(]*(?:he|she|they|it|his|her|their|its|who|this|that|these|those)\b", re.I)


def antecedents(cited: Iterable[Sentence], sources: Sources) -> list[Sentence]:
    """Return the sentence before each that opens with a pronoun: it says whom the pronoun means."""
    before = (sources.before(sentence) for sentence in cited if _PRONOUN.match(sentence.text))
    return [sentence for sentence in before if sentence and sentence not in cited]


# A label such as "Why it matters:" in front of a sentence may be left out; so may its closing mark. Whoever says it may
# not: what stands after "The mayor said:" is the mayor's word, not the source's.
_LABEL = re.compile(r"(?:[\w’'-]+ ?){1,4}: ")
_TAIL = re.compile(r"[\s.!?…\"”’]*")
_WORD_FOR_WORD = Tolerance(cutoff=101)


def _verbatim(text: str, sentence: Sentence) -> Iterable[Evidence]:
    """Return where the claim is the whole sentence, word for word; a part of one may mean another thing."""
    terms, held = content_terms(text), content_terms(sentence.text)
    # Folding and searching are dear; sentences that end in other words need neither.
    if held[len(held) - len(terms) :] != terms or not fold(text).text.strip():
        return
    for place in find(text, sentence.text, tolerance=_WORD_FOR_WORD) or ():
        before, after = sentence.text[: place.start], sentence.text[place.end :]
        if (not before or _is_label(before, sentence.text)) and _TAIL.fullmatch(after):
            yield Evidence(
                source=sentence.source,
                start=sentence.start + place.start,
                end=sentence.start + place.end,
                text=sentence.text[place.start : place.end],
                match=place.match,
            )


def _is_label(before: str, text: str) -> bool:
    return bool(_LABEL.fullmatch(before)) and all(said.start >= len(before) for said in read_attributions(text))
