"""What is kept in one go: articles with what was noted about their items, and nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date

from briefing.days import Article, Validator
from briefing.gathering.keys import Sight
from briefing.gathering.values import Remembers
from briefing.types import Unread


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What came of one item that is new or has changed."""

    name: str
    sight: Sight | None
    """What to note under the name; None leaves it as it is."""
    article: Article | None = None
    body: tuple[bytes, str] | None = field(default=None, repr=False)
    """The bytes of the article's source, and their kind."""
    validator: Validator | None = None
    """Of its page."""
    seen_before: bool = False
    led_to: str | None = None
    """What its page is known by, where that is not the article's key: it was redirected."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """What is kept in one transaction."""

    entries: tuple[Entry, ...] = ()
    noted: tuple[tuple[str, Sight], ...] = ()
    validators: tuple[Validator, ...] = ()
    known: int = 0
    unread: tuple[Unread, ...] = ()
    """What the next run would find again."""
    never_read: tuple[Unread, ...] = ()
    """What no run tries again; so it is remembered, and told by every run of its day."""
    withdrawn: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Count the bytes of its sources."""
        return sum(len(entry.body[0]) for entry in self.entries if entry.body)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What was kept of a batch: articles, how many of them nobody had before, and how many others were looked at."""

    articles: tuple[Article, ...]
    new: int
    known: int

    @property
    def changed(self) -> int:
        """Count those that are another version of what was there."""
        return len(self.articles) - self.new


def keep(batch: Batch, memory: Remembers, day: date, place: str = "") -> Kept:
    """Keep what is new of a batch. An article that another place brought first stays as that brought it."""
    told = list(_untold(batch.entries, memory, day))
    noted = dict(batch.noted) | {entry.name: entry.sight for entry in batch.entries if entry.sight}
    known = {name: str(sight) for name, sight in noted.items()}
    known |= {entry.led_to: str(Sight("", entry.article.key)) for entry in told if entry.article and entry.led_to}
    articles = [entry.article for entry in told if entry.article]
    validators = [entry.validator for entry in batch.entries if entry.validator]
    bodies = {entry.article.document.sha256: entry.body for entry in told if entry.article and entry.body}
    validators += batch.validators
    if batch.never_read:
        known[_lines_of(place, day)] = json.dumps(
            [astuple(line) for line in _with(batch.never_read, memory, day, place)]
        )
    if known or articles or validators:
        memory.keep(articles, known=known, validators=validators, bodies=bodies)
    new = sum(not entry.seen_before for entry in told)
    return Kept(articles=tuple(articles), new=new, known=batch.known + len(batch.entries) - len(told))


def _untold(entries: Iterable[Entry], memory: Remembers, day: date) -> Iterator[Entry]:
    """Yield those that bring an article that is new, or a text that is."""
    fresh = [entry for entry in entries if entry.article and not entry.seen_before]
    there = set(memory.fingerprints(key for entry in fresh for key in _keys(entry)))
    again = [entry.article.key for entry in entries if entry.article and entry.seen_before]
    before = {key: article.document.text_sha256 for key, article in memory.latest(again, upto=day).items()}
    for entry in entries:
        if entry.article is None:
            continue
        key, text = entry.article.key, entry.article.document.text_sha256
        if before.get(key) == text or (not entry.seen_before and there.intersection(_keys(entry))):
            continue
        before[key] = text
        there.update(_keys(entry))
        yield entry


def _keys(entry: Entry) -> list[str]:
    return [key for key in (entry.article and entry.article.key, entry.led_to) if key]


def never_read(memory: Remembers, day: date, places: Iterable[str]) -> dict[str, tuple[Unread, ...]]:
    """Return by place what was remembered as never read on a day."""
    names = {_lines_of(place, day): place for place in places}
    noted = memory.fingerprints(names)
    return {
        place: tuple(
            Unread(location=location, error=error, hint=hint) for location, error, hint in json.loads(noted[name])
        )
        for name, place in names.items()
        if name in noted
    }


def _with(lines: Sequence[Unread], memory: Remembers, day: date, place: str) -> Iterable[Unread]:
    before = never_read(memory, day, [place]).get(place, ())
    return dict.fromkeys((*before, *lines))


def _lines_of(place: str, day: date) -> str:
    return f"unread {day} {place}"
