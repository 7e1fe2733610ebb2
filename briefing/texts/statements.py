"""A claim of a text with its place and its citations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing.types import Claim


class Kind(StrEnum):
    """What part of a text a claim is."""

    SENTENCE = "sentence"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    REFERENCE = "reference"
    """An entry of the list of sources, or a footnote: cites, and claims nothing."""
    CODE = "code"


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A reference that a claim carries."""

    label: str
    """As it is written."""
    start: int
    """Half-open range of the text; both -1 for one that a field beside the text gives."""
    end: int
    sources: tuple[str, ...]
    """Ids of the sources it means; none when it means none of those given."""
    by: str
    """What told: `number`, `address`, `file`, `title`, `outlet`; or why it means none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """A claim and where it stands: half-open code points of the text that `path` leads to."""

    claim: Claim
    """Its words without marks and citations."""
    start: int
    end: int
    at: tuple[int, ...]
    """For each character of the claim its offset in the text; -1 for one that was put in between cells."""
    path: str = ""
    kind: Kind = Kind.SENTENCE
    citations: tuple[Citation, ...] = ()
    covered_by: tuple[Citation, ...] = ()
    """What a later sentence of its paragraph cites, where it has no citation itself: that may be meant for it too."""
    not_checkable: str = ""
    """Why there is nothing to check, such as `a question`; empty for a claim."""
