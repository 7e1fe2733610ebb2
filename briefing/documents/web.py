"""A page of HTML, flattened to the text that a reader sees."""

from __future__ import annotations

from briefing.documents.decoding import decode_markup
from briefing.documents.markup import read_markup
from briefing.documents.reading import LEAVE_OUT, NOT_THERE, Read
from briefing.errors import SourceEmpty, SourceNotAnArticle, SourceUnsupported
from briefing.types import Source


def read(source: Source) -> Read:
    """Parse a page and say what each piece of it is for.

    Raises SourceNotText, SourceEmpty, SourceNotAnArticle and SourceUnsupported.
    """
    decoded = decode_markup(source.data, source.location, source.charset)
    page = read_markup(decoded.text, source.address)
    if page.pretended:
        raise SourceNotAnArticle(source.location, f"{page.pretended}, not an article", hint=NOT_THERE)
    if not page.text and page.warnings:
        raise SourceUnsupported(source.location, page.warnings[0].rstrip("."), hint=LEAVE_OUT)
    if not page.text:
        raise SourceEmpty(source.location, "the page shows no text", hint=LEAVE_OUT)
    return Read(
        text=page.text,
        pieces=page.pieces,
        roles=page.roles,
        head=page.head,
        encoding=decoded.encoding,
        extractor=page.extractor,
        shortfall=page.shortfall,
        warnings=(*decoded.warnings, *page.warnings),
    )
