"""Frozen dataclasses as JSON and back, exactly, driven by their types. Knows no class in particular. Pure.

Fields that have their default are left out, and a field that is missing gets it: rows of an older version are read.
What a newer version wrote, an unknown field or an unknown word of a closed list, is refused and never dropped.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Unreadable(Exception):
    """Values that are no such object. `newer` says that a newer version may have written them."""

    def __init__(self, message: str, *, newer: bool = False) -> None:
        super().__init__(message)
        self.newer = newer


class _Codec(NamedTuple):
    """Two functions that undo one another."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def written(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass as values of JSON, those that are at their default left out.

    >>> from briefing.types import Block, Role
    >>> written(Block(role=Role.BODY, start=0, end=9))
    {'role': 'body', 'start': 0, 'end': 9}
    """
    kind: Any = type(value)
    values: dict[str, Any] = _codec(kind).write(value)
    return values


def read(kind: type[T], values: Any) -> T:
    """Return the object that `written` wrote. Raises `Unreadable`.

    >>> from briefing.types import Block
    >>> read(Block, {"role": "body", "start": 0, "end": 9})
    Block(role=<Role.BODY: 'body'>, start=0, end=9, boxes=())
    >>> read(Block, {"role": "body", "start": 0, "end": 9, "colour": "red"})
    Traceback (most recent call last):
    briefing.memory.codec.Unreadable: Block has a field that is not known here: colour
    """
    of: Any = kind
    made: T = _codec(of).read(values)
    return made


@cache
def _codec(kind: Any) -> _Codec:
    """Return how values of a type are written and read; made once for each type."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        return _object(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Codec(lambda value: value.value, lambda value: _word(kind, value))
    origin, of = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union(of)
    if origin is tuple:
        return _tuple(of)
    if origin is Mapping:
        return _mapping(_codec(of[1]))
    raise TypeError(f"no way to write {kind} is known")


def _checked(kind: type, *, also: type | None = None) -> _Codec:
    allowed = kind if also is None else (kind, also)

    def take(value: Any) -> Any:
        # A bool is an int to Python, and is none here.
        if not isinstance(value, allowed) or (isinstance(value, bool) and kind is not bool):
            raise Unreadable(f"{kind.__name__} expected, found {type(value).__name__}")
        return value

    return _Codec(lambda value: value, take)


def _moment(kind: type[Any]) -> _Codec:
    def take(value: Any) -> Any:
        try:
            return kind.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise Unreadable(f"{kind.__name__} expected, found {value!r:.40}") from error

    return _Codec(lambda value: value.isoformat(), take)


_PLAIN: dict[Any, _Codec] = {
    str: _checked(str),
    bool: _checked(bool),
    int: _checked(int),
    float: _checked(float, also=int),
    Any: _Codec(lambda value: value, lambda value: value),
    datetime: _moment(datetime),
    date: _moment(date),
}


def _word(kind: type[Enum], value: Any) -> Enum:
    try:
        return kind(value)
    except ValueError as error:
        raise Unreadable(f"{kind.__name__} has no {value!r:.40} here", newer=True) from error


def _union(of: tuple[Any, ...]) -> _Codec:
    """Of a type and None; other unions have no use here."""
    (one,) = (kind for kind in of if kind is not type(None))
    codec = _codec(one)
    return _Codec(
        lambda value: None if value is None else codec.write(value),
        lambda value: None if value is None else codec.read(value),
    )


def _tuple(of: tuple[Any, ...]) -> _Codec:
    if of[1:] == (...,):
        each = _codec(of[0])
        return _Codec(
            lambda value: [each.write(item) for item in value],
            lambda value: tuple(each.read(item) for item in _list(value)),
        )
    codecs = [_codec(kind) for kind in of]
    return _Codec(
        lambda value: [codec.write(item) for codec, item in zip(codecs, value, strict=True)],
        lambda value: tuple(codec.read(item) for codec, item in zip(codecs, _list(value, len(codecs)), strict=True)),
    )


def _list(value: Any, length: int | None = None) -> list[Any]:
    if not isinstance(value, list) or length not in (None, len(value)):
        raise Unreadable(f"a list{'' if length is None else f' of {length}'} expected, found {type(value).__name__}")
    return value


def _mapping(of: _Codec) -> _Codec:
    return _Codec(
        lambda value: {name: of.write(item) for name, item in value.items()},
        lambda value: {name: of.read(item) for name, item in _dict(value).items()},
    )


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable(f"an object expected, found {type(value).__name__}")
    return value


def _object(kind: Any) -> _Codec:
    hints = get_type_hints(kind)
    codecs = {item.name: _codec(hints[item.name]) for item in fields(kind)}
    defaults = {item.name: _default(item) for item in fields(kind)}

    def write(value: Any) -> dict[str, Any]:
        values = ((name, codec, getattr(value, name)) for name, codec in codecs.items())
        return {name: codec.write(item) for name, codec, item in values if item != defaults[name]}

    def take(values: Any) -> Any:
        given = _dict(values)
        try:
            return kind(**{name: codecs[name].read(value) for name, value in given.items()})
        except KeyError as error:
            raise Unreadable(
                f"{kind.__name__} has a field that is not known here: {error.args[0]!s:.40}", newer=True
            ) from error
        except TypeError as error:
            lacking = [name for name, value in defaults.items() if value is MISSING and name not in given]
            raise Unreadable(f"{kind.__name__} lacks {', '.join(lacking)}") from error

    return _Codec(write, take)


def _default(item: Field[Any]) -> Any:
    return item.default if item.default_factory is MISSING else item.default_factory()
