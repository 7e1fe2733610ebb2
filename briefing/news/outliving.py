"""Disputes that are none when the days are told apart: yesterday's figure and today's, each right on its day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from briefing.news.carrying import Today
from briefing.news.disagreeing import explains
from briefing.types import (
    Assessment,
    Briefing,
    Change,
    ChangeKind,
    ClaimStanding,
    Dispute,
    News,
    Standing,
)

_NOTE = "The values are of different days: what is new says how it changed."
_OVER_DAYS = frozenset({ChangeKind.CHANGED_VALUE, ChangeKind.CORRECTED, ChangeKind.DISPUTE_SETTLED})


def outlived(briefing: Briefing, today: Today, found: News) -> Briefing:
    """Return the briefing in which disputes that its news account for are superseded, and no claim is disputed by them.

    That is so where the news say that the value changed, was corrected or is settled, and today's articles are all on
    one side of it.
    """
    changes = [change for change in found.changes if change.kind in _OVER_DAYS]
    over = {d.id for d in briefing.disputes if _is_outlived(d, changes, today)}
    disputes = (_superseded(dispute) if dispute.id in over else dispute for dispute in briefing.disputes)
    claims = (replace(claim, standing=_without(claim.standing, over)) for claim in briefing.claims)
    return replace(briefing, disputes=tuple(disputes), claims=tuple(claims))


def _superseded(dispute: Dispute) -> Dispute:
    return replace(dispute, assessment=Assessment.SUPERSEDED, note=_NOTE)


def _is_outlived(dispute: Dispute, changes: Collection[Change], today: Today) -> bool:
    now = [value for value in dispute.values if any(e.source in today.fresh for e in value.evidence)]
    is_open = dispute.assessment is Assessment.OPEN and len(now) < 2
    return is_open and any(explains(change, dispute) for change in changes)


def _without(standing: ClaimStanding, over: Collection[str]) -> ClaimStanding:
    left = tuple(dispute for dispute in standing.disputes if dispute not in over)
    if left or not standing.disputes:
        return replace(standing, disputes=left)
    return replace(
        standing, disputes=(), standing=Standing.CORROBORATED if standing.origins > 1 else Standing.SINGLE_SOURCE
    )
