"""Read the names in a text: who, where, which organisation, which work.

Pure and without a dictionary of names: a name is a run of capitalised words that is not merely the first word
of a sentence. Made for English; other scripts yield what capitals they have, and never an error. It does not
know what kind of thing a name names, nor whether two names are one: see `same_name`.

All offsets are half-open ranges of code points into the text as it was given.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.values.gazetteer import (
    COMPASS,
    COUNTRIES,
    DEMONYMS,
    HONORIFICS,
    PEOPLES,
    WEEKDAYS,
    word_set,
)
from briefing.values.roles import FIELDS, MODIFIERS, head_at
from briefing.values.words import DATES, DOTTED, FUNCTION_WORDS, Word, is_common, read_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name where it stands, without a possessive ending, a title or an honorific."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    """Its words folded (ASCII, lower case, no full stops), without "of", "the" and their like."""


_JOINING = word_set("""
    of for de la le du del della der den van von bin ibn bint al el da di dos das y ter
""")
_DROPPED = _JOINING | {"the", "and", "&"}
_NOT_NAMES = word_set("""
    am pm gmt est edt pst utc bst ok tv i'm i'll i've i'd id ceo cfo coo cto pm mp mps mk mks dj phd md
    covid vs no nos km usd eur gbp faq pdf rss http https www html url
""")
_ONLY_BEFORE = frozenset({"new", "upper", "lower", "great", "central"})


@lru_cache(maxsize=4_096)
def read_names(text: str) -> tuple[Name, ...]:
    """Return the names in `text`, in order, never overlapping.

    An adjective of a country is a name of its own; a title before a person is none; months and weekdays are
    none. One capitalised word at the head of a sentence counts only when English does not use it as a common
    word, or when the text has it capitalised elsewhere.

    >>> text = "Yesterday Peru's Foreign Minister Ana Bell met the UN's Irish envoy in New York."
    >>> [name.text for name in read_names(text)]
    ['Peru', 'Ana Bell', 'UN', 'Irish', 'New York']
    """
    words = read_words(text)
    seen = _Seen.of(words, text)
    runs = (part for run in _runs(words, text) for part in _posted(run, words))
    parts = (part for run in runs for part in _parts(_without_opener(run, seen), seen))
    return tuple(_name(part, text) for part in parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """How the text writes its words elsewhere."""

    lower: frozenset[str]
    inside: frozenset[str]
    """Capitalised where neither a sentence nor a heading makes it so."""
    acronyms: frozenset[str]
    """Written in capitals throughout where their neighbours are not."""
    headings: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, words: Sequence[Word], text: str) -> _Seen:
        headings = tuple(_headings(text))
        plain = [word for word in words if not _within(word, headings)]
        return cls(
            lower=frozenset(word.folded for word in plain if not word.capital),
            inside=frozenset(word.folded for word in plain if word.capital and not word.opens),
            acronyms=frozenset(word.folded for word in plain if word.text.isupper() and not word.opens),
            headings=headings,
        )

    def in_heading(self, word: Word) -> bool:
        return _within(word, self.headings)


def _within(word: Word, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether the word starts in one of the ranges, which are in order and apart."""
    at = bisect_right(ranges, (word.start, sys.maxsize)) - 1
    return at >= 0 and word.start < ranges[at][1]


def _headings(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that are capitalised throughout, where capitals tell nothing."""
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        if not line.rstrip().endswith((".", "?”", ".”", '."')) and _is_title_case(line):
            yield start, at


def _is_title_case(line: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    shouted = sum(word.isupper() for word in long) > len(long) * 0.6
    return (len(long) >= 4 and sum(word[0].isupper() for word in long) >= len(long) * 0.8) or (
        shouted and len(long) >= 3
    )


def _runs(words: Sequence[Word], text: str) -> Iterator[list[Word]]:
    """Yield runs of capitalised words that stand together, particles between them included."""
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        run = [words[at]]
        at += 1
        while at < len(words) and (step := _continues(run[-1], words, at, text)):
            run.extend(words[at : at + step])
            at += step
        yield run


def _continues(last: Word, words: Sequence[Word], at: int, text: str) -> int:
    """How many words from `at` go on with the run: 0, 1, or a particle (two at most) and a capital."""
    for ahead in range(3):
        if at + ahead >= len(words) or not _together(last, words[at + ahead], text):
            return 0
        last = words[at + ahead]
        if last.capital:
            return ahead + 1
        if last.folded not in _JOINING and not (ahead == 1 and last.folded == "the"):
            return 0
    return 0


def _together(left: Word, right: Word, text: str) -> bool:
    gap = text[left.end : right.start]
    if gap in (" ", "\u00a0", " & ", "-"):
        return True
    abbreviated = len(left.text) == 1 or left.folded in DOTTED
    return abbreviated and left.capital and gap in (". ", ".", ".\u00a0")


def _parts(run: Sequence[Word], seen: _Seen) -> Iterator[Sequence[Word]]:
    for piece in _cut(run, seen):
        kept = _trimmed(piece, seen)
        if kept and _is_name(kept, seen):
            yield kept


def _posted(run: list[Word], words: Sequence[Word]) -> Iterator[list[Word]]:
    """Part the place from the person in "ambassador to Quito Ana Maria Bell"."""
    at = bisect_left(words, run[0].start, key=lambda word: word.start)
    to_place = at > 1 and words[at - 1].folded == "to" and head_at([words[at - 2].folded], 0) is not None
    place = 1
    if to_place and " ".join(word.folded for word in run[:2]) in COUNTRIES:
        place = 2
    if to_place and len(run) > place + 1 and run[0].folded not in COMPASS:
        yield run[:place]
        run = run[place:]
    yield run


_CONTRACTED = re.compile(r"(?:i|you|he|she|it|we|they|there|that|who|what|here)'(?:m|re|ll|ve|d|s)|\w+n't")


def _is_function(word: Word, seen: _Seen) -> bool:
    """Whether a word is a function word; "IS" and "WHO" are not, in a text that has them elsewhere."""
    acronym = word.text.isupper() and len(word.text) > 1 and word.folded in seen.acronyms
    return (word.folded in FUNCTION_WORDS and not acronym) or bool(_CONTRACTED.fullmatch(word.folded))


def _without_opener(run: list[Word], seen: _Seen) -> list[Word]:
    """Drop the capitalised words that only open the sentence: "The Israeli", "When Ana"."""
    while run and run[0].opens and _is_function(run[0], seen):
        run = run[1:]
    return run


def _cut(run: Sequence[Word], seen: _Seen) -> Iterator[list[Word]]:
    """Cut a run at dates, titles and adjectives of countries, and a heading at its common words."""
    piece: list[Word] = []
    at = 0
    folded = [word.folded for word in run]
    while at < len(run):
        opening = not any(word.capital for word in piece)
        skipped, alone = _boundary(run, folded, at, seen, opening=opening)
        if skipped or alone:
            yield piece
            piece = []
        if alone:
            yield list(run[at : at + alone])
        if not skipped and not alone:
            piece.append(run[at])
        at += (skipped + alone) or 1
    yield piece


def _boundary(run: Sequence[Word], folded: list[str], at: int, seen: _Seen, *, opening: bool) -> tuple[int, int]:
    """How many words from `at` are no part of a name, and how many are a name by themselves."""
    word = run[at]
    if seen.in_heading(word) and _is_plain(word, seen):
        return 1, 0
    if _is_date(run, at):
        return 1, 0
    if word.folded in HONORIFICS and at + 1 < len(run) and run[at + 1].capital:
        return 1, 0
    if word.text.isupper() and len(word.text) > 3 and is_common(word.folded):
        return 1, 0  # "DEPRAVED", "SELL": shouted, not named
    if role := _role(folded, at, last=at > 0 and not opening):
        return role, 0
    if opening and len(run) > at + 1:
        return 0, _adjectives(folded, at)
    return 0, 0


_ALSO_NAMES = word_set("may april june august march jan mar jun jul dec mon sat sun wed fri sep")
_PRESS = word_set("times mirror mail express telegraph post herald star world independent business")


def _is_date(run: Sequence[Word], at: int) -> bool:
    """Whether a month or weekday is one: "Ana May", "the Sun" and the Sunday Times are names."""
    word = run[at]
    if word.folded not in DATES or word.beside_number:
        return word.folded in DATES
    if word.folded in WEEKDAYS and at + 1 < len(run) and run[at + 1].folded in _PRESS:
        return False
    if word.folded in _ALSO_NAMES and len(word.folded) == 3 and word.folded != "may":
        return False
    return word.folded not in _ALSO_NAMES or len(run) == 1 or run[0].opens


def _role(folded: list[str], at: int, *, last: bool) -> int:
    """How many words from `at` make a title with its modifiers and fields, 0 when none does."""
    end = at
    while end < len(folded) and (folded[end] in MODIFIERS or folded[end] in FIELDS):
        if head_at(folded, end):
            break
        end += 1
    found = head_at(folded, end) if end < len(folded) else None
    if found is None:
        return 0
    if last and end == at and at + found[1] == len(folded) and found[1] == 1:
        return 0  # "Stephen King": the last word of a person's name
    return end + found[1] - at


def _adjectives(folded: list[str], at: int) -> int:
    """How many words from `at` are an adjective or a country before a name of its own: Danish | Red Cross."""
    two = " ".join(folded[at : at + 2])
    if two in DEMONYMS or two in COUNTRIES:
        return 2 if two in DEMONYMS or len(folded) > at + 3 or folded[at] in DEMONYMS else 0
    if folded[at] in DEMONYMS:
        return 0 if folded[at + 1] in _BRANDED else 1
    return 1 if folded[at] in COUNTRIES and len(folded) > at + 2 else 0


_BRANDED = word_set("airlines airways express open cup idol eagle")


def _trimmed(piece: Sequence[Word], seen: _Seen) -> Sequence[Word]:
    """Drop what only opens the sentence, and particles left over at either end."""
    words = list(piece)
    while words and (not words[0].capital or (words[0].opens and _is_function(words[0], seen))):
        words.pop(0)
    if len(words) > 1 and words[0].opens and _only_opens(words, seen):
        words.pop(0)
    while words and not words[-1].capital:
        words.pop()
    return words


def _only_opens(words: Sequence[Word], seen: _Seen) -> bool:
    first = words[0].folded
    return is_common(first) and first not in seen.inside and first in seen.lower and words[1].folded in seen.inside


def _is_name(words: Sequence[Word], seen: _Seen) -> bool:
    return len(words) > 1 or (_can_stand_alone(words[0], seen) and not _merely_opens(words[0], seen))


def _can_stand_alone(word: Word, seen: _Seen) -> bool:
    if word.folded in _NOT_NAMES or word.folded in _ONLY_BEFORE or len(word.folded) < 2:
        return False
    shouted = word.text.isupper() and len(word.folded) > 5
    return not (word.folded in seen.lower and (shouted or _is_function(word, seen)))


def _merely_opens(word: Word, seen: _Seen) -> bool:
    """Whether a single word is capitalised only because a sentence opens with it."""
    if word.folded in PEOPLES or word.folded in COUNTRIES or word.text.isupper() or not word.opens:
        return False
    return _is_plain(word, seen)


def _is_plain(word: Word, seen: _Seen) -> bool:
    """Whether the text has no capital for it where one would tell, and English or the text has it small."""
    return word.folded not in seen.inside and (is_common(word.folded) or word.folded in seen.lower)


def _name(words: Sequence[Word], text: str) -> Name:
    start, end = words[0].start, words[-1].end
    folded = tuple(word.folded for word in words if word.folded not in _DROPPED)
    return Name(start=start, end=end, text=text[start:end], words=folded)
