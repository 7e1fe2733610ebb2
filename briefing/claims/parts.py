"""What fits into a call: a story is shown whole, or cut into as few parts as its model's context allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from briefing.fencing import numbered
from briefing.types import Sentence, Story


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """How many tokens one call has for sentences and the headers above them, and how they are counted."""

    tokens: int
    header_tokens: Mapping[str, int]
    """Source id → what the line above its sentences takes."""
    line_tokens: Callable[[str], int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one call shows, and how many claims it asks for."""

    story: Story
    sentences: tuple[Sentence, ...]
    max_claims: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """One sentence as a prompt shows it."""

    sentence: Sentence
    tokens: int
    place: float
    """How far into its source its middle stands, from 0 to 1."""


def parts_of(story: Story, by_source: Mapping[str, Sequence[Sentence]], room: Room, *, max_claims: int) -> list[Part]:
    """Cut a story into as few parts as fit, each a passage of every source from about the same place.

    News says the most important first, so the openings of all sources meet in the first part, where a model
    can see that they disagree. A sentence that fits no call is in no part.
    """
    lines = [line for source in story.sources for line in _lines(by_source[source], room)]
    runs = _balanced(sorted(lines, key=lambda line: line.place), room)
    order = {line.sentence.id: position for position, line in enumerate(lines)}
    return [
        Part(
            story=story,
            sentences=tuple(sorted((line.sentence for line in run), key=lambda sentence: order[sentence.id])),
            max_claims=share,
        )
        for run, share in zip(runs, _shares(runs, max_claims), strict=True)
    ]


def _lines(sentences: Sequence[Sentence], room: Room) -> Iterator[_Line]:
    """Measure the sentences of one source, and leave out those that no call has room for."""
    lengths = [room.line_tokens(numbered(sentence.id, sentence.text)) for sentence in sentences]
    whole = sum(lengths)
    for sentence, length, end in zip(sentences, lengths, accumulate(lengths), strict=True):
        if length + room.header_tokens[sentence.source] <= room.tokens:
            yield _Line(sentence=sentence, tokens=length, place=(end - length / 2) / whole)


def _balanced(lines: Sequence[_Line], room: Room) -> list[list[_Line]]:
    """Fill as few runs as the room of a call allows, then even them out, so that none holds a mere rest."""
    runs = _filled(lines, room.header_tokens, room.tokens)
    low, high = 0, room.tokens
    while len(runs) > 1 and high - low > room.tokens // 32:
        middle = (low + high) // 2
        evened = _filled(lines, room.header_tokens, middle)
        if len(evened) > len(runs):
            low = middle
        else:
            runs, high = evened, middle
    return runs


def _filled(lines: Iterable[_Line], header_tokens: Mapping[str, int], most: int) -> list[list[_Line]]:
    """Fill runs in order with up to `most` tokens each; a line longer than that gets a run of its own."""
    runs: list[list[_Line]] = []
    used, headed = 0, set[str]()
    for line in lines:
        source = line.sentence.source
        cost = line.tokens + (0 if source in headed else header_tokens[source])
        if not runs or used + cost > most:
            runs.append([])
            used, headed = 0, set()
            cost = line.tokens + header_tokens[source]
        runs[-1].append(line)
        headed.add(source)
        used += cost
    return runs


def _shares(runs: Sequence[Sequence[_Line]], max_claims: int) -> list[int]:
    """Share the claims out by length, at least one to each run.

    The shares are differences of rounded running sums, so that they add up to `max_claims` where it suffices.
    """
    ends = list(accumulate(sum(line.tokens for line in run) for run in runs))
    marks = [0, *(max_claims * end // ends[-1] for end in ends)]
    return [max(1, after - before) for before, after in pairwise(marks)]
