"""Exact spans of the citable sentences: what a claim may rest on, and all that a model is shown.

Splitting is `sentencex`'s, line by line; this file only keeps offsets, joins what it is known to cut
wrongly, and numbers the result. Knows nothing of claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import sentencex

from briefing.types import CITABLE, Block, Document, Sentence

_LINE_BREAK = str.maketrans("\r\n\v\f\x85\u2028\u2029", " " * 7)
# "at 5 p.m. EST": the cut after "p.m." orphans the zone (seen with sentencex 1.0).
_CLOCK_END = re.compile(r"\b[ap]\.\s?m\.$", re.I)
#: Code points. The longest of 4,734 sentences of English news that were looked at has 1,052.
_LONGEST = 3_000
# A full stop that stands by itself, as in text cut into words ("he won . nobody else did"), ends a sentence before a
# small letter too; after one or two letters it may be an abbreviation's.
_FREE_STOP = re.compile(r"(?:\w{3}|\d|[\"”’')\]%])\s\.\s*$")
_ZONE_START = re.compile(r"(?:[A-Z]{2,5}|local|on|in)\b")


def split(documents: Iterable[Document]) -> tuple[Sentence, ...]:
    """Return every citable sentence of every document, in order.

    Offsets are code points into `Document.text`; `text[start:end] == sentence.text`, without the white
    space around it. Ids count from 1 within a document: `S2.14`.
    """
    return tuple(sentence for document in documents for sentence in _split_document(document))


def _split_document(document: Document) -> Iterator[Sentence]:
    number = 0
    for index, block in enumerate(document.blocks):
        if block.role not in CITABLE:
            continue
        for start, end in spans(document.text[block.start : block.end], document.language or "en"):
            number += 1
            yield _sentence(document, block, index, number, block.start + start, block.start + end)


def _sentence(document: Document, block: Block, index: int, number: int, start: int, end: int) -> Sentence:
    return Sentence(
        id=f"{document.id}.{number}",
        source=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        role=block.role,
        block=index,
    )


def spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each sentence of one block, trimmed of white space.

    A hard-wrapped paragraph is one block: its line breaks count as spaces here.

    >>> text = "The U.S. agreed at 5 p.m. EST. Nobody\\nelse did."
    >>> [text[a:b] for a, b in spans(text, "en")]
    ['The U.S. agreed at 5 p.m. EST.', 'Nobody\\nelse did.']
    >>> text = "It sank in May. Bell said no. See Bell v. Osk, no. 4."
    >>> [text[a:b] for a, b in spans(text, "en")]
    ['It sank in May.', 'Bell said no.', 'See Bell v. Osk, no. 4.']
    >>> text = "bell was held on may 4 . he said nothing . the u.s . did not ."
    >>> [text[a:b] for a, b in spans(text, "en")]
    ['bell was held on may 4 .', 'he said nothing .', 'the u.s . did not .']
    """
    flat = text.translate(_LINE_BREAK)
    start = 0
    for end in _boundaries(flat, language):
        piece = flat[start:end]
        if any(ch.isalnum() for ch in piece):
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end


def _boundaries(flat: str, language: str) -> Iterator[int]:
    start = 0
    for found in sentencex.get_sentence_boundaries(language, flat):
        end = found["end_index"]
        if end == len(flat) or not _cut_wrongly(flat[max(end - 8, 0) : end], flat[end : end + 8]):
            for cut in (*_missed_cuts(flat, start, end, language), end):
                yield from _cut_long(flat, start, cut)
                yield cut
                start = cut


# Before a number they are abbreviations: "no. 4".
_NO_ABBREVIATION = re.compile(r"\b(?:May|may|no|art)\.[\"”’')]?\s+(?=[\"“‘'(]?[A-Z])")


def _missed_cuts(flat: str, start: int, end: int, language: str) -> Iterator[int]:
    """Yield where a sentence ends in a word that was taken for an abbreviation."""
    if language == "en":
        yield from (match.end() for match in _NO_ABBREVIATION.finditer(flat, start, end))


def _cut_long(flat: str, start: int, end: int) -> Iterator[int]:
    """Yield where to cut what no sentence is long enough to be, at a space where there is one.

    A text without full stops would otherwise be one sentence, and the cost of reading one is not linear.
    """
    while end - start > _LONGEST:
        space = flat.rfind(" ", start + 1, start + _LONGEST)
        start = space + 1 if space > 0 else start + _LONGEST
        yield start


def _cut_wrongly(before: str, after: str) -> bool:
    head = after[:1]
    if head.islower() and not before.rstrip().endswith(("!", "?")) and not _FREE_STOP.search(before):
        return True
    return bool(_CLOCK_END.search(before.rstrip()[-6:]) and _ZONE_START.match(after))
