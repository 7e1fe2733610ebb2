"""One story of a day: its articles, with what earlier briefs of it rest on; what of it is new; and its brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from briefing import news, pipeline, sentences, stories
from briefing.daily.drafting import Drafting
from briefing.daily.trimming import trimmed
from briefing.days import Article, Edition, ToldClaim, ToldStory
from briefing.entailment import Comparison, load
from briefing.errors import ModelError
from briefing.plan import Plan
from briefing.render.words import display_name
from briefing.types import Briefing, Sentence

Before = Sequence[tuple[date, ToldStory]]
"""How a story was told on earlier days, oldest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """What a story of today is told from."""

    thread: str | None
    """None for one that was never told."""
    today: tuple[Article, ...]
    terms: Mapping[str, float]
    """What it is about."""
    before: Before = ()
    rests_on: tuple[Article, ...] = ()
    """The versions of articles that earlier briefs rest on."""
    withdrawn: frozenset[str] = frozenset()
    """Keys of articles that are not there any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A story compared with what was told, before a word is drafted."""

    material: Material
    articles: tuple[Article, ...]
    """Today's, then earlier ones, with the ids that their documents have in the brief."""
    reading: pipeline.Reading
    before: news.Before
    untold: frozenset[str]
    """Ids of today's sentences that tell something no earlier brief told."""
    fresh: float
    """The share of today's sentences that they are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A brief, and what is remembered of it."""

    briefing: Briefing
    story: ToldStory
    """Rank and folder are still to be given, and a thread to a story that was never told."""
    failure: ModelError | None

    @property
    def quiet(self) -> bool:
        """Whether it goes on and has nothing new."""
        return self.story.news is not None and self.story.news.quiet


def told_before(thread: str, editions: Sequence[Edition]) -> Before:
    """Return how a thread was told, day by day, without the days on which it was quiet."""
    return tuple((e.day, story) for e in editions for story in e.stories if story.thread == thread and story.folder)


def rests_on(told: Before) -> tuple[tuple[str, str], ...]:
    """Return (key, fingerprint) of each article that claims and disputes of earlier briefs rest on."""
    found: dict[tuple[str, str], None] = {}
    for _, story in told:
        cited = {e.source for claim in story.claims for e in (*claim.checked.evidence, *claim.standing.corroboration)}
        cited |= {e.source for dispute in story.disputes for value in dispute.values for e in value.evidence}
        found |= {(key, fingerprint): None for source, key, fingerprint in story.sources if source in cited}
    return tuple(found)


def prepare(material: Material, title: str, *, entailment: bool) -> Prepared:
    """Number the documents, split them, and find what was not told before.

    With `entailment`, what was told in other words is recognised too.
    """
    versions = {(article.key, article.fingerprint) for article in material.today}
    older = [a for a in material.rests_on if (a.key, a.fingerprint) not in versions]
    articles = tuple(
        replace(article, document=replace(article.document, id=f"S{number}"))
        for number, article in enumerate((*material.today, *older), start=1)
    )
    documents = tuple(article.document for article in articles)
    split = sentences.split(documents)
    reading = pipeline.Reading(
        documents=documents, sentences=split, stories=stories.together(documents, split, title=title), unread=()
    )
    before = news.carry(material.before, _versions(articles))
    new, known = _of_today(split, len(material.today))
    untold = news.untold(new, before, documents, earlier=known, entailment=load() if entailment else None)
    return Prepared(
        material=material,
        articles=articles,
        reading=reading,
        before=before,
        untold=untold,
        fresh=len(untold) / max(len(new), 1),
    )


def _of_today(split: Sequence[Sentence], articles: int) -> tuple[list[Sentence], list[Sentence]]:
    """Part the sentences of the first so many sources from the others."""
    ids = {f"S{number}" for number in range(1, articles + 1)}
    return [s for s in split if s.source in ids], [s for s in split if s.source not in ids]


def _versions(articles: Sequence[Article]) -> tuple[news.Version, ...]:
    return tuple(news.Version(source=a.document.id, key=a.key, fingerprint=a.fingerprint, day=a.day) for a in articles)


def tell(prepared: Prepared, plan: Plan, day: date, as_of: datetime, drafting: Drafting) -> Told | None:
    """Brief a story. None for one that was never told and of which nothing may be published."""
    job = pipeline.Job(
        locations=(),
        as_of=as_of,
        max_claims=plan.claims,
        repairs=drafting.repairs,
        jobs=drafting.jobs,
        entailment=drafting.entailment,
        cross_check=drafting.cross_check,
        secret=drafting.secret,
    )
    briefing, failure = drafting.brief(prepared.reading, job, prepared.untold)
    briefing = _compared(prepared, briefing, day, load() if drafting.entailment else None)
    if prepared.before.since is None and not briefing.claims:
        return None
    made = trimmed(briefing, {f"S{n}" for n in range(1, len(prepared.material.today) + 1)})
    return Told(briefing=made, story=_story(prepared, made), failure=failure)


def _compared(prepared: Prepared, briefing: Briefing, day: date, comparison: Comparison | None) -> Briefing:
    """Put the news into a brief; what only changed over the days is no open dispute in it."""
    today = news.Today(
        day=day,
        documents=briefing.documents,
        sentences=prepared.reading.sentences,
        versions=_versions(prepared.articles),
        claims=briefing.claims,
        disputes=briefing.disputes,
        untold=prepared.untold,
        withdrawn=prepared.material.withdrawn,
    )
    new = news.news(today, prepared.before, comparison)
    return replace(news.outlived(briefing, today, new), news=new)


def _story(prepared: Prepared, briefing: Briefing) -> ToldStory:
    kept = {document.id for document in briefing.documents}
    return ToldStory(
        thread=prepared.material.thread or "",
        rank=0,
        folder="",
        title=briefing.stories.stories[0].title,
        sources=tuple((a.document.id, a.key, a.fingerprint) for a in prepared.articles if a.document.id in kept),
        claims=tuple(ToldClaim(checked=claim.checked, standing=claim.standing) for claim in briefing.claims),
        disputes=briefing.disputes,
        terms=prepared.material.terms,
        news=briefing.news,
        names=tuple((document.id, display_name(document)) for document in briefing.documents),
        origins=briefing.sections[0].origins,
    )
