"""Which documents belong together, and which merely repeat others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """Documents that tell of the same event."""

    id: str
    title: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Relay:
    """A source that passes on what another outlet reported."""

    source: str
    outlet: str
    """The outlet's name as the relaying text writes it, or the publisher of `relays` when passages are shared."""
    relays: str | None
    """The source of that outlet among those given, or None when it is not among them."""
    start: int
    end: int
    """Where `source` says so, or where the first shared passage stands in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stories:
    """What belongs together, and what merely repeats."""

    stories: tuple[Story, ...]
    relays: tuple[Relay, ...]
    origins: tuple[tuple[str, str], ...]
    """(source id, origin) for every source; two sources with the same origin count once."""
