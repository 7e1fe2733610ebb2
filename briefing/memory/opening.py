"""Where a memory is, and how it is opened: a file, or a schema of a PostgreSQL database."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from briefing.databases import Presence, address_of, is_address, is_there, make_file, opened
from briefing.errors import StoreError
from briefing.memory.memory import Memory
from briefing.memory.tables import MEMORY, STEPS

PATIENCE_S = 10.0


def open_memory(
    where: str,
    *,
    create: bool = True,
    patience_s: float = PATIENCE_S,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Memory:
    """Open the memory at a path or a `postgresql://` address, and make it when it is missing, unless `create` is False.

    The tables are in a schema of their own, `briefing`, or what `?schema=` in the address says.

    `patience_s` bounds each wait for another process that is writing; `clock` dates deliveries and runs. Raises
    `StoreError`, and touches nothing, when it cannot be read and written or is another program's.

    >>> import tempfile
    >>> from datetime import date
    >>> with tempfile.TemporaryDirectory() as folder, open_memory(f"{folder}/memory.sqlite3") as memory:
    ...     memory.keep([], known={"https://example.org/1": "sha256:1f"})
    ...     memory.fingerprints(["https://example.org/1", "https://example.org/2"])
    {'https://example.org/1': 'sha256:1f'}
    """
    if is_address(where):
        return _on_server(where, create=create, patience_s=patience_s, clock=clock)
    return _in_file(Path(where), create=create, patience_s=patience_s, clock=clock)


def _in_file(path: Path, *, create: bool, patience_s: float, clock: Callable[[], datetime]) -> Memory:
    if create:
        make_file(path, MEMORY)
    elif not is_there(path, MEMORY):
        raise StoreError(str(path), "there is no memory yet", hint="`briefing daily` makes one")
    presence = Presence(Path(f"{os.path.realpath(path)}-presence"), MEMORY)
    try:
        database = opened(path, presence, STEPS, patience_s=patience_s, kind=MEMORY)
    except BaseException:
        presence.close()
        raise
    return Memory(database, presence, str(path), clock)


def _on_server(where: str, *, create: bool, patience_s: float, clock: Callable[[], datetime]) -> Memory:
    from briefing.databases.postgres import PostgresDatabase, PostgresPlaces

    address = address_of(where, MEMORY)
    places = PostgresPlaces(address, patience_s=patience_s, kind=MEMORY)
    try:
        database = PostgresDatabase(address, patience_s=patience_s, kind=MEMORY, guard=places.require_held)
        try:
            database.migrate(STEPS, create=create)
        except BaseException:
            database.close()
            raise
    except BaseException:
        places.close()
        raise
    return Memory(database, places, address.shown, clock)
