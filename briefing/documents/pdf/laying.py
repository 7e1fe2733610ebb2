"""The one text of a PDF: its pages in order, words whole that a line's end had parted, running heads at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.documents.pdf.extraction import Page
from briefing.documents.pdf.lines import HYPHEN, Line
from briefing.values.words import FUNCTION_WORDS, common_words

_PART = re.compile(r"[^\W_]+$"), re.compile(r"[^\W_]+")
_BREAK = "\r\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """The text, and where in it each line begins and ends."""

    text: str
    places: dict[tuple[int, int], tuple[int, int]]
    """`Line.place` → the line's range in `text`."""
    left_out: tuple[tuple[int, str], ...]


def lay_out(pages: Sequence[Page], lines: Sequence[Sequence[Line]], running: frozenset[tuple[int, int]]) -> Laid:
    """Join the lines of all pages; those in `running` come last.

    Between two lines stands what the extractor read there, a line break at the end of a page. A hyphen that only
    parts a word is left out.
    """
    texts = {page.number: page.text for page in pages}
    laying = _Laying(texts)
    for last in (False, True):
        flow = [line for own in lines for line in own if (line.place in running) is last]
        for at, line in enumerate(flow):
            laying.add(line, flow[at + 1] if at + 1 < len(flow) else None)
    return Laid(text="".join(laying.parts).rstrip(_BREAK), places=laying.places, left_out=tuple(laying.left_out))


class _Laying:
    def __init__(self, texts: Mapping[int, str]) -> None:
        self.parts: list[str] = []
        self.places: dict[tuple[int, int], tuple[int, int]] = {}
        self.left_out: list[tuple[int, str]] = []
        self._length = 0
        self._texts = texts
        self._forms = _Forms(texts.values())

    def add(self, line: Line, following: Line | None) -> None:
        """Add a line, and what stands between it and the next."""
        self.places[line.place] = (self._length, self._length + len(line.text))
        self._write(line.text)
        if not line.hyphened:
            self._write(self._gap(line, following))
        elif following is None or self._forms.is_compound(line.text, following.text):
            self._write("-")
        else:
            self.left_out.append((self._length, HYPHEN))

    def _gap(self, line: Line, following: Line | None) -> str:
        """What the extractor read between two lines; a line break where it read other lines or a page's end there."""
        if following is None or following.page != line.page:
            return _BREAK
        gap = self._texts[line.page][line.end : following.start]
        return gap if gap and gap.isspace() else _BREAK

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


class _Forms:
    """How a document writes its words where no line ends."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = frozenset(word for text in texts for word in _words(text))

    def is_compound(self, before: str, after: str) -> bool:
        """Say whether a hyphen at a line's end belongs to the word: "long-term" and not "exami-nation".

        As the document writes it elsewhere; else when both parts are common words of English, or have a figure.
        """
        first, second = _PART[0].search(before), _PART[1].match(after)
        if not first or not second:
            return True
        left, right = first.group().casefold(), second.group().casefold()
        if f"{left}{right}" in self._words:
            return False
        if f"{left}-{right}" in self._words or second.group()[0].isupper() or not (left + right).isalpha():
            return True
        return _is_word(left) and _is_word(right)


def _is_word(folded: str) -> bool:
    return folded in common_words() or folded in FUNCTION_WORDS


_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in _WORD.findall(text))
