"""TOML cut into its statements, so that a mistake in one of them hides none in the others.

`tomllib` stops at the first mistake; it stays the judge of every statement and of all that are sound together. Lines
and columns are counted from 1, columns in code points. Pure.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

#: No setting is nested a third as deep; `tomllib` recurses, and takes time by the square of the parts of a key.
DEEPEST = 30
#: How many tables and settings that stand twice are looked for: each costs reading the file again.
_MOST_TWICE = 10

_ONE_LINE = r"""
      (?P<text> "(?:[^"\\\n]|\\[^\n])*+" | '[^'\n]*+' )
    | (?P<open> ["'][^\n]* ) | (?P<comment> \#[^\n]* ) | (?P<line> \n ) | (?P<sign> [][{},=] )
    | (?P<word> [^][{},="'\#\n]+ )"""
_LONG = r"""
      (?P<long> "{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5} | '{3}(?:[^']|'{1,2}(?!'))*+'{3,5} )
    | (?P<endless> "{3}[^\n]* | '{3}[^\n]* ) |"""
_TOKEN = re.compile(_LONG + _ONE_LINE, re.S | re.X)
_WITHOUT_LONG = re.compile(r"(?P<endless> \"{3}[^\n]* | '{3}[^\n]* ) |" + _ONE_LINE, re.S | re.X)
#: A line that no list goes on with: the head of a table, or a name and an equals sign.
_FRESH = re.compile(
    r"[ \t]*+(?:\[\[?[ \t]*+(?!(?:true|false|inf|nan)\b)[A-Za-z_][\w.-]*+[ \t]*+]]?[ \t]*+(?:\#.*)?$|[\w.-]++[ \t]*+=)",
    re.M,
)


class Token(NamedTuple):
    """A piece of TOML and where it begins."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A head of a table, or a setting with all lines of its value; blank lines and comments are statements too."""

    start: int
    end: int
    first: str
    """Its first sign: `[` of a head; empty of a blank line."""
    open: bool
    """Whether a bracket was not closed."""
    too_deep: bool

    @property
    def head(self) -> bool:
        """Whether it begins a table."""
        return self.first == "["


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """A statement that is not TOML, or that says again what was said."""

    start: int
    message: str
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sound:
    """What a text says as far as it is TOML."""

    values: dict[str, Any]
    statements: tuple[Statement, ...]
    """Those that it was read from."""
    slips: tuple[Slip, ...]


def read(text: str) -> Sound:
    """Read what is sound; line breaks are `\\n` alone. A table whose head is not sound is left out whole.

    >>> found = read('a = 1\\nb = yes\\n[c\\nd = 1\\n[e]\\nf = [1,\\n2]\\n')
    >>> found.values, [(slip.start, slip.message) for slip in found.slips]
    ({'a': 1, 'e': {'f': [1, 2]}}, [(10, 'a value that is not TOML'), (14, 'a bracket that is not closed')])
    """
    statements = cut(text)
    slips = {n: slip for n, each in enumerate(statements) if each.first and (slip := _slip(each, text))}
    for _ in range(_MOST_TWICE + 1):
        kept = _kept(statements, slips)
        try:
            values = tomllib.loads(_blanked(text, statements, kept))
            break
        except ValueError as error:
            number = _number(error, text, statements)
            slips[number] = _said(error, statements[number], text)
    else:
        values, kept = {}, []
    found = tuple(slips[n] for n in sorted(slips))
    return Sound(values=values, statements=tuple(statements[n] for n in kept), slips=found)


def _kept(statements: Sequence[Statement], slips: Mapping[int, Slip]) -> list[int]:
    """Return which statements are read: none with a slip, and none below a head with one."""
    kept = []
    headless = False
    for number, statement in enumerate(statements):
        if statement.head:
            headless = number in slips
        if not headless and number not in slips:
            kept.append(number)
    return kept


def _blanked(text: str, statements: Sequence[Statement], kept: Sequence[int]) -> str:
    """Return the text with nothing but line breaks in place of what is not kept."""
    wanted = set(kept)
    parts = ((text[each.start : each.end], n in wanted) for n, each in enumerate(statements))
    return "".join(part if keep else "\n" * part.count("\n") for part, keep in parts)


def _number(error: ValueError, text: str, statements: Sequence[Statement]) -> int:
    """Return which statement of the whole text an error is about."""
    line = int(found[2]) if (found := _SAID.match(str(error))) and found[2] else 1
    at = _line_starts(text)[line - 1]
    return bisect_right([each.start for each in statements], at) - 1


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


# Naming mistakes
# ---------------

_SAID = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)\Z", re.S)
#: What `tomllib` says, and what that means to whoever wrote the file.
_MEANINGS = (
    ("Invalid value", "a value that is not TOML", "text stands in quotes, a list in brackets"),
    ("Invalid initial character", "a name that is not TOML", "names are of letters, digits, _ and -"),
    ("Invalid statement", "neither a setting nor the head of a table", 'write `name = "value"`'),
    ("Expected '='", "no equals sign after the name", 'write `name = "value"`'),
    ("Expected ']'", "the head of a table is not closed", "write `[daily]`"),
    ("Expected newline", "more than one value", "text stands in quotes, and every setting on a line of its own"),
    ("Unclosed array", "no comma between two values", "values in brackets stand apart by commas"),
    ("Unclosed inline table", "no comma between two values", "values in braces stand apart by commas"),
    ("Unterminated", "a text without its closing quote", "close it as it began"),
    ("Illegal character '\\n'", "a text without its closing quote", "close it as it began"),
    ("Unescaped '\\'", "a backslash in double quotes", "write the text in single quotes"),
    ("Invalid date", "no such date or time", "write text in quotes"),
    ("Cannot declare", "this table stands further up too", "put what both say under one head"),
    ("Cannot", "this is set further up already", "take out one of the two"),
    ("Duplicate", "a name stands twice in braces", "take out one of the two"),
)


def _slip(statement: Statement, text: str) -> Slip | None:
    """Return what is wrong with a statement taken by itself."""
    if statement.too_deep:
        return Slip(start=statement.start, message="brackets or dots nested too deeply", hint="no setting needs that")
    try:
        tomllib.loads(text[statement.start : statement.end])
    except ValueError as error:
        if statement.open:
            return Slip(start=statement.start, message="a bracket that is not closed", hint="close it")
        return _said(error, statement, text, within=True)
    return None


def _said(error: ValueError, statement: Statement, text: str, *, within: bool = False) -> Slip:
    """Say what an error says; `within` the statement it knows the place, else it counted the lines of all the text."""
    found = _SAID.match(str(error))
    said = found[1] if found else "a value that cannot be read"
    start = _first_character(statement, text)
    if within and found and found[2]:
        lines = _line_starts(text[statement.start : statement.end])
        start = statement.start + lines[int(found[2]) - 1] + int(found[3]) - 1
    for beginning, message, hint in _MEANINGS:
        if said.startswith(beginning):
            return Slip(start=start, message=message, hint=hint)
    return Slip(start=start, message=f"not TOML: {said}", hint="mend or remove this line")


def _first_character(statement: Statement, text: str) -> int:
    indented = text[statement.start : statement.end]
    return statement.start + len(indented) - len(indented.lstrip())


# Cutting
# -------


def cut(text: str) -> tuple[Statement, ...]:
    """Cut a text after every line break that stands in no bracket and in no text.

    A bracket that is never closed ends before a line that can only be a new statement.

    >>> [text[s.start : s.end] for text in ['a = [\\n1]\\n[b]\\nc = [\\nd = 1'] for s in cut(text)]
    ['a = [\\n1]\\n', '[b]\\n', 'c = [\\n', 'd = 1']
    """
    found: list[Statement] = []
    start, depth, deepest, dots, first = 0, 0, 0, 0, ""
    for token in tokens(text):
        end = token.start + len(token.text)
        if token.kind == "sign":
            depth = depth + 1 if token.text in "[{" else max(depth - 1, 0) if token.text in "]}" else depth
        if token.kind == "word":
            dots += token.text.count(".")
        elif token.kind in ("sign", "line"):
            dots = 0
        deepest = max(deepest, depth, dots)
        if not first and token.kind not in ("comment", "line"):
            first = token.text.strip()[:1]
        if end == len(text) or (token.kind == "line" and (depth == 0 or _FRESH.match(text, end))):
            found.append(
                Statement(start=start, end=end, first=first, open=depth > 0, too_deep=deepest > DEEPEST),
            )
            start, depth, deepest, dots, first = end, 0, 0, 0, ""
    return tuple(found)


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the pieces of a text, every character of it."""
    pattern, end = _TOKEN, len(text) if end is None else end
    while start < end:
        match = pattern.match(text, start, end)
        # Between them the kinds take in every character, so there is always one.
        kind, piece = (match.lastgroup, match[0]) if match else (None, text[start:end])
        yield Token(kind or "word", piece, start)
        if kind == "endless":
            # The look for its end went through the whole text: one such look is enough.
            pattern = _WITHOUT_LONG
        start += len(piece)
