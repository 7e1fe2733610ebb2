"""The words around a value: what it is said of, without a parser."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from functools import lru_cache
from typing import Protocol

from briefing.consistency.reading import Read

_REACH = 6


class Placed(Hashable, Protocol):
    """A value that stands somewhere in a text: a figure, a date, a name."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


@lru_cache(maxsize=16_384)
def near(read: Read, value: Placed) -> Mapping[str, float]:
    """The content words around a value, each with its weight: 1 beside it, less with every word and every comma."""
    before = read.within(0, value.start)[-_REACH:][::-1]
    after = read.within(value.end, len(read.text))[:_REACH]
    part = _part_of(read, value)
    weights: dict[str, float] = {}
    for tokens in (before, after):
        for distance, token in enumerate(tokens):
            weight = 1 / (1 + 0.3 * distance) / (1 + 2 * abs(token.part - part))
            if not token.key[0].isdigit():
                weights[token.key] = max(weight, weights.get(token.key, 0))
    return weights


def likeness(
    stated: Read, value: Placed, read: Read, given: Placed, *, besides: Collection[str] = frozenset()
) -> float:
    """How much the words around two values agree, near ones most; `besides` are not counted."""
    here, there = near(stated, value), near(read, given)
    return sum(min(weight, there[key]) for key, weight in here.items() if key in there and key not in besides)


def _part_of(read: Read, value: Placed) -> int:
    inside = read.within(value.start, value.end + 40)
    before = read.within(0, value.start)
    return inside[0].part if inside and inside[0].start < value.end else before[-1].part if before else 0
