"""What is read of the whole: pieces of text, and what their format says they cite."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Pointer:
    """One reference as the text gives it: a number, an address, words, or several of them."""

    label: str
    """As it is written where it cites, such as `[1]`."""
    key: str = ""
    """What it is called among the references: `1`, `c`."""
    words: str = ""
    """An outlet, a title, a file: whatever describes the source."""
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One stretch of prose. All offsets are half-open code points into `text`."""

    text: str
    path: str = ""
    """JSON pointer to the value that `text` is: `/claims/3/text`; empty where the whole was no JSON."""
    given: tuple[Pointer, ...] = ()
    """What all of it cites, as a field beside it says."""
    anchored: tuple[tuple[int, int, Pointer], ...] = ()
    """What a range of it cites."""
    listed: tuple[Pointer, ...] = ()
    """The references that numbers in it mean, from 1."""
    whole: bool = False
    """Whether it is one claim, not to be split."""
