"""What to call a story: the title of the document that is most like the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from briefing.profiles import Profile, likeness
from briefing.types import Document, Role, Sentence

_LONGEST = 110
_MOST_COMPARED = 50
"""Enough of a large story to find a typical article in it."""
_UNTITLED = "Untitled"


def title_of(documents: Sequence[Document], about: Sequence[Profile], openings: Mapping[str, str]) -> str:
    """Return the title of the most central document that has one, in one line of at most 110 characters.

    Where none has, it is the opening of the most central one: `openings` maps source ids to first body sentences.
    """
    order = _most_central_first(about)
    titled = next((documents[i].title for i in order if documents[i].title), None)
    return shortened(titled or openings.get(documents[order[0]].id) or _UNTITLED)


def openings_of(sentences: Iterable[Sentence]) -> dict[str, str]:
    """Return the first body sentence of each source."""
    openings: dict[str, str] = {}
    for sentence in sentences:
        if sentence.role is Role.BODY:
            openings.setdefault(sentence.source, sentence.text)
    return openings


def _most_central_first(about: Sequence[Profile]) -> list[int]:
    compared = range(min(len(about), _MOST_COMPARED))
    closeness = {i: round(sum(likeness(about[i], about[j]) for j in compared if i != j), 9) for i in compared}
    return [*sorted(compared, key=lambda i: (-closeness[i], i)), *range(len(compared), len(about))]


def shortened(title: str) -> str:
    """Put a title on one line and cut it at a word boundary when it is long.

    >>> shortened("Council\\n votes  again")
    'Council votes again'
    """
    line = re.sub(r"\s+", " ", title).strip()
    if len(line) <= _LONGEST:
        return line
    head = line[:_LONGEST]
    return (head[: head.rfind(" ")] if " " in head else head[:-1]).rstrip(" ,;:–—-") + "…"
