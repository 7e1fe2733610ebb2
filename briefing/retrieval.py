"""Which sentences bear on a statement: an index from content terms to sentences, with rarity as the weight.

Pure, in memory, deterministic. It finds candidates; whether they bear the statement out is decided elsewhere.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.kin import kin_of
from briefing.terms import content_terms
from briefing.types import Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class PassagePolicy:
    """How much goes into one passage. The entailment model was trained on passages made with these numbers."""

    sentences: int = 5
    words: int = 110
    repeated: float = 0.25
    """What a term that the passage holds already still counts for."""
    candidates: int = 60
    """Only the sentences that share most with the statement compete; the rest could add one common term."""


class Index:
    """Sentences by content term.

    >>> from briefing.types import Role
    >>> texts = ["The ferry sank off Kostrel.", "Rain fell.", "The captain of the ferry was saved."]
    >>> ids = ("S1.1", "S1.2", "S1.3")
    >>> made = [Sentence(id=i, source="S1", start=0, end=len(t), text=t, role=Role.BODY, block=0)
    ...         for i, t in zip(ids, texts)]
    >>> [sentence.id for sentence in Index(made).nearest("The ferry's captain lived", most=2)]
    ['S1.3', 'S1.1']
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = {sentence.id: sentence for sentence in sentences}
        self._postings: dict[str, list[str]] = defaultdict(list)
        for sentence in sentences:
            for term in dict.fromkeys(content_terms(sentence.text)):
                self._postings[term].append(sentence.id)

    def nearest(self, text: str, *, most: int, sources: Collection[str] | None = None) -> list[Sentence]:
        """Return up to `most` sentences that share the rarest terms with `text`, best first.

        With `sources`, only sentences of those documents.
        """
        held = self._held(text, sources)
        return [self._sentences[i] for i in _best(held, self._weights(text), most)]

    def passage(
        self, text: str, *, sources: Collection[str] | None = None, policy: PassagePolicy = PassagePolicy()
    ) -> list[Sentence]:
        """Return the few sentences that together hold most of the terms of `text`, in reading order.

        Greedy: each next sentence is the one that adds most, so that a statement merged from two distant
        sentences finds both.
        """
        held, weights = self._held(text, sources), self._weights(text)
        covered: dict[str, float] = defaultdict(float)
        chosen: list[str] = []
        words = 0
        # What a sentence adds only shrinks as others are chosen, so that what it once added bounds what it adds now:
        # only those that may still be the best are reckoned again.
        left = [(-math.inf, rank, 0, i) for rank, i in enumerate(_best(held, weights, policy.candidates))]
        while left and len(chosen) < policy.sentences:
            _, rank, reckoned, best = heapq.heappop(left)
            if reckoned <= len(chosen):
                gain = _gain(held[best], covered, weights, policy.repeated)
                heapq.heappush(left, (-gain, rank, len(chosen) + 1, best))
                continue
            length = len(self._sentences[best].text.split())
            if chosen and words + length > policy.words:
                continue
            chosen.append(best)
            words += length
            covered.update((term, max(share, covered[term])) for term, share in held[best].items())
        return [self._sentences[i] for i in sorted(chosen, key=reading_order)]

    def _held(self, text: str, sources: Collection[str] | None) -> dict[str, dict[str, float]]:
        """Sentence id → the terms of `text` that it holds, and how far: 1, or less for a word often used for it."""
        held: dict[str, dict[str, float]] = defaultdict(dict)
        for term in dict.fromkeys(content_terms(text)):
            for other, share in likenesses(term):
                for identifier in self._postings.get(other, ()):
                    if sources is None or self._sentences[identifier].source in sources:
                        held[identifier].setdefault(term, share)
        return held

    def _weights(self, text: str) -> dict[str, float]:
        found = {term: self._holders(term) for term in dict.fromkeys(content_terms(text))}
        return {term: math.log1p(len(self._sentences) / holders) for term, holders in found.items() if holders}

    def _holders(self, term: str) -> int:
        """How many sentences hold a term; where none does, how many hold a word often used for it."""
        return len(self._postings.get(term, ())) or sum(len(self._postings.get(other, ())) for other in kin_of(term))


def likenesses(term: str) -> Iterator[tuple[str, float]]:
    """Yield a term, which counts in full, and the words often used for it, which count for less, best first."""
    yield term, 1.0
    for other, alike in kin_of(term).items():
        yield other, alike * _KIN


#: What a word often used for another counts for, times their cosine.
_KIN = 0.7


def _best(held: Mapping[str, Mapping[str, float]], weights: Mapping[str, float], most: int) -> list[str]:
    shares = {i: math.fsum(weights[term] * share for term, share in terms.items()) for i, terms in held.items()}
    return sorted(shares, key=lambda identifier: (-shares[identifier], reading_order(identifier)))[:most]


def _gain(
    terms: Mapping[str, float], covered: Mapping[str, float], weights: Mapping[str, float], repeated: float
) -> float:
    """What a sentence adds: of each term what goes beyond the passage's share of it, and a little of the rest."""
    return math.fsum(
        weights[term] * (max(share - had, 0.0) + repeated * min(share, had))
        for term, share in terms.items()
        for had in (covered.get(term, 0.0),)
    )


@lru_cache(maxsize=65_536)
def reading_order(identifier: str) -> tuple[int, ...]:
    """Return a sort key for sentence ids: `S2.9` comes before `S2.14`, and `S10.1` after both.

    >>> sorted(["S10.1", "S2.14", "S2.9"], key=reading_order)
    ['S2.9', 'S2.14', 'S10.1']
    """
    return tuple(int(number) for number in re.findall(r"\d+", identifier))
