"""Fold a text for comparison, and keep the way back to its own offsets.

What printers and keyboards vary must not hide a quotation: quote marks, dashes, white space, case,
ligatures, how an accent is encoded, characters nobody sees. What changes the statement stays: digits,
fractions, superscripts.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

_DASHES = frozenset("-\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d")
_QUOTES = dict.fromkeys("`´ʹʻʼʽˈ‘’‚‛′‵‹›❛❜＇\u05f3", "'") | dict.fromkeys("“”„‟″‶«»❝❞〝〞〟＂\u05f4", '"') | {"⁄": "/"}
# What NFKC would turn into another statement: "10²" is not "102", nor "3½" "31/2", nor "a①" "a1".
_KEPT_APART = ("<super>", "<sub>", "<fraction>", "<circle>")
# Format characters that are drawn, such as the Arabic number sign.
_VISIBLE_FORMAT = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(code) for block in (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)) for code in block
}


@dataclass(frozen=True)
class Folded:
    """A text as comparison sees it, and the way back to the text itself. Made by `fold`."""

    source: str = field(repr=False)
    """The text as it was given."""
    text: str
    """Its folded form."""
    _at: array[int] = field(repr=False)
    """Where in `text` each irregular spot begins: one that is not exactly one character on both sides."""
    _length: array[int] = field(repr=False)
    """How many characters of `text` each spot yields; 0 for characters nobody sees."""
    _starts: array[int] = field(repr=False)
    _ends: array[int] = field(repr=False)
    """Where in `source` each spot begins and ends."""

    @cached_property
    def coded(self) -> tuple[dict[int, int], bytes] | None:
        """`text` in single bytes, for aligning; None when it has more than 255 different characters."""
        return code(self.text, self.text)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of `source` that yields `text[start:end]`, in whole characters of `source`.

        An empty range yields an empty range. Raises IndexError outside of `text`.

        >>> fold("Straße  nach\\u00a0Ulm").original(4, 12)
        (4, 12)
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is not a range of {len(self.text)} folded characters")
        first = self._range(start)[0]
        return first, (self._range(end - 1)[1] if start < end else first)

    def is_whole(self, start: int, end: int) -> bool:
        """Say whether `text[start:end]` cuts no character of `source` in two, as one "s" of "ß" would."""
        return not (self._cuts(start) or self._cuts(end))

    def _spot(self, index: int) -> int:
        return bisect_right(self._at, index) - 1

    def _range(self, index: int) -> tuple[int, int]:
        spot = self._spot(index)
        if spot < 0:
            return index, index + 1
        past = index - self._at[spot] - self._length[spot]
        if past < 0:
            return self._starts[spot], self._ends[spot]
        return self._ends[spot] + past, self._ends[spot] + past + 1

    def _cuts(self, index: int) -> bool:
        spot = self._spot(index)
        return spot >= 0 and self._at[spot] < index < self._at[spot] + self._length[spot]


def fold(text: str) -> Folded:
    """Fold quote marks, dashes, white space, case, ligatures and the encoding of accents.

    Runs of white space become one space and runs of dashes one hyphen; what nobody sees (soft hyphens,
    zero-width characters) goes. Superscripts and fractions stay as they are. Folding a range of whole
    characters yields that range of the folded text. Linear in the length of `text`.

    >>> fold("“ﬁne — Stra\\u00adße”").text
    '"fine - strasse"'
    """
    kinds = _kinds(text)
    even = text.translate({ord(ch): _fold_run(ch) for ch in kinds.even})
    at, length, starts, ends = array("q"), array("q"), array("q"), array("q")
    pieces: list[str] = []
    done = folded = 0
    for spot in kinds.irregular.finditer(text) if kinds.irregular else ():
        start, end = spot.span()
        piece = _fold_run(spot.group())
        pieces += even[done:start], piece
        folded += start - done
        at.append(folded)
        length.append(len(piece))
        starts.append(start)
        ends.append(end)
        folded += len(piece)
        done = end
    pieces.append(even[done:])
    return Folded(text, "".join(pieces), at, length, starts, ends)


@dataclass(frozen=True, slots=True)
class _Kinds:
    even: frozenset[str]
    """Characters of the text that fold to one other character."""
    irregular: re.Pattern[str] | None
    """What must be folded as a piece, because its length may change."""


def _kinds(text: str) -> _Kinds:
    present = frozenset(text)
    spaces = {ch for ch in present if ch.isspace()}
    dashes = present & _DASHES
    unseen = {ch for ch in present if is_unseen(ch)}
    joining = {ch for ch in present - unseen if _joins_previous(ch)}
    sizes = {ch: len(_fold_run(ch)) for ch in present - unseen}
    growing = {ch for ch, size in sizes.items() if size != 1}
    even = frozenset(ch for ch, size in sizes.items() if size == 1 and _fold_run(ch) != ch)
    return _Kinds(even, _irregular(spaces, dashes, unseen, joining, growing))


def _irregular(
    spaces: set[str], dashes: frozenset[str], unseen: set[str], joining: set[str], growing: set[str]
) -> re.Pattern[str] | None:
    space, dash, gone, mark, grown = map(_one_of, (spaces, dashes, unseen, joining, growing))
    some = f"{gone}*" if gone else ""
    parts: list[str] = []
    if space:
        blank = _one_of(spaces | unseen)
        parts += [f"{space}{blank}+"] + ([f"{gone}+{space}{blank}*"] if gone else [])
    if dash:
        parts.append(f"{dash}(?:{some}{dash})+")
    if mark:
        parts.append(f"{_one_of(spaces | dashes | unseen | joining, but=True)}(?:{some}{mark})+")
    parts += [part for part in (grown, gone and f"{gone}+") if part]
    return re.compile("|".join(parts), re.DOTALL) if parts else None


def _one_of(characters: Iterable[str], *, but: bool = False) -> str:
    inside = "".join(re.escape(ch) for ch in sorted(characters))
    return f"[{'^' if but else ''}{inside}]" if inside else "." if but else ""


@lru_cache(maxsize=8_192)
def _fold_run(run: str) -> str:
    """Fold one character, one run of spaces or dashes, or one character with the marks that join it."""
    seen = "".join(ch for ch in run if not is_unseen(ch))
    if seen.isspace():
        return " "
    if seen and _DASHES.issuperset(seen):
        return "-"
    return _settle(seen)


def _settle(seen: str) -> str:
    before = ""
    while before != seen:
        before = seen
        seen = unicodedata.normalize("NFC", "".join(map(_compatible, seen)).casefold())
        # Without it, "İ" would differ from the "I" that a foreign keyboard writes for it.
        seen = "".join("-" if ch in _DASHES else _QUOTES.get(ch, ch) for ch in seen.replace("i\u0307", "i"))
    return seen


def _compatible(ch: str) -> str:
    if ch.isascii() or ch in _QUOTES or unicodedata.decomposition(ch).startswith(_KEPT_APART):
        return ch
    plain = unicodedata.normalize("NFKC", ch)
    # A spacing accent and a few phrases in one character would bring white space that the text has not.
    return ch if any(map(str.isspace, plain)) else plain


def is_unseen(ch: str) -> bool:
    """Say whether a character is never drawn: soft hyphen, zero-width space, direction mark."""
    return ch in _INVISIBLE or (unicodedata.category(ch) == "Cf" and ch not in _VISIBLE_FORMAT)


def _joins_previous(ch: str) -> bool:
    # Halfwidth voicing marks and conjoining jamo are letters by category, yet compose with what precedes.
    first = unicodedata.normalize("NFKD", ch)[0]
    return is_mark(first) or "\u1161" <= first <= "\u11ff"


def is_mark(ch: str) -> bool:
    """Say whether a character combines with the one before it."""
    return unicodedata.category(ch).startswith("M")


def code(alphabet: str, text: str) -> tuple[dict[int, int], bytes] | None:
    """Write `text` in single bytes, 0 for what `alphabet` lacks; None when that has over 255 characters."""
    known = sorted(set(alphabet))
    if len(known) > 255:  # what edlib can tell apart, and the 0
        return None
    table = {ord(ch): code for code, ch in enumerate(known, start=1)}
    every = dict.fromkeys(map(ord, set(text)), 0) | table
    return table, text.translate(every).encode("latin-1")
