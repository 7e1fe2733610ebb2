"""A second look at the pieces of a text: does what is known of each, taken together, speak for the article?

The rules of `roles` decide by one sign at a time. Here all signs are weighed at once by a linear model, whose weights
stand in `weights.json`, by name, to be read. It moves pieces between the article and the furniture around it, and
nothing else: captions, bylines, notices, opinions and readers' comments stay what the rules call them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from briefing.documents.shapes import Shape
from briefing.documents.vocabulary import FUNCTION_WORDS
from briefing.types import Role

Matrix = npt.NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("weights.json")

_RAISED = frozenset({Role.FURNITURE, Role.HEADLINE})
_LENGTHS = (1, 2, 3, 5, 9, 15, 26, 51)
"""Words at which a piece counts as longer."""
_FLUENCIES = (0.0, 0.15, 0.3, 0.45)
_SHOWN = 300
"""Characters of a piece whose digits and signs are counted."""
_TOPIC_LETTERS = 4
_ENOUGH_WORDS = 12
_FAR = 20
_PARAGRAPH = 80
_SHORT_LINE, _OPENS_OTHER = -8.0, -30.0
_NUMBERED = re.compile(r"\W{0,2}\d{1,3}[.)]\s")
_SIGN = re.compile(r"[=(){}<>;_/\\|\[\]#@$%^*+~]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruled:
    """What the rules say of the pieces of a text, one entry for each."""

    roles: tuple[Role, ...]
    inside: tuple[bool, ...]
    """Whether it lies within the article."""
    settled: tuple[bool, ...]
    """Whether nothing may make it article: it announces another one, or stands below the readers' comments."""

    def movable(self) -> tuple[bool, ...]:
        """Say for each piece whether the model may move it between article and furniture.

        What stands above the first paragraph of the article or below the last is not made article.
        """
        body = [at for at, role in enumerate(self.roles) if role is Role.BODY]
        if not body:
            return (False,) * len(self.roles)
        return tuple(
            role is Role.BODY or (role in _RAISED and not settled and (at > body[0] or role is Role.FURNITURE))
            for at, (role, settled) in enumerate(zip(self.roles, self.settled, strict=True))
        )


def weigh(shapes: Sequence[Shape], ruled: Ruled) -> tuple[Role, ...]:
    """Return the roles after the second look; a sub-heading that is plainly part of the article becomes body."""
    movable = ruled.movable()
    if not any(movable):
        return ruled.roles
    known = weights()
    names, matrix = features(shapes, ruled)
    scores = matrix @ np.array([known[name] for name in names]) + known["bias"]
    return tuple(
        _moved(role, score > 0) if may_move else role
        for role, score, may_move in zip(ruled.roles, scores, movable, strict=True)
    )


def _moved(role: Role, is_article: bool) -> Role:
    if is_article:
        return Role.BODY
    return role if role is Role.HEADLINE else Role.FURNITURE


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each feature, and `bias`: above 0 a piece speaks for the article."""
    found: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return found


# What is known of a piece
# ------------------------


def features(shapes: Sequence[Shape], ruled: Ruled) -> tuple[tuple[str, ...], Matrix]:
    """Return the names of the features, and a row of them for each piece."""
    own = np.array([_own(shape) for shape in shapes], dtype=float)
    rules = np.array([[role is one for one in Role] for role in ruled.roles], dtype=float)
    around, around_names = _around(shapes, np.array(ruled.inside, dtype=float))
    names = (*OWN, *(f"rules say {role.value}" for role in Role), *around_names)
    return names, np.concatenate([own, rules, around], axis=1)


OWN = (
    *(f"more words than {length}" for length in _LENGTHS),
    *(f"more fluent than {share}" for share in _FLUENCIES),
    *("ends a sentence", "ends with a colon", "ends with a comma", "trails off", "asks", "exclaims"),
    *("prose", "long line", "list item", "heading mark", "line apart", "numbered", "a name", "words of the page"),
    *("share of words of the page", "furniture", "opens related links", "biography", "comment's stamp"),
    *("share of capitals", "in capitals", "share of digits", "share of signs", "begins small", "begins quoted"),
)


def _own(shape: Shape) -> list[float]:
    text, count, fluency = shape.text, len(shape.words), shape.function_share
    words = text.split()
    shown = text[:_SHOWN]
    return [
        *(float(count > length) for length in _LENGTHS),
        *(float(fluency > share) for share in _FLUENCIES),
        shape.terminated,
        text[-1:] == ":",
        text[-1:] in (",", ";"),
        text.endswith(("...", "…")),
        text[-1:] == "?",
        text[-1:] == "!",
        shape.is_prose,
        shape.is_long_line,
        shape.piece.bulleted,
        shape.piece.heading,
        shape.piece.apart,
        bool(_NUMBERED.match(text[:8])),
        shape.is_name,
        shape.web_share > 0,
        min(1.0, 2 * shape.web_share),
        shape.is_furniture,
        shape.opens_related,
        shape.is_biography,
        shape.is_comment_stamp,
        sum(word[:1].isupper() for word in words) / max(1, len(words)),
        text.isupper(),
        len(_DIGIT.findall(shown)) / max(1, len(shown)),
        min(1.0, 5 * len(_SIGN.findall(shown)) / max(1, len(shown))),
        text[:1].islower(),
        text[:1] in "\"“„«'‘",
    ]


# What is known of its place
# --------------------------


def _around(shapes: Sequence[Shape], inside: Matrix) -> tuple[Matrix, tuple[str, ...]]:
    prose = np.array([len(shape.words) if _is_article_prose(shape) else 0 for shape in shapes], dtype=float)
    start, end = _core(shapes, prose)
    topic, shared, nothing = _topics(shapes, prose, start, end)
    seen = Counter(shape.folded for shape in shapes)
    at = np.arange(len(shapes))
    before, after = _gaps(prose), _gaps(prose[::-1])[::-1]
    told = (np.cumsum(prose) - prose) / max(1.0, prose.sum())
    columns = {
        "inside": inside,
        "inside, 3 above": _share(inside, -3, 0),
        "inside, 3 below": _share(inside, 1, 4),
        "inside, 10 above": _share(inside, -10, 0),
        "inside, 10 below": _share(inside, 1, 11),
        "share of prose above": told,
        "share of prose above or below": np.minimum(told, 1 - told),
        "hardly any prose above": (told < 0.02).astype(float),
        "hardly any prose below": (told > 0.98).astype(float),
        "in the core": ((at >= start) & (at < end)).astype(float),
        "far above the core": np.log1p(np.maximum(0, start - at)),
        "far below the core": np.log1p(np.maximum(0, at - end + 1)),
        "share of its words in the core": topic,
        "words in the core": shared,
        "no telling words": nothing,
        "topic, 2 around": _around_share(topic, 2),
        "topic, 5 around": _around_share(topic, 5),
        "stands twice": np.array([seen[shape.folded] > 1 for shape in shapes], dtype=float),
        "lines since prose": before,
        "lines until prose": after,
        "lines to the nearer prose": np.minimum(before, after),
        "lines to the farther prose": np.maximum(before, after),
        "share of prose in the core": np.full(len(shapes), prose[start:end].sum() / max(1.0, prose.sum())),
        "much prose": np.full(len(shapes), np.log1p(prose.sum())),
        "many pieces": np.full(len(shapes), np.log1p(len(shapes))),
    }
    return np.stack(list(columns.values()), axis=1), tuple(columns)


def _is_article_prose(shape: Shape) -> bool:
    return shape.is_prose and not (shape.is_furniture or shape.is_caption or shape.opens_related)


def _core(shapes: Sequence[Shape], prose: Matrix) -> tuple[int, int]:
    """Return the stretch with most prose for its lines (Kadane's largest sum)."""
    best, start, total, begun = (0.0, 0, 0), 0, 0.0, 0
    for index, shape in enumerate(shapes):
        if total <= 0:
            total, begun = 0.0, index
        opens_other = shape.opens_related or shape.opens_comments
        gain = min(prose[index], _PARAGRAPH) if prose[index] else _SHORT_LINE
        total += _OPENS_OTHER if opens_other else gain
        if total > best[0]:
            best = (total, begun, index + 1)
    start, end = best[1], best[2]
    return start, end


def _topics(shapes: Sequence[Shape], prose: Matrix, start: int, end: int) -> tuple[Matrix, Matrix, Matrix]:
    """Return which share of the longer words of each piece the core has elsewhere, how many, and whether it has any."""
    telling = [
        {word for word in shape.words if len(word) >= _TOPIC_LETTERS and word not in FUNCTION_WORDS} for shape in shapes
    ]
    spread = Counter(word for index in range(start, end) if prose[index] for word in telling[index])
    rows = []
    for index, words in enumerate(telling):
        # Its own words are no evidence for it.
        least = 1 if start <= index < end and prose[index] else 0
        shared = sum(spread[word] > least for word in words)
        rows.append((shared / len(words) if words else 0.3, min(shared, 6) / 6, float(not words)))
    columns = np.array(rows, dtype=float)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def _gaps(prose: Matrix) -> Matrix:
    """Return how many pieces back the last paragraph stands, at most so many."""
    gaps, gap = [], _FAR
    for words in prose:
        gaps.append(gap)
        gap = 0 if words >= _ENOUGH_WORDS else min(_FAR, gap + 1)
    return np.array(gaps, dtype=float)


def _share(values: Matrix, start: int, end: int) -> Matrix:
    """Return the sum over the window `[start, end)` around each place, by the window's width."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    low, high = np.clip(at + start, 0, len(values)), np.clip(at + end, 0, len(values))
    share: Matrix = (sums[high] - sums[low]) / (end - start)
    return share


def _around_share(values: Matrix, reach: int) -> Matrix:
    """Return the mean over the neighbours within reach, the place itself left out."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    low, high = np.clip(at - reach, 0, len(values)), np.clip(at + reach + 1, 0, len(values))
    mean: Matrix = (sums[high] - sums[low] - values) / np.maximum(1, high - low - 1)
    return mean
