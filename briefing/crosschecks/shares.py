"""How much of one text others hold, by content terms weighted by rarity among them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from briefing.terms import content_terms


class Shares:
    """Texts by their terms.

    >>> texts = Shares(["The lock is closed.", "The lock keeper counted boats.", "Rain fell."])
    >>> [(i, round(share, 2)) for i, share in texts.holding("Boats wait at the closed lock").items()]
    [(1, 0.41), (0, 0.41)]
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for i, text in enumerate(texts):
            for term in dict.fromkeys(content_terms(text)):
                self._postings[term].append(i)

    def weight(self, term: str) -> float:
        """What a term weighs: the more, the fewer texts hold it."""
        return math.log1p(self._size / (1 + len(self._postings.get(term, ()))))

    def weigh(self, terms: Iterable[str]) -> float:
        """Return the weight of all the terms together, exactly rounded so that their order does not matter."""
        return math.fsum(self.weight(term) for term in terms)

    def holding(self, text: str) -> dict[int, float]:
        """Share of the text's weight that each of the texts holds, for those that hold any."""
        terms = dict.fromkeys(content_terms(text))
        total = self.weigh(terms)
        shares: dict[int, float] = defaultdict(float)
        for term in terms:
            for i in self._postings.get(term, ()):
                shares[i] += self.weight(term) / total
        return shares
