"""Two values of a claim that stand in each other's place: "joined in 2008, chief in 1999" for the reverse.

Both are in the evidence, so that no rule that looks for one value alone finds anything, and every word agrees, which
misleads the entailment model. But the words around each of the two are those around the other in the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from briefing import values
from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, finding
from briefing.consistency.surroundings import Placed, likeness
from briefing.types import Finding, FindingKind

# Of 446 claims made by exchanging two names or values of one that follows, 0.65 are found so, and of 6,195 that follow
# one is taken for such (rewritten sentences, labelled claims and MNLI); at 0.01 and 0.3 0.66 and eight.
_EACH = 0.2
"""By how much more the words around either of the two must be those around the other in the evidence."""
_BOTH = 0.6
"""And by how much together."""
_MOST = 8
"""Values of a kind that are compared."""

V = TypeVar("V", bound=Placed)
# "Sen or Ray": the order of a list tells nothing.
_LIST = re.compile(r"(?:\s*(?:,|and|or|&|/))+\s*")
_BY = re.compile(r"\bby\s(?:the\s)?$", re.I)


def exchanges(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report names, dates and figures that the evidence has in each other's place."""
    names = [(read, name) for read in shown for name in read.names]
    yield from _exchanged(FindingKind.CONTRADICTED_BY_EVIDENCE, stated, stated.names, names, _is_one_name)
    moments = [(read, moment) for read in shown for moment in read.moments]
    yield from _exchanged(FindingKind.DATE_DIFFERS, stated, stated.moments, moments, _is_one_time)
    figures = [(read, figure) for read in shown for figure in read.quantities if figure.comparable]
    own = [figure for figure in stated.quantities if figure.comparable]
    yield from _exchanged(FindingKind.NUMBER_DIFFERS, stated, own, figures, _is_one_amount)


def _is_one_name(a: values.Name, b: values.Name) -> bool:
    return values.same_name(a.text, b.text)


def _is_one_time(a: values.Moment, b: values.Moment) -> bool:
    return a.text.casefold() == b.text.casefold() or (a.first is not None and (a.first, a.last) == (b.first, b.last))


def _is_one_amount(a: values.Quantity, b: values.Quantity) -> bool:
    return (a.low, a.high) == (b.low, b.high)


def _exchanged(
    kind: FindingKind,
    stated: Read,
    own: Sequence[V],
    given: Sequence[tuple[Read, V]],
    same: Callable[[V, V], bool],
) -> Iterator[Finding]:
    for one, other in combinations(own[:_MOST], 2):
        if one.end > other.start or same(one, other) or _LIST.fullmatch(stated.text, one.end, other.start):
            continue
        places = [[place for place in given if same(value, place[1])] for value in (one, other)]
        both = {read for read, _ in places[0]} & {read for read, _ in places[1]}
        first, second = ([p for p in found if not both or p[0] in both] for found in places)
        if (
            first
            and second
            and not set(first) & set(second)
            and _stand_crosswise(stated, (one, first), (other, second))
        ):
            yield finding(kind, f"the evidence has {other.text} there, and this elsewhere", one.start, one.end)


def _stand_crosswise(
    stated: Read, one: tuple[Placed, Sequence[tuple[Read, Placed]]], other: tuple[Placed, Sequence[tuple[Read, Placed]]]
) -> bool:
    """Whether the words around each of two values are those around the other in the evidence."""
    (value, places), (second, others) = one, other
    # "Ada painted it" and "it was painted by Ada": to change the voice changes what stands beside what.
    if any(all(_is_agent(stated, v) != _is_agent(*p) for p in at) for v, at in (one, other)):
        return False
    named = {token.key for v in (value, second) for token in stated.within(v.start, v.end)}

    def alike(v: Placed, at: Sequence[tuple[Read, Placed]]) -> float:
        return max(likeness(stated, v, *place, besides=named) for place in at)

    gains = alike(value, others) - alike(value, places), alike(second, places) - alike(second, others)
    return min(gains) >= _EACH and sum(gains) >= _BOTH


def _is_agent(read: Read, value: Placed) -> bool:
    return _BY.search(read.text, max(0, value.start - len("by the ")), value.start) is not None
