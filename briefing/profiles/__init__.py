"""What a document is about, as weighted terms, and how alike two documents are. Pure.

Two to five documents teach nothing about which words are common, so the counts of the collection are added to
those of a background of news articles; in a large collection its own counts prevail.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from sys import intern

from briefing.terms import read_terms
from briefing.types import Document, Sentence
from briefing.values import read_moments

_LEAD = 40
"""Terms at the beginning that say what it is about: the title and the first sentences."""
_LEAD_WEIGHT = 3
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2,}")
_BACKGROUND = Path(__file__).with_name("background.txt")
_SAME_EVENT_DAYS, _OTHER_EVENT_DAYS, _FAR = 7, 60, 0.3
_LEAST_COMMON, _ONLY_NAMES = 0.03, 0.7
"""Two documents that have hardly more in common than names tell of the same people and not of the same event."""
#: Documents from which on nobody has chosen them one by one, and the line for what is one story is fitted.
MANY = 40
_SMALL = re.compile(r"\b[^\W\d_A-Z][\w’'-]*")
_KEYS = 20
"""Heaviest terms of a document; two that share none of them are not compared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """One document's terms."""

    source: str
    weights: Mapping[str, float]
    """Term → weight by frequency, place and rarity; a unit vector."""
    rarity: Mapping[str, float]
    """Term → rarity alone, of all terms of the collection."""
    total: float
    """Sum of the rarity of its own terms."""
    keys: tuple[str, ...]
    """The heaviest terms, heaviest first."""
    published: date | None
    common: frozenset[str]
    """Those of its terms that it writes with a small letter and are no names; empty where there are many documents."""
    not_before: date | None
    """The latest day that the text names: it was written then or later, hardly ever long before."""


@dataclass(frozen=True, slots=True)
class Background:
    """In how many of how many news articles each term occurs."""

    articles: int
    counts: Mapping[str, int]


@cache
def background() -> Background:
    """Return the counts that ship with the package."""
    lines = _BACKGROUND.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return Background(int(rows[0][1]), {term: int(count) for term, count in rows[1:]})


def read_profiles(documents: Sequence[Document], sentences: Iterable[Sentence]) -> list[Profile]:
    """Return a profile for each document, from its title and its citable sentences."""
    parts: dict[str, list[str]] = {document.id: [document.title or ""] for document in documents}
    for sentence in sentences:
        parts[sentence.source].append(sentence.text)
    terms = [_terms(" \n".join(parts[document.id])) for document in documents]
    spread = Counter(term for each in terms for term in set(each))
    # One mapping of all terms for each of the two, where one per document would be most of the memory of a large day.
    rarities = {
        foreign: _rarities(spread, len(documents), foreign=foreign) for foreign in set(map(_is_foreign, documents))
    }
    return [
        _profile(document, each, rarities[_is_foreign(document)], few=len(documents) < MANY)
        for document, each in zip(documents, terms, strict=True)
    ]


def _is_foreign(document: Document) -> bool:
    return document.language not in (None, "en")


def _rarities(spread: Mapping[str, int], documents: int, *, foreign: bool) -> dict[str, float]:
    known = background()
    return {
        term: math.log((1 + known.articles + documents) / (0.5 + _common(term, known, foreign=foreign) + count))
        for term, count in spread.items()
    }


def _terms(text: str) -> list[str]:
    # The same characters are the same object in all documents.
    return [intern(piece) for term in read_terms(text) for piece in _pieces(term)]


def _pieces(term: str) -> Iterable[str]:
    """Cut what is written without spaces into pairs of characters, which do for words."""
    if not _UNSPACED.search(term):
        return (term,)
    return [term[i : i + 2] for i in range(len(term) - 1)]


def _profile(document: Document, terms: Sequence[str], rarity: Mapping[str, float], *, few: bool) -> Profile:
    frequency: Counter[str] = Counter()
    for place, term in enumerate(terms):
        frequency[term] += 1 + _LEAD_WEIGHT * (place < _LEAD)
    weights = {term: math.log1p(count) * rarity[term] for term, count in frequency.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    heaviest = sorted(weights, key=lambda term: (-weights[term], term))
    return Profile(
        source=document.id,
        weights={term: weight / length for term, weight in weights.items()},
        rarity=rarity,
        total=sum(rarity[term] for term in frequency),
        keys=tuple(heaviest[:_KEYS]),
        published=document.published.date() if document.published else None,
        common=frozenset(_terms(" ".join(_SMALL.findall(document.text)))) if few else frozenset(),
        not_before=_latest_day(document.text),
    )


def _common(term: str, known: Background, *, foreign: bool) -> float:
    """In how many of the background's articles a term would occur.

    The background is English. Of another language all that is known is that short words are common ones.
    """
    if not foreign:
        return known.counts.get(term, 0)
    return known.articles * 4.0 ** (1 - max(len(term), 2)) if not _UNSPACED.fullmatch(term) else 0.0


def _latest_day(text: str) -> date | None:
    named = [moment.first for moment in read_moments(text) if moment.first and moment.first == moment.last]
    return max(named, default=None)


def likeness(a: Profile, b: Profile) -> float:
    """Say how much speaks for two documents telling of one event, from 0 to 1."""
    small, large = (a, b) if len(a.weights) <= len(b.weights) else (b, a)
    shared = [term for term in small.weights if term in large.weights]
    if not shared:
        return 0.0
    cosine = sum(small.weights[term] * large.weights[term] for term in shared)
    # A line of ten words and an article of five hundred are far apart by cosine though one is in the other.
    contained = sum(small.rarity[term] for term in shared) / min(a.total, b.total)
    return (0.75 * cosine + 0.25 * contained) * nearness(a, b) * (_ONLY_NAMES if _share_only_names(a, b) else 1)


def _share_only_names(a: Profile, b: Profile) -> bool:
    """Whether two of a few documents have hardly a word in common but names."""
    if not a.common or not b.common:
        return False
    shared = sum(
        a.weights[term] * b.weights[term] for term in a.common & b.common & a.weights.keys() & b.weights.keys()
    )
    return shared < _LEAST_COMMON * math.sqrt(_square(a) * _square(b))


def _square(profile: Profile) -> float:
    return sum(profile.weights[term] ** 2 for term in profile.common & profile.weights.keys())


def nearness(a: Profile, b: Profile) -> float:
    """1 for documents within days of each other, less for those months apart: the same names, another event."""
    return faded(_days_apart(a, b))


def faded(days: int) -> float:
    """Return what is left of a likeness over so many days.

    >>> faded(3), round(faded(400), 9)
    (1.0, 0.3)
    """
    apart = (days - _SAME_EVENT_DAYS) / (_OTHER_EVENT_DAYS - _SAME_EVENT_DAYS)
    return 1 - (1 - _FAR) * min(max(apart, 0.0), 1.0)


def _days_apart(a: Profile, b: Profile) -> int:
    """Days that are known to lie between the two; 0 when nothing is known."""
    if a.published and b.published:
        return abs((a.published - b.published).days)
    if a.published and b.not_before:
        return max((b.not_before - a.published).days, 0)
    if b.published and a.not_before:
        return max((a.not_before - b.published).days, 0)
    return 0
