"""Runs of `briefing daily` as rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from briefing.databases import Session, as_json
from briefing.memory.codec import read
from briefing.memory.packing import loaded
from briefing.memory.records import DailyRun
from briefing.memory.rows import moment_text, understood

_COLUMNS = "number, day, started, finished, status, settings, figures"


def every(session: Session, where: str) -> tuple[DailyRun, ...]:
    """Return all runs as they stand in the table, oldest first."""
    query = f"SELECT {_COLUMNS} FROM runs ORDER BY number"  # noqa: S608 - constants
    return tuple(_run(row, where) for row in session.execute(query).fetchall())


def find(session: Session, where: str, number: int) -> DailyRun | None:
    """Return one run."""
    rows = session.execute(f"SELECT {_COLUMNS} FROM runs WHERE number = ?", (number,)).fetchall()  # noqa: S608
    return _run(rows[0], where) if rows else None


def add(session: Session, run: DailyRun) -> DailyRun:
    """Add a run; its number is the next."""
    ((last,),) = session.execute("SELECT coalesce(max(number), 0) FROM runs").fetchall()
    numbered = replace(run, number=last + 1)
    put(session, numbered)
    return numbered


def put(session: Session, run: DailyRun) -> None:
    """Write a run over what stood of it."""
    session.execute(
        """INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET
            finished = excluded.finished, status = excluded.status, figures = excluded.figures""",
        (
            run.number,
            run.day.isoformat(),
            moment_text(run.started),
            run.finished and moment_text(run.finished),
            as_json(run.status),
            as_json(dict(run.settings)),
            as_json(dict(run.figures)),
        ),
    )


def _run(row: tuple[Any, ...], where: str) -> DailyRun:
    number, day, started, finished, status, settings, figures = row
    with understood(where, f"run {number}"):
        values = {"number": number, "day": day, "started": started, "finished": finished, "status": loaded(status)}
        return read(DailyRun, values | {"settings": loaded(settings), "figures": loaded(figures)})
