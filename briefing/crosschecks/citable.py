"""Which citable sentence of a source a range stands in, and which stands before it. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from briefing.types import Sentence


class Citable:
    """The sentences of each source, looked up in time that grows with the logarithm of their number."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._sentences: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in sentences:
            self._sentences[sentence.source].append(sentence)
        for own in self._sentences.values():
            own.sort(key=_start)

    def holds(self, source: str, start: int, end: int) -> bool:
        """Whether one sentence of the source has all of `[start, end)`."""
        sentence = self.sentence(source, start)
        return sentence is not None and end <= sentence.end

    def sentence(self, source: str, at: int) -> Sentence | None:
        """Return the sentence of the source that has this character."""
        place = self._place(source, at)
        found = self._sentences[source][place] if place >= 0 else None
        return found if found and at < found.end else None

    def before(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence of the same source that stands before another."""
        place = self._place(sentence.source, sentence.start) - 1
        return self._sentences[sentence.source][place] if place >= 0 else None

    def _place(self, source: str, at: int) -> int:
        return bisect_right(self._sentences.get(source, []), at, key=_start) - 1


def _start(sentence: Sentence) -> int:
    return sentence.start
