"""Where in a file of JSON its articles stand: each an exact slice of the text, found without holding them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.articles import LISTS, is_article, no_article, value_at
from briefing.errors import SourceError, SourceUnsupported

_GAP = re.compile(r"[\s\ufeff]*")
_DEEPEST_LIST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """`text[start:end]` is one element of a list; `value` is what it says, or the error why it says nothing."""

    start: int
    end: int
    value: Any
    error: SourceError | None = None


def slices(text: str, location: str) -> Iterator[Slice]:
    """Yield the elements of the list of articles, or the one article that the whole text is.

    After an element that is not JSON nothing more can be told apart, so it is the last. Raises SourceUnsupported for
    a text that is not JSON, and SourceNotAnArticle for one that has no place for articles.

    >>> text = '{"status": "ok", "articles": [{"text": "One."}, {"text": "Two."}]}'
    >>> [text[found.start : found.end] for found in slices(text, "a.json")]
    ['{"text": "One."}', '{"text": "Two."}']
    """
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        yield from _elements(text, at, location)
        return
    value = whole_value(text, location)
    end = len(text.rstrip("\ufeff \t\r\n"))
    if is_article(value):
        yield Slice(start=at, end=end, value=value)
        return
    path = _path(value)
    if path is None:
        raise no_article(location)
    for key in path:
        at = _member(text, at, key, location)
    yield from _elements(text, at, location)


def whole_value(text: str, location: str) -> Any:
    """Parse a text that is one value and nothing else. Raises SourceUnsupported."""
    value, end = value_at(text, _skip(text, 0), location)
    if _skip(text, end) < len(text):
        message = f"not JSON: something follows the value, at character {_skip(text, end)}"
        raise SourceUnsupported(location, message, hint="save it again; one article a line goes into a .jsonl file")
    return value


def _path(value: Any) -> list[str] | None:
    """Return the keys that lead to the list of articles."""
    path: list[str] = []
    while isinstance(value, dict) and len(path) < _DEEPEST_LIST:
        key = next((key for key in LISTS if isinstance(value.get(key), list | dict) and value[key]), None)
        if key is None:
            return None
        path.append(key)
        value = value[key]
    return path if isinstance(value, list) else None


def _member(text: str, at: int, wanted: str, location: str) -> int:
    """Return where the value of a key of the object at `at` begins; of a key that stands twice, the last."""
    found = at
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        key, at = value_at(text, at, location)
        value = _skip(text, _skip(text, at) + 1)
        _, at = value_at(text, value, location)
        found = value if key == wanted else found
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at : at + 1] == "," else at
    return found


def _elements(text: str, at: int, location: str) -> Iterator[Slice]:
    at = _skip(text, at + 1)
    while at < len(text) and text[at] != "]":
        try:
            value, end = value_at(text, at, location)
        except SourceError as error:
            yield Slice(start=at, end=len(text), value=None, error=error)
            return
        yield Slice(start=at, end=end, value=value)
        at = _skip(text, end)
        if text[at : at + 1] not in (",", "]"):
            yield _broken(text, at, location)
            return
        at = _skip(text, at + 1) if text[at] == "," else at
    if at >= len(text):
        yield _broken(text, at, location)


def _broken(text: str, at: int, location: str) -> Slice:
    message = f"not JSON: the list breaks off or lacks a comma, at character {at}"
    error = SourceUnsupported(location, message, hint="save it again, whole")
    return Slice(start=at, end=len(text), value=None, error=error)


def _skip(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at
