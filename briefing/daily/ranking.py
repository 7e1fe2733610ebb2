"""Which stories of a day matter most. Pure.

Three things count: how many origins tell it, how new it is, and whether it is on a topic that the reader asked for.
The weights are set by hand, so that each can be explained in a sentence; they were fitted on nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.plan import Topic

STALE = 0.4
"""What a story that goes on weighs against a new one when none of it is new."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What the rank of a story rests on."""

    origins: int
    articles: int
    topics: tuple[str, ...]
    """Names of the topics that most of its articles are on."""
    weight: float
    """The greatest weight among them; 0 on none."""
    fresh: float = 1.0
    """Share of its sentences that were not told before, from 0 to 1."""

    @property
    def score(self) -> float:
        """The higher the earlier: origins count by their logarithm, a topic multiplies, what is known already dims.

        >>> one = Standing(origins=1, articles=9, topics=(), weight=0.0)
        >>> three = Standing(origins=3, articles=3, topics=(), weight=0.0)
        >>> wanted = Standing(origins=1, articles=1, topics=("Ferries",), weight=2.0)
        >>> [standing.score for standing in (one, three, wanted)]
        [1.0, 2.0, 3.0]
        """
        return round(math.log2(1 + self.origins) * (1 + self.weight) * (STALE + (1 - STALE) * self.fresh), 9)


def standing_of(keys: Sequence[str], origins: Iterable[str], topics: Mapping[str, tuple[Topic, ...]]) -> Standing:
    """Weigh a story by its articles: their keys, where their reports come from, and the topics of each key."""
    on = [topic for key in keys for topic in topics.get(key, ())]
    own = [topic for topic in dict.fromkeys(on) if on.count(topic) * 2 > len(keys)]
    return Standing(
        origins=len(set(origins)),
        articles=len(keys),
        topics=tuple(topic.name for topic in own),
        weight=max((topic.weight for topic in own), default=0.0),
    )


def in_order(standings: Sequence[Standing]) -> list[int]:
    """Return the indices of the stories, the most important first; of equals, the one with more articles.

    >>> in_order([Standing(origins=1, articles=1, topics=(), weight=0.0), Standing(origins=2, articles=2, topics=(),
    ...     weight=0.0)])
    [1, 0]
    """
    return sorted(range(len(standings)), key=lambda i: (-standings[i].score, -standings[i].articles, i))
