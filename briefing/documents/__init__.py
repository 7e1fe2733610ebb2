"""From a source's bytes to the text that all offsets point into, with what each part of it is for. Pure."""

from __future__ import annotations

import hashlib

from briefing.documents import notices
from briefing.documents.decoding import decode
from briefing.documents.head import read_head
from briefing.documents.language import language_of
from briefing.documents.pieces import cut
from briefing.documents.roles import assign
from briefing.documents.shapes import Shape
from briefing.types import Block, Document, Notice, Role, Source

__all__ = ["read_document"]


def read_document(source: Source) -> Document:
    """Decode a source and say what each of its blocks is for.

    Raises SourceEmpty, SourceNotText or SourceUnsupported.
    """
    decoded = decode(source.data, source.location)
    pieces = cut(decoded.text, markdown=source.media_type == "text/markdown")
    shapes = [Shape(piece) for piece in pieces]
    roles = assign(shapes)
    head = read_head(decoded.text, shapes, roles)
    blocks = tuple(Block(role=r, start=p.start, end=p.end) for p, r in zip(pieces, roles, strict=True))
    return Document(
        id=source.id,
        location=source.location,
        sha256=source.sha256,
        text=decoded.text,
        text_sha256="sha256:" + hashlib.sha256(decoded.text.encode()).hexdigest(),
        media_type=source.media_type,
        encoding=decoded.encoding,
        extractor="decode/1",
        title=head.title,
        publisher=head.publisher,
        author=head.author,
        published=head.published.when if head.published else None,
        published_precision=head.published.precision if head.published else None,
        language=language_of(decoded.text, blocks),
        blocks=blocks,
        notices=_notices(decoded.text, blocks),
        warnings=decoded.warnings,
    )


def _notices(text: str, blocks: tuple[Block, ...]) -> tuple[Notice, ...]:
    return tuple(
        Notice(kind=kind, start=block.start, end=block.end)
        for block in blocks
        if block.role is Role.NOTICE
        for kind in notices.kinds(text[block.start : block.end])
    )
