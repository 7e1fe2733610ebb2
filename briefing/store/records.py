"""What the store tells about runs and their calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from briefing.types import Usage


class Status(StrEnum):
    """How a run stands. Every one that is not `finished` is resumed by the same command."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """By Ctrl-C."""
    KILLED = "killed"
    """It never said how it ended, and its process is gone."""


class Outcome(StrEnum):
    """What became of one call."""

    OPEN = "open"
    """Asked, and no answer was stored: under way, or cut off with its run. It may have been paid for."""
    ANSWERED = "answered"
    UNUSABLE = "unusable"
    """Answered with what is no reply, such as a refusal; kept, for it was paid for."""
    FAILED = "failed"
    """No answer came; the next run asks again."""
    SERVED = "served"
    """Answered from the store, for nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRecord:
    """One run of a command that may ask a model. Times are in UTC."""

    id: int
    started: datetime
    finished: datetime | None
    status: Status
    settings: Mapping[str, Any]
    """Of the command, without any key."""
    error: str | None
    calls: Mapping[Outcome, int] = field(default_factory=dict)
    """How many of each outcome; those with none are left out."""
    usage: Usage = field(default_factory=Usage)
    """What this run paid for: calls served from the store cost it nothing, open ones are not known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CallRecord:
    """One call of a run."""

    key: str
    """Content address of the question."""
    purpose: str
    """Name of the reply's schema, such as `draft_claims`."""
    server: str
    model: str
    asked: datetime
    answered: datetime | None
    outcome: Outcome
    usage: Usage
    """As paid by this run; nothing when served from the store."""
    error: str | None
