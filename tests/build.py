"""Builders of documents for tests: every paragraph a body block, unless it names another role."""

from __future__ import annotations

from datetime import datetime

from briefing.sentences import split
from briefing.sources import sha256
from briefing.types import Block, Claim, Document, Role, Sentence


def document(
    *paragraphs: str | tuple[Role, str],
    id: str = "S1",  # noqa: A002 - the field's own name
    published: datetime | None = datetime(2031, 3, 5),  # noqa: DTZ001 - a day as a page prints it
    publisher: str | None = None,
    title: str | None = None,
) -> Document:
    """Join the paragraphs by blank lines and give each a block.

    >>> document("One.", (Role.CAPTION, "Two.")).blocks[1].role.value
    'caption'
    """
    text, blocks = "", []
    for paragraph in paragraphs:
        role, words = (Role.BODY, paragraph) if isinstance(paragraph, str) else paragraph
        blocks.append(Block(role=role, start=len(text), end=len(text) + len(words)))
        text += words + "\n\n"
    return Document(
        id=id,
        location=f"{id.lower()}.txt",
        sha256=sha256(text.encode()),
        text=text,
        text_sha256=sha256(text.encode()),
        media_type="text/plain",
        encoding="utf-8",
        extractor="decode/1",
        title=title,
        publisher=publisher,
        published=published,
        published_precision="day" if published else None,
        language="en",
        blocks=tuple(blocks),
    )


def claim(text: str, *cites: str, id: str = "C1") -> Claim:  # noqa: A002 - the field's own name
    """A claim of story T1."""
    return Claim(id=id, story="T1", text=text, cites=cites)


def sentence(found: tuple[Sentence, ...], words: str) -> str:
    """Return the id of the only sentence that holds the words."""
    (only,) = [s.id for s in found if words in s.text]
    return only


__all__ = ["claim", "document", "sentence", "split"]
