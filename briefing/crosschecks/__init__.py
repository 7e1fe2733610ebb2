"""Compare what the sources say: who else tells it, and who tells it otherwise.

Pure. Knows which documents belong together and who relays whom, not how that was found. Rules find what is at odds; the
model that ships may only take away what is about two things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.crosschecks.apart import answering_together
from briefing.crosschecks.consents import consent_disputes
from briefing.crosschecks.dates import date_disputes
from briefing.crosschecks.denials import told_and_denied
from briefing.crosschecks.designations import designation_disputes
from briefing.crosschecks.otherwise import told_otherwise
from briefing.crosschecks.polarity import polarity_disputes
from briefing.crosschecks.proposed import is_told, proposed_disputes
from briefing.crosschecks.quantities import quantity_disputes
from briefing.crosschecks.refutations import refutations
from briefing.crosschecks.speakers import attribution_disputes
from briefing.crosschecks.standings import standings
from briefing.crosschecks.titles import title_disputes
from briefing.entailment import Comparison
from briefing.types import (
    COMPARED_LANGUAGES,
    CheckedClaim,
    Crosscheck,
    Dispute,
    Document,
    ProposedPair,
    Sentence,
    Stories,
    Story,
)

__all__ = ["crosscheck"]


def crosscheck(
    published: Sequence[CheckedClaim],
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    stories: Stories,
    proposed: Sequence[ProposedPair] = (),
    *,
    comparison: Comparison | None = None,
) -> Crosscheck:
    """Find the disputes of every story, then how each published claim stands among its sources.

    Disputes are numbered `D1`, `D2`, … in the order of the stories. Dates and polarity are compared between clauses in
    nearly the same words, speakers between quotations alike; a report that another source calls false is found in
    other words too, and with a `comparison` figures, dates and denials are. `proposed` are pairs of sentences that a
    model has put side by side; they are believed only where the same comparisons bear them out. Without a `comparison`
    all that the rules find stands.
    """
    by_id = {document.id: document for document in documents}
    told: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        told.setdefault(sentence.source, []).append(sentence)
    disputes: list[Dispute] = []
    for story in stories.stories:
        for dispute in _disputes(story, by_id, told, stories, proposed, comparison):
            disputes.append(replace(dispute, id=f"D{len(disputes) + 1}", story=story.id))
    return Crosscheck(
        disputes=tuple(disputes),
        standings=standings(published, documents, sentences, stories, disputes),
    )


def _disputes(
    story: Story,
    documents: Mapping[str, Document],
    told: Mapping[str, Sequence[Sentence]],
    stories: Stories,
    proposed: Sequence[ProposedPair],
    comparison: Comparison | None,
) -> tuple[Dispute, ...]:
    if len(story.sources) < 2:
        return ()
    # "Die" is no verb in German: a comparison that misreads is worse than none, and the briefing says there was none.
    own = [documents[source] for source in story.sources if documents[source].language in COMPARED_LANGUAGES]
    sentences = [sentence for document in own for sentence in told.get(document.id, ())]
    relays = [relay for relay in stories.relays if relay.source in story.sources]
    refuted = refutations(own, sentences)
    denied = _besides(polarity_disputes(own, sentences), refuted)
    agreed = _besides(consent_disputes(own, sentences), (*refuted, *denied))
    found: tuple[Dispute, ...] = (
        *quantity_disputes(own, sentences, relays),
        *designation_disputes(own, sentences),
        *title_disputes(own, sentences),
        *date_disputes(own, sentences),
        *attribution_disputes(own, sentences),
        *denied,
        *refuted,
        *agreed,
    )
    if comparison:
        found = answering_together(found, sentences, comparison)
        found = (*found, *told_otherwise(own, sentences, relays, found, comparison))
        found = (*found, *_besides(told_and_denied(own, sentences, comparison), found))
    return (*found, *proposed_disputes(proposed, own, sentences, relays, found))


def _besides(disputes: Sequence[Dispute], told: Sequence[Dispute]) -> tuple[Dispute, ...]:
    """Return the disputes that are not told already: a denial is one, however it was found."""
    return tuple(dispute for dispute in disputes if not any(is_told(dispute, other) for other in told))
