"""Does the checker tell supported claims from unsupported ones: rules alone, no model of meaning yet.

    python -m benchmarks.claims FILE… [--json]

Each line of a file is `{"id", "dataset", "doc", "claim", "label"}`, label 1 when the document supports the claim.
Every sentence of a claim is checked against the document without a citation, so the checker has to find the support
itself, as it does for a claim that cites the wrong sentence; a claim is kept when all its sentences may be published.
Figures: `bacc`, the mean of `kept` (share of supported claims kept) and `caught` (share of unsupported ones not kept);
`auroc` of the share of sentences kept, then of word overlap; `per_second`. Beside them word overlap alone, at the
threshold that is best on the same file, which flatters it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, mean, plain_document, read_rows
from briefing.assemble import PUBLISHED
from briefing.checks import check
from briefing.sentences import spans, split
from briefing.terms import content_terms
from briefing.types import Claim

Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each file; print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    ours: dict[str, Figures] = {}
    for path in options.files:
        rows = read_rows(path)
        ours[path.name] = measure(rows)
        if not options.json:
            _print_row(path.name, ours[path.name], overlap_alone(rows))
    overall = mean(list(ours.values()))
    if options.json:
        print(json.dumps({"files": ours, "mean": overall}, indent=2))
    else:
        _print_row("mean", overall, {})
    return 0


def _print_row(name: str, ours: Figures, baseline: Figures) -> None:
    shown = "  ".join(f"{figure} {value:.3f}" for figure, value in ours.items())
    beside = "".join(f"  {figure} {value:.3f}" for figure, value in baseline.items())
    print(f"{name:<32} {shown}" + (f"   word overlap{beside}" if beside else ""))


# Figures
# -------


def measure(rows: Sequence[Row]) -> Figures:
    """Check every claim against its document."""
    started = time.perf_counter()
    scores = [_score(row) for row in rows]
    seconds = time.perf_counter() - started
    labels = [bool(row["label"]) for row in rows]
    kept = [score >= 1 for score in scores]
    return {"auroc": auroc(scores, labels), **_shares(kept, labels), "per_second": len(rows) / seconds}


def overlap_alone(rows: Sequence[Row]) -> Figures:
    """Score by the share of the claim's content terms that the document holds."""
    scores = [overlap(row) for row in rows]
    labels = [bool(row["label"]) for row in rows]
    best = max((_shares([s >= t for s in scores], labels)["bacc"], t) for t in set(scores))
    return {"auroc": auroc(scores, labels), "bacc": best[0]}


def _score(row: Row) -> float:
    """At least 1 when every sentence of the claim may be published; overlap decides between equals."""
    document = plain_document("S1", row["doc"])
    sentences = split([document])
    claims = [
        Claim(id=f"C{n}", story="T1", text=row["claim"][start:end], cites=())
        for n, (start, end) in enumerate(spans(row["claim"], "en"), start=1)
    ]
    checked = check(claims, [document], sentences)
    kept = sum(claim.verdict in PUBLISHED for claim in checked)
    return (kept / len(claims) if claims else 0) + overlap(row) / 1_000


def overlap(row: Row) -> float:
    """Return the share of the claim's content terms that stand anywhere in the document."""
    terms = set(content_terms(row["claim"]))
    return len(terms & set(content_terms(row["doc"]))) / len(terms) if terms else 0.0


def _shares(kept: Sequence[bool], labels: Sequence[bool]) -> Figures:
    supported = [k for k, label in zip(kept, labels, strict=True) if label]
    unsupported = [k for k, label in zip(kept, labels, strict=True) if not label]
    keeps = sum(supported) / len(supported) if supported else 1.0
    catches = 1 - sum(unsupported) / len(unsupported) if unsupported else 1.0
    return {"bacc": (keeps + catches) / 2, "kept": keeps, "caught": catches}


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the chance that a supported claim scores above an unsupported one; ties count half.

    >>> auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False])
    0.875
    """
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    ranks = [0.0] * len(scores)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        for i in order[start:end]:
            ranks[i] = (start + end + 1) / 2
        start = end
    positive = sum(labels)
    negative = len(labels) - positive
    if not positive or not negative:
        return 0.5
    total = sum(rank for rank, label in zip(ranks, labels, strict=True) if label)
    return (total - positive * (positive + 1) / 2) / (positive * negative)


if __name__ == "__main__":
    sys.exit(main())
