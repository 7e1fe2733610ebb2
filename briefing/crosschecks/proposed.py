"""Disputes between sentences that a model has put side by side: believed only where the values themselves differ.

Pure. The rules find disputes by themselves where two sentences are plainly about one thing. A model may say of other
pairs that they are; it says no more than that. Whether their figures, dates or statements are at odds, what is no
conflict, and what kind of disagreement it is, is decided as for all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefing.crosschecks.dates import date_disputes
from briefing.crosschecks.polarity import polarity_disputes
from briefing.crosschecks.quantities import ALIGNED, quantity_disputes
from briefing.types import Dispute, Document, ProposedPair, Relay, Sentence

# The model vouches that the two are about one thing, so that a word or two in common is enough; set by hand.
_LEAST_SHARED = 0.1


def proposed_disputes(
    pairs: Iterable[ProposedPair],
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    relays: Sequence[Relay],
    known: Sequence[Dispute],
) -> tuple[Dispute, ...]:
    """Return the disputes of one story that hold between proposed pairs of its sentences and are not `known`.

    `documents` are those of the story that are compared, `sentences` their citable sentences. A pair within one source
    or with a sentence of none of them yields nothing.
    """
    by_id = {sentence.id: sentence for sentence in sentences}
    of = {document.id: document for document in documents}
    found: list[Dispute] = []
    for pair in pairs:
        own = [by_id[id_] for id_ in (pair.first, pair.second) if id_ in by_id]
        if len({sentence.source for sentence in own}) == 2:
            for dispute in _between(own, of, sentences, relays):
                if not any(is_told(dispute, other) for other in (*known, *found)):
                    found.append(replace(dispute, proposed_by=pair.by))
    return tuple(found)


def _between(
    pair: Sequence[Sentence], of: Mapping[str, Document], sentences: Sequence[Sentence], relays: Sequence[Relay]
) -> Iterator[Dispute]:
    """Yield what the two sentences disagree about; all else that their sources say may reconcile them."""
    documents = [of[sentence.source] for sentence in pair]
    told = [s for s in sentences if s.source in {document.id for document in documents}]
    between = [sentence.id for sentence in pair]
    yield from quantity_disputes(documents, told, relays, ALIGNED, between=between)
    yield from date_disputes(documents, told, least_shared=_LEAST_SHARED, between=between)
    yield from polarity_disputes(documents, pair, least_shared=_LEAST_SHARED)


def is_told(dispute: Dispute, other: Dispute) -> bool:
    """Whether another dispute of the kind already has a span of each of its sides."""
    return dispute.kind is other.kind and all(
        any(_overlap(dispute, side, other, at) for at in range(len(other.values)))
        for side in range(len(dispute.values))
    )


def _overlap(dispute: Dispute, side: int, other: Dispute, at: int) -> bool:
    return any(
        a.source == b.source and a.start < b.end and b.start < a.end
        for a in dispute.values[side].evidence
        for b in other.values[at].evidence
    )
