"""One line of the training file, and the choice of the sentences that a claim is shown with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.retrieval import PassagePolicy
from briefing.terms import content_terms

ENTAILED, NEUTRAL, CONTRADICTION, NOT_ENTAILED = range(4)
#: Passages are made as the checker makes them.
_POLICY = PassagePolicy()


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Evidence `a`, claim `b`, label `y`, what was done, and how much the line counts."""

    a: str
    b: str
    y: int
    kind: str
    w: float = 1.0


@lru_cache(maxsize=200_000)
def terms(text: str) -> frozenset[str]:
    """Return the content terms of a sentence."""
    return frozenset(content_terms(text))


def pick(claim: str, sentences: Sequence[str], given: Iterable[int] = (), *, words: int = _POLICY.words) -> list[int]:
    """Return the indices of the sentences that cover the claim's terms best, greedily, rarer terms first.

    `given` are taken whatever they cover. At most as many sentences as the checker shows, and `words` words unless one
    sentence has more.

    >>> pick("The ferry sank.", ["It rained.", "A ferry left Lerwin.", "The ferry sank."])
    [2, 1]
    """
    own = [terms(sentence) for sentence in sentences]
    held = Counter(term for found in own for term in found)
    rarity = {term: math.log1p(len(own) / count) for term, count in held.items()}
    chosen = list(given)
    wanted = terms(claim)
    missing = wanted.difference(*(own[at] for at in chosen))
    used = sum(len(sentences[at].split()) for at in chosen)
    left = [at for at in range(len(own)) if own[at] & wanted and at not in chosen]
    while left and len(chosen) < _POLICY.sentences:
        best = max(left, key=lambda at: (_gain(own[at] & wanted, missing, rarity), -at))
        left.remove(best)
        length = len(sentences[best].split())
        if used + length > words and chosen:
            continue
        chosen.append(best)
        used += length
        missing -= own[best]
    return chosen or [0]


def _gain(shared: frozenset[str], missing: frozenset[str], rarity: dict[str, float]) -> float:
    return sum(rarity[term] * (1.0 if term in missing else _POLICY.repeated) for term in sorted(shared))


def shown(sentences: Sequence[str], chosen: Iterable[int]) -> str:
    """Return the chosen sentences in document order, as the checker shows them."""
    return " ".join(sentences[at] for at in sorted(set(chosen)))
