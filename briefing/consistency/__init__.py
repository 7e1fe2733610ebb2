"""What in a statement its evidence does not bear out, value by value. Pure; shared by checks and crosschecks.

Figures, dates, names, titles, negation, quotations, speakers, hedges and direction are each read as values
from both texts and compared; strings never are (`3` is not in `3,000`). An empty answer means that these
rules found nothing, not that the meaning follows: that is entailment, and not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from briefing.consistency import (
    exchanges,
    extents,
    factuality,
    figures,
    holders,
    people,
    polarity,
    sides,
    speech,
    times,
)
from briefing.consistency.figures import holds
from briefing.consistency.joining import Joined, joined, together
from briefing.consistency.passages import Passage, evidence_of, passage_of
from briefing.consistency.people import titles_elsewhere
from briefing.consistency.reading import Read, read
from briefing.consistency.settled import settled
from briefing.types import Finding, FindingKind

__all__ = [
    "CONTRADICTIONS",
    "Passage",
    "evidence_of",
    "holds",
    "inconsistencies",
    "joined",
    "passage_of",
    "settled",
    "titles_elsewhere",
]

#: Findings that say that the evidence tells something else, not merely less.
CONTRADICTIONS = frozenset(
    {
        FindingKind.NUMBER_DIFFERS,
        FindingKind.DATE_DIFFERS,
        FindingKind.TITLE_DIFFERS,
        FindingKind.NEGATION_DIFFERS,
        FindingKind.SPEAKER_DIFFERS,
        FindingKind.CONTRADICTED_BY_EVIDENCE,
    }
)


def inconsistencies(claim: str, passages: Sequence[Passage], *, published: date | None = None) -> tuple[Finding, ...]:
    """Return every reason by value why the passages together do not bear out the claim, in the claim's order.

    `published` is the day that "today" means in the claim; without one it is that of the passages.

    >>> passage = Passage(text="Some 4,000 people have left Kostrel since Sunday.")
    >>> [f.kind.value for f in inconsistencies("4 people have left Kostrel since Sunday.", [passage])]
    ['number_differs']
    >>> inconsistencies("About 4,000 people have left Kostrel since Sunday.", [passage])
    ()
    """
    written = published or next((p.published for p in passages if p.published), None)
    whole, passages = together(claim, passages)
    stated = read(whole.text, written)
    shown = [read(passage.text, passage.published) for passage in passages]
    # One value may be found wrong by two rules; what the first of them says is told.
    found = {(f.kind, f.start, f.end): f for rule in reversed(_RULES) for f in rule(stated, shown, passages)}.values()
    return tuple(sorted((_placed(f, whole) for f in found), key=lambda f: (f.start, f.end, f.kind)))


def _placed(finding: Finding, whole: Joined) -> Finding:
    """Return a finding where it stands in the claim as it was given."""
    start, end = whole.original(finding.start, finding.end)
    return replace(finding, start=start, end=end)


_Rule = Callable[[Read, Sequence[Read], Sequence[Passage]], Iterator[Finding]]


_RULES: tuple[_Rule, ...] = (
    figures.figures,
    figures.multiples,
    extents.extents,
    extents.parts,
    times.dates,
    people.names,
    people.addresses,
    people.titles,
    polarity.negation,
    polarity.directions,
    sides.sides,
    holders.holders,
    exchanges.exchanges,
    speech.quotations,
    speech.attribution,
    speech.hedges,
    factuality.factuality,
    speech.orders,
)
