"""Questions of amount that the sources of one story answer differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import starmap

from briefing.crosschecks.quantities.ages import with_persons
from briefing.crosschecks.quantities.agreement import VOUCHED, QuantityPolicy, agree, is_one_value
from briefing.crosschecks.quantities.mentions import Mention, read_mentions
from briefing.crosschecks.quantities.questions import Context, Given, are_generations_apart, nouns_agree, strength
from briefing.crosschecks.quantities.series import Pair, Series, is_run
from briefing.crosschecks.quantities.wording import about, span_of
from briefing.types import (
    Assessment,
    Dispute,
    DisputeKind,
    DisputeValue,
    Document,
    Relay,
    Sentence,
)
from briefing.values import Bound, QuantityKind, canonical, scale_slip, sort_of

Group = list[Mention]
_UNEXPLAINED = "The sources give different values and none says why."
_POLICY = QuantityPolicy()


def quantity_disputes(
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    relays: Sequence[Relay] = (),
    policy: QuantityPolicy = _POLICY,
    *,
    between: Collection[str] | None = None,
) -> tuple[Dispute, ...]:
    """Return the disputes of amount among the documents of one story; `id` and `story` are left empty.

    `sentences` are the citable sentences of these documents; numbers outside them do not count. Every value has
    the sources that give it and, for each mention, the span of the number with what it counts. With `between`, only
    numbers in sentences of these ids are compared; what the sources say elsewhere still reconciles them.
    """
    mentions = with_persons(read_mentions(documents, sentences), sentences)
    groups = _groups(mentions, Context(mentions, sentences, relays), policy, between)
    found = (_dispute(group, relays) for group in groups)
    return tuple(dispute for dispute in found if len(dispute.values) > 1)


class VouchedQuantities:
    """The disputes of amount between sentences of one story that are known to answer one question.

    Only plain ones: of the numbers with one unit that neither sentence shares with the other, one of each is left, or
    one of each counts the same things. What either source says elsewhere reconciles them as always.
    """

    def __init__(self, documents: Sequence[Document], sentences: Sequence[Sentence], relays: Sequence[Relay]) -> None:
        mentions = with_persons(read_mentions(documents, sentences), sentences)
        self._of: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._of[mention.sentence.id].append(mention)
        self._given, self._context = Given(mentions, VOUCHED), Context(mentions, sentences, relays)
        self._series = Series(mentions, VOUCHED)
        self._relays = relays

    def may_be_between(self, one: str, other: str) -> bool:
        """Whether the sentences of these ids would be at odds if they answered one question."""
        return self._between(one, other) is not None

    def count_alike(self, one: str, other: str) -> bool:
        """Whether what would be at odds there counts things of one name."""
        found = self._between(one, other)
        return found is not None and bool(nouns_agree(*found))

    def disputes(self, pairs: Iterable[tuple[str, str]]) -> tuple[Dispute, ...]:
        """Return the disputes of sentences that answer one question, the surest pairs of ids first.

        Pairs that have a number in common are one dispute. `id` and `story` are left empty.
        """
        questions = _Questions()
        for found in filter(None, starmap(self._between, pairs)):
            questions.join(*found)
        groups = [sorted(group, key=_place) for group in questions.groups()]
        return tuple(_dispute(group, self._relays) for group in groups if not is_run(group))

    def _between(self, one: str, other: str) -> tuple[Mention, Mention] | None:
        met = [
            (a, b)
            for a in self._of[one]
            for b in self._of[other]
            if a.measure == b.measure and not _is_share_in_words(a, b)
        ]
        alike = {m for a, b in met if agree(a.quantity, b.quantity, VOUCHED) for m in (a, b)}
        odd = [(a, b) for a, b in met if not alike & {a, b} and a.is_former == b.is_former]
        if len(odd) > 1:
            odd = [(a, b) for a, b in odd if nouns_agree(a, b)]
        if len(odd) != 1:
            return None
        [(a, b)] = odd
        idle = not _may_be_one_sort(a, b) or self._series.keep_apart(a, b) or a.is_retracted or b.is_retracted
        reconciled = idle or self._given.reconciles(a, b)
        return None if reconciled or strength(a, b, self._context, self._given, VOUCHED) < 1 else (a, b)


def _may_be_one_sort(a: Mention, b: Mention) -> bool:
    """Whether two nouns that are not one may still name the same things: miners and men, not beds and people."""
    if a.quantity.kind is QuantityKind.AGE:
        return not are_generations_apart(a, b)
    if a.quantity.kind is not QuantityKind.COUNT:
        return nouns_agree(a, b) is not False
    # A small number that counts nothing named is of an episode, a page, a seat.
    if not (a.head and b.head) and min(a.quantity.high, b.quantity.high) < VOUCHED.large:
        return bool(a.verb) and a.verb == b.verb
    if nouns_agree(a, b) is not False:
        return True
    sorts = sort_of(a.quantity.counted), sort_of(b.quantity.counted)
    return not all(sorts) or sorts[0] == sorts[1]


def _is_share_in_words(a: Mention, b: Mention) -> bool:
    """Whether one of two shares is in words, and so rounded: "four in five" of 81 %, "a quarter of a point"."""
    return a.quantity.kind is QuantityKind.PERCENT and not all(_DIGIT.search(m.quantity.text) for m in (a, b))


_DIGIT = re.compile(r"\d")


# Which mentions belong to one dispute
# ------------------------------------


def _groups(
    mentions: Sequence[Mention], context: Context, policy: QuantityPolicy, between: Collection[str] | None
) -> list[Group]:
    """Join mentions that conflict, the surest first, then those that only agree with one of them."""
    series = Series(mentions, policy)
    conflicts, agreeing = _compared(mentions, context, series, policy, between)
    questions = _Questions()
    for _, a, b in sorted(series.of_one_list(conflicts, agreeing), key=_surest_first):
        questions.join(a, b)
    for _, a, b in sorted(agreeing, key=_surest_first):
        if (a in questions) != (b in questions):
            questions.join(a, b)
    told = (sorted(group, key=_place) for group in questions.groups() if not is_run(group))
    return sorted(told, key=lambda group: _place(group[0]))


def _compared(
    mentions: Sequence[Mention],
    context: Context,
    series: Series,
    policy: QuantityPolicy,
    between: Collection[str] | None,
) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs that answer one question differently, and those that agree on one."""
    given = Given(mentions, policy)
    conflicts: list[Pair] = []
    agreeing: list[Pair] = []
    for a, b in context.pairs(policy):
        if between is not None and not {a.sentence.id, b.sentence.id} <= set(between):
            continue
        if a.is_former != b.is_former or series.keep_apart(a, b):
            continue
        sure = strength(a, b, context, given, policy)
        if agree(a.quantity, b.quantity, policy):
            if sure >= 1 or _tell_alike(a, b, policy):
                agreeing.append((sure, a, b))
        elif sure >= 1 and not (a.is_retracted or b.is_retracted or given.reconciles(a, b)):
            conflicts.append((sure, a, b))
    return conflicts, agreeing


def _tell_alike(a: Mention, b: Mention, policy: QuantityPolicy) -> bool:
    """Whether two mentions with one value, or nearly, count the same things under the same verb."""
    alike = bool(nouns_agree(a, b)) and a.verb == b.verb
    return alike and is_one_value(a.quantity, b.quantity, policy.near)


_Place = tuple[int, str, int]


def _surest_first(pair: Pair) -> tuple[float, _Place, _Place]:
    return -pair[0], _place(pair[1]), _place(pair[2])


def _place(mention: Mention) -> _Place:
    """S2 stands before S10."""
    return len(mention.source), mention.source, mention.start


class _Questions:
    """Mentions by the question that they answer; no sentence answers one twice."""

    def __init__(self) -> None:
        self._of: dict[Mention, Group] = {}
        self._said: dict[int, dict[str, tuple[Decimal, Decimal]]] = {}

    def __contains__(self, mention: Mention) -> bool:
        return mention in self._of

    def groups(self) -> list[Group]:
        return list({id(group): group for group in self._of.values()}.values())

    def join(self, a: Mention, b: Mention) -> None:
        """Put both into one group, unless a sentence would then answer one question twice."""
        # The smaller group moves, so that joining all of them costs little more than their number.
        small, large = sorted((self._group(a), self._group(b)), key=len)
        moved, kept = self._said[id(small)], self._said[id(large)]
        if small is large or any(kept.get(sentence, value) != value for sentence, value in moved.items()):
            return
        large += small
        kept |= moved
        self._of.update(dict.fromkeys(small, large))
        del self._said[id(small)]

    def _group(self, mention: Mention) -> Group:
        if mention not in self._of:
            self._of[mention] = [mention]
            value = mention.quantity.low, mention.quantity.high
            self._said[id(self._of[mention])] = {mention.sentence.id: value}
        return self._of[mention]


# One dispute
# -----------


def _dispute(group: Group, relays: Sequence[Relay]) -> Dispute:
    values = _values(group)
    assessment, note = _assessed(values, relays)
    return Dispute(
        id="",
        story="",
        about=about(group),
        kind=DisputeKind.QUANTITY,
        assessment=assessment,
        values=tuple(_value(given) for mentions in values if (given := _given(mentions))),
        note=note,
    )


def _values(group: Group) -> list[Group]:
    """Group mentions by value, the value that most sources give first."""
    by_value: dict[tuple[Decimal, Decimal, str], Group] = defaultdict(list)
    for mention in group:
        q = mention.quantity
        by_value[q.low, q.high, q.unit].append(mention)
    return sorted(by_value.values(), key=lambda mentions: -len({m.source for m in mentions}))


def _given(mentions: Group) -> Group:
    """Leave out what a source takes back: it does not give that value."""
    return [mention for mention in mentions if not mention.is_retracted]


def _value(mentions: Group) -> DisputeValue:
    plainest = min(mentions, key=lambda m: m.quantity.bound is not Bound.EXACT)
    return DisputeValue(
        value=canonical(plainest.quantity),
        sources=tuple(dict.fromkeys(m.source for m in mentions)),
        evidence=tuple(span_of(m) for m in mentions),
    )


# What kind of disagreement
# -------------------------


def _assessed(values: Sequence[Group], relays: Sequence[Relay]) -> tuple[Assessment, str]:
    slip = _slip(values)
    if slip is not None:
        return Assessment.LIKELY_SLIP, slip
    corrected = _corrected(values)
    if corrected is not None:
        return Assessment.SUPERSEDED, f"{corrected.source} gives its value in a correction or an update."
    return Assessment.OPEN, _relayed(values, relays) or _of_other_days(values) or _UNEXPLAINED


def _of_other_days(values: Sequence[Group]) -> str | None:
    """Say that no two values are of one day, where every source is dated: the world may have changed in between."""
    days = [{m.document.published.date() if m.document.published else None for m in group} for group in values]
    known = not any(None in given for given in days)
    if known and len(set.union(*days)) == sum(map(len, days)):
        return "The sources are of different days, and a later one may know more."
    return None


def _slip(values: Sequence[Group]) -> str | None:
    quantities = sorted((mentions[0].quantity for mentions in values), key=lambda q: q.low)
    for i, small in enumerate(quantities):
        for large in quantities[i + 1 :]:
            times = scale_slip(small, large)
            if times:
                return (
                    f"{canonical(large)} is exactly {times:,} times {canonical(small)}: a scale may have been dropped."
                )
    return None


def _corrected(values: Sequence[Group]) -> Mention | None:
    """Return a mention in a notice that puts right what the other values say."""
    for mentions in values:
        others = [m for group in values if group is not mentions for m in group]
        corrections = [m for m in mentions if m.notice and not m.is_retracted]
        for mention in corrections:
            if _names_both(mention, others) or _is_newest(mention, others):
                return mention
    return None


def _names_both(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether the same notice also gives the value that it replaces."""
    return any(m.source == mention.source and m.notice == mention.notice for m in others)


def _is_newest(mention: Mention, others: Sequence[Mention]) -> bool:
    own = mention.document.published
    dates = [m.document.published for m in others]
    return own is None or all(other is None or other.date() <= own.date() for other in dates)


def _relayed(values: Sequence[Group], relays: Sequence[Relay]) -> str | None:
    """Say that a relay gives another value than the source it names, where it names it beside the value."""
    side = {m.source: i for i, mentions in enumerate(values) for m in mentions}
    for relay in relays:
        if relay.relays not in side or relay.source not in side or side[relay.source] == side[relay.relays]:
            continue
        own = [m for mentions in values for m in mentions if m.source == relay.source]
        if any(relay.start < m.sentence.end and relay.end > m.sentence.start for m in own):
            return f"{relay.source} passes on what {relay.relays} reported, with another value."
    return None
