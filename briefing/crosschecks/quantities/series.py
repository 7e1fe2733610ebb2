"""Which numbers are members of a list or a series, and what sets each member apart.

A results list, a weather bulletin or a market report says one sentence again and again with other names and numbers.
Noun, verb and most of the words then agree between any two lines, and say nothing about whether they answer one
question; only what is not the pattern does. Bounded by the number of mentions: no two are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal

from briefing.crosschecks.quantities.agreement import QuantityPolicy
from briefing.crosschecks.quantities.mentions import Mention

_FEWEST = 3
"""Different values for the same noun and verb, in as many sentences of one source, that may be a series."""
_PATTERN = 1 / 3
"""Share of a sentence's terms that are in half of the series: below, the sentences are no repeated pattern. Set by hand
on invented lists; the 22 planted changes are all found with it, as without."""
_MATCHED = 0.75
"""Share of what sets a member apart that the other sentence must have too."""
Pair = tuple[float, Mention, Mention]
"""How surely two mentions answer one question, and which."""
_MANY, _NEARLY = 8, 2 / 3
"""Values, and share of the sentences that give them, from which on a question is none that sources dispute."""


class Series:
    """The members of series among the mentions of a story."""

    def __init__(self, mentions: Sequence[Mention], policy: QuantityPolicy) -> None:
        self._marks: dict[Mention, frozenset[str]] = {}
        alike: dict[Hashable, list[Mention]] = defaultdict(list)
        for mention in mentions:
            alike[mention.source, mention.measure, mention.head, mention.verb].append(mention)
        for own in alike.values():
            if is_series(own, policy.near):
                self._mark(own)

    def _mark(self, own: Sequence[Mention]) -> None:
        spread = Counter(term for mention in own for term in mention.terms)
        pattern = {term for term, held in spread.items() if 2 * held >= len(own)}
        members = [m for m in own if len(m.terms & pattern) >= _PATTERN * len(m.terms)]
        if not is_series(members, Decimal(0)):
            return
        lines: dict[frozenset[str], set[str]] = defaultdict(set)
        for mention in members:
            lines[mention.terms - pattern].add(mention.sentence.id)
        for mention in members:
            marks = mention.terms - pattern
            # Two lines with the same marks: nothing says which of them another source tells.
            self._marks[mention] = marks if len(lines[marks]) == 1 else frozenset()

    def keep_apart(self, a: Mention, b: Mention) -> bool:
        """Whether one of the two is the member of a series that the other is not about."""
        return self._is_other(a, b) or self._is_other(b, a)

    def of_one_list(self, apart: Sequence[Pair], agreeing: Sequence[Pair]) -> list[Pair]:
        """Return the pairs at odds without the lines of two lists that agree in no more lines than they differ in.

        Two lists that tell nearly the same are one list, and a line that differs is in dispute; else they are lists
        of two days.
        """
        lines = Counter(_sources(pair) for pair in apart if self._are_lines(pair))
        lines.subtract(_sources(pair) for pair in agreeing if self._are_lines(pair))
        return [pair for pair in apart if not self._are_lines(pair) or lines[_sources(pair)] < 0]

    def _are_lines(self, pair: Pair) -> bool:
        return pair[1] in self._marks and pair[2] in self._marks

    def _is_other(self, member: Mention, other: Mention) -> bool:
        marks = self._marks.get(member)
        if marks is None:
            return False
        return not marks or len(marks & other.terms) < _MATCHED * len(marks)


def _sources(pair: Pair) -> frozenset[str]:
    return frozenset({pair[1].source, pair[2].source})


def is_run(group: Sequence[Mention]) -> bool:
    """Whether a group has nearly as many values as sentences: a number told anew each time, and not one in dispute.

    Sources that disagree repeat one another's figures; the bulletins of fifty days do not.
    """
    values = different(group, Decimal(0))
    return values >= _MANY and values >= _NEARLY * len({mention.sentence.id for mention in group})


def is_series(mentions: Sequence[Mention], near: Decimal) -> bool:
    """Whether at least three sentences give at least three values further apart than `near`."""
    if len({mention.sentence.id for mention in mentions}) < _FEWEST:
        return False
    return different(mentions, near) >= _FEWEST


def different(mentions: Iterable[Mention], near: Decimal) -> int:
    """Count the values that are further apart than this share of the larger."""
    count, last = 0, None
    for low in sorted({mention.quantity.low for mention in mentions}):
        if last is None or low - last > near * abs(low):
            count, last = count + 1, low
    return count
