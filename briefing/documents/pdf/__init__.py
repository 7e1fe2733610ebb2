"""A PDF: its text as pdfium reads it, page by page, with where on the pages each block is printed.

pdfium runs in a process of its own with limits of time and memory. Offsets point into the text as it is laid out
here: line breaks stay, hyphens that only part a word at a line's end are left out and listed, and the running heads
and feet of all pages stand behind the article, so that its sentences are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from briefing.documents import roles
from briefing.documents.head import Head, first_known, stated
from briefing.documents.pdf.extraction import Extracted, PDFLimits, extract
from briefing.documents.pdf.laying import Laid, lay_out
from briefing.documents.pdf.lines import lines_of, running
from briefing.documents.pdf.paragraphs import Paragraph, paragraphs_of
from briefing.documents.pdf.worker import INVISIBLE
from briefing.documents.pieces import Piece
from briefing.documents.reading import Read
from briefing.documents.shapes import Shape
from briefing.documents.text_head import read_head
from briefing.errors import SourceWithoutText
from briefing.types import Role, Source

__all__ = ["PDFLimits", "read"]

_DEFAULT = PDFLimits()
_LIST_MARK = re.compile(r"(?:[•‣▪▸►●○◦∙·*–—-]|\uf0b7)\s+")
_HEADING_WORDS = 30
# What programs put into the metadata when nobody named the document.
_NO_TITLE = re.compile(r"\W*(?:untitled|unbenannt|microsoft word|document\d*|print|layout \d)|.*\.\w{2,5}$", re.I)
_NO_AUTHOR = frozenset({"anonymous", "unknown", "user", "admin", "administrator", "owner"})
_SCANNED = 0.5
"""Share of a page that pictures must take up for unseen text on it to be what a program recognised in them.

Set by hand: a scan fills its page, and a small picture beside unseen text must not make that citable."""
_GARBLED = 0.05
"""Share of characters that the file does not say, from which on a warning says so."""


def read(source: Source, limits: PDFLimits = _DEFAULT) -> Read:
    """Read a PDF. Raises SourceEncrypted, SourceBroken and SourceWithoutText."""
    extracted = extract(source.data, source.location, limits)
    pages = [list(lines_of(page)) for page in extracted.pages]
    if not any(line.text.strip("\ufffd") for page in pages for line in page):
        raise _no_text(source.location, extracted)
    aside = running(pages)
    laid = lay_out(extracted.pages, pages, aside)
    article = paragraphs_of([line for page in pages for line in page if line.place not in aside])
    beside = [Paragraph(lines=(line,), large=False) for page in pages for line in page if line.place in aside]
    printed = (*article, *beside)
    pieces = [_piece(paragraph, laid) for paragraph in printed]
    shapes = [Shape(piece) for piece in pieces]
    seen = _roles(shapes, article, beside, recognised=_is_recognised(extracted))
    return Read(
        text=laid.text,
        pieces=pieces,
        roles=seen,
        head=first_known(read_head(laid.text, shapes, seen), _stated(extracted)),
        encoding="utf-8",
        extractor=f"pdf/1 pypdfium2/{version('pypdfium2')}",
        warnings=tuple(_warnings(extracted, article, laid.text)),
        boxes=[paragraph.boxes for paragraph in printed],
        left_out=laid.left_out,
    )


def _piece(paragraph: Paragraph, laid: Laid) -> Piece:
    start, end = laid.places[paragraph.lines[0].place][0], laid.places[paragraph.lines[-1].place][1]
    mark = _LIST_MARK.match(laid.text, start, end)
    start = mark.end() if mark else start
    text = laid.text[start:end]
    heading = paragraph.large and len(text.split()) <= _HEADING_WORDS
    return Piece(start=start, end=end, text=text, bulleted=bool(mark), heading=heading)


def _roles(
    shapes: Sequence[Shape], article: Sequence[Paragraph], beside: Sequence[Paragraph], *, recognised: bool
) -> tuple[Role, ...]:
    """Judge paragraphs as those of a plain text; what runs along the edges or is not seen is furniture."""
    judged = roles.assign(shapes[: len(article)])
    shown = (p.hidden and not recognised for p in article)
    own = (Role.FURNITURE if hidden else role for role, hidden in zip(judged, shown, strict=True))
    return (*own, *(Role.FURNITURE for _ in beside))


# What the file says of itself
# ----------------------------


def _stated(extracted: Extracted) -> Head:
    """Take title and author from the metadata. When the file was made is not when the article was published."""
    title, author = extracted.title, extracted.author
    return stated(
        "pdf metadata",
        title=None if title is None or _NO_TITLE.match(title) else title,
        author=None if author is None or author.strip().casefold() in _NO_AUTHOR else author,
    )


def _is_recognised(extracted: Extracted) -> bool:
    """Say whether all words are unseen, on pages that are pictures: a scan whose text a program recognised."""
    words = [(word, page) for page in extracted.pages for word in page.words]
    return all(word.hidden == INVISIBLE and page.pictured >= _SCANNED for word, page in words)


def _no_text(location: str, extracted: Extracted) -> SourceWithoutText:
    pictures = sum(page.images for page in extracted.pages)
    pages = f"{extracted.count} page{'s' if extracted.count != 1 else ''}"
    what = f"{pages} of pictures and no text: a scan" if pictures else f"{pages} without text"
    hint = "have its text recognised (OCR), or give the words of the article as a .txt file"
    return SourceWithoutText(location, what, hint=hint)


def _warnings(extracted: Extracted, article: Sequence[Paragraph], text: str) -> Iterator[str]:
    read_pages = len(extracted.pages)
    if read_pages < extracted.count:
        yield f"Only the first {read_pages:,} of {extracted.count:,} pages were read."
    if _is_recognised(extracted):
        yield "The pages are pictures; their text was recognised by a program, which makes mistakes."
    elif any(paragraph.hidden for paragraph in article):
        yield "Text that nobody sees on the pages was found; it is not cited."
    if text.count("\ufffd") > _GARBLED * len(text):
        yield "For many characters the file does not say which they are; they stand as U+FFFD."
