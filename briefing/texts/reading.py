"""From pieces of text to claims in order, each with what it cites."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.sentences import spans
from briefing.terms import content_terms
from briefing.texts.blocks import Block, Part, read_blocks
from briefing.texts.labels import is_fragment, label, leads_in
from briefing.texts.lines import cut_at_lines
from briefing.texts.marks import Aside, Mark, Range, blanked, read_marks, removed, words_of
from briefing.texts.pieces import Piece, Pointer
from briefing.texts.resolving import Shelf
from briefing.texts.statements import Citation, Kind, Stated
from briefing.types import Claim

_KINDS = {
    Part.PROSE: Kind.SENTENCE,
    Part.HEADING: Kind.HEADING,
    Part.ITEM: Kind.ITEM,
    Part.ROW: Kind.CELL,
    Part.ENTRY: Kind.REFERENCE,
    Part.CODE: Kind.CODE,
}


def read_statements(pieces: Iterable[Piece], shelf: Shelf) -> tuple[Stated, ...]:
    """Split pieces into claims, and find out which sources each cites. Ids are `C1`, `C2`, … in order.

    >>> text = "Here is a summary:\\n\\n1. The bridge is **closed** [2]."
    >>> [(s.claim.text, s.not_checkable, text[s.start:s.end]) for s in read_statements([Piece(text=text)], Shelf(()))]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Here is a summary:', 'leads in to what follows', 'Here is a summary:'),
     ('The bridge is closed.', '', 'The bridge is **closed** [2].')]
    """
    found = [stated for piece in pieces for stated in _Piece(piece, shelf).statements()]
    return tuple(replace(s, claim=replace(s.claim, id=f"C{n}")) for n, s in enumerate(found, 1))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """A claim in the making: its words, where they stand, and the marks that belong to it."""

    text: str
    at: tuple[int, ...]
    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    covered: tuple[Mark, ...] = ()
    """Marks of a later sentence of its paragraph, or of the line that it completes; none where it has its own."""


class _Piece:
    """One piece, its references, the header of the table that is being read, and the line that items complete."""

    def __init__(self, piece: Piece, shelf: Shelf) -> None:
        self.piece = piece
        self.shelf = shelf
        self.blocks = _whole(piece) if piece.whole else read_blocks(piece.text)
        self.references = _references(piece, self.blocks)
        self.header: list[_Words] = []
        self.leading: _Words | None = None
        self.named = any(_names_source(mark) for mark in read_marks(piece.text, shelf.cites))

    def statements(self) -> Iterator[Stated]:
        for block in self.blocks:
            if block.part is Part.ROW:
                yield from self._row(block)
            elif block.part in (Part.ENTRY, Part.CODE):
                yield from self._unread(block)
            else:
                found = list(self._sentences(block))
                if block.part is Part.ITEM:
                    yield from self._items(found)
                    continue
                self.leading = found[-1] if found and leads_in(found[-1].text) else None
                yield from (self._stated(words, _KINDS[block.part]) for words in found)

    def _items(self, found: Sequence[_Words]) -> Iterator[Stated]:
        """Read an item that only names something with the line that it completes; alone it claims nothing."""
        if len(found) != 1 or not is_fragment(found[0].text):
            yield from (self._stated(words, Kind.ITEM) for words in found)
        elif self.leading:
            whole = _joined([replace(self.leading, text=self.leading.text.rstrip(": "))], found[0], (), ": ")
            yield self._stated(replace(whole, covered=() if whole.marks else self.leading.marks), Kind.ITEM)
        else:
            yield self._stated(found[0], Kind.ITEM, "an item that names a topic" if _names_topic(found[0].text) else "")

    def _cites(self, aside: Aside) -> bool:
        return self.shelf.cites(aside, named=self.named)

    def _label(self, text: str) -> tuple[Range, ...]:
        found = label(text, self.shelf.is_common)
        return (found,) if found else ()

    def _unread(self, block: Block) -> Iterator[Stated]:
        text, at = words_of(self.piece.text, block.start, block.end)
        if text:
            why = "code" if block.part is Part.CODE else "part of the list of sources"
            words = _Words(text=text, at=at, start=at[0], end=at[-1] + 1)
            yield self._stated(words, _KINDS[block.part], why)

    def _sentences(self, block: Block) -> Iterator[_Words]:
        """Yield the sentences of a block; a mark belongs to the one it stands in, else to the one before it."""
        text = self.piece.text[block.start : block.end]
        marks = read_marks(text, self._cites)
        ranges = (*removed(text, marks), *self._label(text))
        blank = blanked(text, ranges)
        whole = block.part is Part.HEADING or self.piece.whole
        found = [(0, len(blank))] if whole else cut_at_lines(text, blank, list(spans(blank, "en")))
        citing = {r for mark in marks if len(mark.removed) == 1 for r in mark.removed}
        tiles = _tiles(text, found, [r for r in ranges if r not in citing])
        places = [mark.words_at for mark in marks]
        placed: list[_Words] = []
        for (start, end), tile in zip(found, tiles, strict=True):
            words, at = words_of(blank, start, end)
            own = marks[bisect_left(places, tile[0]) : bisect_left(places, tile[1])]
            if any(ch.isalnum() for ch in words):
                placed.append(_placed(words, at, own, tile, block.start))
        yield from _covered(placed)

    def _row(self, row: Block) -> Iterator[Stated]:
        """Read the cells of a row in the light of its first cell and of the header of their columns."""
        cells = [self._cell(start, end) for start, end in row.cells]
        if row.opens:
            self.header = cells
            return
        citing = {i for i, head in enumerate(self.header) if _CITING_COLUMN.fullmatch(head.text.strip())}
        cells = [_as_citation(cell) if i in citing else cell for i, cell in enumerate(cells)]
        shared = tuple(m for i in (0, *sorted(citing)) if i < len(cells) for m in cells[i].marks)
        told = [i for i in range(1, len(cells)) if i not in citing and _says(cells[i].text)]
        for i in told or ([0] if cells and _says(cells[0].text) else []):
            named = self.header[i : i + 1] if len(told) > 1 or not cells[0].text else []
            heads = [*(cells[:1] if i else []), *(named if i else [])]
            office = not named and i < len(self.header) and _OFFICE.fullmatch(self.header[i].text.strip())
            yield self._stated(_joined(heads, cells[i], shared, ", " if office else ": "), Kind.CELL)

    def _cell(self, start: int, end: int) -> _Words:
        text = self.piece.text[start:end]
        marks = read_marks(text, self._cites)
        words, at = words_of(blanked(text, removed(text, marks)), 0, len(text))
        return _placed(words, at, marks, _tiles(text, [(0, len(text))], [])[0], start)

    def _stated(self, words: _Words, kind: Kind, why: str = "") -> Stated:
        anchored = ((a, b, p) for a, b, p in self.piece.anchored if a < words.end + 1 and b > words.start)
        cited = [*_pointed(words.marks), *anchored, *((-1, -1, p) for p in self.piece.given)]
        covered = () if cited else _pointed(words.covered)
        return Stated(
            claim=Claim(id="", story="", text=words.text, cites=()),
            start=words.start,
            end=words.end,
            at=words.at,
            path=self.piece.path,
            kind=kind,
            citations=() if why else tuple(self._citation(*c) for c in dict.fromkeys(cited)),
            covered_by=() if why else tuple(self._citation(*c) for c in dict.fromkeys(covered)),
            not_checkable=why or nothing_to_check(words.text, kind),
        )

    def _citation(self, start: int, end: int, pointer: Pointer) -> Citation:
        sources, by = self.shelf.find(pointer, self.references)
        return Citation(label=pointer.label, start=start, end=end, sources=sources, by=by)


_OFFICE = re.compile(r"(?:role|title|position|office|post|function|job)", re.I)
_CITING_COLUMN = re.compile(r"(?:sources?|refs?\.?|references?|citations?|cited|links?|outlets?)", re.I)


def _whole(piece: Piece) -> tuple[Block, ...]:
    return (Block(part=Part.PROSE, start=0, end=len(piece.text)),)


def _references(piece: Piece, blocks: Sequence[Block]) -> Mapping[str, Pointer]:
    """Return the references that the text itself or its format defines, by what they are cited by."""
    listed = {str(number): pointer for number, pointer in enumerate(piece.listed, 1)}
    own = {b.entry.key.casefold(): b.entry for b in blocks if b.entry and b.entry.key}
    return listed | own


def _placed(words: str, at: Sequence[int], marks: Sequence[Mark], tile: Range, offset: int) -> _Words:
    """Move a claim and its marks from offsets of a block to those of the piece."""
    return _Words(
        text=words,
        at=tuple(a + offset for a in at),
        start=tile[0] + offset,
        end=tile[1] + offset,
        marks=tuple(replace(m, start=m.start + offset, end=m.end + offset) for m in marks),
    )


def _names_source(mark: Mark) -> bool:
    """Whether a mark cites by name, as in "(Radio Tessaly)"."""
    pointer = mark.pointers[0] if mark.pointers else None
    return pointer is not None and pointer.label.startswith("(") and bool(pointer.words) and not pointer.address


def _pointed(marks: Sequence[Mark]) -> tuple[tuple[int, int, Pointer], ...]:
    return tuple((m.start, m.end, p) for m in marks for p in m.pointers)


def _covered(found: Sequence[_Words]) -> list[_Words]:
    """Let a sentence without a citation be covered by the next one of its paragraph that stands apart from the words.

    So write those who put one citation at the end of a paragraph; the name of a source that a sentence tells of covers
    that sentence alone.
    """
    covering: tuple[Mark, ...] = ()
    covered: list[_Words] = []
    for words in reversed(found):
        covered.append(words if words.marks else replace(words, covered=covering))
        if words.marks:
            covering = tuple(mark for mark in words.marks if len(mark.removed) == 1)
    return covered[::-1]


def _tiles(text: str, found: Sequence[Range], opening: Sequence[Range]) -> list[Range]:
    """Return for each sentence all that is printed with it: together the whole text but for white space.

    What stands between two sentences goes with the first, a citation mostly; but what opens words (`**`, the bracket
    of a link) and touches the second goes with that.

    >>> _tiles("**It** sank. [1] _It_ rose.", [(2, 12), (18, 26)], [(0, 2), (4, 6), (17, 18), (20, 21)])
    [(0, 16), (17, 27)]
    """
    before = {b: a for a, b in opening}
    starts = [_opened(start, before) for start, _ in found]
    starts[:1] = [len(text) - len(text.lstrip())]
    ends = [_trimmed(text, end) for end in (*starts[1:], len(text))]
    return list(zip(starts, ends, strict=True)) if found else []


def _opened(start: int, before: Mapping[int, int]) -> int:
    """Go back over the marks that end where the words begin; none of them is empty."""
    while start in before:
        start = before[start]
    return start


def _trimmed(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _as_citation(cell: _Words) -> _Words:
    if cell.marks or not cell.text:
        return cell
    pointer = Pointer(label=cell.text, key=cell.text if cell.text.isdigit() else "", words=cell.text)
    return replace(cell, marks=(Mark(start=cell.start, end=cell.end, pointers=(pointer,), removed=()),))


def _says(words: str) -> bool:
    return any(ch.isalnum() for ch in words) and words.casefold() not in {"n/a", "unknown", "none"}


def _joined(heads: Sequence[_Words], cell: _Words, shared: tuple[Mark, ...], last: str) -> _Words:
    """Read a cell as "row, column: cell", an office as "row, cell". What is put in between stands nowhere."""
    text, at = "", ()  # type: tuple[str, tuple[int, ...]]
    for head in heads:
        if head.text:
            between = ", " if text else ""
            text, at = text + between + head.text, (*at, *(-1 for _ in between), *head.at)
    if text:
        text, at = text + last, (*at, *(-1 for _ in last))
    marks = tuple(dict.fromkeys((*cell.marks, *shared)))
    return replace(cell, text=text + cell.text, at=(*at, *cell.at), marks=marks)


# What a chat tool says to whom it talks to, and what leads in to the claims.
_GREETING = re.compile(
    r"(?:sure|certainly|of course|absolutely|hello|hi|dear|thanks|thank you|great question|good (?:morning|evening))\b"
    r"[^.]{0,40}[!,.]?$"
    r"|(?:let me know|i hope|hope (?:this|that)|feel free|would you like|please let me|happy to help|"
    r"if you(?:’d| would|'d)? (?:like|want|need)|"
    r"i(?:’ve|'ve| have)? (?:summari[sz]ed|compiled|checked|can|could|found|was (?:able|unable))\b)",
    re.I,
)
_LEAD_IN = re.compile(
    r"(?:sure[,!.]?\s*)?(?:here(?:’s|'s| is| are)|below (?:is|are)|the following (?:is|are)|this is)\b"
    r"[^.]{0,60}\b(?:summar|overview|recap|breakdown|list|points?|answer|briefing|what the sources|look at)",
    re.I,
)

_DATELINE = re.compile(
    r"(?:[A-Z’'.-]+,?\s+){1,5}(?:(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY|\d{1,2}\s+[A-Z]{3,9}|[A-Z]{3,9}\s+\d{1,2})\W*"
)

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(rf"\b(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?:,?\s+\d{{4}})?\b|\b(?:19|20)\d\d\b")


def nothing_to_check(text: str, kind: Kind) -> str:
    """Say why a piece of text claims nothing; empty when it does.

    >>> nothing_to_check("Would it hold?", Kind.SENTENCE), nothing_to_check("The dam broke.", Kind.SENTENCE)
    ('a question', '')
    """
    words = text.strip()
    if words.endswith("?"):
        return "a question"
    if _GREETING.match(words):
        return "speaks to the reader"
    if _LEAD_IN.match(words) or (words.endswith(":") and len(words.split()) < _LONG):
        return "leads in to what follows"
    if _DATELINE.fullmatch(words):
        return "a dateline"
    if kind is Kind.HEADING and _names_topic(_DATE.sub("", words)):
        return "a heading that names a topic"
    return ""


_LONG = 25
_ASKING = re.compile(r"(?:.*:\s)?(?:what|how|why|where|who|when)\b", re.I)


def _names_topic(heading: str) -> bool:
    """Say whether a heading is too short to state anything. "Minister resigns" is taken for a topic too."""
    if re.search(r"\d|[“\"]", heading):
        return False
    return len(content_terms(heading)) <= (3 if _ASKING.match(heading) else 2)
