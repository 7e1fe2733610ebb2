"""`briefing store`: the memory shown, carried between databases, pruned, as its page says."""

from __future__ import annotations

import json
import os
import re
import shlex
import sqlite3
import stat
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.memory import measure
from briefing.cli import main
from briefing.memory import open_memory
from tests.conftest import ROOT
from tests.memories import MONDAY, TUESDAY, article, edition
from tests.postgres import PostgresServer

PLAN = '[daily]\nfolders = ["inbox"]\nmemory = "desk.sqlite3"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan and two days in its memory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "briefing.toml").write_text(PLAN, encoding="utf-8")
    with open_memory("desk.sqlite3") as memory:
        for day in (MONDAY, TUESDAY):
            kept = [article(f"{day}/{n}", f"The ferry {n} ran aground. " * 20, day=day) for n in range(3)]
            memory.keep(kept, known={"teaser": "v1"})
            memory.tell(edition(day, kept[0]))
    return tmp_path


def store(*arguments: str, said: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, ["store", *arguments], input=said)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_memory_of_the_plan_is_shown() -> None:
    shown = store("show")
    assert re.search(r"^ +6  articles +versions that were read$", shown.stdout, re.M)
    assert "articles of 2031-03-03 to 2031-03-04\n" in shown.stdout
    assert re.search(r"^1\.\d kB of text, kept in \d+\.\d kB$", shown.stdout, re.M)
    values = json.loads(store("show", "--config", "briefing.toml", "--json").stdout)
    assert values["rows"] | {"items": 7, "texts": 3, "articles": 6, "editions": 2} == values["rows"]
    assert values["days"] == ["2031-03-03", "2031-03-04"]


@pytest.mark.parametrize("name", ["copy.jsonl", "copy.jsonl.gz"])
def test_a_copy_is_the_same_wherever_it_went(name: str, folder: Path) -> None:
    assert store("export", name).stderr == "exported 7 items, 3 texts, 6 articles, 2 editions; 1.5 kB of text\n"
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    taken = store("import", name, "--memory", "other.sqlite3")
    assert (taken.exit_code, taken.stdout) == (0, "")
    assert taken.stderr == "imported 7 items, 3 texts, 6 articles, 2 editions; 1.5 kB of text\n"
    store("export", f"again-{name}", "--memory", "other.sqlite3")
    assert (folder / name).read_bytes() == (folder / f"again-{name}").read_bytes()
    assert not list(folder.glob(".*"))


def test_a_copy_goes_through_pipes() -> None:
    copy = store("export", "-").stdout_bytes
    assert copy.startswith(b'{"format":"briefing memory","version":1}\n')
    assert store("import", "-", "--memory", "other.sqlite3", said=copy).exit_code == 0
    assert store("export", "-", "--memory", "other.sqlite3").stdout_bytes == copy


def test_a_copy_stays_when_the_next_one_fails_and_links_and_pipes_stay_what_they_are(folder: Path) -> None:
    (folder / "copies").mkdir()
    (folder / "copy.jsonl").symlink_to(folder / "copies" / "real.jsonl")
    store("export", "copy.jsonl")
    before = (folder / "copies" / "real.jsonl").read_bytes()
    os.mkfifo(folder / "pipe")
    reader = threading.Thread(target=lambda: came.append((folder / "pipe").read_bytes()))
    came: list[bytes] = []
    reader.start()
    assert store("export", "pipe").exit_code == 0
    reader.join(30)
    assert came == [before]
    with closing(sqlite3.connect("desk.sqlite3")) as connection, connection:
        connection.execute("UPDATE editions SET record = x'00'")
    failed = store("export", "copy.jsonl")
    assert failed.exit_code == 2
    assert "the edition of 2031-03-03 is damaged" in failed.stderr
    assert (folder / "copies" / "real.jsonl").read_bytes() == before
    assert (folder / "copy.jsonl").is_symlink()
    assert [file.name for file in (folder / "copies").iterdir()] == ["real.jsonl"]


@pytest.mark.parametrize("name", ["copy.jsonl", "copy.jsonl.gz"])
def test_a_damaged_copy_is_refused_whole(name: str, folder: Path) -> None:
    store("export", name)
    whole = (folder / name).read_bytes()
    for spoilt in (whole[:-30], whole[:200] + b"~" + whole[201:], b"", b"Dear diary\n"):
        (folder / name).write_bytes(spoilt)
        refused = store("import", name, "--memory", "other.sqlite3")
        assert refused.exit_code == 2
        assert refused.stderr.startswith(f"briefing: {name}: ")
        assert "nothing was taken in" in refused.stderr
        assert not any(json.loads(store("show", "--memory", "other.sqlite3", "--json").stdout)["rows"].values())


def test_what_is_old_is_removed_and_what_stories_go_on_from_is_not() -> None:
    now = datetime.now(UTC)
    recent = replace(article("new"), day=now.date() - timedelta(days=20), arrived=now)
    with open_memory("desk.sqlite3") as memory:
        memory.prune(before=now.date() + timedelta(days=9_999))
        memory.keep([recent, replace(article("old"), day=now.date() - timedelta(days=100))])
    assert store("prune", "--older-than", "13 days").exit_code == 2
    first = store("prune", "--older-than", "90d")
    day = now.date() - timedelta(days=90)
    assert first.stderr.startswith(f"removed what is older than {day}: 1 article")
    assert json.loads(store("show", "--json").stdout)["rows"]["articles"] == 1
    assert store("prune", "--older-than", "2w", "--config", "briefing.toml").exit_code == 0
    assert json.loads(store("show", "--json").stdout)["rows"]["articles"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["prune", "--older-than", "soon"], "--older-than soon: this is no age (write it as 90d or 12w)"),
        (["prune", "--older-than", "3d"], "--older-than 3d: stories are followed for 14 days"),
        (["prune", "--older-than", "99999w"], "--older-than 99999w: this is no age"),
        (["show", "--memory", "nowhere.sqlite3"], "nowhere.sqlite3: there is no memory yet"),
        (["show", "--memory", "a", "--config", "b"], "--memory: --config says another one"),
        (["show", "--config", "nowhere.toml"], "nowhere.toml: "),
        (["export", "nowhere/copy"], "nowhere/copy: No such file or directory"),
        (["export", "/"], "/: "),
        (["import", "nowhere"], "nowhere: No such file or directory (nothing was taken in"),
        (["import", "inbox"], "inbox: Is a directory"),
        (["import", "briefing.toml", "--memory", "new.sqlite3"], "briefing.toml: line 1 cannot be read: no JSON"),
        (["show", "--memory", "briefing.toml"], "briefing.toml: it is no memory: not an SQLite file"),
        (["show", "--memory", "postgresql://ann:secret@/news?host=/nowhere"], "postgresql://ann@/news?host=/nowhere: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_said_in_one_line(arguments: list[str], said: str) -> None:
    result = store(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"briefing: {said}")
    assert "secret" not in result.output
    assert result.stderr.count("\n") == 1


def test_where_no_plan_is_it_says_how_to_name_a_memory(folder: Path) -> None:
    (folder / "briefing.toml").unlink()
    refused = store("show")
    assert refused.stderr == (
        "briefing: briefing.toml: there is no plan here (name a plan with --config, or a memory with --memory)\n"
    )


def test_pruning_and_importing_keep_off_a_memory_that_a_run_has() -> None:
    store("export", "copy.jsonl")
    with open_memory("desk.sqlite3") as memory, memory.alone(wait=False):
        for arguments in (["prune", "--older-than", "90d"], ["import", "copy.jsonl"]):
            refused = store(*arguments)
            assert refused.exit_code == 2
            assert "another run has had it to itself since" in refused.stderr
        assert store("export", "copy.jsonl").exit_code == 0
        assert store("show").exit_code == 0


SECTION = (ROOT / "docs" / "daily.md").read_text(encoding="utf-8").partition("\n## The memory\n")[2]
FIRST, SECOND = re.findall(r"```console\n(.*?)```", SECTION.partition("\n## ")[0], re.S)


def commands(block: str) -> list[list[str]]:
    lines = [shlex.split(line.removeprefix("$ "), comments=True) for line in block.splitlines()]
    return [words[1:] for words in lines if words[0] == "briefing"]


def test_the_commands_of_the_page_run() -> None:
    assert len(commands(FIRST)) == 4
    for words in commands(FIRST):
        assert store(*words[1:]).exit_code == 0


def test_the_commands_of_the_page_move_it_to_postgresql(postgres: PostgresServer) -> None:
    store("export", "memory.jsonl.gz")
    where = postgres.address()
    assert len(commands(SECOND)) == 2
    for words in commands(SECOND):
        assert words[-1] == "postgresql://desk@/news"
        shown = store(*words[1:-1], where)
        assert shown.exit_code == 0
    assert shown.stdout.startswith(where)
    assert store("export", "-", "--memory", where).stdout_bytes == store("export", "-").stdout_bytes


def test_the_benchmark_measures_a_memory(tmp_path: Path) -> None:
    figures = measure(str(tmp_path / "measured.sqlite3"), 150)
    assert (figures["articles"], figures["missing"]) == (150, 0)
    assert figures["text_mb"] == pytest.approx(0.66, abs=0.02)
    assert 0 < figures["keep_s"] < 60
