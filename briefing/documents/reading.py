"""What a reader of any kind of source yields, before it becomes a `Document`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.documents.head import Head
from briefing.documents.pieces import Piece
from briefing.types import Box, Role

LEAVE_OUT = "leave it out, or save the words of the article as a .txt file"
NOT_THERE = "open it in a browser and save the words of the article as a .txt file, or leave it out"


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """The one text of a source, its pieces with their roles, and its head. See `Document` for the fields."""

    text: str
    pieces: Sequence[Piece]
    roles: Sequence[Role]
    """One for each piece."""
    head: Head
    """What is known of title, author and times, each with where it was found: see `head.py`."""
    encoding: str
    extractor: str
    warnings: tuple[str, ...] = ()
    boxes: Sequence[tuple[Box, ...]] = ()
    """For each piece where it is printed; empty for texts without pages."""
    shortfall: str | None = None
    """What of the article is missing, when it is plainly not all there: `teaser only: 312 characters`."""
    language: str | None = None
    """What the source says that it is written in, as ISO 639-1; None where it does not say."""
    left_out: tuple[tuple[int, str], ...] = ()
