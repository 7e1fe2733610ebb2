"""Does one text deny what another tells: disputes of polarity against labelled pairs.

    python -m benchmarks.denials FILE… [--json]

Each line of a file is `{"text_a", "text_b", "label"}`: an article and, say, another outlet's headline, which people
called `contradiction`, `neutral` or `entailment`. Figures: `precision` and `recall` of `contradiction` where any
dispute of polarity between the two texts counts as one; `found_alike` and `found_called_false`, how many pairs each of
the two comparisons found. The same with the models that ship: `precision_with_models`, `recall_with_models` and
`found_by_models`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, mean, plain_document, read_rows
from briefing.crosschecks.denials import told_and_denied
from briefing.crosschecks.polarity import polarity_disputes
from briefing.crosschecks.refutations import refutations
from briefing.entailment import Comparison, load
from briefing.sentences import split


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each file; print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.denials", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    results = {path.name: measure(read_rows(path), load()) for path in options.files}
    if options.json:
        print(json.dumps({"files": results, "mean": mean(list(results.values()))}, indent=2))
        return 0
    for name, figures in results.items():
        print(f"{name}\n  " + "  ".join(f"{figure} {value:.3f}" for figure, value in figures.items()))
    return 0


def measure(pairs: Sequence[dict[str, Any]], comparison: Comparison) -> Figures:
    """Return precision and recall of contradictions, and how many pairs each comparison found."""
    answers = [_disputed(pair, comparison) for pair in pairs]
    true = [pair["label"] == "contradiction" for pair in pairs]
    precision, recall = _shares([alike or called_false for alike, called_false, _ in answers], true)
    precision_with_models, recall_with_models = _shares([any(found) for found in answers], true)
    alike, called_false, by_models = (float(sum(found)) for found in zip(*answers, strict=True))
    return {
        "precision": precision,
        "recall": recall,
        "found_alike": alike,
        "found_called_false": called_false,
        "precision_with_models": precision_with_models,
        "recall_with_models": recall_with_models,
        "found_by_models": by_models,
    }


def _shares(found: Sequence[bool], true: Sequence[bool]) -> tuple[float, float]:
    right = sum(a and b for a, b in zip(found, true, strict=True))
    return right / max(1, sum(found)), right / max(1, sum(true))


def _disputed(pair: dict[str, Any], comparison: Comparison) -> tuple[bool, bool, bool]:
    documents = [plain_document("S1", str(pair["text_a"])), plain_document("S2", str(pair["text_b"]))]
    sentences = split(documents)
    return (
        bool(polarity_disputes(documents, sentences)),
        bool(refutations(documents, sentences)),
        bool(told_and_denied(documents, sentences, comparison)),
    )


if __name__ == "__main__":
    sys.exit(main())
