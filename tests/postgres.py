"""A real PostgreSQL server for tests: made anew, reached through a socket in its own folder, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

NO_POSTGRES = "NO POSTGRESQL: the memory was not tested on it (apt-get install postgresql)"
_PATIENCE_S = 60.0


def programs() -> Path | None:
    """Return the folder with `initdb` and `postgres`, or None."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


@dataclass
class PostgresServer:
    """A server that runs; it hears no network."""

    sockets: Path
    _schemas: Iterator[int]

    def address(self, schema: str | None = None) -> str:
        """Return the address of a schema that nobody used yet, or of a named one."""
        return f"postgresql://tests@/postgres?host={self.sockets}&schema={schema or f'memory_{next(self._schemas)}'}"

    def execute(self, *statements: str) -> list[tuple[Any, ...]]:
        """Do statements, and return the rows of the last."""
        with psycopg.connect(f"host={self.sockets} user=tests dbname=postgres", autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def serving(folder: Path) -> Iterator[PostgresServer]:
    """Make a cluster and run it for the block; as another user when the tests run as root, whom it refuses."""
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    who = _user()
    if who:
        os.chown(home, who["user"], who["group"])
    quiet: dict[str, Any] = {"cwd": home, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **who}
    made = "--username=tests --auth=trust --no-sync --no-locale --encoding=UTF8".split()
    subprocess.run([folder / "initdb", "-D", home / "data", *made], check=True, **quiet)
    settings = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", f"unix_socket_directories={home}"]
    process = subprocess.Popen([folder / "postgres", "-D", home / "data", *settings], **quiet)
    try:
        server = PostgresServer(sockets=home, _schemas=count(1))
        _wait(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE_S)
        shutil.rmtree(home)


def _user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while True:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            assert process.poll() is None, "the server did not start"
            assert time.monotonic() < end, "the server did not start in time"
            time.sleep(0.05)
        else:
            return
