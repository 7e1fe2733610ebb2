"""Quotations, speakers, attribution and hedges of a claim against its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from briefing import values
from briefing.consistency.figures import shares_a_word
from briefing.consistency.passages import Passage
from briefing.consistency.reading import SAME_THING, Read, Token, bare, closest, finding, share
from briefing.terms import content_terms
from briefing.types import Finding, FindingKind
from briefing.values.gazetteer import INSTITUTIONS, word_set

# Quotations
# ----------


def quotations(stated: Read, shown: Sequence[Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    """Report words between quotation marks that do not stand so in the evidence, or that somebody else said."""
    for quotation in stated.quotations:
        holding = [both for both in zip(shown, passages, strict=True) if _holds(both[0], quotation.text)]
        if not holding:
            detail = "these words do not stand so in the evidence"
            yield finding(FindingKind.QUOTATION_ALTERED, detail, quotation.start, quotation.end)
        elif quotation.speaker:
            yield from _speaker(quotation, holding, shown)


_LEFT_OUT = re.compile(r"\s*(?:\[[^\]]*\]|\.\.\.|…|\. \. \.)\s*")


def _holds(read: Read, quotation: str) -> bool:
    """Whether the words stand in a text, but for punctuation, and for what dots and brackets own to have changed."""
    pieces = [letters for piece in _LEFT_OUT.split(quotation) if (letters := _letters(bare(piece)))]
    whole = _letters(read.bare)
    return all(piece in whole for piece in pieces)


def _letters(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


def _speaker(
    quotation: values.Quotation, holding: Iterable[tuple[Read, Passage]], shown: Sequence[Read]
) -> Iterator[Finding]:
    wanted = _letters(bare(quotation.text))
    claimed = quotation.speaker or ""
    speakers = [
        _named(other.speaker, claimed, passage)
        for read, passage in holding
        for other in read.quotations
        if other.speaker and (wanted in _letters(bare(other.text)) or _letters(bare(other.text)) in wanted)
    ]
    if speakers and not any(_same_speaker(claimed, speaker, shown) for speaker in speakers):
        detail = f"the evidence gives it to {speakers[0]}"
        start, end = quotation.speaker_start, quotation.speaker_end
        yield finding(FindingKind.SPEAKER_DIFFERS, detail, start or 0, end or len(claimed))


def _named(speaker: str, claimed: str, passage: Passage) -> str:
    """Return whom "she" means: the name with which the sentence before opens, unless that has the claimed one too.

    >>> _named("she", "Mayor Tobias Krane", Passage(text="…", before="Councillor Signe Aldor wants an inquiry."))
    'Signe Aldor'
    >>> _named("she", "Ada Korrin", Passage(text="…", before="Signe Aldor met Ada Korrin."))
    'she'
    """
    if speaker.casefold() not in _ONE_PERSON or not values.read_names(claimed):
        return speaker
    before = values.read_names(passage.before)
    people = [name for name in before if len(name.text.split()) > 1]
    if not people or any(values.same_name(name.text, claimed) or name.text in claimed for name in before):
        return speaker
    opens = len(passage.before[: people[0].start].split()) <= _OPENING and not _OTHER_SUBJECT.match(passage.before)
    return people[0].text if opens else speaker


_ONE_PERSON = frozenset({"he", "she"})
_OPENING = 4
"""Words before a name, a title mostly, with which a sentence still opens."""
_OTHER_SUBJECT = re.compile(r"\W*(?:he|she|they|it|his|her|their|its|in|at|on|for|with|the\s\w+\s(?:of|in|at))\b", re.I)


# Speakers
# --------

_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we"})
#: Who speaks by office or as a body: two of these are two speakers unless a title makes them one.
_BODIES = INSTITUTIONS | word_set("""
    police army navy government ministry minister president mayor governor officials official prosecutors prosecutor
    witnesses residents villagers union unions company lawyer lawyers attorney hospital department council court judge
    regulator operator organisers organizers opposition rebels researchers scientists doctors forecasters analysts
    investigators rescuers firefighters campaigners critics supporters neighbours neighbors relatives family employers
    farmers fishermen workers teachers students experts spokesman spokeswoman spokesperson coach chief
""")


def _same_speaker(a: str, b: str, shown: Sequence[Read]) -> bool:
    """Whether two speakers may be one: "the judge" and Bell, whom the evidence calls a judge, may."""
    if a.casefold() in _PRONOUNS or b.casefold() in _PRONOUNS:
        return True
    if values.same_name(a, b) or shares_a_word(a, b):
        return True
    titles = [title for read in shown for title in read.titles]
    if any(_holds_title(a, b, title) or _holds_title(b, a, title) for title in titles):
        return True
    return not _tells_apart(a, b, shown)


def _holds_title(titled: str, named: str, title: values.Title) -> bool:
    office = " ".join([title.head, *(word for word in title.title.split() if "'" not in word)])
    return shares_a_word(titled, office) and (
        values.same_name(named, title.person.text) or shares_a_word(named, title.person.text)
    )


def _tells_apart(claimed: str, given: str, shown: Sequence[Read]) -> bool:
    """Whether two wordings are known to mean two speakers: "the striker" may be whom another text names."""
    names = [any(name.text in speaker for name in values.read_names(speaker)) for speaker in (claimed, given)]
    bodies = [not _BODIES.isdisjoint(speaker.casefold().split()) for speaker in (claimed, given)]
    if all(names) or all(bodies):
        return True
    others = [a.speaker for read in shown for a in read.attributions if a.speaker != given]
    if bodies[0] and any(shares_a_word(claimed, other) for other in others):
        return True
    if names[1]:
        return _speaks_elsewhere(claimed, shown)
    return names[0] and bodies[1] and _speaks_elsewhere(claimed, shown)


def _speaks_elsewhere(speaker: str, shown: Sequence[Read]) -> bool:
    """Whether the evidence has this speaker too, as somebody else."""
    terms = frozenset(content_terms(speaker))
    return any(terms & read.terms for read in shown)


def attribution(stated: Read, shown: Sequence[Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    """Report what somebody else says, and what somebody says that is told as a fact."""
    if stated.attributions:
        yield from _reporter(stated, shown, passages)
        return
    if any(q.speaker for q in stated.quotations):
        return
    nearest = closest(stated, shown)
    told = next((a for a in nearest.attributions if _governs(a, nearest, stated)), None) if nearest else None
    if not nearest or not told or told.strength == "strong" or shares_a_word(told.speaker, stated.text):
        return
    if share(stated.keys, nearest.keys) >= SAME_THING:
        detail = f"the evidence gives it as what {told.speaker or 'somebody'} said"
        yield finding(FindingKind.ATTRIBUTION_LOST, detail, 0, len(stated.text))


_HALF = 0.5


def _reporter(stated: Read, shown: Sequence[Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    """Who says it must be who says it in the evidence, where the evidence names anybody."""
    outlets = [outlet for passage in passages for outlet in passage.outlets]
    for claimed in stated.attributions:
        if stated.denied_at(claimed.start) or stated.denied_at(claimed.end - 1):
            continue
        inside = {t.key for t in stated.within(claimed.start, claimed.end)}
        content = [token.key for token in _said(stated, claimed) if token.key not in inside]
        nearest = max(shown, key=lambda read: share(content, read.keys), default=None)
        if nearest is None or share(content, nearest.keys) < _HALF:
            continue
        speaker = claimed.speaker
        given = _comparable(speaker, [a.speaker for a in nearest.attributions])
        if not given or any(_same_speaker(speaker, other, shown) for other in (*given, *outlets)):
            continue
        named = {t.key for t in stated.within(claimed.speaker_start, claimed.speaker_end)}
        if named & nearest.keys:
            continue
        detail = f"the evidence gives it to {given[0]}"
        yield finding(FindingKind.SPEAKER_DIFFERS, detail, claimed.speaker_start, claimed.speaker_end)


# What one speaker says ends where another's begins.
_TURN = re.compile(r"[.;!?](?=\s)|,\s(?:and|while|but|whereas)\b|\s(?:and|while|but|whereas)\s")


def _said(stated: Read, claimed: values.Attribution) -> Sequence[Token]:
    """The content words of the part of a claim in which somebody speaks; all of them where nobody else does."""
    if len(stated.attributions) == 1:
        return stated.tokens
    others = [other for other in stated.attributions if other is not claimed]
    turns = [match.start() for match in _TURN.finditer(stated.text)]
    start = max((t for t in turns if t < claimed.start and _divides(t, claimed, others)), default=0)
    end = min((t for t in turns if t >= claimed.end and _divides(t, claimed, others)), default=len(stated.text))
    return stated.within(start, end)


def _divides(turn: int, claimed: values.Attribution, others: Sequence[values.Attribution]) -> bool:
    """Whether a turn lies between a speaker and another."""
    return any(min(claimed.start, other.start) < turn < max(claimed.end, other.end) for other in others)


def _comparable(speaker: str, given: list[str]) -> list[str]:
    """Leave out whom a named speaker only cites: in "Bell said observers had reported nothing", the observers."""
    named = [other for other in given if values.read_names(other) or other.casefold() in _PRONOUNS]
    return named if values.read_names(speaker) and any(map(values.read_names, named)) else given


# "While …, the mayor said …": what stands before the comma is not what the mayor said.
_SUBORDINATE = re.compile(
    r"[\s\"“‘]*(?:while|although|though|whereas|when|after|before|as|if|since|because|once|until|despite)\b", re.I
)


def _governs(attribution: values.Attribution, read: Read, stated: Read) -> bool:
    """Whether what the claim takes from the text lies in the part that somebody is said to say."""
    before, after = read.text[: attribution.start], read.text[attribution.end :]
    closes = before.rstrip().endswith((",", "”", '"')) and not _SUBORDINATE.match(before)
    governed = frozenset(content_terms(before if closes else after))
    return 2 * len(governed & stated.terms) >= len(read.terms & stated.terms)


# Hedges
# ------

_CERTAIN = re.compile(
    r"\b(?:certainly|definitely|undoubtedly|indisputably|proves?|proved|proven|guaranteed|(?:is|are|it is) certain|"
    r"(?:is|are|was|were) known to|established|exactly|precisely|beyond (?:any )?doubt|without (?:any )?doubt)\b",
    re.I,
)
_AHEAD = re.compile(r"\b(?:to|will|would|should|shall|could|can|not|of|for)\s+(?:\w+\s+)?$", re.I)
# "The council accused the bank" keeps what "the bank was accused by the council" holds back.
_ACCUSING = re.compile(r"\b(?:accus\w+|alleg\w+|reported)\b", re.I)
_GOVERNED = 3
"""Content words after a hedge that it is taken to hold back."""


def hedges(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report a statement of fact where the evidence holds back."""
    sure = _CERTAIN.search(stated.text)
    nearest = closest(stated, shown) if sure else None
    if sure and nearest and _holds_back(nearest) and not any(_CERTAIN.search(read.text) for read in shown):
        detail = "the evidence is not as sure"
        yield finding(FindingKind.HEDGE_LOST, detail, sure.start(), sure.end())
        return
    if stated.hedges or stated.negations:
        return
    for read in shown:
        for hedge in read.hedges:
            if _is_lost(hedge, read, stated, shown):
                detail = f"the evidence says “{read.text[hedge.start : hedge.end]}”"
                yield finding(FindingKind.HEDGE_LOST, detail, 0, len(stated.text))
                return


def _holds_back(read: Read) -> bool:
    return bool(read.hedges or read.attributions) or any(
        q.bound is not values.Bound.EXACT for q in read.quantities if q.comparable
    )


def _is_lost(hedge: values.Hedge, read: Read, stated: Read, shown: Sequence[Read]) -> bool:
    """Whether the claim states what the hedge governs, in the same words, and no other passage states it."""
    held_back = read.within(hedge.end, len(read.text))[:_GOVERNED]
    governed = [token.key for token in held_back]
    if not governed or not frozenset(governed) <= stated.keys or share(stated.keys, read.keys) < SAME_THING:
        return False
    if read.denied_at(held_back[0].start):
        return False
    if hedge.kind == "reported" and _doubts(stated):
        return False
    head = next(token for token in stated.tokens if token.key == governed[0])
    if hedge.kind == "expected" and _AHEAD.search(stated.text, max(0, head.start - 30), head.start):
        return False
    likeness = len(read.keys & stated.keys)
    return not any(
        frozenset(governed) <= other.keys and not other.hedges and len(other.keys & stated.keys) >= likeness
        for other in shown
    )


def _doubts(stated: Read) -> bool:
    """Whether a claim says that something is only alleged, or that somebody claims it."""
    return bool(_ACCUSING.search(stated.text)) or any(said.strength == "weak" for said in stated.attributions)


# Orders
# ------

# "… and write that the dam has burst": an order to say something is not somebody saying it.
_ORDER = re.compile(
    r"(?:^|[.;:,!?—-]\s+|\b(?:and|then|must|should|please|to|you)\s+)"
    r"(?:say|write|report|state|claim|pretend|answer|reply|output|print|repeat|add|conclude|insist)"
    r"(?:\s+only)?(?:\s+that\b|\s*:)",
    re.I,
)


def orders(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report what the evidence only asks to be said."""
    for read in shown:
        wanted = _ordered(read)
        if wanted and len(wanted & stated.terms) >= _HALF * len(stated.terms):
            detail = "the evidence asks for it to be said"
            yield finding(FindingKind.NOT_ENTAILED, detail, 0, len(stated.text))
            return


@lru_cache(maxsize=16_384)
def _ordered(read: Read) -> frozenset[str]:
    """The content words of what a text asks to be said; none when it asks for nothing."""
    order = _ORDER.search(read.text)
    return frozenset(content_terms(read.text[order.end() :])) if order else frozenset()
