"""Paragraphs that only announce other articles: cut off, with a "read more" of their own, or alone below "More news".

One such line proves nothing, writers trail off too; several of them close together do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from briefing.documents.shapes import Shape

_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[\s?(?:…|\.\.\.)\s?\])\W{0,2}$")
_CUT_WORDS, _BUTTON_WORDS = 45, 4
_NEAR, _BELOW = 10, 3
_REACH, _APART, _LABEL_WORDS, _CARDS = 8, 2, 5, 2


def find_teasers(shapes: Sequence[Shape]) -> frozenset[int]:
    r"""Return the indices of the teasers.

    >>> from briefing.documents.pieces import cut
    >>> text = "A fire broke out.\n\nMore news:\n\nNew boats for the island and …\n\nThe price of bread and …"
    >>> sorted(find_teasers([Shape(piece) for piece in cut(text)]))
    [2, 3]
    """
    cut_off = [index for index, shape in enumerate(shapes) if _is_cut_off(shape)]
    return frozenset([*_crowded(cut_off, shapes), *_with_buttons(shapes), *_cards(shapes)])


def _is_cut_off(shape: Shape) -> bool:
    text = shape.piece.text
    return (
        text[-1:] in "….]"
        and text[:1] not in '“"„«'
        and len(shape.words) <= _CUT_WORDS
        and bool(_CUT_OFF.search(text[-6:]))
    )


def _with_buttons(shapes: Sequence[Shape]) -> list[int]:
    """Find paragraphs above one and the same short line, which is there again and again."""
    buttons = Counter(shape.folded for shape in shapes if len(shape.words) <= _BUTTON_WORDS and shape.opens_related)
    return [
        index
        for index, (shape, below) in enumerate(pairwise(shapes))
        if shape.is_prose
        and not (index and shapes[index - 1].is_prose)
        and len(below.words) <= _BUTTON_WORDS
        and buttons[below.folded] > 1
    ]


def _cards(shapes: Sequence[Shape]) -> list[int]:
    """Find sentences that stand alone below a line such as "More news", two or more, each with a title and a date."""
    found: list[int] = []
    run: list[int] = []
    label = last_prose = -_REACH - 1
    following = _next_prose(shapes)
    for index, shape in enumerate(shapes):
        if shape.opens_related and len(shape.words) <= _LABEL_WORDS:
            label, run = index, []
        elif shape.is_prose and not shape.is_furniture:
            alone = index - last_prose > _APART and following[index] - index > _APART
            # Below a list of links that interrupts the article, its last paragraph may stand alone as well.
            if alone and index - max([label, *run]) <= _REACH and not shapes[index - 1].piece.bulleted:
                run.append(index)
                found += run if len(run) == _CARDS else run[-1:] if len(run) > _CARDS else []
            last_prose = index
    return found


def _next_prose(shapes: Sequence[Shape]) -> list[int]:
    """Return for each index that of the next sentence below it."""
    following = [len(shapes) + _REACH] * len(shapes)
    for index in range(len(shapes) - 2, -1, -1):
        below = shapes[index + 1]
        following[index] = index + 1 if below.is_prose and not below.is_furniture else following[index + 1]
    return following


def _crowded(found: Sequence[int], shapes: Sequence[Shape]) -> list[int]:
    """Keep those with two others near, or right below a line such as "More news"."""
    return [
        index
        for at, index in enumerate(found)
        if sum(abs(other - index) <= _NEAR for other in found[max(0, at - 2) : at + 3]) > 2
        or any(shape.opens_related for shape in shapes[max(0, index - _BELOW) : index])
    ]
