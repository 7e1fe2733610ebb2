"""Clauses, which of them tell nearly the same, and how pairs at odds become one dispute."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeVar

from briefing.crosschecks.shares import Shares
from briefing.types import Assessment, Dispute, DisputeKind, DisputeValue, Evidence, Sentence

_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\bMrs)[.!](?=[\s\"”’]|$)|[\n;:]|\s[–—-]\s|—"
    r"|[\"”] and\b|, (?:but|although|while|which|who|and|as|after|when|because)\b|\b(?:but|although)\b"
)
FEWEST_SHARED = 3
"""Terms that two clauses must have in common to be compared at all."""
_MOST_MET = 64
"""Clauses with one term that a later one with it is compared with. Stories of fewer are compared whole."""

H = TypeVar("H", bound=Hashable)


class FromSource(Hashable, Protocol):
    """Something that a source says."""

    @property
    def source(self) -> str: ...


S = TypeVar("S", bound=FromSource)


def clause_ranges(
    text: str, idle: re.Pattern[str], *, whole: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each clause of a sentence in which `idle` finds nothing, trimmed.

    No clause ends inside one of the ranges `whole`.

    >>> text = "The pier closed on Monday, but will it open again?"
    >>> [text[a:b] for a, b in clause_ranges(text, re.compile("[?]"))]
    ['The pier closed on Monday']
    """
    cuts = (end for end in _END.finditer(text) if not any(a < end.end() and end.start() < b for a, b in whole))
    at = 0
    for end in (*cuts, None):
        stop = end.start() if end else len(text)
        start = at + len(text[at:stop]) - len(text[at:stop].lstrip(" \t\"“”'‘"))
        at = end.end() if end else stop
        if start < stop and not idle.search(text, start, stop):
            yield start, start + len(text[start:stop].rstrip())


def meeting(
    clauses: Sequence[Iterable[str]], sides: Sequence[Hashable] = (), *, fewest: int = FEWEST_SHARED
) -> Iterator[tuple[int, int]]:
    """Yield `(later, earlier)`, the indexes of two clauses that share enough terms, in order.

    Of `sides`, one for each clause, only different ones meet. A term brings up the latest few clauses that have it, and
    a clause meets no more than that: many sources take time in proportion to what they say.

    >>> clauses = ["the old pier closed", "rain again", "old pier closed at last"]
    >>> list(meeting([clause.split() for clause in clauses]))
    [(2, 0)]
    """
    holding: dict[tuple[Hashable, str], deque[int]] = defaultdict(lambda: deque(maxlen=_MOST_MET))
    each = sides or [None] * len(clauses)
    others = {side: {*each} - {side} if sides else {side} for side in {*each}}
    for at, terms in enumerate(clauses):
        own = tuple(terms)
        shared = Counter(i for side in others[each[at]] for term in own for i in holding[side, term])
        met = (i for i, count in shared.items() if count >= fewest)
        yield from ((at, i) for i in sorted(heapq.nlargest(_MOST_MET, met, key=lambda i: (shared[i], i))))
        for term in own:
            holding[each[at], term].append(at)


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Return the share of the two clauses' terms that are in both.

    >>> likeness(["pier", "close"], ["pier", "open"])
    0.3333333333333333
    """
    return len({*a} & {*b}) / len({*a, *b})


class Rarity:
    """How much it says that two passages of a story share a term: the more, the fewer sentences have it."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._shares = Shares([sentence.text for sentence in sentences])

    def shared(self, a: AbstractSet[str], b: AbstractSet[str]) -> float:
        """Return the share of the weight of both that is common to them."""
        whole = self._shares.weigh(a | b)
        return self._shares.weigh(a & b) / whole if whole else 0.0

    def contained(self, a: AbstractSet[str], b: AbstractSet[str]) -> float:
        """Return the share of the lighter of both that the other has."""
        least = min(self._shares.weigh(a), self._shares.weigh(b))
        return self._shares.weigh(a & b) / least if least else 0.0


def joined(pairs: Iterable[tuple[H, H]]) -> list[list[tuple[H, H]]]:
    """Put pairs together that have a member in common, at once or through other pairs; in the order of the pairs.

    >>> joined([(1, 2), (3, 4), (2, 5)])
    [[(1, 2), (2, 5)], [(3, 4)]]
    """
    kept = list(pairs)
    above: dict[H, H] = {}
    for a, b in kept:
        above[_top(above, a)] = _top(above, b)
    groups: dict[H, list[tuple[H, H]]] = {}
    for pair in kept:
        groups.setdefault(_top(above, pair[0]), []).append(pair)
    return list(groups.values())


def _top(above: dict[H, H], member: H) -> H:
    while (parent := above.setdefault(member, member)) != member:
        above[member] = above[parent]
        member = parent
    return member


def unreconciled(pairs: Iterable[tuple[S, S]], agree: Callable[[S, S], bool]) -> Iterator[tuple[S, S]]:
    """Yield the pairs about one question that do not agree, of two sources neither of which gives both answers."""
    known = [(a, b, agree(a, b)) for a, b in pairs]
    agreeing = {(one, other.source) for a, b, alike in known if alike for one, other in ((a, b), (b, a))}
    torn = {one for a, b, alike in known if a.source == b.source and not alike for one in (a, b)}
    for a, b, alike in known:
        gives_both = a in torn or b in torn or (a, b.source) in agreeing or (b, a.source) in agreeing
        if a.source != b.source and not alike and not gives_both:
            yield a, b


def one_value(value: str, evidence: Iterable[Evidence]) -> DisputeValue:
    """Return one side of a dispute: every span once, and the sources that have them."""
    own = tuple(dict.fromkeys(evidence))
    return DisputeValue(value=value, sources=tuple(dict.fromkeys(item.source for item in own)), evidence=own)


def opposed(stated: Iterable[Evidence], denied: Iterable[Evidence], *, note: str) -> Dispute:
    """Return the dispute of polarity between two sides; `id` and `story` are left empty."""
    sides = one_value("stated", stated), one_value("denied", denied)
    return Dispute(
        id="",
        story="",
        about=sides[0].evidence[0].text,
        kind=DisputeKind.POLARITY,
        assessment=Assessment.OPEN,
        values=sides,
        note=note,
    )
