"""The table of sources, and what a model was paid for."""

from __future__ import annotations

from collections import Counter
from typing import Any

from briefing.prices import dollars
from briefing.render.words import day, long_day, plural
from briefing.types import CITABLE, Briefing, Document


def usage_of(briefing: Briefing) -> str:
    """Say what the model was asked, and what that cost; nothing when none was asked."""
    usage = briefing.usage
    if not usage.calls and not usage.unreported:
        return ""
    cached = f" ({usage.cached_tokens:,} of them cached)" if usage.cached_tokens else ""
    lost = f", {plural(usage.unreported, 'more answer')} lost on the way, perhaps charged" if usage.unreported else ""
    price = "price not known" if usage.cost_usd is None else dollars(usage.cost_usd)
    return (
        f"{briefing.drafter.removeprefix('model:')} in {plural(usage.calls, 'call')}{lost}: "
        f"{usage.prompt_tokens:,} tokens of prompt{cached} and {usage.completion_tokens:,} of reply, {price}"
    )


def source_of(document: Document, briefing: Briefing) -> dict[str, Any]:
    excluded = Counter(block.role.value for block in document.blocks if block.role not in CITABLE)
    return {
        "id": document.id,
        "title": document.title or "",
        "publisher": document.publisher or "",
        "location": document.location,
        "date": day(document.published),
        "day": _earlier_day(document.id, briefing),
        "origin": _origin(document.id, briefing),
        "notices": list(dict.fromkeys(notice.kind for notice in document.notices)),
        "excluded": [f"{n} {role}" for role, n in sorted(excluded.items(), key=lambda p: (-p[1], p[0]))],
        "warnings": document.warnings,
    }


def _origin(source: str, briefing: Briefing) -> str:
    told = dict.fromkeys(
        f"relays {relay.outlet}" + (f" ({relay.relays})" if relay.relays else "")
        for relay in briefing.stories.relays
        if relay.source == source
    )
    return "; ".join(told) or "its own"


def _earlier_day(source: str, briefing: Briefing) -> str:
    """Say of which day a source is that was read for an earlier brief; nothing for one of today."""
    days = dict(briefing.news.days) if briefing.news else {}
    return long_day(days[source], briefing.as_of.date()) if source in days else ""
