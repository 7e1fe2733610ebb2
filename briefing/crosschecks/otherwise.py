"""What two sources tell differently in whatever words: found by the models that ship.

"The strike has kept 12,000 children out of school" and "the ministry counts 7,500 pupils who have had no lessons" have
no word in common. Where figures or dates of two sentences would be at odds if only both were known to answer one
question, the models are asked whether they do, and in two ways. What has neither is left alone.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefing.crosschecks.citable import Citable
from briefing.crosschecks.dates import VouchedDates
from briefing.crosschecks.publication import are_days_apart
from briefing.crosschecks.quantities import VouchedQuantities
from briefing.crosschecks.quantities.agreement import is_far
from briefing.crosschecks.shares import Shares
from briefing.entailment import Answers, Comparison, Pair
from briefing.terms import content_terms
from briefing.types import Dispute, DisputeKind, Document, Relay, Sentence
from briefing.values import Moment, Quantity, QuantityKind, compatible, read_moments, read_quantities

TWO_ANSWERS, ONE_QUESTION = 2.0, 3.0
"""Log-odds from which two sentences are taken to answer one question in two ways, means of both ways round.

They come from two models that learnt apart, and err apart: of the amounts of which both are sure 50 of 56 are right in
invented texts, of those of which the better one is sure 66 of 83 (`docs/quality.md`).
"""
TWO_ANSWERS_ALIKE, ONE_QUESTION_ALIKE = 0.0, 2.0
"""The same where both count things of one name."""
_OF_DATES = 3.0
"""The first of them for dates: a report tells many, and seldom what each is the date of."""
_MOST_ASKED = 200
"""Pairs of a story that are asked about, those that share the rarest words first: seven milliseconds each."""
_MOST_MET = 48
"""Earlier figures of the same unit, or dates, that one is put beside."""
_HOPELESS = -2.0
"""Log-odds of two answers one way round below which the other way is not asked."""
_KINDS = frozenset({DisputeKind.QUANTITY, DisputeKind.DATE})

_Both = tuple[Sentence, Sentence]


def told_otherwise(
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    relays: Sequence[Relay],
    known: Sequence[Dispute],
    comparison: Comparison,
) -> tuple[Dispute, ...]:
    """Return the disputes of one story that the model finds and that are not `known`; `id` and `story` are left empty.

    `documents` are those of the story that are compared, `sentences` their citable sentences.
    """
    of = {document.id: document for document in documents}
    figures, days = VouchedQuantities(documents, sentences, relays), VouchedDates(documents, sentences)
    compared = _compared_before(known, sentences)
    asked = [
        (one, other)
        for one, other in dict.fromkeys(_meeting(sentences))
        if not compared & {(one.id, other.source), (other.id, one.source)}
        and not are_days_apart(of[one.source], of[other.source])
        and (figures.may_be_between(one.id, other.id) or days.may_be_between(one.id, other.id))
    ]
    shares = Shares([sentence.text for sentence in sentences])
    likeliest = heapq.nlargest(_MOST_ASKED, asked, key=lambda pair: _in_common(pair, shares))
    sure = _answered(likeliest, comparison, figures)
    found = (
        *figures.disputes((one.id, other.id) for _, (one, other) in sure),
        *days.disputes((one.id, other.id) for answers, (one, other) in sure if answers.two_answers >= _OF_DATES),
    )
    return tuple(replace(dispute, proposed_by=comparison.answers_by) for dispute in found)


def _compared_before(known: Iterable[Dispute], sentences: Sequence[Sentence]) -> set[tuple[str, str]]:
    """Return the ids of sentences whose figure or date is in dispute already, each with the sources of other values."""
    citable = Citable(sentences)
    told = [[e for value in dispute.values for e in value.evidence] for dispute in known if dispute.kind in _KINDS]
    return {
        (sentence.id, other.source)
        for spans in told
        for one in spans
        if (sentence := citable.sentence(one.source, one.start))
        for other in spans
        if other.source != one.source
    }


def _in_common(pair: _Both, shares: Shares) -> float:
    one, other = ({*content_terms(sentence.text)} for sentence in pair)
    return shares.weigh(one & other)


def _answered(
    asked: Sequence[_Both], comparison: Comparison, figures: VouchedQuantities
) -> list[tuple[Answers, _Both]]:
    """Return the pairs that answer one question in two ways, the surest first.

    A pair of which one sentence goes better with another sentence of the other source is none.
    """
    compared = [(both, pair) for pair in asked if (both := _compared(*pair, comparison))]
    best: dict[tuple[str, str], float] = defaultdict(lambda: -math.inf)
    for both, (one, other) in compared:
        for key in ((one.id, other.source), (other.id, one.source)):
            best[key] = max(best[key], both.one_question)
    sure = [
        (both, (one, other))
        for both, (one, other) in compared
        if both.one_question >= max(best[one.id, other.source], best[other.id, one.source])
        and _is_sure(both, (one, other), comparison, alike=figures.count_alike(one.id, other.id))
    ]
    return sorted(sure, key=lambda each: -each[0].two_answers)


def _is_sure(both: Answers, pair: _Both, comparison: Comparison, *, alike: bool) -> bool:
    if both.two_answers < (TWO_ANSWERS_ALIKE if alike else TWO_ANSWERS):
        return False
    one_question = sum(comparison.of_one_question(_both_ways(*pair))) / 2
    return one_question >= (ONE_QUESTION_ALIKE if alike else ONE_QUESTION)


def _both_ways(one: Sentence, other: Sentence) -> tuple[Pair, Pair]:
    return Pair(one.text, other.text), Pair(other.text, one.text)


def _compared(one: Sentence, other: Sentence, comparison: Comparison) -> Answers | None:
    """Return the mean of both ways round; None where the first leaves no hope."""
    forth, reverse = _both_ways(one, other)
    (there,) = comparison.answers([forth])
    if there.two_answers < _HOPELESS:
        return None
    (back,) = comparison.answers([reverse])
    return Answers((there.one_question + back.one_question) / 2, (there.two_answers + back.two_answers) / 2)


def _meeting(sentences: Sequence[Sentence]) -> Iterator[_Both]:
    """Yield the pairs of two sources with figures of one unit, or dates, that are not one.

    A figure or date meets the latest few of those before it, so that the time grows with their number.
    """
    figures: Mapping[tuple[QuantityKind, str], deque[tuple[Sentence, Quantity]]]
    figures = defaultdict(lambda: deque(maxlen=_MOST_MET))
    dated = deque[tuple[Sentence, Moment]](maxlen=_MOST_MET)
    for sentence in sentences:
        for quantity in read_quantities(sentence.text):
            met = figures[quantity.kind, quantity.unit]
            for earlier, other in met:
                if earlier.source != sentence.source and _may_be_at_odds(quantity, other):
                    yield earlier, sentence
            met.append((sentence, quantity))
        for moment in read_moments(sentence.text):
            for earlier, date in dated:
                if earlier.source != sentence.source and compatible(moment, date) is False:
                    yield earlier, sentence
            dated.append((sentence, moment))


def _may_be_at_odds(a: Quantity, b: Quantity) -> bool:
    return (a.low, a.high) != (b.low, b.high) and not is_far(a, b)
