"""A claim as the entailment model should read it: what the rules have settled, in the words of the evidence.

That "24" is "two dozen" and "31 October" the Thursday before publication is arithmetic, which the rules do and a small
model does not. So the model is asked about the rest: the claim with those figures and dates written as the evidence
writes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.consistency import figures, times
from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, read


def settled(claim: str, passages: Sequence[Passage]) -> str:
    """Return the claim with every figure and date that the passages bear out written their way.

    >>> settled("The flood damaged 24 bridges.", [Passage(text="Two dozen bridges were damaged by the flood.")])
    'The flood damaged Two dozen bridges.'
    """
    published = next((p.published for p in passages if p.published), None)
    stated = read(claim, published)
    shown = [read(passage.text, passage.published) for passage in passages]
    pieces: list[str] = []
    at = 0
    for start, end, words in sorted(_respelled(stated, shown)):
        if start >= at:
            pieces += [claim[at:start], words]
            at = end
    return "".join([*pieces, claim[at:]])


def _respelled(stated: Read, shown: Sequence[Read]) -> Iterator[tuple[int, int, str]]:
    """Yield what to put where; "on tomorrow" loses its preposition."""
    for figure, other in figures.borne_out(stated, shown):
        if figure.text.casefold() != other.text.casefold():
            yield figure.start, figure.end, other.text
    for moment, told in times.borne_out(stated, shown):
        if moment.text.casefold() != told.text.casefold():
            spare = (
                len("on ") if told.text.casefold() in _ADVERBS and stated.text[: moment.start].endswith("on ") else 0
            )
            yield moment.start - spare, moment.end, told.text


_ADVERBS = frozenset({"today", "tonight", "tomorrow", "yesterday"})
