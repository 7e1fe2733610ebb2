"""Commands that ask a model: what they keep, what they cost, and what they do when the store cannot be used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.errors import ModelUnavailable
from briefing.show import runs as shown
from briefing.store import Outcome, Status, open_store
from briefing.types import Usage
from tests.story_server import ARTICLES, CALLS, StoryServer, serving, write_articles

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
KEY = "sk-never-to-be-seen-0123456789"


@pytest.fixture(scope="module")
def running() -> Iterator[StoryServer]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: StoryServer) -> StoryServer:
    running.forget()
    return running


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the articles, and no setting from outside."""
    for name in ("OPENAI_BASE_URL", "BRIEFING_MODEL", "BRIEFING_STORE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    write_articles(tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def briefing(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def make(server: StoryServer, *more: str) -> Result:
    model = ("--model", "tiny", "--base-url", server.url, "--store", "calls.sqlite3")
    return briefing("make", "articles", "--no-entailment", "--as-of", "2031-06-12", *model, *more)


def test_the_same_command_pays_once_and_says_the_same(server: StoryServer) -> None:
    first, second = make(server, "--json"), make(server, "--json")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert len(server.asked) == CALLS
    assert first.stdout == second.stdout
    made = json.loads(first.stdout)
    assert made["usage"]["calls"] == CALLS
    assert len(made["claims"]) == 3 * len(ARTICLES)
    assert len(made["withheld"]) == len(ARTICLES)
    assert f"run 1 finished: calls {CALLS} answered; " in first.stderr
    assert (
        f"run 2 finished: calls {CALLS} answered from the store; 0 prompt tokens, 0 reply tokens, $0.00"
        in second.stderr
    )


def test_how_many_are_asked_at_a_time_changes_nothing(server: StoryServer) -> None:
    outputs = {make(server, "--json", "--no-cache", "--jobs", jobs).stdout for jobs in ("1", "3", "8")}
    assert len(outputs) == 1
    assert len(server.asked) == 3 * CALLS


def test_no_cache_asks_again_and_keeps_what_it_hears(server: StoryServer) -> None:
    for more in ((), ("--no-cache",), ()):
        assert make(server, *more).exit_code == 0
    assert len(server.asked) == 2 * CALLS


def test_a_run_over_fewer_stories_pays_for_none_again(server: StoryServer, folder: Path) -> None:
    make(server)
    (folder / "articles" / "vote.txt").unlink()
    assert make(server).exit_code == 0
    assert len(server.asked) == CALLS


def test_without_a_model_no_store_is_opened_or_made(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    assert briefing("make", "articles").exit_code == 0
    assert briefing("make", "articles", "--store", "articles/lock.txt/impossible").exit_code == 0
    assert briefing("make", "articles", "--dry-run").exit_code == 0
    assert sorted(folder.rglob("*")) == before


def test_the_store_lies_in_the_data_folder_unless_told(server: StoryServer, folder: Path) -> None:
    model = ("--model", "tiny", "--base-url", server.url)
    assert briefing("make", "articles", *model).exit_code == 0
    assert (folder / "data" / "briefing" / "calls.sqlite3").exists()
    assert "tiny" in briefing("runs").stdout


def test_settings_come_from_the_environment_and_from_the_file_too(
    server: StoryServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "briefing.toml").write_text(
        f'model = "tiny"\nbase_url = "{server.url}"\nstore = "elsewhere/calls.sqlite3"\nrepairs = 0\nmax_cost = 1\n',
        encoding="utf-8",
    )
    assert briefing("make", "articles", "--max-tokens", "90000").exit_code == 2
    monkeypatch.setenv("BRIEFING_MAX_COST", "")
    (folder / "briefing.toml").write_text(
        (folder / "briefing.toml").read_text(encoding="utf-8").replace("max_cost = 1\n", ""), encoding="utf-8"
    )
    monkeypatch.setenv("BRIEFING_MAX_TOKENS", "90000")
    assert briefing("make", "articles").exit_code == 0
    assert len(server.asked) == len(ARTICLES)
    with open_store(Path("elsewhere/calls.sqlite3")) as store:
        settings = store.runs()[-1].settings
    assert (settings["model"], settings["repairs"], settings["max_tokens"]) == ("tiny", 0, 90_000)


# Before money is spent
# ---------------------


def test_a_store_that_cannot_be_used_ends_the_run_before_anything_is_asked(server: StoryServer, folder: Path) -> None:
    (folder / "notes.txt").write_text("No database at all. " * 99, encoding="utf-8")
    for path in ("notes.txt", "articles", "notes.txt/calls.sqlite3", "/proc/calls.sqlite3"):
        result = make(server, "--store", path)
        assert result.exit_code == 2
        assert path in result.stderr
        assert "--store" in result.stderr
        assert result.stdout == ""
    assert server.asked == []


def test_a_limit_that_the_prompts_break_ends_the_run_before_anything_is_asked(server: StoryServer) -> None:
    assert make(server, "--max-tokens", "500").exit_code == 4
    assert make(server, "--max-cost", "0.5").exit_code == 2
    assert server.asked == []


def test_what_the_store_holds_is_free_whatever_the_limit(server: StoryServer) -> None:
    make(server)
    assert make(server, "--max-tokens", "0").exit_code == 0
    assert len(server.asked) == CALLS


# --dry-run
# ---------


def test_a_dry_run_prints_what_would_be_sent_and_sends_and_makes_nothing(server: StoryServer, folder: Path) -> None:
    result = make(server, "--dry-run")
    assert result.exit_code == 0
    for text in ARTICLES.values():
        assert text.splitlines()[0] in result.stdout
    assert f"to    {server.url}, model tiny" in result.stdout
    assert f"new   {len(ARTICLES)} calls, " in result.stdout
    assert "price not known" in result.stdout
    assert server.asked == []
    assert not (folder / "calls.sqlite3").exists()


def test_a_dry_run_shows_the_very_prompts_that_are_sent_then(server: StoryServer) -> None:
    make(server, "--repairs", "0")
    planned = json.loads(make(server, "--dry-run", "--json", "--no-cache").stdout)
    assert sorted(call["user"] for call in planned["calls"]) == sorted(server.asked)
    assert planned["new"]["calls"] == len(ARTICLES)


def test_a_dry_run_tells_what_the_store_would_answer(server: StoryServer, folder: Path) -> None:
    (folder / "articles" / "vote.txt").rename(folder / "vote.txt")
    make(server)
    (folder / "vote.txt").rename(folder / "articles" / "zoo.txt")
    planned = json.loads(make(server, "--dry-run", "--json").stdout)
    assert [call["stored"] for call in planned["calls"]].count(False) == planned["new"]["calls"] == 1
    assert "kept  4 calls answered in the store" in make(server, "--dry-run").stdout


def test_a_dry_run_needs_no_key_and_knows_prices_and_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    command = ("make", "articles", "--model", "gpt-4.1-mini", "--dry-run")
    result = briefing(*command)
    assert result.exit_code == 0
    assert "to    https://api.openai.com/v1, model gpt-4.1-mini" in result.stdout
    assert "at most $0.0" in result.stdout
    assert briefing(*command, "--max-cost", "0.00001").exit_code == 4
    assert briefing(*command, "--max-cost", "5").exit_code == 0
    assert briefing("make", "articles", "--model", "gpt-4.1-mini").exit_code == 2


# runs
# ----


def test_runs_are_listed_and_shown_call_by_call(server: StoryServer) -> None:
    make(server)
    make(server)
    listed = briefing("runs", "--store", "calls.sqlite3").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["run", "1", "2"]
    assert all("finished  tiny" in line for line in listed[1:])
    page = briefing("runs", "show", "1", "--store", "calls.sqlite3").stdout
    assert page.count(" answered ") == CALLS
    assert server.url in page
    assert "run 2\n" in briefing("runs", "--store", "calls.sqlite3", "show").stdout


def test_runs_speak_to_programs_too(server: StoryServer) -> None:
    make(server)
    (run,) = json.loads(briefing("runs", "--json", "--store", "calls.sqlite3").stdout)["runs"]
    assert (run["id"], run["status"], run["calls"]["answered"], run["usage"]["calls"]) == (1, "finished", CALLS, CALLS)
    page = json.loads(briefing("runs", "show", "--json", "--store", "calls.sqlite3").stdout)
    assert run == {name: value for name, value in page.items() if name != "asked"}
    assert sum(call["usage"]["prompt_tokens"] for call in page["asked"]) == run["usage"]["prompt_tokens"] > 0
    assert {call["purpose"] for call in page["asked"]} == {"draft_claims", "repair_claims"}


@pytest.mark.parametrize("words", [("runs",), ("runs", "show"), ("runs", "show", "7")], ids=" ".join)
def test_where_there_is_nothing_to_list_that_is_said(words: tuple[str, ...], folder: Path) -> None:
    assert "no store yet" in briefing(*words).stderr
    assert not (folder / "data").exists()
    with open_store(folder / "calls.sqlite3"):
        pass
    result = briefing(*words, "--store", "calls.sqlite3")
    assert result.exit_code == (0 if words == ("runs",) else 2)


def test_a_run_that_failed_says_why_and_is_resumed(server: StoryServer) -> None:
    def stop(moment: str, number: int) -> None:
        if moment == "half sent" and number > 3:
            raise ConnectionError

    server.meddle = stop
    cut = make(server, "--jobs", "1", "--repairs", "0", "--timeout", "5", "--max-tokens", "90000")
    assert cut.exit_code == 0
    assert "calls 3 answered, 2 failed; " in cut.stderr
    assert "the same command asks again for what failed" in cut.stderr
    assert "not used: 2 of what was asked, for example ModelUnavailable: " in cut.stderr
    server.meddle = lambda _moment, _number: None
    before = len(server.asked)
    assert make(server, "--repairs", "0").exit_code == 0
    assert len(server.asked) == before + 2
    with open_store(Path("calls.sqlite3")) as store:
        first, second = store.runs()
    assert first.calls == {Outcome.ANSWERED: 3, Outcome.FAILED: 2}
    assert second.calls == {Outcome.ANSWERED: 2, Outcome.SERVED: 3}


def test_what_a_server_said_reaches_the_terminal_without_its_controls(folder: Path) -> None:
    with (
        open_store(folder / "calls.sqlite3") as store,
        pytest.raises(ModelUnavailable),
        store.run({"model": "m\x1b[2J"}),
    ):
        raise ModelUnavailable("m", "go\x1b]0;title\x07", hint="wait")
    for words in (("runs",), ("runs", "show")):
        result = briefing(*words, "--store", "calls.sqlite3")
        assert "\x1b" not in result.stdout
        assert "\x07" not in result.stdout


def test_a_line_about_a_run_names_every_kind_of_call(folder: Path) -> None:
    with open_store(folder / "calls.sqlite3") as store:
        with pytest.raises(KeyboardInterrupt), store.run({}):
            raise KeyboardInterrupt
        (run,) = store.runs()
    assert run.status is Status.INTERRUPTED
    assert shown.summary(run) == (
        "run 1 interrupted: calls none; 0 prompt tokens, 0 reply tokens, $0.00; the same command resumes it"
    )
    lost = Usage(calls=2, prompt_tokens=1, unreported=1)
    assert shown.spent(lost).endswith("cost not known; 1 lost answer may have been charged too")


# models
# ------


def test_models_are_listed_asked_and_remembered(server: StoryServer) -> None:
    where = ("--base-url", server.url, "--store", "calls.sqlite3")
    result = briefing("models", *where)
    assert result.exit_code == 0
    assert "asked tiny: " in result.stderr
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["model", "tiny"]
    values = json.loads(briefing("models", *where, "--json").stdout)
    with open_store(Path("calls.sqlite3")) as store:
        assert values == {"server": server.url, "models": {"tiny": store.capabilities(server.url, "tiny")}}
    assert values["models"]["tiny"]["reply_format"] == "json_schema"


def test_what_a_server_turned_out_not_to_understand_is_remembered_for_the_next_run(server: StoryServer) -> None:
    server.knows_schemas = False
    assert make(server, "--repairs", "0", "--jobs", "1").exit_code == 0
    assert len(server.asked) == len(ARTICLES) + 1
    assert make(server, "--repairs", "0", "--jobs", "1", "--no-cache").exit_code == 0
    assert len(server.asked) == 2 * len(ARTICLES) + 1


# Secrets
# -------


def test_keys_and_passwords_stay_out_of_everything_that_is_written(server: StoryServer, folder: Path) -> None:
    secret = "open-sesame-0123456789"  # noqa: S105 - to look for
    url = server.url.replace("http://", f"http://ali:{secret}@")
    said = []
    for arguments in (
        ("make", "articles", "-o", "out"),
        ("make", "articles", "--dry-run"),
        ("models",),
    ):
        result = briefing(*arguments, "--model", "tiny", "--base-url", url, "--store", "calls.sqlite3")
        assert result.exit_code == 0
        said.append(result.output)
    said += [briefing("runs", *words, "--store", "calls.sqlite3").output for words in ((), ("show",))]
    kept: list[Any] = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert len(kept) > len(ARTICLES) + 3
    for text in (*said, *(data.decode("utf-8", "replace") for data in kept)):
        assert KEY not in text
        assert secret not in text


def test_a_judge_alone_makes_a_run_too(server: StoryServer) -> None:
    where = ("--base-url", server.url, "--store", "calls.sqlite3", "--no-entailment")
    result = briefing("make", "articles", "--judge", "tiny", "--json", *where)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["drafter"] == "extractive"
    with open_store(Path("calls.sqlite3")) as store:
        (run,) = store.runs()
    assert (run.status, run.settings["judge"]) == (Status.FINISHED, "tiny")
