"""Are two reports of one event said to disagree where, in like words, they tell of two things?

    python -m benchmarks.near_misses [FILE…] [--show] [--json]

Each line of a file is an invented event told by two outlets, as `training/accounts.py` describes it: the pairs of their
sentences that answer one question, with one answer or two, and near misses, which give values of one kind about two
people, occasions, places or stages. Without a FILE it is `near_misses.jsonl` beside this program: four splits of twelve
events and two of 24, written by six calls of a language model that knew nothing of the program; nothing was trained on
any. `first` was run while the model was taught, and showed what it had learnt amiss; `last` only when all was done.
`alike` and `contradictions` came after that: in them most of what both tell differs, figures and dates amid other
details in `alike`, what was done, who did it, as what and where in `contradictions`. In `denials` and `denials_once`
one report tells or quotes that something is not so which the other tells, as reports do; the near misses there are
denials of something else. Rules and lines were made with `denials` in sight, and with none of the others.

Figures, for the rules alone and with the model that ships: `wrong_per_event`, disputes none of whose pairs of sentences
answer one question with two answers; `found`, the share of pairs with two answers that a dispute tells. `--show` prints
each wrong dispute that the model lets pass.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, plain_document, read_rows
from briefing.crosschecks import crosscheck
from briefing.entailment import Comparison, load
from briefing.sentences import split
from briefing.types import Dispute, Evidence, Stories, Story

Row = dict[str, Any]
TOLD = Path(__file__).with_suffix(".jsonl")
_LINES = "\n\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every split, or file; print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.near_misses", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", default=[TOLD])
    parser.add_argument("--show", action="store_true", help="print the wrong disputes that the model lets pass")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    told: dict[str, list[Row]] = defaultdict(list)
    for path in options.files:
        for row in read_rows(path):
            told[row.get("split", path.stem)].append(row)
    results = {name: {"rules": measure(rows, None), "with_model": measure(rows, load())} for name, rows in told.items()}
    if options.json:
        print(json.dumps(results, indent=2))
        return 0
    for name, ways in results.items():
        for way, figures in ways.items():
            print(f"{name} {way}: " + "  ".join(f"{figure} {value:.3f}" for figure, value in figures.items()))
    for rows in told.values() if options.show else ():
        for row in rows:
            for dispute in wrong(row, disputes_of(row, load())):
                print(f"  {row['id']}  {dispute.about}: " + " against ".join(v.value for v in dispute.values))
    return 0


def measure(rows: Sequence[Row], comparison: Comparison | None) -> Figures:
    """Return the figures of some events."""
    of = [(row, disputes_of(row, comparison)) for row in rows]
    differing = [pair in {p for d in disputes for p in _pairs(row, d)} for row, disputes in of for pair in _differ(row)]
    return {
        "wrong_per_event": sum(len(wrong(row, disputes)) for row, disputes in of) / len(rows),
        "found": sum(differing) / max(1, len(differing)),
    }


def disputes_of(row: Row, comparison: Comparison | None) -> tuple[Dispute, ...]:
    """Return what the program says that the two accounts disagree about."""
    documents = [plain_document(name, _LINES.join(row[name])) for name in "ab"]
    story = Story(id="T1", title=row["id"], sources=("a", "b"))
    stories = Stories(stories=(story,), relays=(), origins=(("a", "a"), ("b", "b")))
    return crosscheck((), documents, split(documents), stories, comparison=comparison).disputes


def wrong(row: Row, disputes: Sequence[Dispute]) -> list[Dispute]:
    """Return the disputes between sentences that do not answer one question with two answers."""
    return [dispute for dispute in disputes if not _pairs(row, dispute) & _differ(row)]


def _differ(row: Row) -> set[tuple[int, int]]:
    return {(i, j) for i, j, _kind, answers in row["same"] if answers == "differ"}


def _pairs(row: Row, dispute: Dispute) -> set[tuple[int, int]]:
    """Return the sentences of the first and of the second account that a dispute puts side by side."""
    found: set[tuple[int, int]] = set()
    for one, other in combinations(dispute.values, 2):
        for a, b in product(one.evidence, other.evidence):
            if a.source != b.source:
                first, second = sorted((a, b), key=lambda evidence: evidence.source)
                found.add((_line(row, first), _line(row, second)))
    return found


def _line(row: Row, evidence: Evidence) -> int:
    return _LINES.join(row[evidence.source])[: evidence.start].count(_LINES)


if __name__ == "__main__":
    sys.exit(main())
