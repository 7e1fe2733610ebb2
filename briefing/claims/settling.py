"""Which sentences would settle a claim that failed: those it cites, those most like it, and their neighbours."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.terms import content_terms
from briefing.types import Claim, Sentence, Story

#: How many sentences are added for being most like the claim.
_NEAREST = 2


class Settling:
    """Finds sentences for one claim after another among those that a model was shown."""

    def __init__(self, sentences: Iterable[Sentence], stories: Iterable[Story]) -> None:
        self._sentences: Mapping[str, Sentence] = {sentence.id: sentence for sentence in sentences}
        self._story_of = {source: story.id for story in stories for source in story.sources}
        self._holders: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_, sentence in self._sentences.items():
            for term in dict.fromkeys(content_terms(sentence.text)):
                self._holders[self._story_of.get(sentence.source, ""), term].append(id_)

    def sentences_for(self, claim: Claim) -> list[Sentence]:
        """Return the sentences of its story that would settle the claim, the most telling first."""
        cited = [id_ for id_ in claim.cites if id_ in self._sentences]
        nearest = self._nearest(claim, _NEAREST + len(cited))
        added = [id_ for id_ in nearest if id_ not in cited][:_NEAREST]
        ids = dict.fromkeys((*cited, *added, *self._neighbours(cited)))
        return [self._sentences[id_] for id_ in ids]

    def _nearest(self, claim: Claim, most: int) -> list[str]:
        """Return the ids of the sentences that share the most of its terms, weighted by how rare these are."""
        shares: dict[str, float] = defaultdict(float)
        for term in dict.fromkeys(content_terms(claim.text)):
            holders = self._holders.get((claim.story, term), ())
            for id_ in holders:
                shares[id_] += math.log1p(len(self._sentences) / len(holders))
        return sorted(shares, key=lambda id_: (-shares[id_], sentence_order(id_)))[:most]

    def _neighbours(self, cited: Sequence[str]) -> Iterator[str]:
        for id_ in cited:
            source, _, number = id_.rpartition(".")
            for beside in (int(number) - 1, int(number) + 1):
                if f"{source}.{beside}" in self._sentences:
                    yield f"{source}.{beside}"


def sentence_order(id_: str) -> tuple[int, ...]:
    """Return what sorts sentence ids by source, then by place.

    >>> sorted(["S2.1", "S1.10", "S1.9"], key=sentence_order)
    ['S1.9', 'S1.10', 'S2.1']
    """
    return tuple(int(number) for number in re.findall(r"\d+", id_))
