"""What every place of a run is read with, and how long it may take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from briefing.days import Article
from briefing.fetch import Fetcher
from briefing.gathering.values import Pace, Remembers
from briefing.plan.model import Plan
from briefing.sources import ReadLimits
from briefing.types import Document


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """One run."""

    memory: Remembers
    fetcher: Fetcher
    limits: ReadLimits
    pace: Pace
    folder: Path
    """That of the plan."""
    day: date
    now: datetime
    ended: Event = field(default_factory=Event)
    """Set when nobody waits for the run any more."""

    @classmethod
    def of(
        cls, plan: Plan, memory: Remembers, fetcher: Fetcher, *, now: datetime, limits: ReadLimits, pace: Pace
    ) -> Work:
        """Return the run of a plan at a moment, which has a time zone."""
        return cls(
            memory=memory,
            fetcher=fetcher,
            limits=limits,
            pace=pace,
            folder=plan.path.parent,
            day=plan.day_of(now),
            now=now.astimezone(UTC),
        )

    def article(self, key: str, fingerprint: str, place: str, document: Document) -> Article:
        """Return a version of an article as this run read it."""
        return Article(key=key, fingerprint=fingerprint, day=self.day, arrived=self.now, place=place, document=document)


class Allowance:
    """How long a place may still be waited for; what is done with what it gave is not counted."""

    def __init__(self, work: Work) -> None:
        self._left_s = work.pace.place_s
        self._ended = work.ended

    def is_spent(self) -> bool:
        """Say whether nothing more should be fetched."""
        return self._ended.is_set() or self._left_s <= 0

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Count the time that the block takes."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._left_s -= time.monotonic() - began
