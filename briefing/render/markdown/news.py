"""What a brief that follows others opens with: what changed since the story was last told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.render.changes import Line, changes_of
from briefing.render.markdown.notes import Notes
from briefing.render.words import display_name, long_day
from briefing.types import Briefing, ChangeKind, Document


def news_of(briefing: Briefing, documents: Mapping[str, Document], notes: Notes) -> dict[str, Any] | None:
    """Say what is new; None for a story that was never told before. New facts are the claims that follow."""
    news = briefing.news
    if news is None or news.since is None:
        return None
    names = {source: display_name(document) for source, document in documents.items()}
    changes = [change for change in news.changes if change.kind is not ChangeKind.NEW_FACT]
    today = briefing.as_of.date()
    return {
        "since": long_day(news.since, today),
        "changes": [_line(line, notes) for line in changes_of(changes, names, today)],
        "facts": bool(briefing.claims),
        "quiet": news.quiet,
        "told_again": news.told_again,
    }


def _line(line: Line, notes: Notes) -> dict[str, Any]:
    pieces = [{"text": piece.text, "marks": notes.marks(piece.evidence)} for piece in line.pieces]
    return {"label": line.label, "pieces": pieces, "dispute": line.dispute, "note": line.note}
