"""What the memory tells of itself: how much it holds, what was sent, which runs there were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

#: The kinds of rows, in the order in which they are exported; everything that a row refers to stands before it.
TABLES = ("items", "texts", "bodies", "articles", "editions", "validators", "deliveries", "runs")


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How much there is, was carried, or was removed."""

    rows: Mapping[str, int]
    """Kind of row → how many; kinds as in `TABLES`."""
    text_bytes: int = 0
    """Of the texts of articles, in UTF-8, each text once, before compression."""
    store_bytes: int = 0
    """What all of it takes up on the disk."""
    days: tuple[date, date] | None = None
    """The first and the last day of its articles; None when there are none."""


class Sending(StrEnum):
    """How a delivery stands."""

    BEGUN = "begun"
    """It was being sent. When the run that sent it is gone, nobody knows whether it arrived."""
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One day's brief on its way to one place."""

    day: date
    channel: str
    """Such as `mail` or `webhook`."""
    state: Sending
    at: datetime
    """When it came to stand so, in UTC."""
    tries: int
    detail: str = ""
    """What the other side said, or why it failed."""


class RunState(StrEnum):
    """How a run of `briefing daily` stands."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """By Ctrl-C."""
    KILLED = "killed"
    """It never said how it ended, and its process is gone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DailyRun:
    """One run of `briefing daily`. Times are in UTC."""

    number: int
    day: date
    """The day it briefed."""
    started: datetime
    finished: datetime | None
    status: str
    """As it said itself when it ended; else one of `RunState`."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """The run that has a memory for itself."""

    pid: int
    host: str
    since: datetime
