"""Where a memory is, and how it is opened: a file, or a schema of a PostgreSQL database."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from briefing.databases import Presence, is_there, make_file, opened
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
    """Open the memory at a path, and make it there when it is missing, unless `create` is False.

    `patience_s` bounds each wait for another process that is writing; `clock` dates deliveries and runs. Raises
    `StoreError`, and touches nothing, when it cannot be read and written or is another program's.

    >>> import tempfile
    >>> from datetime import date
    >>> with tempfile.TemporaryDirectory() as folder, open_memory(f"{folder}/memory.sqlite3") as memory:
    ...     memory.keep([], known={"https://example.org/1": "sha256:1f"})
    ...     memory.fingerprints(["https://example.org/1", "https://example.org/2"])
    {'https://example.org/1': 'sha256:1f'}
    """
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
