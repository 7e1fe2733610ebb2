"""What was drafted and is not published, and what reviewers decided."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from briefing.render.words import day
from briefing.types import Action, Briefing, CheckedClaim, Finding, Review


def is_rejected(claim: CheckedClaim) -> bool:
    return claim.decision is not None and claim.decision.action is Action.REJECT


def rejected_of(claim: CheckedClaim) -> dict[str, str]:
    decision = claim.decision
    return {
        "text": claim.text,
        "who": decision.who if decision else "",
        "reason": (decision and decision.comment) or "no reason given",
    }


def review_of(review: Review) -> dict[str, Any]:
    counts = {
        "accepted": review.accepted,
        "edited": review.edited,
        "rejected": review.rejected,
        "undecided": review.undecided,
    }
    return {
        "by": review.by,
        "signed_off": review.signed_off,
        "on": day(review.on),
        "counts": [f"{count:,} {done}" for done, count in counts.items()],
        "stale": [
            {"claim": s.claim, "action": s.decision.action.value, "who": s.decision.who, "because": s.because}
            for s in review.stale
        ],
    }


def corrected_in(briefing: Briefing) -> frozenset[str]:
    """Return the ids of withheld claims of which a correction is published."""
    corrects = {claim.id: claim.corrects for claim in (*briefing.withheld, *(c.checked for c in briefing.claims))}
    found: set[str] = set()
    for claim in briefing.claims:
        corrected = claim.checked.corrects
        while corrected:
            found.add(corrected)
            corrected = corrects.get(corrected)
    return frozenset(found)


def withheld_of(claim: CheckedClaim, corrected: Collection[str]) -> dict[str, Any]:
    return {
        "text": claim.text,
        "verdict": claim.verdict.value,
        "why": [_why(f, claim.text) for f in claim.findings],
        "corrected": claim.id in corrected,
        "edited_by": claim.decision.who if claim.decision and claim.decision.action is Action.EDIT else "",
    }


def _why(finding: Finding, text: str) -> str:
    words = text[finding.start : finding.end]
    return f"{finding.kind.value} “{words}”: {finding.detail}" if words and words != text else finding.detail
