"""What gathering is asked within, what it asks of a memory, and what it tells. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from briefing.days import Article, Validator
from briefing.types import Unread


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How much is done at a time, and for how long."""

    places: int = 48
    """Feeds, pages and folders that are worked on at once, most of them waiting for the turn at their host."""
    pages: int = 16
    """Pages of one feed that are fetched ahead, where they are of several hosts."""
    items: int = 1_000
    """New items of one feed that one run reads, the newest; the others are taken note of and never read."""
    place_s: float = 300.0
    """Seconds for one feed and the pages of its items; pages that are left are fetched by the next run."""
    batch_bytes: int = 2_000_000
    """Of sources read; when there are that many they are kept, however much of the feed is left."""
    waiting_bytes: int = 32_000_000
    """Of sources that were read and wait to be kept in the order of the plan."""


class Remembers(Protocol):
    """What is asked of a memory; `memory.Memory` is one. Used from several threads; raises StoreError."""

    def fingerprints(self, keys: Iterable[str]) -> dict[str, str]:
        """Return what was noted last under each of these that is known."""

    def validator(self, address: str) -> Validator | None:
        """Return what to ask by whether an address has changed."""

    def latest(self, keys: Iterable[str], *, upto: date) -> dict[str, Article]:
        """Return the last version of each article that was read on a day or before it."""

    def keep(
        self,
        kept: Sequence[Article],
        *,
        known: Mapping[str, str] | None = None,
        validators: Sequence[Validator] = (),
        bodies: Mapping[str, tuple[bytes, str]] | None = None,
    ) -> None:
        """Keep all of it in one transaction."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """What a run found at the places of its plan."""

    new: int = 0
    """Articles that were never read before."""
    changed: int = 0
    """Articles whose text is another than the last time."""
    known: int = 0
    """Items that were there as before, and whole feeds and pages that were."""
    unread: tuple[Unread, ...] = ()
    """One line for each place that gave not all it has, in the order of the plan."""
    withdrawn: tuple[str, ...] = ()
    """Keys of articles whose server says that they are gone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rechecked:
    """What became of the sources of earlier briefs; keys of articles."""

    unchanged: tuple[str, ...] = ()
    edited: tuple[Article, ...] = ()
    """Their new versions, which are kept."""
    withdrawn: tuple[str, ...] = ()
    """Not there any more: the server says so, or the file is gone."""
    unknown: tuple[str, ...] = ()
    """Nobody could be asked, or what came was no article; nothing is said about these."""
