"""Two accounts of one event by two outlets, and which of their sentences answer one question.

    python -m training.accounts OUT.jsonl [--held local] [--seed 0]

`accounts/*.jsonl` has 192 invented events, a line each: `{"id", "a": [sentences], "b": [sentences], "same": [[i, j,
kind, "agree" or "differ"], …]}`. Sentence `i` of one account and `j` of the other both tell how many, when, who, as
what, where, or whether, with one answer or two; all other pairs have no question in common, though many share words,
units or people. Most of the pairs that have one share hardly a word.

Writes lines of `{"a": sentence, "b": sentence, "y": 1 or 0}` to `OUT.jsonl` without the events of `--held`, and to
`OUT.held.jsonl` every pair of theirs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from briefing.terms import content_terms

FOLDER = Path(__file__).with_name("accounts")
#: For each pair with a question in common so many without, those that share most terms and any.
_LIKE, _OTHER = 4, 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One event told twice."""

    id: str
    accounts: tuple[tuple[str, ...], tuple[str, ...]]
    same: frozenset[tuple[int, int]]
    """Indexes of sentences of the first and of the second account that answer one question."""

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield every sentence of one account with every sentence of the other."""
        one, other = self.accounts
        yield from ((i, j) for i in range(len(one)) for j in range(len(other)))

    def row(self, pair: tuple[int, int]) -> dict[str, Any]:
        """Return a line to train on."""
        (i, j), (one, other) = pair, self.accounts
        return {"a": one[i], "b": other[j], "y": int(pair in self.same)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, draw, write."""
    parser = argparse.ArgumentParser(prog="python -m training.accounts")
    parser.add_argument("out", type=Path)
    told = {path.stem: read_events(path) for path in sorted(FOLDER.glob("*.jsonl"))}
    parser.add_argument("--held", choices=told, default="local", help="the file whose events are kept aside")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    held = told.pop(options.held)
    chance = Random(options.seed)
    _write(options.out, [row for events in told.values() for event in events for row in drawn(event, chance)])
    aside = [event.row(pair) for event in held for pair in event.pairs()]
    _write(options.out.with_suffix(".held.jsonl"), aside)
    return 0


def read_events(path: Path) -> tuple[Event, ...]:
    """Read one file of events."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_event(json.loads(line)) for line in lines)


def _event(told: dict[str, Any]) -> Event:
    same = frozenset((i, j) for i, j, _kind, _answers in told["same"])
    return Event(id=told["id"], accounts=(tuple(told["a"]), tuple(told["b"])), same=same)


def drawn(event: Event, chance: Random) -> Iterator[dict[str, Any]]:
    """Yield the pairs with a question in common, both ways round, and for each ten without, four of them alike."""
    one, other = event.accounts
    apart = sorted({*event.pairs()} - event.same)
    shared = {(i, j): len({*content_terms(one[i])} & {*content_terms(other[j])}) for i, j in apart}
    like = sorted(apart, key=lambda pair: -shared[pair])[: _LIKE * len(event.same)]
    rest = [pair for pair in apart if pair not in like]
    for pair in sorted(event.same):
        yield event.row(pair)
        yield _turned(event.row(pair))
    for pair in [*like, *chance.sample(rest, min(len(rest), _OTHER * len(event.same)))]:
        row = event.row(pair)
        yield _turned(row) if chance.random() < 1 / 2 else row


def _turned(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "a": row["b"], "b": row["a"]}


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
