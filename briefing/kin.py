"""Words often used for one another, as "fans" for "supporters". They help to find a sentence, never to believe it.

Opposites are kin too: who was acquitted stands near who was convicted. `training/kin.py` made the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_PATH = Path(__file__).with_name("kin.txt")
_NONE: Mapping[str, float] = MappingProxyType({})


def kin_of(term: str) -> Mapping[str, float]:
    """Return the content terms often used for a content term, each with its cosine, from 0.62 to 1.

    >>> from briefing.terms import content_terms
    >>> (fans,) = content_terms("fans")
    >>> "support" in kin_of(fans), kin_of("kostrel")
    (True, mappingproxy({}))
    """
    return _all().get(term, _NONE)


@cache
def _all() -> Mapping[str, Mapping[str, float]]:
    lines = _PATH.read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {
        stem: {other: int(alike) / 100 for other, _, alike in (n.partition(":") for n in near)} for stem, *near in rows
    }
