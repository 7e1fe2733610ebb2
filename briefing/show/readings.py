"""What the terminal shows beside the briefing: how sources were read, what a verification found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from briefing.pipeline import Reading
from briefing.render import plural, show_controls, source_values
from briefing.types import CITABLE, Document, Sentence
from briefing.verify import Verification


def reading(read: Reading, *, blocks: bool) -> str:
    """Print one paragraph per source: head, story, origin, roles; with `blocks`, every block and its offsets."""
    lines: list[str] = []
    for document in read.documents:
        lines += _document(document, read)
        if blocks:
            lines += _blocks(document)
    lines += [f"not read: {u.location}: {u.error} ({u.hint})" for u in read.unread]
    return "".join(show_controls(line) + "\n" for line in lines)


def _document(document: Document, read: Reading) -> Iterator[str]:
    story = next(s for s in read.stories.stories if document.id in s.sources)
    own = [s for s in read.sentences if s.source == document.id]
    yield f"{document.id}  {document.location}  ({document.media_type}, {document.encoding})"
    for label, value in _facts(document, own):
        yield f"    {label:<10} {value}"
    yield f"    {'story':<10} {story.id} {story.title}"
    for relay in (r for r in read.stories.relays if r.source == document.id):
        target = f" ({relay.relays})" if relay.relays else ""
        yield f"    {'relays':<10} {relay.outlet}{target}, characters {relay.start}–{relay.end}"
    for warning in document.warnings:
        yield f"    {'warning':<10} {warning}"


def _facts(document: Document, sentences: list[Sentence]) -> Iterator[tuple[str, str]]:
    found_in = dict(document.found_in)
    for label, value in _head(document).items():
        yield label, f"{value}  [{found_in[label]}]" if value and label in found_in else value or "not stated"
    roles = Counter(block.role.value for block in document.blocks)
    yield "blocks", ", ".join(f"{n} {role}" for role, n in roles.most_common()) or "none"
    yield "citable", plural(len(sentences), "sentence")
    for notice in document.notices:
        yield "notice", f"{notice.kind}, characters {notice.start}–{notice.end}"


def _head(document: Document) -> dict[str, str | None]:
    """Return what the document says of itself; an update and an address are named only where it says them."""
    facts = {
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "published": _time(document.published, document.published_precision),
        "updated": _time(document.updated, document.updated_precision),
        "address": document.address if document.address != document.location else None,
        "language": document.language,
    }
    return {label: value for label, value in facts.items() if value or label not in ("updated", "address")}


def _time(when: datetime | None, precision: str | None) -> str | None:
    return f"{when.isoformat()} ({precision})" if when else None


def _blocks(document: Document) -> Iterator[str]:
    for block in document.blocks:
        mark = "+" if block.role in CITABLE else " "
        text = " ".join(document.text[block.start : block.end].split())
        shown = text if len(text) <= 96 else text[:95] + "…"
        pages = f"p. {block.boxes[0].page:<3} " if block.boxes else ""
        yield f"  {mark} {block.role.value:<9} {block.start:>6}–{block.end:<6} {pages}{shown}"


def reading_values(read: Reading) -> dict[str, Any]:
    """Return the same as plain values for JSON; `sources` as in the manifest."""
    return {
        "sources": source_values(read.documents, read.stories),
        "stories": [{"id": s.id, "title": s.title, "sources": list(s.sources)} for s in read.stories.stories],
        "unread": unread_values(read),
    }


def unread_values(read: Reading) -> list[dict[str, str]]:
    """Return what could not be read, as in the manifest."""
    return [{"location": u.location, "error": u.error, "hint": u.hint} for u in read.unread]


def verification(result: Verification) -> str:
    """Print every disagreement, then one summary line."""
    lines = [f"{d.where}: {d.message}" for d in (*result.unreadable, *result.disagreements)]
    summary = f"{plural(result.sources, 'source')}, {plural(result.spans, 'span')}: "
    if result.holds:
        summary += "everything holds"
    else:
        summary += f"{plural(len(result.disagreements), 'disagreement')}, {len(result.unreadable)} not readable"
    return "".join(show_controls(line) + "\n" for line in (*lines, summary))
