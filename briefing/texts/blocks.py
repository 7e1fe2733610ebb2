"""A text cut into blocks, line by line: headings, paragraphs, items, rows, entries of the list of sources.

Not by a parser of Markdown, because much of what is checked is none. markdown-it-py was tried: it knows the lines of a
block and not its characters, so that marks of quotations and items have to be found again anyway; an indented
paragraph of a plain text is code to it, and code is not checked; "•", "–" and pictures open no item, and a list of
sources such as "[1] The Post" is one paragraph. Where a text is plain Markdown the two agree, which a test holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby, pairwise

from briefing.texts.marks import PICTOGRAM
from briefing.texts.pieces import Pointer


class Part(Enum):
    """What a block is."""

    PROSE = auto()
    HEADING = auto()
    ITEM = auto()
    ROW = auto()
    ENTRY = auto()
    """Of the list of sources, or a definition of a footnote or a link."""
    CODE = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Half-open code points of the text, the mark that opens it left out."""

    part: Part
    start: int
    end: int
    cells: tuple[tuple[int, int], ...] = ()
    """Of a row; the first row of a table is its header."""
    opens: bool = False
    """Whether a row is the header of its table."""
    entry: Pointer | None = None
    """What an entry defines: `key` is what it is cited by."""


_LIST = re.compile(rf"\s*(?:[-*+•‣–]\s+|\(?\d{{1,3}}[.)]\s+|{PICTOGRAM}+\s+(?=\S))(?:\[[ xX]\]\s+)?")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_RULE = re.compile(r"\s{0,3}(?:=+|-{2,}|(?:[-*_]\s*){3,})\s*$")
_FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,})")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BOLD = re.compile(r"\s*(?:\*\*|__)[^*_\n]{1,120}(?:\*\*|__):?\s*$")
_TITLES = (
    "sources|source|references|reference list|citations|notes|footnotes|endnotes|bibliography|links|works cited|"
    "further reading|sources and links|sources used|source list|quellen"
)
_SOURCES = re.compile(rf"\s*(?:#{{1,6}}\s*|>\s*)?[*_]*(?:{_TITLES})[*_]*\s*:?[*_]*\s*$", re.I)
_SOURCES_INLINE = re.compile(r"\s*[*_]*(?:sources?|references)[*_]*\s*:[*_]*\s+(?=\S)", re.I)
_FOOTNOTE = re.compile(r"\s{0,3}\[\^(?P<key>[^\]\s]{1,60})\]:\s*")
_DEFINITION = re.compile(r"\s{0,3}\[(?P<key>[^\]\n]{1,60})\]:\s*(?=<?(?:[a-z][a-z0-9+.-]*://|\S+\.\w{2,5}\b))", re.I)
_NUMBERED = re.compile(r"\s{0,3}(?:\[(?P<key>\d{1,3})\]:?|(?P<raised>[⁰¹²³⁴-⁹]{1,3}))\s*(?=\S)")
_CITED = re.compile(r"\[(?P<key>\d{1,3})\]")
_ENTRY = re.compile(
    r"\s*(?:\[\^?(?P<a>[^\]\s]{1,20})\]:?|\(?(?P<b>\d{1,3})[.):]|(?P<c>[⁰¹²³⁴-⁹]{1,3})|[-*+•])\s*(?=\S)"
)
_ADDRESS = re.compile(r"https?://[^\s<>()\]]+")
_TARGET = re.compile(r"\]\(([^)\s]+)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def read_blocks(text: str) -> tuple[Block, ...]:
    """Cut a text into blocks, in order.

    >>> text = "# News\\n\\n- It fell [1].\\n\\nSources:\\n[1] The Post\\n"
    >>> [(b.part.name, text[b.start:b.end]) for b in read_blocks(text)]
    [('HEADING', 'News'), ('ITEM', 'It fell [1].'), ('ENTRY', 'Sources:'), ('ENTRY', 'The Post')]
    """
    return tuple(_titled(list(_Reader(text).blocks()), text))


class _Reader:
    """Goes through the lines once; `self.open` is the paragraph or item that a next line may go on with."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = _lines(text)
        self.open: Block | None = None
        self.listing = 0
        """Entries of the list of sources so far, plus one; 0 outside of it."""
        self.gap = False
        """Whether the line before was empty."""
        self.listed = frozenset(_listed(text, self.lines))
        """Where lines begin that stand in a row of numbered ones."""

    def blocks(self) -> Iterator[Block]:
        index = 0
        while index < len(self.lines):
            start, end = self.lines[index]
            line = self.text[start:end]
            if _FENCE.match(line):
                yield from self._close()
                last = self._fenced(index)
                yield Block(part=Part.CODE, start=start, end=self.lines[last][1])
                index = last + 1
                continue
            if "|" in line and index + 1 < len(self.lines) and _is_delimiter(self._line(index + 1)):
                yield from self._close()
                last = self._table_end(index)
                yield from self._rows(index, last)
                index = last
                continue
            yield from self._read(line, start, end)
            index += 1
        yield from self._close()

    def _read(self, line: str, start: int, end: int) -> Iterator[Block]:
        """Read one line; most lines end the block before them."""
        if not line.strip():
            yield from self._close()
            self.gap = True
            return
        yield from self._written(line, start, end)
        self.gap = False

    def _written(self, line: str, start: int, end: int) -> Iterator[Block]:
        if _RULE.match(line):
            underlined = self.open and self.open.part is Part.PROSE and line.strip()[0] in "=-"
            if self.open and underlined:
                self.open = replace(self.open, part=Part.HEADING)
            yield from self._close()
        elif entry := self._entry(line, start, end):
            yield from self._close()
            yield entry
        elif found := _HEADING.match(line):
            yield from self._close()
            yield _block(Part.HEADING, start + found.end(), end)
        elif _BOLD.match(line):
            yield from self._close()
            yield _block(Part.HEADING, start, end)
        else:
            yield from self._words(line, start, end)

    def _words(self, line: str, start: int, end: int) -> Iterator[Block]:
        quote = _QUOTE.match(line)
        inside = quote.end() if quote else 0
        item = _LIST.match(line, inside)
        if item or self.open is None:
            yield from self._close()
            part = Part.ITEM if item else Part.PROSE
            self.open = _block(part, start + (item.end() if item else inside), end)
        else:
            self.open = replace(self.open, end=end)

    def _entry(self, line: str, start: int, end: int) -> Block | None:
        """Read a line as one of the list of sources, or as the definition of a footnote or a link."""
        if _SOURCES.match(line):
            self.listing = 1
            return Block(part=Part.ENTRY, start=start, end=end)
        if found := _FOOTNOTE.match(line) or _DEFINITION.match(line):
            return self._defined(found["key"], start + found.end(), end)
        if (found := _NUMBERED.match(line)) and self._is_cited(found["key"], found["raised"], start):
            return self._defined(found["key"] or found["raised"].translate(_RAISED), start + found.end(), end)
        if found := _SOURCES_INLINE.match(line):
            return self._defined("", start + found.end(), end)
        if not self.listing:
            return None
        found = _ENTRY.match(line)
        ended = self.gap and self.listing > 1 and not found and not _ADDRESS.search(line)
        if ended or _HEADING.match(line):
            self.listing = 0
            return None
        key = next((g for g in found.groups() if g), "") if found else ""
        key = key.translate(_RAISED) or str(self.listing)
        return self._defined(key, start + (found.end() if found else 0), end)

    def _is_cited(self, key: str | None, raised: str | None, before: int) -> bool:
        written = f"[{key}]" if key else raised
        listed = self.listing > 0 or before in self.listed
        return bool(written) and (listed or self.text.find(written or "", 0, before) >= 0)

    def _defined(self, key: str, start: int, end: int) -> Block:
        self.listing += self.listing > 0
        words = self.text[start:end].strip()
        address = _TARGET.search(words) or _ADDRESS.search(words)
        found = address[1] if address and address.lastindex else address[0].rstrip(".,;") if address else ""
        entry = Pointer(label=words, key=key, words=words, address=found)
        return replace(_block(Part.ENTRY, start, end), entry=entry)

    def _close(self) -> Iterator[Block]:
        if self.open:
            yield self.open
        self.open = None

    def _line(self, index: int) -> str:
        start, end = self.lines[index]
        return self.text[start:end]

    def _fenced(self, first: int) -> int:
        fence = self._line(first).strip()[:3]
        for index in range(first + 1, len(self.lines)):
            if self._line(index).strip().startswith(fence):
                return index
        return len(self.lines) - 1

    def _table_end(self, first: int) -> int:
        index = first + 2
        while index < len(self.lines) and "|" in self._line(index):
            index += 1
        return index

    def _rows(self, first: int, last: int) -> Iterator[Block]:
        for index in (first, *range(first + 2, last)):
            start, end = self.lines[index]
            yield Block(part=Part.ROW, start=start, end=end, cells=_cells(self.text, start, end), opens=index == first)


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the range of each line, its break left out."""
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        found.append((start, start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))))
        start += len(line)
    return found


def _listed(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield where the lines of each list `[1] …`, `[2] …` begin, of which the text before has cited any."""
    first: dict[str, int] = {}
    for cited in _CITED.finditer(text):
        first.setdefault(cited["key"], cited.start())
    keys = {start: found["key"] for start, end in lines if (found := _NUMBERED.match(text[start:end]))}
    for numbered, row in groupby(lines, key=lambda line: bool(keys.get(line[0]))):
        starts = [start for start, _ in row]
        if numbered and any(first[keys[start]] < starts[0] for start in starts):
            yield from starts


def _is_delimiter(line: str) -> bool:
    return "|" in line and bool(_DELIMITER.match(line))


def _cells(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    bars = [start - 1, *(at for at in range(start, end) if text[at] == "|" and text[at - 1 : at] != "\\"), end]
    cells = [(a + 1, b) for a, b in pairwise(bars)]
    if cells and not text[slice(*cells[0])].strip():
        cells = cells[1:]
    if cells and not text[slice(*cells[-1])].strip():
        cells = cells[:-1]
    return tuple(cells)


def _block(part: Part, start: int, end: int) -> Block:
    return Block(part=part, start=start, end=max(start, end))


_ENDS = re.compile(r"[.!?:;,…][\"”’'*_)\]\s]*$|\]\s*$|\)\s*$")


def _titled(blocks: list[Block], text: str) -> list[Block]:
    """Take the first block for a title when it is one short line that does not end as a sentence does."""
    if len(blocks) > 1 and blocks[0].part is Part.PROSE:
        words = text[blocks[0].start : blocks[0].end]
        if "\n" not in words and len(words) < 160 and not _ENDS.search(words):
            return [replace(blocks[0], part=Part.HEADING), *blocks[1:]]
    return blocks
