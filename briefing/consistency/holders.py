"""Of whom it is told: a claim that tells of a person what the evidence tells of her lawyer, brother or dog.

Every word of such a claim is in the evidence, in the same order. Only relations are looked at that make another of
somebody: what a spokesman says for a company, the company says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, Token, finding, key_of
from briefing.types import Finding, FindingKind
from briefing.values.gazetteer import word_set
from briefing.values.quantities.verbs import AUXILIARIES, REPORTING, lemma

_RELATED = word_set("""
    wife husband brother brothers sister sisters son sons daughter daughters father mother parent parents uncle aunt
    cousin nephew niece grandson granddaughter grandfather grandmother widow widower girlfriend boyfriend fiance fiancee
    twin stepson stepdaughter stepfather stepmother ex-wife ex-husband friend friends neighbour neighbor neighbours
    neighbors adviser advisor advisers advisors aide aides assistant deputy lawyer lawyers solicitor barrister attorney
    agent bodyguard driver chauffeur doctor nanny understudy translator biographer accountant colleague colleagues
    teammate rival rivals predecessor successor opponent critic critics pupil tenant landlord
    dog cat horse car house home yacht boat
""")
_CONNECTED = r"(?:of|to|for|acting\sfor|representing|working\sfor)"
_RELATION = re.compile(rf"\b(?P<related>[\w-]+)\s{_CONNECTED}\s(?:the\s|an?\s)?", re.I)
_POSSESSED = re.compile(r"['’]s?\s(?:[\w-]+\s){0,2}?(?P<related>[\w-]+)(?=[\s,])", re.I)
_WHOSE = re.compile(r"\bwhose\s(?:[\w-]+\s){0,2}?(?P<related>[\w-]+)(?=\s)", re.I)
_WIDEST = 14
"""Words between a relation and the verb of which it is the subject."""


def holders(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report "the minister resigned" of evidence in which her adviser did."""
    verb = next((token for token in stated.tokens if _is_act(stated, token)), None)
    if verb is None:
        return
    subject = frozenset(token.key for token in stated.within(0, verb.start))
    told = [(read, token) for read in shown for token in read.tokens if token.key == verb.key and _is_act(read, token)]
    others = [_other(read, token, subject) for read, token in told if _names(read, token, subject)]
    if others and all(others):
        detail = f"the evidence tells it of the {others[0]}"
        yield finding(FindingKind.NOT_ENTAILED, detail, 0, verb.end)


def _is_act(read: Read, token: Token) -> bool:
    word = read.text[token.start : token.end]
    base = lemma(word)
    return base is not None and base not in REPORTING and word.casefold() not in AUXILIARIES and not word[0].isupper()


def _names(read: Read, verb: Token, subject: frozenset[str]) -> bool:
    """Whether the claim's subject stands before the verb in its sentence."""
    return bool(subject & {token.key for token in read.within(0, verb.start)[-_WIDEST:]})


def _other(read: Read, verb: Token, subject: frozenset[str]) -> str:
    """Who is the subject of the verb in the evidence, when it is somebody related to the claim's; empty if not."""
    for pattern in (_RELATION, _POSSESSED, _WHOSE):
        for match in pattern.finditer(read.text, 0, verb.start):
            if match["related"].casefold() not in _RELATED:
                continue
            # "The brother of Ada Korrin was jailed", "Ada Korrin's brother was jailed": nothing else acts in between.
            start = match.end()
            between = read.within(start, verb.start)
            owner = between if pattern is _RELATION else read.within(0, match.start("related"))[-4:]
            if len(between) > _WIDEST or any(_is_act(read, token) for token in between):
                continue
            if subject & {token.key for token in owner} and key_of(match["related"]) not in subject:
                return match["related"]
    return ""
