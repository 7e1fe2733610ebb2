"""Find words that the sources of one story put into the mouths of different people.

Pure. Only quotations that read alike are compared, and only where it is plain in each source what full name the speaker
has: beside the quotation, beside the office that speaks, or as the only one in the sentence or in the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.crosschecks.citable import Citable
from briefing.crosschecks.clauses import joined, meeting, one_value, unreconciled
from briefing.types import Assessment, Dispute, DisputeKind, Document, Evidence, Match, Sentence
from briefing.values import Name, Quotation, read_names, read_quotations, read_titles, same_name
from briefing.values.gazetteer import INSTITUTIONS
from briefing.values.roles import head_at
from briefing.values.words import fold_word

_FEWEST_WORDS = 5
"""Shorter quotations are set phrases that more than one person may use."""
_SHOWN = 120
_FULL_NAME = 2
_RUN = 3
"""Words in a row by which quotations that may be alike are met: five words have as many such runs as `meeting` asks."""
# Read on 45 real stories of 214 articles: of 166 pairs of quotations alike, 73 have speakers in other words, most of
# them pronouns and offices, and none two full names that differ.


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """A quotation in a source, and the full name of who is said to have said it."""

    source: str
    words: tuple[str, ...]
    """Letters and digits only, in small letters."""
    speaker: str
    evidence: Evidence
    """The quotation with its speaker."""
    quoted: str


def attribution_disputes(documents: Sequence[Document], sentences: Sequence[Sentence]) -> tuple[Dispute, ...]:
    """Return one dispute for every quotation that sources give to different people.

    `documents` are those of one story, `sentences` its citable sentences: a quotation elsewhere does not count. A
    source that gives it to both is at odds with nobody. `id` and `story` are left empty.
    """
    citable = Citable(sentences)
    said = [quotation for document in documents for quotation in _said(document, citable)]
    at_odds = unreconciled(_alike(said), lambda a, b: same_name(a.speaker, b.speaker))
    return tuple(_dispute(group) for group in joined(at_odds))


def _said(document: Document, citable: Citable) -> Iterator[_Said]:
    for quotation in read_quotations(document.text):
        words = _words(quotation.text)
        if len(words) < _FEWEST_WORDS or not citable.holds(document.id, quotation.start, quotation.end):
            continue
        found = _speaker(quotation, document, citable)
        if found:
            speaker, start, end = found[0], min(quotation.start, found[1]), max(quotation.end, found[2])
            evidence = Evidence(
                source=document.id, start=start, end=end, text=document.text[start:end], match=Match.EXACT
            )
            yield _Said(source=document.id, words=words, speaker=speaker, evidence=evidence, quoted=quotation.text)


def _words(text: str) -> tuple[str, ...]:
    letters = ("".join(ch for ch in word if ch.isalnum()) for word in text.casefold().split())
    return tuple(word for word in letters if word)


_Named = tuple[str, int, int]
"""A full name, and where in the document it is said that it is the speaker's."""
_PRONOUNS = frozenset({"he", "she"})
_HIS = re.compile(r"\b(?:he|she|his|her)\b", re.I)


def _speaker(quotation: Quotation, document: Document, citable: Citable) -> _Named | None:
    """Return who says it: a name, the holder of an office, whom a pronoun means, or the only person in the sentence."""
    start, end = quotation.speaker_start or 0, quotation.speaker_end or 0
    speaker = None if (quotation.speaker or "").casefold() == "who" else quotation.speaker
    if speaker is not None and speaker.casefold() not in _PRONOUNS:
        name = _full_name(speaker, document.text)
        return (name, start, end) if name else _holder(start, end, document.text)
    sentence = citable.sentence(document.id, quotation.start)
    if sentence is None:
        return None
    besides = _unquoted(sentence.text)
    if speaker is None:
        own = _only_name(sentence, document.text)
        if own or not _HIS.search(besides):
            return own
    before = citable.before(sentence)
    if before is None or any(len(name.words) >= _FULL_NAME for name in read_names(besides)):
        return None
    # The sentence before is shown with the quotation: the name is there.
    return _only_name(before, document.text)


def _holder(start: int, end: int, text: str) -> _Named | None:
    """Return the one person to whom the text gives the office that speaks: "said the port's mayor, Ana Bell"."""
    titles = read_titles(text)
    beside = [title for title in titles if title.start < end and start < title.end]
    words = [fold_word(word) for word in text[start:end].split()]
    heads = {head[0] for at in range(len(words)) if (head := head_at(words, at))}
    holding = [title for title in beside or titles if title.head in heads]
    people = {title.person.text for title in holding}
    name = _full_name(people.pop(), text) if len(people) == 1 else None
    if name is None:
        return None
    return (name, *holding[0].span) if beside else (name, start, end)


def _only_name(sentence: Sentence, text: str) -> _Named | None:
    """Return the only full name in a sentence outside its quotation marks."""
    named = [name for name in read_names(_unquoted(sentence.text)) if not INSTITUTIONS & {*name.words}]
    full = {full for name in named if (full := _full_name(name.text, text))}
    return (full.pop(), sentence.start, sentence.end) if len(full) == 1 else None


def _unquoted(text: str) -> str:
    """Return a text with what is quoted in it blank, all else in its place."""
    for quotation in read_quotations(text):
        text = text[: quotation.start] + " " * (quotation.end - quotation.start) + text[quotation.end :]
    return text


@lru_cache(maxsize=4_096)
def _full_name(speaker: str, text: str) -> str | None:
    """Return the one full name of the text that a speaker's name stands for; None for an office, a body, a pronoun."""
    own = [name for name in read_names(speaker) if speaker.endswith(name.text)]
    if len(own) != 1 or _is_body(own[0], speaker):
        return None
    full = {name.words: name.text for name in read_names(text) if len(name.words) >= _FULL_NAME}
    meant = [found for found in full.values() if same_name(found, own[0].text)]
    return meant[0] if meant and all(same_name(meant[0], other) for other in meant) else None


def _is_body(name: Name, speaker: str) -> bool:
    """Whether it names an institution: "the Harbour Authority"; somebody speaks for it who may be named elsewhere."""
    return speaker[: name.start].casefold().endswith("the ") or not INSTITUTIONS.isdisjoint(name.words)


def _alike(said: Sequence[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """Yield pairs of quotations of which one holds the other, or most of it."""
    runs = [{" ".join(q.words[at : at + _RUN]) for at in range(len(q.words) - _RUN + 1)} for q in said]
    for later, earlier in meeting(runs):
        # Without spaces: "per cent" is "percent".
        shorter, longer = sorted(("".join(said[i].words) for i in (later, earlier)), key=len)
        if shorter in longer or _share_a_run(said[later].words, said[earlier].words):
            yield said[earlier], said[later]


def _share_a_run(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether most of the shorter quotation stands in the other in runs: “clean, from the first box to the last”."""
    blocks = SequenceMatcher(a=a, b=b, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks if block.size >= _RUN)
    return shared >= _LONG_RUN and shared >= _MOST * min(len(a), len(b))


_LONG_RUN, _MOST = 6, 0.6


def _dispute(pairs: Sequence[tuple[_Said, _Said]]) -> Dispute:
    said = list(dict.fromkeys(quotation for pair in pairs for quotation in pair))
    said.sort(key=lambda q: (len(q.source), q.source, q.evidence.start))
    sides: list[list[_Said]] = []
    for quotation in said:
        own = next((side for side in sides if same_name(side[0].speaker, quotation.speaker)), None)
        if own is None:
            sides.append([quotation])
        else:
            own.append(quotation)
    shortest = min((" ".join(quotation.quoted.split()) for quotation in said), key=len)
    shown = shortest if len(shortest) <= _SHOWN else shortest[:_SHOWN].rsplit(" ", 1)[0] + " …"
    return Dispute(
        id="",
        story="",
        about=f"who said “{shown.rstrip(',')}”",
        kind=DisputeKind.ATTRIBUTION,
        assessment=Assessment.OPEN,
        values=tuple(one_value(side[0].speaker, (q.evidence for q in side)) for side in sides),
        note="The sources give these words to different people.",
    )
