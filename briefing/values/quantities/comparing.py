"""Compare two quantities by value alone; whether they answer the same question is the caller's business."""

from __future__ import annotations

import re
from decimal import Decimal

from briefing.values.quantities.model import Bound, Quantity

_INFINITE = Decimal("Infinity")
_SCALES = (10**3, 10**6, 10**9, 10**12)
_MOST_DIGITS = 40
"""Longer numbers are not printed in full by `canonical`."""


def same_amount(a: Quantity, b: Quantity) -> bool:
    """Say whether two quantities give one amount, as far as they are precise.

    Exact amounts must be equal. An approximate one stands for everything that rounds to it: "around 3,000" and
    3,012 are the same, "around 3,100" and 3,000 are not. Units must agree.
    """
    if a.unit != b.unit:
        return False
    if (a.low, a.high) == (b.low, b.high):
        return True
    return _rounds_to(a, b) or _rounds_to(b, a)


def _rounds_to(rough: Quantity, other: Quantity) -> bool:
    if rough.bound is not Bound.ABOUT:
        return False
    slack = _slack(rough)
    return abs(other.low - rough.low) <= slack and abs(other.high - rough.high) <= slack


def _slack(rough: Quantity) -> Decimal:
    """Half a step of its last meaningful digit, or a fortieth of it where that is more."""
    return max(rough.step / 2, abs(rough.low) / 40)


_DIGIT = re.compile(r"\d")


def scale_slip(a: Quantity, b: Quantity) -> int | None:
    """Return 1000, 1000000, … when one amount is exactly that many times the other, else None.

    >>> from briefing.values.quantities import read_quantities
    >>> three, thousands = read_quantities("3 guards or 3,000 guards")
    >>> scale_slip(three, thousands)
    1000
    """
    if a.unit != b.unit or not a.low or not b.low:
        return None
    small, large = sorted((a, b), key=lambda q: abs(q.low))
    if not _DIGIT.search(small.text):
        # "Two" has lost no zeros.
        return None
    return next((n for n in _SCALES if small.low * n == large.low and small.high * n == large.high), None)


def supports(claim: Quantity, evidence: Quantity) -> bool:
    """Say whether the amount of the evidence justifies the amount of the claim.

    The claim may be vaguer than the evidence, never sharper: "more than 3,000" is supported by 3,100, "about
    3,000" by 3,012, but 3,000 is supported by neither "about 3,000" nor "around 3,100".
    """
    if claim.unit != evidence.unit:
        return False
    low, high = _reach(evidence)
    if claim.bound is Bound.AT_LEAST:
        return low >= claim.low
    if claim.bound is Bound.AT_MOST:
        return high <= claim.high
    if claim.bound is Bound.ABOUT:
        slack = _slack(claim)
        return claim.low - slack <= evidence.low and evidence.high <= claim.high + slack
    if evidence.bound is not Bound.EXACT:
        return False
    return claim.low <= evidence.low and evidence.high <= claim.high


def _reach(q: Quantity) -> tuple[Decimal, Decimal]:
    """Return the least and greatest amount that the words allow."""
    if q.bound is Bound.AT_LEAST:
        return q.low, _INFINITE
    if q.bound is Bound.AT_MOST:
        return -_INFINITE, q.high
    return q.low, q.high


_PREFIX = {Bound.EXACT: "", Bound.ABOUT: "about ", Bound.AT_LEAST: "at least ", Bound.AT_MOST: "at most "}


def canonical(q: Quantity) -> str:
    """Print the value shortly, for a table and for a machine: the digits of the amount are its only digits.

    >>> from briefing.values.quantities import read_quantities
    >>> [canonical(q) for q in read_quantities("about 3,100 guards, $22.5 million, 3-6 months, at least 50 boats")]
    ['about 3100', '22.5 million USD', '3–6 month', 'at least 50']
    """
    amount = _amount(q.low, q.unit) if q.low == q.high else f"{_plain(q.low)}–{_plain(q.high)}"
    unit = "%" if q.unit == "%" else f" {q.unit}" if q.unit else ""
    return f"{_PREFIX[q.bound]}{amount}{unit}"


def _amount(value: Decimal, unit: str) -> str:
    """Long round sums of money are easier to read with their scale."""
    if unit.isupper():
        for name, scale in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
            short = value / scale
            if abs(short) >= 1 and len(_plain(short).partition(".")[2]) <= 3:
                return f"{_plain(short)} {name}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    if abs(value.adjusted()) > _MOST_DIGITS:
        return f"{value:g}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
