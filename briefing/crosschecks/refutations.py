"""Find reports that one source of a story tells and another denies, or calls false or made up.

Pure. The statement and the words that call it false need not be alike, as they must for `polarity`: it is enough that
they share what is rare in the story. A source that tells of the hoax tells the report too, and is on one side only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.consistency import evidence_of
from briefing.crosschecks.clauses import Rarity, clause_ranges, meeting, opposed
from briefing.terms import content_terms
from briefing.types import Dispute, Document, Evidence, Sentence

FALSE = (
    r"(?:hoax(?:es)?|fakes?|fakery|faked|false(?:hood)?|untrue|bogus|fabricat(?:ed|ions?)"
    r"|made[\s-]up(?! (?:of|by|from))|baseless|unfounded|fiction|lies?|lying|sham|stunt|fraud|phon(?:e)?y"
    r"|nonsense|bullshit|rubbish)"
)
_BEING = (
    r"(?:is|are|was|were|be|been|being|[’']s|[’']re|as|called|calls|proved|proven|branded|dubbed|labelled|labeled"
    r"|declared)"
)
_CALLS_FALSE = re.compile(
    rf"{_BEING}\s+(?:(?!not\b|no\b|never\b)\w+\s+){{0,3}}{FALSE}\b"
    r"|\b(?:not|(?:is|was|are|were)n[’']t) (?:\w+ ){0,2}(?:true|real)\b"
    r"|\bdebunk(?:s|ed|ing)?\b|\b(?:no|little) truth (?:in|to|behind)\b|\bhoax(?:er|ed)\b"
    r"|\b(?:did not|didn[’']t) happen\b|\bmade (?:it|this|that|the (?:whole )?story)(?: all)? up\b",
    re.I,
)
# These deny what they name, and no more.
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed)?|reject(?:s|ed)?|disput(?:es|ed)) "
    r"(?:that|having|any|it|\w+ing\b|(?:\w+ )?(?:reports?|claims?|rumou?rs?|allegations?|suggestions?))"
    r"|\b(?:did not|didn[’']t) (?:actually|really|in fact)\b|^(?:No|Sorry|Nope), .*\b(?:not|n[’']t)\b"
    r"|\b(?:no|not have (?:any )?) ?(?:plans?|intentions?) (?:to|of)\b"
    r"|\bno (?:such )?(?:threats?|offers?|promises?|demands?|requests?) (?:was|were) (?:ever )?made\b",
    re.I,
)
_FEWEST_SHARED, _FEWEST_NAMED = 2, 3
"""Terms that a report must share with what calls it false, and with what denies something by name."""
_LEAST_OF_BEST = 0.75
"""Share of the terms in common that the closest source has, which another one must have to be on its side."""
_STORY = re.compile(
    r"\b(?:it|this|that|story|stories|reports?|claims?|rumou?rs?|news|thing|tale|account|allegations?|statements?)\b",
    re.I,
)
# Doubt, questions and conditions call nothing false, and nor does whoever defends the report.
_IDLE = re.compile(
    r"\?|\b(?:if|whether|unless|may|might|could|would|perhaps|possibly|maybe|suspect\w*|fear\w*"
    r"|not an?|no hoax)\b",
    re.I,
)
# Read on 944 pairs of an article and another outlet's headline, the patterns shaped on them: of 185 disputes 150 are
# pairs that people call contradictions, of which there are 341; most of the others are articles that report a denial.
# 45 real stories give nine, eight of them real; 925 texts beside claims that they support give thirteen together with
# `polarity`, most of them of texts that report a denial themselves.
_OPENING = 6
"""Sentences of a source in which it says what its news is; what it calls false later is mostly something else."""
_DENIAL = re.compile(rf"\b(?:den(?:y|ies|ied|ying|ials?)|{FALSE})\b", re.I)
"""Words with which hardly anything is merely told."""
_TOLD_IN = 12
"""Sentences of a source in which it tells its news."""
_CUE_TERMS = frozenset(
    content_terms(
        "hoax fake faked false untrue bogus fabricated made invented baseless debunked debunk truth story report"
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """A sentence on one of the two sides, with the terms of what it tells of."""

    source: str
    evidence: Evidence
    terms: tuple[str, ...]
    fewest: int = _FEWEST_SHARED


def refutations(documents: Sequence[Document], sentences: Sequence[Sentence]) -> tuple[Dispute, ...]:
    """Return one dispute for a story of which some sources call false what others tell.

    `documents` are those of one story, `sentences` its citable sentences. `id` and `story` are left empty.
    """
    known = {document.id for document in documents}
    own = [sentence for sentence in sentences if sentence.source in known]
    refuting, stating = _sides(own)
    pairs = list(_pairs(refuting, stating))
    if not pairs:
        return ()
    rarity = Rarity(own)
    alike = [rarity.shared(frozenset(a.terms), frozenset(b.terms)) for a, b in pairs]
    refuted, stated = (_best(pairs, alike, side) for side in (0, 1))
    note = "One side tells what the other denies or calls false."
    return (opposed((t.evidence for t in stated), (t.evidence for t in refuted), note=note),)


def _sides(sentences: Sequence[Sentence]) -> tuple[list[_Told], list[_Told]]:
    """Return what calls or denies something, and what the sources tell that do neither."""
    said: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        said.setdefault(sentence.source, []).append(sentence)
    refuting = [told for own in said.values() for sentence in own[:_OPENING] if (told := _refuting(sentence, own[0]))]
    doubting = {told.source for told in refuting}
    stating = [
        _told(sentence, sentence.text)
        for source, own in said.items()
        for sentence in own[:_TOLD_IN]
        if source not in doubting and not _IDLE.search(sentence.text) and not _DENIAL.search(sentence.text)
    ]
    return refuting, stating


def _pairs(refuting: Sequence[_Told], stating: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Yield (refuting, stating) with enough in common."""
    told = sorted(((t, side) for side, own in enumerate((refuting, stating)) for t in own), key=_place)
    for pair in meeting([t.terms for t, _ in told], [side for _, side in told], fewest=_FEWEST_SHARED):
        (refuted, _), (stated, _) = sorted((told[at] for at in pair), key=lambda item: item[1])
        if len({*refuted.terms} & {*stated.terms}) >= refuted.fewest:
            yield refuted, stated


def _place(item: tuple[_Told, int]) -> tuple[int, str, int]:
    told, _ = item
    return len(told.source), told.source, told.evidence.start


def _best(pairs: Sequence[tuple[_Told, _Told]], alike: Sequence[float], side: int) -> list[_Told]:
    """Return for each source of one side the sentence that shares most with the other side, where it shares enough."""
    best: dict[str, tuple[float, _Told]] = {}
    for pair, shared in zip(pairs, alike, strict=True):
        known = best.get(pair[side].source)
        if known is None or shared > known[0]:
            best[pair[side].source] = (shared, pair[side])
    ranked = sorted(best.values(), key=lambda item: -item[0])
    return [told for shared, told in ranked if shared >= _LEAST_OF_BEST * ranked[0][0]]


def _told(sentence: Sentence, words: str) -> _Told:
    terms = tuple(dict.fromkeys(term for term in content_terms(words) if term not in _CUE_TERMS))
    return _Told(source=sentence.source, evidence=evidence_of(sentence), terms=terms)


def _refuting(sentence: Sentence, lead: Sentence) -> _Told | None:
    """Return the sentence if a clause of it calls something false: what it names, or "the story" of the lead."""
    for start, end in clause_ranges(sentence.text, _IDLE):
        called_false = _CALLS_FALSE.search(sentence.text, start, end)
        denied = _DENIES.search(sentence.text, start, end)
        # Who denies a hoax stands by the report.
        cue = (called_false or denied) if not (called_false and denied) else None
        if cue:
            named = _STORY.search(sentence.text, start, cue.start()) is None
            told = _told(sentence, sentence.text if named else f"{sentence.text} {lead.text}")
            return replace(told, fewest=_FEWEST_SHARED if called_false else _FEWEST_NAMED)
    return None
