"""Editions as rows: what was told on which day, and on which versions of articles it rests."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefing.databases import Session
from briefing.days import Edition
from briefing.memory.codec import written
from briefing.memory.packing import Packed, key_of, pack_values, short, unpack_object
from briefing.memory.rows import understood


def packed(edition: Edition) -> Packed:
    """Pack an edition."""
    return pack_values(written(edition))


def replace(session: Session, edition: Edition, record: Packed) -> None:
    """Put an edition in the place of that day's one before."""
    day = edition.day.isoformat()
    session.execute("DELETE FROM rests WHERE day = ?", (day,))
    session.execute(
        """INSERT INTO editions VALUES (?, ?, ?)
            ON CONFLICT (day) DO UPDATE SET record = excluded.record, digest = excluded.digest""",
        (day, *record),
    )
    rests = {(key_of(key), short(print_)) for story in edition.stories for _, key, print_ in story.sources}
    session.executemany("INSERT INTO rests VALUES (?, ?, ?)", [(*version, day) for version in sorted(rests)])


def find(session: Session, where: str, day: date) -> Edition | None:
    """Return the edition of a day."""
    rows = session.execute("SELECT day, record, digest FROM editions WHERE day = ?", (day.isoformat(),)).fetchall()
    return _edition(rows[0], where) if rows else None


def between(session: Session, where: str, first: date, before: date | None) -> tuple[Edition, ...]:
    """Return the editions from a day on and before another, oldest first."""
    query, values = "SELECT day, record, digest FROM editions WHERE day >= ?", [first.isoformat()]
    if before is not None:
        query, values = f"{query} AND day < ?", [*values, before.isoformat()]
    return tuple(_edition(row, where) for row in session.execute(f"{query} ORDER BY day", values).fetchall())


def _edition(row: tuple[Any, ...], where: str) -> Edition:
    day, record, digest = row
    with understood(where, f"the edition of {day}"):
        return unpack_object(Edition, record, digest)
