"""Sentences as evidence, and what is needed to read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefing.types import Document, Evidence, Match, Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A stretch of evidence and what is needed to read it."""

    text: str
    published: date | None = None
    """The day that "today" and "on Wednesday" refer to."""
    outlets: tuple[str, ...] = ()
    """Names of its publisher: "Outlet reported" is borne out by the outlet's own text."""
    before: str = ""
    """The sentence before it in its document: whom "she" means."""


def passage_of(sentence: Sentence, document: Document, before: str = "") -> Passage:
    """Read a sentence of a document as evidence; `before` is the one before it."""
    return Passage(
        text=sentence.text,
        published=document.published.date() if document.published else None,
        outlets=(document.publisher,) if document.publisher else (),
        before=before,
    )


def evidence_of(sentence: Sentence, start: int = 0, end: int | None = None) -> Evidence:
    """Return a sentence, or the part of it from `start` to `end`, as evidence that reads exactly so."""
    text = sentence.text[start:end]
    at = sentence.start + start
    return Evidence(source=sentence.source, start=at, end=at + len(text), text=text, match=Match.EXACT)
