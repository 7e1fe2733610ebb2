"""Which ranges of a source stand in one citable sentence. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from briefing.types import Sentence


class Citable:
    """The ranges of sentences, looked up in time that grows with the logarithm of their number."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._ranges: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for sentence in sentences:
            self._ranges[sentence.source].append((sentence.start, sentence.end))
        for ranges in self._ranges.values():
            ranges.sort()

    def holds(self, source: str, start: int, end: int) -> bool:
        """Whether one sentence of the source has all of `[start, end)`."""
        ranges = self._ranges.get(source, [])
        at = bisect_right(ranges, start, key=lambda own: own[0])
        return at > 0 and end <= ranges[at - 1][1]
