"""Published claims: who tells them, how they stand, and with what reservation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.render.markdown.notes import Notes
from briefing.render.words import display_name, plural, quoted
from briefing.types import (
    Action,
    Answer,
    CheckedClaim,
    ClaimStanding,
    Decision,
    Document,
    PublishedClaim,
    Standing,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Says in a few words what a reviewer did about a claim that is published."""

    with_comments: bool

    def __call__(self, decision: Decision | None) -> str:
        if decision is None:
            return ""
        done = {Action.ACCEPT: "reviewed", Action.EDIT: f"edited by {decision.who}"}.get(decision.action, "")
        said = f"{decision.who}: {quoted(decision.comment)}" if self.with_comments and decision.comment else ""
        return "; ".join(filter(None, (done, said)))


def claim_of(
    claim: PublishedClaim, documents: Mapping[str, Document], notes: Notes, reviewed: Reviewed
) -> dict[str, Any]:
    evidence = (*claim.checked.evidence, *claim.standing.corroboration)
    names = dict.fromkeys(display_name(documents[item.source]) for item in evidence)
    return {
        "text": claim.checked.text,
        "marks": notes.marks(evidence),
        "told_by": list(names),
        "standing": _standing(claim.standing, len(names)),
        "reservation": "; ".join(filter(None, (_reservation(claim.checked), reviewed(claim.checked.decision)))),
    }


def lead_notes(lead: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Say who tells the lead and how it stands, once for claims of which both are the same."""
    notes = []
    for claim in lead:
        told_by = ", ".join(claim["told_by"])
        notes.append({"told_by": told_by, "standing": claim["standing"], "reservation": claim["reservation"]})
    return [note for i, note in enumerate(notes) if note not in notes[:i]]


def _standing(standing: ClaimStanding, tellers: int) -> str:
    if standing.standing is Standing.DISPUTED:
        return f"**disputed**, see {', '.join(standing.disputes)}"
    if standing.standing is Standing.CORROBORATED:
        return plural(standing.origins, "origin")
    return "single source" if tellers == 1 else "one origin"


def _reservation(claim: CheckedClaim) -> str:
    if claim.verdict is not Verdict.PARTLY:
        return ""
    found = [finding.detail for finding in claim.findings]
    if claim.score is not None:
        found.insert(0, f"reworded; the chance that its evidence bears it out is put at {claim.score:.0%}")
    elif claim.answers.entailed is Answer.NOT_CHECKED:
        found.insert(0, "reworded; its figures, dates and names were checked, its meaning was not")
    return "; ".join(found) or "supported in part"
