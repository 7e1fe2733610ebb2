"""Whether two values can both be right, and the thresholds of this package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from briefing.values import Bound, Quantity, QuantityKind, same_amount, scale_slip


@dataclass(frozen=True, kw_only=True, slots=True)
class QuantityPolicy:
    """When two numbers answer the same question: least share of context that their sentences have in common.

    Shares are of the rarity-weighted terms of the poorer sentence. Chosen on 22 planted number changes (recall 0.95)
    and 45 unchanged stories of several outlets (3 disputes, 2 of them real): halving any one of the shares changes
    neither by more than two disputes, and only `only_one` at 0.1 costs recall (0.82).
    """

    same_noun_and_verb: float = 0.2
    same_noun: float = 0.3
    other_verb: float = 0.4
    same_verb: float = 0.3
    neither: float = 0.6
    money: float = 0.4
    """Where one of two sums of money has no verb: "at 380 million crowns for the probe"."""
    duration: float = 0.4
    """Spans of time are many and rarely say what they measure."""
    same_person: float = 0.0
    """An age of somebody named."""
    only_age: float = 0.15
    """An age where each of the two sources tells one, of somebody whom one of them does not name."""
    only_one: float = 0.0
    """For a specific noun that each of the two sources counts once."""
    only_one_other_act: float = 0.3
    """The same where they tell of two acts: beds offered, and beds that a hospital has."""
    beside: float = 0.2
    """For numbers that stand beside another one that both sentences give: "40 boats and 12 rafts"."""
    large: int = 10
    resembling: float = 0.5
    """Multiplies the share for values that look like one value misread: that is evidence by itself."""
    transposed: float = 0.1
    """The same for two with the same digits in another order, three of them or a sum of money: 18.5 and 15.8 m."""
    relayed: float = 0.5
    """The same for a sentence that names the other source as the one it has its number from."""
    far: float = 0.5
    """The least share, and double what else is asked, for values more than ten times apart that no slip explains."""
    other_noun: float | None = None
    """For nouns that name other things; none, and nothing is enough."""
    near: Decimal = Decimal("0.05")
    """Rounded or approximate values this close, relative to the larger, are one value told twice."""
    given_near: Decimal = Decimal("0.025")
    """The same, when a source is asked whether it gives the value of another as well."""
    postings: int = 64
    """A term looks up at most this many earlier mentions, and a mention meets at most this many others."""


#: For two sentences that somebody has put side by side: nouns or verbs must still agree, and no more is asked.
ALIGNED = QuantityPolicy(
    same_noun_and_verb=0.0, same_noun=0.0, other_verb=0.0, same_verb=0.0, neither=2.0, duration=0.2, beside=0.0
)
#: For two sentences that are known to answer one question, however they word it.
VOUCHED = QuantityPolicy(
    same_noun_and_verb=0.0,
    same_noun=0.0,
    other_verb=0.0,
    same_verb=0.0,
    neither=0.0,
    money=0.0,
    duration=0.0,
    beside=0.0,
    other_noun=0.0,
)


# The same value
# --------------

_DIGIT = re.compile(r"\d")
_TWICE = 2
_ROOM = 4
_MANY = 10


def agree(a: Quantity, b: Quantity, policy: QuantityPolicy) -> bool:
    """Whether the two values can both be right: equal, rounded, a bound and a value in it, a range and a part of it."""
    return is_one_value(a, b, policy.near) or _within(a, b) or _within(b, a)


def is_one_value(a: Quantity, b: Quantity, near: Decimal) -> bool:
    """Whether the two are equal, or rounded and no further apart than this share of the larger."""
    return same_amount(a, b) or _near(a, b, near)


def is_resembling(a: Quantity, b: Quantity) -> bool:
    """Whether one may be the other with a slip: a scale dropped, a digit too many, one end of a range changed.

    >>> from briefing.values import read_quantities
    >>> is_resembling(*read_quantities("28 crates, 280 crates")), is_resembling(*read_quantities("3 crates, 30 crates"))
    (True, False)
    """
    return bool(scale_slip(a, b)) or _has_same_digits(a, b) or _shares_an_end(a, b) or _is_cut_off(a, b)


def is_transposed(a: Quantity, b: Quantity) -> bool:
    """Whether both have the same digits in another order, which for three digits or a sum of money is hardly by chance.

    >>> from briefing.values import read_quantities
    >>> is_transposed(*read_quantities("1,850 jobs, 1,580 jobs")), is_transposed(*read_quantities("63 jobs, 36 jobs"))
    (True, False)
    """
    one, other = (q.low.normalize().as_tuple().digits for q in (a, b))
    if a.low != a.high or b.low != b.high or one == other or sorted(one) != sorted(other):
        return False
    telling = len(one) > _TWO_DIGITS or a.kind is QuantityKind.MONEY
    return telling and a.low.adjusted() == b.low.adjusted()


_TWO_DIGITS = 2


def is_far(a: Quantity, b: Quantity) -> bool:
    """Whether one is more than ten times the other: rather two things than one told differently."""
    least, most = sorted((abs(a.low), abs(b.low)))
    return most > _MANY * least


def _has_same_digits(a: Quantity, b: Quantity) -> bool:
    digits, others = (q.low.normalize().as_tuple().digits for q in (a, b))
    return a.low == a.high and b.low == b.high and digits == others and len(digits) > 1


def _is_cut_off(a: Quantity, b: Quantity) -> bool:
    """Whether one is the other up to its separator: 44 of 44,053. A single digit would be so by chance."""
    if a.low != a.high or b.low != b.high:
        return False
    least, most = sorted((abs(a.low), abs(b.low)))
    return least >= _MANY and any(most // scale == least for scale in (10**3, 10**6))


def _shares_an_end(a: Quantity, b: Quantity) -> bool:
    return a.low < a.high and b.low < b.high and (a.low == b.low or a.high == b.high)


def _near(a: Quantity, b: Quantity, near: Decimal) -> bool:
    rounded = any(q.bound is not Bound.EXACT or q.step >= _MANY for q in (a, b))
    widest = max(abs(a.high), abs(b.high))
    return rounded and max(abs(a.low - b.low), abs(a.high - b.high)) <= widest * near


def _within(a: Quantity, b: Quantity) -> bool:
    """Whether what `b` says lies in what the bound or range of `a` allows."""
    if a.bound not in {Bound.AT_LEAST, Bound.AT_MOST} and a.low == a.high:
        return False
    (low, high), (least, most) = _reach(a), _reach(b)
    # Two ranges tell the same only when neither is many times wider: 3–4 is no refinement of 3–60.
    ranges = a.low < a.high and b.low < b.high
    return low <= least and most <= high and not (ranges and (high - low) > _TWICE * (most - least))


def _reach(q: Quantity) -> tuple[Decimal, Decimal]:
    """Return what a writer can mean: "more than 50" is not 500, but "dozens" can be."""
    reach = _TWICE if _DIGIT.search(q.text) else _MANY
    low, high = (q.low, q.high * reach) if q.bound is Bound.AT_LEAST else (q.low, q.high)
    # "Up to 600 passengers" is what a ferry holds, and may be far from full.
    return (low / _ROOM, high) if q.bound is Bound.AT_MOST else (low, high)
