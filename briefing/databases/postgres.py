"""A schema of a PostgreSQL database: as careful with others' tables as with ours, every failure a `StoreError`.

One transaction at a time writes, as with SQLite, so that both behave alike. Knows no table. Passwords come from where
PostgreSQL's own programs take them, PGPASSWORD or ~/.pgpass; one in an address is used, and never said.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from briefing.databases.addresses import Address
from briefing.databases.kinds import Kind
from briefing.databases.migrations import Step, missing
from briefing.errors import StoreError

if TYPE_CHECKING:
    import psycopg

#: SQLSTATE, or the first two characters of it → what it means here, and what to do. `{elsewhere}` as for SQLite.
_CAUSES = {
    "28": ("the server does not let us in", "set PGPASSWORD, or write ~/.pgpass"),
    "3D000": ("there is no such database", "make it with createdb, or {elsewhere}"),
    "42501": ("its user may not do that", "let it create a schema, or {elsewhere}"),
    "25006": ("it may only be read", "{elsewhere}"),
    "53": ("the server has no room left", "make room; everything stored before is safe"),
    "55P03": ("another program holds it locked", "close that program, or {elsewhere}"),
    "57": ("the server went away", "run the command again when it is back; what was stored before is safe"),
    "08": ("the connection was lost", "run the command again; what was stored before is safe"),
    "XX": ("it is damaged", "restore the server's own backup, or {elsewhere}"),
}
_LOST = _CAUSES["08"]
#: How our tables are known for ours.
_MARK = "memory of briefing"
#: A server on another computer that says nothing for a minute is gone.
_KEEP_ALIVE = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_WRITER = "writer"
#: What SQLite's words are called here. Texts sort by code point, as they do there.
_WORDS = {"BLOB": "BYTEA", "INTEGER": "BIGINT", "TEXT": 'TEXT COLLATE "C"', ") WITHOUT ROWID": ")"}


class PostgresSession:
    """A transaction under way."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> psycopg.Cursor[Any]:
        """Do one statement; it has `?` for each value."""
        return self._connection.execute(_said(statement), tuple(values) or None)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Do one for each row of values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_said(statement), rows)


class _Definitions(PostgresSession):
    """What makes tables: statements written for SQLite."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> psycopg.Cursor[Any]:
        for word, here in _WORDS.items():
            statement = statement.replace(word, here)
        return super().execute(statement, values)


def _said(statement: str) -> bytes:
    return statement.replace("?", "%s").encode("ascii")


class PostgresDatabase:
    """A connection that many threads may use; each use is one transaction. Raises `StoreError` alone.

    `guard` is called before each transaction that writes, and may refuse it.
    """

    def __init__(
        self, address: Address, *, patience_s: float, kind: Kind, guard: Callable[[], None] = lambda: None
    ) -> None:
        self._address = address
        self._kind = kind
        self._guard = guard
        self._lock = threading.Lock()
        self._connection = connected(address, patience_s=patience_s, kind=kind)

    def close(self) -> None:
        """Let go of it; waits for a transaction under way."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[PostgresSession]:
        """Hold the one writer's place: all of the block is committed, or nothing of it."""
        self._guard()
        with self._transaction("BEGIN") as session:
            session.execute("SELECT pg_advisory_xact_lock(?)", (place_key(self._address.schema, _WRITER),))
            yield session

    @contextmanager
    def reading(self) -> Iterator[PostgresSession]:
        """See everything as it is at one moment, whatever others write meanwhile."""
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as session:
            yield session

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[PostgresSession]:
        import psycopg

        with self._lock, translated(self._address, self._kind):
            session = PostgresSession(self._connection)
            session.execute(begin)
            try:
                yield session
                session.execute("COMMIT")
            except BaseException:
                with suppress(psycopg.Error):
                    session.execute("ROLLBACK")
                raise

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._lock, translated(self._address, self._kind):
            return PostgresSession(self._connection).execute(query, values).fetchall()

    def size(self) -> int:
        """Return how many bytes the schema takes up."""
        query = "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relkind = 'r'"
        ((size,),) = self.rows(f"{query} AND relnamespace = to_regnamespace(?)", (self._address.schema,))
        return int(size)

    def reclaim(self) -> None:
        """Do nothing: the server uses the room of deleted rows again by itself."""

    def migrate(self, steps: Sequence[Step], *, create: bool) -> None:
        """Apply the steps that the schema lacks, in one transaction; make the schema, if `create`, when there is none.

        Raises `StoreError` for a schema of another program, for one of a newer version, and for none.
        """
        subject, schema = self._address.shown, self._address.schema
        with self.writing() as session:
            mark, tables = _found(session, schema)
            if tables and mark != _MARK:
                hint = f"add ?schema=NAME to its address, or {self._kind.elsewhere}"
                raise StoreError(subject, f"its schema {schema} is another program's", hint=hint)
            if not tables:
                if not create:
                    reason = f"there is no {self._kind.noun} yet"
                    raise StoreError(subject, reason, hint="`briefing daily` makes one")
                _make(session, schema)
            applied = {name for (name,) in session.execute("SELECT name FROM migrations").fetchall()}
            for step in missing(steps, applied, subject, self._kind):
                step(_Definitions(self._connection))
                session.execute("INSERT INTO migrations VALUES (?, now()::text)", (step.__name__,))


def _found(session: PostgresSession, schema: str) -> tuple[str | None, int]:
    """Return the mark of a schema, and how many tables, views and the like are in it."""
    ((tables,),) = session.execute(
        "SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace(?)", (schema,)
    ).fetchall()
    ((mark,),) = session.execute(
        "SELECT obj_description(to_regclass(?), 'pg_class')", (f"{schema}.migrations",)
    ).fetchall()
    return mark, tables


def _make(session: PostgresSession, schema: str) -> None:
    ((there,),) = session.execute("SELECT to_regnamespace(?) IS NOT NULL", (schema,)).fetchall()
    # Who may not create schemas may have been given an empty one.
    if not there:
        session.execute(f"CREATE SCHEMA {schema}")
    session.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL)")
    session.execute(f"COMMENT ON TABLE migrations IS '{_MARK}'")


class PostgresPlaces:
    """Places as advisory locks of a connection of their own: the server frees them when the process dies."""

    def __init__(self, address: Address, *, patience_s: float, kind: Kind) -> None:
        self._address = address
        self._kind = kind
        self._lock = threading.Lock()
        self._held = set[int]()
        self._connection = connected(address, patience_s=patience_s, kind=kind)

    def take(self, place: int) -> bool:
        """Hold a place; False when somebody else does."""
        with self._lock:
            if place not in self._held and self._ask("SELECT pg_try_advisory_lock(?)", place):
                self._held.add(place)
            return place in self._held

    def free(self, place: int) -> None:
        """Let go of a place; one that was lost with its connection is free already."""
        with self._lock, suppress(StoreError):
            if place in self._held:
                self._held.discard(place)
                self._ask("SELECT pg_advisory_unlock(?)", place)

    def close(self) -> None:
        """Let go of every place."""
        with self._lock:
            self._connection.close()

    def require_held(self) -> None:
        """Raise `StoreError` when places were lost with their connection: somebody else may have them now."""
        with self._lock:
            if self._held:
                self._ask("SELECT 1 WHERE ? IS NOT NULL", next(iter(self._held)))

    def _ask(self, query: str, place: int) -> bool:
        with translated(self._address, self._kind):
            key = place_key(self._address.schema, place)
            row = PostgresSession(self._connection).execute(query, (key,)).fetchall()[0]
        return bool(row[0])


def place_key(schema: str, place: int | str) -> int:
    """Return the number of an advisory lock: others that share the database hardly have the same.

    >>> place_key("briefing", 1)
    -2309793819924321797
    """
    return int.from_bytes(hashlib.sha256(f"briefing {schema} {place}".encode()).digest()[:8], "big", signed=True)


def connected(address: Address, *, patience_s: float, kind: Kind) -> psycopg.Connection[Any]:
    """Open a connection that sees the schema and nothing else. Raises `StoreError`."""
    import psycopg

    more: dict[str, Any] = {
        **_KEEP_ALIVE,
        "application_name": "briefing",
        "connect_timeout": max(2, math.ceil(patience_s)),
    }
    try:
        connection = psycopg.connect(address.conninfo, autocommit=True, **more)
    except psycopg.Error as error:
        hint = f"start the server, check PGPASSWORD or ~/.pgpass, or {kind.elsewhere}"
        reason = f"it cannot be reached: {address.masked(' '.join(str(error).split()))}"
        raise StoreError(address.shown, reason, hint=hint) from None
    try:
        with translated(address, kind):
            connection.execute(f"SET search_path TO {address.schema}".encode())
            connection.execute(f"SET lock_timeout TO {max(1, round(patience_s * 1000))}".encode())
            connection.execute(b"SET tcp_keepalives_idle TO 30")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def translated(address: Address, kind: Kind) -> Iterator[None]:
    """Turn errors of the driver into ours."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        state = error.sqlstate or ""
        known = _CAUSES.get(state) or _CAUSES.get(state[:2])
        if known is None and isinstance(error, psycopg.OperationalError) and not state:
            known = _LOST
        reason, hint = known or (address.masked(" ".join(str(error).split())), "{elsewhere}")
        raise StoreError(address.shown, reason, hint=hint.format(elsewhere=kind.elsewhere)) from error
