"""Footnotes: spans of sources, numbered in the order of their first use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.fragments import is_linkable, link
from briefing.render.words import day, display_name
from briefing.types import Document, Evidence, Match


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """One footnote: a span of a source, numbered in the order of first use."""

    number: int
    source: str
    name: str
    date: str
    start: int
    end: int
    quote: str
    match: str
    link: str
    """Opens the page at these words; empty unless the source was fetched from the web."""


class Notes:
    """Hands out footnote numbers; the same span keeps its number."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._numbers: dict[tuple[str, int, int], Note] = {}

    def marks(self, evidence: Iterable[Evidence]) -> str:
        return "".join(f"[^{self._note(item).number}]" for item in evidence)

    def all(self) -> list[Note]:
        return list(self._numbers.values())

    def _note(self, item: Evidence) -> Note:
        key = (item.source, item.start, item.end)
        if key not in self._numbers:
            document = self._documents[item.source]
            self._numbers[key] = Note(
                number=len(self._numbers) + 1,
                source=item.source,
                name=display_name(document),
                date=day(document.published),
                start=item.start,
                end=item.end,
                quote=item.text,
                match="" if item.match is Match.EXACT else item.match.value,
                link=_link(document, item),
            )
        return self._numbers[key]


def _link(document: Document, item: Evidence) -> str:
    """Only a page that was fetched is known to stand there; a file, or an article of a feed, may name any address."""
    if not is_linkable(document.location) or re.search(r"#\d+$", document.location):
        return ""
    return link(document.address or document.location, document.text, item.start, item.end) or ""
