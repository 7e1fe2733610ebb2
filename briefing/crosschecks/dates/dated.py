"""The dates of a sentence that can be compared, each with the words that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.consistency import evidence_of
from briefing.crosschecks.clauses import clause_ranges
from briefing.crosschecks.contrasts import Words, words_of
from briefing.crosschecks.scopes import Scope, scope_of
from briefing.terms import content_terms
from briefing.types import Document, Evidence, Notice, Sentence
from briefing.values import Attribution, Moment, read_attributions, read_moments

_FEWEST = 3
"""Terms before a date at which no more of its clause is taken in."""
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
#: Words by which an event is put off or brought forward.
MOVED = re.compile(
    r"\b(?:postpon|reschedul|delay|adjourn|put off|pushed back|brought forward|moved (?:to|from|up|back))\w*", re.I
)
_CUT = re.compile(r",[”\"]?\s|\b(?:that|when|after|before|while|who|which|where|because|since|although|though)\s", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """A date and the part of the clause that it belongs to."""

    evidence: Evidence
    """That part, the date in it."""
    sentence: str
    """The id of the sentence it stands in."""
    terms: frozenset[str]
    """Of that part, without the date."""
    told: frozenset[str]
    """All terms of the sentence, without its dates."""
    common: frozenset[str]
    """Those of the sentence's terms that are no part of a name."""
    words: Words
    """Of the sentence, in order, without numbers, dates and who says so."""
    scope: Scope
    alone: bool
    """Whether it is the only date of the sentence, so that all of it is about that."""
    moment: Moment
    at: int
    """Where in the evidence the date begins."""
    reported: bool
    """Whether it says when something was said, and not when it happened."""
    document: Document
    notice: Notice | None
    moved: bool
    """Whether the sentence says that an event was put off or brought forward."""

    @property
    def source(self) -> str:
        return self.document.id


def dated(sentence: Sentence, document: Document) -> Iterator[Dated]:
    """Yield the dates of a sentence that say when something happened, or was said."""
    text = sentence.text
    anchor = document.published.date() if document.published else None
    moments = [moment for moment in read_moments(text, anchor) if not _is_clock(moment)]
    if not moments:
        return
    attributions = read_attributions(text)
    words = _without(text, 0, len(text), moments)
    scope = scope_of(words)
    common = " ".join(word for word in words.split() if not word[:1].isupper())
    for start, end in clause_ranges(text, _IDLE, whole=[(m.start, m.end) for m in moments]):
        own = [moment for moment in moments if start <= moment.start < end]
        for moment in own:
            if not _is_known(moment) or _NO_EVENT.search(text, 0, moment.start):
                continue
            first, last = _around(text, start, end, moment, own)
            yield Dated(
                evidence=evidence_of(sentence, first, last),
                sentence=sentence.id,
                terms=frozenset(content_terms(_without(text, first, last, own))),
                told=frozenset(content_terms(words)),
                common=frozenset(content_terms(common)),
                words=words_of(text),
                scope=scope,
                alone=len(moments) == 1,
                # The hour is another question.
                moment=replace(moment, time=None),
                at=moment.start - first,
                reported=_is_report(moment, attributions, text),
                document=document,
                notice=next((n for n in document.notices if n.start <= sentence.start < n.end), None),
                moved=bool(MOVED.search(text)),
            )


def _without(text: str, start: int, end: int, moments: Sequence[Moment]) -> str:
    """Return a part of the text without its dates."""
    inside = [moment for moment in moments if start <= moment.start and moment.end <= end]
    ends = [start, *(moment.end for moment in inside)]
    return " ".join(text[a:b] for a, b in zip(ends, [*(moment.start for moment in inside), end], strict=True))


def _around(text: str, start: int, end: int, moment: Moment, own: Sequence[Moment]) -> tuple[int, int]:
    """Return the part of a clause that a date belongs to: up to the next cut, or more where that says too little.

    What stands between two dates is of the second, "the staff on Monday prepared a meeting on Friday", unless nothing
    stands before the first, "on Monday the staff met and on Friday it rested".
    """
    first, last = start, end
    for other, following in pairwise(own):
        opens = not content_terms(text[start : other.start])
        if moment is following:
            first = other.end if not opens else moment.start
        if moment is other:
            last = following.start if opens else moment.end
    cuts = list(_CUT.finditer(text, first, last))
    before = [*(cut.end() for cut in reversed(cuts) if cut.end() <= moment.start), first]
    after = [*(cut.start() for cut in cuts if cut.start() >= moment.end), last]
    while len(before) > 1 and len({*content_terms(text[before[0] : moment.start])}) < _FEWEST:
        del before[0]
    while len(after) > 1 and not content_terms(_without(text, before[0], after[0], own)):
        # "On Monday, the council …"
        del after[0]
    return _trimmed(text, before[0], after[0])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip(' \t,;:"“”')), start + len(part.rstrip(' \t,;:"“”'))


def is_event(moment: Moment, attributions: Sequence[Attribution], text: str) -> bool:
    """Whether a date says when something happened, and not how things stood by then, or when somebody said so."""
    return (
        _is_known(moment) and not _is_report(moment, attributions, text) and not _NO_EVENT.search(text, 0, moment.start)
    )


def _is_report(moment: Moment, attributions: Sequence[Attribution], text: str) -> bool:
    """Whether the date is that of a report: "told Radio Quito on Monday", "the minister said on Monday"."""
    return any(
        a.start <= moment.start < a.end
        or (a.end <= moment.start and len(text[a.end : moment.start].split()) <= _NEXT_WORDS)
        for a in attributions
    )


def _is_clock(moment: Moment) -> bool:
    """Whether it is an hour and no date."""
    return moment.time is not None and not (moment.first or moment.month or moment.weekday is not None)


def _is_known(moment: Moment) -> bool:
    """Whether it can be compared: a day, a month, a year, or a weekday; "last week" is too loose to differ."""
    vague = moment.relative and moment.weekday is None and moment.first != moment.last
    return not vague and (moment.first is not None or moment.weekday is not None or moment.month is not None)
