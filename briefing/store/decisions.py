"""The reviewers' part of the store: entries that are only ever added, and travel between stores as lines of JSON.

An entry is known by its content, so that it is taken in once however often it arrives, and a line that was altered is
noticed. Every entry is on the disk before whoever made it is told so.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from briefing.databases import Database, as_json
from briefing.decisions import Entry, Subject
from briefing.errors import ConfigError
from briefing.store.answers import sha256
from briefing.types import Action

_COLUMNS = "id, claim_key, evidence_key, action, text, comment, who, at, claim, salt"
_HINT = "take in what `briefing decisions export` wrote, as it wrote it; nothing of this was taken in"
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What came of taking in entries from elsewhere."""

    new: int
    known: int


class DecisionLog:
    """Every entry of every reviewer. Safe to use from many threads and processes; raises `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self,
        subject: Subject,
        *,
        action: Action,
        who: str,
        claim: str,
        text: str | None = None,
        comment: str | None = None,
    ) -> Entry:
        """Add an entry, dated now, or just after the last about its subject where a clock runs behind."""
        with self._database.writing() as connection:
            entry, salt = _made(
                subject,
                action=action,
                who=who,
                claim=claim,
                text=text,
                comment=comment,
                when=_next(connection, subject),
            )
            _insert(connection, entry, salt)
        return entry

    def entries(self, subjects: Iterable[Subject] | None = None) -> tuple[Entry, ...]:
        """Return all entries, oldest first; with subjects, those that share the words or the evidence of one."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM decisions ORDER BY at, id")  # noqa: S608 - constants
        found = tuple(_entry(row) for row in rows)
        if subjects is None:
            return found
        wanted = list(subjects)
        claims, evidence = {s.claim for s in wanted}, {s.evidence for s in wanted}
        return tuple(e for e in found if e.subject.claim in claims or e.subject.evidence in evidence)

    def lines(self) -> str:
        """Return everything as lines of JSON, oldest first."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM decisions ORDER BY at, id")  # noqa: S608 - constants
        return "".join(as_json(dict(zip(_KEYS, row, strict=True))) + "\n" for row in rows)

    def take(self, lines: Iterable[str]) -> Taken:
        """Take in what `lines` returned elsewhere: all of it, or nothing. Raises ConfigError naming the line."""
        read = [_line(number, line) for number, line in enumerate(lines, 1) if line.strip()]
        with self._database.writing() as connection:
            before = connection.total_changes
            for entry, salt in read:
                _insert(connection, entry, salt)
            new = connection.total_changes - before
        return Taken(new=new, known=len(read) - new)


def _next(connection: sqlite3.Connection, subject: Subject) -> datetime:
    now = datetime.now(UTC)
    now -= timedelta(microseconds=now.microsecond % 1000)
    ((last,),) = connection.execute(
        "SELECT max(at) FROM decisions WHERE claim_key = ? AND evidence_key = ?", (subject.claim, subject.evidence)
    ).fetchall()
    return max(now, datetime.fromisoformat(last) + _MILLISECOND) if last else now


def _made(subject: Subject, **values: Any) -> tuple[Entry, str]:
    salt = secrets.token_hex(8)
    entry = Entry(id="", subject=subject, **values)
    return Entry(id=_address(entry, salt), subject=subject, **values), salt


def _address(entry: Entry, salt: str) -> str:
    return sha256(as_json(_row(entry, salt)[1:]))


def _row(entry: Entry, salt: str) -> tuple[str | None, ...]:
    return (
        entry.id,
        entry.subject.claim,
        entry.subject.evidence,
        entry.action.value,
        entry.text,
        entry.comment,
        entry.who,
        entry.when.isoformat(timespec="milliseconds"),
        entry.claim,
        salt,
    )


def _insert(connection: sqlite3.Connection, entry: Entry, salt: str) -> None:
    connection.execute("INSERT OR IGNORE INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _row(entry, salt))


def _entry(row: tuple[Any, ...]) -> Entry:
    identifier, claim_key, evidence_key, action, text, comment, who, at, claim, _salt = row
    return Entry(
        id=identifier,
        subject=Subject(claim=claim_key, evidence=evidence_key),
        action=Action(action),
        text=text,
        comment=comment,
        who=who,
        when=datetime.fromisoformat(at),
        claim=claim,
    )


_KEYS = _COLUMNS.split(", ")


def _line(number: int, line: str) -> tuple[Entry, str]:
    """Read one line strictly: every part of the right form, and the id the one that the rest has."""
    from typing import Annotated

    from pydantic import BaseModel, ConfigDict, Field, ValidationError

    class Line(BaseModel):
        model_config = ConfigDict(strict=True, extra="forbid")
        id: str
        claim_key: Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
        evidence_key: Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
        action: Action
        text: str | None
        comment: str | None
        who: Annotated[str, Field(min_length=1, max_length=100)]
        at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$")]
        claim: Annotated[str, Field(min_length=1)]
        salt: str

    try:
        values = Line.model_validate_json(line)
        entry = _entry(tuple(getattr(values, key) for key in _KEYS))
    except (ValidationError, ValueError) as error:
        wrong = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise ConfigError(f"line {number}", wrong, hint=_HINT) from None
    if (entry.action is Action.EDIT) != bool(entry.text) or (entry.action is Action.COMMENT and not entry.comment):
        message = "an edit has a text, a comment has words, and nothing else has a text"
        raise ConfigError(f"line {number}", message, hint=_HINT)
    if entry.id != _address(entry, values.salt):
        message = "it was altered: its id is not the one that its content has"
        raise ConfigError(f"line {number}", message, hint=_HINT)
    return entry, values.salt
