"""Who did what to whom: a claim that has the two sides of an act of its evidence exchanged.

No parser: an act is a verb right before its object, or a passive with its "by". Whatever is less plain is left to
the entailment model, which is weak here: that all the words agree misleads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, Token, finding, key_of
from briefing.types import Finding, FindingKind
from briefing.values.gazetteer import word_set
from briefing.values.quantities.verbs import AUXILIARIES, REPORTING, is_noun_rather, lemma

_REACH = 8
"""Content words on either side of a verb among which its two sides are looked for."""
#: Either side may do these, or the order of words does not say who does them.
_MUTUAL = word_set("""
    meet join marry divorce face fight play match contact clash merge partner share border speak talk agree sign trade
    discuss debate draw tie accompany link resemble equal combine compare unite separate divide mix connect exchange
    become remain mean cost total include involve comprise contain feature follow answer ask continue reply write begin
    start end open close happen base relate live stay go come
""")
_SIDELESS = REPORTING | _MUTUAL | {key_of(word) for word in _MUTUAL}
#: Verbs that news uses for one act, by the first of each line; who does it stands on the same side of each.
_SAME = {
    word: line.split()[0]
    for line in (
        "beat defeat thrash overcome",
        "replace succeed",
        "finance fund",
        "sack fire dismiss",
        "hire employ appoint",
        "give present hand",
        "criticise criticize condemn denounce",
        "praise commend laud",
        "back endorse support",
        "reject refuse",
        "sue prosecute",
        "arrest detain",
    )
    for word in line.split()
}
_HELPING = r"(?:\w+ly|not|also|had|has|have|was|were|is|are|been|being|be|will|would|to|just|already|once)\s+"
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got|getting|’s|'s)\s+(?:\w+ly\s+|not\s+|also\s+)?$", re.I)
_BY = re.compile(r"\s+(?P<between>(?:[\w’'-]+\s+){0,4}?)by\s+(?!\w+ing\b)", re.I)
_OBJECT = re.compile(
    r"\s+(?:(?:the|an?|his|her|its|their|our|my|this|these|those|both|all|another|more|several|many)\s"
    r"|(?!(?:I|He|She|They|It|We|You)\b)[A-Z])"
)
_WHOM = re.compile(r"\b(?:whom|which)\s+(?P<subject>(?:[\w’'.-]+\s+){1,5}?)(?:(?:had|has|have)\s+)?$", re.I)
_PRONOUN = re.compile(rf"\b(?:he|she|it|they)\s+(?:{_HELPING})*$", re.I)
_WHO = re.compile(rf"\b(?:who|which|that)\s+(?:{_HELPING})*$", re.I)
_COMMA = re.compile(rf",\s+(?:{_HELPING})*$", re.I)
_NAMED = re.compile(r",\s+(?=[A-Z])")
_DETERMINED = re.compile(r"\b(?:the|an?|his|her|its|their|’s|'s)\s+(?:\w+\s+)?$", re.I)
_NEAR = 40
"""Characters before a verb in which its helping verbs stand."""
_FAR = 60
"""And in which "whom" and who acts stand: "whom the education department had accused"."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Act:
    """A verb with the content words on the side of who does it, and of whom it is done to."""

    verb: str
    doer: frozenset[str]
    other: frozenset[str]
    start: int
    end: int


def sides(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report "the firm sued the ministry" of evidence in which the ministry sued the firm."""
    for act in _acts(stated):
        told = [other for read in shown for other in _acts(read) if other.verb == act.verb]
        straight = max((_agreement(act.doer, o.doer, act.other, o.other) for o in told), default=0)
        crossed = max((_agreement(act.doer, o.other, act.other, o.doer) for o in told), default=0)
        if crossed and not straight:
            yield finding(
                FindingKind.CONTRADICTED_BY_EVIDENCE, "in the evidence the two sides are exchanged", act.start, act.end
            )
            return


def _agreement(one: frozenset[str], its: frozenset[str], other: frozenset[str], their: frozenset[str]) -> int:
    """How many words agree when both sides do; 0 when one does not."""
    first, second = one & its, other & their
    return len(first) + len(second) if first and second else 0


@lru_cache(maxsize=16_384)
def _acts(read: Read) -> tuple[_Act, ...]:
    return tuple(act for match in _WORD.finditer(read.text) if (act := _act(read, match)))


def _act(read: Read, match: re.Match[str]) -> _Act | None:
    word = match[0]
    base = lemma(word)
    if base is None or base in _SIDELESS or word.casefold() in AUXILIARIES or word[0].isupper():
        return None
    start, end = match.span()
    before, after = _subject(read, start), _object(read, end)
    by = _BY.match(read.text, end)
    passive = bool(_BE.search(read.text, max(0, start - _NEAR), start))
    if word.endswith("ing"):
        # "Using a pump": whose act it is, no word beside it says.
        if not passive:
            return None
        passive, by = False, None
    if by and (passive or not by["between"]):
        doer, other = _object(read, by.end()), before
    elif passive:
        return None
    elif _OBJECT.match(read.text, end) and not (is_noun_rather(word) and _DETERMINED.search(read.text, 0, start)):
        doer, other = before, after
    elif whom := _WHOM.search(read.text, max(0, start - _FAR), start):
        doer = read.within(whom.start("subject"), start)
        other = read.within(0, whom.start())[-_REACH:]
    else:
        return None
    if not doer or not other:
        return None
    return _Act(_SAME.get(base, base), _keys(doer), _keys(other), start, end)


def _subject(read: Read, verb: int) -> list[Token]:
    """The content words before a verb that may say who does it; none where the verb shares its subject with another."""
    before = read.within(0, verb)[-_REACH:]
    if _PRONOUN.search(read.text, max(0, verb - _NEAR), verb):
        return before
    if relative := _WHO.search(read.text, max(0, verb - _NEAR), verb):
        before = [token for token in before if token.end <= relative.start()]
        return [token for token in before if token.part == before[-1].part]
    part = next((token.part for token in read.tokens if token.start >= verb), -1)
    # "Ada Korrin, the mayor, sued": what stands between commas tells more of who it is.
    if before and _COMMA.search(read.text, max(0, verb - _NEAR), verb):
        return [token for token in before if token.part >= before[-1].part - 1]
    return [token for token in before if token.part == part]


def _object(read: Read, start: int) -> list[Token]:
    after = read.within(start, len(read.text))[:_REACH]
    if not after:
        return []
    own = [token for token in after if token.part == after[0].part]
    named = _NAMED.match(read.text, own[-1].end)
    return own + [token for token in after if named and named.end() <= token.end and token.part == own[-1].part + 1]


def _keys(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.key for token in tokens)
