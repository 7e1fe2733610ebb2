"""What one source tells and another denies, in whatever words: found by the models that ship.

"Guns fired on the clinic in Varn" and "the army denied shelling the clinic" share no clause. What a sentence denies is
told as if it were so, and the entailment model is asked whether another source tells just that, and not its denial; the
models that compare are asked whether both answer one question.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from briefing.consistency import evidence_of
from briefing.crosschecks.clauses import joined, opposed, unreconciled
from briefing.crosschecks.denials.reading import Denial, read_denials
from briefing.crosschecks.publication import are_days_apart
from briefing.crosschecks.shares import Shares
from briefing.entailment import Comparison, Pair
from briefing.retrieval import Index, likenesses
from briefing.terms import content_terms
from briefing.types import Dispute, Document, Evidence, Sentence
from briefing.values.polarity import is_negated, read_negations

ONE_QUESTION, ONE_QUESTION_IF_SURE = 3.0, 1.5
"""Log-odds from which both are taken to answer one question: mean of two models, each asked both ways round. Less is
enough where all the lines below are passed."""
TELLS, RATHER = -3.0, 0.5
"""Log-odds from which a sentence tells what another denies, and by how much rather than the denial."""
TWO_ANSWERS = 2.0
"""Log-odds from which both answer one question in two ways, mean of both ways round."""
TOLD_ALIKE, RATHER_ALIKE = -1.0, 2.5
"""The first two where it is told in the words in which it is denied: the third is not asked for then. Nor is the last
where somebody denies what others say: the model that tells two answers from one has learnt from hardly any such."""
_NEAREST, _MOST_LOOKED_AT = 8, 24
"""Sentences like what is denied that are asked about, of so many that are most like it; many deny it as well."""
_MOST_ASKED = 20
"""For each source, those that share the rarest words first; each takes some twenty milliseconds, most but one."""
_FEWEST, _LEAST_HELD = 2, 0.3
"""Terms, and share of the terms, of what is denied that a sentence must have, or words often used for them."""
# Who tells of a rumour or of its denial does not tell what it says.
_DOUBTS = re.compile(
    r"\?|\b(?:if|whether|unless|rumou?r\w*|hoax\w*|fakes?|false|untrue|debunk\w*|den(?:y|ies|ied|ying|ials?)|refut\w+"
    r"|disput(?:e[sd]?|ing)|(?:facing|amid) claims)\b",
    re.I,
)
_TO_COME = re.compile(
    r"\b(?:will|would|shall|plan(?:s|ned|ning)?|set to|going to|due to|expect(?:s|ed)?|is to|are to|may|might|could)\b",
    re.I,
)
_REVERSING = ("un", "in", "im", "dis", "non")
_SOMEBODY = frozenset(content_terms("someone something either able agreed managed"))


_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """A clause that denies, or a sentence that tells."""

    evidence: Evidence

    @property
    def source(self) -> str:
        return self.evidence.source

    @property
    def words(self) -> _Words:
        return content_terms(self.evidence.text)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A denial beside a sentence of which the models are asked whether it tells what is denied."""

    denial: Denial
    told: Sentence
    governed: bool
    """Whether the sentence has some of the words that the denial governs."""
    weight: float
    """Of the terms that both have, by rarity in the story."""

    @property
    def of_one_source(self) -> bool:
        return self.told.source == self.denial.sentence.source


def told_and_denied(
    documents: Sequence[Document], sentences: Sequence[Sentence], comparison: Comparison
) -> tuple[Dispute, ...]:
    """Return the disputes of one story between a source that tells something and one that denies it.

    `documents` are those of the story that are compared, `sentences` their citable sentences. A source that tells both
    is at odds with nobody. `id` and `story` are left empty.
    """
    pairs = unreconciled(_pairs(documents, sentences, comparison), lambda _told, _denied: False)
    # What one outlet has from another is told in the same words.
    of_words: dict[tuple[_Words, _Words], list[tuple[_Side, _Side]]] = defaultdict(list)
    for pair in pairs:
        of_words[pair[0].words, pair[1].words].append(pair)
    groups = ([pair for words in group for pair in of_words[words]] for group in joined(of_words))
    return tuple(replace(_dispute(group), proposed_by=comparison.answers_by) for group in groups)


def _dispute(pairs: Sequence[tuple[_Side, _Side]]) -> Dispute:
    stated, denied = (told.evidence for told, _ in pairs), (denied.evidence for _, denied in pairs)
    return opposed(stated, denied, note="One side tells what the other denies.")


def _pairs(
    documents: Sequence[Document], sentences: Sequence[Sentence], comparison: Comparison
) -> Iterator[tuple[_Side, _Side]]:
    """Yield what is told and what denies it, of two sources; then, of what was found so, also within one."""
    asked = list(_asked({document.id: document for document in documents}, sentences))
    others = [each for each in asked if not each.of_one_source]
    likeliest = heapq.nlargest(_MOST_ASKED * len(documents), others, key=lambda each: each.weight)
    found = [each for each in likeliest if _is_told(each, comparison)]
    denied, told = {each.denial for each in found}, {each.told for each in found}
    met = [each for each in asked if each.of_one_source and (each.denial in denied or each.told in told)]
    yield from map(_sides, (*found, *(each for each in met if _is_told(each, comparison))))


def _sides(asked: _Asked) -> tuple[_Side, _Side]:
    denial = asked.denial
    return _Side(evidence_of(asked.told)), _Side(evidence_of(denial.sentence, denial.start, denial.end))


def _asked(documents: Mapping[str, Document], sentences: Sequence[Sentence]) -> Iterator[_Asked]:
    """Yield what is denied with the sentences that may tell it, of the same source too."""
    denials = [denial for sentence in sentences for denial in read_denials(sentence)]
    if not denials:
        return
    index, shares = Index(sentences), Shares([sentence.text for sentence in sentences])
    for denial in denials:
        near = index.nearest(denial.denied, most=_MOST_LOOKED_AT)
        if not denial.replies:
            by = documents[denial.sentence.source]
            near = [told for told in near if not are_days_apart(documents[told.source], by)]
        put = (_put(denial, told, shares) for told in near)
        yield from islice((asked for asked in put if asked), _NEAREST)


def _put(denial: Denial, told: Sentence, shares: Shares) -> _Asked | None:
    """Put a sentence beside a denial if it may tell what that denies."""
    terms = {*content_terms(denial.denied)} - _SOMEBODY
    held = _held(terms, told)
    enough = len(held) >= max(_FEWEST, _LEAST_HELD * len(terms))
    if told is denial.sentence or not enough or not _may_tell(told, held, denial):
        return None
    return _Asked(denial, told, not held.isdisjoint(content_terms(denial.governed)), shares.weigh(held))


def _held(terms: set[str], told: Sentence) -> frozenset[str]:
    """Return the terms that a sentence has, or words often used for them."""
    own = {*content_terms(told.text)}
    return frozenset(term for term in terms if any(other in own for other, _ in likenesses(term)))


def _may_tell(told: Sentence, held: frozenset[str], denial: Denial) -> bool:
    """Whether a sentence may tell what is denied, and does not deny it itself."""
    if _DOUBTS.search(told.text) or (denial.perfect and _TO_COME.search(told.text)):
        return False
    words = {match.casefold() for match in re.findall(r"[^\W\d_]+", told.text)}
    if any(f"{prefix}{word}" in words for word in re.findall(r"[^\W\d_]+", denial.governed) for prefix in _REVERSING):
        return False
    negations = read_negations(told.text)
    return not any(
        is_negated(negations, match.start())
        for match in re.finditer(r"\w+", told.text)
        if {*content_terms(match[0])} & held
    )


def _is_told(asked: _Asked, comparison: Comparison) -> bool:
    """Whether a sentence tells just what another denies, and answers the same question."""
    denial, told = asked.denial, asked.told.text
    (tells,) = comparison.scores([Pair(told, denial.denied)])
    if tells < TELLS:
        return False
    (denies,) = comparison.scores([Pair(told, denial.told)])
    if tells - denies < RATHER:
        return False
    # What somebody denies is what the other tells; that a sentence only reports a denial is another question.
    other = denial.denied if denial.replies else denial.sentence.text
    ways = Pair(told, other), Pair(other, told)
    answers = comparison.answers(ways)
    alike = asked.governed and tells >= TOLD_ALIKE and (denial.replies or tells - denies >= RATHER_ALIKE)
    two_answers = sum(answer.two_answers for answer in answers) / 2 >= TWO_ANSWERS
    if not (alike or two_answers):
        return False
    one_question = *(answer.one_question for answer in answers), *comparison.of_one_question(ways)
    return sum(one_question) / 4 >= (ONE_QUESTION_IF_SURE if alike and two_answers else ONE_QUESTION)
