"""Put the checked pieces in order: what is published, what is withheld, what was left out.

Decides nothing about truth and writes no prose; `render` prints what is here and nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.types import (
    PUBLISHED,
    Briefing,
    CheckedClaim,
    Crosscheck,
    Document,
    Draft,
    Provenance,
    PublishedClaim,
    Sentence,
    Span,
    Stories,
    StorySection,
    Unread,
)
from briefing.values import read_names, read_quantities, read_quotations


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """Everything the earlier stages made."""

    documents: tuple[Document, ...]
    sentences: tuple[Sentence, ...]
    stories: Stories
    draft: Draft
    checked: tuple[CheckedClaim, ...]
    crosscheck: Crosscheck
    unread: tuple[Unread, ...]


def assemble(material: Material, *, title: str | None, as_of: datetime, provenance: Provenance) -> Briefing:
    """Make the briefing. Without a `title` it takes that of its only story, or the date when there are several."""
    published = publish(material)
    stories = material.stories
    return Briefing(
        title=title or _title(stories, as_of),
        as_of=as_of,
        drafter=material.draft.drafter,
        documents=material.documents,
        stories=stories,
        sections=_sections(material, published),
        claims=published,
        disputes=material.crosscheck.disputes,
        withheld=tuple(c for c in material.checked if c.verdict not in PUBLISHED),
        not_covered=not_covered(material.sentences, published),
        not_shown=_spans_of(material.draft.not_shown, material.sentences),
        unread=material.unread,
        refused=material.draft.refused,
        usage=material.draft.usage,
        provenance=provenance,
    )


def _title(stories: Stories, as_of: datetime) -> str:
    if len(stories.stories) == 1:
        return stories.stories[0].title
    return f"Briefing, {as_of.day} {as_of:%B %Y}"


def publish(material: Material) -> tuple[PublishedClaim, ...]:
    """Join each claim that may be printed with its standing, in the order of the draft."""
    standings = {standing.claim: standing for standing in material.crosscheck.standings}
    return tuple(
        PublishedClaim(checked=claim, standing=standings[claim.id])
        for claim in material.checked
        if claim.verdict in PUBLISHED
    )


def not_covered(sentences: Iterable[Sentence], published: Iterable[PublishedClaim]) -> tuple[Span, ...]:
    """Return the citable sentences that say something checkable and that no published claim reflects."""
    shown: dict[str, list[tuple[int, int]]] = {}
    for claim in published:
        for evidence in (*claim.checked.evidence, *claim.standing.corroboration):
            shown.setdefault(evidence.source, []).append((evidence.start, evidence.end))
    merged = {source: _merge(spans) for source, spans in shown.items()}
    return tuple(
        Span(source=s.source, start=s.start, end=s.end)
        for s in sentences
        if not _touches(s, merged.get(s.source, [])) and _is_checkable(s.text)
    )


def _is_checkable(text: str) -> bool:
    return bool(read_quantities(text) or read_names(text) or read_quotations(text))


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _touches(sentence: Sentence, spans: list[tuple[int, int]]) -> bool:
    """Say whether any of the sorted, disjoint spans overlaps the sentence."""
    before = bisect_right(spans, (sentence.end - 1, sentence.end)) - 1
    return any(start < sentence.end and end > sentence.start for start, end in spans[max(before, 0) : before + 2])


def _sections(material: Material, published: Sequence[PublishedClaim]) -> tuple[StorySection, ...]:
    origin_of = dict(material.stories.origins)
    leads = dict(material.draft.leads)
    claims = _ids_by_story((claim.checked.story, claim.checked.id) for claim in published)
    disputes = _ids_by_story((dispute.story, dispute.id) for dispute in material.crosscheck.disputes)
    sections = []
    for story in material.stories.stories:
        own = claims.get(story.id, [])
        lead = tuple(claim for claim in leads.get(story.id, ()) if claim in own)
        sections.append(
            StorySection(
                story=story,
                lead=lead,
                claims=tuple(claim for claim in own if claim not in lead),
                disputes=tuple(disputes.get(story.id, ())),
                origins=len({origin_of[source] for source in story.sources}),
            )
        )
    return tuple(sections)


def _ids_by_story(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    by_story: dict[str, list[str]] = {}
    for story, identifier in pairs:
        by_story.setdefault(story, []).append(identifier)
    return by_story


def _spans_of(ids: Iterable[str], sentences: Iterable[Sentence]) -> tuple[Span, ...]:
    by_id: Mapping[str, Sentence] = {sentence.id: sentence for sentence in sentences}
    return tuple(Span(source=s.source, start=s.start, end=s.end) for s in map(by_id.__getitem__, ids))
