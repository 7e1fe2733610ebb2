"""Persons who held one office when they were told of, and now hold another, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.consistency import evidence_of
from briefing.news.carrying import Before, Today, told_spans
from briefing.news.wording import given
from briefing.types import COMPARED_LANGUAGES, Change, ChangeKind, Evidence, Match, Sentence
from briefing.values import Title, read_titles, same_name, titles_conflict
from briefing.values.roles import FORMER

# What is said of somebody who takes or leaves an office; else two titles are two sources' words.
_TAKES = re.compile(
    r"\b(?:appoint|elect|promot|nominat|nam|replac|succeed|resign|dismiss|oust|suspend)(?:ed|s|ing)?\b"
    r"|\b(?:became|becomes|becoming|sworn in|takes? over|took over|takes? office|stepp?(?:ed|s) down|sacked|fired"
    r"|is now|was made|new)\b",
    re.I,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Held:
    """A title of a person in a sentence."""

    sentence: Sentence
    title: Title
    evidence: Evidence


def changed_offices(today: Today, before: Before) -> Iterator[Change]:
    """Yield the persons whom a source of today gives another office than was told, and says that it changed."""
    own = {d.id for d in today.documents if d.language in COMPARED_LANGUAGES}
    shown = told_spans(before)
    held = [h for s in today.sentences if s.source in own for h in _held(s)]
    told = [h for h in held if h.sentence.source not in today.fresh and shown.meet(h.evidence)]
    fresh = [h for h in held if h.sentence.source in today.fresh and h.sentence.id in today.untold]
    seen: set[str] = set()
    for now in fresh:
        same = [h for h in told if same_name(h.title.person.text, now.title.person.text)]
        was = [h for h in same if _has_left(h.title, now.title) or _has_taken(h.title, now)]
        person = now.title.person.text
        if was and person not in seen and not any(_is_same(h.title, now.title) for h in same):
            seen.add(person)
            yield _change(person, was, [h for h in fresh if _is_same(h.title, now.title)], today)


def _held(sentence: Sentence) -> Iterator[_Held]:
    for title in read_titles(sentence.text):
        start, end = title.span
        evidence = Evidence(
            source=sentence.source,
            start=sentence.start + start,
            end=sentence.start + end,
            text=sentence.text[start:end],
            match=Match.EXACT,
        )
        yield _Held(sentence=sentence, title=title, evidence=evidence)


def _has_taken(told: Title, now: _Held) -> bool:
    return told.title != now.title.title and bool(_TAKES.search(_around(now)))


def _around(held: _Held) -> str:
    """What stands near a title and its person, without the title: "president-elect" elects nobody."""
    text, title = held.sentence.text, held.title
    return text[max(0, title.start - _NEAR) : title.start] + " … " + text[title.end : title.end + _NEAR]


_NEAR = 60
"""Characters."""


def _has_left(told: Title, now: Title) -> bool:
    return told.head == now.head and bool(FORMER & {*now.modifiers}) and not FORMER & {*told.modifiers}


def _is_same(a: Title, b: Title) -> bool:
    return (
        a.head == b.head
        and same_name(a.person.text, b.person.text)
        and {*a.modifiers} == {*b.modifiers}
        and not titles_conflict(a, b)
    )


def _change(person: str, was: list[_Held], now: list[_Held], today: Today) -> Change:
    return Change(
        kind=ChangeKind.CHANGED_VALUE,
        about=f"title of {person}",
        claims=today.claims_on(evidence_of(h.sentence) for h in now),
        before=given((h.title.text, today.days[h.sentence.source], h.evidence) for h in was),
        after=given((h.title.text, today.day, h.evidence) for h in now),
    )
