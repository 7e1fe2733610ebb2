"""What a run would send, before it does: every prompt in full, then what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.budget import Estimate
from briefing.model import Request
from briefing.render import plural, show_controls


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedCall:
    """One call that a run would begin with."""

    request: Request
    estimate: Estimate
    stored: bool
    """Whether the store has its answer, so that it is not sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All calls that a run would begin with."""

    server: str
    model: str
    calls: tuple[PlannedCall, ...]
    total: Estimate
    """Of the calls that are not stored."""
    repairs: int


def plan_text(plan: Plan) -> str:
    """Print every prompt, each set of instructions once, and at the end what all of it comes to."""
    return "".join(show_controls(line) + "\n" for line in (*_prompts(plan), *_summary(plan)))


def _prompts(plan: Plan) -> Iterator[str]:
    instructions = ""
    for number, call in enumerate(plan.calls, start=1):
        if call.request.system != instructions:
            instructions = call.request.system
            yield f"──── instructions, {call.request.schema_name}"
            yield from instructions.split("\n")
        stored = ", answered in the store" if call.stored else ""
        yield f"──── call {number} of {len(plan.calls)}: {call.estimate}{stored}"
        yield from call.request.user.split("\n")


def _summary(plan: Plan) -> Iterator[str]:
    stored = sum(call.stored for call in plan.calls)
    yield "────"
    yield f"to    {plan.server}, model {plan.model}"
    yield f"new   {plan.total}"
    yield f"kept  {plural(stored, 'call')} answered in the store, for nothing"
    yield f"then  {_later(plan)}"


def _later(plan: Plan) -> str:
    rounds = f"up to {plural(plan.repairs, 'round')} of corrections" if plan.repairs else "no corrections"
    return f"{rounds}, and one call to order each story that takes several: as the replies require"


def plan_values(plan: Plan) -> dict[str, Any]:
    """Return the same as plain values for JSON."""
    return {
        "server": plan.server,
        "model": plan.model,
        "calls": [
            {
                "purpose": call.request.schema_name,
                "system": call.request.system,
                "user": call.request.user,
                "schema": call.request.schema,
                "stored": call.stored,
                **_estimate_values(call.estimate),
            }
            for call in plan.calls
        ],
        "new": {"calls": plan.total.calls, **_estimate_values(plan.total)},
    }


def _estimate_values(estimate: Estimate) -> dict[str, Any]:
    return {
        "prompt_tokens": estimate.prompt.tokens,
        "prompt_tokens_exact": estimate.prompt.exact,
        "reply_tokens_at_most": estimate.reply_tokens,
        "cost_usd_at_most": estimate.cost_usd,
    }
