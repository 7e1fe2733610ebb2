"""Read the names in a text: who, where, which organisation, which work.

Pure and without a dictionary of names: a name is a run of capitalised words that is not merely the first word of
a sentence. Made for English; other scripts yield what capital letters they have and never an error. It does not
know what kind of thing a name names, and it does not decide whether two names are one: see `same_name`.

All offsets are half-open ranges of code points into the text as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

from briefing.values.gazetteer import (
    COMPASS,
    COUNTRIES,
    DEMONYMS,
    HONORIFICS,
    MONTHS,
    PARTICLES,
    PEOPLES,
    WEEKDAYS,
)
from briefing.values.roles import ABBREVIATED_ROLES, is_role_word


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name where it stands, without a possessive ending, a title or an honorific."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    """Its words folded (ASCII, lower case, no full stops), without "of", "the" and their like."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A token of the text that may be part of a name."""

    start: int
    end: int
    text: str
    folded: str
    capital: bool
    opens: bool
    """Whether a sentence, a line or a quotation begins with it."""


# Full stops belong to "U.S.", to "J." and to abbreviated titles; apostrophes and hyphens join: "O'Neil", "al-Amin".
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|[^\W_]+(?:[’'‘ʼ`][^\W_]+|[-‐‑][^\W_]+|&[^\W_]+)*(?:\.(?=[^\W\d_]))?", re.UNICODE
)
_POSSESSIVE = re.compile(r"[’'ʼ`][sS]$")
_JOINING = frozenset("of for de la le du del della der den van von bin ibn bint al el da di dos das y ter".split())
_DROPPED = _JOINING | {"the", "and", "&"}
_OPENERS = re.compile(r"(?:^|[.!?…:;]|[\n\r•*]|\s[-–—]|^[-–—])[\s\"'“”‘’«»„()\[\]]*$|[\"“«„(\[]\s*$|(?<!\w)[‘']\s*$")
_NOT_NAMES = frozenset(
    "am pm gmt est edt pst utc bst ok tv i'm i'll i've i'd id ceo cfo coo cto pm mp mps mk mks dj phd md "
    "covid vs no nos km usd eur gbp faq pdf rss http https www html url".split()
)
_REGULAR_ENDING = re.compile(r".{3,}(?:ing|ed|ly|tions?|ments?|ness|ized|ised)$")


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return English words that open sentences without being names, folded.

    >>> "officials" in common_words() or "official" in common_words()
    True
    """
    path = Path(__file__).with_name("common_words.txt")
    return frozenset(path.read_text(encoding="ascii").split())


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return a word in ASCII and lower case, without full stops and possessive.

    >>> fold_word("Šefčovič’s"), fold_word("U.S.")
    ("sefcovic", 'us')
    """
    plain = anyascii(_POSSESSIVE.sub("", word)).casefold()
    return plain.replace(".", "").replace("`", "'").strip("' ")
