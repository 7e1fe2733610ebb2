"""From a source's bytes to the one text that all offsets point into, and what each part of it is for.

Pure: bytes in, a `Document` out. Plain text and Markdown are decoded as they stand; a page of HTML is flattened to
its visible text, so that what is left out of the article can still be pointed at. Knows nothing of sentences or claims.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.documents import notices, roles
from briefing.documents.decoding import Decoded, decode, decode_markup
from briefing.documents.head import Head, read_head
from briefing.documents.language import language_of
from briefing.documents.pieces import Piece, cut
from briefing.documents.shapes import Shape
from briefing.errors import SourceEmpty, SourceUnsupported
from briefing.types import Block, Document, Notice, Role, Source

__all__ = ["read_document"]

_PLAIN = frozenset({"text/plain", "text/markdown"})
_LEAVE_OUT = "leave it out, or save the words of the article as a .txt file"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    """What either reader yields: a text, its pieces with their roles, and the head."""

    decoded: Decoded
    pieces: Sequence[Piece]
    roles: Sequence[Role]
    head: Head
    extractor: str


def read_document(source: Source) -> Document:
    r"""Decode a source and say what each of its blocks is for.

    Every character of the text that is neither white space, a list marker nor a byte order mark lies in exactly
    one block. Raises SourceEmpty, SourceNotText or SourceUnsupported, with the source's location as subject.

    >>> data = b"Bridge closed\n\nThe bridge was closed on Monday.\n"
    >>> source = Source(id="S1", location="a.txt", data=data, sha256="sha256:", media_type="text/plain")
    >>> [(str(block.role), block.start, block.end) for block in read_document(source).blocks]
    [('headline', 0, 13), ('body', 15, 47)]
    """
    if source.media_type in _PLAIN:
        return _document(source, _read_plain(source))
    if source.media_type == "text/html":
        return _document(source, _read_markup(source))
    raise SourceUnsupported(source.location, f"{source.media_type} cannot be read", hint=_LEAVE_OUT)


def _read_plain(source: Source) -> _Read:
    decoded = decode(source.data, source.location)
    pieces = cut(decoded.text, markdown=source.media_type == "text/markdown")
    shapes = [Shape(piece) for piece in pieces]
    assigned = roles.assign(shapes)
    return _Read(
        decoded=decoded,
        pieces=pieces,
        roles=assigned,
        head=read_head(decoded.text, shapes, assigned),
        extractor="decode/1",
    )


def _read_markup(source: Source) -> _Read:
    from briefing.documents.markup import read_markup

    page = decode_markup(source.data, source.location)
    read = read_markup(page.text)
    if not read.text and read.warnings:
        raise SourceUnsupported(source.location, read.warnings[0].rstrip("."), hint=_LEAVE_OUT)
    if not read.text:
        raise SourceEmpty(source.location, "the page shows no text", hint=_LEAVE_OUT)
    return _Read(
        decoded=Decoded(text=read.text, encoding=page.encoding, warnings=(*page.warnings, *read.warnings)),
        pieces=read.pieces,
        roles=read.roles,
        head=read.head,
        extractor=read.extractor,
    )


def _document(source: Source, read: _Read) -> Document:
    text = read.decoded.text
    blocks = tuple(Block(role=r, start=p.start, end=p.end) for p, r in zip(read.pieces, read.roles, strict=True))
    published = read.head.published
    return Document(
        id=source.id,
        location=source.location,
        sha256=source.sha256,
        text=text,
        text_sha256="sha256:" + hashlib.sha256(text.encode()).hexdigest(),
        media_type=source.media_type,
        encoding=read.decoded.encoding,
        extractor=read.extractor,
        title=read.head.title,
        publisher=read.head.publisher,
        author=read.head.author,
        published=published.when if published else None,
        published_precision=published.precision if published else None,
        language=language_of(text, blocks),
        blocks=blocks,
        notices=_notices(text, blocks),
        warnings=read.decoded.warnings,
    )


def _notices(text: str, blocks: tuple[Block, ...]) -> tuple[Notice, ...]:
    return tuple(
        Notice(kind=kind, start=block.start, end=block.end)
        for block in blocks
        if block.role is Role.NOTICE
        for kind in notices.kinds(text[block.start : block.end])
    )
