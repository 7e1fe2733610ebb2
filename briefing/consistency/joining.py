"""Texts whose words and marks a program has set apart, read as they were before.

Some tools and data sets write `24 - year - old`, `£ 50 m`, `the band 's` and `-LRB-`. Left so, an age is a number and
one name is two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from briefing.consistency.passages import Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """A text put together again, and the way back to the text as it was given."""

    text: str
    moved: tuple[tuple[int, int], ...] = ()
    """From where in `text` on, by how much more than before the text as given is ahead; in order."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]` stands in the text as it was given.

        >>> joined("Bell 's dog , a 3 - year - old .").original(0, len("Bell's dog"))
        (0, 11)
        """
        first = self._before(start)
        return (first, self._before(end - 1) + 1) if end > start else (first, first)

    def _before(self, offset: int) -> int:
        at = bisect_right(self.moved, offset, key=lambda move: move[0])
        return offset + (self.moved[at - 1][1] if at else 0)


def joined(text: str, like: str = "") -> Joined:
    """Put together what stands apart; two halves of a word at a hyphen only where an age or `like` has them so.

    >>> joined("The 24 - year - old 's flat , -LRB- sold for £ 50 m -RRB- .").text
    "The 24-year-old's flat, (sold for £50m)."
    >>> joined("Hart - Wells flew home - alone .", like="… to Hart-Wells on Monday").text
    'Hart-Wells flew home - alone.'
    """
    if not _is_apart(text):
        return Joined(text=text)
    pieces: list[str] = []
    moved: list[tuple[int, int]] = []
    at = length = 0
    for start, end, words in _edits(text, like.casefold()):
        pieces += [text[at:start], words]
        length += start - at + len(words)
        at = end
        moved.append((length, at - length))
    return Joined(text="".join([*pieces, text[at:]]), moved=tuple(moved))


def together(claim: str, passages: Sequence[Passage]) -> tuple[Joined, list[Passage]]:
    """Put a claim and its evidence together, each hyphen as the other has it."""
    shown = " ".join(passage.text for passage in passages)
    whole = joined(claim, shown)
    return whole, [replace(passage, text=joined(passage.text, claim).text) for passage in passages]


_UNIT = (
    r"(?:second|minute|hour|day|night|week|month|year|decade|mile|metre|meter|kilometre|kilometer|foot|inch|"
    r"man|member|point|star|page|goal|game|match|set|seat)"
)
_APART = re.compile(
    # A mark or an ending away from its word; money in pieces.
    r"(?P<gap>\s+(?=[,;:.!?%](?:\s|$))|\s+(?=(?:['’](?:s|re|ll|ve|d|m)|n['’]t)(?:\s|$))|(?<=[£$€])\s+(?=\d))"
    r"|(?P<scale>(?<=\d)\s+(?=(?:m|bn|tn|k)\b))"
    r"|(?P<opening>-LRB-\s?)|(?P<closing>\s?-RRB-)|(?P<quote>``\s?|\s?''(?=\s|$))"
    r"|(?P<hyphen>(?<=\w)(?:\s-\s?|-\s)(?=\w))"
)
_WORDS = {"gap": "", "scale": "", "opening": "(", "closing": ")", "quote": '"', "hyphen": "-"}
_MONEY = re.compile(r"[£$€]\s?[\d.,]+$")
_LEFT, _RIGHT = re.compile(r"[\w'’]+$"), re.compile(r"[\w'’]+")
_AGE = re.compile(rf"(?:\d|half)-{_UNIT}s?|{_UNIT}-(?:old|long|high|deep|wide)|\d-\d", re.I)


@lru_cache(maxsize=8_192)
def _is_apart(text: str) -> bool:
    """Whether anything is to be done; the same sentences are asked for again and again."""
    return _APART.search(text) is not None


def _edits(text: str, like: str) -> Iterator[tuple[int, int, str]]:
    for match in _APART.finditer(text):
        kind = match.lastgroup or ""
        if kind == "scale" and not _MONEY.search(text, 0, match.start()):
            continue
        if kind == "hyphen" and not _is_one_word(text, match, like):
            continue
        yield match.start(), match.end(), _WORDS[kind]


def _is_one_word(text: str, hyphen: re.Match[str], like: str) -> bool:
    left, right = _LEFT.search(text, 0, hyphen.start()), _RIGHT.match(text, hyphen.end())
    if not left or not right:
        return False
    word = f"{left[0]}-{right[0]}".casefold()
    return word in like or _AGE.search(word) is not None
