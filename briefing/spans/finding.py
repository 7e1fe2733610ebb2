"""Find where a quotation stands in a text: exactly, folded, or approximately."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import edlib
from rapidfuzz import fuzz

from briefing.errors import ConfigError
from briefing.spans.folding import Folded, code, fold, is_mark, is_unseen
from briefing.types import Evidence, Match


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """Where a quotation stands in a text. It is located, not supported: see the head of this package."""

    start: int
    end: int
    match: Match
    score: float
    """Likeness of the folded quotation and the folded span, 0 to 100; 100 when exact or folded."""


class Reason(StrEnum):
    """Why a quotation was not located."""

    NOTHING_ALIKE = "nothing_alike"
    BELOW_CUTOFF = "below_cutoff"
    TOO_SHORT = "too_short"
    """Not there as it stands, and too short to look for anything similar."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotLocated:
    """A quotation that does not stand in the text, and why. It is false, so `if found := find(…)` works."""

    reason: Reason
    nearest: Located | None
    """The most similar span, when one was at least half alike."""

    def __bool__(self) -> Literal[False]:
        return False


@dataclass(frozen=True, kw_only=True, slots=True)
class Tolerance:
    """How far a fuzzy match may stray."""

    cutoff: float = 85.0
    """Least score, 0 to 100; above 100, nothing fuzzy is accepted."""
    shortest: int = 12
    """Fewest folded characters of a quotation for which anything similar is looked for."""
    whole_words: bool = True
    """Whether a match must begin and end where words do, so that "3" is not found in "3,000"."""


def find(
    quotation: str,
    text: str | Folded,
    *,
    tolerance: Tolerance = Tolerance(),
) -> tuple[Located, ...] | NotLocated:
    """Return every place where `quotation` stands in `text`, the most exact first, or why there is none.

    White space around the quotation does not count. Something similar is looked for only when it stands
    nowhere exactly or folded; then the places that are equally near are returned. Numbers, dates, names
    and negations inside a fuzzy span are *not* compared here: "15,000" is alike to "150,000" by 97 of 100.
    Give `fold(text)` when looking for many quotations in one text.
    Raises ConfigError for a quotation without visible characters.

    >>> [place] = find('said "no" twice', "She  said “no”\\ntwice.")
    >>> place.start, place.end, place.match.value
    (5, 20, 'folded')
    >>> find("another thing altogether", "She  said “no”\\ntwice.").reason.value
    'nothing_alike'
    """
    wanted = quotation.strip()
    prepared = text if isinstance(text, Folded) else fold(text)
    needle = fold(wanted).text.strip()
    if not needle:
        raise ConfigError("quotation", "has no visible character", hint="pass the words to look for")
    verbatim = tuple(_verbatim(wanted, needle, prepared, tolerance))
    return verbatim or _similar(needle, prepared, tolerance)


def evidence(document_id: str, text: str, located: Located) -> Evidence:
    """Return the located span as evidence from a document with this id and this text."""
    return Evidence(
        source=document_id,
        start=located.start,
        end=located.end,
        text=text[located.start : located.end],
        match=located.match,
    )


def _verbatim(wanted: str, needle: str, text: Folded, tolerance: Tolerance) -> list[Located]:
    exact = [(at, at + len(wanted)) for at in _occurrences(wanted, text.source)]
    ranges = [(at, at + len(needle)) for at in _occurrences(needle, text.text)]
    folded = [text.original(*span) for span in ranges if text.is_whole(*span)]
    taken = set(exact)
    found = [(span, Match.EXACT) for span in exact]
    found += [(span, Match.FOLDED) for span in folded if span not in taken]
    return [
        Located(start=start, end=end, match=match, score=100.0)
        for (start, end), match in found
        if not tolerance.whole_words or _is_worded(text.source, start, end)
    ]


def _occurrences(needle: str, text: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


# Scripts without spaces between words, or with glued particles: a quotation may begin and end anywhere.
_UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\uff66-\uff9d\U00020000-\U0003ffff]"
)


def _is_worded(text: str, start: int, end: int) -> bool:
    return not (_cuts_word(text, start) or _cuts_word(text, end))


def _cuts_word(text: str, at: int) -> bool:
    before, after = _visible(text, at - 1, -1), _visible(text, at, 1)
    if not (before and after):
        return False
    if _in_word(before) and _in_word(after):
        return not (_UNSPACED.match(before) or _UNSPACED.match(after))
    return bool(_CUT_NUMBER.search(text[max(at - 2, 0) : at + 2]))


# "3" of "3,000" and "000" of it: the place in question is in the middle of at most four characters.
_CUT_NUMBER = re.compile(r"\d[.,]\d")


def _visible(text: str, at: int, step: int) -> str:
    """Return the nearest character that is drawn, from `at` in one direction; empty when there is none."""
    while 0 <= at < len(text) and is_unseen(text[at]):
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _in_word(ch: str) -> bool:
    return ch.isalnum() or is_mark(ch)


def _similar(needle: str, text: Folded, tolerance: Tolerance) -> tuple[Located, ...] | NotLocated:
    if len(needle) < tolerance.shortest:
        return NotLocated(reason=Reason.TOO_SHORT, nearest=None)
    spans = _alignments(needle, text)
    if tolerance.whole_words:
        spans = [_adjusted(needle, text.text, *span) for span in spans]
    places = [_scored(needle, text, *span) for span in dict.fromkeys(spans)]
    found = _apart(sorted(places, key=lambda place: (-place.score, place.start)))
    close = tuple(place for place in found if place.score >= tolerance.cutoff)
    if close:
        return close
    if found:
        return NotLocated(reason=Reason.BELOW_CUTOFF, nearest=found[0])
    return NotLocated(reason=Reason.NOTHING_ALIKE, nearest=None)


_LONGEST_WORD = 40
_MOST_PLACES = 100
"""Bounds on the work for texts without spaces and for passages that repeat endlessly."""


def _alignments(needle: str, text: Folded) -> list[tuple[int, int]]:
    """Return the ranges of `text.text` that the fewest edits, at most half its length, turn into `needle`.

    One search of the whole text by edit distance takes as long as `rapidfuzz.fuzz.partial_ratio_alignment`
    and yields exact ends and every repeat, which that leaves to be found.
    """
    coding = text.coded or code(needle, text.text)
    if coding is None:
        best = fuzz.partial_ratio_alignment(needle, text.text, score_cutoff=50)
        return [(best.dest_start, best.dest_end)] if best and len(needle) <= len(text.text) else []
    table, coded = coding
    query = bytes(table.get(ord(ch), 0) for ch in needle)
    found = edlib.align(query, coded, mode="HW", task="locations", k=len(needle) // 2)
    return [(start, end + 1) for start, end in found["locations"][:_MOST_PLACES] if start is not None]


def _apart(best_first: Iterable[Located]) -> list[Located]:
    kept: list[Located] = []
    for place in best_first:
        if all(place.end <= other.start or other.end <= place.start for other in kept):
            kept.append(place)
    return kept


def _adjusted(needle: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of an alignment to the nearest word ends, whichever way resembles the needle more."""
    spans = [(a, b) for a in _word_ends(text, start) for b in _word_ends(text, end) if a < b]
    return max(spans, key=lambda span: (fuzz.ratio(needle, text[slice(*span)]), span[1] - span[0]))


def _word_ends(text: str, at: int) -> tuple[int, int]:
    left = right = at
    while _cuts_word(text, left) and at - left < _LONGEST_WORD:
        left -= 1
    while _cuts_word(text, right) and right - at < _LONGEST_WORD:
        right += 1
    return left, right


def _scored(needle: str, text: Folded, start: int, end: int) -> Located:
    first, last = text.original(start, end)
    score = fuzz.ratio(needle, text.text[start:end])
    return Located(start=first, end=last, match=Match.FUZZY, score=round(score, 1))
