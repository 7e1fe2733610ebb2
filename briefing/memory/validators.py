"""Validators as rows: what to ask a server by whether something has changed since."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.databases import Session, as_json
from briefing.days import Validator
from briefing.memory.codec import read, written
from briefing.memory.packing import key_of, loaded
from briefing.memory.rows import moment_text, understood


def find(session: Session, where: str, address: str) -> Validator | None:
    """Return what was kept for an address last."""
    rows = session.execute("SELECT record FROM validators WHERE address = ?", (key_of(address),)).fetchall()
    return _validator(rows[0][0], where) if rows else None


def every(session: Session, where: str) -> tuple[Validator, ...]:
    """Return all of them, in an order that is the same everywhere."""
    rows = session.execute("SELECT record FROM validators ORDER BY address").fetchall()
    return tuple(_validator(record, where) for (record,) in rows)


def put(session: Session, validators: Iterable[Validator]) -> None:
    """Keep each in place of the one before."""
    session.executemany(
        """INSERT INTO validators VALUES (?, ?, ?)
            ON CONFLICT (address) DO UPDATE SET fetched = excluded.fetched, record = excluded.record""",
        [(key_of(v.address), moment_text(v.fetched), as_json(written(v))) for v in validators],
    )


def _validator(record: str, where: str) -> Validator:
    with understood(where, "what was kept of a server's answer"):
        return read(Validator, loaded(record))
