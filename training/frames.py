"""Pairs about who did what to whom: statements told in two ways, with the two exchanged or taken from two statements.

Sentences in which both sides could have done it are rare in the documents (one made pair in 400), and a model that has
not seen thousands of them reads a claim as a bag of words. `frames.txt` has the statements, each in several ways that
mean the same; names come from the documents, and real sentences of a document may stand around the evidence.

Every claim that follows has a twin that does not, and how each is told is drawn alike: no word of a claim tells which
of the two it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from training.corrupt.surroundings import is_clean
from training.grammar import entities
from training.pairs import ENTAILED, NOT_ENTAILED, Pair
from training.synthetic import Library

_SLOT = re.compile(r"\{(\w+)\}")
_KINDS = {"PERSON": "p", "ORG": "o", "GPE": "g"}
_MOST_WORDS = 4
_FEWEST_NAMES = 20
_POSSESSIVE = ("'s", "’s")
# Shares: claims that tell it as the evidence does; evidence with a second statement; of those, both in one sentence,
# and claims that give one statement's deed to somebody of the other; statements with a time; claims that keep it;
# people without a name; numbers below a hundred; evidence among real sentences; surnames alone; evidence that says who
# the two are, after the name; and that begins with who says so.
_SAME_WAY = 0.2
_SECOND = 0.55
_ONE_SENTENCE = 0.4
_MIXED = 0.4
_TIMED = 0.5
_TIME_KEPT = 0.5
_NAMELESS = 0.3
_SMALL = 0.7
_AMONG = 0.6
_SURNAME = 0.3
_DESCRIBED = 0.4
_AFTER = 0.5
_FRAMED = 0.3


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A statement: what may stand in it, and the ways to tell it."""

    kinds: str
    ways: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Statement:
    frame: Frame
    filling: dict[str, str]


@cache
def read_frames() -> tuple[tuple[Frame, ...], dict[str, tuple[str, ...]]]:
    """Return the statements, and what their other slots are filled with."""
    lines, lists = read_told("frames.txt")
    return tuple(Frame(kinds=kinds, ways=tuple(told.split(" | "))) for kinds, told in lines), lists


def read_told(name: str) -> tuple[list[tuple[str, str]], dict[str, tuple[str, ...]]]:
    """Return a file's lines, each as who may stand in it and how it is told, and what fills its other slots."""
    lines: list[tuple[str, str]] = []
    lists: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        slot, colon, rest = line.partition(": ")
        if line.startswith("#") or not line.strip():
            continue
        if colon and " " not in slot:
            lists[slot] = tuple(rest.split(" | "))
        else:
            kinds, _, told = line.partition("  ")
            lines.append((kinds, told))
    return lines, lists


class Names:
    """Whom and what statements are about: names of the documents, by kind, and words that stand for somebody."""

    def __init__(self, library: Library) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for source in library.sources:
            for tokens in source.parsed.values():
                for entity in entities(tokens):
                    kind = _KINDS.get(entity.kind)
                    short = len(entity.text.split()) <= _MOST_WORDS
                    if kind and is_clean(entity) and short and not entity.text.endswith(_POSSESSIVE):
                        found[kind].add(entity.text)
        self._named = {kind: sorted(names) for kind, names in found.items()}
        self._lists = read_frames()[1]

    def two(self, kind: str, rng: Random) -> tuple[str, str]:
        """Return two of one kind that share no word."""
        while True:
            one, two = self._one(kind, rng), self._one(kind, rng)
            if not _words(one) & _words(two):
                return one, two

    def _one(self, kind: str, rng: Random) -> str:
        if kind == "n":
            return str(rng.randint(2, 99) if rng.random() < _SMALL else rng.randint(100, 3_000))
        named = self._named.get(_NAMED_BY.get(kind, kind), [])
        nameless = rng.random() < _NAMELESS and kind != "g"
        return rng.choice(self._lists[_NAMELESS_ONES[kind]] if nameless or len(named) < _FEWEST_NAMES else named)


#: What stands for those without a name, and whose names others bear: a team is called by its town.
_NAMELESS_ONES = {"p": "person", "s": "person", "o": "body", "t": "team", "e": "event", "g": "place"}
_NAMED_BY = {"s": "p", "t": "g"}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split()) - {"the", "of", "and", "his", "her"}


_JOINED = ("{0}, and {1}", "while {0}, {1}", "{0}, but {1}", "{0}, while {1}", "{0}; {1}", "{0} after {1}")


def from_frames(library: Library, rng: Random, rows: int) -> Iterator[Pair]:
    """Yield `rows` pairs, as many entailed as not."""
    names = Names(library)
    for _ in range(rows // 2):
        yield from _twins(library, names, rng)


def _twins(library: Library, names: Names, rng: Random) -> Iterator[Pair]:
    first = _drawn(names, rng)
    second = _drawn(names, rng, unlike=first) if rng.random() < _SECOND else None
    when = f" {rng.choice(read_frames()[1]['when'])}" if rng.random() < _TIMED else ""
    said, way = _said(first, rng)
    told = [said + when]
    if second is not None:
        told.insert(rng.choice((0, 1)), _said(second, rng)[0])
        if rng.random() < _ONE_SENTENCE:
            told = [rng.choice(_JOINED).format(*told)]
    evidence = _among(library, [_sentence(text) for text in told], rng)
    kept = when if rng.random() < _TIME_KEPT else ""
    filling = _shortened(first.filling, rng)
    ways = [other for other in first.frame.ways if other != way] or [way]
    claimed = way if rng.random() < _SAME_WAY else rng.choice(ways)
    yield Pair(a=evidence, b=_sentence(_filled(claimed, filling) + kept), y=ENTAILED, kind="frame")
    kind, false = "frame exchanged", filling | {"a": filling["b"], "b": filling["a"]}
    if second is not None and second.frame.kinds == first.frame.kinds and rng.random() < _MIXED:
        kind, false = "frame mixed", _shortened(filling | {"ab"[rng.randint(0, 1)]: second.filling["a"]}, rng)
    # Drawn anew, so that the way of telling says nothing either.
    claimed = way if rng.random() < _SAME_WAY else rng.choice(ways)
    yield Pair(a=evidence, b=_sentence(_filled(claimed, false) + kept), y=NOT_ENTAILED, kind=kind)


def _drawn(names: Names, rng: Random, unlike: _Statement | None = None) -> _Statement:
    frames, lists = read_frames()
    if unlike is not None and rng.random() < _MIXED:
        frames = tuple(frame for frame in frames if frame.kinds == unlike.frame.kinds and frame != unlike.frame)
    frame = rng.choice([f for f in frames if unlike is None or f != unlike.frame])
    while True:
        a, b = names.two(rng.choice(frame.kinds), rng)
        if unlike is None or not (_words(a) | _words(b)) & {w for v in unlike.filling.values() for w in _words(v)}:
            break
    slots = sorted({slot for way in frame.ways for slot in _SLOT.findall(way)} - {"a", "b"})
    return _Statement(frame=frame, filling={"a": a, "b": b} | {slot: rng.choice(lists[slot]) for slot in slots})


def _said(statement: _Statement, rng: Random) -> tuple[str, str]:
    """Return how the evidence tells a statement, with more about the two and around it, and the way it was told."""
    way = rng.choice(statement.frame.ways)
    told = {side: _described(statement.filling[side], statement.frame.kinds, rng) for side in "ab"}
    text = _filled(way, statement.filling | told)
    return (f"{rng.choice(read_frames()[1]['frame'])} {text}" if rng.random() < _FRAMED else text), way


def _described(name: str, kinds: str, rng: Random) -> str:
    """Say something of whoever has a name, before or after it."""
    lists = read_frames()[1]
    if not name[:1].isupper() or rng.random() > _DESCRIBED:
        return name
    if kinds == "o":
        return f"{name}, {rng.choice(lists['organised'])},"
    if kinds not in {"p", "s"}:
        return name
    after = rng.random() < _AFTER
    return f"{name}, {rng.choice(lists['after'])}," if after else f"{rng.choice(lists['before'])} {name}"


def _filled(way: str, filling: dict[str, str]) -> str:
    return _SLOT.sub(lambda slot: filling[slot[1]], way)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}.".replace(",,", ",").replace(",.", ".").replace(",;", ";")


def _shortened(filling: dict[str, str], rng: Random) -> dict[str, str]:
    """Return the filling with surnames alone, where both are people of two names."""
    both = [filling["a"].split(), filling["b"].split()]
    if any(len(words) != 2 or not words[0][:1].isupper() for words in both) or rng.random() > _SURNAME:
        return filling
    return filling | {"a": both[0][1], "b": both[1][1]}


def _among(library: Library, told: list[str], rng: Random) -> str:
    if rng.random() > _AMONG:
        return " ".join(told)
    sentences = rng.choice(library.sources).sentences
    start = rng.randrange(len(sentences))
    around = [s for s in sentences[start : start + rng.randint(1, 3)] if 4 <= len(s.split()) <= 35]
    at = rng.randint(0, len(around))
    return " ".join((*around[:at], *told, *around[at:]))
