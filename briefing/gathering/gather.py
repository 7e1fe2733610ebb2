"""All places of a plan, several at once; what they give is kept in the order of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from briefing.fetch import Fetcher
from briefing.gathering.batches import keep, never_read
from briefing.gathering.crew import Crew
from briefing.gathering.places import Kind, Place, batches
from briefing.gathering.values import Gathered, Pace, Remembers
from briefing.gathering.work import Work
from briefing.plan.model import Plan
from briefing.render import show_controls
from briefing.sources import ReadLimits
from briefing.types import Unread

Report = Callable[[str, str], None]


def gather(
    plan: Plan,
    memory: Remembers,
    fetcher: Fetcher,
    *,
    now: datetime,
    limits: ReadLimits,
    report: Report = lambda _stage, _detail: None,
    pace: Pace | None = None,
) -> Gathered:
    """Read what is new at the places of a plan, and keep it under the day that `now` belongs to.

    A fetcher with `KnownPages` of the same memory asks whether feeds and pages have changed, and costs no more where
    they have not. Whatever a place does, the others are read; raises StoreError when the memory fails. May be killed
    and run again at any time.
    """
    work = Work.of(plan, memory, fetcher, now=now, limits=limits, pace=pace or Pace())
    places = _places(plan)
    counts = Counter[str]()
    lines: list[tuple[Place, Unread]] = []
    withdrawn: list[str] = []
    crew = Crew(
        places,
        partial(batches, work=work),
        hands=work.pace.places,
        weight=lambda batch: batch.size,
        room=work.pace.waiting_bytes,
        ended=work.ended,
    )
    with crew:
        for place, batch in ((place, batch) for place, outcomes in crew.outcomes() for batch in outcomes):
            kept = keep(batch, memory, work.day, place.written)
            counts.update(new=kept.new, changed=kept.changed, known=kept.known)
            lines += [(place, line) for line in batch.unread]
            withdrawn += batch.withdrawn
    unread = _unread(places, lines, never_read(memory, work.day, (place.written for place in places)))
    found = Gathered(
        new=counts["new"],
        changed=counts["changed"],
        known=counts["known"],
        unread=unread,
        withdrawn=tuple(dict.fromkeys(withdrawn)),
    )
    counted = f"{found.new:,} new, {found.changed:,} changed, {found.known:,} known"
    report("gathering", f"{counted}; {len(unread):,} places not read whole")
    return found


def _unread(
    places: Iterable[Place], lines: Sequence[tuple[Place, Unread]], before: Mapping[str, Sequence[Unread]]
) -> tuple[Unread, ...]:
    """Return one line for each location: what its day has of it, then what this run met."""
    by_location: dict[str, list[Unread]] = {}
    for place in places:
        met = [line for where, line in lines if where == place]
        for line in map(_shown, (*before.get(place.written, ()), *met)):
            by_location.setdefault(line.location, []).append(line)
    return tuple(
        Unread(location=location, error="; ".join(dict.fromkeys(line.error for line in found)), hint=found[0].hint)
        for location, found in by_location.items()
    )


def _shown(line: Unread) -> Unread:
    """Make visible what feeds wrote to steer a terminal: these lines go into logs."""
    return Unread(location=show_controls(line.location), error=show_controls(line.error), hint=show_controls(line.hint))


def _places(plan: Plan) -> tuple[Place, ...]:
    """Return each place once."""
    listed = ((Kind.FEED, plan.feeds), (Kind.PAGE, plan.pages), (Kind.FOLDER, plan.folders))
    return tuple(dict.fromkeys(Place(kind, written) for kind, places in listed for written in places))
