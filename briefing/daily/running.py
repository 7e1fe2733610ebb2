"""The run: one at a time on a memory, and safe to be killed anywhere.

What was read is in the memory before it is told; files are whole before the edition is remembered; what is sent is
noted before and after. Whatever was cut off is done by the next run, from what the memory holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from briefing import render
from briefing.daily.composing import GONE, Composed, compose
from briefing.daily.drafting import Drafting
from briefing.daily.outcome import Outcome
from briefing.daily.sending import Channel, Sent, send_due
from briefing.daily.telling import rests_on
from briefing.daily.writing import INDEX, write_day, write_whole
from briefing.days import Article, Edition
from briefing.errors import BriefingError, ConfigError, StoreError
from briefing.fetch import Fetcher
from briefing.gathering import Gathered, gather, recheck
from briefing.memory import Memory, RunState
from briefing.plan import Plan
from briefing.sources import ReadLimits, sha256
from briefing.types import Document, Unread
from briefing.verify import copy_name

FEED = "feed.atom"
_IN_FEED = 14
"""Editions that the feed lists."""

Log = Callable[..., None]
"""Called with the name of an event and its fields."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What every step of a run works with."""

    plan: Plan
    memory: Memory
    drafting: Drafting
    now: datetime
    """With a time zone."""
    limits: ReadLimits = field(default_factory=ReadLimits)
    log: Log = lambda *_, **__: None

    @property
    def day(self) -> date:
        """The day that what is read now belongs to."""
        return self.plan.day_of(self.now)


def run(setting: Setting, fetcher: Fetcher, *, channels: Sequence[Channel] = (), wait: bool = False) -> Outcome:
    """Read what is new, then tell, write, remember and send the day. Raises MemoryBusy where another run is at work."""
    with setting.memory.alone(wait=wait), _recorded(setting) as figures:
        gathered = _gather(setting, fetcher)
        finished = tuple(_finish_days(setting))
        outcome = _today(setting, gathered)
        outcome = replace(outcome, finished=finished, sent=tuple(_send(setting, channels)))
        setting.memory.drop_bodies(except_of=setting.day, keep=())
        figures.update(outcome.figures)
        return outcome


def _today(setting: Setting, gathered: Gathered) -> Outcome:
    """Tell the day, unless it would come out as it was told."""
    folder = setting.plan.output / f"{setting.day}"
    told = setting.memory.edition(setting.day)
    if told and (folder / INDEX).is_file() and _is_same(told, gathered, setting):
        setting.log("unchanged", day=f"{setting.day}")
        _write_feed(setting, setting.day)
        return Outcome(edition=told, folder=folder, gathered=gathered, made=False)
    composed = _tell(setting.day, gathered.unread, setting)
    return Outcome(
        edition=composed.edition,
        folder=folder,
        gathered=gathered,
        made=True,
        failures=composed.failures,
        usage=composed.usage,
    )


def replay(setting: Setting, day: date) -> Outcome:
    """Write a day again from the memory: nothing is fetched, remembered or sent. Raises ConfigError for no such day."""
    memory = setting.memory
    told = memory.edition(day)
    if told is None and day not in memory.arrivals(since=day):
        known = list(memory.arrivals())
        hint = f"there is something from {known[0]} to {known[-1]}" if known else "nothing was read yet"
        raise ConfigError(f"--as-of {day}", "nothing was read for this day", hint=hint)
    composed = compose(
        setting.plan, memory, day, drafting=setting.drafting, now=setting.now, unread=told.unread if told else ()
    )
    folder = setting.plan.output / f"{day}"
    _write(composed, folder, setting)
    return Outcome(edition=composed.edition, folder=folder, gathered=None, made=True, failures=composed.failures)


@contextmanager
def _recorded(setting: Setting) -> Iterator[dict[str, int | float | str | None]]:
    """Record the run and how it ended; what is put into the yielded values is kept with it."""
    figures: dict[str, int | float | str | None] = {}
    memory, drafting = setting.memory, setting.drafting
    number = memory.begin_run(setting.day, {"plan": f"{setting.plan.path}", "model": drafting.model_name})
    status = RunState.FAILED
    try:
        yield figures
        status = RunState.FINISHED
    except KeyboardInterrupt:
        status = RunState.INTERRUPTED
        raise
    except BriefingError as error:
        figures["error"] = f"{type(error).__name__}: {error}"
        raise
    finally:
        with suppress(StoreError):
            memory.end_run(number, status, figures)


def _send(setting: Setting, channels: Sequence[Channel]) -> Iterator[Sent]:
    for sent in send_due(setting.memory, channels, setting.day):
        setting.log("sent" if sent.ok else "not_sent", day=f"{sent.day}", channel=sent.channel, detail=sent.detail)
        yield sent


# Reading
# -------


def _gather(setting: Setting, fetcher: Fetcher) -> Gathered:
    """Read what is new, then look again at what earlier briefs rest on."""
    plan, memory, log = setting.plan, setting.memory, setting.log
    gathered = gather(plan, memory, fetcher, now=setting.now, limits=setting.limits)
    for unread in gathered.unread:
        log("unread", location=unread.location, error=unread.error, hint=unread.hint)
    log("gathered", new=gathered.new, changed=gathered.changed, known=gathered.known, unread=len(gathered.unread))
    cited = _cited(setting)
    again = recheck(plan, memory, fetcher, cited, now=setting.now, limits=setting.limits)
    log("rechecked", sources=len(cited), edited=len(again.edited), withdrawn=len(again.withdrawn))
    _keep_withdrawn(setting, cited, {*gathered.withdrawn, *again.withdrawn})
    return replace(gathered, changed=gathered.changed + len(again.edited))


def _cited(setting: Setting) -> tuple[Article, ...]:
    """Return the articles that claims of stories rest on which may still go on."""
    told = setting.memory.editions(since=setting.day - setting.plan.follow, before=setting.day)
    stories = [(edition.day, story) for edition in told for story in edition.stories]
    return setting.memory.versions(rests_on(stories), upto=setting.day)


def _keep_withdrawn(setting: Setting, cited: Sequence[Article], withdrawn: Collection[str]) -> None:
    """Take note, once, of each article that is not there any more: as an article of its own, without a text."""
    gone = {GONE + article.key: article for article in cited if article.key in withdrawn}
    noted = setting.memory.fingerprints(gone)
    setting.memory.keep(
        [
            replace(
                article,
                key=key,
                fingerprint=GONE,
                day=setting.day,
                arrived=setting.now.astimezone(UTC),
                document=_without_text(article.document),
            )
            for key, article in gone.items()
            if key not in noted
        ]
    )


def _without_text(document: Document) -> Document:
    return Document(
        id=document.id,
        location=document.location,
        sha256=document.sha256,
        text="",
        text_sha256=sha256(b""),
        media_type=document.media_type,
        encoding=document.encoding,
        extractor=document.extractor,
    )


def _is_same(told: Edition, gathered: Gathered, setting: Setting) -> bool:
    """Whether an edition would come out as it was told: no article since, nothing else unread, the same plan."""
    arrived = setting.memory.arrivals(since=told.day).get(told.day, told.as_of)
    same = told.made_with == setting.drafting.fingerprint(setting.plan)
    return same and arrived == told.as_of and told.unread == gathered.unread


# Telling
# -------


def _finish_days(setting: Setting) -> Iterator[date]:
    """Tell the days before this one that were read and not told, because a run of theirs was killed."""
    for day in setting.memory.arrivals(since=setting.day - setting.plan.follow):
        if day < setting.day and setting.memory.edition(day) is None:
            setting.log("finishing", day=f"{day}")
            _tell(day, (), setting)
            yield day


def _tell(day: date, unread: Sequence[Unread], setting: Setting) -> Composed:
    """Compose a day, write its files, then remember it: a run that is killed between writes the same files again."""
    plan, memory = setting.plan, setting.memory
    composed = compose(plan, memory, day, drafting=setting.drafting, now=setting.now, unread=unread)
    _write(composed, plan.output / f"{day}", setting)
    memory.tell(composed.edition)
    _write_feed(setting, day)
    for failure in composed.failures:
        setting.log("model_failed", story=failure)
    told = [story for story in composed.edition.stories if story.folder]
    setting.log("told", day=f"{day}", stories=len(told), quiet=len(composed.edition.stories) - len(told))
    return composed


def _write(composed: Composed, folder: Path, setting: Setting) -> None:
    day = composed.edition.day
    earlier = setting.memory.editions(since=day - setting.plan.follow, before=day)
    files = render.edition_files(composed.edition, composed.briefs, earlier)
    for name, briefing in composed.briefs.items():
        for digest in dict.fromkeys(document.sha256 for document in briefing.documents):
            if (kept := setting.memory.body(digest)) is not None:
                files[f"{name}/{copy_name(digest, kept[1])}"] = kept[0]
    write_day(folder, files)


def _write_feed(setting: Setting, day: date) -> None:
    plan, memory = setting.plan, setting.memory
    editions = memory.editions(since=day - 3 * timedelta(days=_IN_FEED), before=day + timedelta(days=1))[-_IN_FEED:]
    data = render.feed(editions, title=plan.title, site=plan.site)
    try:
        write_whole(plan.output / FEED, data)
    except OSError as error:
        hint = "make it a file that can be written, or set daily.output"
        raise ConfigError(f"{plan.output / FEED}", error.strerror or f"{error}", hint=hint) from error
