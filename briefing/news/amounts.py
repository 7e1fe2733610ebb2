"""Amounts that were told and now are others: "evacuated: 3,000 on Wednesday, 3,100 on Thursday".

The question that two numbers answer is found as for disputes: unit, noun, verb and context. What differs is time. How
things stood by Monday and by Friday is one question here, and a figure that only grows was right on its day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from briefing.crosschecks.dates.dated import is_event
from briefing.crosschecks.quantities.agreement import QuantityPolicy, agree
from briefing.crosschecks.quantities.mentions import ACTS, Mention, read_mentions
from briefing.crosschecks.quantities.questions import Context, Given, nouns_agree, strength
from briefing.crosschecks.quantities.wording import about, span_of
from briefing.news.carrying import Before, Today, overlap
from briefing.news.wording import given
from briefing.types import COMPARED_LANGUAGES, Change, ChangeKind, Evidence
from briefing.types import Given as Value
from briefing.values import (
    Bound,
    Quantity,
    QuantityKind,
    canonical,
    read_attributions,
    read_names,
    read_quantities,
    same_amount,
    same_name,
    scale_slip,
)

# Stricter than for disputes: between two days more happens than between two reports of one day, so that nouns must
# agree and other verbs tell of something else. Set by hand on invented stories.
_QUESTIONS = QuantityPolicy(
    same_noun_and_verb=0.15,
    same_noun=0.35,
    other_verb=0.6,
    same_verb=0.4,
    neither=2.0,
    duration=0.5,
    only_one=2.0,
    beside=2.0,
    resembling=1.0,
)
_ROUNDED = Decimal("0.025")
"""A rounded amount this close to a finer one, relative to the larger, is that amount told again."""
# "Three more boats" and "the second strike killed nine" count anew; they replace no figure.
_ANEW_BEFORE = re.compile(r"\b(?:another|further|additional|extra|a second|a third|new)\s(?:about\s|some\s)?$", re.I)
_ANEW_AFTER = re.compile(r"^\S*\s(?:more|further|additional|new)\b", re.I)
# "Rose from 24 to 31", "up from 24": the old value beside the new one.
_BEFORE_IT = re.compile(r"\b(?:from|than|earlier|previous(?:ly)?|initial(?:ly)?|first|had (?:said|put|spoken))\b", re.I)


class Amounts:
    """The amounts of today's briefing: those that were told, and those of today."""

    def __init__(self, today: Today, before: Before) -> None:
        own = [d for d in today.documents if d.language in COMPARED_LANGUAGES]
        mentions = [_on_event_days(mention) for mention in read_mentions(own, today.sentences)]
        told = [*_told_spans(before)]
        self._today = today
        self._mentions = mentions
        self._context = Context(mentions, today.sentences)
        self._given = Given(mentions, _QUESTIONS)
        self._told = _Index(m for m in mentions if m.source not in today.fresh and overlap([span_of(m)], told))
        self._now = _Index(m for m in mentions if m.source in today.fresh and not m.is_retracted)
        self._fresh = [m for m in mentions if m.source in today.fresh and m.sentence.id in today.untold]
        self._places: dict[str, frozenset[str]] = {}

    def changes(self) -> Iterator[tuple[list[Mention], list[Mention]]]:
        """Yield (before, after) for every question whose value was told and is another today."""
        found: dict[int, tuple[list[Mention], list[Mention]]] = {}
        for mention in self._fresh:
            told = self._replaced(mention) if self._may_replace(mention) else []
            if told:
                known = next((found[id(m)] for m in told if id(m) in found), ([], []))
                known[0].extend(m for m in told if m not in known[0])
                known[1].append(mention)
                found.update((id(m), known) for m in told)
        for told, now in {id(pair): pair for pair in found.values()}.values():
            one = self._one_of_each_source(now, told)
            if _is_agreed(one):
                yield told, one

    def _one_of_each_source(self, now: Sequence[Mention], told: Sequence[Mention]) -> list[Mention]:
        """Keep of each source the value that most surely answers the question, each time that it is given."""
        best: dict[str, Mention] = {}
        for mention in sorted(now, key=lambda m: -max(self.sure(other, m) for other in told)):
            best.setdefault(mention.source, mention)
        return [m for m in now if same_amount(m.quantity, best[m.source].quantity)]

    def told_as(self, before: Sequence[Mention], after: Sequence[Mention]) -> Change:
        """Write a change of value down."""
        now = self._values(after)
        return Change(
            kind=ChangeKind.CHANGED_VALUE,
            about=about([*before, *after]),
            claims=self._today.claims_on(e for value in now for e in value.evidence),
            before=self._values(before),
            after=now,
        )

    def _values(self, mentions: Sequence[Mention]) -> tuple[Value, ...]:
        told = [(canonical(m.quantity), self._day(m), span_of(m)) for m in sorted(mentions, key=_place)]
        return given(told)

    def grow(self, spans: Sequence[Evidence]) -> bool:
        """Whether the amounts at some spans are of a sort that time may change: all but ages."""
        own = [m for m in self._mentions if overlap([span_of(m)], spans)]
        return not any(m.quantity.kind is QuantityKind.AGE for m in own)

    def sure(self, a: Mention, b: Mention) -> float:
        """How surely two amounts answer one question; below 1 they do not."""
        if self._names_apart(a, b):
            return 0.0
        if a.verb and b.verb and a.verb != b.verb:
            two_acts = a.verb in ACTS and b.verb in ACTS
            if two_acts or self._context.shared(a, b) < _QUESTIONS.other_verb:
                return 0.0
        return strength(a, b, self._context, self._given, _QUESTIONS)

    def _names_apart(self, a: Mention, b: Mention) -> bool:
        """Whether both sentences name something and nothing alike: the dead of one town are not those of another."""
        here, there = self._named(a), self._named(b)
        return bool(here and there) and not any(same_name(x, y) for x in here for y in there)

    def _named(self, mention: Mention) -> frozenset[str]:
        """The words of the names in its sentence but for those of who says so."""
        known = self._places.get(mention.sentence.id)
        if known is None:
            text = mention.sentence.text
            aside = [(said.start, said.end) for said in read_attributions(text)]
            aside += [(q.start, q.end) for q in read_quantities(text)]
            names = (n for n in read_names(text) if not any(a <= n.start < b for a, b in aside))
            known = self._places[mention.sentence.id] = frozenset(word for name in names for word in name.words)
        return known

    def given_by(self, source: str, spans: Sequence[Evidence], *, instead_of: Sequence[Evidence]) -> Evidence | None:
        """Return where a source gives the amount of some spans for the question that others answer, and not theirs."""
        wanted = [m for m in self._mentions if overlap([span_of(m)], spans)]
        was = [m for m in self._mentions if overlap([span_of(m)], instead_of)]
        own = [m for m in self._mentions if m.source == source and not m.is_retracted]
        asked = [m for m in own if any(self.sure(other, m) >= 1 for other in (*was, *wanted))]
        if any(not has_changed(other.quantity, m.quantity) for m in asked for other in was):
            return None
        return next((span_of(m) for m in asked for other in wanted if same_amount(m.quantity, other.quantity)), None)

    def _may_replace(self, mention: Mention) -> bool:
        # Nobody ages between two briefs.
        ages = mention.quantity.kind is QuantityKind.AGE
        return not (ages or mention.is_former or mention.is_retracted or mention.is_condition or _counts_anew(mention))

    def _replaced(self, now: Mention) -> list[Mention]:
        """Return what was last told for the question that a number of today answers, when that is another value."""
        alike = [m for m in self._told.near(now) if self.sure(m, now) >= 1 and not _counts_anew(m)]
        if not alike:
            return []
        best = max(alike, key=lambda m: (self.sure(m, now), self._day(m)))
        question = [m for m in alike if m is best or _gives_one(m, best) or self.sure(m, best) >= 1]
        last = max(self._day(m) for m in question)
        latest = [m for m in question if self._day(m) == last]
        if any(not has_changed(m.quantity, now.quantity) for m in latest):
            return []
        return [] if any(self._is_no_news(m, now) for m in latest) else latest

    def _is_no_news(self, told: Mention, now: Mention) -> bool:
        return self._is_older(now, told) or self._given.gives(told.source, now) or self._is_given_still(told, now)

    def _day(self, mention: Mention) -> date:
        return self._today.days[mention.source]

    def _is_older(self, now: Mention, told: Mention) -> bool:
        one, other = now.document.published, told.document.published
        return one is not None and other is not None and one.date() < other.date()

    def _is_given_still(self, told: Mention, now: Mention) -> bool:
        """Whether an article of today gives what was told as well, and not as what it was before."""
        return any(
            not has_changed(told.quantity, m.quantity)
            and not (m.is_former or _BEFORE_IT.search(m.sentence.text, 0, m.quantity.start))
            and (nouns_agree(told, m) is not False if m.source == now.source else self.sure(told, m) >= 1)
            for m in self._now.near(told)
        )


class _Index:
    """Mentions by their measure and their terms."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._held: dict[object, list[Mention]] = defaultdict(list)
        for mention in mentions:
            for term in {*mention.terms, *mention.nouns}:
                self._held[mention.measure, term].append(mention)

    def near(self, mention: Mention) -> list[Mention]:
        """Return the mentions of the same measure that share a term, in the order of the sources."""
        terms = {*mention.terms, *mention.nouns}
        met = {id(m): m for term in terms for m in self._held.get((mention.measure, term), ())}
        return sorted(met.values(), key=_place)


def _place(mention: Mention) -> tuple[int, str, int]:
    return len(mention.source), mention.source, mention.start


def _told_spans(before: Before) -> Iterator[Evidence]:
    for told in before.claims:
        yield from told.spans
    for change in before.changes:
        for value in change.after:
            yield from value.evidence
    for each in before.disputes:
        for side in each.dispute.values:
            yield from side.evidence


# How many there are, and how many there have been so far, is counted anew every day: the day is that of the count.
_STANDING = frozenset("stay wait miss live hold stand work shelter sleep treat need lack".split())
_SO_FAR = re.compile(
    r"\b(?:since|so far|to date|now|by|as of|in all|in total|altogether|total|toll|still|already|has|have)\b", re.I
)


def _on_event_days(mention: Mention) -> Mention:
    """Leave only the days on which something happened: the day of a report or of a count is no part of the question."""
    text = mention.sentence.text
    if mention.verb in _STANDING or _SO_FAR.search(text):
        return replace(mention, moments=())
    said = read_attributions(text)
    return replace(mention, moments=tuple(m for m in mention.moments if is_event(m, said, text)))


def _counts_anew(mention: Mention) -> bool:
    text, q = mention.sentence.text, mention.quantity
    return bool(_ANEW_BEFORE.search(text, 0, q.start) or _ANEW_AFTER.match(text[q.start : q.end + 12]))


# The same value, or another
# --------------------------


def has_changed(told: Quantity, now: Quantity) -> bool:
    """Say whether an amount is another one than was told: not the same one rounded, bounded or with three zeros less.

    >>> from briefing.values import read_quantities
    >>> told, *others = read_quantities("3,000 people, 3,100 people, about 3,000 people, 3 people, at least 50 people")
    >>> [has_changed(told, other) for other in others]
    [True, False, False, False]
    """
    if told.unit != now.unit or same_amount(told, now) or scale_slip(told, now) or _is_rounding(told, now):
        return False
    if told.bound is Bound.AT_LEAST and now.low > told.low:
        return not _is_close(told, now) and any(ch.isdigit() for ch in told.text)
    return not (_allows(told, now) or _allows(now, told))


def _is_close(a: Quantity, b: Quantity) -> bool:
    return abs(a.low - b.low) <= max(abs(a.low), abs(b.low)) * _ROUNDED


def _is_rounding(a: Quantity, b: Quantity) -> bool:
    return a.step != b.step and _is_close(a, b) and max(a.step, b.step) >= abs(a.low - b.low)


def _allows(a: Quantity, b: Quantity) -> bool:
    """Whether a bound or a range of one holds the other."""
    if a.bound is Bound.AT_LEAST:
        return b.low >= a.low
    if a.bound is Bound.AT_MOST:
        return b.high <= a.high
    return a.low < a.high and a.low <= b.low and b.high <= a.high


def _gives_one(a: Mention, b: Mention) -> bool:
    return same_amount(a.quantity, b.quantity)


def _is_agreed(now: Sequence[Mention]) -> bool:
    return all(agree(a.quantity, b.quantity, _QUESTIONS) for a in now for b in now)
