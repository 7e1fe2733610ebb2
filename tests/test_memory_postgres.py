"""The memory on a PostgreSQL server: a schema of its own, locks that the server keeps, and no password anywhere."""

from __future__ import annotations

import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

import pytest

from briefing.databases.addresses import address_of, printable
from briefing.databases.postgres import PostgresDatabase
from briefing.errors import StoreError
from briefing.memory import open_memory
from briefing.memory.tables import MEMORY, STEPS
from tests.conftest import ROOT
from tests.memories import TUESDAY, article
from tests.postgres import PostgresServer

SECRET = "hunter2-never-to-be-seen"  # noqa: S105 - no real one


def test_it_takes_a_schema_of_its_own_and_leaves_all_else_alone(postgres: PostgresServer) -> None:
    postgres.execute("CREATE TABLE IF NOT EXISTS public.articles (headline text)")
    with open_memory(postgres.address("briefing").replace("&schema=briefing", "")) as memory:
        memory.keep([article()])
    assert postgres.execute("SELECT count(*) FROM briefing.articles") == [(1,)]
    assert postgres.execute("SELECT count(*) FROM public.articles") == [(0,)]


def test_a_schema_of_another_program_is_refused_and_left_alone(postgres: PostgresServer) -> None:
    postgres.execute("CREATE SCHEMA shop", "CREATE TABLE shop.migrations (name text)", "CREATE VIEW shop.v AS SELECT 1")
    with pytest.raises(StoreError, match="its schema shop is another program's") as caught:
        open_memory(postgres.address("shop"))
    assert "?schema=NAME" in caught.value.hint
    tables = postgres.execute("SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('shop')")
    assert tables == [(2,)]


def test_an_empty_schema_that_somebody_made_for_it_is_taken(postgres: PostgresServer) -> None:
    postgres.execute("CREATE SCHEMA given")
    open_memory(postgres.address("given")).close()
    assert postgres.execute("SELECT name FROM given.migrations") == [(step.__name__,) for step in STEPS]


def test_looking_makes_nothing(postgres: PostgresServer) -> None:
    with pytest.raises(StoreError, match="no memory yet"):
        open_memory(postgres.address("looked_at"), create=False)
    assert postgres.execute("SELECT to_regnamespace('looked_at')") == [(None,)]


def test_a_newer_memory_is_refused(postgres: PostgresServer) -> None:
    where = postgres.address("newer")

    def later(session: Any) -> None:
        session.execute("CREATE TABLE dreams (x TEXT)")

    open_memory(where).close()
    database = PostgresDatabase(address_of(where, MEMORY), patience_s=5, kind=MEMORY)
    database.migrate([*STEPS, later], create=True)
    database.close()
    with pytest.raises(StoreError, match=r"a newer version wrote it \(it knows later\)") as caught:
        open_memory(where)
    assert "`memory`" in caught.value.hint


def test_a_step_that_fails_leaves_nothing(postgres: PostgresServer) -> None:
    def half(session: Any) -> None:
        session.execute("CREATE TABLE extra (x TEXT)")
        session.execute("CREATE TABLE extra (x TEXT)")

    database = PostgresDatabase(address_of(postgres.address("half"), MEMORY), patience_s=5, kind=MEMORY)
    with pytest.raises(StoreError, match="already exists"):
        database.migrate([*STEPS, half], create=True)
    database.close()
    assert postgres.execute("SELECT to_regnamespace('half')") == [(None,)]


def test_openers_that_come_at_once_make_the_tables_once(postgres: PostgresServer) -> None:
    where, failed = postgres.address("at_once"), []

    def work() -> None:
        try:
            open_memory(where).close()
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert postgres.execute("SELECT count(*) FROM at_once.migrations") == [(len(STEPS),)]


def test_a_writer_that_never_ends_is_named(postgres: PostgresServer) -> None:
    where = postgres.address("stuck")
    with open_memory(where) as one, open_memory(where, patience_s=0.2) as two:
        with one._backend.writing(), pytest.raises(StoreError, match="another program holds it locked"):
            two.keep([article()])
        two.keep([article()])


def test_who_lost_the_lock_with_its_connection_writes_nothing_more(postgres: PostgresServer) -> None:
    where = postgres.address("lost")
    with open_memory(where) as one, one.alone(wait=False):
        one.keep([article()])
        cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        postgres.execute(cut)
        with pytest.raises(StoreError, match=r"the server went away|the connection was lost"):
            one.keep([article("b")])
        with open_memory(where) as two, two.alone(wait=False):
            assert [a.key for a in two.articles(TUESDAY)] == [article().key]
    with open_memory(where) as three, three.alone(wait=False):
        pass


def test_a_server_that_went_away_is_named(postgres: PostgresServer) -> None:
    with open_memory(postgres.address("gone")) as memory:
        postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'briefing'")
        with pytest.raises(StoreError, match=r"the server went away|the connection was lost") as caught:
            memory.articles(TUESDAY)
        assert "run the command again" in caught.value.hint


# Addresses and passwords
# -----------------------


@pytest.mark.parametrize(
    "where",
    [
        f"postgresql://ann:{SECRET}@127.0.0.1:1/news",
        f"postgresql://ann:{SECRET}@/news?host=/nowhere",
        f"postgresql:///news?host=/nowhere&password={SECRET}",
        f"postgres://ann:pa@{SECRET}/ss@/news?host=/nowhere",
        f"postgres://ann:pa@{SECRET}/ss@nowhere.invalid/news",
        f"postgres://ann:{SECRET}?x@nowhere.invalid/news",
        f"postgresql://ann:%zz{SECRET}@/news?host=/nowhere",
        f"postgresql:///news?host=/nowhere&sslpassword={SECRET}&bogus=1",
        f"postgresql://ann:{SECRET}@[::1/news",
        f"postgresql://ann:{SECRET}@host:port/news",
        f"postgresql://ann:{SECRET}@/news?host=/nowhere&schema=Drop Table",
    ],
)
def test_no_error_says_a_password(where: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_memory(where, patience_s=2)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert SECRET not in printable(where)


def test_a_server_that_is_not_there_is_named_with_what_to_do() -> None:
    with pytest.raises(StoreError, match="it cannot be reached: ") as caught:
        open_memory("postgresql://ann@/news?host=/nowhere", patience_s=2)
    assert caught.value.subject == "postgresql://ann@/news?host=/nowhere"
    assert "PGPASSWORD" in caught.value.hint


def test_a_database_that_is_not_there_is_named(postgres: PostgresServer) -> None:
    with pytest.raises(StoreError, match='database "nowhere" does not exist'):
        open_memory(postgres.address().replace("/postgres?", "/nowhere?"))


def test_a_user_without_rights_is_told_what_it_lacks(postgres: PostgresServer) -> None:
    postgres.execute("CREATE ROLE reader LOGIN")
    with pytest.raises(StoreError, match="its user may not do that") as caught:
        open_memory(postgres.address("forbidden").replace("tests@", "reader@"))
    assert "create a schema" in caught.value.hint


def test_the_driver_is_wanted_by_name_only_when_it_is_needed(tmp_path: Path) -> None:
    code = """
import sys
sys.modules["psycopg"] = None
from briefing.errors import StoreError
from briefing.memory import open_memory
open_memory(sys.argv[1]).close()
try:
    open_memory("postgresql://ann:secret@db/news")
except StoreError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "m"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout == (
        "postgresql://ann@db/news: PostgreSQL needs psycopg, which is not installed "
        '(pip install "psycopg[binary]>=3.2")\n'
    )


def test_psycopg_is_not_imported_for_a_file() -> None:
    code = "import sys; import briefing.memory, briefing.cli; assert 'psycopg' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
