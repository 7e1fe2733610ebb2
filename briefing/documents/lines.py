"""The pieces of a text with their roles, as the readers of its head look at them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.documents.head import Found
from briefing.documents.outlet_names import is_outlet_name
from briefing.documents.shapes import Shape
from briefing.types import Role

# Menus lie farther above the article than its title does.
_NEAR = 10
_TITLE_WORDS = 4
_TRAIL = re.compile(r"\w\s?[»›>/]\s?\w.*\s?[»›>/]\s?\w|\A\W*(?:you are here|home)\b.{0,3}[»›>:/]|\Ashare\b", re.I)


def place(shape: Shape, start: int, end: int) -> str:
    """Name the place of some characters of a piece: `text 120-141`."""
    return f"text {shape.piece.start + start}-{shape.piece.start + end}"


def found_at(shape: Shape, start: int, end: int) -> Found[str]:
    """Return some characters of a piece, white space collapsed, with their place."""
    return Found(" ".join(shape.text[start:end].split()), place(shape, start, end))


def found_within(shape: Shape, value: str, start: int = 0) -> Found[str]:
    """Return words that stand in a piece at or behind `start`, with their place."""
    at = shape.text.index(value, start)
    return found_at(shape, at, at + len(value))


@dataclass(frozen=True)
class Lines:
    """The pieces of a text with their roles."""

    shapes: Sequence[Shape]
    roles: Sequence[Role]

    def having(self, *roles: Role) -> Iterator[tuple[int, Shape]]:
        return ((i, self.shapes[i]) for i, role in enumerate(self.roles) if role in roles)

    @cached_property
    def first(self) -> int:
        """Index of the first paragraph below the title; a summary may stand above it."""
        first = next((i for i, role in enumerate(self.roles) if role is Role.BODY), len(self.roles))
        return next(
            (i + 1 for i in range(first, min(first + 3, len(self.roles))) if self.roles[i] is Role.HEADLINE), first
        )

    @cached_property
    def headline(self) -> int | None:
        """Index of the title: the headline above the article that is there twice, else the first one near it."""
        above = [i for i, _ in self.having(Role.HEADLINE) if i < self.first]
        long = [
            i for i in above if len(self.shapes[i].words) >= _TITLE_WORDS and not _TRAIL.search(self.shapes[i].text)
        ]
        if trailed := [i for i in long if self._ends_trail(i)]:
            return trailed[0]
        near = [i for i in long if i >= self.first - _NEAR]
        seen = Counter(shape.folded for shape in self.shapes)
        twice = [i for i in near if seen[self.shapes[i].folded] > 1]
        fluent = [i for i in near if self.shapes[i].function_share]
        candidates = twice or fluent or near or long[-1:] or above[-1:]
        # "National News Agency of the Isles" is a masthead, if another line can be the title.
        titles = [i for i in candidates if not is_outlet_name(self.shapes[i])]
        return next(iter(titles or candidates), None)

    def _ends_trail(self, index: int) -> bool:
        """Say that the way to the page, just above, ends with this line: "Home » World » Bridge closed"."""
        own = self.shapes[index].folded
        above = self.shapes[max(0, index - _NEAR) : index]
        return any(_TRAIL.search(shape.text) and shape.folded.endswith(own) for shape in above)
