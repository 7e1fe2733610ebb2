"""How often, and how fast, quotations are found where they stand.

    python -m benchmarks.alignment FILE… [--json]

A file is one JSON object: `{"doc": text, "items": [[kind, quotation, start, end], …]}`; a start of -1 says
that the quotation does not stand in the text. An item is right when the *first* place returned has the same
start and end, white space and quotation marks at either end aside, or when nothing is returned for what is
not there. The peer is `rapidfuzz.fuzz.partial_ratio_alignment` alone, with the same cutoff, on the unfolded
text; its spans are as long as the quotation, so this criterion is hard on it where words were dropped.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from rapidfuzz import fuzz

from briefing.spans import Tolerance, find, fold

_TRIMMED = " \t\r\n\u00a0\"'“”‘’«»"
Range = tuple[int, int]
Finder = Callable[[str], Range | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One quotation and where it stands, if anywhere."""

    kind: str
    quotation: str
    place: Range | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """What one finder did with one file."""

    right: float
    seconds: float
    kinds: dict[str, tuple[int, int]]
    """Kind of item → (right, all)."""


def read(path: Path) -> tuple[str, list[Item]]:
    """Return the text and the items of a file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    items = [
        Item(kind=kind, quotation=quotation, place=(start, end) if start >= 0 else None)
        for kind, quotation, start, end in data["items"]
    ]
    return data["doc"], items


def ours(text: str) -> Finder:
    """Return a finder by `briefing.spans`."""
    folded = fold(text)

    def first(quotation: str) -> Range | None:
        found = find(quotation, folded)
        return (found[0].start, found[0].end) if found else None

    return first


def peer(text: str) -> Finder:
    """Return a finder by `rapidfuzz` alone."""

    def best(quotation: str) -> Range | None:
        found = fuzz.partial_ratio_alignment(quotation, text, score_cutoff=Tolerance().cutoff)
        return (found.dest_start, found.dest_end) if found else None

    return best


def measure(make: Callable[[str], Finder], text: str, items: Sequence[Item]) -> Score:
    """Let a finder look for every item; the time includes preparing the text."""
    began = time.perf_counter()
    finder = make(text)
    found = [finder(item.quotation) for item in items]
    seconds = time.perf_counter() - began
    right = Counter(item.kind for item, place in zip(items, found, strict=True) if _same(text, place, item.place))
    every = Counter(item.kind for item in items)
    kinds = {kind: (right[kind], count) for kind, count in sorted(every.items())}
    return Score(right=right.total() / len(items), seconds=seconds, kinds=kinds)


def _same(text: str, found: Range | None, wanted: Range | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return _trimmed(text, *found) == _trimmed(text, *wanted)


def _trimmed(text: str, start: int, end: int) -> Range:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(_TRIMMED)), start + len(piece.rstrip(_TRIMMED))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every file named and print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    scores = {path.name: _both(*read(path)) for path in options.files}
    print(json.dumps(_figures(scores), indent=2) if options.json else _table(scores))
    return 0


def _both(text: str, items: Sequence[Item]) -> tuple[Score, Score]:
    return measure(ours, text, items), measure(peer, text, items)


def _figures(scores: dict[str, tuple[Score, Score]]) -> dict[str, object]:
    files = {
        name: {"right": a.right, "seconds": a.seconds, "peer_right": b.right, "peer_seconds": b.seconds}
        for name, (a, b) in scores.items()
    }
    keys = ("right", "seconds", "peer_right", "peer_seconds")
    return {"files": files, "mean": {key: fmean(figures[key] for figures in files.values()) for key in keys}}


def _table(scores: dict[str, tuple[Score, Score]]) -> str:
    lines = []
    for name, pair in scores.items():
        for who, score in zip(("briefing.spans", "rapidfuzz alone"), pair, strict=True):
            lines.append(f"{name}  {who:<16} right {score.right:.3f}  {score.seconds:.3f} s")
            lines += [f"    {kind:<12} {right:>4} of {every}" for kind, (right, every) in score.kinds.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
