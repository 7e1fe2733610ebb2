"""The language of the article's own words."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.types import Block, Role

# Below that many letters the guess is a coin's.
_LETTERS = 40
_JUDGED = 4_000


def language_of(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the ISO 639-1 code of the body's language, or None when it has fewer than 40 letters."""
    body = ""
    for block in blocks:
        if block.role is Role.BODY:
            body += text[block.start : min(block.end, block.start + _JUDGED)] + "\n"
        if len(body) >= _JUDGED:
            break
    if sum(ch.isalpha() for ch in body) < _LETTERS:
        return None
    import py3langid

    return str(py3langid.classify(body)[0])
