"""How tables come to be: named steps, each applied once, in order, in one transaction.

A step is never edited after a release; a change of the tables is a new step at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from briefing.databases.kinds import Kind
from briefing.errors import StoreError

#: A step for SQLite, or for a session of any database.
Step = Callable[[Any], None]


def migrate(connection: sqlite3.Connection, subject: str, steps: Sequence[Step], kind: Kind) -> None:
    """Apply the steps that an SQLite file lacks, inside the caller's transaction.

    Raises `StoreError` for a database of another program, and for one of a newer version.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != kind.application:
        raise StoreError(subject, "this is a database of another program", hint=kind.elsewhere)
    if not tables:
        connection.execute(f"PRAGMA application_id = {kind.application}")
        connection.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL)")
    applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    for step in missing(steps, applied, subject, kind):
        step(connection)
        connection.execute("INSERT INTO migrations VALUES (?, datetime('now'))", (step.__name__,))


def missing(steps: Sequence[Step], applied: set[str], subject: str, kind: Kind) -> list[Step]:
    """Return the steps that are still to do. Raises `StoreError` when some were applied that nobody here knows."""
    if unknown := applied - {step.__name__ for step in steps}:
        reason = f"a newer version wrote it (it knows {', '.join(sorted(unknown))})"
        raise StoreError(subject, reason, hint=f"update briefing, or {kind.elsewhere}")
    return [step for step in steps if step.__name__ not in applied]
