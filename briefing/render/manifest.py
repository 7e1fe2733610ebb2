"""Print `briefing.json`: every value of the `Briefing` under the keys of the published schema."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from briefing.types import (
    Block,
    Briefing,
    Change,
    CheckedClaim,
    ClaimStanding,
    Decision,
    Dispute,
    Document,
    Evidence,
    Given,
    News,
    PublishedClaim,
    Relay,
    Review,
    Span,
    Stories,
)

SCHEMA = "briefing/1"

# JSON leaves these as they are, and a terminal obeys them.
_UNSAFE_IN_JSON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def manifest(briefing: Briefing) -> str:
    """Print `briefing.json`: indented, keys in the order of the schema, ends with one line break."""
    return to_json(manifest_values(briefing))


def to_json(values: object) -> str:
    """Print JSON that is readable, stable, and safe to show on a terminal."""
    text = json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False)
    return escape_unsafe(text) + "\n"


def escape_unsafe(printed: str) -> str:
    """Escape in printed JSON what a terminal or a browser would obey, such as a character that turns a line around.

    >>> escape_unsafe('"a\u202eb"')
    '"a\\\\u202eb"'
    """
    return _UNSAFE_IN_JSON.sub(_json_escape, printed)


def _json_escape(match: re.Match[str]) -> str:
    return json.dumps(match.group(), ensure_ascii=True)[1:-1]


def manifest_values(briefing: Briefing) -> dict[str, Any]:
    """Return the manifest as plain values, for `json` and for the schema."""
    return {
        "schema": SCHEMA,
        "title": briefing.title,
        "as_of": utc(briefing.as_of),
        "drafter": briefing.drafter,
        "sources": source_values(briefing.documents, briefing.stories),
        "stories": [
            {
                "id": section.story.id,
                "title": section.story.title,
                "sources": list(section.story.sources),
                "origins": section.origins,
                "lead": list(section.lead),
            }
            for section in briefing.sections
        ],
        "claims": [_published_values(claim) for claim in briefing.claims],
        "disputes": dispute_values(briefing.disputes),
        "withheld": [_checked_values(claim) for claim in briefing.withheld],
        "not_covered": [_span_values(span) for span in briefing.not_covered],
        "not_shown": [_span_values(span) for span in briefing.not_shown],
        "refused": [{"story": r.story, "error": r.error, "reply": r.reply} for r in briefing.refused],
        "unread": [{"location": u.location, "error": u.error, "hint": u.hint} for u in briefing.unread],
        "usage": {
            "calls": briefing.usage.calls,
            "prompt_tokens": briefing.usage.prompt_tokens,
            "completion_tokens": briefing.usage.completion_tokens,
            "cached_tokens": briefing.usage.cached_tokens,
            "cost_usd": _nanodollars(briefing.usage.cost_usd),
            "unreported": briefing.usage.unreported,
        },
        "provenance": {
            "version": briefing.provenance.version,
            "prompts": dict(briefing.provenance.prompts),
            "checker": dict(briefing.provenance.checker) | {"misjudged": list(briefing.provenance.misjudged)},
            "model": dict(briefing.provenance.model),
        },
        **({"review": _review_values(briefing.review)} if briefing.review else {}),
        **({"news": news_values(briefing.news)} if briefing.news else {}),
    }


def news_values(news: News) -> dict[str, Any]:
    """Return what is new as it stands in the manifest."""
    return {
        "since": news.since.isoformat() if news.since else None,
        "told_again": news.told_again,
        "days": [[source, day.isoformat()] for source, day in news.days],
        "changes": [_change_values(change) for change in news.changes],
    }


def _change_values(change: Change) -> dict[str, Any]:
    told = change.told
    return {
        "kind": change.kind.value,
        "about": change.about,
        "claims": list(change.claims),
        "before": [_given_values(given) for given in change.before],
        "after": [_given_values(given) for given in change.after],
        "told": asdict(told) | {"day": told.day.isoformat()} if told else None,
        "dispute": change.dispute,
        "note": change.note,
    }


def _given_values(given: Given) -> dict[str, Any]:
    return {"value": given.value, "day": given.day.isoformat(), "evidence": _evidence_values(given.evidence)}


def _review_values(review: Review) -> dict[str, Any]:
    return {
        "by": list(review.by),
        "on": utc(review.on),
        "signed_off": review.signed_off,
        "accepted": review.accepted,
        "edited": review.edited,
        "rejected": review.rejected,
        "undecided": review.undecided,
        "stale": [{"claim": s.claim, "because": s.because} | decision_values(s.decision) for s in review.stale],
    }


def decision_values(decision: Decision) -> dict[str, Any]:
    """Return a decision as it stands in the manifest."""
    return {
        "action": decision.action.value,
        "who": decision.who,
        "when": utc(decision.when),
        "text": decision.text,
        "comment": decision.comment,
        "was": decision.was,
    }


def utc(moment: datetime) -> str:
    """Print a moment in UTC.

    >>> utc(datetime(2031, 3, 6, 9, 30, tzinfo=UTC))
    '2031-03-06T09:30:00Z'
    """
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _nanodollars(cost: float | None) -> float | None:
    # No price list is finer, and sums of floats are not as round as their terms.
    return None if cost is None else round(cost, 9)


def source_values(documents: Sequence[Document], stories: Stories) -> list[dict[str, Any]]:
    """Return how each source was read and what it relays, as plain values for JSON."""
    origin_of = dict(stories.origins)
    story_of = {source: story.id for story in stories.stories for source in story.sources}
    relays: dict[str, list[Relay]] = {}
    for relay in stories.relays:
        relays.setdefault(relay.source, []).append(relay)
    return [
        _document_values(document, relays.get(document.id, []))
        | {"story": story_of[document.id], "origin": origin_of[document.id]}
        for document in documents
    ]


def _document_values(document: Document, relays: Sequence[Relay]) -> dict[str, Any]:
    return {
        "id": document.id,
        "location": document.location,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "media_type": document.media_type,
        "encoding": document.encoding,
        "extractor": document.extractor,
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "published": document.published.isoformat() if document.published else None,
        "published_precision": document.published_precision,
        "updated": document.updated.isoformat() if document.updated else None,
        "updated_precision": document.updated_precision,
        "address": document.address,
        "found_in": dict(document.found_in),
        "language": document.language,
        "relays": sorted({relay.relays for relay in relays if relay.relays}, key=lambda s: (len(s), s)),
        "relayed": [{"outlet": r.outlet, "relays": r.relays, "start": r.start, "end": r.end} for r in relays],
        "notices": [{"kind": n.kind, "start": n.start, "end": n.end} for n in document.notices],
        "blocks": [_block_values(block) for block in document.blocks],
        "shortfall": document.shortfall,
        "left_out": [[at, characters] for at, characters in document.left_out],
        "warnings": list(document.warnings),
    }


def _block_values(block: Block) -> dict[str, Any]:
    values: dict[str, Any] = {"role": block.role.value, "start": block.start, "end": block.end}
    if block.boxes:
        values["boxes"] = [asdict(box) for box in block.boxes]
    return values


def _published_values(claim: PublishedClaim) -> dict[str, Any]:
    return claim_values(claim.checked, claim.standing)


def claim_values(claim: CheckedClaim, standing: ClaimStanding | None) -> dict[str, Any]:
    """Return a claim as it stands in the manifest; without a standing it is one that was not published."""
    values = _checked_values(claim)
    if standing is None:
        return values
    return values | {
        "standing": standing.standing.value,
        "origins": standing.origins,
        "corroboration": _evidence_values(standing.corroboration),
        "disputes": list(standing.disputes),
    }


def _checked_values(claim: CheckedClaim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "story": claim.story,
        "text": claim.text,
        "verdict": claim.verdict.value,
        "standing": None,
        "origins": 0,
        "score": claim.score,
        "answers": {
            "located": claim.answers.located.value,
            "consistent": claim.answers.consistent.value,
            "entailed": claim.answers.entailed.value,
        },
        "decided_by": claim.decided_by,
        "moved_from": list(claim.moved_from),
        "corrects": claim.corrects,
        "wordings": list(claim.wordings),
        "evidence": _evidence_values(claim.evidence),
        "findings": [
            {"kind": f.kind.value, "detail": f.detail, "start": f.start, "end": f.end} for f in claim.findings
        ],
    } | ({"decision": decision_values(claim.decision)} if claim.decision else {})


def _evidence_values(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [
        {"source": e.source, "start": e.start, "end": e.end, "text": e.text, "match": e.match.value} for e in evidence
    ]


def dispute_values(disputes: Sequence[Dispute]) -> list[dict[str, Any]]:
    """Return disputes as they stand in the manifest."""
    return [
        {
            "id": dispute.id,
            "story": dispute.story,
            "about": dispute.about,
            "kind": dispute.kind.value,
            "assessment": dispute.assessment.value,
            "note": dispute.note,
            "proposed_by": dispute.proposed_by,
            "values": [
                {"value": v.value, "sources": list(v.sources), "evidence": _evidence_values(v.evidence)}
                for v in dispute.values
            ],
        }
        for dispute in disputes
    ]


def _span_values(span: Span) -> dict[str, Any]:
    return {"source": span.source, "start": span.start, "end": span.end}
