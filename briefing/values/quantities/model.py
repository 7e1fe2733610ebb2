"""The value that reading quantities yields, and its closed lists."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Bound(StrEnum):
    """How the words before a number limit it."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class QuantityKind(StrEnum):
    """What sort of number it is. The last six never say how much of something there is."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"
    DURATION = "duration"
    AGE = "age"
    ORDINAL = "ordinal"
    DATE = "date"
    CLOCK = "clock"
    SCORE = "score"
    IDENTIFIER = "identifier"


_COMPARABLE = frozenset(
    {
        QuantityKind.COUNT,
        QuantityKind.MONEY,
        QuantityKind.PERCENT,
        QuantityKind.MEASURE,
        QuantityKind.DURATION,
        QuantityKind.AGE,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """One number of a text: how much, of what, and under which verb."""

    start: int
    end: int
    text: str
    """Number, scale and unit as written; words such as "about" stand before `start`."""
    low: Decimal
    high: Decimal
    """Equal to `low` unless the text gives a range."""
    bound: Bound = Bound.EXACT
    kind: QuantityKind = QuantityKind.COUNT
    unit: str = ""
    """Canonical: "", "%", "percentage point", a currency code, "km", "year", …"""
    counted: str = ""
    """What it counts, folded and singular: "israeli citizen". Empty when the text does not say."""
    counted_start: int | None = None
    counted_end: int | None = None
    predicate: str = ""
    """Lemma of the verb that governs it, or empty."""
    step: Decimal = Decimal(1)
    """The place of its last digit that carries meaning: 100 for 3,100, 1000 for 3,000, 0.1 for 22.5."""

    @property
    def comparable(self) -> bool:
        """Whether it says how much of something there is. Years, scores and names of things do not."""
        return self.kind in _COMPARABLE
