"""Builders of made-up manifests: as much of one as the review page reads, about one source."""

from __future__ import annotations

from typing import Any


def source_values(text: str, location: str = "a.txt", **more: Any) -> dict[str, Any]:
    """The source S1, one body block."""
    blocks = [{"role": "body", "start": 0, "end": len(text)}]
    known: dict[str, Any] = dict.fromkeys(
        ("title", "publisher", "author", "published", "updated", "address", "language")
    )
    empty: dict[str, Any] = {"relayed": [], "notices": [], "warnings": [], "relays": []}
    return known | empty | {"id": "S1", "location": location, "story": "T1", "origin": "S1", "blocks": blocks} | more


def claim_values(number: int, text: str, span: tuple[int, int], **more: Any) -> dict[str, Any]:
    """A claim that is word for word this span of S1."""
    start, end = span
    evidence = {"source": "S1", "start": start, "end": end, "text": text[start:end], "match": "exact"}
    answers = dict.fromkeys(("located", "consistent", "entailed"), "pass")
    return {
        "id": f"C{number}",
        "story": "T1",
        "text": text[start:end],
        "verdict": "supported",
        "standing": "single_source",
        "origins": 1,
        "score": None,
        "answers": answers,
        "decided_by": "verbatim",
        "evidence": [evidence],
        "corroboration": [],
        "disputes": [],
        "findings": [],
    } | more


def briefing_values(source: dict[str, Any], claims: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A manifest of one source and one story."""
    lists: dict[str, Any] = {
        key: [] for key in ("disputes", "withheld", "not_covered", "not_shown", "refused", "unread")
    }
    return (
        {
            "title": "A made-up day",
            "as_of": "2031-03-06T00:00:00Z",
            "drafter": "extractive",
            "sources": [source],
            "stories": [{"id": "T1", "title": "One story", "sources": ["S1"], "origins": 1, "lead": []}],
            "claims": claims,
            "usage": {"calls": 0},
            "provenance": {"version": "0", "checker": {"misjudged": []}},
        }
        | lists
        | more
    )
