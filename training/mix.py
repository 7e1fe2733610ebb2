"""Draw the rows of one training run from everything that was generated.

    python -m training.mix ROWS.jsonl OUT.jsonl [--made N] [--labelled TIMES] [--mnli N] [--written N] [--seed 0]
        [--again NAME…]

Made rows are drawn half entailed, half not, with at most one in twenty of the entailed ones word for word: the easiest
kind is also the most frequent. Those about who did what to whom (`frames`), whether it happened (`events`) and those
about written articles are all taken, and so are those about short written passages unless fewer are asked for.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
#: How the kinds begin of which every row is taken.
_WHOLE = ("frame", "event", "article")


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw and write."""
    parser = argparse.ArgumentParser(prog="python -m training.mix")
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    for name, default in (("made", 9_600), ("labelled", 1), ("mnli", 2_000), ("written", 100_000), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--again", nargs="*", default=[], help="labelled files whose rows are taken once more")
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for line in options.rows.read_text(encoding="utf-8").splitlines()]
    drawn = mixed(rows, random.Random(options.seed), options.made, options.labelled, options.mnli)
    drawn += _some([row for row in rows if row["kind"] == "written"], options.written, random.Random(options.seed))
    drawn += [row for row in rows if row["kind"] in {f"labelled {name}" for name in options.again}]
    options.out.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in drawn), encoding="utf-8")
    return 0


def mixed(rows: Sequence[Row], chance: random.Random, made: int, labelled: int, mnli: int) -> list[Row]:
    """Return the rows of one run but those about short written passages; fewer of a kind where there are not enough.

    >>> rows = [{"kind": kind, "y": y} for kind in ("mnli", "labelled bump", "synonym") for y in (0, 1)]
    >>> len(mixed(rows, random.Random(0), made=2, labelled=2, mnli=1))
    7
    """
    pairs = [row for row in rows if row["kind"] == "mnli"]
    people = [row for row in rows if row["kind"].startswith("labelled")]
    whole = [row for row in rows if row["kind"].startswith(_WHOLE)]
    ours = [row for row in rows if not row["kind"].startswith(("mnli", "labelled", "written", *_WHOLE))]
    verbatim = [row for row in ours if row["kind"] == "verbatim"]
    entailed = [row for row in ours if row["kind"] != "verbatim" and row["y"] == 0]
    others = [row for row in ours if row["y"] != 0]
    half, easy = made // 2, made // 40
    return [
        *_some(entailed, half - easy, chance),
        *_some(verbatim, easy, chance),
        *_some(others, half, chance),
        *whole,
        *people * labelled,
        *_some(pairs, mnli, chance),
    ]


def _some(rows: Sequence[Row], most: int, chance: random.Random) -> list[Row]:
    return chance.sample(rows, min(most, len(rows)))


if __name__ == "__main__":
    sys.exit(main())
