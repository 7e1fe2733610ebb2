"""Does a judge tell supported claims from unsupported ones, and do the words it names stand in the evidence?

    python -m benchmarks.judge FILE… --model NAME [--base-url URL] [--context-tokens N] [--limit N] [--json]

Each line of a file is `{"id", "dataset", "doc", "claim", "label"}`, label 1 when the document supports the claim. The
judge is shown every claim with the few sentences of its document that hold most of its terms, as if the checks had left
all of them open: what is measured is the judge alone. A key is read from `OPENAI_API_KEY`; a server of one's own needs
none. With `--limit`, that many lines of each file, evenly spread.

Figures: `bacc`, the mean of `kept` (share of supported claims that the judge does not lower) and `caught` (share of
unsupported ones that it lowers); `told`, the share of its agreements whose words are located and tell enough to raise;
`raised` and `raised_wrongly`, shares of the supported and of the unsupported claims that it raises when it is believed;
`judged`, the share of which a usable word came; `planted`, the share of planted claims it judged rightly: below 1, a
run of the program believes none of its agreements. The table adds the confusion in counts.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, mean, plain_document, read_rows
from briefing.consistency import evidence_of
from briefing.judging import Judged, Opinion, Outcome, judge
from briefing.model import Model
from briefing.retrieval import Index
from briefing.sentences import split
from briefing.types import Answer, Answers, CheckedClaim, Document, Verdict

Row = dict[str, Any]
#: (label, what the judge says; None when nothing usable came) → how many claims.
Confusion = Counter[tuple[bool, Opinion | None]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each file; print a table and the confusion, or with `--json` one object."""
    options = _options(arguments)
    model = _model(options.model, options.base_url, options.context_tokens)
    files: dict[str, Figures] = {}
    for path in options.files:
        rows = spread(read_rows(path), options.limit)
        judged = ask(rows, model)
        files[path.name] = figures(rows, judged)
        if not options.json:
            _print_row(path.name, files[path.name])
            print(table(confusion(rows, judged)))
    overall = mean(list(files.values()))
    if options.json:
        print(json.dumps({"files": files, "mean": overall}, indent=2))
    else:
        _print_row("mean", overall)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judge", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--model", required=True)
    parser.add_argument("--base-url")
    parser.add_argument("--context-tokens", type=int, default=128_000)
    parser.add_argument("--limit", type=int, help="at most this many lines of each file")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    return parser.parse_args(arguments)


def _model(name: str, base_url: str | None, context_tokens: int) -> Model:
    from briefing.model_http import model_from_environment

    return model_from_environment(name, os.environ, base_url=base_url, context_tokens=context_tokens)


def spread(rows: Sequence[Row], limit: int | None) -> list[Row]:
    """Return at most `limit` rows, evenly spread: files are often sorted by where their rows come from.

    >>> [row["id"] for row in spread([{"id": n} for n in range(10)], 3)]
    [0, 3, 6]
    """
    count = min(limit or len(rows), len(rows))
    return [rows[len(rows) * n // count] for n in range(count)]


# Asking
# ------


def ask(rows: Sequence[Row], model: Model) -> Judged:
    """Judge every row as an open claim; the claim of row n has the id `Cn`, counted from 0."""
    documents = [plain_document(f"S{n}", row["doc"]) for n, row in enumerate(rows)]
    claims = [_open(n, row["claim"], document) for n, (row, document) in enumerate(zip(rows, documents, strict=True))]
    return judge(claims, documents, model, secret=b"benchmark")


def _open(number: int, text: str, document: Document) -> CheckedClaim:
    cited = Index(split([document])).passage(text)
    return CheckedClaim(
        id=f"C{number}",
        story="T1",
        text=text,
        verdict=Verdict.PARTLY,
        answers=Answers(located=Answer.PASS, consistent=Answer.PASS, entailed=Answer.NOT_CHECKED),
        decided_by="nobody",
        evidence=tuple(evidence_of(sentence) for sentence in cited),
    )


# Figures
# -------


def figures(rows: Sequence[Row], judged: Judged) -> Figures:
    """Return the figures that the head of this file explains; a share of nothing is left out."""
    by_claim = {said.claim: said for said in judged.judgements}
    said = [(bool(row["label"]), by_claim.get(f"C{n}")) for n, row in enumerate(rows)]
    lowered = {
        label: [bool(j and j.outcome is Outcome.LOWERED) for is_, j in said if is_ is label] for label in _LABELS
    }
    raises = {label: [bool(j and j.outcome in _TOLD) for is_, j in said if is_ is label] for label in _LABELS}
    agreed = [j.outcome in _TOLD for _, j in said if j and j.opinion is Opinion.SUPPORTED]
    shares = {
        "kept": [not low for low in lowered[True]],
        "caught": lowered[False],
        "told": agreed,
        "raised": raises[True],
        "raised_wrongly": raises[False],
        "judged": [j is not None for _, j in said],
        "planted": list(judged.planted),
    }
    found = {name: sum(values) / len(values) for name, values in shares.items() if values}
    both = {"bacc": (found["kept"] + found["caught"]) / 2} if {"kept", "caught"} <= found.keys() else {}
    return both | found


_LABELS = (True, False)
#: What the judge agrees to with located words, whether or not the planted claims let it be believed.
_TOLD = frozenset({Outcome.RAISED, Outcome.PLANTED_MISJUDGED})


def confusion(rows: Sequence[Row], judged: Judged) -> Confusion:
    """Count what the judge said, by label."""
    opinions = {said.claim: said.opinion for said in judged.judgements}
    return Counter((bool(row["label"]), opinions.get(f"C{n}")) for n, row in enumerate(rows))


def table(counts: Confusion) -> str:
    """Return the confusion as a table of counts.

    >>> print(table(Counter({(True, Opinion.SUPPORTED): 3, (False, None): 1})))
                    supported  not_supported  cannot_tell  not judged
      supported             3              0            0           0
      unsupported           0              0            0           1
    """
    said = [*Opinion, None]
    names = [opinion.value if opinion else "not judged" for opinion in said]
    lines = [" " * 14 + "".join(f"  {name}" for name in names)]
    for label, name in ((True, "supported"), (False, "unsupported")):
        cells = [f"  {counts[label, opinion]:>{len(head)}}" for opinion, head in zip(said, names, strict=True)]
        lines.append(f"  {name:<12}" + "".join(cells))
    return "\n".join(lines)


def _print_row(name: str, shares: Figures) -> None:
    print(f"{name:<32} " + "  ".join(f"{figure} {value:.3f}" for figure, value in shares.items()))


if __name__ == "__main__":
    sys.exit(main())
