"""What to call a story: the title of the document that is most like the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from briefing.stories.profiles import Profile, likeness
from briefing.types import Document, Role, Sentence

_LONGEST = 110
_MOST_COMPARED = 50
"""Enough of a large story to find a typical article in it."""
_UNTITLED = "Untitled"


def title_of(documents: Sequence[Document], about: Sequence[Profile], sentences: Iterable[Sentence]) -> str:
    """Return the title of the most central document, or its first body sentence, in one line of at most 110 characters.

    Documents with a title of their own come first.
    """
    order = _most_central_first(about)
    titled = next((documents[i].title for i in order if documents[i].title), None)
    return shortened(titled or _first_sentence(documents[order[0]].id, sentences) or _UNTITLED)


def _most_central_first(about: Sequence[Profile]) -> list[int]:
    compared = range(min(len(about), _MOST_COMPARED))
    closeness = {i: round(sum(likeness(about[i], about[j]) for j in compared if i != j), 9) for i in compared}
    return sorted(compared, key=lambda i: (-closeness[i], i))


def _first_sentence(source: str, sentences: Iterable[Sentence]) -> str | None:
    return next((s.text for s in sentences if s.source == source and s.role is Role.BODY), None)


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
