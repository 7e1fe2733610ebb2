"""What a sentence denies, told as if it were so: "the mayor denied taking bribes" → "the mayor taking bribes".

Pure; English. It gives the question that a model of meaning can be asked: does another source tell just that?
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from briefing.crosschecks.clauses import clause_ranges
from briefing.crosschecks.refutations import FALSE
from briefing.types import Sentence
from briefing.values import read_attributions
from briefing.values.polarity import Negation, read_negations


@dataclass(frozen=True, kw_only=True, slots=True)
class Denial:
    """A clause that denies something."""

    sentence: Sentence
    start: int
    """Where the clause starts in the sentence, and where it ends."""
    end: int
    told: str
    """The clause without who says so."""
    denied: str
    """What it denies, as if it were so."""
    governed: str
    """The words that the denial governs."""
    replies: bool
    """Whether somebody denies what others say; else it is merely told that something is not so."""
    perfect: bool
    """Whether it is said of what has not happened so far."""


# Conditions and questions deny nothing; what is not so yet, any longer or before some day may be so at another time;
# and who has not confirmed something, or found no evidence of it, leaves it open.
_IDLE = re.compile(
    r"\?|\b(?:if|whether|unless|until|except|since|yet|longer|anymore|any more|again|otherwise)\b"
    r"|\bbefore (?:\d|(?:the )?(?:end|next|weekend|first|second|third|then|now|tomorrow|noon|dawn|midnight)\b"
    r"|(?:mid|early|late)?\W?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:the )?(?:spring|summer|autumn|winter)\b"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December|Christmas|Easter)\b)"
    r"|\b(?:confirm|verif|comment)\w*|\b(?:clear|known|certain|sure|evidence|proof|immediately|independently)\b"
    r"|\b(?:with|or) no\b|\bno (?:sign|trace|indication|word|way|reason|matter|doubt)s?\b"
    r"|\bnothing (?:new\b|(?:\w+ )?to do with\b)"
    r"|(?:\bnot|n[’']t|\bnever) (?:believe|think|know|recall|remember|say|tell)\b",
    re.I,
)
_CLAIM_NOUN = (
    r"(?:reports?|claims?|rumou?rs?|allegations?|accusations?|suggestions?|speculation|charges?|stor(?:y|ies)"
    r"|assertions?)"
)
_CLAIM = rf"(?:\w+[’']?s? ){{0,3}}?{_CLAIM_NOUN}"
_DENIES = re.compile(
    rf"\b(?:den(?:y|ies|ied|ying)|(?:dismiss|reject|disput|refut|rebutt?)(?:e?s|ed|ing)?(?=\s+(?:as \w+ )?{_CLAIM}\b))"
    rf"(?:\s+(?P<claim>{_CLAIM}))?(?:\s+(?P<link>that|of|about))?\s+",
    re.I,
)
# Who is denied something denies nothing, nor who does not deny it.
_IS_DENIED = re.compile(r"\b(?:is|are|was|were|been|being|be|not|never|\w+n[’']t)(?: \w+)? $", re.I)
# What is refused when it is denied, and words for a claim that say nothing of what it claims.
_REFUSED = re.compile(
    r"(?:(?:all|any|the|a|an|his|her|its|their|this|these|those|such|that|it|them|most|both|some|\w+[’']s) )*"
    r"(?:(?:\w+ )?(?:bail|entry|access|permission|visas?|requests?|motions?|appeals?|applications?|petitions?|parole"
    r"|asylum|charges?|allegations?|accusations?|claims?|reports?|rumou?rs?|wrongdoing|guilt|stor(?:y|ies))|it|this|that|them)\b"
    r"(?! (?:that|of|about)\b)",
    re.I,
)
_ENDS_IN_CLAIM = re.compile(rf"\s{_CLAIM_NOUN}$", re.I)
_PRONOUN = re.compile(r"^(?:it|he|she|they)\b", re.I)
_NOTHING_NAMED = re.compile(r"(?:it|this|that|these|those)\b(?! \w+ (?:was|were|is|are|has|had|will|did)\b)", re.I)
_OUTRIGHT = (
    r"(?:pure|sheer|complete|total|utter|simply|entirely|completely|totally|absolute|plain|just|enemy|malicious|wholly"
    r"|a|an|all)"
)
_UNTRUE = rf"(?:{FALSE}|not true|fantas(?:y|ies)|inven(?:ted|tions?)|propaganda|incorrect|inaccurate|wrong)"
_CALLED_FALSE = re.compile(
    rf"\b{_CLAIM} (?:that|of|about) (?P<denied>[^,;\"“]+?),?"
    r"(?: (?:is|are|was|were|as|been|have|has)(?: (?:dismissed|rejected|described|called|denied)\b[^,;]*?(?: as)?)?)?"
    rf" [\"“‘']?(?:{_OUTRIGHT} ){{0,3}}{_UNTRUE}\b",
    re.I,
)
_AUXILIARIES = (
    r"(?:is|are|was|were|be|been|being|has|have|had|do|does|did|will|would|can|could|shall|should|must|may|might|need"
    r"|dare|to)"
)
_AUXILIARY = re.compile(rf"\b{_AUXILIARIES}\s*$", re.I)
_NO_SUBJECT = re.compile(rf"{_AUXILIARIES}?\s*", re.I)
_NOT_ONE = re.compile(r"not (?:a single|one|a|an)\b", re.I)
_CONTRACTED = {"ca": "can", "wo": "will", "sha": "shall"}
#: What stands in the place of a cue when what it denies is told as if it were so.
_TURNED = {
    "no": "",
    "never": "",
    "no one": "someone",
    "none": "some",
    "nothing": "something",
    "neither": "either",
    "fail": "managed to",
    "refuse": "agreed to",
    "unable": "able to",
}
_ORDER = re.compile(r"(?:please )?(?:don[’']t|do not|never)\b", re.I)
_RELATIVE = re.compile(r",\s+(?:that|which|who|whose|where)\b[^,]*$", re.I)
_COORDINATE = re.compile(r"\band (?=(?:it|he|she|they|we|I|there)\b)")
_ASIDE = re.compile(r"[,\s]+(?:despite|although|though|while|whereas)\b", re.I)
_PERFECT = re.compile(r"\b(?:has|have)\b(?! to\b)", re.I)
_COMMA = re.compile(r"[^,]*,")
_THAT = re.compile(r"\s+(?:[\w’']+ ){0,4}?that\b")
#: Characters of a sentence; of a longer one the models that are asked read no more than the beginning.
_LONGEST = 900
_EDGE = " \t\n,;:–—-\"“”‘’'."


def read_denials(sentence: Sentence) -> Iterator[Denial]:
    """Yield what the clauses of a sentence deny.

    >>> from briefing.types import Role
    >>> text = "No money was paid, the ministry said, but its envoy did not deny the talks."
    >>> said = Sentence(id="S1.1", source="S1", start=0, end=len(text), text=text, role=Role.BODY, block=0)
    >>> [(denial.told, denial.denied) for denial in read_denials(said)]
    [('No money was paid', 'money was paid')]
    """
    text = sentence.text
    if len(text) > _LONGEST or not (read_negations(text) or _DENIES.search(text) or _CALLED_FALSE.search(text)):
        return
    for start, end in clause_ranges(text, _IDLE):
        told, speaker = _unattributed(text, start, end)
        reply = _called_false(told) or _replied(told)
        turned = reply or _negated(text, told, start, end)
        if turned is None:
            continue
        denied = _named(turned.denied, speaker)
        if not _NOTHING_NAMED.match(denied):
            yield Denial(
                sentence=sentence,
                start=start,
                end=end,
                told=_trimmed(told),
                denied=denied,
                governed=turned.governed,
                replies=reply is not None,
                perfect=reply is None and bool(_PERFECT.search(denied)),
            )


class _Turned(NamedTuple):
    """What a clause denies, as if it were so, and the words of it that the denial governs."""

    denied: str
    governed: str


def _unattributed(text: str, start: int, end: int) -> tuple[str, str]:
    """Return a clause with who says so blank, all else in its place, and who does.

    Where a reporting clause stands amid what is said, what is said cannot be told: then there is nothing to return.
    """
    told, speaker = text[start:end], ""
    replied = _DENIES.search(text, start, end)
    for said in read_attributions(text):
        if replied and said.start < replied.end() and replied.start() < said.end:
            continue
        first, last = max(said.start, start) - start, min(said.end, end) - start
        if first >= last:
            continue
        before = told[:first].rstrip()
        if not before.strip(_EDGE):
            if opened := (_COMMA if said.verb == "according to" else _THAT).match(told, last):
                last = opened.end()
        elif before.rstrip("\"”’'").endswith(","):
            last = len(told)
        elif told[last:].strip(_EDGE):
            return "", ""
        told = told[:first] + " " * (last - first) + told[last:]
        speaker = speaker or said.speaker
    return told, speaker


def _called_false(told: str) -> _Turned | None:
    """ "She called reports of a merger fiction"."""
    found = _CALLED_FALSE.search(told)
    return _Turned(denied, denied) if found and (denied := _trimmed(found["denied"])) else None


def _replied(told: str) -> _Turned | None:
    """ "The army denied shelling the town"."""
    found = _DENIES.search(told)
    if found is None or _IS_DENIED.search(told, 0, found.start()):
        return None
    if not found["link"] and _REFUSED.match(told, found.end()):
        return None
    subject, governed = _trimmed(told[: found.start()]), _trimmed(told[found.end() :])
    if not found["link"]:
        governed = _trimmed(_ENDS_IN_CLAIM.sub("", governed))
    if not governed or (found["claim"] and not found["link"]):
        return None
    if found["link"] == "that":
        denied = _named(governed, subject)
    elif re.match(r"\w+ing\b", governed):
        denied = f"{subject} {governed}"
    else:
        denied = f"{re.sub(r'^(?:any|all) ', '', governed)} — {subject}"
    return _Turned(denied, governed)


def _negated(text: str, told: str, start: int, end: int) -> _Turned | None:
    """ "No money was paid": a clause with one negation, or with "neither" and "nor"."""
    own = [negation for negation in read_negations(text) if start <= negation.start < end]
    if len(own) != 1 and [negation.cue for negation in own] != ["neither", "nor"]:
        return None
    first = own[0]
    before = told[: first.start - start]
    turned = _turned(first, text, before)
    headless = first.cue == "not" and _NO_SUBJECT.fullmatch(before) and not _NOT_ONE.match(text, first.start)
    if turned is None or headless or _ORDER.match(told) or _RELATIVE.search(before):
        return None
    if told[first.start - start : first.end - start] != text[first.start : first.end]:
        return None  # "Nobody said": who says so is denied, not what is said.
    if coordinate := list(_COORDINATE.finditer(before)):
        before = before[coordinate[-1].end() :]
    governed = _ASIDE.split(re.sub(r"\bnor\b", "or", told[first.end - start :]))[0]
    return _Turned(_trimmed(f"{before} {turned} {governed}"), _trimmed(governed))


def _turned(negation: Negation, text: str, before: str) -> str | None:
    """Return what stands in the place of a cue; None where the cue cannot be turned."""
    if negation.cue != "not":
        return _TURNED.get(negation.cue)
    word = text[negation.start : negation.end]
    if word.casefold() == "cannot":
        return "can"
    if contracted := re.fullmatch(r"(\w+?) ?n['’]t", word, re.I):
        return _CONTRACTED.get(contracted[1].casefold(), contracted[1])
    return "" if _NOT_ONE.match(text, negation.start) or _AUXILIARY.search(before) else None


def _named(told: str, subject: str) -> str:
    """Put a subject in the place of a pronoun that opens what is told."""
    pronoun = _PRONOUN.match(told)
    return f"{subject}{told[pronoun.end() :]}" if pronoun and subject else told


def _trimmed(words: str) -> str:
    plain = re.sub(r"\s+", " ", words).strip(_EDGE)
    plain = re.sub(r"\s+([,.;])", r"\1", plain)
    return re.sub(r"^(?:that|and|but|which|who) ", "", plain)
