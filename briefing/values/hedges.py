"""Read the words that hold a statement back from being a fact: "reportedly", "may", "could not confirm".

Pure; English. "About 30" belongs to its number, not here. All offsets are half-open ranges of code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from briefing.values.words import word_forms

HedgeKind = Literal["reported", "possible", "unconfirmed", "expected", "appearance"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hedge:
    """Words that hold a statement back from being a fact."""

    start: int
    end: int
    text: str
    kind: HedgeKind


def _pattern(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{' '.join(alternatives.split())})\b".replace("| ", "|"), re.IGNORECASE)


_HEDGES: tuple[tuple[HedgeKind, re.Pattern[str]], ...] = (
    (
        "reported",
        _pattern(
            """reportedly|allegedly|purportedly|supposedly|apparently|rumou?red|alleged|
            (?:is|are|was|were) (?:said|reported|thought|believed|understood|alleged|rumou?red) to|
            believed to|thought to|said to (?:be|have)|(?:is|are|was|were) accused of|alleges?"""
        ),
    ),
    (
        "unconfirmed",
        _pattern(
            r"""unconfirmed|unverified|yet to (?:be )?(?:confirm|verif)\w*|
            (?:(?:could|can|did|has|have|had|is|was|were|are) ?not|(?:could|ca|has|have|did)n['’]t)
            (?:been |be )?(?:independently |immediately )?(?:confirm|verif)\w*"""
        ),
    ),
    (
        "possible",
        _pattern(
            r"""may|might|could|possibly|perhaps|probably|presumably|potentially|likely|possible that|
            it is possible|suspected|suspects?(?= that\b)|in all likelihood|(?:nearly|almost) (?=[a-z]+ed\b)"""
        ),
    ),
    (
        "expected",
        _pattern(
            """it (?:is|was) (?:estimated|believed|thought|understood|expected)|
            (?:is|are|was|were) (?:expected|likely|due|set|poised) to|expected to|expects?|predict(?:s|ed)|
            forecasts?|hopes? to|(?:plans?|intends?|aims?) to|should"""
        ),
    ),
    ("appearance", _pattern("(?:appear(?:s|ed)?|seem(?:s|ed)?) (?:to|that|as)")),
)


# A text without any of these has no hedge.
_HEDGING = frozenset(
    "reportedly allegedly purportedly supposedly apparently rumored rumoured alleged allege alleges said reported "
    "thought believed understood accused unconfirmed unverified confirm confirmed confirms verify verified "
    "verifies confirming verifying confirmation verification may might could possibly perhaps probably presumably "
    "potentially likely possible suspected suspect suspects likelihood nearly almost estimated expected expect expects "
    "predicted "
    "predicts forecast forecasts hope hopes plan plans intend intends aim aims think thinks believe believes fear "
    "fears should due set poised appear appears appeared seem seems seemed".split()
)


def read_hedges(text: str) -> tuple[Hedge, ...]:
    """Return what holds a statement back from being a fact, in order; "about 30" belongs to its number.

    >>> [(h.text, h.kind) for h in read_hedges("The ferry reportedly sank; it may have hit a rock.")]
    [('reportedly', 'reported'), ('may', 'possible')]
    """
    if _HEDGING.isdisjoint(word_forms(text)):
        return ()
    found = [
        Hedge(start=match.start(), end=match.end(), text=match.group(), kind=kind)
        for kind, pattern in _HEDGES
        for match in pattern.finditer(text)
        if match.group() != "May"
    ]
    found.sort(key=lambda hedge: (hedge.start, -hedge.end))
    kept: list[Hedge] = []
    for hedge in found:
        if not kept or hedge.start >= kept[-1].end:
            kept.append(hedge)
    return tuple(kept)
