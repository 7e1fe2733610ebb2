"""A briefing after its review: what was rejected is out, what was edited is in if it passes the checks.

A decision never vouches for a claim: an edit goes through the checks of `make`, accepting a claim changes nothing but
that it is called reviewed, and a stale decision is listed and applied to nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.decisions import Standing
from briefing.edits import Edits
from briefing.errors import ManifestError
from briefing.reread import Reread
from briefing.types import (
    PUBLISHED,
    Action,
    Briefing,
    CheckedClaim,
    ClaimStanding,
    Decision,
    PublishedClaim,
    Review,
    StaleDecision,
    StorySection,
)
from briefing.types import Standing as AcrossOrigins

AGAIN = "run `briefing make` again, or say where a source lies now: --source S2=FILE"


@dataclass(frozen=True, kw_only=True, slots=True)
class SignOff:
    """Who answers for the review, and when it ended."""

    by: str | None
    """None when nobody signs; then whoever decided is named."""
    on: datetime


def require_reviewable(briefing: Briefing, path: Path) -> None:
    """Raise ManifestError for a briefing that was published after a review: its claims are not the drafted ones."""
    if briefing.review:
        message = "this briefing was published after a review"
        raise ManifestError(str(path), message, hint="name the briefing.json that was reviewed")


def require_whole(read: Reread) -> None:
    """Raise ManifestError unless every source is there as it was, and every span reads as the manifest says."""
    for problem in (*read.verification.unreadable, *read.verification.disagreements):
        raise ManifestError(f"{read.path}: {problem.where}", problem.message, hint=AGAIN)


def publish(read: Reread, held: Mapping[str, Standing], edits: Edits, sign_off: SignOff) -> Briefing:
    """Return the briefing with what holds for its claims applied. Raises ManifestError as the two above."""
    require_reviewable(read.briefing, read.path)
    require_whole(read)
    draft = read.briefing
    current = {claim: standing.decision for claim, standing in held.items() if standing.stale is None}
    outcome = {c.id: _decided(c, current.get(c.id), edits) for c in _all(draft)}
    published = _published(draft, outcome, edits)
    shown = {claim.checked.id for claim in published}
    return replace(
        draft,
        claims=published,
        withheld=tuple(outcome[c.id] for c in _all(draft) if c.id not in shown),
        sections=tuple(_section(section, published) for section in draft.sections),
        not_covered=edits.not_covered(published),
        review=_review(draft, current, held, sign_off),
    )


def _all(draft: Briefing) -> list[CheckedClaim]:
    return [*(claim.checked for claim in draft.claims), *draft.withheld]


def _decided(claim: CheckedClaim, decision: Decision | None, edits: Edits) -> CheckedClaim:
    """Return the claim with its decision; an edit is checked as it would be in a draft."""
    if decision is None or decision.action is not Action.EDIT or decision.text is None:
        return replace(claim, decision=decision)
    return replace(edits.check(claim, decision.text), decision=replace(decision, was=claim.text))


def _is_published(claim: CheckedClaim) -> bool:
    return claim.verdict in PUBLISHED and (claim.decision is None or claim.decision.action is not Action.REJECT)


def _published(draft: Briefing, outcome: Mapping[str, CheckedClaim], edits: Edits) -> tuple[PublishedClaim, ...]:
    """Join what is published with its standing: that of the draft, and for edits a new one."""
    shown = [outcome[claim.id] for claim in _all(draft) if _is_published(outcome[claim.id])]
    edited = {claim.id for claim in shown if claim.decision and claim.decision.action is Action.EDIT}
    standings = {claim.checked.id: claim.standing for claim in draft.claims}
    if edited:
        again = edits.standings(shown)
        standings |= {i: _with_disputes(again[i], standings.get(i), outcome[i], draft) for i in edited}
    return tuple(PublishedClaim(checked=claim, standing=standings[claim.id]) for claim in shown)


def _with_disputes(
    now: ClaimStanding, before: ClaimStanding | None, claim: CheckedClaim, draft: Briefing
) -> ClaimStanding:
    """Keep the disputes of the draft that an edit still touches, also those that only a model had proposed.

    The rules find in the same sources what they found before, so there is none that the draft lacks.
    """
    cited = {(e.source, e.start, e.end) for e in claim.evidence}
    touched = {
        dispute.id
        for dispute in draft.disputes
        if dispute.proposed_by and any((e.source, e.start, e.end) in cited for v in dispute.values for e in v.evidence)
    }
    kept = [dispute for dispute in (before.disputes if before else ()) if dispute in touched]
    disputes = tuple(dict.fromkeys([*now.disputes, *kept]))
    if disputes:
        return replace(now, standing=AcrossOrigins.DISPUTED, disputes=disputes)
    told_by_many = now.origins > 1
    return replace(
        now, standing=AcrossOrigins.CORROBORATED if told_by_many else AcrossOrigins.SINGLE_SOURCE, disputes=()
    )


def _section(section: StorySection, published: Iterable[PublishedClaim]) -> StorySection:
    own = [claim.checked.id for claim in published if claim.checked.story == section.story.id]
    lead = tuple(claim for claim in section.lead if claim in own)
    return replace(section, lead=lead, claims=tuple(claim for claim in own if claim not in lead))


def _review(
    draft: Briefing, current: Mapping[str, Decision], held: Mapping[str, Standing], sign_off: SignOff
) -> Review:
    deciding = {claim: d for claim, d in current.items() if d.action is not Action.COMMENT}
    count = Counter(decision.action for decision in deciding.values())
    decided_by = tuple(dict.fromkeys(d.who for d in sorted(deciding.values(), key=lambda d: d.when)))
    return Review(
        by=(sign_off.by,) if sign_off.by else decided_by,
        on=sign_off.on,
        signed_off=sign_off.by is not None,
        accepted=count[Action.ACCEPT],
        edited=count[Action.EDIT],
        rejected=count[Action.REJECT],
        undecided=sum(claim.checked.id not in deciding for claim in draft.claims),
        stale=tuple(
            StaleDecision(claim=claim, decision=standing.decision, because=standing.stale)
            for claim, standing in held.items()
            if standing.stale
        ),
    )
