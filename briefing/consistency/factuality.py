"""Events that the evidence does not tell to have happened: tried, wanted, asked for, to come, or under a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing import values
from briefing.consistency.passages import Passage
from briefing.consistency.reading import SAME_THING, Read, Token, finding, share
from briefing.types import Finding, FindingKind
from briefing.values.quantities.verbs import lemma

_GOVERNED = 3
"""Content words under a prospect that the claim must have."""
#: Words of a claim that hold it back as well.
_HELD_BACK = re.compile(
    r"\b(?:must|need(?:s|ed)?|ha(?:s|ve|d) to|should|could|can|may|might|due|next|soon|future|upcoming)\b", re.I
)
_TO_COME = re.compile(r"\b(?:will|would|to|can|could|may|might|should|must|shall|not|n['’]t)\s+(?:\w+ly\s+)?$", re.I)
# "Is closed" may be said of what will be.
_NOT_DONE = re.compile(rf"{_TO_COME.pattern}|\b(?:be|being|is|are|gets?|stays?|remains?|keeps?)\s+(?:\w+ly\s+)?$", re.I)


def factuality(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report what is told as done of evidence in which it is only tried, wanted, asked for, to come or conditional."""
    if stated.hedges or _HELD_BACK.search(stated.text):
        return
    own = {prospect.kind for prospect in stated.prospects}
    if own - {"coming"}:
        return
    for read in shown:
        for prospect in read.prospects:
            if prospect.kind not in own and _is_lost(prospect, read, stated, shown):
                detail = f"the evidence says “{prospect.text}”"
                yield finding(FindingKind.HEDGE_LOST, detail, 0, len(stated.text))
                return


def _is_lost(prospect: values.Prospect, read: Read, stated: Read, shown: Sequence[Read]) -> bool:
    if share(stated.keys, read.keys) < SAME_THING or read.denied_at(prospect.end):
        return False
    governed = _governed(prospect, read)
    keys = frozenset(token.key for token in governed)
    if not keys or not keys <= stated.keys:
        return False
    if not _is_told(prospect, governed[0], read, stated):
        return False
    likeness = len(read.keys & stated.keys)
    return not any(
        other is not read and keys <= other.keys and not other.prospects and len(other.keys & stated.keys) >= likeness
        for other in shown
    )


def _governed(prospect: values.Prospect, read: Read) -> list[Token]:
    """The words of what is not told to have happened; of a condition, those of the clause that depends on it."""
    if prospect.kind != "conditional":
        after = read.within(prospect.end, len(read.text))[:_GOVERNED]
        return [token for token in after if token.part == after[0].part]
    before = read.within(0, prospect.start)
    if before:
        return [token for token in before if token.part == before[-1].part][-_GOVERNED:]
    comma = read.text.find(", ", prospect.end)
    return read.within(comma, len(read.text))[:_GOVERNED] if comma >= 0 else []


def _is_told(prospect: values.Prospect, act: Token, read: Read, stated: Read) -> bool:
    """Whether the claim tells the act as done: "resigned" for a resignation that is called for."""
    if prospect.kind == "conditional":
        return True
    word = read.text[act.start : act.end].casefold()
    for token in stated.tokens:
        own = stated.text[token.start : token.end]
        if token.key != act.key or (prospect.kind == "named" and own.casefold() == word):
            continue
        if stated.denied_at(token.start):
            continue
        done = prospect.kind == "wanted" or _is_past_form(own)
        if done and not (_TO_COME if prospect.kind == "wanted" else _NOT_DONE).search(stated.text, 0, token.start):
            return True
    return False


def _is_past_form(word: str) -> bool:
    base = lemma(word)
    return word.endswith("ed") or (base is not None and base != word.casefold() and not word.endswith(("ing", "s")))
