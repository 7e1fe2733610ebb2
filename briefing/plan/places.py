"""Where each setting of a TOML text stands: table, name and every value of a list. Pure."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.plan.statements import Statement, Token, tokens

#: The names that lead to a value, and its number in each list on the way, from 0: as pydantic gives it.
Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A line and a column, both from 1; columns are counted in code points."""

    line: int
    column: int


class Lines:
    """Turns offsets into places.

    >>> Lines("ab\\ncd").place(4)
    Place(line=2, column=2)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> Place:
        """Return where an offset is."""
        line = bisect_right(self._starts, offset)
        return Place(line=line, column=offset - self._starts[line - 1] + 1)


def offsets(text: str, statements: Sequence[Statement]) -> dict[Path, int]:
    """Return where everything that `statements` set begins: a table at its head, a setting at its name.

    Every statement is TOML, and all together are.

    >>> from briefing.plan.statements import read
    >>> text = 'a."b c" = ["x",\\n"y"]\\n[[t]]\\nn = {k = 1}\\n'
    >>> for path, offset in offsets(text, read(text).statements).items():
    ...     print(path, repr(text[offset : offset + 5]))
    ('a',) 'a."b '
    ('a', 'b c') 'a."b '
    ('a', 'b c', 0) '"x",\\n'
    ('a', 'b c', 1) '"y"]\\n'
    ('t',) '[[t]]'
    ('t', 0) '[[t]]'
    ('t', 0, 'n') 'n = {'
    ('t', 0, 'n', 'k') 'k = 1'
    """
    found: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    for statement in statements:
        pieces = _Pieces(text, statement)
        if statement.head:
            table = _head(pieces, counts, found)
        elif statement.first:
            _setting(pieces, table, found)
    return found


class _Pieces:
    """The pieces of a statement that mean something, one after the other."""

    def __init__(self, text: str, statement: Statement) -> None:
        found = (t for t in tokens(text, statement.start, statement.end) if t.kind not in ("comment", "line"))
        self._found = [t for t in found if t.text.strip()]
        self._at = 0

    def next(self) -> Token:
        self._at += 1
        return self._found[self._at - 1]

    def at(self, sign: str) -> bool:
        piece = self._found[self._at]
        return piece.kind == "sign" and piece.text == sign

    @property
    def offset(self) -> int:
        piece = self._found[self._at]
        return piece.start + len(piece.text) - len(piece.text.lstrip())

    def names(self, end: str) -> Path:
        """Read a name with its dots, and the sign after it."""
        names: list[str] = []
        while not self.at(end):
            piece = self.next()
            quoted = piece.kind != "word"
            names += [_unquoted(piece.text)] if quoted else [p for part in piece.text.split(".") if (p := part.strip())]
        self.next()
        return tuple(names)


def _unquoted(name: str) -> str:
    return str(tomllib.loads(f"name = {name}")["name"])


def _head(pieces: _Pieces, counts: dict[Path, int], found: dict[Path, int]) -> Path:
    start = pieces.offset
    pieces.next()
    several = pieces.at("[")
    if several:
        pieces.next()
    names = pieces.names("]")
    path: Path = ()
    for name in names[:-1]:
        found.setdefault((*path, name), start)
        path = _last((*path, name), counts)
    path = (*path, names[-1])
    found.setdefault(path, start)
    if several:
        counts[path] = counts.get(path, 0) + 1
    path = _last(path, counts)
    found.setdefault(path, start)
    return path


def _last(path: Path, counts: Mapping[Path, int]) -> Path:
    """Return the table that is meant: of a list of tables it is the last."""
    return (*path, counts[path] - 1) if path in counts else path


def _setting(pieces: _Pieces, table: Path, found: dict[Path, int]) -> None:
    start = pieces.offset
    path = table
    for name in pieces.names("="):
        path = (*path, name)
        found.setdefault(path, start)
    _value(pieces, path, found)


def _value(pieces: _Pieces, path: Path, found: dict[Path, int]) -> None:
    if pieces.at("["):
        pieces.next()
        number = 0
        while not pieces.at("]"):
            found[*path, number] = pieces.offset
            _value(pieces, (*path, number), found)
            number += 1
            if pieces.at(","):
                pieces.next()
    elif pieces.at("{"):
        pieces.next()
        while not pieces.at("}"):
            _setting(pieces, path, found)
            if pieces.at(","):
                pieces.next()
    pieces.next()
