"""Does one text deny what another tells: disputes of polarity against labelled pairs.

    python -m benchmarks.denials FILE… [--json]

Each line of a file is `{"text_a", "text_b", "label"}`: an article and, say, another outlet's headline, which people
called `contradiction`, `neutral` or `entailment`. Figures: `precision` and `recall` of `contradiction` where any
dispute of polarity between the two texts counts as one; `found_alike` and `found_called_false`, how many pairs each of
the two comparisons found.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, mean, plain_document, read_rows
from briefing.crosschecks.polarity import polarity_disputes
from briefing.crosschecks.refutations import refutations
from briefing.sentences import split


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each file; print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.denials", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    results = {path.name: measure(read_rows(path)) for path in options.files}
    if options.json:
        print(json.dumps({"files": results, "mean": mean(list(results.values()))}, indent=2))
        return 0
    for name, figures in results.items():
        print(f"{name}\n  " + "  ".join(f"{figure} {value:.3f}" for figure, value in figures.items()))
    return 0


def measure(pairs: Sequence[dict[str, Any]]) -> Figures:
    """Return precision and recall of contradictions, and how many pairs each comparison found."""
    answers = [_disputed(pair) for pair in pairs]
    found = [alike or called_false for alike, called_false in answers]
    true = [pair["label"] == "contradiction" for pair in pairs]
    right = sum(a and b for a, b in zip(found, true, strict=True))
    return {
        "precision": right / max(1, sum(found)),
        "recall": right / max(1, sum(true)),
        "found_alike": float(sum(alike for alike, _ in answers)),
        "found_called_false": float(sum(called_false for _, called_false in answers)),
    }


def _disputed(pair: dict[str, Any]) -> tuple[bool, bool]:
    documents = [plain_document("S1", str(pair["text_a"])), plain_document("S2", str(pair["text_b"]))]
    sentences = split(documents)
    return bool(polarity_disputes(documents, sentences)), bool(refutations(documents, sentences))


if __name__ == "__main__":
    sys.exit(main())
