"""Another tool's JSON, by its shape; anything else is one piece of prose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from briefing.errors import TextNotRead
from briefing.texts.pieces import Piece, Pointer

_CLAIM_TEXT = ("text", "claim", "statement", "sentence")
_CITED = ("citations", "sources", "references", "source", "citation", "evidence")
_ANSWER = ("answer", "text", "output", "response", "summary", "content")
_SHAPES = (
    'a briefing.json, {"claims": [{"text", "citations"}]}, {"answer", "citations"}, a chat completion with '
    '"choices", a response with "output", or a list of strings'
)


def read_pieces(text: str, subject: str) -> tuple[Piece, ...]:
    """Return the prose of a text. Raises TextNotRead for JSON of a shape that is not known, `subject` its name.

    >>> read_pieces('{"claims": [{"claim": "It fell.", "sources": [2]}]}', "a.json")[0]
    Piece(text='It fell.', path='/claims/0/claim', given=(Pointer(label='2', key='2', words='', address=''),), ...)
    """
    values = _json(text)
    if values is None:
        return (Piece(text=text),)
    pieces = tuple(_pieces(values))
    if not pieces:
        keys = ", ".join(list(values)[:8]) if isinstance(values, dict) else "a list"
        message = f"JSON of an unknown shape ({keys or 'an empty object'}): looked for {_SHAPES}"
        raise TextNotRead(subject, message, hint="give the text itself, or one of these shapes")
    return pieces


def _json(text: str) -> Any:
    """Return the value of a text that is JSON as a whole; prose that merely begins with a bracket is none."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _pieces(values: Any) -> Iterator[Piece]:
    if isinstance(values, list):
        yield from _claims(values, "", ())
    elif isinstance(values, dict):
        if isinstance(values.get("claims"), list):
            yield from _claims(values["claims"], "/claims", _manifest_sources(values))
        elif isinstance(values.get("choices"), list):
            for i, choice in enumerate(values["choices"]):
                yield from _message(
                    choice.get("message") if isinstance(choice, dict) else None, f"/choices/{i}/message"
                )
        elif isinstance(values.get("output"), list):
            for i, item in enumerate(values["output"]):
                yield from _message(item, f"/output/{i}")
        else:
            yield from _answer(values)


def _claims(items: list[Any], path: str, sources: Any) -> Iterator[Piece]:
    for i, item in enumerate(items):
        if isinstance(item, str):
            yield Piece(text=item, path=f"{path}/{i}")
        elif isinstance(item, dict):
            key = next((k for k in _CLAIM_TEXT if isinstance(item.get(k), str)), None)
            if key:
                given = tuple(p for k in _CITED for p in _pointers(item.get(k), sources))
                yield Piece(text=item[key], path=f"{path}/{i}/{key}", given=tuple(dict.fromkeys(given)), whole=True)


def _answer(values: dict[str, Any]) -> Iterator[Piece]:
    key = next((k for k in _ANSWER if isinstance(values.get(k), str)), None)
    if key:
        listed = tuple(p for k in _CITED for p in _pointers(values.get(k), ()))
        yield Piece(text=values[key], path=f"/{key}", listed=listed)


def _message(message: Any, path: str) -> Iterator[Piece]:
    """Read a message of a chat completion, or an item of a response, whose content comes in parts."""
    if not isinstance(message, dict):
        return
    content = message.get("content")
    if isinstance(content, str):
        yield Piece(text=content, path=f"{path}/content", anchored=_anchored(message, content))
    elif isinstance(content, list):
        for i, part in enumerate(content):
            if isinstance(part, dict) and isinstance(part.get("text"), str):
                anchored = _anchored(part, part["text"])
                yield Piece(text=part["text"], path=f"{path}/content/{i}/text", anchored=anchored)


def _anchored(message: dict[str, Any], text: str) -> tuple[tuple[int, int, Pointer], ...]:
    """Read `url_citation` annotations; their offsets are taken for code points, and held within the text."""
    found = []
    notes = message.get("annotations")
    for note in notes if isinstance(notes, list) else ():
        inner = note.get("url_citation", note) if isinstance(note, dict) else None
        if isinstance(inner, dict) and isinstance(inner.get("url"), str):
            ends = [inner.get("start_index"), inner.get("end_index")]
            start, end = (min(max(e, 0), len(text)) if isinstance(e, int) else 0 for e in ends)
            pointer = Pointer(label=inner["url"], words=str(inner.get("title") or ""), address=inner["url"])
            found.append((start, max(start, end), pointer))
    return tuple(found)


def _manifest_sources(values: dict[str, Any]) -> dict[str, Pointer]:
    """Return the list of sources of the JSON itself by id: claims of a manifest cite by these."""
    sources = values.get("sources")
    found = {}
    for i, source in enumerate(sources if isinstance(sources, list) else (), 1):
        for pointer in _pointers([source], ()):
            key = str(source.get("id", i)) if isinstance(source, dict) else str(i)
            found[key] = pointer
    return found


def _pointers(values: Any, sources: Any) -> Iterator[Pointer]:
    """Read a field that cites: numbers, names, addresses, or objects with some of these."""
    for value in values if isinstance(values, list) else [values]:
        if isinstance(value, dict):
            yield from _described(value, sources)
        elif isinstance(value, int | str) and not isinstance(value, bool) and str(value).strip():
            yield from _written(str(value).strip(), sources)


def _written(value: str, sources: Any) -> Iterator[Pointer]:
    key = value.strip("[]^")
    if key in sources:
        yield sources[key]
    elif key.isdigit() or (key[:1] in "sS" and key[1:].isdigit()):
        yield Pointer(label=value, key=key)
    elif "://" in value:
        yield Pointer(label=value, address=value)
    else:
        yield Pointer(label=value, words=value)


def _described(value: dict[str, Any], sources: Any) -> Iterator[Pointer]:
    for key in ("source", "id", "document", "index", "number"):
        if key in value and not isinstance(value[key], dict | list) and str(value[key]) in sources:
            yield sources[str(value[key])]
            return
    address = _field(value, "url", "link", "address", "uri", "href")
    file = _field(value, "location", "file", "path", "filename")
    names = [_field(value, key) for key in ("title", "name", "publisher", "outlet", "source", "document")]
    words = "; ".join(name for name in names if name)
    number = value.get("number", value.get("index", value.get("id")))
    if address or file or words:
        yield Pointer(label=words or file or address, words=words, address=address or file)
    elif isinstance(number, int | str):
        yield from _written(str(number), sources)


def _field(value: dict[str, Any], *keys: str) -> str:
    """Return the first of these fields that holds words."""
    return next((value[key] for key in keys if isinstance(value.get(key), str) and value[key]), "")
