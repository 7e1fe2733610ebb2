"""What is new about a story that was told before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from briefing.types.checking import Evidence


class ChangeKind(StrEnum):
    """What can be new about a story that was told before. The list is closed."""

    NEW_FACT = "new_fact"
    """A claim that no earlier brief made."""
    CHANGED_VALUE = "changed_value"
    """What was told with one value now has another."""
    CORRECTED = "corrected"
    """A source corrects what we published."""
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_SETTLED = "dispute_settled"
    SOURCE_EDITED = "source_edited"
    """The span that a published claim rests on no longer reads the same."""
    SOURCE_WITHDRAWN = "source_withdrawn"
    """The source of a published claim is no longer there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A value, the day whose brief or articles gave it, and the spans that give it: sources of this briefing."""

    value: str
    day: date
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """A claim of an earlier brief that a change is about."""

    day: date
    folder: str
    claim: str
    """Its id there."""
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that is new, worked out from stored claims and spans, never from yesterday's prose."""

    kind: ChangeKind
    about: str
    """What it is about, in the words of a source or a dispute: `evacuated`, or the claim itself."""
    claims: tuple[str, ...] = ()
    """Ids of today's claims that tell it."""
    before: tuple[Given, ...] = ()
    after: tuple[Given, ...] = ()
    told: Earlier | None = None
    dispute: str | None = None
    """Id of today's dispute, when there is one."""
    note: str = ""
    """One sentence of the program's own, when something has to be said about it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What changed in a story since it was last told."""

    since: date | None
    """The day it was last told; None for a story that was never told before."""
    changes: tuple[Change, ...] = ()
    told_again: int = 0
    """Sentences of today's articles that only repeat what was published before; they are not told again."""
    days: tuple[tuple[str, date], ...] = ()
    """(source id, day it was read for) of the sources of the briefing that come from earlier days."""

    @property
    def quiet(self) -> bool:
        """Whether a story that was told before has nothing new."""
        return self.since is not None and not self.changes
