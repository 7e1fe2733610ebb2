"""A desk that briefs one thread day by day, as `briefing daily` does, from invented articles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from briefing.days import ToldClaim, ToldStory
from briefing.entailment import Comparison, Entailment, load
from briefing.news import Before, Today, Version, carry, news, outlived, untold
from briefing.pipeline import Job, Reading, brief
from briefing.sentences import split
from briefing.stories import together
from briefing.types import Briefing, Change, ChangeKind, Document, News, Notice, Role
from tests import build


@dataclass(frozen=True, kw_only=True)
class Item:
    """An article as it comes in: its key and its text."""

    key: str
    document: Document

    @property
    def fingerprint(self) -> str:
        return self.document.text_sha256


def edition(
    publisher: str,
    *paragraphs: str,
    key: str | None = None,
    correction: str | None = None,
    published: datetime | None = None,
) -> Item:
    """An article of an outlet; without `published` it gets the day that it is briefed on."""
    blocks: list[str | tuple[Role, str]] = list(paragraphs)
    if correction:
        blocks.append((Role.NOTICE, correction))
    document = build.document(*blocks, id="S0", publisher=publisher, published=published)
    if correction:
        start = document.text.index(correction)
        document = replace(document, notices=(Notice(kind="correction", start=start, end=start + len(correction)),))
    return Item(key=key or publisher, document=document)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the desk printed on one day."""

    news: News
    briefing: Briefing
    before: Before

    def of(self, kind: ChangeKind) -> list[Change]:
        return [change for change in self.news.changes if change.kind is kind]

    def line(self, change: Change) -> str:
        """One line as a reader would see it."""
        return " | ".join(
            [
                change.kind.value,
                change.about,
                "; ".join(f"{g.value} ({g.day:%a}, {','.join(e.source for e in g.evidence)})" for g in change.before),
                "; ".join(f"{g.value} ({g.day:%a}, {','.join(e.source for e in g.evidence)})" for g in change.after),
                change.note,
            ]
        )

    @property
    def all_lines(self) -> str:
        return "\n".join(self.line(change) for change in self.news.changes)


@dataclass
class Desk:
    """One thread over days."""

    max_claims: int = 12
    entailment: Entailment | None = None
    comparison: Comparison | None = field(default_factory=load)
    stories: list[tuple[date, ToldStory]] = field(default_factory=list)
    read: list[tuple[date, Item]] = field(default_factory=list)

    def day(self, day: date, *items: Item, withdrawn: Collection[str] = (), shuffled: bool = False) -> Told:
        """Brief the day's articles together with those that earlier briefs rest on, and remember what was told."""
        dated = [_dated(item, day) for item in items]
        held = [*self.read, *((day, item) for item in dated)]
        if shuffled:
            held = held[::-1]
        documents = tuple(replace(item.document, id=f"S{n}") for n, (_, item) in enumerate(held, start=1))
        versions = tuple(
            Version(source=document.id, key=item.key, fingerprint=item.fingerprint, day=when)
            for document, (when, item) in zip(documents, held, strict=True)
        )
        before = carry(self.stories, versions)
        sentences = split(documents)
        now = {version.source for version in versions if version.day == day}
        fresh = untold(
            [s for s in sentences if s.source in now],
            before,
            documents,
            earlier=[s for s in sentences if s.source not in now],
            entailment=self.entailment,
        )
        reading = Reading(documents=documents, sentences=sentences, stories=together(documents, sentences), unread=())
        job = Job(locations=(), as_of=datetime.combine(day, time(5), UTC), max_claims=self.max_claims, entailment=False)
        briefing = brief(reading, job, untold=fresh)
        today = Today(
            day=day,
            documents=documents,
            sentences=sentences,
            versions=versions,
            claims=briefing.claims,
            disputes=briefing.disputes,
            untold=fresh,
            withdrawn=frozenset(withdrawn),
        )
        found = news(today, before, self.comparison)
        briefing = outlived(briefing, today, found)
        if not shuffled:
            self._remember(day, dated, versions, briefing, found)
        return Told(news=found, briefing=briefing, before=before)

    def _remember(
        self, day: date, items: list[Item], versions: tuple[Version, ...], briefing: Briefing, found: News
    ) -> None:
        self.read += [(day, item) for item in items]
        story = ToldStory(
            thread="thread",
            rank=1,
            folder="01-story",
            title=briefing.title,
            sources=tuple((v.source, v.key, v.fingerprint) for v in versions),
            claims=tuple(ToldClaim(checked=c.checked, standing=c.standing) for c in briefing.claims),
            disputes=briefing.disputes,
            news=found,
        )
        self.stories.append((day, story))


def _dated(item: Item, day: date) -> Item:
    if item.document.published is not None:
        return item
    return replace(item, document=replace(item.document, published=datetime.combine(day, time())))
