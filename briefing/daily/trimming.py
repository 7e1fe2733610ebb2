"""A brief without what only earlier briefs need: sources that nothing in it rests on, disputes that no article of today
takes part in. A story that is followed for weeks would otherwise carry all of its past along. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from briefing.types import (
    Briefing,
    ClaimStanding,
    Dispute,
    Evidence,
    PublishedClaim,
    Standing,
    Stories,
    StorySection,
)


def trimmed(briefing: Briefing, today: Collection[str]) -> Briefing:
    """Return the brief with the sources `today` and those that something in it rests on, under the ids they had."""
    disputes = tuple(dispute for dispute in briefing.disputes if _sources(dispute) & {*today})
    told = {dispute.id for dispute in disputes}
    claims = tuple(_without(claim, told) for claim in briefing.claims)
    made = replace(briefing, disputes=disputes, claims=claims)
    kept = {*today} | {span.source for span in _spans(made)}
    stories = _stories(made.stories, kept)
    return replace(
        made,
        documents=tuple(document for document in made.documents if document.id in kept),
        stories=stories,
        sections=tuple(_section(section, stories, kept, told) for section in made.sections),
        news=made.news and replace(made.news, days=tuple(pair for pair in made.news.days if pair[0] in kept)),
    )


def _sources(dispute: Dispute) -> set[str]:
    return {source for value in dispute.values for source in value.sources}


def _without(claim: PublishedClaim, told: Collection[str]) -> PublishedClaim:
    """Leave out disputes that are not told; a claim that was in no other stands as its origins have it."""
    standing = claim.standing
    own = tuple(dispute for dispute in standing.disputes if dispute in told)
    if own == standing.disputes:
        return claim
    return replace(claim, standing=replace(standing, disputes=own, standing=_as_it_stands(standing, own)))


def _as_it_stands(standing: ClaimStanding, disputes: Collection[str]) -> Standing:
    if disputes:
        return Standing.DISPUTED
    return Standing.CORROBORATED if standing.origins > 1 else Standing.SINGLE_SOURCE


def _spans(briefing: Briefing) -> Iterator[Evidence]:
    for claim in briefing.claims:
        yield from (*claim.checked.evidence, *claim.standing.corroboration)
    for withheld in briefing.withheld:
        yield from withheld.evidence
    for dispute in briefing.disputes:
        yield from (span for value in dispute.values for span in value.evidence)
    for change in briefing.news.changes if briefing.news else ():
        yield from (span for given in (*change.before, *change.after) for span in given.evidence)


def _stories(stories: Stories, kept: Collection[str]) -> Stories:
    return Stories(
        stories=tuple(replace(s, sources=tuple(one for one in s.sources if one in kept)) for s in stories.stories),
        relays=tuple(
            replace(relay, relays=relay.relays if relay.relays in kept else None)
            for relay in stories.relays
            if relay.source in kept
        ),
        origins=tuple(pair for pair in stories.origins if pair[0] in kept),
    )


def _section(section: StorySection, stories: Stories, kept: Collection[str], told: Collection[str]) -> StorySection:
    sources = tuple(source for source in section.story.sources if source in kept)
    origins = {origin for source, origin in stories.origins if source in sources}
    return replace(
        section,
        story=replace(section.story, sources=sources),
        disputes=tuple(dispute for dispute in section.disputes if dispute in told),
        origins=len(origins),
    )
