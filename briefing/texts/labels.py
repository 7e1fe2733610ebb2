"""What stands before a statement and is no part of it, such as "Evacuation:", and what an item needs to be one."""

from __future__ import annotations

import re
from collections.abc import Callable

from briefing.terms import content_terms
from briefing.values import read_names
from briefing.values.gazetteer import INSTITUTIONS, word_set
from briefing.values.roles import head_at

Range = tuple[int, int]

# "**Evacuation:** Some 900 people are staying …": what such a label adds is no part of the statement behind it. One
# before mere words ("**Cost:** 38 million") is: these say nothing alone.
_BOLD = re.compile(r"[^\w*“\"‘\n]{0,8}\*\*[^*\n]{1,60}(?::\*\*|\*\*\s?:)\s+(?=[\w“\"‘$€£])")
_PLAIN = re.compile(r"[^\w*“\"‘\n]{0,8}(?P<words>[A-Z][\w’'-]*(?:\s[\w’'&/-]+){0,3}):\s+(?=[A-Z“\"‘])")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|said|says|[a-z]{2,}ed)\b"
)
# Who stands before a colon speaks.
_VOICES = INSTITUTIONS | word_set("""
    police officials residents witnesses protesters prosecutors lawyers critics experts analysts doctors rescuers
    farmers army navy government opposition reporter host interviewer question answer q a spokesman
    spokeswoman spokesperson
""")


def label(text: str, is_common: Callable[[str], bool]) -> Range | None:
    """Return where a block opens with a label before a whole sentence; None where it is part of what is said.

    A bold one is a label. A plain one is when it is no name and nobody's who may be speaking; `is_common` says
    whether a word is known not to be a name.

    >>> label("Evacuation: Some 900 people are staying in the hall.", lambda word: False)
    (0, 12)
    >>> label("Osmund: The dam is as safe as it ever was.", lambda word: False)
    """
    bold, plain = _BOLD.match(text), _PLAIN.match(text)
    found = bold or (plain if plain and _is_topic(plain["words"], is_common) else None)
    if found is None:
        return None
    rest = text[found.end() : found.end() + 300]
    return found.span() if len(content_terms(rest)) > _FEW and is_finite(rest) else None


_FEW = 3


def _is_topic(words: str, is_common: Callable[[str], bool]) -> bool:
    folded = words.casefold().split()
    if not _VOICES.isdisjoint(folded) or any(head_at(folded, at) for at in range(len(folded))):
        return False
    return is_common(folded[0]) or not read_names(f"{words}: it is so.")


_SHORT_ITEM = 6


def is_fragment(words: str) -> bool:
    """Whether an item only names something, and says nothing of it: "Brennholt", "Brennholt and the lower villages".

    >>> is_fragment("Brennholt and Saltmere"), is_fragment("Brennholt was hit")
    (True, False)
    """
    told = words.split()
    return len(told) <= _SHORT_ITEM and not is_finite(words) and words[-1:] not in (".", "!", "?", "”")


def is_finite(words: str) -> bool:
    """Whether words have what looks like a finite verb: "Brennholt was hit", not "Brennholt and Saltmere"."""
    return _FINITE.search(words) is not None


def leads_in(words: str) -> bool:
    """Whether a line states something that the items below it complete: "The following towns were hit:".

    >>> leads_in("The following towns were hit:"), leads_in("Key points:")
    (True, False)
    """
    return words.endswith(":") and is_finite(words) and len(content_terms(words)) > 1
