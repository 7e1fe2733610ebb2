"""Two accounts of one event by two outlets, which of their sentences answer one question, and which in two ways.

    python -m training.accounts OUT.jsonl [--folders near_misses …] [--held local near_misses/business …]
        [--answers] [--pairs PAIRS.jsonl] [--seed 0]

`accounts/*.jsonl` has 192 invented events, a line each: `{"id", "a": [sentences], "b": [sentences], "same": [[i, j,
kind, "agree" or "differ"], …]}`. Sentence `i` of one account and `j` of the other both tell how many, when, who, as
what, where, or whether, with one answer or two; all other pairs have no question in common, though many share words,
units or people. Most of the pairs that have one share hardly a word. The folders beside them have more, with
`"near_miss": [[i, j, why], …]`, pairs that only seem to have a question in common: `near_misses` 128 events with two
values of one kind, mostly in like words, of two people, occasions, times, places, parts or stages; `alike` 126 with
figures and dates that differ, in like words amid other details; `contradictions` 110 where what was done, who did
it, as what and where differs; `agreeing` 126 that mostly agree, told in overlapping words as rewrites and relays do.
`comparing.onnx` has learnt from `near_misses` alone, `answering.onnx` from all.

Writes lines of `{"a": sentence, "b": sentence, "y": 1 or 0, "d": 1 or 0}`, whether they answer one question and whether
in two ways, to `OUT.jsonl` without the events of `--held`, and to `OUT.held.jsonl` every pair of theirs. Of `--pairs`,
what `training.pairs` writes, some are added.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.common import read_rows
from briefing.crosschecks.quantities.agreement import is_far
from briefing.terms import content_terms
from briefing.values import Quantity, compatible, read_moments, read_quantities

FOLDER = Path(__file__).with_name("accounts")
#: Of each kind one file that nothing learns from.
KEPT = ("local", "near_misses/business", "alike/aside", "contradictions/aside", "agreeing/aside")
FOLDERS = ("near_misses", "alike", "contradictions", "agreeing")
#: For each pair with a question in common so many without, those that share most terms and any; of the latter fewer
#: where one answer is told from two: the first already says that there is a question.
_LIKE, _OTHER, _OTHER_ANSWERS = 3, 3, 1
#: Sentences of an event that are put beside themselves with another value.
_REPEATED = 4
#: Of the entailment model's pairs, by kind and label (0 follows, 1 neither, 2 ruled out), so many of short passages.
_ENTAILED = (("article", 0, 2_500), ("written", 0, 1_500), ("mnli", 0, 1_000), ("mnli", 2, 1_000), ("mnli", 1, 1_000))
_ANSWERS = {0: {"y": 1, "d": 0}, 1: {"y": -1, "d": 0}, 2: {"y": 1, "d": 1}}
_LONGEST = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One event told twice."""

    id: str
    accounts: tuple[tuple[str, ...], tuple[str, ...]]
    same: frozenset[tuple[int, int]]
    """Indexes of sentences of the first and of the second account that answer one question."""
    differ: frozenset[tuple[int, int]] = frozenset()
    """Those of them that give two answers."""
    of_amount: frozenset[tuple[int, int]] = frozenset()
    """Those that answer how many or how much."""
    near_misses: frozenset[tuple[int, int]] = frozenset()
    """Indexes of those that seem to."""

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield every sentence of one account with every sentence of the other."""
        one, other = self.accounts
        yield from ((i, j) for i in range(len(one)) for j in range(len(other)))

    def row(self, pair: tuple[int, int]) -> dict[str, Any]:
        """Return a line to train on."""
        (i, j), (one, other) = pair, self.accounts
        return {"a": one[i], "b": other[j], "y": int(pair in self.same), "d": int(pair in self.differ)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, draw, write."""
    parser = argparse.ArgumentParser(prog="python -m training.accounts")
    parser.add_argument("out", type=Path)
    parser.add_argument("--folders", nargs="*", choices=FOLDERS, default=FOLDERS[:1], help="what is read besides")
    parser.add_argument("--held", nargs="*", default=KEPT, metavar="FILE", help="the files whose events are kept aside")
    parser.add_argument("--answers", action="store_true", help="draw what tells two answers from one as well")
    parser.add_argument("--pairs", type=Path, help="what the entailment model learnt from, to add some of")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    for name in options.held:
        if not (FOLDER / f"{name}.jsonl").is_file():
            parser.error(f"--held {name}: no such file in {FOLDER.name}/, give its path there without .jsonl")
    read = ["", *options.folders]
    paths = [path for folder in read for path in sorted((FOLDER / folder).glob("*.jsonl"))]
    told = {path.relative_to(FOLDER).with_suffix("").as_posix(): read_events(path) for path in paths}
    held = [event for name in options.held for event in told.pop(name, ())]
    chance = Random(options.seed)
    rows = [
        row for events in told.values() for event in events for row in drawn(event, chance, answers=options.answers)
    ]
    _write(options.out, [*rows, *(entailed(options.pairs, chance) if options.pairs else ())])
    aside = [event.row(pair) for event in held for pair in event.pairs()]
    _write(options.out.with_suffix(".held.jsonl"), aside)
    return 0


def read_events(path: Path) -> tuple[Event, ...]:
    """Read one file of events."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_event(json.loads(line)) for line in lines)


def _event(told: dict[str, Any]) -> Event:
    same = frozenset((i, j) for i, j, _kind, _answers in told["same"])
    differ = frozenset((i, j) for i, j, _kind, answers in told["same"] if answers == "differ")
    near = frozenset((i, j) for i, j, _why in told.get("near_miss", ()))
    amounts = frozenset((i, j) for i, j, kind, _answers in told["same"] if kind == "amount")
    accounts = tuple(told["a"]), tuple(told["b"])
    return Event(id=told["id"], accounts=accounts, same=same, differ=differ, of_amount=amounts, near_misses=near)


def drawn(event: Event, chance: Random, *, answers: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the pairs with a question in common, both ways round, and pairs without.

    Without one are, once, all that give two values of one kind, for each pair with one three that share most words, and
    three others; and the near misses both ways round. Whether two values are one says nothing of the question: in
    pairs with one a value is changed, in near misses it is made the same. For `answers` there is one other of those
    without, and where two amounts differ in figures one is made the other.
    """
    one, other = event.accounts
    apart = sorted({*event.pairs()} - event.same)
    shared = {(i, j): len({*content_terms(one[i])} & {*content_terms(other[j])}) for i, j in apart}
    like = sorted(apart, key=lambda pair: -shared[pair])[: _LIKE * len(event.same)]
    tempting = [pair for pair in apart if pair in event.near_misses or _give_two_values(one[pair[0]], other[pair[1]])]
    rest = [pair for pair in apart if pair not in like and pair not in tempting]
    for pair in sorted(event.same):
        yield event.row(pair)
        yield _turned(event.row(pair))
    for pair in dict.fromkeys([*tempting, *like]):
        yield _one_way(event.row(pair), chance)
    for pair in chance.sample(rest, min(len(rest), (_OTHER_ANSWERS if answers else _OTHER) * len(event.same))):
        yield _one_way(event.row(pair), chance)
    for pair in sorted(event.near_misses - event.same):
        yield event.row(pair)
        yield _turned(event.row(pair))
    for pair in sorted(event.same):
        yield from _revalued(event.row(pair), chance)
    for pair in sorted(event.near_misses - event.same):
        yield from _made_one(event.row(pair), chance)
    for pair in sorted(event.differ & event.of_amount) if answers else ():
        if _is_plain(event.row(pair)):
            yield from _made_one({**event.row(pair), "d": 0}, chance)
    for sentence in chance.sample([*one, *other], _REPEATED):
        yield from _revalued({"a": sentence, "b": sentence, "y": 1, "d": 0}, chance)


def entailed(path: Path, chance: Random) -> Iterator[dict[str, Any]]:
    """Yield rows from the lines of `training.pairs`.

    What follows from a passage gives its answer, what it rules out gives another. Whether what neither follows nor is
    ruled out answers a question of the passage at all is not known: `"y": -1`.
    """
    told: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for line in read_rows(path):
        if len(line["a"]) < _LONGEST:
            told[line["kind"], line["y"]].append(line)
    for kind, label, count in _ENTAILED:
        for line in chance.sample(told[kind, label], count):
            yield {"a": line["a"], "b": line["b"], **_ANSWERS[label]}


def _revalued(row: dict[str, Any], chance: Random) -> Iterator[dict[str, Any]]:
    """Yield the row with another figure or weekday in its second sentence, where both sentences have one of a kind."""
    found = _of_one_kind(row)
    if found:
        _, (start, end) = found
        text = row["b"]
        other = f"{text[:start]}{_other(text[start:end], chance)}{text[end:]}"
        yield _one_way({**row, "b": other, "d": 1}, chance)


def _made_one(row: dict[str, Any], chance: Random) -> Iterator[dict[str, Any]]:
    """Yield the row with the figure or weekday of the first sentence in the second as well."""
    found = _of_one_kind(row)
    if found:
        (first, last), (start, end) = found
        yield _one_way({**row, "b": f"{row['b'][:start]}{row['a'][first:last]}{row['b'][end:]}"}, chance)


def _is_plain(row: dict[str, Any]) -> bool:
    """Whether both sentences have one figure."""
    return all(len(list(read_quantities(row[side]))) == 1 for side in "ab")


def _of_one_kind(row: dict[str, Any]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return where two figures of one unit, or else two weekdays, stand in digits or letters."""
    for a in read_quantities(row["a"]):
        for b in read_quantities(row["b"]):
            one, other = _FIGURE.search(row["a"], a.start, a.end), _FIGURE.search(row["b"], b.start, b.end)
            if one and other and (a.kind, a.unit) == (b.kind, b.unit):
                return one.span(), other.span()
    one, other = _WEEKDAY.search(row["a"]), _WEEKDAY.search(row["b"])
    return (one.span(), other.span()) if one and other else None


def _other(value: str, chance: Random) -> str:
    if value in _WEEKDAYS:
        return chance.choice([day for day in _WEEKDAYS if day != value])
    whole, point, rest = value.partition(".")
    number = int(whole.replace(",", ""))
    other = max(1, round(number * chance.choice(_FACTORS)))
    other += other == number
    return f"{other:,}{point}{rest}" if "," in whole else f"{other}{point}{rest}"


_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile("|".join(_WEEKDAYS))
_FACTORS = (0.5, 0.6, 0.75, 0.9, 1.1, 1.25, 1.5, 2.0)


def _give_two_values(one: str, other: str) -> bool:
    """Whether two sentences have figures of one unit that may be taken for one another's, or dates that are not one."""
    figures = ((a, b) for a in read_quantities(one) for b in read_quantities(other))
    if any((a.kind, a.unit) == (b.kind, b.unit) and _may_be_at_odds(a, b) for a, b in figures):
        return True
    return any(compatible(a, b) is False for a in read_moments(one) for b in read_moments(other))


def _may_be_at_odds(a: Quantity, b: Quantity) -> bool:
    # Values far apart are no temptation.
    return (a.low, a.high) != (b.low, b.high) and not is_far(a, b)


def _one_way(row: dict[str, Any], chance: Random) -> dict[str, Any]:
    return _turned(row) if chance.random() < 1 / 2 else row


def _turned(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "a": row["b"], "b": row["a"]}


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
