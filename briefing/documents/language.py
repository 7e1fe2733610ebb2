"""The language of the article's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.documents.vocabulary import FUNCTION_WORDS_OF
from briefing.types import Block, Role

# Below that many letters the guess is a coin's.
_LETTERS = 40
_JUDGED = 4_000
_LETTER = re.compile(r"[^\W\d_]")
_GUESSED = 1_500
_WORD = re.compile(r"[^\W\d_]+")
# English prose has 0.3 to 0.5 of such words, other languages that share some of them below 0.1; the model of
# py3langid, half a second to load, is asked about everything else.
_PLAINLY = 0.25
_WORDS = 20


def language_of(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the ISO 639-1 code of the body's language, or None when it has fewer than 40 letters."""
    body = _body(text, blocks)
    if len(_LETTER.findall(body[: _LETTERS * 10])) < _LETTERS and sum(map(str.isalpha, body)) < _LETTERS:
        return None
    if _is_plainly_english(body):
        return "en"
    import py3langid

    return str(py3langid.classify(body[:_GUESSED])[0])


def _body(text: str, blocks: Sequence[Block]) -> str:
    chosen: list[str] = []
    length = 0
    for block in blocks:
        if block.role is Role.BODY and length < _JUDGED:
            chosen.append(text[block.start : min(block.end, block.start + _JUDGED)])
            length += block.end - block.start
    return "\n".join(chosen)


def _is_plainly_english(body: str) -> bool:
    words = [word.lower() for word in _WORD.findall(body)]
    return len(words) >= _WORDS and sum(w in FUNCTION_WORDS_OF["en"] for w in words) >= _PLAINLY * len(words)
