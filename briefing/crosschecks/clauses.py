"""Clauses, which of them tell nearly the same, and how pairs at odds become one dispute."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from briefing.types import DisputeValue, Evidence

_END = re.compile(
    r"[.!](?=[\s\"”’]|$)|[\n;:]|\s[–—-]\s|—"
    r"|[\"”] and\b|, (?:but|although|while|which|who|and|as|after|when|because)\b|\b(?:but|although)\b"
)
FEWEST_SHARED = 3
"""Terms that two clauses must have in common to be compared at all."""

H = TypeVar("H", bound=Hashable)


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


def sharing(clauses: Sequence[Iterable[str]], others: Sequence[Iterable[str]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of indexes of clauses that share enough terms; only these are met, so many sources stay quick."""
    holding: dict[str, list[int]] = {}
    for at, terms in enumerate(others):
        for term in terms:
            holding.setdefault(term, []).append(at)
    for index, terms in enumerate(clauses):
        shared = Counter(at for term in terms for at in holding.get(term, ()))
        yield from ((index, at) for at in sorted(at for at, count in shared.items() if count >= FEWEST_SHARED))


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Return the share of the two clauses' terms that are in both.

    >>> likeness(["pier", "close"], ["pier", "open"])
    0.3333333333333333
    """
    return len({*a} & {*b}) / len({*a, *b})


def joined(pairs: Iterable[tuple[H, H]]) -> list[list[tuple[H, H]]]:
    """Put pairs that have a member in common together, in the order of their first pair."""
    groups: list[list[tuple[H, H]]] = []
    for pair in pairs:
        met = [group for group in groups if any({*pair} & {*other} for other in group)]
        kept = met[0] if met else []
        if not met:
            groups.append(kept)
        for group in met[1:]:
            kept += group
            groups.remove(group)
        kept.append(pair)
    return groups


def one_value(value: str, evidence: Iterable[Evidence]) -> DisputeValue:
    """Return one side of a dispute: every span once, and the sources that have them."""
    own = tuple(dict.fromkeys(evidence))
    return DisputeValue(value=value, sources=tuple(dict.fromkeys(item.source for item in own)), evidence=own)


def opposed(stated: Iterable[Evidence], denied: Iterable[Evidence]) -> tuple[DisputeValue, DisputeValue]:
    """Return the two sides of a dispute of polarity."""
    return one_value("stated", stated), one_value("denied", denied)
