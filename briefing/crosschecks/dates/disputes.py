"""Questions of date that the sources of one story answer differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import starmap

from briefing.crosschecks.clauses import FEWEST_SHARED, Rarity, joined, meeting, one_value, unreconciled
from briefing.crosschecks.contrasts import Words, are_contrasted
from briefing.crosschecks.dates.dated import Dated, dated
from briefing.crosschecks.quantities.mentions import GENERIC, act_of
from briefing.crosschecks.scopes import apart
from briefing.terms import content_terms
from briefing.types import Assessment, Dispute, DisputeKind, DisputeValue, Document, Sentence
from briefing.values import Moment, compatible, same_name

# Read on public news data: of the pairs of dates in 45 real stories of 214 articles whose words share this much, all
# but one that disagree are of sources that give both dates, and that one is a real dispute; 925 texts beside the claims
# that they support give one, an error of the text. At 0.3 letters and flights of different years come to be one.
LEAST_SHARED = 0.36
"""Share, by rarity in the story, of the words around two dates or of their whole sentences that is in both."""
_FEW_CONTAINED, _MORE_CONTAINED = 0.75, 0.55
"""Or so much of what stands around the date of which less is said, when three terms are in both, and when more are."""
_FEWEST_COMMON = 2
"""Terms in both that are no part of a name: all that is told of a minister shares her name and office."""
_ONE_DAY = 1
_NUMBER = re.compile(r"\d")
_TELLING = frozenset(content_terms("news report story account announcement statement word"))
"""Nouns for what is told, each of which does for the others."""

Pair = tuple[Dated, Dated]


def date_disputes(
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    *,
    least_shared: float = LEAST_SHARED,
    between: Collection[str] | None = None,
) -> tuple[Dispute, ...]:
    """Return one dispute for every event that sources date differently in much the same words.

    `documents` are those of one story, `sentences` its citable sentences. A source that gives the other date too is at
    odds with nobody; the date of a report ("the agency said on Monday") is compared with that of the same report only;
    an event that a sentence says was put off has two dates in truth. With `between`, only sentences of these ids are
    compared across sources. `id` and `story` are left empty.
    """
    by_id = {document.id: document for document in documents}
    dates = [date for s in sentences if s.source in by_id for date in dated(s, by_id[s.source])]
    pairs = _alike(dates, Rarity(sentences), least_shared)
    chosen = [
        (a, b) for a, b in unreconciled(pairs, _meet) if between is None or {a.sentence, b.sentence} <= set(between)
    ]
    return tuple(_dispute(group) for group in joined(chosen))


class VouchedDates:
    """The disputes of date between sentences of one story that are known to answer one question.

    Only plain ones: each sentence has one date, and that of when it happened: what is said is said on many days. A
    source that gives the other date anywhere is at odds with nobody.
    """

    def __init__(self, documents: Sequence[Document], sentences: Sequence[Sentence]) -> None:
        by_id = {document.id: document for document in documents}
        self._of: dict[str, list[Dated]] = defaultdict(list)
        self._by: dict[str, list[Dated]] = defaultdict(list)
        for sentence in sentences:
            for date in dated(sentence, by_id[sentence.source]) if sentence.source in by_id else ():
                self._of[sentence.id].append(date)
                self._by[sentence.source].append(date)

    def may_be_between(self, one: str, other: str) -> bool:
        """Whether the sentences of these ids would be at odds if they answered one question."""
        return self._between(one, other) is not None

    def disputes(self, pairs: Iterable[tuple[str, str]]) -> tuple[Dispute, ...]:
        """Return the disputes of sentences that answer one question, by their ids; `id` and `story` are left empty."""
        return tuple(_dispute(group) for group in joined(filter(None, starmap(self._between, pairs))))

    def _between(self, one: str, other: str) -> Pair | None:
        if len(self._of[one]) != 1 or len(self._of[other]) != 1:
            return None
        [a], [b] = self._of[one], self._of[other]
        idle = (
            a.moved or b.moved or a.reported or b.reported or a.scope.again != b.scope.again or apart(a.scope, b.scope)
        )
        given = idle or any(_meet(x, date) for x, y in ((a, b), (b, a)) for date in self._by[y.source])
        return None if given else (a, b)


def _alike(dates: Sequence[Dated], rarity: Rarity, least_shared: float) -> Iterator[Pair]:
    """Yield the pairs that tell of one event, also those of one source: it may give both dates."""
    for later, earlier in meeting([date.told for date in dates]):
        a, b = dates[earlier], dates[later]
        if not (a.moved or b.moved) and a.reported == b.reported and _tell_of_one_event(a, b, rarity, least_shared):
            yield a, b


def _tell_of_one_event(a: Dated, b: Dated, rarity: Rarity, least_shared: float) -> bool:
    numbers, others = ({term for term in date.terms if _NUMBER.search(term)} for date in (a, b))
    if numbers and others and not numbers & others:
        return False
    if a.scope.again != b.scope.again or apart(a.scope, b.scope) or are_contrasted(a.words, b.words, _may_be_one):
        return False
    common = a.common | b.common
    whole = a.alone and b.alone and len(a.told & b.told & common) >= _FEWEST_COMMON
    if whole and rarity.shared(a.told, b.told) >= least_shared:
        return True
    shared = a.terms & b.terms
    # Who speaks every day says other things every day.
    if a.reported or len(shared) < FEWEST_SHARED or len(shared & common) < _FEWEST_COMMON:
        return False
    contained = rarity.contained(a.terms, b.terms)
    return rarity.shared(a.terms, b.terms) >= least_shared or contained >= _least_contained(len(shared))


def _may_be_one(ours: Words, theirs: Words) -> bool:
    """Whether two runs of words tell one act or name one thing."""
    acts = [{act for word in words if (act := act_of(word))} for words in (ours, theirs)]
    general = any({*content_terms(word)} & (GENERIC | _TELLING) for word in (*ours, *theirs))
    return bool(acts[0] & acts[1]) or general or same_name(" ".join(ours), " ".join(theirs))


def _least_contained(shared: int) -> float:
    return _FEW_CONTAINED if shared == FEWEST_SHARED else _MORE_CONTAINED


def _meet(a: Dated, b: Dated) -> bool:
    return compatible(a.moment, b.moment) is not False


# One dispute
# -----------


def _dispute(pairs: Sequence[Pair]) -> Dispute:
    dates = sorted({date for pair in pairs for date in pair}, key=_place)
    sides = _sides(dates)
    assessment, note = _assessed(sides)
    return Dispute(
        id="",
        story="",
        about=_about(dates[0]),
        kind=DisputeKind.DATE,
        assessment=assessment,
        values=tuple(_value(side) for side in sides),
        note=note,
    )


def _place(date: Dated) -> tuple[int, str, int]:
    return len(date.source), date.source, date.evidence.start + date.at


def _sides(dates: Sequence[Dated]) -> list[list[Dated]]:
    """Group by date: each joins the first side that all of its members can agree with."""
    sides: list[list[Dated]] = []
    # Each side's different dates; of a thousand sources that say Monday one is asked.
    known: list[dict[Moment, Dated]] = []
    for date in dates:
        at = next((i for i, own in enumerate(known) if all(_meet(date, other) for other in own.values())), len(sides))
        if at == len(sides):
            sides.append([])
            known.append({})
        sides[at].append(date)
        known[at].setdefault(replace(date.moment, start=0, end=0, text=""), date)
    return sides


def _value(side: Sequence[Dated]) -> DisputeValue:
    return one_value(_written(side), (date.evidence for date in side))


def _written(side: Sequence[Dated]) -> str:
    """Write the date that the side has in common, by the words that are most exact about it."""
    moments = [date.moment for date in side]
    days = [moment.first for moment in moments if moment.first and moment.first == moment.last]
    plainest = next((m for m in moments if m.weekday is None or m.month is not None), moments[0])
    return f"{days[0].day} {days[0]:%B %Y}" if days else " ".join(plainest.text.split())


def _about(date: Dated) -> str:
    """Name the question by the words around a date: "the pier closed on …"."""
    text = date.evidence.text
    return " ".join(f"{text[: date.at]}…{text[date.at + len(date.moment.text) :]}".split())


def _assessed(sides: Sequence[Sequence[Dated]]) -> tuple[Assessment, str]:
    noticed = next((date for side in sides for date in side if date.notice), None)
    if noticed is not None:
        return Assessment.SUPERSEDED, f"{noticed.source} gives its date in a correction or an update."
    days = [date.moment.first for side in sides for date in side[:1] if date.moment.first == date.moment.last]
    known = [day for day in days if day is not None]
    if len(known) == len(sides) and (max(known) - min(known)).days <= _ONE_DAY:
        return Assessment.OPEN, "The dates are a day apart: time zones, or when each was written, may explain it."
    return Assessment.OPEN, "The sources give different dates and none says why."
