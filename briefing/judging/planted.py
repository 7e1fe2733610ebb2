"""Claims whose answer is known, planted among those that a judge is asked about: they judge the judge.

All of it is invented. The false ones agree with their evidence in every name and figure, so that no rule catches
them: only who reads for meaning does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Planted:
    """A claim, the sentence it cites, and whether that bears it out."""

    text: str
    sentence: str
    true: bool


_TRUE = (
    (
        "The swimming pool of Tarn is to close because its roof is cracked.",
        "The council of Tarn voted on Monday to shut the town's swimming pool after a crack was found in its roof.",
    ),
    (
        "Wheat from Ostrel left by train, since the river was too low for barges.",
        "With the river too low for barges, traders in Ostrel sent their wheat by rail.",
    ),
    (
        "Lena Horvat won the Selby marathon ahead of Ines Duarte.",
        "Ines Duarte came second in the Selby marathon, eleven seconds behind the winner, Lena Horvat.",
    ),
    (
        "The Brenn bridge was closed to lorries on Friday.",
        "Since Friday no lorry has been allowed to cross the Brenn bridge, the road office said.",
    ),
)
_FALSE = (
    (
        "The council of Hessel voted to mend the roof of the library.",
        "The council of Hessel voted on Tuesday to close the library, whose roof it cannot afford to mend.",
    ),
    (
        "The yacht Perrin reached Cape Loon ahead of the yacht Aldine.",
        "At Cape Loon the yacht Aldine was already moored when the yacht Perrin came in.",
    ),
    (
        "The shipping company Nordkahn sued the port of Ostrel over the damaged barge.",
        "The port of Ostrel sued the shipping company Nordkahn over the damaged barge.",
    ),
    (
        "The museum in Kell reopened after its cellar had been flooded.",
        "The museum in Kell hopes to reopen in spring, after its cellar was flooded.",
    ),
    (
        "The teachers of Brenn went on strike because classes had been cancelled.",
        "Classes in Brenn were cancelled because the teachers went on strike.",
    ),
    (
        "The rescuers carried the climbers down from the Hark ridge.",
        "The climbers walked down from the Hark ridge without help, and met the rescuers in the valley.",
    ),
)

TRUE = tuple(Planted(text=text, sentence=sentence, true=True) for text, sentence in _TRUE)
FALSE = tuple(Planted(text=text, sentence=sentence, true=False) for text, sentence in _FALSE)


def planted_beside(text: str) -> Iterator[Planted]:
    """Choose one true and two false claims to go with `text`: always the same, and others for another text.

    >>> [planted.true for planted in planted_beside("Six ferries sank.")]
    [True, False, False]
    """
    start = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:4], "big")
    yield TRUE[start % len(TRUE)]
    yield FALSE[start % len(FALSE)]
    yield FALSE[(start + 1) % len(FALSE)]
