"""Which stretches of a plain text are article: a Viterbi pass over the shapes of its pieces.

Four states: before the article, inside it, in an interruption of it, after it. An article comes once, so going back
into it costs more the longer it was interrupted, until it costs as much as coming back from its end.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.documents.shapes import Shape

# All prices and gains below were set on 223 flattened news pages (trafilatura's evaluation pages), where a search over
# them moved the sum of kept and dropped snippets by less than 0.02: the shapes decide, not these numbers.
_BEFORE, _INSIDE, _INTERRUPTED, _AFTER = range(4)
_ENTER, _BREAK, _RESUME, _LEAVE, _RETURN = 1.0, 1.6, 0.5, 0.8, 4.0
_EACH_INTERRUPTED = 0.25
_NEVER = 1e9
_MOVES = (
    ((_BEFORE, 0.0),),
    ((_BEFORE, _ENTER), (_INSIDE, 0.0), (_INTERRUPTED, _RESUME), (_AFTER, _RETURN)),
    ((_INSIDE, _BREAK), (_INTERRUPTED, 0.0)),
    ((_INSIDE, _LEAVE), (_INTERRUPTED, 0.0), (_AFTER, 0.0)),
)

# Gains for being inside.
_OF_THE_PAGE = -1.2
_ASIDE = -0.3
_OPENS_LIST = 0.3
_LONG_LINE = 0.6
_LISTED = -0.2
_LINE = -0.6
_SHORT_SENTENCE, _SENTENCE, _PARAGRAPH = 0.6, 1.4, 2.5
_SHORT_WORDS, _SENTENCE_WORDS = 10, 25
# Prose has a quarter or more of words that hold sentences together, in all languages of the vocabulary.
_FLUENT_SHARE = 0.25
_FLUENT_BASE = 0.5

_STANDFIRST_REACH = 15
_STANDFIRST_WORDS = 8
_LIST_REACH = 40


def find_article(shapes: Sequence[Shape], teasers: frozenset[int] = frozenset()) -> list[bool]:
    """Say for each piece whether it lies inside the article, its headings and pictures included."""
    own = [_OF_THE_PAGE if index in teasers else _gain(shapes, index) for index in range(len(shapes))]
    scores = [0.0, -_ENTER, -_NEVER, -_NEVER]
    back: list[list[int]] = []
    for index in range(len(shapes)):
        gains = (0.0, own[index], -_EACH_INTERRUPTED, 0.0)
        best = [_best_move(scores, moves) for moves in _MOVES]
        back.append([before for _, before in best])
        scores = [value + gain for (value, _), gain in zip(best, gains, strict=True)]
    inside = _trace(back, max(range(4), key=scores.__getitem__))
    if not any(inside):
        # A note of one short sentence has too little to be told from a page's furniture; nothing else may be lost.
        return [
            (shape.is_prose or shape.terminated) and not (shape.is_furniture or shape.opens_related) for shape in shapes
        ]
    _include_standfirst(shapes, inside)
    return inside


def _best_move(scores: Sequence[float], moves: Sequence[tuple[int, float]]) -> tuple[float, int]:
    """Return the best score that a state can be reached with, and the state before."""
    chosen, lowest = moves[0]
    value = scores[chosen] - lowest
    for before, cost in moves[1:]:
        if scores[before] - cost > value:
            chosen, value = before, scores[before] - cost
    return value, chosen


def _trace(back: Sequence[Sequence[int]], state: int) -> list[bool]:
    path: list[bool] = []
    for step in reversed(back):
        path.append(state == _INSIDE)
        state = step[state]
    return path[::-1]


def _include_standfirst(shapes: Sequence[Shape], inside: list[bool]) -> None:
    """Take in the sentences between title and article that names, dates and buttons part from it."""
    first = next((i for i, state in enumerate(inside) if state), 0)
    for index in range(max(0, first - _STANDFIRST_REACH), first):
        shape = shapes[index]
        inside[index] = shape.terminated and shape.is_prose and len(shape.words) >= _STANDFIRST_WORDS


# What a piece speaks for
# -----------------------


def _gain(shapes: Sequence[Shape], index: int) -> float:
    shape = shapes[index]
    if shape.is_interjection:
        return _ASIDE
    if shape.opens_related or shape.is_furniture:
        return _OF_THE_PAGE
    if shape.is_caption or shape.is_by_line or shape.is_date_line:
        return _ASIDE
    if shape.is_prose:
        return _prose_gain(shape)
    if opens_list(shape):
        return _OPENS_LIST
    if shape.is_long_line:
        return _LONG_LINE
    return _LISTED if is_listed(shapes, index) else _LINE


def _prose_gain(shape: Shape) -> float:
    count = len(shape.words)
    fluent = _FLUENT_BASE + min(1.0, shape.function_share / _FLUENT_SHARE)
    return fluent * (_SHORT_SENTENCE if count < _SHORT_WORDS else _SENTENCE if count < _SENTENCE_WORDS else _PARAGRAPH)


def opens_list(shape: Shape) -> bool:
    """Tell whether it ends with a colon after some words: "The following roads are closed:"."""
    return shape.text[-1:] == ":" and len(shape.words) >= 3


def is_listed(shapes: Sequence[Shape], index: int) -> bool:
    """Tell whether it is an item of a list that a line ending with a colon introduces."""
    if not shapes[index].piece.bulleted:
        return False
    for before in range(index - 1, max(-1, index - _LIST_REACH), -1):
        opener = shapes[before]
        if not opener.piece.bulleted:
            return opens_list(opener) and not (opener.opens_related or opener.is_furniture)
    return False
