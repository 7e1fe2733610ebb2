"""Which documents tell of one event: average linkage over the pairs that share a telling term. Pure.

Only documents that share one of their heaviest terms are compared, and a term that very many share compares each
with a bounded number of others, so the work grows with the documents and not with their pairs.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.profiles import MANY, Profile, likeness, nearness

JOINED = 0.255
"""Least average likeness of two groups that are one story.

Fitted on the 276 articles of a public set of stories (`benchmarks/stories.py`). Folds by story choose 0.2 to 0.265
and reach a B-cubed F1 of 0.880 on the fold left out; with one event's reports, which the labels often keep apart,
joined by hand, 0.981.
"""
JOINED_FEW, _FEW = 0.2, 8
"""The same for up to eight documents, which have few chances to be alike by chance and were mostly chosen by somebody;
from there to forty it rises to `JOINED`.

Of inputs of 2 to 8 articles of that set 0.2 groups 75 % without a mistake and 0.255 73 %; of 36 invented stories that
four outlets tell in quite other words it joins 0.76 of the pairs, where 0.255 joins 0.60, and none of two stories.
"""
_FLOOR = 0.12
"""Pairs less alike than this count as not alike at all; B-cubed on the same set is the same from 0 to here."""
_SHARED = 0.02
"""Least product of two documents' heaviest terms for which all their terms are compared; the result is the same
on that set from 0 to 0.03, with half of the comparisons."""
_MOST_COMPARED = 200
"""How many earlier documents one term brings up for comparison."""
_PART, _PART_KEYS = 5, 10

Graph = dict[int, dict[int, float]]


def cluster(profiles: Sequence[Profile], *, joined: float | None = None) -> list[list[int]]:
    """Group the indices of documents by event; each group and the list of groups in ascending order.

    Two groups become one while the average likeness between their members is at least `joined`; without it the line
    depends on how many documents there are.
    """
    joined = line_for(len(profiles)) if joined is None else joined
    parts, groups = None, _linked(profiles, joined)
    while len(groups) != parts:
        parts, groups = len(groups), _rejoined(groups, profiles, joined)
    return sorted(sorted(group) for group in groups)


def line_for(documents: int) -> float:
    """Return the least average likeness of one story among so many documents.

    >>> line_for(5), round(line_for(24), 4), line_for(500)
    (0.2, 0.2275, 0.255)
    """
    many = min(max((documents - _FEW) / (MANY - _FEW), 0.0), 1.0)
    return JOINED_FEW + many * (JOINED - JOINED_FEW)


# Average linkage
# ---------------


def _linked(profiles: Sequence[Profile], joined: float) -> list[list[int]]:
    groups = {index: [index] for index in range(len(profiles))}
    graph = _graph(profiles)
    queue = [(-round(alike, 9), a, b) for a, others in graph.items() for b, alike in others.items() if a < b]
    heapq.heapify(queue)
    while queue:
        negative, a, b = heapq.heappop(queue)
        if -negative < joined:
            break
        if negative == _entry(graph, groups, a, b):
            _merge(graph, groups, a, b)
            for c in graph[a]:
                heapq.heappush(queue, (_entry(graph, groups, a, c), min(a, c), max(a, c)))
    return list(groups.values())


def _entry(graph: Graph, groups: dict[int, list[int]], a: int, b: int) -> float:
    """Minus the average likeness of two groups; 1 when one of them is no more."""
    if a not in groups or b not in groups:
        return 1.0
    return -round(graph[a].get(b, 0.0) / (len(groups[a]) * len(groups[b])), 9)


def _merge(graph: Graph, groups: dict[int, list[int]], a: int, b: int) -> None:
    groups[a] += groups.pop(b)
    for c, alike in graph.pop(b).items():
        del graph[c][b]
        if c != a:
            graph[a][c] = graph[c][a] = graph[a].get(c, 0.0) + alike


def _graph(profiles: Sequence[Profile]) -> Graph:
    graph: Graph = defaultdict(dict)
    for a, b in _candidates(profiles):
        alike = likeness(profiles[a], profiles[b])
        if alike >= _FLOOR:
            graph[a][b] = graph[b][a] = alike
    return graph


def _candidates(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Yield each pair whose heaviest terms alone make it somewhat alike, the later one first."""
    postings: dict[str, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=_MOST_COMPARED))
    for a, profile in enumerate(profiles):
        shared: dict[int, float] = defaultdict(float)
        for term in profile.keys:
            weight = profile.weights[term]
            for b, other in postings[term]:
                shared[b] += weight * other
            postings[term].append((a, weight))
        yield from ((a, b) for b, product in shared.items() if product >= _SHARED)


# Stories larger than what is compared
# ------------------------------------


def _rejoined(groups: Iterable[list[int]], profiles: Sequence[Profile], joined: float) -> list[list[int]]:
    """Join the parts of stories whose members were not all compared, by the average cosine between all of them.

    That is the product of the sums of their unit vectors by the product of their sizes, so no pair is looked at.
    Only parts of `_PART` documents and more take part: a single one that belongs would have been joined before.
    """
    kept: list[list[int]] = []
    sums: list[dict[str, float]] = []
    holders: dict[str, set[int]] = defaultdict(set)
    for group in sorted(groups, key=lambda group: (-len(group), min(group))):
        total = _sum_of(profiles[index].weights for index in group)
        keys = heapq.nlargest(_PART_KEYS, total, key=lambda term: (total[term], term))
        near = {place for term in keys for place in holders[term]} if len(group) >= _PART else set()
        closeness = {place: _cosine(total, sums[place], len(group) * len(kept[place])) for place in near}
        best = min(closeness, key=lambda place: (-closeness[place], place), default=None)
        if best is None or closeness[best] * nearness(profiles[group[0]], profiles[kept[best][0]]) < joined:
            best = len(kept)
            kept.append([])
            sums.append({})
        kept[best] += group
        sums[best] = _sum_of((sums[best], total))
        for term in keys:
            holders[term].add(best)
    return kept


def _sum_of(vectors: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for term, weight in vector.items():
            total[term] += weight
    return dict(total)


def _cosine(a: Mapping[str, float], b: Mapping[str, float], pairs: int) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum(weight * large[term] for term, weight in small.items() if term in large) / pairs
