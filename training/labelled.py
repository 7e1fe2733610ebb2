"""Training pairs from claims that people labelled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from briefing.sentences import spans
from training.corpus import Labelled, read_pairs, sentences_of
from training.pairs import CONTRADICTION, ENTAILED, NEUTRAL, NOT_ENTAILED, Pair, pick, shown

_NLI = {"entailment": ENTAILED, "neutral": NEUTRAL, "contradiction": CONTRADICTION}
_WEIGHTS = {"xsumfaith_dev": 0.5}
_SHORTEST = 4
_WORD = re.compile(r"\w+")


def from_pairs(data: Path) -> Iterator[Pair]:
    """Yield the pairs of sentences that were labelled as such."""
    for premise, hypothesis, label in read_pairs(data):
        yield Pair(a=" ".join(premise.split()), b=" ".join(hypothesis.split()), y=_NLI[label], kind="mnli")


def from_claims(claims: Iterable[Labelled]) -> Iterator[Pair]:
    """Yield one pair for each sentence of a claim whose label is known for that sentence.

    A supported claim has only supported sentences. Of an unsupported one, the marked sentences are not entailed and
    the unmarked ones are. Without marks, those are that stand in a supported claim about the same document, or word
    for word in the document itself; where only one is left, it is the wrong one.
    """
    claims = tuple(claims)
    told = _told(claims)
    seen: set[tuple[str, str]] = set()
    for claim in claims:
        sentences = _sentences(claim.document)
        for text, supported in _parts(claim, told[claim.cluster]):
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


def _told(claims: Iterable[Labelled]) -> Mapping[str, set[str]]:
    """Return, by cluster of documents, the words of every sentence known to be supported."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        told[claim.cluster].update(map(_words, _sentences(claim.document)))
        if claim.supported:
            told[claim.cluster].update(map(_words, _split(claim.claim)))
    return told


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in _spans(text)]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a claim stand; in some files each has a line of its own, without a full stop."""
    at = 0
    for line in text.splitlines(keepends=True):
        yield from ((at + start, at + end) for start, end in spans(line, "en"))
        at += len(line)


def _parts(claim: Labelled, told: Container[str]) -> Iterator[tuple[str, bool]]:
    if claim.supported:
        yield from ((text, True) for text in _split(claim.claim))
    elif claim.spans:
        for start, end in _spans(claim.claim):
            yield claim.claim[start:end], not any(s < end and e > start for s, e in claim.spans)
    else:
        left = [text for text in _split(claim.claim) if _words(text) not in told]
        if len(left) == 1:
            yield left[0], False
