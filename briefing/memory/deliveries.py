"""Deliveries as rows: what was sent where, once for each day."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefing.databases import Session, as_json
from briefing.memory.codec import read
from briefing.memory.packing import loaded
from briefing.memory.records import Delivery
from briefing.memory.rows import moment_text, understood

_COLUMNS = "day, channel, state, at, tries, detail"


def find(session: Session, where: str, day: date, channel: str) -> Delivery | None:
    """Return how a delivery stands; None when it was never begun."""
    query = f"SELECT {_COLUMNS} FROM deliveries WHERE day = ? AND channel = ?"  # noqa: S608 - constants
    rows = session.execute(query, (day.isoformat(), as_json(channel))).fetchall()
    return _delivery(rows[0], where) if rows else None


def every(session: Session, where: str) -> tuple[Delivery, ...]:
    """Return all deliveries, by day and channel."""
    query = f"SELECT {_COLUMNS} FROM deliveries ORDER BY day, channel"  # noqa: S608 - constants
    return tuple(_delivery(row, where) for row in session.execute(query).fetchall())


def put(session: Session, delivery: Delivery) -> None:
    """Write how a delivery stands over how it stood."""
    session.execute(
        """INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (day, channel)
            DO UPDATE SET state = excluded.state, at = excluded.at, tries = excluded.tries, detail = excluded.detail""",
        (
            delivery.day.isoformat(),
            as_json(delivery.channel),
            delivery.state.value,
            moment_text(delivery.at),
            delivery.tries,
            as_json(delivery.detail),
        ),
    )


def _delivery(row: tuple[Any, ...], where: str) -> Delivery:
    day, channel, state, at, tries, detail = row
    with understood(where, f"a delivery of {day}"):
        values = {"day": day, "channel": loaded(channel), "state": state, "at": at, "tries": tries}
        return read(Delivery, values | {"detail": loaded(detail)})
