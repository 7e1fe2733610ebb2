"""From a source's bytes to the one text that all offsets point into, and what each part of it is for.

Bytes in, a `Document` out; nothing else is read but the clock, which says which dates lie in the future. Plain text
and Markdown are decoded as they stand; a page of HTML is flattened to its visible text, so that what is left out of
the article can still be pointed at. Knows nothing of sentences or claims.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib import import_module

from briefing.documents import notices
from briefing.documents.head import plausible, value_of
from briefing.documents.language import language_of
from briefing.documents.reading import LEAVE_OUT, Read
from briefing.errors import BriefingError, SourceError, SourceFailed, SourceUnsupported
from briefing.types import Block, Document, Notice, Role, Source

__all__ = ["document_or_error", "read_document"]

#: The module below that reads each kind, imported when the first of its kind is met: some take long to load.
_READERS = {
    "text/plain": "plain",
    "text/markdown": "plain",
    "text/html": "web",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "multipart/related": "saved_page",
    "message/rfc822": "mail",
    "application/json": "articles",
}


def read_document(source: Source) -> Document:
    r"""Decode a source and say what each of its blocks is for.

    Every character of the text that is neither white space, a list marker nor a byte order mark lies in exactly
    one block. Raises SourceEmpty, SourceNotText or SourceUnsupported, with the source's location as subject.

    >>> data = b"Bridge closed\n\nThe bridge was closed on Monday.\n"
    >>> source = Source(id="S1", location="a.txt", data=data, sha256="sha256:", media_type="text/plain")
    >>> [(str(block.role), block.start, block.end) for block in read_document(source).blocks]
    [('headline', 0, 13), ('body', 15, 47)]
    """
    reader = _READERS.get(source.media_type)
    if reader is None:
        raise SourceUnsupported(source.location, f"{source.media_type} cannot be read", hint=LEAVE_OUT)
    read: Read = import_module(f"briefing.documents.{reader}").read(source)
    return _document(source, read)


def document_or_error(source: Source) -> Document | SourceError:
    """Read a document; what is wrong with it is returned, a reader's own mistake as SourceFailed.

    >>> empty = Source(id="S1", location="a.txt", data=b" ", sha256="sha256:", media_type="text/plain")
    >>> print(document_or_error(empty))
    a.txt: nothing but white space (leave it out, or save the article again)
    """
    try:
        return read_document(source)
    except SourceError as error:
        return error
    except BriefingError:
        raise
    except Exception as error:  # noqa: BLE001 - a mistake about one source must not cost the others
        return SourceFailed.by(source.location, error)


def _document(source: Source, read: Read) -> Document:
    boxes = read.boxes or [()] * len(read.pieces)
    blocks = tuple(
        Block(role=role, start=piece.start, end=piece.end, boxes=printed)
        for piece, role, printed in zip(read.pieces, read.roles, boxes, strict=True)
    )
    head = plausible(read.head, datetime.now(UTC))
    published, updated = value_of(head.published), value_of(head.updated)
    return Document(
        id=source.id,
        location=source.location,
        sha256=source.sha256,
        text=read.text,
        text_sha256="sha256:" + hashlib.sha256(read.text.encode()).hexdigest(),
        media_type=source.media_type,
        encoding=read.encoding,
        extractor=read.extractor,
        address=value_of(head.address) or source.address,
        title=value_of(head.title),
        publisher=value_of(head.publisher),
        author=value_of(head.author),
        published=published.when if published else None,
        published_precision=published.precision if published else None,
        updated=updated.when if updated else None,
        updated_precision=updated.precision if updated else None,
        found_in=head.found_in,
        shortfall=read.shortfall,
        language=read.language or language_of(read.text, blocks),
        blocks=blocks,
        notices=_notices(read.text, blocks),
        warnings=(*read.warnings, *head.warnings),
        left_out=read.left_out,
    )


def _notices(text: str, blocks: tuple[Block, ...]) -> tuple[Notice, ...]:
    return tuple(
        Notice(kind=kind, start=block.start, end=block.end)
        for block in blocks
        if block.role is Role.NOTICE
        for kind in notices.kinds(text[block.start : block.end])
    )
