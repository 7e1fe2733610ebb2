"""`briefing daily` as it is typed: what it prints, logs, sends and leaves, and how it ends."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.memory import open_memory
from tests.conftest import ROOT
from tests.feed_server import feeding
from tests.mail_server import PASSWORD, Mailbox, mail_server
from tests.test_daily_story import LOCK, PIER

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
ARTICLE = f"{PIER.title}\n\n{PIER.text}\n"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a plan that reads the folder inbox, in which one article lies."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_STORE", str(tmp_path / "calls.sqlite3"))
    run("init")
    (tmp_path / "inbox" / "pier.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output
    return result


def plan(**tables: str) -> None:
    """Write a plan with more in it."""
    head = tables.pop("daily", 'folders = ["inbox"]')
    rest = "".join(f"\n[daily.{name}]\n{lines}\n" for name, lines in tables.items())
    Path("briefing.toml").write_text(f"[daily]\n{head}\n{rest}", encoding="utf-8")


def brief() -> Path:
    (path,) = Path("briefs").glob("*/*/briefing.md")
    return path


def test_a_first_run_writes_the_day_and_says_where() -> None:
    done = run("daily")
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].endswith(f"wrote {brief().parent.parent.absolute() / 'index.md'}")
    assert "A storm sank 40 boats at Marrow Pier" in brief().read_text(encoding="utf-8")
    assert run("verify", str(brief().with_name("briefing.json"))).exit_code == 0
    assert Path("briefs/feed.atom").is_file()


def test_a_second_run_has_nothing_to_do() -> None:
    run("daily")
    before = brief().read_bytes()
    assert "nothing has changed since" in run("daily").stderr
    assert brief().read_bytes() == before


def test_the_digest_is_printed_for_a_reader_and_for_a_program() -> None:
    printed = run("daily", "--stdout").stdout
    assert printed.startswith("Daily briefing: ")
    assert "1. Storm wrecks boats at Marrow Pier" in printed
    values = json.loads(run("daily", "--json").stdout)
    assert [story["title"] for story in values["stories"]] == [PIER.title]


def test_the_log_for_a_program_is_one_object_a_line() -> None:
    lines = [json.loads(line) for line in run("daily", "--log-json").stderr.splitlines()]
    assert [line["event"] for line in lines] == ["gathered", "rechecked", "told", "written"]
    assert lines[0]["fields"]["new"] == 1


def test_another_run_on_the_same_memory_leaves_and_says_who_has_it() -> None:
    run("daily")
    with open_memory("briefing-memory.sqlite3") as memory, memory.alone(wait=False):
        refused = run("daily", code=2)
    assert re.search(r"briefing-memory\.sqlite3: .*process \d+", refused.stderr), refused.stderr


def test_a_past_day_is_written_again_and_nothing_else_is_touched(desk: Path) -> None:
    run("daily")
    day = brief().parent.parent.name
    memory = (desk / "briefing-memory.sqlite3").read_bytes()
    run("daily", "--as-of", day, "-o", "again")
    assert (Path("again") / brief().relative_to("briefs")).read_bytes() == brief().read_bytes()
    assert (desk / "briefing-memory.sqlite3").read_bytes() == memory
    assert "nothing was read for this day" in run("daily", "--as-of", "2020-01-01", code=2).stderr
    assert "write it as" in run("daily", "--as-of", "yesterday", code=2).stderr


def test_a_past_day_is_not_looked_for_where_there_is_no_memory(desk: Path) -> None:
    assert "no memory" in run("daily", "--as-of", "2031-03-04", code=2).stderr
    assert not (desk / "briefing-memory.sqlite3").exists()


def test_a_mistake_in_the_plan_stops_the_run_and_check_names_them_all() -> None:
    plan(daily='feeds = ["htps://news.example/rss"]\nstorys = 3')
    assert "briefing.toml:2" in run("daily", code=2).stderr
    named = run("daily", "--check", code=2).stdout.splitlines()
    assert [line.partition(" ")[0] for line in named] == ["briefing.toml:2:10:", "briefing.toml:3:1:"]
    assert not Path("briefs").exists()


def test_a_place_that_cannot_be_read_is_named_and_costs_only_itself() -> None:
    plan(daily='folders = ["inbox", "no-such-folder"]')
    done = run("daily")
    assert "not read: no-such-folder" in done.stderr or "/no-such-folder" in done.stderr
    assert "no-such-folder" in (brief().parent.parent / "index.md").read_text(encoding="utf-8")
    run("daily", "--strict", code=3)


def test_an_inbox_in_which_nothing_lies_is_no_mistake(desk: Path) -> None:
    (desk / "inbox" / "pier.txt").unlink()
    (desk / "inbox" / ".hidden").touch()
    assert "not read: 0" in run("daily", "--strict").stderr
    (desk / "inbox" / "table.xls").touch()
    assert "no readable file in this folder" in run("daily", code=3).stderr


def test_nothing_that_can_be_read_at_all_is_exit_code_3() -> None:
    plan(daily='folders = ["no-such-folder"]')
    run("daily", code=3)


def test_strict_fails_where_sources_disagree() -> None:
    run("daily", "--strict")
    other = ARTICLE.replace("40 boats", "70 boats").replace("the harbour office said", "the coast guard said")
    (Path("inbox") / "other.txt").write_text(other, encoding="utf-8")
    run("daily", "--strict", code=1)


def test_a_model_that_cannot_be_reached_costs_its_words_and_not_the_brief(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    done = run("daily", "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--timeout", "1", code=4)
    assert "drafted without it" in done.stderr
    assert "A storm sank 40 boats at Marrow Pier" in brief().read_text(encoding="utf-8")
    monkeypatch.setenv("BRIEFING_RUN_TIMEOUT", "1")
    # Not "nothing has changed": the next run of the day asks again.
    run("daily", "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--timeout", "1", code=4)


def test_a_brief_is_mailed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        plan(
            mail=f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "a@example.org"\nto = ["b@example.org"]'
        )
        monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", PASSWORD)
        assert "sent" in run("daily").stderr
        run("daily")
        (message,) = mailbox.messages
        assert message["To"] == "b@example.org"
        assert PIER.title in str(message)


def test_a_brief_that_cannot_be_sent_is_exit_code_5_and_sent_by_the_next_run() -> None:
    mailbox = Mailbox(refusal="451 try again later")
    with mail_server(mailbox) as port:
        plan(
            mail=f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "a@example.org"\nto = ["b@example.org"]'
        )
        assert "not sent" in run("daily", code=5).stderr
        run("daily", "--no-deliver")
        mailbox.refusal = ""
        assert "sent" in run("daily").stderr
        assert len(mailbox.messages) == 1


def test_feeds_are_fetched_when_private_hosts_are_allowed() -> None:
    with feeding() as web:
        web.tells("courier", LOCK)
        plan(daily=f'feeds = ["{web.feed("courier")}"]\nmax_age = "3000 days"')
        refused = run("daily", code=3)
        assert "--allow-private" in refused.stderr
        run("daily", "--allow-private")
        assert "The sluice at Ostrel opened" in brief().read_text(encoding="utf-8")
        run("daily", "--offline", code=3)


def test_the_history_of_runs_is_listed() -> None:
    run("daily")
    run("daily")
    rows = run("runs", "--daily", "briefing.toml").stdout.splitlines()
    assert rows[0].split()[:3] == ["run", "day", "started"]
    today = datetime.now(UTC).date()
    assert [row.split()[:2] for row in rows[1:]] == [["1", f"{today}"], ["2", f"{today}"]]
    values = json.loads(run("runs", "--daily", "briefing.toml", "--json").stdout)["runs"]
    assert [run_["figures"]["new"] for run_ in values] == [1, 0]
    assert {run_["status"] for run_ in values} == {"finished"}


def test_the_section_of_the_readme_is_followed_to_the_letter(desk: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Every morning\n")[2].partition("\n## ")[0]
    (commands,) = re.findall(r"```console\n(.*?)```", section, re.S)
    (desk / "briefing.toml").unlink()
    lines = [line.removeprefix("$ ").partition("#")[0].split() for line in commands.splitlines()]
    assert len(lines) >= 5
    for program, *arguments in lines:
        assert program == "briefing"
        run(*(datetime.now(UTC).date().isoformat() if word == "2026-11-26" else word for word in arguments))
    assert "A storm sank 40 boats at Marrow Pier" in brief().read_text(encoding="utf-8")
