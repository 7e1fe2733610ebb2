"""The bytes of sources as they came, each once, known by their digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from briefing.databases import Session
from briefing.errors import StoreError
from briefing.memory.codec import Unreadable
from briefing.memory.packing import as_bytes, as_text, digest, pack, short, unpack
from briefing.memory.rows import understood

Row = tuple[bytes, bytes, bytes, bytes | None]
_WINDOW = 32_768
"""How much of what came before zlib can point back at."""


def rows_of(bodies: Mapping[str, tuple[bytes, str]], where: str, texts: Mapping[str, bytes] | None = None) -> list[Row]:
    """Pack bodies, given by `sha256:…`, each with the text at hand that was read from it, where `texts` has one.

    Raises `StoreError` for one whose name is not its digest.
    """
    for tag, (data, _) in bodies.items():
        if short(tag) != b"\0" + digest(data):
            raise StoreError(where, f"the body {tag:.80} has another digest", hint="please report it; nothing was kept")
    return [row_of(data, kind, (texts or {}).get(tag)) for tag, (data, kind) in bodies.items()]


def row_of(data: bytes, kind: str, text: bytes | None) -> Row:
    """Pack a body. Much of it is its text: only where it lies there is written."""
    dictionary = (text or b"")[-_WINDOW:]
    return b"\0" + digest(data), as_bytes(kind), pack(data, dictionary), digest(text) if dictionary and text else None


def insert(session: Session, rows: Iterable[Row]) -> None:
    """Add bodies that are not there yet; their texts are."""
    session.executemany(
        "INSERT INTO bodies (sha256, media_type, packed, text) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        rows,
    )


def find(session: Session, where: str, tag: str) -> tuple[bytes, str] | None:
    """Return a body and its media type."""
    rows = session.execute(
        "SELECT media_type, packed, text FROM bodies WHERE sha256 = ?",
        (short(tag),),
    ).fetchall()
    for kind, packed, text in rows:
        with understood(where, f"the body {tag}"):
            return unpacked(session, packed, short(tag)[1:], text), as_text(kind)
    return None


def unpacked(session: Session, packed: bytes, expected: bytes, text: bytes | None) -> bytes:
    """Undo `row_of`. Raises `Unreadable`."""
    return unpack(packed, expected, text_of(session, text)[-_WINDOW:] if text else b"")


def text_of(session: Session, address: bytes) -> bytes:
    """Return a text by its digest. Raises `Unreadable`."""
    for (packed,) in session.execute("SELECT packed FROM texts WHERE sha256 = ?", (address,)).fetchall():
        return unpack(packed, bytes(address))
    raise Unreadable("the text that was read from it is gone")


def drop(session: Session, *, except_of: date, keep: Iterable[str]) -> None:
    """Drop bodies that are not of a day's articles, nor of articles that an edition rests on, nor named."""
    spared = {short(tag) for tag in keep}
    loose = session.execute(
        """SELECT sha256 FROM bodies WHERE NOT EXISTS (
            SELECT 1 FROM articles AS a WHERE a.body = bodies.sha256 AND (
                a.day = ? OR EXISTS (SELECT 1 FROM rests AS r WHERE r.key = a.key AND r.fingerprint = a.fingerprint)
            ))""",
        (except_of.isoformat(),),
    ).fetchall()
    session.executemany("DELETE FROM bodies WHERE sha256 = ?", [row for row in loose if row[0] not in spared])
