"""Whether two sentences say that their numbers are of different parts, of a part and the whole, or of other moments.

Two numbers of one noun and verb answer two questions when each sentence picks its own part: the first blast and the
second, a town and the whole province, the first hours and the evening. Only words that hardly ever mean anything else
count, and a number that looks like the other one misread is never set aside by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GENERATION = 10
"""Years between two ages of one name from which on they are rather those of two people, a father and a son."""
NEARLY_ONE_AGE = 5
"""Years between two ages that may still be one person's where only the context says whose they are."""
# Of each line one may be picked: sentences that pick differently tell of different things.
_PARTS = tuple(
    {form: kind for kind, forms in enumerate(line.split(";")) for form in forms.split()}
    for line in (
        "first 1st;second 2nd;third 3rd;fourth 4th;fifth 5th",
        "north northern;south southern;east eastern;west western",
        "upper;lower",
        "inner;outer",
        "men man boys male;women woman girls female",
        "adults adult grown-ups;children child pupils minors teenagers",
        "morning overnight;afternoon evening",
        "indoor;outdoor",
        "urban;rural",
        "domestic;foreign",
        "outbound;inbound",
        "in-favour;against",
    )
)
_WORD = re.compile(r"[a-z\d-]+")
_IN_FAVOUR = re.compile(r"\b(?:vot(?:e[ds]?|ing)\s(?:for|in favou?r)|in favou?r)\b")
_WHOLE = re.compile(r"\b(?:(?:across|throughout) the|nationwide|countrywide|worldwide|across [A-Z]\w+)\b")
_AGAIN = re.compile(r"\b(?:another|second|further|additional|fresh)\b", re.I)
_SO_FAR = re.compile(
    r"\b(?:so far|to date|until now|up to now|initially|initial (?:count|estimate|figures?|number|reports?|toll)"
    r"|at first|in the first (?:hours|days|minutes))\b",
    re.I,
)
_IN_THE_END = re.compile(
    r"\b(?:in (?:all|total|the end)|altogether|eventually|finally|later|will|would"
    r"|by (?:morning|noon|evening|night(?:fall)?|midnight|then|the end))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a sentence says of which part its numbers are."""

    parts: tuple[frozenset[int], ...]
    """For each line of alternatives, which of them it names."""
    again: bool
    """Whether it tells of one more: another, a second."""
    whole: bool
    so_far: bool
    in_the_end: bool


def scope_of(text: str) -> Scope:
    """Read the scope of a sentence.

    >>> first, second = scope_of("The first blast killed two."), scope_of("The second blast killed five.")
    >>> apart(first, second)
    True
    """
    words = set(_WORD.findall(_IN_FAVOUR.sub("in-favour", text.casefold())))
    return Scope(
        parts=tuple(frozenset(kinds[word] for word in words & kinds.keys()) for kinds in _PARTS),
        again=bool(_AGAIN.search(text)),
        whole=bool(_WHOLE.search(text)),
        so_far=bool(_SO_FAR.search(text)),
        in_the_end=bool(_IN_THE_END.search(text)),
    )


def apart(a: Scope, b: Scope) -> bool:
    """Whether each sentence picks another part."""
    return any(x and y and not x & y for x, y in zip(a.parts, b.parts, strict=True))


def is_part(small: Scope, large: Scope) -> bool:
    """Whether the smaller of two numbers is of a part, or of an earlier moment, of what the larger is of."""
    return (large.whole and not small.whole) or (small.so_far and large.in_the_end and not large.so_far)
