"""Find reports that one source of a story tells and another denies, or calls false or made up.

Pure. The statement and the words that call it false need not be alike, as they must for `polarity`: it is enough that
they share what is rare in the story. A source that tells of the hoax tells the report too, and is on one side only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.consistency import evidence_of
from briefing.crosschecks.clauses import clause_ranges, meeting, opposed
from briefing.terms import content_terms
from briefing.types import Assessment, Dispute, DisputeKind, Document, Evidence, Sentence

_FALSE = (
    r"(?:hoax(?:es)?|fakes?|fakery|faked|false(?:hood)?|untrue|bogus|fabricat(?:ed|ions?)|made[\s-]up|invented|baseless"
    r"|unfounded|fiction|lies?|sham|stunt)"
)
_BEING = (
    r"(?:is|are|was|were|be|been|being|[’']s|[’']re|as|called|calls|proved|proven|branded|dubbed|labelled|labeled"
    r"|declared)"
)
_REFUTES = re.compile(
    rf"{_BEING}\s+(?:(?!not\b|no\b|never\b)\w+\s+){{0,3}}{_FALSE}\b|\b{_BEING} not (?:true|real)\b"
    r"|\bdebunk(?:s|ed|ing)?\b|\b(?:no|little) truth (?:in|to|behind)\b|\bhoax(?:er|ed)\b"
    r"|\b(?:did not|didn[’']t) happen\b"
    r"|\bmade (?:it|this|that|the (?:whole )?story)(?: all)? up\b",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed)?|reject(?:s|ed)?|disput(?:es|ed)) "
    r"(?:that|having|any|it|\w+ing\b|(?:\w+ )?(?:reports?|claims?|rumou?rs?|allegations?|suggestions?))",
    re.I,
)
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
# Read on 944 pairs of an article and another outlet's headline, the patterns shaped on them: of 118 disputes 90 are
# pairs that people call contradictions, of which there are 341; most of the others are articles that report a denial.
# 45 real stories give six, five of them real.
_OPENING = 6
"""Sentences of a source in which it says what its news is; what it calls false later is mostly something else."""
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


def refutations(documents: Sequence[Document], sentences: Sequence[Sentence]) -> tuple[Dispute, ...]:
    """Return one dispute for a story of which some sources call false what others tell.

    `documents` are those of one story, `sentences` its citable sentences. `id` and `story` are left empty.
    """
    known = {document.id for document in documents}
    own = [sentence for sentence in sentences if sentence.source in known]
    leads: dict[str, list[Sentence]] = {}
    for sentence in own:
        leads.setdefault(sentence.source, []).append(sentence)
    refuting = [
        told
        for opening in leads.values()
        for sentence in opening[:_OPENING]
        if (told := _refuting(sentence, opening[0]))
    ]
    doubting = {told.source for told in refuting}
    stating = [_told(s, s.text) for s in own if s.source not in doubting and not _IDLE.search(s.text)]
    sides = sorted((*refuting, *stating), key=_place)
    met = meeting([told.terms for told in sides], [told.source in doubting for told in sides])
    pairs = [(sides[a], sides[b]) if sides[a].source in doubting else (sides[b], sides[a]) for a, b in met]
    if not pairs:
        return ()
    stated = _best(pairs, 1)
    refuted = _best(pairs, 0)
    return (
        Dispute(
            id="",
            story="",
            about=stated[0].evidence.text,
            kind=DisputeKind.POLARITY,
            assessment=Assessment.OPEN,
            values=opposed((t.evidence for t in stated), (t.evidence for t in refuted)),
            note="One side tells what the other denies or calls false.",
        ),
    )


def _place(told: _Told) -> tuple[int, str, int]:
    return len(told.source), told.source, told.evidence.start


def _best(pairs: Sequence[tuple[_Told, _Told]], side: int) -> list[_Told]:
    """Return for each source of one side the sentence that shares most with the other side, where it shares enough."""
    best: dict[str, tuple[int, _Told]] = {}
    for pair in pairs:
        shared = len({*pair[0].terms} & {*pair[1].terms})
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
        called_false = _REFUTES.search(sentence.text, start, end)
        denied = _DENIES.search(sentence.text, start, end)
        # Who denies a hoax stands by the report.
        cue = (called_false or denied) if not (called_false and denied) else None
        if cue:
            named = _STORY.search(sentence.text, start, cue.start()) is None
            return _told(sentence, sentence.text if named else f"{sentence.text} {lead.text}")
    return None
