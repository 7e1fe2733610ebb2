"""What does `briefing check` say of summaries with planted errors: are they flagged, and are true sentences left alone?

    python -m benchmarks.summaries FILE… [--json]

A file is one JSON object, each of its values a set: `{"sources": {name: text}, "summaries": […]}`, or with
`"articles"` in the place of `sources`, a pattern of files from where the program is run. A summary is
`{"style", "text", "planted"}`, the last a piece of each false sentence by kind of error. Sentences that claim nothing,
such as a greeting, are not counted.

Figures: `found`, share of the planted errors that are flagged; of the true sentences `passed`, `unsure` and `flagged`;
and how many there are of each. What is neither, a planted error that passes and a true sentence that is flagged, is
printed with what was said of it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, mean
from briefing.pipeline import check_text
from briefing.types import BORNE_OUT, AnsweredClaim


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A sentence of a summary, whether it holds a planted error, and what came of it."""

    planted: str
    """The kind of error; empty for a true sentence."""
    outcome: str
    """`passed`, `unsure` or `flagged`."""
    claim: AnsweredClaim


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each set; print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.summaries", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    measured: dict[str, Figures] = {}
    for path in options.files:
        for name, cases in json.loads(path.read_text(encoding="utf-8")).items():
            told = tuple(read(cases))
            measured[f"{path.name}: {name}"] = figures(told)
            if not options.json:
                _print(f"{path.name}: {name}", told)
    if options.json:
        print(json.dumps({"files": measured, "mean": mean(list(measured.values()))}, indent=2))
    return 0


def _print(name: str, told: Sequence[Told]) -> None:
    shown = "  ".join(f"{figure} {value:.3g}" for figure, value in figures(told).items())
    print(f"{name}\n  {shown}")
    for each in told:
        if (each.outcome == "flagged") != bool(each.planted) and (each.planted or each.outcome == "flagged"):
            said = "; ".join(finding.detail for finding in each.claim.checked.findings)
            print(f"  {each.planted or 'true'}: {each.claim.answer}: {each.claim.checked.text} ({said})")


def read(cases: Mapping[str, Any], base: Path = Path()) -> Iterator[Told]:
    """Check every summary of a set against its sources; a pattern of files is one beneath `base`."""
    with tempfile.TemporaryDirectory() as made:
        for name, text in cases.get("sources", {}).items():
            (Path(made) / name).write_text(text, encoding="utf-8")
        # Numbers in a text may mean the order of its sources.
        given = [Path(made) / name for name in cases.get("sources", {})]
        sources = [str(path) for path in given or sorted(base.glob(cases["articles"]))]
        for summary in cases["summaries"]:
            yield from _told(summary, sources)


def _told(summary: Mapping[str, Any], sources: Sequence[str]) -> Iterator[Told]:
    text = summary["text"]
    result = check_text(text, sources)
    for stated, claim in zip(result.stated, result.answered, strict=True):
        if not stated.not_checkable:
            kinds = [kind for kind, words in summary["planted"].items() if words in text[stated.start : stated.end]]
            outcome = "passed" if claim.answer in BORNE_OUT else "flagged" if claim.flagged else "unsure"
            yield Told(planted=", ".join(kinds), outcome=outcome, claim=claim)


def figures(told: Sequence[Told]) -> Figures:
    """Count outcomes.

    >>> figures([])["planted"]
    0
    """
    false = Counter(each.outcome for each in told if each.planted)
    true = Counter(each.outcome for each in told if not each.planted)
    shares = {outcome: true[outcome] / max(true.total(), 1) for outcome in ("passed", "unsure", "flagged")}
    found = false["flagged"] / max(false.total(), 1)
    return {"found": found, **shares, "planted": false.total(), "true": true.total()}


if __name__ == "__main__":
    sys.exit(main())
