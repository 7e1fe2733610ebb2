"""Documents that share whole passages, whatever they say about it. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefing.types import Sentence

_WORD = re.compile(r"\w+")
_SIZE = 5
_FEWEST = 20
"""Shingles below which a text is too short to be called a copy."""
_CONTAINED = 0.5
_COMMON = 100
"""A shingle that more documents than this share is a formula and proves nothing."""


_LONG_RUN = 30
"""Consecutive words in common, outside quotation marks, that two writers do not hit upon by chance."""
_QUOTED = re.compile(r"[“\"«„][^”\"»“]{0,2000}[”\"»“]", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """Two documents that have a whole passage or most of their text in common."""

    pair: tuple[str, str]
    """Source ids, in the order given."""
    spans: tuple[tuple[int, int], tuple[int, int]]
    """The first shared passage, in the text of each."""
    lengths: tuple[int, int]
    """Words of each."""


@dataclass(frozen=True, slots=True)
class _Text:
    source: str
    words: Sequence[tuple[int, int]]
    """Offsets of each word in the document."""
    quoted: Sequence[bool]
    """Whether each word stands inside quotation marks."""
    shingles: Sequence[str]
    """The five words from each word on."""
    plain: frozenset[str]
    """Those of them that do not begin or end inside quotation marks."""


def copies(sentences: Mapping[str, Sequence[Sentence]]) -> Iterator[Copy]:
    """Yield each pair of documents of one story that share passages.

    Of the five-word runs of either, more than half stand in the other, or thirty consecutive words do; words
    inside quotation marks do not count, so that two reports of one speech are not taken for copies.
    """
    texts = [_text(source, each) for source, each in sentences.items()]
    shared: Counter[tuple[int, int]] = Counter()
    for holders in _postings(texts).values():
        if 1 < len(holders) <= _COMMON:
            shared.update(combinations(sorted(holders), 2))
    for (a, b), count in sorted(shared.items()):
        first, second = texts[a], texts[b]
        fewer = min(len(first.plain), len(second.plain))
        if fewer >= _FEWEST and (count > _CONTAINED * fewer or _has_long_run(first, second)):
            yield Copy(
                pair=(first.source, second.source),
                spans=(_first_run(first, second), _first_run(second, first)),
                lengths=(len(first.words), len(second.words)),
            )


def _text(source: str, sentences: Sequence[Sentence]) -> _Text:
    places: list[tuple[int, int]] = []
    words: list[str] = []
    quoted: list[bool] = []
    for sentence in sentences:
        ranges = [found.span() for found in _QUOTED.finditer(sentence.text)]
        for word in _WORD.finditer(sentence.text):
            places.append((sentence.start + word.start(), sentence.start + word.end()))
            words.append(word.group().casefold())
            quoted.append(any(start <= word.start() < end for start, end in ranges))
    shingles = [" ".join(words[i : i + _SIZE]) for i in range(len(words) - _SIZE + 1)]
    plain = frozenset(shingle for i, shingle in enumerate(shingles) if not (quoted[i] or quoted[i + _SIZE - 1]))
    return _Text(source, places, quoted, shingles, plain)


def _postings(texts: Sequence[_Text]) -> Mapping[str, set[int]]:
    postings: dict[str, set[int]] = defaultdict(set)
    for index, text in enumerate(texts):
        for shingle in text.plain:
            postings[shingle].add(index)
    return postings


def _runs(text: _Text, other: _Text) -> Iterator[tuple[int, int]]:
    """Yield `(first word, word after the last)` of each run of words that stands in the other text too."""
    known = set(other.shingles)
    start: int | None = None
    for place, shingle in enumerate((*text.shingles, None)):
        if shingle in known:
            start = place if start is None else start
        elif start is not None:
            yield start, place - 1 + _SIZE
            start = None


def _has_long_run(text: _Text, other: _Text) -> bool:
    return any(text.quoted[start:end].count(False) >= _LONG_RUN for start, end in _runs(text, other))


def _first_run(text: _Text, other: _Text) -> tuple[int, int]:
    start, end = next(_runs(text, other))
    return text.words[start][0], text.words[end - 1][1]
