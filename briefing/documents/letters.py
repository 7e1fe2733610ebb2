"""The text of a mail: what was written for it, what it quotes, and how it is signed.

A line break that a mail program put in to keep lines short ("format=flowed") is left out of the text, and kept
beside it; everything else is the text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.documents import roles
from briefing.documents.decoding import Decoded
from briefing.documents.pieces import Piece, cut
from briefing.documents.reading import Read
from briefing.documents.shapes import Shape
from briefing.documents.text_head import read_head
from briefing.types import Role

_SOFT_BREAK = re.compile(r"(?<=[^\r\n-] )\r?\n(?=[^\r\n> ])")
_SIGNATURE = re.compile(r"^-- ?\r?$", re.M)
_QUOTE_OPENS = re.compile(
    r"^(?:On\b.{6,200}\bwrote|Am\b.{6,200}\bschrieb\b.{0,80}|Le\b.{6,200}\ba écrit|El\b.{6,200}\bescribió)"
    r"\s*:[ \t]*\r?$",
    re.M,
)
_FORWARDED = re.compile(
    r"^[->* \t]*(?:Forwarded message|Begin forwarded message|Original Message|Weitergeleitete Nachricht)\b.*$",
    re.M | re.I,
)
_FORWARDED_FIELD = re.compile(r"\*?(?:From|To|Cc|Date|Sent|Subject|Reply-To|Von|An|Betreff|Datum)\*?:\s", re.I)
_FIELDS_BELOW = 8


def read_letter(decoded: Decoded, *, flowed: bool) -> Read:
    """Say what each piece of a mail's text is for.

    >>> letter = Decoded(text="The bridge was closed on Monday.\\n\\n> Was it closed?\\n\\n-- \\nAnn", encoding="utf-8")
    >>> [str(role) for role in read_letter(letter, flowed=False).roles]
    ['body', 'comment', 'furniture', 'furniture']
    """
    text, left_out = _reflowed(decoded.text) if flowed else (decoded.text, ())
    pieces = [part for piece in cut(text) for part in _parted(piece, text)]
    shapes = [Shape(piece) for piece in pieces]
    assigned = _marked(text, pieces, roles.assign(shapes))
    return Read(
        text=text,
        pieces=pieces,
        roles=assigned,
        head=read_head(text, shapes, assigned),
        encoding=decoded.encoding,
        extractor="decode/1",
        warnings=decoded.warnings,
        left_out=left_out,
    )


def _reflowed(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    kept: list[str] = []
    left_out: list[tuple[int, str]] = []
    at = length = 0
    for found in _SOFT_BREAK.finditer(text):
        kept.append(text[at : found.start()])
        length += found.start() - at
        left_out.append((length, found[0]))
        at = found.end()
    return "".join((*kept, text[at:])), tuple(left_out)


def _parted(piece: Piece, text: str) -> list[Piece]:
    """Part the lines of a quotation from those around it."""
    quoted = re.search(r"\r?\n(?=>)", piece.text)
    if not quoted or piece.text.startswith(">"):
        return [piece]
    middle, rest = piece.start + quoted.start(), piece.start + quoted.end()
    return [
        Piece(start=start, end=end, text=text[start:end], bulleted=piece.bulleted, apart=piece.apart and first)
        for start, end, first in ((piece.start, middle, True), (rest, piece.end, False))
    ]


def _marked(text: str, pieces: Sequence[Piece], assigned: Sequence[Role]) -> list[Role]:
    marked = list(assigned)
    signature = next((found.start() for found in _SIGNATURE.finditer(text)), len(text))
    openers = {found.start() for found in _QUOTE_OPENS.finditer(text)}
    forwarded = [found.start() for found in _FORWARDED.finditer(text)]
    # Below a line "Ann wrote:" without marks stands what she wrote; a forwarded mail is what it was sent for.
    answered = min(openers, default=len(text))
    for index, piece in enumerate(pieces):
        if piece.text.startswith(">"):
            marked[index] = Role.COMMENT
        elif piece.start >= signature or piece.start in openers or piece.start in forwarded:
            marked[index] = Role.FURNITURE
        elif piece.start > answered and not any(p.text.startswith(">") for p in pieces):
            marked[index] = Role.COMMENT
        elif _FORWARDED_FIELD.match(piece.text) and any(start < piece.start for start in forwarded):
            marked[index] = Role.BYLINE
    return marked
