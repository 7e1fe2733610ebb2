"""Is a changed number reported as a conflict, and no other: planted disputes of amount.

    python -m benchmarks.disputes FILE… [--json]

Each line of a file is one story, `{"id", "articles": [{"id", "text"}], "planted"}`, in which the number of one
article was changed: `planted` is `{"article", "start", "end", "old", "new", "others": [[article, start, end]]}`,
in code points. Figures: `recall`, the share of stories in which one dispute has the planted span under one value
and one of `others` under another value; `extra_per_story`, how many disputes are reported on average once the old
number is back in its place. Every extra is printed, so that a reader can judge whether the sources do differ.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, mean, plain_document, read_rows
from briefing.crosschecks.quantities import quantity_disputes
from briefing.sentences import split
from briefing.types import Dispute

Range = tuple[str, int, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each file; print a table and the extra disputes, or with `--json` one object."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.disputes", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    results = {path.name: _measured(path, quiet=options.json) for path in options.files}
    if options.json:
        print(json.dumps({"files": results, "mean": mean(list(results.values()))}, indent=2))
    return 0


def _measured(path: Path, *, quiet: bool) -> Figures:
    started = time.process_time()
    stories = read_rows(path)
    found = [is_found(story) for story in stories]
    extras = [(story, dispute) for story in stories for dispute in disputes_of(undone(story))]
    figures = {"recall": sum(found) / len(found), "extra_per_story": len(extras) / len(stories)}
    if not quiet:
        print(f"{path.name}: {len(stories)} stories, {time.process_time() - started:.1f} s")
        print("  " + "  ".join(f"{name} {value:.3f}" for name, value in figures.items()))
        for story, hit in zip(stories, found, strict=True):
            if not hit:
                print(f"  missed  {story['id']}: {story['planted']['old']} → {story['planted']['new']}")
        for story, dispute in extras:
            print(f"  extra   {story['id']}: {_shown(dispute)}")
    return figures


def _shown(dispute: Dispute) -> str:
    values = (f"{value.value} ({value.evidence[0].text!r} in {', '.join(value.sources)})" for value in dispute.values)
    return f"{dispute.about}: " + " against ".join(values)


# Stories
# -------


def disputes_of(story: dict[str, Any]) -> tuple[Dispute, ...]:
    """Return the disputes among the articles of a story; source ids are the articles' ids."""
    documents = [plain_document(article["id"], article["text"]) for article in story["articles"]]
    return quantity_disputes(documents, split(documents))


def undone(story: dict[str, Any]) -> dict[str, Any]:
    """Return the story with the old number back in its place.

    >>> planted = {"article": "a", "start": 0, "end": 1, "old": "4"}
    >>> undone({"articles": [{"id": "a", "text": "5 left"}], "planted": planted})["articles"]
    [{'id': 'a', 'text': '4 left'}]
    """
    planted = story["planted"]
    articles = [
        article | {"text": article["text"][: planted["start"]] + planted["old"] + article["text"][planted["end"] :]}
        if article["id"] == planted["article"]
        else article
        for article in story["articles"]
    ]
    return story | {"articles": articles}


# Figures
# -------


def is_found(story: dict[str, Any]) -> bool:
    """Whether some dispute has the planted number under one value and the true one under another."""
    planted = story["planted"]
    changed = (planted["article"], planted["start"], planted["end"])
    return any(_sets_apart(dispute, changed, planted["others"]) for dispute in disputes_of(story))


def _sets_apart(dispute: Dispute, changed: Range, others: Iterable[Sequence[Any]]) -> bool:
    spans = [[(e.source, e.start, e.end) for e in value.evidence] for value in dispute.values]
    holding = [i for i, value in enumerate(spans) if _overlaps(value, [changed])]
    true = [i for i, value in enumerate(spans) if _overlaps(value, [(a, s, e) for a, s, e in others])]
    return any(i != j for i in holding for j in true)


def _overlaps(spans: Sequence[Range], wanted: Iterable[Range]) -> bool:
    return any(a == b and s < f and t < e for b, t, f in wanted for a, s, e in spans)


if __name__ == "__main__":
    sys.exit(main())
