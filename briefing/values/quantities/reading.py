"""Put numerals, units, approximators and bindings together into quantities."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.values.quantities.amounts import NUMBER_WORDS, VULGAR, Amount, read_amounts
from briefing.values.quantities.binding import bind
from briefing.values.quantities.contexts import age_end, bound_of, is_name_of_thing, one_counts, person_aged
from briefing.values.quantities.model import Bound, Quantity, QuantityKind
from briefing.values.quantities.names_of_things import not_amounts
from briefing.values.quantities.units import currency_before, unit_after
from briefing.values.words import word_forms

_FIGURE = re.compile(rf"\d|{VULGAR}")
_NUMBER_IN_MASK = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class _Measured:
    """One or two numerals with their unit."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    step: Decimal
    unit: str
    kind: QuantityKind
    amount: Amount


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Return every number of the text, in order, without overlaps.

    >>> q, = read_quantities("Around 3,100 sailors were rescued.")
    >>> q.text, q.low, q.bound.value, q.counted, q.predicate
    ('3,100', Decimal('3100'), 'about', 'sailor', 'rescue')
    """
    if NUMBER_WORDS.isdisjoint(word_forms(text)) and not _FIGURE.search(text):
        return ()
    masks = not_amounts(text)
    found = [_named(text, *mask) for mask in masks]
    found += _amounts(text, masks)
    return tuple(_without_overlaps(sorted(found, key=lambda q: q.start)))


def _without_overlaps(found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Two numbers can claim one sign, as in "5 $ 6"; the first keeps it."""
    end = 0
    for q in found:
        if q.start >= end:
            yield q
            end = q.end


def _named(text: str, start: int, end: int, kind: QuantityKind) -> Quantity:
    digits = _NUMBER_IN_MASK.search(text, start, end)
    value = Decimal(digits[0]) if digits else Decimal(0)
    return Quantity(start=start, end=end, text=text[start:end], low=value, high=value, kind=kind)


def _amounts(text: str, masks: Sequence[tuple[int, int, QuantityKind]]) -> Iterator[Quantity]:
    free = [a for a in read_amounts(text) if not _is_masked(a, masks)]
    at = 0
    while at < len(free):
        quantity, used = _next(text, free, at)
        at += used
        if quantity is not None:
            yield quantity


def _next(text: str, free: Sequence[Amount], at: int) -> tuple[Quantity | None, int]:
    """Read the quantity that begins with `free[at]`, and how many numerals it takes."""
    first = _measured(text, free[at])
    if at + 1 < len(free):
        second = _measured(text, free[at + 1])
        pair = _pair(text, first, second)
        if pair is not None:
            return pair, 2
    return _alone(text, first), 1


def _is_masked(amount: Amount, masks: Sequence[tuple[int, int, QuantityKind]]) -> bool:
    at = bisect_left(masks, amount.end, key=lambda mask: mask[0])
    return at > 0 and masks[at - 1][1] > amount.start


# One numeral with its unit
# -------------------------


def _measured(text: str, amount: Amount) -> _Measured:
    start, end, unit, kind = amount.start, amount.end, "", QuantityKind.COUNT
    value = amount.value
    before = currency_before(text, start)
    if before is not None:
        unit, start = before
        kind = QuantityKind.MONEY
    elif _MAGNITUDE.search(text[max(0, start - 20) : start]):
        unit, kind = "magnitude", QuantityKind.MEASURE
    elif after := unit_after(text, end + _of(text, amount)):
        unit, kind, end = after
        minus = _MINUS.search(text, max(0, start - 7), start)
        if kind is not QuantityKind.DURATION and minus:
            value, start = -value, minus.start("sign")
    return _Measured(start, end, value, value, amount.step, unit, kind, amount)


def _of(text: str, amount: Amount) -> int:
    """How far the unit of "hundreds of dollars" stands from its number."""
    return len(" of") if amount.indefinite and text.startswith(" of ", amount.end) else 0


_MAGNITUDE = re.compile(r"\bmagnitude[\s-](?:of\s)?(?:about\s)?$", re.I)
_MINUS = re.compile(r"(?:^|[\s(])(?P<sign>[-−]|minus\s)$")
_GLUED = re.compile(r"[A-Za-z_]\w*")


def _alone(text: str, m: _Measured) -> Quantity | None:
    amount = m.amount
    pronominal = m.unit in {"", "day"} and text[m.start : m.end].casefold().replace("ı", "i") in {"one", "one day"}
    if pronominal and not one_counts(text, amount.start, amount.end):
        return None
    if not m.unit:
        if glued := _GLUED.match(text, m.end):
            return _of_kind(text, m.start, glued.end(), m.low, QuantityKind.IDENTIFIER)
        nameable = amount.plain or (amount.spelled and text[m.start].isupper())
        if nameable and is_name_of_thing(text, m.start, m.end):
            return _of_kind(text, m.start, m.end, m.low, QuantityKind.IDENTIFIER)
    return _aged(text, m) or _quantity(text, _as_share(m))


def _of_kind(text: str, start: int, end: int, value: Decimal, kind: QuantityKind) -> Quantity:
    return Quantity(start=start, end=end, text=text[start:end], low=value, high=value, kind=kind)


def _aged(text: str, m: _Measured) -> Quantity | None:
    if m.unit not in _AGE_UNITS:
        return None
    end = age_end(text, m.start, m.amount.end, plain=m.amount.plain)
    if end is None:
        return None
    bound, _ = bound_of(text, m.start, m.amount.end, lasts=False)
    person = person_aged(text, m.start, end)
    return Quantity(
        start=m.start,
        end=end,
        text=text[m.start : end],
        low=m.low,
        high=m.high,
        bound=bound,
        kind=QuantityKind.AGE,
        unit=m.unit or "year",
        counted=text[person[0] : person[1]].casefold().replace("ı", "i") if person else "",
        counted_start=person[0] if person else None,
        counted_end=person[1] if person else None,
        step=m.step,
    )


_AGE_UNITS = frozenset({"", "year", "month", "week", "day"})
_HUNDRED = Decimal(100)


def _as_share(m: _Measured) -> _Measured:
    """Give "a third of" as a percentage, so that it meets "33 percent"."""
    if not m.amount.part or m.unit:
        return m
    share = (m.low * _HUNDRED).quantize(Decimal("0.1"))
    return replace(m, low=share, high=share, step=Decimal(1), unit="%", kind=QuantityKind.PERCENT)


# Two numerals
# ------------

_BETWEEN = re.compile(r"\b(?:between|range\sof)\s(?:about\s|around\s|an\sestimated\s)?$", re.I)
_FROM = re.compile(r"\bfrom\s(?:about\s|around\s)?$", re.I)
# "Rose from 3 to 5" is a change; what ranges is not.
_RANGING = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|(?:any|some)(?:where|thing))\sfrom\s(?:about\s|around\s)?$", re.I
)
_JOINT = re.compile(
    r"(?P<dash>\s?[-–—]\s?)|[\s-](?P<word>to|or|and)[\s-]|\s(?:(?P<of>[a-z]+)\s)?(?P<share>in|out\sof)\s(?:every\s)?"
)


_WIDEST_JOINT = 24
# "One guest in five is employed", not "one man in five cities".
_CLOSES_SHARE = re.compile(r"\s(?:is|are|was|were|has|have|had|does|do|did|say|says|said|will|would|could|can)\b")


def _pair(text: str, low: _Measured, high: _Measured) -> Quantity | None:
    """Read "3-6 months", "10 to 12", "between 3,000 and 3,500", "50 or 60" as one interval, "2-1" as a score."""
    if not 0 < high.start - low.end <= _WIDEST_JOINT:
        return None
    joint = _JOINT.fullmatch(text, low.end, high.start)
    if joint is None:
        return None
    if joint["share"]:
        return None if joint["of"] and not _CLOSES_SHARE.match(text, high.end) else _one_in(text, low, high)
    if _is_range(text, low, high, joint):
        return _interval(text, _joined(low, high))
    return _score(text, low, high) if joint["dash"] else None


def _one_in(text: str, part: _Measured, whole: _Measured) -> Quantity | None:
    """Read "one in five" and "3 out of 10" as a share."""
    usual = 0 < part.low < whole.low <= 1000 and part.low < 10 and not (part.unit or whole.unit)
    if not usual or not (whole.low in _WHOLES and re.match(r"\s[a-z]|[.,;:!?)]|$", text[whole.end : whole.end + 2])):
        return None
    share = (part.low / whole.low * _HUNDRED).quantize(Decimal("0.1"))
    m = replace(part, end=whole.end, low=share, high=share, step=Decimal(1), unit="%", kind=QuantityKind.PERCENT)
    return _quantity(text, m)


_WHOLES = frozenset(map(Decimal, (*range(2, 11), 12, 15, 20, 25, 50, 100, 1000)))


def _is_range(text: str, low: _Measured, high: _Measured, joint: re.Match[str]) -> bool:
    one_unit = low.unit in {"", high.unit} or (low.kind is QuantityKind.MONEY and not high.unit)
    if not one_unit or low.amount.indefinite or high.amount.indefinite:
        return False
    before = text[max(0, low.start - 24) : low.start]
    if joint["word"] == "and":
        return bool(_BETWEEN.search(before))
    if joint["word"] == "or":
        return low.amount.plain == high.amount.plain
    if joint["word"] == "to" and _FROM.search(before) and not _RANGING.search(before):
        return False
    first, last = _carried(low, high)
    # "$40 to $5" can only be a range told backwards; "5-3" is a score and "5 to 3" a ratio.
    return first < last or (low.kind is high.kind is QuantityKind.MONEY and first > last)


def _carried(low: _Measured, high: _Measured) -> tuple[Decimal, Decimal]:
    """Give the first number the scale of the second in "3 to 6 million"."""
    scale = high.amount.scale
    if scale > 1 and low.amount.scale == 1 and low.low < 1000:
        return low.low * scale, high.low
    return low.low, high.low


def _joined(low: _Measured, high: _Measured) -> _Measured:
    first, last = sorted(_carried(low, high))
    return replace(
        high,
        start=low.start,
        low=first,
        high=last,
        step=min(low.step, high.step),
        unit=high.unit or low.unit,
        kind=high.kind if high.unit else low.kind,
    )


def _interval(text: str, m: _Measured) -> Quantity:
    q = _aged(text, m) or _quantity(text, m)
    bare = q.kind is QuantityKind.COUNT and not q.counted and not q.predicate and q.high < _HUNDRED
    return replace(q, kind=QuantityKind.SCORE) if bare and re.search("[-–—]", q.text) else q


def _score(text: str, low: _Measured, high: _Measured) -> Quantity | None:
    if low.unit or high.unit or not (low.amount.plain and high.amount.plain):
        return None
    return _of_kind(text, low.start, high.end, low.low, QuantityKind.SCORE)


# The whole
# ---------


def _quantity(text: str, m: _Measured) -> Quantity:
    bound, start = bound_of(text, m.start, m.end, lasts=m.kind is QuantityKind.DURATION)
    if m.amount.indefinite:
        bound = Bound.AT_LEAST
    elif bound is Bound.EXACT and m.amount.part:
        bound = Bound.ABOUT
    found = bind(text, start, m.end, kind=m.kind, one=m.high <= 1)
    return Quantity(
        start=m.start,
        end=m.end,
        text=text[m.start : m.end],
        low=m.low,
        high=m.high,
        bound=bound,
        kind=m.kind,
        unit=m.unit,
        counted=found.counted,
        counted_start=found.start,
        counted_end=found.end,
        predicate=found.predicate,
        step=m.step,
    )
