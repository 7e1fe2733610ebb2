"""Where sources disagree: one table per question, and what could not be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.render.markdown.notes import Notes
from briefing.render.words import MOST_VALUES, dated_name, legible, noted, words_around
from briefing.types import COMPARED_LANGUAGES, Assessment, Dispute, DisputeKind, Document, StorySection


def dispute_of(dispute: Dispute, documents: Mapping[str, Document], notes: Notes) -> dict[str, Any]:
    assessed = {
        Assessment.LIKELY_SLIP: "likely a slip",
        Assessment.SUPERSEDED: "superseded",
        Assessment.OPEN: "open",
    }
    return {
        "id": dispute.id,
        "about": dispute.about[:1].upper() + dispute.about[1:],
        "assessment": assessed[dispute.assessment],
        "note": noted(dispute.note, dispute.proposed_by),
        "rows": [
            {
                "value": legible(value.value) if dispute.kind is DisputeKind.QUANTITY else value.value,
                "names": [dated_name(documents[s]) for s in value.sources],
                "quote": words_around(value.evidence[0], documents),
                "marks": notes.marks(value.evidence),
            }
            for value in dispute.values[:MOST_VALUES]
        ],
        "more": len(dispute.values[MOST_VALUES:]),
    }


def not_compared(section: StorySection, documents: Mapping[str, Document]) -> list[str]:
    """Name the sources of a story told by several whose figures and titles nobody compared."""
    foreign = [s for s in section.story.sources if documents[s].language not in COMPARED_LANGUAGES]
    return foreign if len(section.story.sources) > 1 else []
