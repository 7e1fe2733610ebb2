"""Which sentences bear on a statement: an index from content terms to sentences, with rarity as the weight.

Pure, in memory, deterministic. It finds candidates; whether they bear the statement out is decided elsewhere.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

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
        left = _best(held, weights, policy.candidates)
        covered: set[str] = set()
        chosen: list[str] = []
        words = 0
        while left and len(chosen) < policy.sentences:
            best = max(left, key=lambda i: _gain(held[i], covered, weights, policy.repeated))
            left.remove(best)
            length = len(self._sentences[best].text.split())
            if chosen and words + length > policy.words:
                continue
            chosen.append(best)
            words += length
            covered |= held[best]
        return [self._sentences[i] for i in sorted(chosen, key=reading_order)]

    def _held(self, text: str, sources: Collection[str] | None) -> dict[str, set[str]]:
        """Sentence id → the terms of `text` that it holds."""
        held: dict[str, set[str]] = defaultdict(set)
        for term in dict.fromkeys(content_terms(text)):
            for identifier in self._postings.get(term, ()):
                if sources is None or self._sentences[identifier].source in sources:
                    held[identifier].add(term)
        return held

    def _weights(self, text: str) -> dict[str, float]:
        return {
            term: math.log1p(len(self._sentences) / len(self._postings[term]))
            for term in dict.fromkeys(content_terms(text))
            if term in self._postings
        }


def _best(held: Mapping[str, set[str]], weights: Mapping[str, float], most: int) -> list[str]:
    shares = {identifier: math.fsum(weights[term] for term in terms) for identifier, terms in held.items()}
    return sorted(shares, key=lambda identifier: (-shares[identifier], reading_order(identifier)))[:most]


def _gain(terms: set[str], covered: set[str], weights: Mapping[str, float], repeated: float) -> float:
    return math.fsum(weights[term] * (repeated if term in covered else 1.0) for term in terms)


def reading_order(identifier: str) -> tuple[int, ...]:
    """Return a sort key for sentence ids: `S2.9` comes before `S2.14`, and `S10.1` after both.

    >>> sorted(["S10.1", "S2.14", "S2.9"], key=reading_order)
    ['S2.9', 'S2.14', 'S10.1']
    """
    return tuple(int(number) for number in re.findall(r"\d+", identifier))
