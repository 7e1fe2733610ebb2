"""Fit what a score of the entailment model is worth: a probability.

    python -m training.calibrate ROWS.jsonl [--weights briefing/weights]

`ROWS` are lines of `{"a", "b", "y"}` on documents that nothing was trained on. Prints the numbers for
`briefing/checks/weighing.py`, and how well the fit keeps its word: the share entailed, by tenths of probability.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from briefing.checks.weighing import Calibration, probability
from briefing.entailment import LocalEntailment, Pair

_STEPS = 50
#: Keeps the fit finite where a feature tells everything apart.
_RIDGE = 1e-3


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, fit, print."""
    parser = argparse.ArgumentParser(prog="python -m training.calibrate")
    parser.add_argument("rows", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("briefing/weights"))
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for line in options.rows.read_text(encoding="utf-8").splitlines()]
    scores = LocalEntailment(options.weights).scores([Pair(row["a"], row["b"]) for row in rows])
    entailed = [row["y"] == 0 for row in rows]
    constant, log_odds = fit([(1.0, score) for score in scores], entailed)
    fitted = Calibration(constant=round(constant, 3), log_odds=round(log_odds, 3))
    print(fitted)
    _print_tenths([probability(score, fitted) for score in scores], entailed)
    return 0


def fit(features: Sequence[Sequence[float]], labels: Sequence[bool]) -> tuple[float, ...]:
    """Return the weights of a logistic regression, by Newton's method.

    >>> [round(weight, 1) for weight in fit([[1.0], [1.0], [1.0], [1.0]], [True, True, True, False])]
    [1.1]
    """
    x, y = np.asarray(features), np.asarray(labels, dtype=float)
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-(x @ weights)))
        slope = x.T @ (y - likely) - _RIDGE * weights
        curve = (x * (likely * (1 - likely))[:, None]).T @ x + _RIDGE * np.eye(x.shape[1])
        weights = weights + np.linalg.solve(curve, slope)
    return tuple(float(weight) for weight in weights)


def _print_tenths(likely: Sequence[float], labels: Sequence[bool]) -> None:
    for tenth in range(10):
        inside = [label for p, label in zip(likely, labels, strict=True) if min(int(p * 10), 9) == tenth]
        if inside:
            print(f"{tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}: {sum(inside) / len(inside):.2f} of {len(inside)}")


if __name__ == "__main__":
    sys.exit(main())
