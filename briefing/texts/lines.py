"""Which line breaks of a paragraph end a statement that has no full stop, as headlines and highlights have none.

A hard-wrapped paragraph has its breaks where the next word no longer fitted; in a list without marks they stand where
its writer put them. Between the two decides what would still have fitted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefing.texts.labels import is_finite
from briefing.values.gazetteer import word_set
from briefing.values.words import is_common

Range = tuple[int, int]

_FEWEST = 4
#: Code points. No text is wrapped to longer lines than that.
_WIDEST = 120
_PAIR = 2
_GOES_ON = tuple(",;–—&/(-")
_CLOSING = "\"”’' *_)"
_BEFORE_WORDS = "\"“‘'([$€£¥#"
_QUOTED = re.compile(r"[\"“‘']")
# After these a sentence goes on.
_OPEN = word_set("""
    a an the my his her their our your its in on at by for from to of with without within into onto under after
    before during since until between among against through near behind beside beyond per via and or but nor
    because as if unless although than that which who whose whom when while where is are was were be been being
    has have had will would shall should may might must can could do does did not very
""")
_FIRST = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


def cut_at_lines(text: str, words: str, found: Sequence[Range]) -> list[Range]:
    """Cut the sentences found in a paragraph where a line break inside of one ends a statement.

    `text` is the paragraph as it is written, `words` the same with its marks blanked; offsets are code points of
    both.

    >>> text = "Police found 40 kilos of it in a van\\nThe mayor of the town denies that she knew"
    >>> [text[a:b] for a, b in cut_at_lines(text, text, [(0, len(text))])]
    ['Police found 40 kilos of it in a van', 'The mayor of the town denies that she knew']
    >>> text = "Police found 40 kilos of it in a van near\\nHarbour Street, and the mayor denies"
    >>> [text[a:b] for a, b in cut_at_lines(text, text, [(0, len(text))])] == [text]
    True
    """
    breaks = list(_breaks(text, words)) if "\n" in text else []
    return [part for start, end in found for part in _parts(words, start, end, breaks)] if breaks else list(found)


def _parts(words: str, start: int, end: int, breaks: Sequence[int]) -> Iterator[Range]:
    for at in (*breaks[bisect_right(breaks, start) : bisect_left(breaks, end)], end):
        part = words[start:at]
        if part.strip():
            yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        start = at


def _breaks(text: str, words: str) -> Iterator[int]:
    """Yield where the line breaks stand that end a statement."""
    ends = [match.start() for match in re.finditer("\n", text)]
    lines = [slice(*line) for line in zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True)]
    told = [words[line].strip() for line in lines]
    small = words.islower()
    fresh = [_ends(line, after, small=small) for line, after in pairwise(told)]
    if _is_wrapped([text[line].strip() for line in lines]):
        fresh = fresh if _are_told_apart(told, fresh) else []
    yield from (end for end, is_fresh in zip(ends, fresh, strict=False) if is_fresh)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Say whether each line may be as full as the longest allows: its next word would not have fitted."""
    width = max((len(line) for line in lines if " " in line), default=0)
    return width <= _WIDEST and all(
        len(line) + 1 + len(after.split(maxsplit=1)[0]) > width for line, after in pairwise(lines) if after
    )


def _are_told_apart(lines: Sequence[str], fresh: Sequence[bool]) -> bool:
    """Say of lines that a wrapped text could have too whether each is a statement: three are no accident."""
    if len(lines) > _PAIR:
        return all(fresh)
    return all(fresh) and _are_two(*lines)


def _ends(line: str, following: str, *, small: bool) -> bool:
    """Say whether a statement may end with a line that the next one does not go on with."""
    told, last = line.split(), line.rstrip(_CLOSING)
    if len(told) < _FEWEST or last.endswith(_GOES_ON) or (last.endswith(":") and _QUOTED.match(following)):
        return False
    if told[-1].casefold() in _OPEN:
        return False
    opening = following.lstrip(_BEFORE_WORDS)[:1]
    return opening.isalnum() and (small or not opening.islower())


def _are_two(line: str, following: str) -> bool:
    """Say of two lines that a wrapped text could have too whether each states something."""
    first = _FIRST.match(following)
    opens = first is not None and first[0].istitle() and is_common(first[0].casefold())
    return opens and is_finite(line) and is_finite(following)
