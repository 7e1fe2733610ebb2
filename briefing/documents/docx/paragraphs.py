"""The paragraphs of a part of a DOCX file: what a reader of the finished text sees, and how much he does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from briefing.documents.docx.styles import WORD, Styles

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What was deleted or moved away, what fields compute from, and what older programs are shown instead.
_UNSEEN = frozenset({f"{WORD}del", f"{WORD}moveFrom", f"{WORD}instrText", f"{WORD}delText", _FALLBACK})
_CHARACTERS = {
    f"{WORD}tab": "\t",
    f"{WORD}br": "\n",
    f"{WORD}cr": "\n",
    f"{WORD}noBreakHyphen": "\u2011",
}
_HEADING = re.compile(r"(?:heading|title|subtitle)\b", re.I)
# XML cannot hold these; a text that is printed and hashed must not either.
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One paragraph, trimmed; never empty."""

    text: str
    heading: bool
    listed: bool
    style: str
    """The name of its style, in small letters; empty for none."""


@dataclass
class Hidden:
    """How many characters were passed over because nobody sees them."""

    characters: int = 0


def paragraphs(root: etree._Element, styles: Styles, hidden: Hidden) -> Iterator[Paragraph]:
    """Yield the paragraphs of a part in order; those of a text box follow the paragraph that it hangs on."""
    for element in root.iter(f"{WORD}p"):
        if any(above.tag in _UNSEEN for above in element.iterancestors()):
            continue
        text = _SURROGATE.sub("\ufffd", _text(element, styles, hidden)).strip()
        if text:
            style = _style(element, styles)
            yield Paragraph(
                text=text,
                heading=bool(_HEADING.match(style)) or element.find(f"{WORD}pPr/{WORD}outlineLvl") is not None,
                listed=element.find(f"{WORD}pPr/{WORD}numPr") is not None or style.startswith("list"),
                style=style,
            )


def _style(paragraph: etree._Element, styles: Styles) -> str:
    named = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    return "" if named is None else styles.names.get(named.get(f"{WORD}val", ""), "")


def _text(paragraph: etree._Element, styles: Styles, hidden: Hidden) -> str:
    parts: list[str] = []
    for element in _own(paragraph):
        written = element.text or "" if element.tag == f"{WORD}t" else _CHARACTERS.get(element.tag, "")
        if written and _is_hidden(element, paragraph, styles):
            hidden.characters += len(written)
        else:
            parts.append(written)
    return "".join(parts)


def _own(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Walk what belongs to the paragraph itself: not what was deleted, nor the paragraphs of a text box in it."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _UNSEEN or element.tag == f"{WORD}p" or element.tag == f"{WORD}pPr":
            continue
        yield element
        waiting.extend(reversed(element))


def _is_hidden(element: etree._Element, paragraph: etree._Element, styles: Styles) -> bool:
    """Whether the run it stands in is hidden, white or too small to be seen."""
    run = next((above for above in element.iterancestors(f"{WORD}r")), None)
    return styles.hide(None if run is None else run.find(f"{WORD}rPr"), paragraph.find(f"{WORD}pPr"))
