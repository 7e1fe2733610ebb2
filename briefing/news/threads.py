"""Which thread each of today's stories goes on with: by what it tells and whom it names, never by its title.

The likeness is that of grouping: the cosine of weighted terms, in which rare ones such as names weigh most, less the
more days lie between.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from briefing.days import Edition
from briefing.profiles import Profile, faded, read_profiles
from briefing.terms import content_terms
from briefing.types import Document, Sentence, Story

Terms = Mapping[str, float]

_KEPT = 40
"""Heaviest terms of a story that are kept."""
LINKED = 0.2
"""Least likeness of a story and the thread that it goes on with.

Fitted on 276 articles of a public set of stories, each story split into two days at random, five times:
254 of 260 that go on are linked rightly and 7 of 45 others wrongly; so it is from 0.1 to 0.22. Reports of
one event that the labels keep apart were joined by hand before.
"""
_SAME_NAMES = 0.1
"""Least cosine of the names alone, where both name anything: two ferries aground in two towns share all else. Of 208
pairs of days of one story in that set, two are below, of pairs of other stories that are alike, none that names tell
apart."""
_ONE_STORY = 0.3
"""Least likeness of two of today's stories that are one when both go on with the same thread."""
_OLDER = 0.5
"""What the day before counts against the last day of a thread, the one before that against it, and so on."""


def terms_of(
    stories: Sequence[Story],
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    about: Sequence[Profile] | None = None,
) -> tuple[Terms, ...]:
    """Return for each story what it is about: its 40 heaviest terms, as a unit vector; names have a capital.

    `documents` and `sentences` are all of the day, so that what every article of a day says weighs little. `about`
    are the profiles of the documents, where somebody has read them already.
    """
    weights = {profile.source: profile.weights for profile in about or read_profiles(documents, sentences)}
    named = _names(sentences)
    found = (_heaviest(_sum((1.0, weights[source]) for source in story.sources)) for story in stories)
    return tuple(
        {
            term.title() if any(term in named[source] for source in story.sources) else term: weight
            for term, weight in terms.items()
        }
        for story, terms in zip(stories, found, strict=True)
    )


# A capital inside a sentence; what stands at its beginning has one anyhow.
_NAME = re.compile(r"(?<=[\w,;’'”\"] )[^\W\d_a-z][\w’'-]+")
_NO_NAMES = frozenset(
    content_terms(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
        "September October November December"
    )
)


def _names(sentences: Iterable[Sentence]) -> Mapping[str, set[str]]:
    """The terms of each source that are written with a capital inside its sentences."""
    found: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        for name in _NAME.findall(sentence.text):
            found[sentence.source].update(term for term in content_terms(name) if term not in _NO_NAMES)
    return found


def link(
    stories: Sequence[Terms], told: Sequence[Edition], *, day: date, follow: timedelta, linked: float = LINKED
) -> tuple[str | None, ...]:
    """Return the thread that each story of `day` goes on with, or None for one that begins a thread.

    `stories` are what `terms_of` returned; `told` the editions before the day; a thread that was last told more than
    `follow` ago is over. A thread goes on in the story that is most like it, and a story goes on with one thread.
    Where two stories have the same thread, they are one story that grouping has missed by little: their articles
    belong in one brief. Another story that is like the thread and not like the first begins a thread of its own.

    >>> from datetime import UTC, datetime
    >>> from briefing.days import ToldStory
    >>> lock = {"mirov": 0.8, "lock": 0.5, "barg": 0.33}
    >>> monday = Edition(day=date(2031, 6, 2), as_of=datetime(2031, 6, 2, tzinfo=UTC), title="", stories=(
    ...     ToldStory(thread="2031-06-02/1", rank=1, folder="01-lock", title="", sources=(), terms=lock),))
    >>> strike = {"nurs": 0.8, "strike": 0.6}
    >>> link([strike, {"mirov": 0.7, "gate": 0.7}], [monday], day=date(2031, 6, 3), follow=timedelta(days=14))
    (None, '2031-06-02/1')
    """
    threads = _threads([edition for edition in told if day - follow <= edition.day < day], day)
    pairs = sorted(
        (-round(alike, 9), place, thread)
        for place, terms in enumerate(stories)
        for thread, alike in _alike(terms, threads)
        if alike >= linked
    )
    found: list[str | None] = [None] * len(stories)
    first: dict[str, int] = {}
    for _, place, thread in pairs:
        if found[place] is None and _belongs(stories, place, first.get(thread)):
            found[place] = thread
            first.setdefault(thread, place)
    return tuple(found)


def _belongs(stories: Sequence[Terms], place: int, first: int | None) -> bool:
    return first is None or _cosine(_folded(stories[place]), _folded(stories[first])) >= _ONE_STORY


class _Threads:
    """Threads by their terms."""

    def __init__(self) -> None:
        self.terms: dict[str, Terms] = {}
        self.names: dict[str, Terms] = {}
        self.left: dict[str, float] = {}
        """What is left of a likeness after the days since."""
        self.postings: dict[str, list[str]] = defaultdict(list)


def _threads(editions: Iterable[Edition], day: date) -> _Threads:
    """Sum up what each thread told, its last day most."""
    days: dict[str, list[tuple[date, Terms]]] = defaultdict(list)
    for edition in editions:
        for story in edition.stories:
            days[story.thread].append((edition.day, story.terms))
    threads = _Threads()
    for thread, told in sorted(days.items()):
        latest_first = sorted(told, key=lambda each: each[0], reverse=True)
        weighed = [(_OLDER**n, terms) for n, (_, terms) in enumerate(latest_first)]
        threads.terms[thread] = _heaviest(_sum((factor, _folded(terms)) for factor, terms in weighed))
        threads.names[thread] = _named(_sum(weighed))
        threads.left[thread] = faded((day - latest_first[0][0]).days)
        for term in threads.terms[thread]:
            threads.postings[term].append(thread)
    return threads


def _alike(terms: Terms, threads: _Threads) -> Iterable[tuple[str, float]]:
    """Yield the threads that share a term and name the same, with how alike they are."""
    folded, names = _folded(terms), _named(terms)
    products: dict[str, list[float]] = defaultdict(list)
    for term, weight in folded.items():
        for thread in threads.postings.get(term, ()):
            products[thread].append(weight * threads.terms[thread][term])
    for thread, each in products.items():
        others = threads.names[thread]
        if not names or not others or _cosine(names, others) >= _SAME_NAMES:
            yield thread, math.fsum(each) * threads.left[thread]


def _folded(terms: Terms) -> dict[str, float]:
    """Take names for words: not every article writes them with a capital."""
    return {term.casefold(): weight for term, weight in terms.items()}


def _named(terms: Terms) -> dict[str, float]:
    """The names among the terms, as a unit vector."""
    names = {term.casefold(): weight for term, weight in terms.items() if term[:1].isupper()}
    length = math.sqrt(math.fsum(weight**2 for weight in names.values())) or 1.0
    return {term: weight / length for term, weight in names.items()}


def _sum(vectors: Iterable[tuple[float, Terms]]) -> dict[str, float]:
    total: dict[str, list[float]] = defaultdict(list)
    for factor, vector in vectors:
        for term, weight in vector.items():
            total[term].append(factor * weight)
    return {term: math.fsum(weights) for term, weights in total.items()}


def _heaviest(vector: Terms) -> dict[str, float]:
    kept = heapq.nsmallest(_KEPT, vector, key=lambda term: (-vector[term], term))
    length = math.sqrt(math.fsum(vector[term] ** 2 for term in kept)) or 1.0
    return {term: vector[term] / length for term in kept}


def _cosine(a: Terms, b: Terms) -> float:
    return math.fsum(weight * b[term] for term, weight in a.items() if term in b)
