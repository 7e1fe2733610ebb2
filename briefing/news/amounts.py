"""Amounts that were told and now are others: "evacuated: 3,000 on Wednesday, 3,100 on Thursday".

A figure that only grows was right on its day: no source is at odds with another. Where the sources of today disagree
among themselves, or one still gives what was told, nothing has changed.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from briefing.crosschecks.quantities.agreement import agree
from briefing.crosschecks.quantities.mentions import Mention, read_mentions
from briefing.crosschecks.quantities.questions import nouns_agree
from briefing.crosschecks.quantities.wording import about, span_of
from briefing.news.carrying import Before, Today, overlap, told_spans
from briefing.news.differing import has_changed
from briefing.news.questions import POLICY, Questions, counts_anew, on_event_days
from briefing.news.wording import given
from briefing.types import COMPARED_LANGUAGES, Change, ChangeKind, Evidence
from briefing.types import Given as Value
from briefing.values import QuantityKind, canonical, same_amount

# "Rose from 24 to 31", "up from 24": the old value beside the new one.
_BEFORE_IT = re.compile(r"\b(?:from|than|earlier|previous(?:ly)?|initial(?:ly)?|first|had (?:said|put|spoken))\b", re.I)


class Amounts:
    """The amounts of today's briefing: those that were told, and those of today."""

    def __init__(self, today: Today, before: Before) -> None:
        own = [d for d in today.documents if d.language in COMPARED_LANGUAGES]
        mentions = on_event_days(read_mentions(own, today.sentences))
        told = told_spans(before)
        self._today = today
        self._mentions = mentions
        self._questions = Questions(mentions, today.sentences)
        self._given = self._questions.given
        self._told = _Index(m for m in mentions if m.source not in today.fresh and told.meet(span_of(m)))
        self._now = _Index(m for m in mentions if m.source in today.fresh and not m.is_retracted)
        self._fresh = [m for m in mentions if m.source in today.fresh and m.sentence.id in today.untold]

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
            one = _newest(self._one_of_each_source(now, told))
            if _is_agreed(one):
                yield told, one

    def _one_of_each_source(self, now: Sequence[Mention], told: Sequence[Mention]) -> list[Mention]:
        """Keep of each source the value that most surely answers the question, each time that it is given."""
        best: dict[str, Mention] = {}
        for mention in sorted(now, key=lambda m: -max(self._questions.sure(other, m) for other in told)):
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

    def given_by(self, source: str, spans: Sequence[Evidence], *, instead_of: Sequence[Evidence]) -> Evidence | None:
        """Return where a source gives the amount of some spans for the question that others answer, and not theirs."""
        wanted = [m for m in self._mentions if overlap([span_of(m)], spans)]
        was = [m for m in self._mentions if overlap([span_of(m)], instead_of)]
        own = [m for m in self._mentions if m.source == source and not m.is_retracted]
        asked = [m for m in own if any(self._questions.sure(other, m) >= 1 for other in (*was, *wanted))]
        if any(not has_changed(other.quantity, m.quantity) for m in asked for other in was):
            return None
        return next((span_of(m) for m in asked for other in wanted if same_amount(m.quantity, other.quantity)), None)

    def _may_replace(self, mention: Mention) -> bool:
        # Nobody ages between two briefs.
        ages = mention.quantity.kind is QuantityKind.AGE
        return not (ages or mention.is_former or mention.is_retracted or mention.is_condition or counts_anew(mention))

    def _replaced(self, now: Mention) -> list[Mention]:
        """Return what was last told for the question that a number of today answers, when that is another value."""
        alike = [m for m in self._told.near(now) if self._questions.sure(m, now) >= 1 and not counts_anew(m)]
        if not alike:
            return []
        best = max(alike, key=lambda m: (self._questions.sure(m, now), self._day(m)))
        question = [m for m in alike if m is best or _gives_one(m, best) or self._questions.sure(m, best) >= 1]
        last = max(self._day(m) for m in question)
        latest = [m for m in question if self._day(m) == last]
        if any(not has_changed(m.quantity, now.quantity) for m in latest):
            return []
        return [] if any(self._is_no_news(m, now) for m in latest) else latest

    def _is_no_news(self, told: Mention, now: Mention) -> bool:
        return _is_older(now, told) or self._given.gives(told.source, now) or self._is_given_still(told, now)

    def _day(self, mention: Mention) -> date:
        return self._today.days[mention.source]

    def _is_given_still(self, told: Mention, now: Mention) -> bool:
        """Whether an article as new as the other gives what was told as well, and not as what it was before."""
        return any(
            not _is_older(m, now)
            and not has_changed(told.quantity, m.quantity)
            and not (m.is_former or _BEFORE_IT.search(m.sentence.text, 0, m.quantity.start))
            and (nouns_agree(told, m) is not False if m.source == now.source else self._questions.sure(told, m) >= 1)
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
        """Return the mentions of the same measure that share most terms, no more than a fixed number of them."""
        terms = {*mention.terms, *mention.nouns}
        shared = Counter(m for term in terms for m in self._held.get((mention.measure, term), ()))
        met = heapq.nsmallest(POLICY.postings, shared, key=lambda m: (-shared[m], _place(m)))
        return sorted(met, key=_place)


def _place(mention: Mention) -> tuple[int, str, int]:
    return len(mention.source), mention.source, mention.start


def _gives_one(a: Mention, b: Mention) -> bool:
    return same_amount(a.quantity, b.quantity)


def _is_older(one: Mention, other: Mention) -> bool:
    """Whether an article is known to be of an earlier day than another."""
    first, second = one.document.published, other.document.published
    return first is not None and second is not None and first.date() < second.date()


def _newest(now: Sequence[Mention]) -> list[Mention]:
    """Leave out what articles give otherwise that were published on an earlier day: a later one may know more."""
    return [m for m in now if not any(_is_older(m, o) and has_changed(m.quantity, o.quantity) for o in now)]


def _is_agreed(now: Sequence[Mention]) -> bool:
    return all(agree(a.quantity, b.quantity, POLICY) for a in now for b in now)
