"""Runs as text: which there were, how they ended, what they asked and what they paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from briefing.prices import dollars
from briefing.render import plural, show_controls
from briefing.store import CallRecord, Outcome, RunRecord, Status
from briefing.types import Usage


def summary(run: RunRecord) -> str:
    """Say in one line what a run asked and paid."""
    counted = [(run.calls.get(outcome, 0), words) for outcome, words in _OUTCOMES.items()]
    parts = [f"{count:,} {words}" for count, words in counted if count] or ["none"]
    return f"run {run.id} {run.status.value}: calls {', '.join(parts)}; {spent(run.usage)}{_next_step(run)}"


_OUTCOMES = {
    Outcome.ANSWERED: "answered",
    Outcome.SERVED: "answered from the store",
    Outcome.UNUSABLE: "answered unusably",
    Outcome.FAILED: "failed",
    Outcome.OPEN: "cut off",
}


def _next_step(run: RunRecord) -> str:
    if run.status is Status.FINISHED:
        return "; the same command asks again for what failed" if run.calls.get(Outcome.FAILED) else ""
    return "" if run.status is Status.RUNNING else "; the same command resumes it"


def spent(usage: Usage) -> str:
    """Say what a usage comes to.

    >>> spent(Usage(calls=1, prompt_tokens=1200, completion_tokens=80, cached_tokens=1000, cost_usd=0.00051))
    '1,200 prompt tokens (1,000 cached), 80 reply tokens, $0.0005'
    >>> spent(Usage(calls=1, prompt_tokens=1200, completion_tokens=80))
    '1,200 prompt tokens, 80 reply tokens, cost not known'
    """
    cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
    lost = f"; {plural(usage.unreported, 'lost answer')} may have been charged too" if usage.unreported else ""
    tokens = f"{usage.prompt_tokens:,} prompt tokens{cached}, {usage.completion_tokens:,} reply tokens"
    return f"{tokens}, {cost(usage)}{lost}"


def progress(usage: Usage) -> str:
    """Say what a run has paid for so far; nothing before its first answer.

    >>> progress(Usage()), progress(Usage(calls=2, prompt_tokens=2400, completion_tokens=160))
    ('', '2 answers, 2,400 prompt tokens, 160 reply tokens, cost not known')
    """
    return f"{plural(usage.calls, 'answer')}, {spent(usage)}" if usage.calls else ""


def cost(usage: Usage) -> str:
    """Say what a usage cost; no call costs nothing, and an unknown price stays unknown.

    >>> cost(Usage()), cost(Usage(calls=1))
    ('$0.00', 'cost not known')
    """
    if not usage.calls:
        return dollars(0)
    return "cost not known" if usage.cost_usd is None else dollars(usage.cost_usd)


def run_list(runs: Sequence[RunRecord]) -> str:
    """Print one line per run, oldest first."""
    rows = [("run", "started", "status", "model", "calls", "stored", "tokens", "cost")]
    for run in runs:
        usage = run.usage
        served = run.calls.get(Outcome.SERVED, 0)
        rows.append(
            (
                str(run.id),
                _when(run.started),
                run.status.value,
                str(run.settings.get("model", "")),
                str(sum(run.calls.values()) - served),
                str(served),
                f"{usage.prompt_tokens + usage.completion_tokens:,}",
                cost(usage),
            )
        )
    return table(rows, right={0, 4, 5, 6})


def run_page(run: RunRecord, calls: Sequence[CallRecord]) -> str:
    """Print everything about one run: settings, how it ended, its calls."""
    lines = [f"run {run.id}", *_facts(run), ""]
    rows: list[tuple[str, ...]] = [("call", "purpose", "outcome", "seconds", "prompt", "cached", "reply", "cost", "")]
    rows += [_call(number, call) for number, call in enumerate(calls, start=1)]
    shown = "".join(show_controls(line) + "\n" for line in lines)
    return shown + (table(rows, right={0, 3, 4, 5, 6}) if calls else "no calls\n")


def _facts(run: RunRecord) -> Iterator[str]:
    yield f"  {'status':<16} {run.status.value}{_next_step(run)}"
    yield f"  {'started':<16} {_when(run.started)}"
    yield f"  {'finished':<16} {_when(run.finished) if run.finished else '–'}"
    if run.error:
        yield f"  {'error':<16} {run.error}"
    for name, value in run.settings.items():
        yield f"  {name:<16} {', '.join(map(str, value)) if isinstance(value, list) else value}"
    yield f"  {'paid':<16} {spent(run.usage)}"


def _call(number: int, call: CallRecord) -> tuple[str, ...]:
    usage = call.usage
    took = f"{(call.answered - call.asked).total_seconds():.1f}" if call.answered else "–"
    return (
        str(number),
        call.purpose,
        call.outcome.value,
        took,
        f"{usage.prompt_tokens:,}",
        f"{usage.cached_tokens:,}",
        f"{usage.completion_tokens:,}",
        cost(usage),
        call.error or "",
    )


def model_list(known: Mapping[str, Mapping[str, Any] | None]) -> str:
    """Print one line per model, with what is remembered of what it can do."""
    rows: list[tuple[str, ...]] = [("model", "replies as", "context", "streaming")]
    for name, found in known.items():
        facts = found or {}
        context = facts.get("context_tokens")
        rows.append(
            (
                name,
                facts.get("reply_format", "–"),
                f"{context:,}" if context else "–",
                {True: "yes", False: "no", None: "–"}[facts.get("streaming")],
            )
        )
    return table(rows, right={2})


def table(rows: Sequence[Sequence[str]], *, right: set[int]) -> str:
    """Align columns, those of numbers to the right.

    >>> print(table([("n", "what"), ("10", "b")], right={0}), end="")
     n  what
    10  b
    """
    safe = [[show_controls(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*safe, strict=True)]
    lines = (
        "  ".join(
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in safe
    )
    return "".join(line.rstrip() + "\n" for line in lines)


def _when(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")


def run_values(run: RunRecord) -> dict[str, Any]:
    """Return a run as plain values for JSON."""
    return {
        "id": run.id,
        "status": run.status.value,
        "started": run.started.isoformat(),
        "finished": run.finished and run.finished.isoformat(),
        "error": run.error,
        "settings": dict(run.settings),
        "calls": {outcome.value: run.calls.get(outcome, 0) for outcome in Outcome},
        "usage": usage_values(run.usage),
    }


def call_values(call: CallRecord) -> dict[str, Any]:
    """Return a call as plain values for JSON."""
    return {
        "key": call.key,
        "purpose": call.purpose,
        "server": call.server,
        "model": call.model,
        "asked": call.asked.isoformat(),
        "answered": call.answered and call.answered.isoformat(),
        "outcome": call.outcome.value,
        "usage": usage_values(call.usage),
        "error": call.error,
    }


def usage_values(usage: Usage) -> dict[str, Any]:
    """Return a usage as in the manifest."""
    return {
        "calls": usage.calls,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cached_tokens": usage.cached_tokens,
        "cost_usd": usage.cost_usd,
        "unreported": usage.unreported,
    }
