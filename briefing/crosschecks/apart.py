"""What is no dispute and no change: in words much alike, two sentences tell of two things.

"The election will cost 42 million crowns" and "the referendum of two years ago cost 36 million" share their verb, their
unit and nearly their noun. Whether two sentences answer one question is asked of the model that ships, about what the
rules have found; it can only take away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice, product

from briefing.crosschecks.citable import Citable
from briefing.entailment import Comparison, Pair
from briefing.types import Assessment, Dispute, DisputeKind, Evidence, Sentence

APART = -7.1
"""Log-odds of one question below which two sentences are about two things.

Of the real disputes that the rules find the lowest is at -0.3 in 72 invented stories, at -2.1 where a number was
planted, and at -7.0 in the first twelve events of `benchmarks.near_misses`, by which the line was chosen; seven of the
13 wrong ones there lie below it.
"""
_KINDS = frozenset({DisputeKind.QUANTITY, DisputeKind.DATE})
"""A denial is of one thing in quite other words; titles and quotations have their person or words in common."""
_MOST_ASKED = 16
"""Pairs of sentences that are asked about at once: mostly the first decides."""


def answering_together(
    disputes: Iterable[Dispute], sentences: Sequence[Sentence], comparison: Comparison
) -> tuple[Dispute, ...]:
    """Return the disputes without those of which no two sentences answer one question.

    `sentences` are the citable ones of the story. A likely slip stays: that two things have one figure but for its
    zeros is rarer than that the model errs.
    """
    question = OneQuestion(sentences, comparison)
    return tuple(
        dispute
        for dispute in disputes
        if dispute.kind not in _KINDS
        or dispute.assessment is Assessment.LIKELY_SLIP
        or question.may_be_answered_by([value.evidence for value in dispute.values])
    )


class OneQuestion:
    """Whether spans of different sources may stand in sentences that answer one question."""

    def __init__(self, sentences: Iterable[Sentence], comparison: Comparison) -> None:
        self._comparison = comparison
        self._citable = Citable(sentences)

    def may_be_answered_by(self, sides: Iterable[Sequence[Evidence]]) -> bool:
        """Whether it may be by spans of two of the sides; also where there is no sentence to ask about."""
        asked = False
        for one, other in islice(self._pairs(sides), _MOST_ASKED):
            asked = True
            if sum(self._comparison.of_one_question([Pair(one, other), Pair(other, one)])) / 2 >= APART:
                return True
        return not asked

    def _pairs(self, sides: Iterable[Sequence[Evidence]]) -> Iterator[tuple[str, str]]:
        for a, b in combinations(sides, 2):
            for one, other in product(a, b):
                told = self._citable.sentence(one.source, one.start), self._citable.sentence(other.source, other.start)
                if one.source != other.source and told[0] and told[1]:
                    yield told[0].text, told[1].text
