"""Plain text and Markdown: the text is the file decoded as it stands."""

from __future__ import annotations

from briefing.documents import roles
from briefing.documents.decoding import decode
from briefing.documents.pieces import cut
from briefing.documents.reading import Read
from briefing.documents.shapes import Shape
from briefing.documents.text_head import read_head
from briefing.types import Source


def read(source: Source) -> Read:
    """Decode a text and say what each piece of it is for. Raises SourceNotText and SourceEmpty."""
    decoded = decode(source.data, source.location, source.charset)
    pieces = cut(decoded.text, markdown=source.media_type == "text/markdown")
    shapes = [Shape(piece) for piece in pieces]
    assigned = roles.assign(shapes)
    return Read(
        text=decoded.text,
        pieces=pieces,
        roles=assigned,
        head=read_head(decoded.text, shapes, assigned),
        encoding=decoded.encoding,
        extractor="decode/1",
        warnings=decoded.warnings,
    )
