"""What became of a delivery, and the key that a receiver knows it by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from briefing.plan import Plan

_LONGEST = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """Sent, or not and why."""

    sent: bool
    detail: str
    """In one line of printable characters, without a secret: `3 recipients at smtp.example.org`."""
    retryable: bool = False
    """Whether sending the same again later may help."""


def sent(detail: str) -> Outcome:
    """It was taken."""
    return Outcome(sent=True, detail=one_line(detail))


def failed(detail: str, *, retryable: bool) -> Outcome:
    """It was not taken, as far as is known."""
    return Outcome(sent=False, detail=one_line(detail), retryable=retryable)


def one_line(text: str) -> str:
    """Print what a server said in one short line that a terminal can show.

    >>> one_line("no\\r\\nsuch \\x1b[31m user")
    'no such [31m user'
    """
    shown = "".join(ch if ch.isprintable() else " " for ch in text)
    short = " ".join(shown.split())
    return short if len(short) <= _LONGEST else short[: _LONGEST - 1] + "…"


def key_of(plan: Plan, day: date) -> str:
    """Return what the brief of a day is known by to whoever receives it; the same for every attempt.

    >>> from pathlib import Path
    >>> key_of(Plan(path=Path("/desk/briefing.toml"), title="Ferry desk"), date(2031, 3, 6))
    'briefing-2031-03-06-2faa5c7cbe7c3bd4'
    """
    plan_known_by = hashlib.sha256(f"{plan.path}\n{plan.title}".encode()).hexdigest()
    return f"briefing-{day}-{plan_known_by[:16]}"
