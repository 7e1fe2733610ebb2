"""How many of a kind: "all bridges" of evidence that says most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing import values
from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, finding, key_of, share
from briefing.types import Finding, FindingKind

_SAME_THING = 0.6
"""Share of a claim's content words that a passage must hold to be about the same thing."""


def extents(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report a claim about more of a kind than the evidence tells of, or about few where it tells of many."""
    for own in stated.quantifiers:
        of = key_of(own.of)
        given = [
            other
            for read in shown
            if share(stated.keys, read.keys) >= _SAME_THING
            for other in read.quantifiers
            if of and key_of(other.of) == of
        ]
        if given and not any(_bears_out(own.extent, other.extent) for other in given):
            yield finding(FindingKind.NUMBER_DIFFERS, f"the evidence says {given[0].text}", own.start, own.end)


def _bears_out(claimed: values.Extent, given: values.Extent) -> bool:
    if claimed is values.Extent.FEW:
        return given <= values.Extent.SOME
    # "Several" and "various" are many to one writer and some to the next.
    return given >= (values.Extent.SOME if claimed is values.Extent.MANY else claimed)
