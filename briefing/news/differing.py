"""Whether an amount is another one than was told, by value alone. Pure."""

from __future__ import annotations

from decimal import Decimal

from briefing.values import Bound, Quantity, same_amount, scale_slip

_ROUNDED = Decimal("0.025")
"""A rounded amount this close to a finer one, relative to the larger, is that amount told again."""
_PERCENT_IN_WORDS = 5
"""Percentage points: "a third" and 30 percent are one."""


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
        return _has_digits(told) and now.low - told.low > told.low * _ROUNDED
    return not (_allows(told, now) or _allows(now, told))


def _has_digits(q: Quantity) -> bool:
    return any(ch.isdigit() for ch in q.text)


def _is_rounding(a: Quantity, b: Quantity) -> bool:
    apart = abs(a.low - b.low)
    if a.unit == "%" and not (_has_digits(a) and _has_digits(b)):
        return apart <= _PERCENT_IN_WORDS
    return a.step != b.step and apart <= max(abs(a.low), abs(b.low)) * _ROUNDED and max(a.step, b.step) >= apart


def _allows(a: Quantity, b: Quantity) -> bool:
    """Whether a bound or a range of one holds the other."""
    if a.bound is Bound.AT_LEAST:
        return b.low >= a.low
    if a.bound is Bound.AT_MOST:
        return b.high <= a.high
    return a.low < a.high and a.low <= b.low and b.high <= a.high
