"""Count origins, not articles: which other sources tell what a claim tells.

A sentence of another source corroborates a claim when it carries most of the claim's weight in content
terms and nothing in it speaks against the claim by value (figures, dates, names, negation).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.consistency import evidence_of, inconsistencies, passage_of
from briefing.crosschecks.shares import Shares
from briefing.types import (
    CheckedClaim,
    ClaimStanding,
    Dispute,
    Document,
    Evidence,
    FindingKind,
    Sentence,
    Standing,
    Stories,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CorroborationPolicy:
    """When a sentence counts as telling the same. Not fitted: set on the strict side and read on the examples."""

    least_shared: float = 0.5
    """Share of the claim's terms, weighted by rarity in the story, that the sentence must hold."""
    most_per_source: int = 1
    tolerated: frozenset[FindingKind] = frozenset(
        {FindingKind.NAME_ABSENT, FindingKind.ATTRIBUTION_LOST, FindingKind.HEDGE_LOST}
    )
    """Another report may name fewer people and hedge otherwise, and still tell the same."""


def standings(
    published: Iterable[CheckedClaim],
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    stories: Stories,
    disputes: Sequence[Dispute],
    policy: CorroborationPolicy = CorroborationPolicy(),
) -> tuple[ClaimStanding, ...]:
    """Return the standing of every published claim, in order."""
    by_id = {document.id: document for document in documents}
    story_of = {source: story.id for story in stories.stories for source in story.sources}
    by_story: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        by_story[story_of[sentence.source]].append(sentence)
    told = {story: _Told(own, Shares([s.text for s in own])) for story, own in by_story.items()}
    origin_of = dict(stories.origins)
    return tuple(_standing(claim, told[claim.story], origin_of, disputes, by_id, policy) for claim in published)


class _Told(NamedTuple):
    """The sentences of one story, and how much each holds of a text."""

    sentences: Sequence[Sentence]
    shares: Shares


def _standing(
    claim: CheckedClaim,
    told: _Told,
    origin_of: Mapping[str, str],
    disputes: Sequence[Dispute],
    documents: Mapping[str, Document],
    policy: CorroborationPolicy,
) -> ClaimStanding:
    others = _corroboration(claim, told, documents, policy)
    origins = {origin_of[item.source] for item in (*claim.evidence, *others)}
    # Only what the claim itself rests on: a corroborating sentence may hold a disputed value the claim says nothing of.
    touching = tuple(d.id for d in disputes if d.story == claim.story and _touches(d, claim.evidence))
    standing = Standing.CORROBORATED if len(origins) > 1 else Standing.SINGLE_SOURCE
    return ClaimStanding(
        claim=claim.id,
        standing=Standing.DISPUTED if touching else standing,
        origins=len(origins),
        corroboration=others,
        disputes=touching,
    )


def _corroboration(
    claim: CheckedClaim, told: _Told, documents: Mapping[str, Document], policy: CorroborationPolicy
) -> tuple[Evidence, ...]:
    taken = Counter({item.source: policy.most_per_source for item in claim.evidence})
    found = []
    shares = told.shares.holding(claim.text)
    for i in sorted(shares, key=lambda i: (-shares[i], i)):
        if shares[i] < policy.least_shared:
            break
        sentence = told.sentences[i]
        if taken[sentence.source] >= policy.most_per_source:
            continue
        against = inconsistencies(claim.text, [passage_of(sentence, documents[sentence.source])])
        if all(finding.kind in policy.tolerated for finding in against):
            taken[sentence.source] += 1
            found.append(evidence_of(sentence))
    return tuple(sorted(found, key=lambda e: (int(e.source[1:]), e.start)))


def _touches(dispute: Dispute, evidence: Iterable[Evidence]) -> bool:
    given = [item for value in dispute.values for item in value.evidence]
    return any(a.source == b.source and a.start < b.end and b.start < a.end for a in given for b in evidence)
