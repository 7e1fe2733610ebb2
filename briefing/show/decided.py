"""Decisions as values for JSON and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefing.decisions import Entry, Standing, Subject
from briefing.render import show_controls, utc


def standing_values(held: Mapping[str, Standing]) -> list[dict[str, Any]]:
    """Return what holds for each claim as the review page is told it."""
    return [
        {
            "claim": claim,
            "action": standing.decision.action.value,
            "text": standing.decision.text,
            "comment": standing.decision.comment,
            "who": standing.decision.who,
            "when": utc(standing.decision.when),
            "state": "stale" if standing.stale else "current",
            "stale": standing.stale,
        }
        for claim, standing in held.items()
    ]


def history_values(subjects: Mapping[str, Subject], entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return every entry, oldest first, with the claims of a briefing that it is about; none when they are gone."""
    return [
        {
            "claim": ", ".join(claim for claim, subject in subjects.items() if subject == entry.subject) or None,
            "action": entry.action.value,
            "text": entry.text,
            "comment": entry.comment,
            "who": entry.who,
            "when": utc(entry.when),
            "about": entry.claim,
        }
        for entry in entries
    ]


def page(values: Sequence[Mapping[str, Any]]) -> str:
    """Print a line for each, and below it what was written; nothing that steers a terminal gets through.

    >>> said = {"claim": "C1", "action": "reject", "text": None, "comment": "Old.", "who": "ann", "when": "2031"}
    >>> print(page([said]), end="")
    C1  reject  ann  2031
        comment: Old.
    """
    lines = [line for value in values for line in _lines(value)]
    return "".join(show_controls(line) + "\n" for line in lines) or "nothing was decided\n"


def _lines(value: Mapping[str, Any]) -> list[str]:
    stale = f"  stale: {value['stale']}" if value.get("stale") else ""
    lines = [f"{value['claim'] or '-'}  {value['action']}  {value['who']}  {value['when']}{stale}"]
    lines += [
        f"    {name}: {' '.join(value[name].split())}" for name in ("about", "text", "comment") if value.get(name)
    ]
    return lines
