"""Does the checker tell supported claims from unsupported ones: rules, entailment model, and both together.

    python -m benchmarks.claims FILE… [--json]

Each line of a file is `{"id", "dataset", "doc", "claim", "label"}`, label 1 when the document supports the claim (and
perhaps `published`, an ISO date). Every sentence of a claim is checked against the document without a citation, so
the checker has to find the support itself; a claim is kept when all its sentences may be published. `probe.jsonl` and
`probe_second.jsonl` to `probe_eighth.jsonl`, which stand beside this program, are measured with every run: pairs of
a true and a false claim, by kind of finding. All but the first were written by somebody who had not seen the rules,
and half of each, `held`, was only ever counted. The third and the fourth have false claims in the words of the
evidence: what was only tried or asked for, a part taken for the whole, sides or values exchanged, a stage, holder or
time of another; what a clause is attached to, another noun, a claim refuted, a cause, the scope of a word. In the
fourth the true claims are in other words. From the fifth on they have whole articles, with claims and errors as
automatic summaries and briefings have them; the sixth to the eighth were only ever counted.

Figures: `bacc`, the mean of `kept` (share of supported claims kept) and `caught` (share of unsupported ones not kept)
at the shipped thresholds; `auroc` of the lowest score of a claim's sentences; `per_second`, claims checked in a second,
reading of the documents included: one is read once for all the claims about it, as `briefing check` does. Beside them
rules alone, the model alone, and two baselines: the share of the claim's words that the document holds, at the
threshold that is best on the same file, which flatters it; and to call every claim supported, which is 0.5 everywhere.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import _lru_cache_wrapper
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, mean, plain_document, read_rows
from briefing.checks import POLICY, check, likelihood
from briefing.entailment import Entailment, load
from briefing.sentences import spans, split
from briefing.terms import content_terms
from briefing.texts.lines import cut_at_lines
from briefing.types import PUBLISHED, CheckedClaim, Claim, Document, Sentence, Verdict

Row = dict[str, Any]
_ORDINALS = ("", "_second", "_third", "_fourth", "_fifth", "_sixth", "_seventh", "_eighth")
PROBES = {f"probe{ordinal}": Path(__file__).with_name(f"probe{ordinal}.jsonl") for ordinal in _ORDINALS}
#: A score, and whether the claim may be published.
Judged = tuple[float, bool]
#: From rows about one document to what is said of each.
Judge = Callable[[Sequence[Row], Entailment], list[Judged]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each file; print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.claims", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    measured: dict[str, dict[str, Figures]] = {}
    for path in options.files:
        measured[path.name] = measure(read_rows(path), load())
        if not options.json:
            _print(path.name, measured[path.name])
    overall = {way: mean([ways[way] for ways in measured.values()]) for way in WAYS} if measured else {}
    probes = {name: measure_probe(read_rows(path), load()) for name, path in PROBES.items()}
    if options.json:
        print(json.dumps(_object(measured, overall, probes), indent=2))
        return 0
    if overall:
        _print("mean", overall)
    for name, kinds in probes.items():
        for kind, figures in kinds.items():
            _print_line(f"{name}: {kind}", "both", figures)
    return 0


def _object(
    measured: dict[str, dict[str, Figures]], overall: dict[str, Figures], probes: dict[str, dict[str, Figures]]
) -> Row:
    """Both together under `files` and `mean`; the rest beside them."""
    return {
        "files": {name: ways["both"] for name, ways in measured.items()},
        "mean": overall.get("both", {}),
        "ways": {name: {way: ways[way] for way in WAYS if way != "both"} for name, ways in measured.items()},
        "mean_ways": {way: figures for way, figures in overall.items() if way != "both"},
        **probes,
    }


def _print(name: str, ways: dict[str, Figures]) -> None:
    for way, figures in ways.items():
        _print_line(name, way, figures)


def _print_line(name: str, way: str, figures: Figures) -> None:
    shown = "  ".join(f"{figure} {value:.3f}" for figure, value in figures.items())
    print(f"{name:<28} {way:<8} {shown}", flush=True)


# Figures
# -------


def measure(rows: Sequence[Row], entailment: Entailment) -> dict[str, Figures]:
    """Check every claim against its document, in every way."""
    labels = [bool(row["label"]) for row in rows]
    return {way: _figures(rows, labels, judge, entailment) for way, judge in WAYS.items()}


def _figures(rows: Sequence[Row], labels: Sequence[bool], judge: Judge, entailment: Entailment) -> Figures:
    _forget()
    started = time.perf_counter()
    judged = _judged(rows, judge, entailment)
    seconds = time.perf_counter() - started
    scores = [score for score, _ in judged]
    kept = [keep for _, keep in judged]
    if judge is _overlapping:
        best = max(set(scores), key=lambda t: shares([s >= t for s in scores], labels)["bacc"])
        kept = [score >= best for score in scores]
    return {"auroc": auroc(scores, labels), **shares(kept, labels), "per_second": len(rows) / seconds}


def _forget() -> None:
    """Empty the caches of what was read of a text: the way measured before must not have read this one's."""
    for kept in gc.get_objects():
        if isinstance(kept, _lru_cache_wrapper) and kept.__module__.startswith("briefing."):
            kept.cache_clear()


def _judged(rows: Sequence[Row], judge: Judge, entailment: Entailment) -> list[Judged]:
    """Judge all rows in order, those about one document together."""
    about: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        about[row["doc"]].append(position)
    judged = dict[int, Judged]()
    for positions in about.values():
        judged |= zip(positions, judge([rows[at] for at in positions], entailment), strict=True)
    return [judged[at] for at in range(len(rows))]


def measure_probe(rows: Sequence[Row], entailment: Entailment) -> dict[str, Figures]:
    """Check the planted pairs: all of them, those that no rule was written after, and by kind of finding.

    A false claim is caught when it is withheld, or when it is published with the finding that it was planted for: one
    that is only flagged, such as a lost attribution, withholds nothing. `supported` and `false_supported` are the
    shares of true and of false claims that are called supported, the latter without that finding.
    """
    judged = [_planted(row, entailment) for row in rows]
    groups: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        for name in ("all", row["split"], row["kind"]):
            groups[name].append(position)
    return {name: _planted_shares([rows[i] for i in at], [judged[i] for i in at]) for name, at in groups.items()}


def _planted_shares(rows: Sequence[Row], judged: Sequence[tuple[bool, bool]]) -> Figures:
    labels = [bool(row["label"]) for row in rows]
    sure = shares([supported for _, supported in judged], labels)
    figures = shares([passed for passed, _ in judged], labels)
    return {**figures, "supported": sure["kept"], "false_supported": 1 - sure["caught"]}


def _planted(row: Row, entailment: Entailment) -> tuple[bool, bool]:
    """Whether a planted claim is published, and whether as supported; a false one without the finding planted in it."""
    (checked,) = _checked([row], entailment)
    flagged = any(finding.kind == row["kind"] for claim in checked for finding in claim.findings)
    unseen = not (flagged and not row["label"])
    published = all(claim.verdict in PUBLISHED for claim in checked)
    return published and unseen, all(claim.verdict is Verdict.SUPPORTED for claim in checked) and unseen


def _rules(rows: Sequence[Row], _: Entailment) -> list[Judged]:
    return _lowest_of_each(rows, None)


def _both(rows: Sequence[Row], entailment: Entailment) -> list[Judged]:
    return _lowest_of_each(rows, entailment)


def _lowest_of_each(rows: Sequence[Row], entailment: Entailment | None) -> list[Judged]:
    return [_lowest(row, checked) for row, checked in zip(rows, _checked(rows, entailment), strict=True)]


def _lowest(row: Row, checked: Sequence[CheckedClaim]) -> Judged:
    kept = [claim.verdict in PUBLISHED for claim in checked]
    # Overlap decides between equals, so that claims which the rules withhold are not all one rank.
    return min(map(_score, checked), default=0.0) + overlap(row) / 1_000, bool(kept) and all(kept)


def _checked(rows: Sequence[Row], entailment: Entailment | None) -> list[tuple[CheckedClaim, ...]]:
    """Check the claims of rows about one document: for each row the sentences of its claim."""
    document, sentences = _read(rows[0])
    claims = [_claims(row) for row in rows]
    checked = iter(check([claim for each in claims for claim in each], [document], sentences, entailment=entailment))
    return [tuple(islice(checked, len(each))) for each in claims]


def _score(claim: CheckedClaim) -> float:
    if claim.score is not None:
        return claim.score
    return float(claim.verdict in PUBLISHED)


def _model(rows: Sequence[Row], entailment: Entailment) -> list[Judged]:
    _, sentences = _read(rows[0])
    likely = [[likelihood(claim.text, sentences, entailment) for claim in _claims(row)] for row in rows]
    return [(min(each, default=0.0), bool(each) and min(each) >= POLICY.withhold) for each in likely]


def _overlapping(rows: Sequence[Row], _: Entailment) -> list[Judged]:
    return [(overlap(row), True) for row in rows]


WAYS: dict[str, Judge] = {
    "both": _both,
    "rules": _rules,
    "model": _model,
    "overlap": _overlapping,
}


def _read(row: Row) -> tuple[Document, tuple[Sentence, ...]]:
    document = plain_document("S1", row["doc"], published=row.get("published"))
    return document, split([document])


def _claims(row: Row) -> list[Claim]:
    """Return the sentences of a claim, cut as `briefing check` cuts a paragraph."""
    text = row["claim"]
    found = cut_at_lines(text, text, list(spans(text, "en")))
    return [Claim(id=f"C{n}", story="T1", text=text[start:end], cites=()) for n, (start, end) in enumerate(found, 1)]


def overlap(row: Row) -> float:
    """Return the share of the claim's content terms that stand anywhere in the document."""
    terms = set(content_terms(row["claim"]))
    return len(terms & set(content_terms(row["doc"]))) / len(terms) if terms else 0.0


def shares(kept: Sequence[bool], labels: Sequence[bool]) -> Figures:
    """Return `kept` of the supported, `caught` of the unsupported, and their mean; a share of nothing is 1.

    >>> shares([True, True, False], [True, False, False])
    {'bacc': 0.75, 'kept': 1.0, 'caught': 0.5}
    """
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
