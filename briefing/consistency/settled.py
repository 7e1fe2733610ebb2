"""A claim as the entailment model should read it: what the rules have settled, in the words of the evidence.

That "24" is "two dozen" and "31 October" the Thursday before publication is arithmetic, which the rules do and a small
model does not. So the model is asked about the rest: the claim with those figures and dates written as the evidence
writes them. The same goes for "UN" and the United Nations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefing.consistency import figures, people, times
from briefing.consistency.joining import together
from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, read


def settled(claim: str, passages: Sequence[Passage]) -> str:
    """Return the claim with every figure, date and name that the passages bear out written their way.

    >>> settled("The flood damaged 24 bridges.", [Passage(text="Two dozen bridges were damaged by the flood.")])
    'The flood damaged Two dozen bridges.'

    A passage that differs in articles and tense alone is taken as it stands: no rule looks at these, and they are no
    other statement.

    >>> settled("The crew had pumped the cellar dry.", [Passage(text="The crew pumped the cellar dry on Monday.")])
    'The crew had pumped the cellar dry.'
    >>> settled("The crew had pumped the cellar dry.", [Passage(text="The crew pumped the cellar dry.")])
    'The crew pumped the cellar dry.'
    """
    whole, passages = together(claim, passages)
    claim = whole.text
    telling = _telling(claim)
    same = next((passage.text for passage in passages if _telling(passage.text) == telling), None)
    if same is not None:
        return same
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


_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_IDLE = re.compile(r"\b(?:the|an?(?!\s+(?:few|little)\b)|(?:has|have|had)(?!\s+to\b))\b", re.I)


@lru_cache(maxsize=8_192)
def _telling(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_IDLE.sub(" ", text).casefold()))


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
    yield from people.respelled(stated, shown)


_ADVERBS = frozenset({"today", "tonight", "tomorrow", "yesterday"})
