"""Find events that the sources of one story date differently.

Pure. Two clauses are compared only when they have one date each and are nearly the same words otherwise, so most
differences are missed and few are invented. Two ways to write one date are one value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.consistency import evidence_of
from briefing.crosschecks.clauses import clause_ranges, joined, likeness, meeting, one_value
from briefing.terms import content_terms
from briefing.types import Assessment, Dispute, DisputeKind, DisputeValue, Document, Evidence, Notice, Sentence
from briefing.values import Attribution, Moment, compatible, read_attributions, read_moments

# Fitted on public news data: 45 real stories of 214 articles give one dispute down to 0.3, a real one, and three
# false ones at 0.2 (an event and the report of it). Of 32 days changed there, in sentences of like content, a third is
# found at 0.3: the others are told in other words, or date the report.
LEAST_SHARED = 0.3
"""Share of the two clauses' terms, their dates left aside, that are in both."""
_FEWEST = 4
"""Terms that a clause must have beside its date."""
_FEWEST_COMMON = 2
"""Terms in both that are no part of a name: all that is told of a minister shares her name and office."""
_ONE_DAY = 1
_NEXT_WORDS = 2
"""Words that may stand between a reporting verb and the date of the report: "told Radio Quito on Monday"."""
# Questions and conditions state nothing.
_IDLE = re.compile(r"\?|\b(?:if|whether|unless|until)\b", re.I)
# How things stood by a day, or since, or every week: the next report is of another day.
_NO_EVENT = re.compile(
    r"\b(?:by|since|until|till|before|after|from|through|between|every|each|as of|as early as)"
    r"(?:\s(?:the|early|late|last|next|this|mid))?\s$",
    re.I,
)
_NUMBER = re.compile(r"\d")
_MOVED = re.compile(
    r"\b(?:postpon|reschedul|delay|adjourn|put off|pushed back|brought forward|moved (?:to|from|up|back))\w*", re.I
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Dated:
    """A clause with the one date in it."""

    evidence: Evidence
    sentence: str
    """The id of the sentence it stands in."""
    terms: tuple[str, ...]
    common: frozenset[str]
    """Those of its terms that are no part of a name."""
    moment: Moment
    at: int
    """Where in the clause the date begins."""
    document: Document
    notice: Notice | None
    moved: bool
    """Whether it says that the event was put off or brought forward."""

    @property
    def source(self) -> str:
        return self.document.id


def date_disputes(
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    *,
    least_shared: float = LEAST_SHARED,
    between: Collection[str] | None = None,
) -> tuple[Dispute, ...]:
    """Return one dispute for every event that sources date differently in nearly the same words.

    `documents` are those of one story, `sentences` its citable sentences. A source with both dates is at odds with
    nobody; the date of a report ("the agency said on Monday") is no date of the event; an event that one clause says
    was put off has two dates in truth. With `between`, only sentences of these ids are compared across sources.
    `id` and `story` are left empty.
    """
    by_id = {document.id: document for document in documents}
    clauses = [c for s in sentences if s.source in by_id for c in _dated(s, by_id[s.source])]
    apart = [pair for pair in _pairs(clauses, least_shared) if not _meet(*pair)]
    reconciled = {a.source for a, b in apart if a.source == b.source}
    at_odds = [
        (a, b)
        for a, b in apart
        if not reconciled & {a.source, b.source} and (between is None or {a.sentence, b.sentence} <= set(between))
    ]
    return tuple(_dispute(group) for group in joined(at_odds))


# Clauses with a date
# -------------------


def _dated(sentence: Sentence, document: Document) -> Iterator[_Dated]:
    anchor = document.published.date() if document.published else None
    moments = [moment for moment in read_moments(sentence.text, anchor) if not _is_clock(moment)]
    if not moments:
        return
    attributions = read_attributions(sentence.text)
    for start, end in clause_ranges(sentence.text, _IDLE, whole=[(m.start, m.end) for m in moments]):
        own = [moment for moment in moments if start <= moment.start < end]
        if len(own) != 1 or not _is_event(own[0], attributions, sentence.text):
            continue
        told = f"{sentence.text[start : own[0].start]} {sentence.text[own[0].end : end]}"
        terms = tuple(dict.fromkeys(content_terms(told)))
        if len(terms) >= _FEWEST:
            yield _Dated(
                evidence=evidence_of(sentence, start, end),
                sentence=sentence.id,
                terms=terms,
                common=frozenset(content_terms(" ".join(w for w in told.split() if not w[:1].isupper()))),
                # The hour is another question.
                moment=replace(own[0], time=None),
                at=own[0].start - start,
                document=document,
                notice=next((n for n in document.notices if n.start <= sentence.start < n.end), None),
                moved=bool(_MOVED.search(sentence.text)),
            )


def _is_event(moment: Moment, attributions: Sequence[Attribution], text: str) -> bool:
    """Whether it says when something happened, and not how things stood by then, or when somebody said so."""
    reported = any(
        a.end <= moment.start and len(text[a.end : moment.start].split()) <= _NEXT_WORDS for a in attributions
    )
    return _is_known(moment) and not reported and not _NO_EVENT.search(text, 0, moment.start)


def _is_clock(moment: Moment) -> bool:
    """Whether it is an hour and no date."""
    return moment.time is not None and not (moment.first or moment.month or moment.weekday is not None)


def _is_known(moment: Moment) -> bool:
    """Whether it can be compared: a day, a month, a year, or a weekday; "last week" is too loose to differ."""
    vague = moment.relative and moment.weekday is None and moment.first != moment.last
    return not vague and (moment.first is not None or moment.weekday is not None or moment.month is not None)


def _pairs(clauses: Sequence[_Dated], least_shared: float) -> Iterator[tuple[_Dated, _Dated]]:
    """Yield the pairs that tell of one event, also those of one source: it may give both dates."""
    for later, earlier in meeting([clause.terms for clause in clauses]):
        a, b = clauses[earlier], clauses[later]
        if not (a.moved or b.moved) and _tell_of_one_event(a, b, least_shared):
            yield a, b


def _tell_of_one_event(a: _Dated, b: _Dated, least_shared: float) -> bool:
    numbers, others = ({term for term in c.terms if _NUMBER.search(term)} for c in (a, b))
    if numbers and others and not numbers & others:
        return False
    return likeness(a.terms, b.terms) >= least_shared and len(a.common & b.common) >= _FEWEST_COMMON


def _meet(a: _Dated, b: _Dated) -> bool:
    return compatible(a.moment, b.moment) is not False


# One dispute
# -----------


def _dispute(pairs: Sequence[tuple[_Dated, _Dated]]) -> Dispute:
    clauses = sorted({c.evidence: c for pair in pairs for c in pair}.values(), key=_place)
    sides = _sides(clauses)
    assessment, note = _assessed(sides)
    return Dispute(
        id="",
        story="",
        about=_about(clauses[0]),
        kind=DisputeKind.DATE,
        assessment=assessment,
        values=tuple(_value(side) for side in sides),
        note=note,
    )


def _place(clause: _Dated) -> tuple[int, str, int]:
    return len(clause.source), clause.source, clause.evidence.start


def _sides(clauses: Sequence[_Dated]) -> list[list[_Dated]]:
    """Group clauses by date: a clause joins the first side that all of its clauses can agree with."""
    sides: list[list[_Dated]] = []
    for clause in clauses:
        own = next((side for side in sides if all(_meet(clause, other) for other in side)), None)
        if own is None:
            sides.append([clause])
        else:
            own.append(clause)
    return sides


def _value(side: Sequence[_Dated]) -> DisputeValue:
    return one_value(_written(side), (clause.evidence for clause in side))


def _written(side: Sequence[_Dated]) -> str:
    """Write the date that the side has in common, by the clause that is most exact about it."""
    moments = [clause.moment for clause in side]
    days = [moment.first for moment in moments if moment.first and moment.first == moment.last]
    plainest = next((m for m in moments if m.weekday is None or m.month is not None), moments[0])
    return f"{days[0].day} {days[0]:%B %Y}" if days else " ".join(plainest.text.split())


def _about(clause: _Dated) -> str:
    """Name the question by the clause with its date taken out: "the pier closed on …"."""
    text = clause.evidence.text
    return " ".join(f"{text[: clause.at]}…{text[clause.at + len(clause.moment.text) :]}".split())


def _assessed(sides: Sequence[Sequence[_Dated]]) -> tuple[Assessment, str]:
    noticed = next((clause for side in sides for clause in side if clause.notice), None)
    if noticed is not None:
        return Assessment.SUPERSEDED, f"{noticed.source} gives its date in a correction or an update."
    days = [clause.moment.first for side in sides for clause in side[:1] if clause.moment.first == clause.moment.last]
    known = [day for day in days if day is not None]
    if len(known) == len(sides) and (max(known) - min(known)).days <= _ONE_DAY:
        return Assessment.OPEN, "The dates are a day apart: time zones, or when each was written, may explain it."
    return Assessment.OPEN, "The sources give different dates and none says why."
