"""From printed lines to paragraphs: which lines run on, over columns and pages too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.documents.pdf.lines import Line
from briefing.documents.pieces import ends_sentence
from briefing.types import Box

# All shares are of the font's size; between lines of one paragraph there is rarely more than 1.6 of it.
_SAME_SIZE = 0.1
_MORE_LEADING = 0.35
_LARGE = 1.15
_LINE_STEPS = (0.4, 3.0)
_INDENT, _DEEPEST_INDENT = 0.8, 6.0
_SHORT = 0.85
"""Share of its column's width that a line must fall short of, to be a paragraph's last."""
_BULLET = re.compile(r"(?:[•‣▪▸►●○◦∙·–—-]|\uf0b7|\d{1,3}[.)])\s")


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """Lines that belong together, in order."""

    lines: tuple[Line, ...]
    large: bool
    """Whether its letters are plainly larger than those of most of the text."""

    @property
    def hidden(self) -> bool:
        """Whether nobody sees it."""
        return self.lines[0].hidden

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One box for each page and column that it runs over."""
        boxes: list[Box] = []
        for line in self.lines:
            if boxes and not _starts_column(boxes[-1], line.box):
                boxes[-1] = _around(boxes[-1], line.box)
            else:
                boxes.append(line.box)
        return tuple(boxes)


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Group the lines of a document, in its order."""
    size = _usual(lines)
    leading = _leading(lines)
    groups: list[_Group] = []
    for line in lines:
        if groups and _runs_on(groups[-1], line, leading):
            groups[-1].add(line)
        else:
            groups.append(_Group(line))
    return [Paragraph(lines=tuple(group.lines), large=group.lines[0].size > _LARGE * size) for group in groups]


class _Group:
    """Lines found to belong together, and how far they reach: asked for each line, so not counted anew each time."""

    def __init__(self, line: Line) -> None:
        self.lines = [line]
        self.left, self.right = line.box.left, line.box.right
        self.widest = line.box.right - line.box.left

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.left, self.right = min(self.left, line.box.left), max(self.right, line.box.right)
        self.widest = max(self.widest, line.box.right - line.box.left)


def _usual(lines: Sequence[Line]) -> float:
    """Return the size that most of the text has."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=1.0)


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance between the tops of neighbouring lines, in sizes of the font."""
    steps: Counter[float] = Counter()
    for before, after in pairwise(lines):
        step = _step(before, after)
        if before.page == after.page and _LINE_STEPS[0] < step < _LINE_STEPS[1] and _same_size(before, after):
            steps[round(step, 1)] += 1
    return max(steps, key=lambda step: (steps[step], -step), default=1.2)


def _runs_on(group: _Group, line: Line, leading: float) -> bool:
    before = group.lines[-1]
    if before.hidden or line.hidden or not _same_size(before, line):
        return False
    if before.hyphened:
        return True
    if _BULLET.match(line.text):
        return False
    if before.page != line.page or _starts_column(before.box, line.box):
        return not ends_sentence(before.text) and (line.text[:1].islower() or _is_full(group))
    step = _step(before, line)
    if abs(step) < _LINE_STEPS[0]:
        # Parts of one printed line.
        return True
    return 0 < step <= leading + _MORE_LEADING and not _opens(group, line)


def _opens(group: _Group, line: Line) -> bool:
    """Whether the line begins a paragraph without a gap above it: indented, or after a line that ends early."""
    before = group.lines[-1]
    if not ends_sentence(before.text):
        return False
    indent = (line.box.left - before.box.left) / line.size
    width = max(group.right, line.box.right) - min(group.left, line.box.left)
    return _INDENT <= indent <= _DEEPEST_INDENT or before.box.right - before.box.left < _SHORT * width


def _step(before: Line, after: Line) -> float:
    """Return how far below another a line stands, in sizes of the font; their tops vary less than their feet."""
    return (before.box.top - after.box.top) / before.size


def _is_full(group: _Group) -> bool:
    """Whether the last line is about as wide as those above it."""
    last = group.lines[-1].box
    return len(group.lines) > 1 and last.right - last.left >= _SHORT * group.widest


def _same_size(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= _SAME_SIZE * max(a.size, b.size)


def _starts_column(before: Box, after: Box) -> bool:
    """Whether a line stands on another page, or above what it follows."""
    return before.page != after.page or after.bottom > before.top or after.left >= before.right


def _around(a: Box, b: Box) -> Box:
    return Box(
        page=a.page,
        left=min(a.left, b.left),
        bottom=min(a.bottom, b.bottom),
        right=max(a.right, b.right),
        top=max(a.top, b.top),
    )
