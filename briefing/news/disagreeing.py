"""Disputes that are open since today, and those that today settles.

Nothing is settled by silence: a dispute is settled when a correction or an update says so, or when every outlet that
gave another value gives the one value today, and in no article of today its old one, and nobody has moved away from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefing.consistency import CONTRADICTIONS, Passage, evidence_of, inconsistencies, passage_of
from briefing.news.amounts import Amounts
from briefing.news.carrying import Before, Today, ToldDispute, overlap
from briefing.news.wording import given
from briefing.terms import content_terms
from briefing.types import (
    Assessment,
    Change,
    ChangeKind,
    Dispute,
    DisputeKind,
    DisputeValue,
    Document,
    Evidence,
    Given,
    Sentence,
)
from briefing.values import read_moments

_OPEN = frozenset({Assessment.OPEN, Assessment.LIKELY_SLIP})
_SAME_STATEMENT = 0.5
"""Share of a statement's terms that a sentence must hold to make it."""


def opened(today: Today, before: Before, amounts: Amounts, explained: Sequence[Change]) -> Iterator[Change]:
    """Yield the disputes that no earlier brief printed and that `explained` changes do not account for.

    A dispute between an article and what it said before is none; nor is one between amounts of different days, unless
    one looks like a slip.
    """
    for dispute in today.disputes:
        sides = _live(dispute, today)
        told = [each.dispute for each in before.disputes if same_question(each.dispute, dispute)]
        added = [v for v in sides if not any(_is_given(v, other) for other in told)]
        new = [v for v in added if _is_news(v.evidence, today)]
        if dispute.assessment not in _OPEN or len(sides) < 2 or not new:
            continue
        if _accounts_for([v for v in sides if v in added], explained):
            continue
        if _is_of_other_days(dispute, sides, today) and _grows(dispute, amounts):
            continue
        yield Change(
            kind=ChangeKind.DISPUTE_OPENED,
            about=dispute.about,
            claims=today.claims_on(e for value in sides for e in value.evidence),
            after=_given(sides, today),
            dispute=dispute.id,
            note="It was open before; another value is given now." if told else dispute.note,
        )


def turned(today: Today, before: Before) -> Iterator[Change]:
    """Yield what one house told and now tells otherwise: that it was denied and is so, another date, another office."""
    told = [span for each in before.claims for span in each.spans]
    for dispute in today.disputes:
        now = [v for v in _live(dispute, today) if _is_news(v.evidence, today)]
        was = [v for v in dispute.values if v not in now and overlap(v.evidence, told)]
        if dispute.kind in _COUNTED or len(now) != 1 or not was or _is_of_other_days(dispute, (*was, *now), today):
            continue
        spans = tuple(e for e in now[0].evidence if e.source in today.fresh)
        if all(_is_theirs(e.source, spans, today) for value in was for e in value.evidence):
            yield Change(
                kind=ChangeKind.CHANGED_VALUE,
                about=dispute.about,
                claims=today.claims_on(spans),
                before=given((_quoted(e), today.days[e.source], e) for v in was for e in v.evidence),
                after=given((_quoted(e), today.day, e) for e in spans),
                dispute=dispute.id,
            )


_COUNTED = frozenset({DisputeKind.QUANTITY, DisputeKind.ATTRIBUTION})


def _quoted(span: Evidence) -> str:
    return " ".join(span.text.split())


def _is_theirs(source: str, spans: Iterable[Evidence], today: Today) -> bool:
    """Whether a source is of an earlier day, and its own house has one of the spans."""
    return source not in today.fresh and any(today.same_house(e.source, source) for e in spans)


def same_question(a: Dispute, b: Dispute) -> bool:
    """Whether two disputes are one: values of both stand in the same places, or one wording has two values in both."""
    if a.kind is not b.kind:
        return False
    met = [v for v in a.values if any(overlap(v.evidence, other.evidence) for other in b.values)]
    values = {v.value for v in a.values} & {v.value for v in b.values}
    return len(met) > 1 or (a.about == b.about and len(values) > 1)


def _live(dispute: Dispute, today: Today) -> tuple[DisputeValue, ...]:
    """The values that the newest version of an article gives, each with these spans."""
    return tuple(v for v in dispute.values if any(_is_current(e.source, today) for e in v.evidence))


def _is_current(source: str, today: Today) -> bool:
    return today.newest.get(source) == source and today.keys.get(source) not in today.withdrawn


def _is_given(value: DisputeValue, dispute: Dispute) -> bool:
    return any(_is_one(value, v) or overlap(value.evidence, v.evidence) for v in dispute.values)


def _is_one(a: DisputeValue, b: DisputeValue) -> bool:
    """Whether one is the other in fewer words: "director" and "director of the authority"."""
    terms, others = {*content_terms(a.value)}, {*content_terms(b.value)}
    return a.value == b.value or (bool(terms and others) and (terms <= others or others <= terms))


def _grows(dispute: Dispute, amounts: Amounts) -> bool:
    spans = [e for value in dispute.values for e in value.evidence]
    return dispute.kind is not DisputeKind.QUANTITY or amounts.grow(spans)


def _is_news(spans: Iterable[Evidence], today: Today) -> bool:
    """Whether a sentence of today that was not told before has one of the spans."""
    return overlap(spans, today.news_spans)


def _is_of_other_days(dispute: Dispute, sides: Sequence[DisputeValue], today: Today) -> bool:
    """Whether the values are apart by the days they are of: no source of today gives an old one, none of old a new.

    That explains amounts, unless one looks like a slip, and dates of which each is that of its own report. The house
    that published both sides has changed its mind.
    """
    now = [{e.source in today.fresh for e in value.evidence} for value in sides]
    if dispute.assessment is Assessment.LIKELY_SLIP or any(len(each) > 1 for each in now):
        return False
    if sum(True in each for each in now) != 1:
        return False
    if dispute.kind is DisputeKind.DATE:
        return all(_is_own_day(e, today.by_id[e.source]) for value in sides for e in value.evidence)
    return dispute.kind is DisputeKind.QUANTITY


def _is_own_day(span: Evidence, document: Document) -> bool:
    """Whether the dates of a clause are those of its report, or of the day before."""
    published = document.published.date() if document.published else None
    days = [m.first for m in read_moments(span.text, published) if m.first and m.first == m.last]
    return published is not None and all(0 <= (published - day).days <= 1 for day in days)


def _is_explained(dispute: Dispute, changes: Iterable[Change]) -> bool:
    return any(explains(change, dispute) for change in changes)


def _accounts_for(sides: Sequence[DisputeValue], changes: Iterable[Change]) -> bool:
    """Whether the changes show every side: a third value, such as a slip, is still in dispute."""
    spans = [e for change in changes for value in (*change.before, *change.after) for e in value.evidence]
    return all(overlap(value.evidence, spans) for value in sides)


def explains(change: Change, dispute: Dispute) -> bool:
    """Whether a change has spans on two sides of a dispute."""
    spans = [e for value in (*change.before, *change.after) for e in value.evidence]
    return sum(overlap(value.evidence, spans) for value in dispute.values) > 1


def _given(values: Iterable[DisputeValue], today: Today) -> tuple[Given, ...]:
    return tuple(
        Given(value=v.value, day=max(today.days[e.source] for e in v.evidence), evidence=v.evidence)
        for v in values
        if v.evidence
    )


# Settled
# -------


def settled(today: Today, before: Before, amounts: Amounts) -> Iterator[Change]:
    """Yield the open disputes of earlier briefs that today settles."""
    for told in _still_open(before):
        now = next((d for d in today.disputes if same_question(told.dispute, d)), None)
        if now is not None and now.assessment is Assessment.SUPERSEDED:
            winner = _noticed(now, today)
            yield _settled(told, now, winner, now.note, today)
            continue
        winner = _agreed(told.dispute, today, amounts)
        if winner is not None:
            yield _settled(told, now, winner, "Every outlet that gave another value now gives this one.", today)


def _still_open(before: Before) -> list[ToldDispute]:
    """The disputes as they were printed last, without those that were settled since."""
    latest: list[ToldDispute] = []
    for told in before.disputes:
        latest = [other for other in latest if not same_question(other.dispute, told.dispute)]
        latest.append(told)
    done = [change for change in before.changes if change.kind in _SETTLING]
    return [t for t in latest if t.dispute.assessment in _OPEN and not _is_explained(t.dispute, done)]


_SETTLING = frozenset({ChangeKind.DISPUTE_SETTLED, ChangeKind.CHANGED_VALUE, ChangeKind.CORRECTED})


def _settled(
    told: ToldDispute, now: Dispute | None, winner: tuple[str, tuple[Evidence, ...]] | None, note: str, today: Today
) -> Change:
    value, spans = winner or ("", ())
    return Change(
        kind=ChangeKind.DISPUTE_SETTLED,
        about=told.dispute.about,
        claims=today.claims_on(spans),
        before=_given(told.dispute.values, today),
        after=(Given(value=value, day=today.day, evidence=spans),) if spans else (),
        dispute=now.id if now else None,
        note=note,
    )


def _noticed(dispute: Dispute, today: Today) -> tuple[str, tuple[Evidence, ...]] | None:
    """The value that a notice of today gives."""
    for value in dispute.values:
        spans = tuple(e for e in value.evidence if e.source in today.fresh and _in_notice(e, today))
        if spans:
            return value.value, spans
    return None


def _in_notice(span: Evidence, today: Today) -> bool:
    return any(n.start <= span.start < n.end for n in today.by_id[span.source].notices)


def _agreed(dispute: Dispute, today: Today, amounts: Amounts) -> tuple[str, tuple[Evidence, ...]] | None:
    """Return the one value that is left, with the spans of today that give it."""
    houses = _Houses(dispute.kind, today, amounts)
    for winner in dispute.values:
        others = [value for value in dispute.values if value is not winner and value.evidence]
        pairs = [(source, value) for value in others for source in _givers(value)]
        late = [(source, value) for source, value in pairs if not houses.had_moved(source, value, winner)]
        moved = [houses.moves(source, value, winner) for source, value in late]
        back = (houses.moves(source, winner, value) for source in _givers(winner) for value in others)
        if moved and all(moved) and not any(back):
            return winner.value, tuple(dict.fromkeys(span for span in moved if span))
    return None


def _givers(value: DisputeValue) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e.source for e in value.evidence))


class _Houses:
    """Who moved over from one value to another. A house is one publisher; an article without one is its own."""

    def __init__(self, kind: DisputeKind, today: Today, amounts: Amounts) -> None:
        self._kind, self._today, self._amounts = kind, today, amounts

    def moves(self, source: str, was: DisputeValue, now: DisputeValue) -> Evidence | None:
        """Return where an article of today of a source's house gives the other value, when none gives its old one."""
        kin = [other for other in self._today.fresh if self._today.same_house(other, source)]
        kin.sort(key=lambda other: (len(other), other))
        if any(self._gives(other, now, was) for other in kin):
            return None
        return next((span for other in kin if (span := self._gives(other, was, now))), None)

    def had_moved(self, source: str, was: DisputeValue, now: DisputeValue) -> bool:
        """Whether another article of earlier days of its house gives the other value: what is settled then was so."""
        earlier = (other for other in self._today.days if other not in self._today.fresh and other != source)
        return any(self._gives(other, was, now) for other in earlier if self._today.same_house(other, source))

    def _gives(self, source: str, was: DisputeValue, now: DisputeValue) -> Evidence | None:
        if self._kind is DisputeKind.QUANTITY:
            return self._amounts.given_by(source, now.evidence, instead_of=was.evidence)
        return _states(
            source, _statements(now.evidence, self._today), _statements(was.evidence, self._today), self._today
        )


def _statements(spans: Iterable[Evidence], today: Today) -> list[Passage]:
    """The sentences that the spans stand in."""
    found = [s for e in spans for s in today.told_by.get(e.source, ()) if overlap([e], [evidence_of(s)])]
    return [passage_of(s, today.by_id[s.source]) for s in dict.fromkeys(found)]


def _states(source: str, now: Sequence[Passage], was: Sequence[Passage], today: Today) -> Evidence | None:
    """Return the sentence of a source that makes one of the statements and contradicts what was stated instead."""
    own = [(s, passage_of(s, today.by_id[source])) for s in today.told_by[source]]
    making = [(s, p) for s, p in own if any(_makes(s, p, other) for other in now)]
    for sentence, passage in making:
        if any(_shares(sentence, other) and _at_odds(sentence, passage, other) for other in was):
            return evidence_of(sentence)
    return None


def _makes(sentence: Sentence, own: Passage, statement: Passage) -> bool:
    """Whether a sentence says the same as a statement, word by word mostly and by value wholly."""
    return _shares(sentence, statement) and not _at_odds(sentence, own, statement)


def _shares(sentence: Sentence, statement: Passage) -> bool:
    wanted = frozenset(content_terms(statement.text))
    return bool(wanted) and len(wanted & {*content_terms(sentence.text)}) >= _SAME_STATEMENT * len(wanted)


def _at_odds(sentence: Sentence, own: Passage, statement: Passage) -> bool:
    there = inconsistencies(statement.text, [own], published=statement.published)
    back = inconsistencies(sentence.text, [statement], published=own.published)
    return any(finding.kind in CONTRADICTIONS for finding in (*there, *back))
