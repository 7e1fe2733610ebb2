"""The bytes of sources as they came, each once, known by their digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from briefing.databases import Session
from briefing.errors import StoreError
from briefing.memory.packing import as_bytes, as_text, digest, pack, short, unpack
from briefing.memory.rows import understood

Row = tuple[bytes, bytes, bytes]


def rows_of(bodies: Mapping[str, tuple[bytes, str]], where: str) -> list[Row]:
    """Pack bodies, given by `sha256:…`. Raises `StoreError` for one whose name is not its digest."""
    for tag, (data, _) in bodies.items():
        if short(tag) != b"\0" + digest(data):
            raise StoreError(where, f"the body {tag:.80} has another digest", hint="please report it; nothing was kept")
    return [(short(tag), as_bytes(kind), pack(data)) for tag, (data, kind) in bodies.items()]


def insert(session: Session, rows: Iterable[Row]) -> None:
    """Add bodies that are not there yet."""
    session.executemany("INSERT INTO bodies VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING", rows)


def find(session: Session, where: str, tag: str) -> tuple[bytes, str] | None:
    """Return a body and its media type."""
    rows = session.execute("SELECT media_type, packed FROM bodies WHERE sha256 = ?", (short(tag),)).fetchall()
    for kind, packed in rows:
        with understood(where, f"the body {tag}"):
            return unpack(packed, short(tag)[1:]), as_text(kind)
    return None


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
