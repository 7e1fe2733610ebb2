"""Plain text and Markdown: the text is the file decoded as it stands."""

from __future__ import annotations

from briefing.documents import roles
from briefing.documents.decoding import decode
from briefing.documents.pieces import cut
from briefing.documents.reading import NOT_THERE, Read
from briefing.documents.shapes import Shape
from briefing.documents.text_head import read_head
from briefing.documents.thin import pretence_of, shortfall_of
from briefing.errors import SourceNotAnArticle
from briefing.types import Source


def read(source: Source) -> Read:
    """Decode a text and say what each piece of it is for. Raises SourceNotText, SourceEmpty and SourceNotAnArticle."""
    decoded = decode(source.data, source.location, source.charset)
    pieces = cut(decoded.text, markdown=source.media_type == "text/markdown")
    shapes = [Shape(piece) for piece in pieces]
    assigned = roles.assign(shapes)
    if pretended := pretence_of(pieces, assigned):
        raise SourceNotAnArticle(source.location, f"{pretended}, not an article", hint=NOT_THERE)
    return Read(
        text=decoded.text,
        pieces=pieces,
        roles=assigned,
        head=read_head(decoded.text, shapes, assigned),
        encoding=decoded.encoding,
        extractor="decode/1",
        shortfall=shortfall_of(pieces, assigned),
        warnings=decoded.warnings,
    )
