"""Make text from a source harmless where it is printed: in Markdown and on a terminal."""

from __future__ import annotations

import re
import unicodedata

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~^$&])")
_MARKDOWN_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=#])")
_ADDRESS = re.compile(r"(?<=\w)(:)(?=//)|(?<=\bwww)(\.)|(?<=\w)(@)(?=\w)", re.I)


def escape_markdown(text: str) -> str:
    """Return `text` as one line of Markdown that shows exactly these characters and does nothing else.

    Line breaks become spaces, control and bidirectional characters become visible, and nothing in the text
    can open a link, an image, HTML, a list, a heading, a footnote or a table cell.

    >>> escape_markdown("[x](http://a.b) <b>|")
    '\\\\[x\\\\](http\\\\://a.b) \\\\<b\\\\>\\\\|'
    >>> escape_markdown("2022. It rained\\u202e")
    '2022\\\\. It rained⟨U+202E⟩'
    """
    text = show_controls(" ".join(text.split()))
    text = _MARKDOWN_SPECIAL.sub(r"\\\1", text)
    text = _ADDRESS.sub(lambda m: "\\" + m.group(), text)
    return _MARKDOWN_START.sub(lambda m: rf"{m[1]}\{m[2]}" if m[1] else rf"\{m[3]}", text)


def show_controls(text: str) -> str:
    """Make characters visible that would steer a terminal or reorder a line; letters and emoji stay.

    >>> show_controls("red\\x1b[31m")
    'red⟨U+001B⟩[31m'
    """
    return "".join(f"⟨U+{ord(ch):04X}⟩" if _steers(ch) else ch for ch in text)


def _steers(ch: str) -> bool:
    # Zero-width joiners belong to emoji and to several scripts; U+00AD only hints at a line break.
    return unicodedata.category(ch) in {"Cc", "Cf", "Co", "Cn", "Cs"} and ch not in "\u200d\u200c\u00ad"
