"""Claims in a reviewer's words, held to the checks that `make` holds every claim to.

Documents and sentences are read once; after that a check costs what the claim's own story costs.
"""

from __future__ import annotations

import threading
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from briefing import checks, crosschecks, sentences
from briefing.assemble import not_covered
from briefing.entailment import load
from briefing.reread import Reread
from briefing.types import (
    CheckedClaim,
    Claim,
    ClaimStanding,
    Dispute,
    Evidence,
    PublishedClaim,
    Sentence,
    Span,
    Story,
)


class Edits:
    """Checks edits of the claims of one manifest. Safe to use from many threads, one edit at a time.

    Sources that have changed or are missing bear nothing out.
    """

    def __init__(self, read: Reread, *, entailment: bool) -> None:
        self._meaning = load() if entailment else None
        self._documents = {document.id: document for document in read.documents}
        self._sentences = sentences.split(read.documents)
        self._stories = {story.id: _only(story, self._documents) for story in read.briefing.stories.stories}
        self._whole = replace(
            read.briefing.stories,
            stories=tuple(self._stories.values()),
            relays=tuple(relay for relay in read.briefing.stories.relays if relay.source in self._documents),
        )
        self._disputes = read.briefing.disputes
        self._one_at_a_time = threading.Lock()

    def check(self, claim: CheckedClaim, text: str) -> CheckedClaim:
        """Check `text` in place of the claim: first on the sentences that the claim rests on, then on its story."""
        story = self._stories[claim.story]
        cites = tuple(s.id for s in self._sentences if any(_meet(s, e) for e in claim.evidence))
        asked = Claim(id=claim.id, story=claim.story, text=text, cites=cites)
        documents = [self._documents[source] for source in story.sources]
        own = [sentence for sentence in self._sentences if sentence.source in story.sources]
        with self._one_at_a_time:
            (checked,) = checks.check([asked], documents, own, [story], entailment=self._meaning)
        return replace(checked, corrects=claim.corrects)

    def standings(self, published: Sequence[CheckedClaim]) -> dict[str, ClaimStanding]:
        """Compare published claims with the sources again; disputes are named as the manifest names them."""
        compared = crosschecks.crosscheck(
            published, tuple(self._documents.values()), self._sentences, self._whole, comparison=self._meaning
        )
        named = {dispute.id: self._name(dispute) for dispute in compared.disputes}
        return {
            standing.claim: replace(
                standing, disputes=tuple(name for dispute in standing.disputes if (name := named[dispute]))
            )
            for standing in compared.standings
        }

    def not_covered(self, published: Iterable[PublishedClaim]) -> tuple[Span, ...]:
        """Return what no claim of these reflects."""
        return not_covered(self._sentences, published)

    def _name(self, found: Dispute) -> str | None:
        """Return the id that the manifest has for a dispute: the one about the same spans."""
        spans = _spans(found)
        return next((dispute.id for dispute in self._disputes if _spans(dispute) & spans), None)


def _only(story: Story, documents: Container[str]) -> Story:
    return replace(story, sources=tuple(source for source in story.sources if source in documents))


def _meet(sentence: Sentence, evidence: Evidence) -> bool:
    return sentence.source == evidence.source and sentence.start < evidence.end and sentence.end > evidence.start


def _spans(dispute: Dispute) -> frozenset[tuple[str, int, int]]:
    return frozenset((e.source, e.start, e.end) for value in dispute.values for e in value.evidence)
