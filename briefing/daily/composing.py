"""The edition of one day: its articles sorted into stories, linked to what was told, ranked and briefed.

A function of the articles of the day, the editions before it and the plan; the clock is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from briefing.daily.candidates import Candidate, Day, candidates
from briefing.daily.drafting import Drafting
from briefing.daily.folders import folder_of
from briefing.daily.sorting import sort_out
from briefing.daily.telling import Told, prepare, tell
from briefing.days import Article, Edition
from briefing.memory import Memory
from briefing.plan import Plan
from briefing.types import Briefing, Unread, Usage

_NAMED = 50
"""Stories that are not briefed and still named in the index."""
GONE = "gone "
"""Before the key of an article that was found to be withdrawn; also the fingerprint of what is kept of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Composed:
    """An edition, and the briefs of its stories by their folders."""

    edition: Edition
    briefs: Mapping[str, Briefing]
    failures: tuple[str, ...] = ()
    """Why the model drafted nothing of a story, which was then drafted without it."""

    @property
    def usage(self) -> Usage:
        """What the model was asked and paid for them."""
        return sum((briefing.usage for briefing in self.briefs.values()), Usage())


def compose(
    plan: Plan, memory: Memory, day: date, *, drafting: Drafting, now: datetime, unread: Sequence[Unread] = ()
) -> Composed:
    """Make the edition of a day from what the memory holds of it. `now` dates one for which nothing was read."""
    arrived = memory.articles(day)
    as_of = max((article.arrived for article in arrived), default=now).astimezone(UTC)
    made_from = _day(plan, memory, drafting, day, arrived)
    told, others = _told(candidates(made_from), made_from, as_of)
    failures = tuple(f"{one.story.title}: {one.failure}" for one in told if one.failure)
    edition = Edition(
        day=day,
        as_of=as_of,
        title=plan.title,
        stories=tuple(one.story for one in told),
        others=tuple(candidate.title for candidate in others[:_NAMED]),
        read=len(arrived) - len(made_from.gone),
        passed_over=made_from.usable.passed_over,
        unread=tuple(unread),
        # The next run of the day tries again where the model failed: what it answered is not asked for twice.
        made_with="" if failures else drafting.fingerprint(plan),
    )
    return Composed(
        edition=edition,
        briefs={one.story.folder: one.briefing for one in told if one.story.folder},
        failures=failures,
    )


def _day(plan: Plan, memory: Memory, drafting: Drafting, day: date, arrived: Sequence[Article]) -> Day:
    told = memory.editions(since=day - plan.follow, before=day)
    gone = frozenset(article.key.removeprefix(GONE) for article in arrived if article.fingerprint == GONE)
    followed = {key for edition in told for story in edition.stories for _, key, _ in story.sources}
    usable = sort_out([a for a in arrived if a.fingerprint != GONE], plan, followed=followed)
    return Day(date=day, plan=plan, memory=memory, drafting=drafting, usable=usable, gone=gone, told=told)


def _told(found: Sequence[Candidate], day: Day, as_of: datetime) -> tuple[list[Told], list[Candidate]]:
    """Tell stories in their order until there are enough; return them, quiet ones last, and those left untold."""
    told: list[Told] = []
    others: list[Candidate] = []
    for candidate in found:
        enough = sum(not one.quiet for one in told) >= day.plan.stories
        one = None if enough else _tell(candidate, day, as_of)
        if one is None:
            others.append(candidate)
        else:
            told.append(one)
    told.sort(key=lambda one: one.quiet)
    return [*_numbered(told, day.date)], others


def _tell(candidate: Candidate, day: Day, as_of: datetime) -> Told | None:
    prepared = candidate.prepared or prepare(candidate.material, candidate.title, entailment=day.drafting.entailment)
    return tell(prepared, day.plan, day.date, as_of, day.drafting)


def _numbered(told: Sequence[Told], day: date) -> Iterator[Told]:
    """Give each story its rank, its folder, and a thread of its own where it is new."""
    new = 0
    for rank, one in enumerate(told, start=1):
        new += not one.story.thread
        thread = one.story.thread or f"{day}/{new}"
        folder = "" if one.quiet else folder_of(rank, one.story.title)
        yield replace(one, story=replace(one.story, rank=rank, thread=thread, folder=folder))
