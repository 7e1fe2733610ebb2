"""Fit the weights by which pieces of a plain text are told from the furniture around the article.

    python -m training.roles FILE… [--write]

Each line of a file is one page, `{"text", "keep", "drop"}`, as `benchmarks.roles` reads them. A piece that holds a
`keep` snippet speaks for the article, one that holds a `drop` snippet against it; the others say nothing. Logistic
regression with a quadratic penalty, by Newton's method: the same files give the same weights, to the last digit
that is written. Prints keep and drop on these pages, and on each tenth of them with the weights of the other nine.
With `--write` the weights go into the package. Only numbers of shapes enter: no word of any page.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from briefing.documents.pieces import cut
from briefing.documents.roles import by_rules
from briefing.documents.shapes import Shape
from briefing.documents.weighing import WEIGHTS, Matrix, Ruled, features
from briefing.types import CITABLE

_PENALTY = 25.0
_LEAN = 0.6
"""Added to the bias: what is lost for good weighs more than what is read in vain."""
_STEPS = 30
_FOLDS = 10
_DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One labelled page: the rows of its pieces, and which pieces hold each snippet."""

    names: tuple[str, ...]
    rows: Matrix
    ruled: Ruled
    texts: tuple[str, ...]
    snippets: tuple[tuple[bool, str], ...]
    """(belongs to the article, the snippet)."""

    def labelled(self) -> Iterator[tuple[int, bool]]:
        """Yield (index, belongs) for each piece that a snippet tells about and that the model may move."""
        movable = self.ruled.movable()
        for belongs, snippet in self.snippets:
            holding = [index for index, text in enumerate(self.texts) if snippet in text]
            if len(holding) == 1 or not belongs:
                yield from ((index, belongs) for index in holding if movable[index])


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print, and perhaps write."""
    parser = argparse.ArgumentParser(prog="python -m training.roles", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    options = parser.parse_args(arguments)
    pages = [page for path in options.files for page in read(path)]
    fitted = fit(pages)
    print("on these pages       keep {:.3f}  drop {:.3f}".format(*measured((page, fitted) for page in pages)))
    held = [(page, weights) for fold, weights in _folds(pages) for page in fold]
    print("on pages left out    keep {:.3f}  drop {:.3f}".format(*measured(held)))
    if options.write:
        _write(pages, fitted)
    return 0


def read(path: Path) -> Iterator[Page]:
    """Read the pages of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        shapes = [Shape(piece) for piece in cut(row["text"])]
        ruled = by_rules(shapes)
        names, rows = features(shapes, ruled)
        yield Page(
            names=names,
            rows=rows,
            ruled=ruled,
            texts=tuple(_folded(shape.piece.text) for shape in shapes),
            snippets=tuple((kind == "keep", _folded(s)) for kind in ("keep", "drop") for s in row.get(kind, ())),
        )


def _folded(text: str) -> str:
    return " ".join(text.split())


# Fitting
# -------


def fit(pages: Sequence[Page]) -> Matrix:
    """Return the weights, the bias last."""
    told = [(page.rows[index], belongs) for page in pages for index, belongs in page.labelled()]
    rows = np.array([row for row, _ in told])
    labels = np.array([belongs for _, belongs in told], dtype=float)
    everything = np.concatenate([page.rows for page in pages])
    middle, spread = everything.mean(axis=0), everything.std(axis=0) + 1e-6
    scaled = np.concatenate([(rows - middle) / spread, np.ones((len(rows), 1))], axis=1)
    penalty = np.full(scaled.shape[1], _PENALTY)
    penalty[-1] = 0.0
    found = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-scaled @ found))
        gradient = scaled.T @ (chance - labels) + penalty * found
        curvature = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + np.diag(penalty)
        found -= np.linalg.solve(curvature, gradient)
    weights = found[:-1] / spread
    return np.append(weights, found[-1] - weights @ middle + _LEAN)


def _folds(pages: Sequence[Page]) -> Iterator[tuple[list[Page], Matrix]]:
    for fold in range(_FOLDS):
        rest = [page for index, page in enumerate(pages) if index % _FOLDS != fold]
        yield [page for index, page in enumerate(pages) if index % _FOLDS == fold], fit(rest)


# Figures
# -------


def measured(weighed: Iterable[tuple[Page, Matrix]]) -> tuple[float, float]:
    """Return keep and drop, each page judged by the weights beside it."""
    kept: list[bool] = []
    dropped: list[bool] = []
    for page, weights in weighed:
        cited = "\n".join(_cited(page, weights))
        kept += [snippet in cited for belongs, snippet in page.snippets if belongs]
        dropped += [snippet not in cited for belongs, snippet in page.snippets if not belongs]
    return sum(kept) / len(kept), sum(dropped) / len(dropped)


def _cited(page: Page, weights: Matrix) -> Iterator[str]:
    article = page.rows @ weights[:-1] + weights[-1] > 0
    rows = zip(page.texts, page.ruled.roles, page.ruled.movable(), article, strict=True)
    yield from (text for text, role, movable, told in rows if (told if movable else role in CITABLE))


def _write(pages: Sequence[Page], fitted: Matrix) -> None:
    names = (*pages[0].names, "bias")
    rounded = {name: round(float(weight), _DIGITS) for name, weight in zip(names, fitted, strict=True)}
    snippets = sum(len(page.snippets) for page in pages)
    values = {
        "made_by": "python -m training.roles FILE --write",
        "fitted_on": f"{len(pages)} flattened web pages with {snippets} labelled snippets; no text of them is in here",
        "weights": rounded,
    }
    WEIGHTS.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
