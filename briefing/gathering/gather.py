"""All places of a plan, several at once; what they give is kept in the order of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from briefing.fetch import Fetcher
from briefing.gathering.batches import keep
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
    day = plan.day_of(now)
    work = Work(
        memory=memory,
        fetcher=fetcher,
        limits=limits,
        pace=pace or Pace(),
        folder=plan.path.parent,
        day=day,
        now=now.astimezone(UTC),
    )
    counts = Counter[str]()
    unread: list[Unread] = []
    withdrawn: list[str] = []
    crew = Crew(
        _places(plan),
        partial(batches, work=work),
        hands=work.pace.places,
        weight=lambda batch: batch.size,
        room=work.pace.waiting_bytes,
        ended=work.ended,
    )
    with crew:
        for batch in (batch for _, outcomes in crew.outcomes() for batch in outcomes):
            kept = keep(batch, memory, day)
            counts.update(new=kept.new, changed=kept.changed, known=kept.known)
            unread += map(_shown, batch.unread)
            withdrawn += batch.withdrawn
    found = Gathered(
        new=counts["new"],
        changed=counts["changed"],
        known=counts["known"],
        unread=tuple(unread),
        withdrawn=tuple(dict.fromkeys(withdrawn)),
    )
    counted = f"{found.new:,} new, {found.changed:,} changed, {found.known:,} known"
    report("gathering", f"{counted}; {len(unread):,} places not read whole")
    return found


def _shown(line: Unread) -> Unread:
    """Make visible what feeds wrote to steer a terminal: these lines go into logs."""
    return Unread(location=show_controls(line.location), error=show_controls(line.error), hint=show_controls(line.hint))


def _places(plan: Plan) -> tuple[Place, ...]:
    """Return each place once."""
    listed = ((Kind.FEED, plan.feeds), (Kind.PAGE, plan.pages), (Kind.FOLDER, plan.folders))
    return tuple(dict.fromkeys(Place(kind, written) for kind, places in listed for written in places))
