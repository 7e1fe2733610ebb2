"""Runs of `briefing daily` as text and as values: which there were, how they ended, what they read and told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from briefing.memory import DailyRun
from briefing.prices import dollars
from briefing.show.runs import table


def run_list(runs: Sequence[DailyRun]) -> str:
    """Print one line per run, oldest first."""
    rows: list[tuple[str, ...]] = [
        ("run", "day", "started", "took", "status", "new", "unread", "stories", "quiet", "calls", "cost")
    ]
    rows += [
        (
            str(run.number),
            f"{run.day}",
            f"{run.started.astimezone(UTC):%Y-%m-%d %H:%M}",
            _took(run),
            str(run.status),
            *(_figure(run, name) for name in ("new", "unread", "stories", "quiet", "calls")),
            _cost(run),
        )
        for run in runs
    ]
    return table(rows, right={0, 3, 5, 6, 7, 8, 9, 10})


def run_values(run: DailyRun) -> dict[str, Any]:
    """Return what is known of a run, for JSON."""
    return {
        "run": run.number,
        "day": f"{run.day}",
        "started": run.started.isoformat(),
        "finished": run.finished and run.finished.isoformat(),
        "status": str(run.status),
        "settings": dict(run.settings),
        "figures": dict(run.figures),
    }


def _took(run: DailyRun) -> str:
    return f"{(run.finished - run.started).total_seconds():.1f} s" if run.finished else ""


def _figure(run: DailyRun, name: str) -> str:
    value = run.figures.get(name)
    return "" if value is None else f"{value:,}"


def _cost(run: DailyRun) -> str:
    if not run.figures.get("calls"):
        return ""
    cost = run.figures.get("cost_usd")
    return "not known" if cost is None else dollars(cost)
