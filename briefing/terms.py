"""Content terms of a text: what it is about, folded so that two outlets' wordings meet.

Pure and language-neutral: English words are stemmed, all others are only case-folded. Knows nothing of
documents or stories; drafting, grouping and cross-checking share it.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer
from anyascii import anyascii

_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_STOP = frozenset(
    "a about above after again against all also although am among an and another any are around as at be because been "
    "before being below between both but by can cannot could did do does doing down during each either else ever every "
    "few for from further get had has have having he her here hers herself him himself his how however i if in into is "
    "it its itself just least less like many may me might more most much must my myself neither no nor not now of off "
    "on once one only onto or other others our ours out over own per quite rather said same say says she should since "
    "so some still such tell tells than that the their theirs them themselves then there these they this those though "
    "through thus to told too toward towards under until up upon us very was we were what when where whether which "
    "while who whom whose why will with within without would yet you your yours".split()
)
_LOCAL = threading.local()


@lru_cache(maxsize=16_384)
def content_terms(text: str) -> tuple[str, ...]:
    """Return the content words and numbers of `text`, folded and stemmed, in order, repeats kept.

    >>> content_terms("The ministers' convoy left Ghent at 09:30; 3,000 others stayed.")
    ('minist', 'convoy', 'left', 'ghent', '09', '30', '3,000', 'stay')
    """
    return read_terms(text)


def read_terms(text: str) -> tuple[str, ...]:
    """Return the same, and keep neither: for whole documents, of which a large day has more than should be at hand."""
    return tuple(term for term in (_term(word) for word in _WORD.findall(text)) if term)


@lru_cache(maxsize=65_536)
def _term(word: str) -> str:
    folded = word.casefold().replace("’", "'").removesuffix("'s").strip("'")
    if folded in _STOP or (len(folded) < 2 and not folded.isdigit()):
        return ""
    if folded.isascii():
        return _stem(folded)
    plain = anyascii(folded).casefold()
    return _stem(plain) if plain.isascii() and _is_latin(folded) else folded


def _is_latin(word: str) -> bool:
    return all(ord(ch) < 0x250 for ch in word)


def _stem(word: str) -> str:
    # The stemmer keeps its word as state, so each thread has its own.
    stemmer = getattr(_LOCAL, "stemmer", None)
    if stemmer is None:
        stemmer = _LOCAL.stemmer = snowballstemmer.stemmer("english")
    return str(stemmer.stemWord(word))
