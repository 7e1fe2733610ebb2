"""What was announced for one day and now is for another: "the hearing has been postponed until Friday".

Only what lay ahead when it was told can be put off. What is past and is dated otherwise today is no change: the
sources disagree about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from briefing.consistency import evidence_of
from briefing.crosschecks.dates.dated import MOVED, is_event
from briefing.news.carrying import Before, Today, told_spans
from briefing.news.wording import given
from briefing.terms import content_terms
from briefing.types import COMPARED_LANGUAGES, Change, ChangeKind, Document, Evidence, Sentence
from briefing.values import Moment, compatible, read_attributions, read_moments

_MOVED_SHARED, _LEAST_SHARED = 0.5, 0.75
"""Share of the shorter sentence's terms, dates and words for moving left aside, that the other one must have: where
today says that it is moved, and where it only gives another day. Set by hand on invented sentences."""
_FEWEST_SHARED = 2
_AHEAD = re.compile(
    r"\b(?:will|shall|to be|is to|are to|due|schedul\w+|planned|plans?|set for|expect\w*|intends?|would|may|tomorrow"
    r"|next|opens?|begins?|starts?|votes?|meets?|closes?|ends?|expires?|lands?|arrives?|returns?)\b",
    re.I,
)
_AS_WELL = re.compile(r"\b(?:as well|also|too|again|another|second|every)\b", re.I)
_TO = re.compile(r"\b(?:to|until|till|for|on|in)\s(?:the\s|early\s|late\s)?$", re.I)
_MOVES = re.compile(rf"{MOVED.pattern}|\bmoved?\b(?: \S+){{1,8}}? (?:from|to)\b", re.I)
_MOVING = frozenset(content_terms("postponed rescheduled delayed adjourned put pushed back brought forward moved new"))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Planned:
    """A sentence with the day of what it announces."""

    sentence: Sentence
    terms: frozenset[str]
    moment: Moment
    evidence: Evidence

    @property
    def day(self) -> date | None:
        return self.moment.first


def put_off(today: Today, before: Before) -> Iterator[Change]:
    """Yield what was told for one day and now is for another."""
    own = {d.id: d for d in today.documents if d.language in COMPARED_LANGUAGES}
    told = told_spans(before)
    sentences = [s for s in today.sentences if s.source in own]
    old = [s for s in sentences if s.source not in today.fresh and told.meet(evidence_of(s))]
    new = [s for s in sentences if s.source in today.fresh and s.id in today.untold]
    announced = [p for s in old for p in _announced(s, own[s.source], moved=bool(_MOVES.search(s.text)))]
    now = [p for s in new for p in _now(s, own[s.source])]
    pairs = [(a, b) for b in now if (a := _replaced(b, announced, today.days)) is not None]
    for about in dict.fromkeys(a.sentence.id for a, _ in pairs):
        group = [(a, b) for a, b in pairs if a.sentence.id == about]
        if all(agree_on(b.moment, other.moment) for _, b in group for _, other in group):
            yield _change(group[0][0], [b for _, b in group], today)


def agree_on(a: Moment, b: Moment) -> bool:
    """Whether two dates can be one."""
    return compatible(a, b) is not False


def _replaced(now: _Planned, announced: list[_Planned], days: Mapping[str, date]) -> _Planned | None:
    """Return what was last told of the same plan, when that is another day."""
    alike = [a for a in announced if _same_plan(a, now)]
    latest = [a for a in alike if days[a.sentence.source] == max(days[x.sentence.source] for x in alike)]
    if not latest or any(agree_on(a.moment, now.moment) for a in latest):
        return None
    return max(latest, key=lambda a: (len(a.terms & now.terms), a.sentence.id))


def _same_plan(a: _Planned, b: _Planned) -> bool:
    shared = len(a.terms & b.terms)
    least = _MOVED_SHARED if _MOVES.search(b.sentence.text) else _LEAST_SHARED
    return shared >= _FEWEST_SHARED and shared >= least * min(len(a.terms), len(b.terms))


def _now(sentence: Sentence, document: Document) -> Iterator[_Planned]:
    """Yield the day that a sentence of today gives: that to which something is moved, or that it announces."""
    moved = _MOVES.search(sentence.text)
    if not moved:
        yield from _announced(sentence, document, moved=False)
        return
    moments = [m for m in _days(sentence, document) if m.start > moved.start()]
    to = [m for m in moments if _TO.search(sentence.text, 0, m.start)]
    for moment in to[-1:]:
        yield _planned(sentence, _next(moment, document))


def _next(moment: Moment, document: Document) -> Moment:
    """Read a weekday as the next one: what is put off lies ahead."""
    day, published = moment.first, document.published.date() if document.published else None
    if day is None or published is None or moment.weekday is None or moment.month is not None or day >= published:
        return moment
    ahead = day + timedelta(days=7 * (1 + (published - day).days // 7))
    return replace(moment, first=ahead, last=ahead)


def _announced(sentence: Sentence, document: Document, *, moved: bool) -> Iterator[_Planned]:
    if moved:
        yield from _now(sentence, document)
        return
    said = read_attributions(sentence.text)
    days = _days(sentence, document)
    # "From Monday to Wednesday" is no day that is put off, and "on Friday as well" puts nothing off.
    if len(days) != 1 or _AS_WELL.search(sentence.text) or not is_event(days[0], said, sentence.text):
        return
    moment = _next(days[0], document) if _AHEAD.search(sentence.text) else days[0]
    if _lies_ahead(moment, sentence, document):
        yield _planned(sentence, moment)


def _lies_ahead(moment: Moment, sentence: Sentence, document: Document) -> bool:
    published = document.published.date() if document.published else None
    ahead = bool(_AHEAD.search(sentence.text))
    return ahead and (published is None or moment.last is None or moment.last >= published)


def _days(sentence: Sentence, document: Document) -> list[Moment]:
    anchor = document.published.date() if document.published else None
    found = read_moments(sentence.text, anchor)
    return [m for m in found if (m.first is not None and m.first == m.last) or m.weekday is not None]


def _planned(sentence: Sentence, moment: Moment) -> _Planned:
    told = f"{sentence.text[: moment.start]} {sentence.text[moment.end :]}"
    names = frozenset(content_terms(" ".join(m.text for m in read_moments(told))))
    terms = frozenset(content_terms(told)) - _MOVING - names
    return _Planned(sentence=sentence, terms=terms, moment=moment, evidence=evidence_of(sentence))


def _change(told: _Planned, now: list[_Planned], today: Today) -> Change:
    after = given((_written(p.moment), today.day, p.evidence) for p in now)
    text, moment = told.sentence.text, told.moment
    return Change(
        kind=ChangeKind.CHANGED_VALUE,
        about=" ".join(f"{text[: moment.start]}…{text[moment.end :]}".split()),
        claims=today.claims_on(e for value in after for e in value.evidence),
        before=given([(_written(moment), today.days[told.sentence.source], told.evidence)]),
        after=after,
    )


def _written(moment: Moment) -> str:
    """Write the day with its weekday, as far as the text tells: "Saturday 7 June 2031"."""
    if moment.first is not None and moment.first == moment.last:
        return f"{moment.first:%A} {moment.first.day} {moment.first:%B %Y}"
    return " ".join(moment.text.split())
