"""Does the article stay and the furniture go: roles of plain-text pages against labels.

    python -m benchmarks.roles FILE… [--where KEY=VALUE] [--json]

Each line of a file is one page, `{"id", "text"}` with either `"keep"` and `"drop"` (snippets that are the article and
snippets that are not) or `"lines"` (`[start, end, is_body]`, code points). Figures: `keep`, the share of keep snippets
that lie in citable blocks; `drop`, the share of drop snippets that do not; or `precision`, `recall` and `f1` of citable
characters that are no white space. `--where english=true` or `--where part=held` counts only the pages that say so of
themselves. The baseline keeps every line of 60 or more characters that ends like a sentence.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, mean, read_rows
from briefing.documents import read_document
from briefing.errors import SourceError
from briefing.types import CITABLE, Source

Ranges = list[tuple[int, int]]
_BASELINE_LENGTH = 60
_BASELINE_ENDS = (".", "!", "?", "”", '"', "…", "»", "“")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each file; print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.roles", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.add_argument("--where", metavar="KEY=VALUE", help="count only pages with this value, written as in JSON")
    options = parser.parse_args(arguments)
    files = {path: _chosen(read_rows(path), options.where) for path in options.files}
    results = {path.name: measure(pages, citable) for path, pages in files.items()}
    if options.json:
        print(json.dumps({"files": results, "mean": mean(list(results.values()))}, indent=2))
        return 0
    for path, pages in files.items():
        _print_table(path, pages, results[path.name])
    return 0


def _chosen(pages: Sequence[dict[str, Any]], where: str | None) -> list[dict[str, Any]]:
    key, _, value = (where or "").partition("=")
    return [page for page in pages if not key or str(page.get(key)).lower() == value.lower()]


def _print_table(path: Path, pages: Sequence[dict[str, Any]], ours: Figures) -> None:
    rows = [("briefing", ours), ("line length", measure(pages, baseline))]
    print(f"{path.name}: {len(pages)} pages, {_speed(pages):.2f} MB of text per second")
    for name, figures in rows:
        print(f"  {name:<12}" + "".join(f"  {figure} {value:.3f}" for figure, value in figures.items()))


# What is citable
# ---------------


def citable(text: str) -> Ranges:
    """Return the ranges of the blocks that may support a claim; none when the page cannot be read."""
    try:
        document = read_document(_source(text))
    except SourceError:
        return []
    return [(block.start, block.end) for block in document.blocks if block.role in CITABLE]


def _source(text: str) -> Source:
    data = text.encode()
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    return Source(id="S1", location="page.txt", data=data, sha256=digest, media_type="text/plain")


def baseline(text: str) -> Ranges:
    """Return the long lines that end like a sentence.

    >>> baseline("Menu\\n" + "word " * 12 + "end.")
    [(5, 69)]
    """
    ranges: Ranges = []
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if len(stripped) >= _BASELINE_LENGTH and stripped.endswith(_BASELINE_ENDS):
            ranges.append((start, start + len(line.rstrip())))
        start += len(line)
    return ranges


# Figures
# -------


def measure(pages: Sequence[dict[str, Any]], reader: Callable[[str], Ranges]) -> Figures:
    """Return the figures that the labels of the pages allow."""
    figures: Figures = {}
    snippets = [page for page in pages if "keep" in page or "drop" in page]
    lines = [page for page in pages if "lines" in page]
    if snippets:
        figures |= _snippet_figures(snippets, reader)
    if lines:
        figures |= _character_figures(lines, reader)
    return figures


def _snippet_figures(pages: Iterable[dict[str, Any]], reader: Callable[[str], Ranges]) -> Figures:
    kept: list[bool] = []
    dropped: list[bool] = []
    for page in pages:
        text = str(page["text"])
        cited = _folded("\n".join(text[start:end] for start, end in reader(text)))
        kept += [_folded(snippet) in cited for snippet in page.get("keep", ())]
        dropped += [_folded(snippet) not in cited for snippet in page.get("drop", ())]
    return {"keep": _share(kept), "drop": _share(dropped)}


def _folded(text: str) -> str:
    return " ".join(text.split())


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else float("nan")


def _character_figures(pages: Iterable[dict[str, Any]], reader: Callable[[str], Ranges]) -> Figures:
    right = cited = wanted = 0
    for page in pages:
        text = str(page["text"])
        body = _visible(text, [(start, end) for start, end, is_body in page["lines"] if is_body])
        known = _visible(text, [(start, end) for start, end, _ in page["lines"]])
        found = _visible(text, reader(text)) & known
        right += len(found & body)
        cited += len(found)
        wanted += len(body)
    precision = right / cited if cited else 0.0
    recall = right / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def _visible(text: str, ranges: Ranges) -> set[int]:
    return {at for start, end in ranges for at in range(start, end) if not text[at].isspace()}


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _speed(pages: Sequence[dict[str, Any]]) -> float:
    started = time.process_time()
    for page in pages:
        citable(str(page["text"]))
    return sum(len(page["text"].encode()) for page in pages) / 1e6 / max(1e-9, time.process_time() - started)


if __name__ == "__main__":
    sys.exit(main())
