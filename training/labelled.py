"""Training pairs from claims that people labelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from briefing.sentences import spans
from training.corpus import Labelled, read_pairs, sentences_of
from training.pairs import CONTRADICTION, ENTAILED, NEUTRAL, NOT_ENTAILED, Pair, pick, shown

_NLI = {"entailment": ENTAILED, "neutral": NEUTRAL, "contradiction": CONTRADICTION}
_WEIGHTS = {"xsumfaith_dev": 0.5}
_SHORTEST = 4


def from_pairs(data: Path) -> Iterator[Pair]:
    """Yield the pairs of sentences that were labelled as such."""
    for premise, hypothesis, label in read_pairs(data):
        yield Pair(a=" ".join(premise.split()), b=" ".join(hypothesis.split()), y=_NLI[label], kind="mnli")


def from_claims(claims: Iterable[Labelled]) -> Iterator[Pair]:
    """Yield one pair for each sentence of a claim whose label is known for that sentence.

    A supported claim has only supported sentences. Of an unsupported one, the marked sentences are not
    entailed and the unmarked ones are; without marks, only a claim of one sentence says which one is wrong.
    """
    seen: set[tuple[str, str]] = set()
    for claim in claims:
        sentences = _sentences(claim.document)
        for text, supported in _parts(claim):
            if len(text.split()) < _SHORTEST or (claim.cluster, text) in seen:
                continue
            seen.add((claim.cluster, text))
            yield Pair(
                a=shown(sentences, pick(text, sentences)),
                b=text,
                y=ENTAILED if supported else NOT_ENTAILED,
                kind=f"labelled {claim.dataset}",
                w=_WEIGHTS.get(claim.dataset, 1.0),
            )


@lru_cache(maxsize=4)
def _sentences(document: str) -> tuple[str, ...]:
    return tuple(sentences_of(document))


def _parts(claim: Labelled) -> Iterator[tuple[str, bool]]:
    parts = [(start, end) for start, end in spans(claim.claim, "en")]
    if not claim.supported and not claim.spans and len(parts) > 1:
        return
    for start, end in parts:
        marked = any(s < end and e > start for s, e in claim.spans)
        yield claim.claim[start:end], claim.supported or (bool(claim.spans) and not marked)
