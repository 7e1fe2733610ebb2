"""The paragraphs of a part of a DOCX file: what a reader of the finished text sees, and how much he does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What was deleted or moved away, what fields compute from, and what older programs are shown instead.
_UNSEEN = frozenset({f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}instrText", f"{_WORD}delText", _FALLBACK})
_CHARACTERS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "\u2011",
}
_OFF = frozenset({"0", "false", "off"})
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


def style_names(root: etree._Element | None) -> dict[str, str]:
    """Return style id → name, in small letters: ids are in the language of the program, names are not."""
    if root is None:
        return {}
    return {
        style.get(f"{_WORD}styleId", ""): (name.get(f"{_WORD}val") or "").lower()
        for style in root.iter(f"{_WORD}style")
        if (name := style.find(f"{_WORD}name")) is not None
    }


def paragraphs(root: etree._Element, styles: Mapping[str, str], hidden: Hidden) -> Iterator[Paragraph]:
    """Yield the paragraphs of a part in order; those of a text box follow the paragraph that it hangs on."""
    for element in root.iter(f"{_WORD}p"):
        if any(above.tag in _UNSEEN for above in element.iterancestors()):
            continue
        text = _SURROGATE.sub("\ufffd", _text(element, hidden)).strip()
        if text:
            style = _style(element, styles)
            yield Paragraph(
                text=text,
                heading=bool(_HEADING.match(style)) or element.find(f"{_WORD}pPr/{_WORD}outlineLvl") is not None,
                listed=element.find(f"{_WORD}pPr/{_WORD}numPr") is not None or style.startswith("list"),
                style=style,
            )


def _style(paragraph: etree._Element, styles: Mapping[str, str]) -> str:
    named = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return "" if named is None else styles.get(named.get(f"{_WORD}val", ""), "")


def _text(paragraph: etree._Element, hidden: Hidden) -> str:
    parts: list[str] = []
    for element in _own(paragraph):
        written = element.text or "" if element.tag == f"{_WORD}t" else _CHARACTERS.get(element.tag, "")
        if written and _is_hidden(element):
            hidden.characters += len(written)
        else:
            parts.append(written)
    return "".join(parts)


def _own(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Walk what belongs to the paragraph itself: not what was deleted, nor the paragraphs of a text box in it."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _UNSEEN or element.tag == f"{_WORD}p" or element.tag == f"{_WORD}pPr":
            continue
        yield element
        waiting.extend(reversed(element))


def _is_hidden(element: etree._Element) -> bool:
    """Whether the run it stands in is hidden, white, or too small to be seen."""
    run = next((above for above in element.iterancestors(f"{_WORD}r")), None)
    properties = None if run is None else run.find(f"{_WORD}rPr")
    if properties is None:
        return False
    for name in ("vanish", "webHidden", "specVanish"):
        found = properties.find(f"{_WORD}{name}")
        if found is not None and found.get(f"{_WORD}val", "true") not in _OFF:
            return True
    colour = properties.find(f"{_WORD}color")
    size = properties.find(f"{_WORD}sz")
    white = colour is not None and colour.get(f"{_WORD}val", "").upper() == "FFFFFF"
    shaded = properties.find(f"{_WORD}shd") is not None or properties.find(f"{_WORD}highlight") is not None
    # Sizes are in half points.
    tiny = size is not None and size.get(f"{_WORD}val", "") in ("0", "1", "2")
    return tiny or (white and not shaded)
