"""Citation marks and the marks of Markdown inside a block: where they are, and the words that are left.

Reads one block at a time; what a mark means is found out elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.texts.pieces import Pointer

Range = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Something that cites. `removed` is what of it is no word of the sentence."""

    start: int
    end: int
    pointers: tuple[Pointer, ...]
    removed: tuple[Range, ...]

    @property
    def words_at(self) -> int:
        """Where its first word of the sentence stands; its start where it has none."""
        return self.removed[0][1] if len(self.removed) > 1 else self.start


_LINK = (
    r"!?\[(?P<words>[^\[\]\n]{1,300})\]"
    r"(?:\((?P<address>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+[\"'][^\"'\n]*[\"'])?\)|\[(?P<ref>[^\[\]\n]{1,60})\])"
)
_NAMELESS = _LINK.replace("?P<words>", "").replace("?P<address>", "").replace("?P<ref>", "")
_NUMBERS = r"\^?S?\d{1,3}(?:\s*[,;–-]\s*\^?S?\d{1,3})*"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PATTERN = re.compile(
    rf"(?P<group>\((?:(?:source|sources|see|via)\s*:?\s*)?{_NAMELESS}(?:\s*(?:[,;&]|and)\s*{_NAMELESS})*\s*\))"
    rf"|\[(?P<numbers>{_NUMBERS})\](?!\()"
    rf"|(?P<link>{_LINK})"
    rf"|(?P<note>\[\^(?P<name>[^\]\s]{{1,60}})\])"
    r"|(?P<lens>【[^】\n]{1,40}】)"
    # "m²" and "km³" are units.
    rf"|(?<![\s(\d])(?<!\bm)(?<!\b[kcm]m)(?<!\bft)(?<!\bin)(?<!\bmi)(?P<raised>[{_RAISED}]+(?:[,˒ʼ][{_RAISED}]+)*)"
    r"|<sup>\s*\[?(?P<sup>\d{1,3}(?:,\s*\d{1,3})*)\]?\s*</sup>"
    r"|(?P<url>[(<]?\bhttps?://[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*[)>]?)"
    r"|\((?P<paren>[^()\n]{2,140})\)"
    r"|\[(?P<square>[^\[\]\n]{2,140})\](?![(\[:])"
    # "… he said. — Radio Tessaly" at the end of a line.
    r"|(?<=[.!?”\"\])*_\s])[—–][ \t]+(?P<dash>[^—–\n]{2,140})$",
    re.I | re.M,
)
_LINK_ALONE = re.compile(_LINK)
# A link whose words only say that it is one.
_NO_WORDS = re.compile(r"\^?\d{1,3}|source|link|here|ref(?:erence)?|↩|↗|🔗", re.I)
_LAST = ".,;:!?'\"’”"
#: Pictures that chat tools put before their lines.
_PICTURES = "\U0001f000-\U0001faff\u2600-\u2758\u2761-\u27bf\u2b00-\u2bff\u23e9-\u23fa\u231a\u231b"
PICTOGRAM = rf"(?:[{_PICTURES}][\ufe0f\u200d]*|[0-9#*]\ufe0f?\u20e3)"
# The marks of Markdown around words, tags, and pictures.
_FORMAT = re.compile(
    r"\*\*|__|~~|(?<![\w*])\*(?=\S)|(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=\w)|(?<=[\w.!?”\"])_(?!\w)|`"
    rf"|</?[a-z][a-z0-9]{{0,10}}(?:\s[^<>\n]{{0,200}})?/?>|(?<=\n)[ \t]*(?:>[ \t]?)+|{PICTOGRAM}+",
    re.I,
)

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Aside:
    """Words in parentheses, in square brackets or behind a dash, which may cite."""

    words: str
    before: str
    """What stands right before them in their block."""
    last: bool
    """Whether they end a sentence."""
    square: bool = False


Cites = Callable[[Aside], bool]


def read_marks(text: str, cites: Cites) -> tuple[Mark, ...]:
    """Find what cites in one block.

    >>> [m.pointers[0].key for m in read_marks("It fell [1].[^b] It rose³.", lambda aside: False)]
    ['1', 'b', '3']
    """
    return tuple(mark for match in _PATTERN.finditer(text) if (mark := _mark(match, text, cites)))


def _mark(match: re.Match[str], text: str, cites: Cites) -> Mark | None:
    if match["link"]:
        return _link(match)
    told = match["paren"] or match["dash"] or match["square"]
    if told and not cites(_aside(match, told, text)):
        return None
    pointers = tuple(_pointers(match))
    end = match.start() + len(match[0].rstrip(_LAST)) if match["url"] else match.end()
    return Mark(start=match.start(), end=end, pointers=pointers, removed=((match.start(), end),))


_NEAR = 200
"""Characters before an aside that its short form may stand for."""


def _aside(match: re.Match[str], told: str, text: str) -> Aside:
    before = text[max(0, match.start() - _NEAR) : match.start()]
    return Aside(
        words=told.strip("*_ "), before=before, last=_ends_sentence(match, text), square=match["square"] is not None
    )


def _ends_sentence(match: re.Match[str], text: str) -> bool:
    """Say whether parentheses stand right before the end of a sentence, or right behind it."""
    after = re.compile(r"\s*(?:[.!?]|\n|$)").match(text, match.end())
    return after is not None or text[max(0, match.start() - 9) : match.start()].rstrip()[-1:] in (".", "!", "?", "”")


def _pointers(match: re.Match[str]) -> Iterator[Pointer]:
    label = match[0]
    if match["group"]:
        for link in _LINK_ALONE.finditer(label):
            yield Pointer(label=label, key=link["ref"] or "", words=link["words"], address=link["address"] or "")
    elif match["note"]:
        yield Pointer(label=label, key=match["name"])
    elif match["lens"]:
        yield Pointer(label=label, key=re.split(r"[†:]", label.strip("【】"))[0])
    elif match["url"]:
        yield Pointer(label=label.rstrip(_LAST), address=label.rstrip(_LAST).strip("()<>"))
    elif match["dash"]:
        yield Pointer(label=label, words=match["dash"].strip("*_ "))
    elif told := match["paren"] or match["square"]:
        yield from (Pointer(label=label, words=words.strip()) for words in told.split(";"))
    else:
        plain = (match["raised"] or "").translate(str.maketrans(_RAISED + "˒ʼ", "0123456789,,"))
        yield from (Pointer(label=label, key=key) for key in numbers(match["numbers"] or match["sup"] or plain))


def numbers(text: str) -> Iterator[str]:
    """Yield each number of a list with ranges.

    >>> list(numbers("1, 4-6"))
    ['1', '4', '5', '6']
    """
    for part in re.split(r"[,;]", text.replace("^", "")):
        first, _, last = (p.strip() for p in re.sub("[–-]", "–", part).partition("–"))
        if last.isdigit() and first.isdigit() and 0 < int(last) - int(first) < 50:
            yield from (str(n) for n in range(int(first), int(last) + 1))
        else:
            yield from (p for p in (first, last) if p)


def _link(match: re.Match[str]) -> Mark:
    words = match.start("words"), match.end("words")
    alone = _NO_WORDS.fullmatch(match["words"]) or match[0].startswith("!")
    pointer = Pointer(label=match[0], key=match["ref"] or "", words=match["words"], address=match["address"] or "")
    removed = (match.span(),) if alone else ((match.start(), words[0]), (words[1], match.end()))
    return Mark(start=match.start(), end=match.end(), pointers=(pointer,), removed=removed)


def removed(text: str, marks: tuple[Mark, ...]) -> tuple[Range, ...]:
    """Return the ranges of a block that are no words: citations, marks of Markdown, tags."""
    return (*(r for mark in marks for r in mark.removed), *(m.span() for m in _FORMAT.finditer(text)))


def blanked(text: str, ranges: tuple[Range, ...]) -> str:
    """Return the text, as long as before, with white space for what is no word.

    Half a character, which JSON can spell, becomes U+FFFD: no tokenizer takes it.
    """
    chars = list(_HALF.sub("\ufffd", text))
    for start, end in ranges:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def words_of(blank: str, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    """Return the words of a range with single spaces, and the offset of each of their characters.

    >>> words_of("He   left  .", 0, 12)
    ('He left.', (0, 1, 2, 5, 6, 7, 8, 11))
    """
    kept: list[tuple[str, int]] = []
    for at in range(start, end):
        ch = blank[at]
        if ch.isspace():
            if kept and kept[-1][0] != " ":
                kept.append((" ", at))
            continue
        if ch in ".,;:!?" and len(kept) > 1 and kept[-1][0] == " " and (at + 1 == end or not blank[at + 1].isalnum()):
            kept.pop()
        kept.append((ch, at))
    while kept and kept[-1][0] == " ":
        kept.pop()
    return "".join(ch for ch, _ in kept), tuple(at for _, at in kept)
