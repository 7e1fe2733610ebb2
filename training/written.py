"""Pairs written for this purpose: an invented passage, statements that follow from it, and statements that do not.

Rules that change real sentences make the same few kinds of error again and again, and hardly ever say a thing in words
of its own. `written/*.jsonl` has passages of all sorts with four statements of either kind, in the words of the passage
or in others; a line is `{"a": passage, "t": [statements that follow], "f": [statements that do not]}`. Every name and
event in them is invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any

from training.corpus import Prose
from training.pairs import ENTAILED, NOT_ENTAILED, Pair

FOLDER = Path(__file__).with_name("written")
#: Share of pairs whose evidence has a second passage beside the first, as a passage found in a document has.
_AMONG = 0.25
_MOST_WORDS = 110
_TOGETHER = 8
_ASIDE = 0.1


def read_written(folder: Path = FOLDER) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the passages to train on, and the tenth kept aside; the same in every training."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    passages = [json.loads(line) for line in lines]
    return [p for p in passages if not _is_aside(p["a"])], [p for p in passages if _is_aside(p["a"])]


def written_prose(passages: Sequence[dict[str, Any]]) -> Iterator[Prose]:
    """Yield the passages as documents of a few each, whose sentences are rewritten and corrupted as those of others.

    >>> [len(prose.sentences) for prose in written_prose([{"a": "A fox slept. It woke."}] * 10)]
    [16, 4]
    """
    for start in range(0, len(passages), _TOGETHER):
        texts = (passage["a"] for passage in passages[start : start + _TOGETHER])
        yield Prose(cluster=f"written {start}", text="\n".join(texts))


def _is_aside(text: str) -> bool:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) < _ASIDE * 2**32


def from_written(passages: Sequence[dict[str, Any]], rng: Random) -> Iterator[Pair]:
    """Yield every statement with its passage, some of them among others.

    >>> passage = {"a": "A fox slept.", "t": ["A fox was asleep."], "f": ["A fox ran."]}
    >>> [pair.y for pair in from_written([passage], Random(0))]
    [0, 3]
    """
    for passage in passages:
        for label, statements in ((ENTAILED, passage["t"]), (NOT_ENTAILED, passage["f"])):
            for statement in statements:
                evidence = _among(passage["a"], rng.choice(passages)["a"], rng)
                yield Pair(a=evidence, b=statement, y=label, kind="written")


def _among(passage: str, other: str, rng: Random) -> str:
    if other == passage or rng.random() >= _AMONG or len(passage.split()) + len(other.split()) > _MOST_WORDS:
        return passage
    return f"{passage} {other}" if rng.random() < 0.5 else f"{other} {passage}"
