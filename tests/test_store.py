"""The store: asked once, kept before it is used, and never lost, whatever the disk does."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.databases import failure, migrate
from briefing.errors import (
    BriefingError,
    ModelError,
    ModelUnavailable,
    ReplyError,
    ReplyNotJSON,
    ReplyWrongShape,
    StoreError,
)
from briefing.model import Reply, Request, ScriptedModel
from briefing.store import Outcome, Status, Store, StoredModel, open_store
from briefing.store.answers import Question, packed, unpacked
from briefing.store.migrations import MIGRATIONS, STORE
from briefing.types import Usage
from tests.conftest import ROOT

SERVER = "https://models.example/v1"
ASKED = Request(
    system="Draft.", user="[S1.1] The lock was closed.", schema_name="draft", schema={"a": 1, "b": 2}, max_tokens=90
)
PAID = Usage(calls=1, prompt_tokens=100, completion_tokens=20, cached_tokens=64, cost_usd=0.25)


def reply(text: str = "{}") -> Reply:
    return Reply(text=text, finish_reason="stop", model="scripted-1", usage=PAID)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "calls.sqlite3"


class Failing:
    """A model whose every answer is an error."""

    name = "scripted"
    context_tokens = 4_000

    def __init__(self, error: BaseException) -> None:
        self.error = error
        self.asked = 0

    def ask(self, _: Request) -> Reply:
        self.asked += 1
        raise self.error


def stored(store: Store, run: int, model: Any, **options: Any) -> StoredModel:
    return StoredModel(model, store=store, run=run, server=SERVER, **options)


def ask_once(path: Path, answer: str = "{}") -> None:
    with open_store(path) as store, store.run({}) as run:
        stored(store, run, ScriptedModel([reply(answer)])).ask(ASKED)


# The same question is never paid for twice
# -----------------------------------------


def test_a_question_is_asked_once_and_answered_ever_after_with_what_it_cost(path: Path) -> None:
    model = ScriptedModel([reply("first")])
    for _ in range(3):
        with open_store(path) as store, store.run({}) as run:
            answers = [stored(store, run, model).ask(ASKED) for _ in range(2)]
        assert answers == [reply("first")] * 2
    assert len(model.asked) == 1


def test_a_run_pays_for_what_it_asked_and_not_for_what_the_store_gave(path: Path) -> None:
    ask_once(path)
    with open_store(path) as store:
        with store.run({"model": "m"}) as run:
            model = stored(store, run, ScriptedModel([reply(), reply()]))
            for user in ("one", "two"):
                model.ask(replace(ASKED, user=user))
            model.ask(ASKED)
        first, second = store.runs()
    assert first.usage == PAID
    assert second.usage == PAID + PAID
    assert second.calls == {Outcome.ANSWERED: 2, Outcome.SERVED: 1}
    assert second.settings == {"model": "m"}


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, system="Draft!"),
        replace(ASKED, user="[S1.1] The lock was open."),
        replace(ASKED, schema_name="repair"),
        replace(ASKED, schema={"a": 1}),
        replace(ASKED, schema={"b": 2, "a": 1}),
        replace(ASKED, max_tokens=91),
        replace(ASKED, temperature=0.1),
        replace(ASKED, seed=1),
    ],
    ids=["system", "user", "schema name", "schema", "order of properties", "limit", "temperature", "seed"],
)
def test_every_field_of_a_question_makes_another_question(path: Path, other: Request) -> None:
    with open_store(path) as store, store.run({}) as run:
        model = stored(store, run, ScriptedModel([reply("this"), reply("other")]))
        assert [model.ask(q).text for q in (ASKED, other, ASKED, other)] == ["this", "other", "this", "other"]


def test_another_server_or_model_is_asked_anew() -> None:
    asked = [
        Question(server=server, model=model, request=ASKED)
        for server in (SERVER, "http://127.0.0.1/v1")
        for model in ("a", "b")
    ]
    assert len({question.key for question in asked}) == 4
    assert replace(asked[0], request=replace(ASKED)).key == asked[0].key


def test_no_cache_reads_nothing_and_still_keeps_the_answer(path: Path) -> None:
    ask_once(path, "old")
    with open_store(path) as store:
        with store.run({}) as run:
            assert stored(store, run, ScriptedModel([reply("new")]), fresh=True).ask(ASKED).text == "new"
        with store.run({}) as run:
            assert stored(store, run, ScriptedModel([])).ask(ASKED).text == "new"


def test_an_answer_that_cannot_be_used_is_kept_and_raised_again(path: Path) -> None:
    refused = ReplyWrongShape("m", "no claims in it", hint="try another model", reply="I will not.", usage=PAID)
    model = Failing(refused)
    with open_store(path) as store, store.run({}) as run:
        for _ in range(2):
            with pytest.raises(ReplyWrongShape, match="no claims") as caught:
                stored(store, run, model).ask(ASKED)
            assert (caught.value.reply, caught.value.usage, caught.value.hint) == (
                "I will not.",
                PAID,
                "try another model",
            )
        (record,) = store.runs()
    assert model.asked == 1
    assert record.calls == {Outcome.UNUSABLE: 1, Outcome.SERVED: 1}
    assert record.usage == PAID


def test_what_was_never_answered_is_asked_again_and_its_cost_is_counted(path: Path) -> None:
    model = Failing(ModelUnavailable("m", "no answer", hint="wait", usage=PAID))
    with open_store(path) as store, store.run({}) as run:
        for _ in range(2):
            with pytest.raises(ModelUnavailable):
                stored(store, run, model).ask(ASKED)
        assert stored(store, run, ScriptedModel([reply("at last")])).ask(ASKED).text == "at last"
        (record,) = store.runs()
        errors = [call.error for call in store.calls(run)]
    assert model.asked == 2
    assert record.usage == PAID + PAID + PAID
    assert errors == ["ModelUnavailable: m: no answer (wait)"] * 2 + [None]


hostile = st.text(st.characters(), max_size=40)


@settings(deadline=None)
@given(hostile, hostile, st.integers(0, 10**9), st.none() | st.floats(0, 1e6))
def test_a_reply_comes_back_as_it_went_in(text: str, reason: str, tokens: int, cost: float | None) -> None:
    usage = Usage(calls=1, prompt_tokens=tokens, cost_usd=cost)
    answer = Reply(text=text + "\ud800\x00", finish_reason=reason, model=text, usage=usage)
    assert unpacked(packed(answer)) == answer


@settings(deadline=None)
@given(hostile, hostile)
def test_an_unusable_reply_comes_back_as_it_went_in(message: str, text: str) -> None:
    error = ReplyNotJSON("m", message, hint="try again", reply=text, usage=PAID)
    back = unpacked(packed(error))
    assert isinstance(back, ReplyNotJSON)
    assert (str(back), back.reply, back.usage) == (str(error), text, PAID)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"usage":{},"error":"SystemExit"}', '{"usage":{"calls":1,"new":2},"text":""}', "null"]
)
def test_what_was_never_packed_is_no_answer(text: str) -> None:
    with pytest.raises(ValueError, match=r".?"):
        unpacked(text)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.booleans()), max_size=12))
def test_whatever_the_order_each_question_has_its_last_answer(steps: list[tuple[int, bool, bool]]) -> None:
    last: dict[int, str] = {}
    model = ScriptedModel([str(number) for number in range(len(steps))])
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "calls.sqlite3")
        for number, fresh, reopened in steps:
            if reopened:
                store.close()
                store = open_store(Path(folder) / "calls.sqlite3")
            if fresh or number not in last:
                last[number] = str(len(model.asked))
            with store.run({}) as run:
                answered = stored(store, run, model, fresh=fresh).ask(replace(ASKED, user=str(number)))
            assert answered.text == last[number]
        store.close()


# Many threads, many processes
# ----------------------------


def test_threads_that_ask_the_same_share_one_answer(path: Path) -> None:
    asked = []

    def slowly(request: Request) -> str:
        asked.append(request)
        time.sleep(0.05)
        return "shared"

    with open_store(path) as store, store.run({}) as run:
        model = stored(store, run, ScriptedModel(slowly))
        answers: list[str] = []
        threads = [threading.Thread(target=lambda: answers.append(model.ask(ASKED).text)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == ["shared"] * 6
    assert len(asked) == 1


PROGRAM = """
import sys, time
from pathlib import Path
from briefing.model import ScriptedModel
from briefing.store import StoredModel, open_store
from tests.test_store import ASKED, SERVER

def answer(request):
    print("asked", flush=True)
    time.sleep(float(sys.argv[2]))
    return "from one of two"

with open_store(Path(sys.argv[1])) as store, store.run({}) as run:
    print(StoredModel(ScriptedModel(answer), store=store, run=run, server=SERVER).ask(ASKED).text)
"""


def program(path: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(path), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_processes_that_ask_the_same_share_one_answer(path: Path) -> None:
    both = [program(path, 0.5), program(path, 0.5)]
    said = [process.communicate()[0].split("\n") for process in both]
    assert sorted(said) == [["asked", "from one of two", ""], ["from one of two", ""]]


def test_a_run_is_running_while_its_process_lives_and_killed_after(path: Path) -> None:
    process = program(path, 60)
    assert process.stdout
    assert process.stdout.readline() == "asked\n"
    with open_store(path) as store:
        assert [run.status for run in store.runs()] == [Status.RUNNING]
        process.kill()
        process.communicate()
        (run,) = store.runs()
        assert (run.status, run.finished, run.calls) == (Status.KILLED, None, {Outcome.OPEN: 1})
        with store.run({}) as again:
            assert stored(store, again, ScriptedModel(["now"])).ask(ASKED).text == "now"


def test_one_may_write_while_others_read(path: Path) -> None:
    ask_once(path)
    writer = sqlite3.connect(path)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE runs SET status = 'failed'")
    with open_reader(path) as reader:
        assert reader.execute("SELECT status FROM runs").fetchall() == [("finished",)]
        writer.commit()
        assert reader.execute("SELECT status FROM runs").fetchall() == [("failed",)]
    writer.close()


@contextmanager
def open_reader(path: Path) -> Iterator[sqlite3.Connection]:
    reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        yield reader
    finally:
        reader.close()


# Runs
# ----


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (KeyboardInterrupt(), Status.INTERRUPTED, "KeyboardInterrupt"),
        (ModelError("m", "it failed", hint="wait"), Status.FAILED, "ModelError: m: it failed (wait)"),
        (RuntimeError("sk-secret"), Status.FAILED, "RuntimeError"),
    ],
    ids=["Ctrl-C", "an error of ours", "a bug"],
)
def test_a_run_says_how_it_ended(path: Path, error: BaseException, status: Status, said: str) -> None:
    with open_store(path) as store:
        with pytest.raises(type(error)), store.run({}):
            raise error
        (run,) = store.runs()
    assert (run.status, run.error) == (status, said)
    assert run.finished
    assert run.finished >= run.started


def test_an_interrupted_call_stays_open_and_is_asked_again(path: Path) -> None:
    with open_store(path) as store:
        with pytest.raises(KeyboardInterrupt), store.run({}) as run:
            stored(store, run, Failing(KeyboardInterrupt())).ask(ASKED)
        assert store.runs()[0].calls == {Outcome.OPEN: 1}
        with store.run({}) as run:
            assert stored(store, run, ScriptedModel(["after all"])).ask(ASKED).text == "after all"


def test_calls_say_what_was_asked_of_whom(path: Path) -> None:
    ask_once(path)
    with open_store(path) as store:
        (call,) = store.calls(1)
    assert (call.purpose, call.server, call.model, call.usage) == ("draft", SERVER, "scripted", PAID)
    assert call.key == Question(server=SERVER, model="scripted", request=ASKED).key
    assert call.answered
    assert call.answered >= call.asked


def test_a_run_is_found_by_its_number(path: Path) -> None:
    with open_store(path) as store:
        for _ in range(3):
            with store.run({}) as run:
                stored(store, run, ScriptedModel([reply()])).ask(ASKED)
        assert store.runs(2) == store.runs()[1:2]
        assert store.runs(1)[0].usage == PAID
        assert store.runs(7) == ()


def test_names_and_messages_that_are_no_text_are_kept_all_the_same(path: Path) -> None:
    class Odd(Failing):
        name = "m\udcff\x00"

    model = Odd(ModelUnavailable("m", "said \ud800", hint="wait"))
    with open_store(path) as store:
        with store.run({"model": "m\udcff"}) as run, pytest.raises(ModelUnavailable):
            stored(store, run, model).ask(ASKED)
        store.keep_capabilities(SERVER, "m\udcff", {"context_tokens": 1})
        assert store.capabilities(SERVER, "m\udcff") == {"context_tokens": 1}
        (call,) = store.calls(run)
        assert (call.model, call.error) == ("m\\udcff\x00", "ModelUnavailable: m: said \\ud800 (wait)")


def test_capabilities_are_remembered_per_server_and_model(path: Path) -> None:
    with open_store(path) as store:
        assert store.capabilities(SERVER, "m") is None
        store.keep_capabilities(SERVER, "m", {"json_schema": True})
        store.keep_capabilities(SERVER, "m", {"json_schema": False, "context_tokens": 8192})
    with open_store(path) as store:
        assert store.capabilities(SERVER, "m") == {"json_schema": False, "context_tokens": 8192}
        assert store.capabilities(SERVER, "n") is None


# The file
# --------


def test_the_secret_lasts_and_belongs_to_one_store(tmp_path: Path) -> None:
    secrets = []
    for name in ("a", "a", "b"):
        with open_store(tmp_path / name) as store:
            secrets.append(store.secret)
    assert secrets[0] == secrets[1] != secrets[2]
    assert len(secrets[0]) == 32


def test_what_is_kept_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "calls.sqlite3"
    with open_store(path) as store, store.run({}):
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_store_that_nobody_made_is_not_made_by_looking(path: Path) -> None:
    with pytest.raises(StoreError, match="no store yet"):
        open_store(path, create=False)
    assert list(path.parent.iterdir()) == []


def test_steps_are_applied_once_and_a_new_one_later(path: Path) -> None:
    ask_once(path)

    def second(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE extra (x)")

    connection = sqlite3.connect(path)
    for _ in range(2):
        with connection:
            migrate(connection, "store", [*MIGRATIONS, second], STORE)
    names = [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY rowid")]
    assert names == [step.__name__ for step in (*MIGRATIONS, second)]
    connection.close()
    with pytest.raises(StoreError, match="newer version wrote it"):
        open_store(path)


def test_a_step_that_fails_leaves_the_store_as_it_was(path: Path) -> None:
    ask_once(path)

    def half(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM calls")
        connection.execute("CREATE TABLE calls (x)")

    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, "store", [*MIGRATIONS, half], STORE)
    connection.close()
    with open_store(path) as store:
        assert len(store.calls(1)) == 1


# What can go wrong with it
# -------------------------


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (address)")
    connection.commit()
    connection.close()


def torn(path: Path) -> None:
    ask_once(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 4096 * 6)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b"Dear diary, " * 400), "not an SQLite file"),
        (foreign, "database of another program"),
        (torn, "damaged"),
        (lambda path: path.mkdir(), "cannot be opened"),
    ],
    ids=["some text", "another program's", "torn", "a folder"],
)
def test_what_is_no_store_is_refused_and_left_alone(path: Path, spoil: Any, said: str) -> None:
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=said) as caught, open_store(path) as store, store.run({}) as run:
        stored(store, run, Failing(AssertionError("asked"))).ask(ASKED)
    assert caught.value.subject == str(path)
    assert caught.value.hint
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_file_in_the_place_of_its_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="folder is a file"):
        open_store(tmp_path / "file" / "calls.sqlite3")


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root, who may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("exists", [False, True], ids=["to be made", "made before"])
def test_a_folder_that_may_not_be_written_is_named_before_anything_is_asked(exists: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.sqlite3"
        if exists:
            ask_once(path)
            for file in Path(folder).iterdir():
                file.chmod(0o444)
        Path(folder).chmod(0o555)
        with nobody(), pytest.raises(StoreError, match=r"cannot be made|may not be|cannot be opened") as caught:
            open_store(path)
        Path(folder).chmod(0o700)
        assert "--store" in caught.value.hint


def test_a_locked_store_is_named_and_nothing_is_asked(path: Path) -> None:
    ask_once(path)
    model = Failing(AssertionError("asked"))
    with open_store(path, patience_s=0.1) as store, store.run({}) as run:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program holds it locked"):
            stored(store, run, model).ask(replace(ASKED, user="new"))
        with pytest.raises(StoreError, match="locked"):
            open_store(path, patience_s=0.1)
        other.execute("ROLLBACK")
        other.close()
    assert model.asked == 0


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """No file may grow beyond what the largest of the store's has."""
    size = max(file.stat().st_size for file in path.parent.iterdir())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_stops_before_anything_is_asked_and_loses_nothing(path: Path) -> None:
    model = Failing(AssertionError("asked"))
    with open_store(path) as store, store.run({}) as run:
        stored(store, run, ScriptedModel([reply()])).ask(ASKED)
        with full_disk(path), pytest.raises(StoreError, match=r"disk (is full|failed)"):
            stored(store, run, model).ask(replace(ASKED, user="long " * 100_000))
        assert stored(store, run, model).ask(ASKED) == reply()
    assert model.asked == 0
    with open_store(path) as store, store.run({}) as run:
        assert stored(store, run, model).ask(ASKED) == reply()
        assert store.runs()[0].calls == {Outcome.ANSWERED: 1, Outcome.SERVED: 1}


def test_an_answer_that_cannot_be_kept_is_not_handed_out(path: Path) -> None:
    with open_store(path) as store, store.run({}) as run:
        model = stored(store, run, ScriptedModel([reply("x" * 500_000), reply("short")]))
        with full_disk(path), pytest.raises(StoreError):
            model.ask(ASKED)
        assert store.runs()[0].calls == {Outcome.OPEN: 1}
        assert model.ask(ASKED).text == "short"


def test_sqlite_calls_a_full_disk_by_its_name() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()
    assert "the disk is full (make room; everything stored before is safe)" in str(
        failure(Path("s"), caught.value, STORE)
    )


def test_an_answer_that_was_altered_is_refused_and_may_be_asked_again(path: Path) -> None:
    ask_once(path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE calls SET answer = replace(answer, '{}', '[]')")
    connection.commit()
    connection.close()
    with open_store(path) as store, store.run({}) as run:
        with pytest.raises(StoreError, match="damaged") as caught:
            stored(store, run, Failing(AssertionError("asked"))).ask(ASKED)
        assert "--no-cache" in caught.value.hint
        assert stored(store, run, ScriptedModel([reply("new")]), fresh=True).ask(ASKED).text == "new"


def test_errors_of_the_store_are_no_errors_of_the_model() -> None:
    assert issubclass(StoreError, BriefingError)
    assert not issubclass(StoreError, ModelError)
    assert not issubclass(StoreError, ReplyError)
    assert StoreError.exit_code == 2
