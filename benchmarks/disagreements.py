"""Are the disagreements of several articles found, whatever words they are told in, and nothing that is none.

    python -m benchmarks.disagreements [FILE…] [--show] [--json]

Each line of a file is one invented story, `{"story", "split", "articles", "disagreements", "traps"}`: four articles of
four outlets in their own words, `{"id", "title", "outlet", "published", "text"}`; what they disagree about,
`{"kind", "wording", "sides", "values"}`, each side a sentence of an article; and what looks like a disagreement and is
none. Without a FILE it is `disagreements.jsonl` beside this program. The stories were written by calls of a language
model that knew nothing of the program. Each split was run before anything was mended on it (docs/quality.md has those
figures); then the rules were mended on all of `seen` and `last` and on the first half of `first` and `held`, whose
other halves were only ever counted, as was all of `once`.

Figures: `found`, the share of disagreements that a dispute of the right kind tells, with the two sides under different
values; the same by kind and by wording (`near`, `moderate`, `far`); `extra_per_story`, disputes that are none of these;
`trapped`, the share of traps that one of these is about. The articles of a story are taken for one story there. And how
they are grouped: `joined`, the share of pairs of one story that are put together when its four articles are given
alone, and B-cubed `precision`, `recall` and `f1` when all articles are given at once. `--show` prints each extra.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, plain_document, read_rows
from benchmarks.stories import b_cubed, stories_of
from briefing.crosschecks import crosscheck
from briefing.entailment import load
from briefing.sentences import split
from briefing.stories import together
from briefing.types import Dispute, DisputeKind, Document

Row = dict[str, Any]
TOLD = Path(__file__).with_suffix(".jsonl")
_KINDS = {
    "amount": {DisputeKind.QUANTITY},
    "relay": {DisputeKind.QUANTITY},
    "date": {DisputeKind.DATE},
    "role": {DisputeKind.TITLE},
    "polarity": {DisputeKind.POLARITY},
    "speaker": {DisputeKind.ATTRIBUTION},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every split of every file; print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.disagreements", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", default=[TOLD])
    parser.add_argument("--show", action="store_true", help="print every dispute that is none of those planted")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    rows = [row for path in options.files for row in read_rows(path)]
    results = {name: measure([row for row in rows if row["split"] == name]) for name in splits(rows)}
    if options.json:
        print(json.dumps(results, indent=2))
        return 0
    for name, figures in results.items():
        print(f"{name}: " + "  ".join(f"{figure} {value:.3f}" for figure, value in figures.items()))
    for row in rows if options.show else ():
        for dispute in extras(row, disputes_of(row)):
            print(f"  extra {row['story']}  {dispute.about}: " + " against ".join(v.value for v in dispute.values))
    return 0


def splits(rows: Iterable[Row]) -> list[str]:
    """Return the names of the splits, in order."""
    return list(dict.fromkeys(row["split"] for row in rows))


def measure(rows: Sequence[Row]) -> Figures:
    """Return the figures of some stories."""
    found: dict[str, list[bool]] = defaultdict(list)
    trapped: list[bool] = []
    extra = 0
    for row in rows:
        disputes = disputes_of(row)
        for planted in row["disagreements"]:
            hit = any(_tells(dispute, planted, row) for dispute in disputes)
            for name in ("found", planted["kind"], planted["wording"]):
                found[name].append(hit)
        others = extras(row, disputes)
        extra += len(others)
        trapped += [any(_has_both(dispute, trap, row) for dispute in others) for trap in row["traps"]]
    shares = {name: sum(hits) / len(hits) for name, hits in sorted(found.items(), key=lambda each: each[0] != "found")}
    return {
        **shares,
        "extra_per_story": extra / len(rows),
        "trapped": sum(trapped) / max(1, len(trapped)),
        **_grouped(rows),
    }


def documents_of(row: Row) -> list[Document]:
    """Read the articles of a story."""
    return [
        replace(
            plain_document(article["id"], article["text"], published=article["published"]),
            title=article["title"],
            publisher=article["outlet"],
        )
        for article in row["articles"]
    ]


def disputes_of(row: Row) -> tuple[Dispute, ...]:
    """Return what the program says that the articles of a story disagree about."""
    documents = documents_of(row)
    sentences = split(documents)
    return crosscheck((), documents, sentences, together(documents, sentences), comparison=load()).disputes


def extras(row: Row, disputes: Iterable[Dispute]) -> list[Dispute]:
    """Return the disputes that are none of those planted."""
    return [d for d in disputes if not any(_tells(d, planted, row) for planted in row["disagreements"])]


def _tells(dispute: Dispute, planted: Row, row: Row) -> bool:
    return dispute.kind in _KINDS[planted["kind"]] and _has_both(dispute, planted, row)


def _has_both(dispute: Dispute, planted: Row, row: Row) -> bool:
    """Whether the two sides stand under two values."""
    one, other = (
        {
            i
            for i, value in enumerate(dispute.values)
            if any(_is_in(e.source, e.start, e.end, side, row) for e in value.evidence)
        }
        for side in planted["sides"]
    )
    return bool(one and other) and len(one | other) > 1


def _is_in(source: str, start: int, end: int, side: Row, row: Row) -> bool:
    text = next(article["text"] for article in row["articles"] if article["id"] == side["article"])
    at = text.index(side["quote"])
    return bool(source == side["article"] and start < at + len(side["quote"]) and at < end)


def _grouped(rows: Sequence[Row]) -> Figures:
    told = [documents_of(row) for row in rows]
    pairs = [a == b for own in told for a, b in combinations(stories_of(own, split(own)), 2)]
    everything = [document for own in told for document in own]
    wanted = [row["story"] for row, own in zip(rows, told, strict=True) for _ in own]
    return {"joined": sum(pairs) / len(pairs), **b_cubed(stories_of(everything, split(everything)), wanted)}


if __name__ == "__main__":
    sys.exit(main())
