"""The memory in a file: its steps, its rights, what is refused, and room given back."""

from __future__ import annotations

import random
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from briefing.databases import migrate
from briefing.errors import StoreError
from briefing.memory import open_memory
from briefing.memory.tables import MEMORY, STEPS
from briefing.store import open_store
from tests.memories import MONDAY, TUESDAY, article


@pytest.fixture
def where(tmp_path: Path) -> str:
    return str(tmp_path / "memory.sqlite3")


def test_steps_are_applied_once_and_a_newer_memory_is_refused(where: str) -> None:
    def later(session: Any) -> None:
        session.execute("CREATE TABLE dreams (x TEXT)")

    open_memory(where).close()
    open_memory(where).close()
    with closing(sqlite3.connect(where)) as connection, connection:
        migrate(connection, where, [*STEPS, later], MEMORY)
    with pytest.raises(StoreError, match=r"a newer version wrote it \(it knows later\)") as caught:
        open_memory(where)
    assert "`memory`" in caught.value.hint


def test_what_is_no_memory_is_refused_and_left_alone(tmp_path: Path) -> None:
    with open_store(tmp_path / "calls.sqlite3"):
        pass
    with closing(sqlite3.connect(tmp_path / "foreign.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (address)")
    (tmp_path / "diary.txt").write_text("Dear diary, " * 400, encoding="utf-8")
    for name, said in (
        ("calls.sqlite3", "database of another program"),
        ("foreign.sqlite3", "database of another program"),
        ("diary.txt", "it is no memory: not an SQLite file"),
    ):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(StoreError, match=said) as caught:
            open_memory(str(tmp_path / name))
        assert "`memory`" in caught.value.hint
        assert "--store" not in str(caught.value)
        assert (tmp_path / name).read_bytes() == before


def test_a_memory_that_nobody_made_is_not_made_by_looking(where: str) -> None:
    with pytest.raises(StoreError, match="no memory yet"):
        open_memory(where, create=False)
    assert not Path(where).exists()


def test_what_is_remembered_is_for_its_owner_alone(where: str) -> None:
    with open_memory(where) as memory:
        memory.keep([article()])
        modes = {stat.S_IMODE(file.stat().st_mode) for file in Path(where).parent.iterdir()}
    assert modes == {0o600}


def test_a_locked_memory_is_named(where: str) -> None:
    with open_memory(where, patience_s=0.1) as memory, closing(sqlite3.connect(where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert memory.articles(TUESDAY) == ()
        with pytest.raises(StoreError, match="another program holds it locked"):
            memory.keep([article()])
        other.execute("ROLLBACK")
        memory.keep([article()])


def test_pruning_gives_room_back(where: str) -> None:
    with open_memory(where) as memory:
        noise = random.Random(1)  # noqa: S311 - text that does not compress
        for n in range(40):
            memory.keep([article(f"k{n}", noise.randbytes(30_000).hex(), day=MONDAY)])
        before = memory.counts().store_bytes
        gone = memory.prune(before=TUESDAY)
        assert before > 1_400_000
        assert gone.store_bytes > 0.7 * before
        assert memory.counts().store_bytes < 450_000
