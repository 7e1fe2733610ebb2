"""The stories of a day in the order of their rank: grouped, linked to what was told, and weighed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing import news, sentences, stories
from briefing.daily.drafting import Drafting
from briefing.daily.ranking import Standing, in_order, standing_of
from briefing.daily.sorting import Sorted
from briefing.daily.telling import Material, Prepared, prepare, rests_on, told_before
from briefing.days import Edition
from briefing.memory import Memory
from briefing.plan import Plan
from briefing.profiles import read_profiles
from briefing.types import Story


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """What the edition of a day is made from."""

    date: date
    plan: Plan
    memory: Memory
    drafting: Drafting
    usable: Sorted
    """Its articles, as far as they are briefed."""
    gone: frozenset[str]
    """Keys of articles that were found to be withdrawn on this day."""
    told: tuple[Edition, ...]
    """Earlier editions, oldest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A story that may be told."""

    title: str
    standing: Standing
    material: Material
    prepared: Prepared | None = None
    """Of a story that goes on; all of any other is new, and it is prepared when it is told."""


def candidates(day: Day) -> list[Candidate]:
    """Return the stories of the day, the most important first."""
    found = [*_written_of(day)]
    found += _withdrawn_from(day, {candidate.material.thread for candidate in found})
    return [found[i] for i in in_order([candidate.standing for candidate in found])]


def _written_of(day: Day) -> Iterator[Candidate]:
    """Yield the stories that articles of the day tell."""
    articles = day.usable.articles
    documents = tuple(replace(a.document, id=f"S{n}") for n, a in enumerate(articles, start=1))
    article_of = {document.id: article for document, article in zip(documents, articles, strict=True)}
    citable = sentences.split(documents)
    about = read_profiles(documents, citable)
    grouped = stories.group(documents, citable, about)
    terms = news.terms_of(grouped.stories, documents, citable, about)
    # Of a large day these are the most of what is in hand, and nobody needs them any more.
    del about, citable
    origin_of = dict(grouped.origins)
    threads = news.link(terms, day.told, day=day.date, follow=day.plan.follow)
    for at, sources in _one_per_thread(grouped.stories, threads):
        own = tuple(article_of[source] for source in sources)
        standing = standing_of([a.key for a in own], [origin_of[source] for source in sources], day.usable.topics)
        material = Material(thread=threads[at], today=own, terms=terms[at])
        yield _candidate(grouped.stories[at].title, standing, material, day)


def _one_per_thread(found: Sequence[Story], threads: Sequence[str | None]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the index and the sources of each story; those that go on with one thread join the first, the largest."""
    first: dict[str, int] = {}
    sources = [story.sources for story in found]
    for at, thread in enumerate(threads):
        if thread is not None and first.setdefault(thread, at) != at:
            sources[first[thread]] += sources[at]
            sources[at] = ()
    yield from ((at, own) for at, own in enumerate(sources) if own)


def _candidate(title: str, standing: Standing, material: Material, day: Day) -> Candidate:
    if material.thread is None:
        return Candidate(title=title, standing=standing, material=material)
    known = told_before(material.thread, day.told)
    cited = rests_on(known)
    material = replace(
        material,
        before=known,
        rests_on=day.memory.versions(cited, upto=day.date),
        withdrawn=day.gone & {key for key, _ in cited},
    )
    prepared = prepare(material, title, entailment=day.drafting.entailment)
    return Candidate(
        title=title, standing=replace(standing, fresh=prepared.fresh), material=material, prepared=prepared
    )


def _withdrawn_from(day: Day, going_on: set[str | None]) -> Iterator[Candidate]:
    """Yield the stories of which nobody writes today and a source was withdrawn."""
    latest: Mapping[str, tuple[str, Mapping[str, float]]] = {
        story.thread: (story.title, story.terms) for edition in day.told for story in edition.stories
    }
    for thread, (title, terms) in latest.items():
        if thread not in going_on and day.gone & {key for key, _ in rests_on(told_before(thread, day.told))}:
            nobody = Standing(origins=0, articles=0, topics=(), weight=0.0, fresh=0.0)
            yield _candidate(title, nobody, Material(thread=thread, today=(), terms=terms), day)
