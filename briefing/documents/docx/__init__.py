"""A DOCX file: the text that its readers see once all changes are accepted, paragraph by paragraph.

Read from the file's own parts and not by a converter, because those at hand take hidden text for text. Comments in the
margin are kept apart as comments; heads and feet of pages as furniture; footnotes follow the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from briefing.documents import roles
from briefing.documents.docx.archive import Archive, DOCXLimits
from briefing.documents.docx.paragraphs import Hidden, Paragraph, paragraphs
from briefing.documents.docx.styles import Styles
from briefing.documents.head import Head, first_known, stated
from briefing.documents.pieces import Piece
from briefing.documents.reading import LEAVE_OUT, Read
from briefing.documents.shapes import Shape
from briefing.documents.text_head import read_head
from briefing.errors import SourceEmpty
from briefing.types import Role, Source

__all__ = ["DOCXLimits", "read"]

_DEFAULT = DOCXLimits()
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_NO_AUTHOR = frozenset({"", "user", "admin", "administrator", "owner", "microsoft office user", "python-docx"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """Paragraphs of one kind; `role` is None where each is judged by itself."""

    paragraphs: tuple[Paragraph, ...]
    role: Role | None = None


def read(source: Source, limits: DOCXLimits = _DEFAULT) -> Read:
    """Read a DOCX file. Raises SourceBroken, SourceEncrypted and SourceEmpty."""
    archive = Archive(source.data, source.location, limits)
    hidden = Hidden()
    parts = _parts(archive, hidden)
    if not any(part.paragraphs for part in parts if part.role is None):
        raise SourceEmpty(source.location, "the document has no text", hint=LEAVE_OUT)
    text, pieces = _laid_out([paragraph for part in parts for paragraph in part.paragraphs])
    shapes = [Shape(piece) for piece in pieces]
    assigned = _roles(parts, shapes)
    return Read(
        text=text,
        pieces=pieces,
        roles=assigned,
        head=first_known(read_head(text, shapes, assigned), _properties(archive)),
        encoding="utf-8",
        extractor=f"docx/1 lxml/{etree.__version__}",
        warnings=tuple(_warnings(archive, hidden)),
    )


def _parts(archive: Archive, hidden: Hidden) -> list[_Part]:
    styles = Styles.of(archive.parse("word/styles.xml"))
    root = archive.parse("word/document.xml")
    if root is None:
        raise archive.broken("it has no word/document.xml")

    def told(names: Iterable[str], counted: Hidden) -> tuple[Paragraph, ...]:
        roots = (archive.parse(name) for name in names)
        return tuple(p for r in roots if r is not None for p in paragraphs(r, styles, counted))

    notes = told(("word/footnotes.xml", "word/endnotes.xml"), hidden)
    edges = told((*archive.names("word/header"), *archive.names("word/footer")), Hidden())
    return [
        _Part(paragraphs=(*paragraphs(root, styles, hidden), *notes)),
        _Part(paragraphs=edges, role=Role.FURNITURE),
        _Part(paragraphs=told(("word/comments.xml",), Hidden()), role=Role.COMMENT),
    ]


def _laid_out(told: Sequence[Paragraph]) -> tuple[str, list[Piece]]:
    """Part paragraphs by an empty line, items of a list by a line break."""
    pieces: list[Piece] = []
    chunks: list[str] = []
    at = 0
    gaps = ["", *("\n" if a.listed and b.listed else "\n\n" for a, b in pairwise(told))]
    for gap, paragraph in zip(gaps, told, strict=True):
        chunks += (gap, paragraph.text)
        at += len(gap)
        pieces.append(
            Piece(
                start=at,
                end=at + len(paragraph.text),
                text=paragraph.text,
                bulleted=paragraph.listed,
                heading=paragraph.heading,
                apart=gap != "\n",
            )
        )
        at += len(paragraph.text)
    return "".join(chunks), pieces


def _roles(parts: Sequence[_Part], shapes: Sequence[Shape]) -> tuple[Role, ...]:
    article = len(parts[0].paragraphs)
    own = (
        Role.CAPTION if paragraph.style == "caption" else role
        for paragraph, role in zip(parts[0].paragraphs, roles.assign(shapes[:article]), strict=True)
    )
    return (*own, *(part.role for part in parts[1:] for _ in part.paragraphs if part.role is not None))


def _properties(archive: Archive) -> Head:
    """Take title and author from the file's properties. When it was made is not when it was published."""
    root = archive.parse("docProps/core.xml")
    if root is None:
        return Head()
    author = (root.findtext(f"{_DUBLIN_CORE}creator") or "").strip()
    return stated(
        "docx properties",
        title=root.findtext(f"{_DUBLIN_CORE}title"),
        author=None if author.casefold() in _NO_AUTHOR else author,
    )


def _warnings(archive: Archive, hidden: Hidden) -> Iterator[str]:
    if hidden.characters:
        yield f"{hidden.characters:,} characters of hidden text were not read."
    if archive.has("word/afchunk"):
        yield "Parts in other formats are embedded; they were not read."
