"""`briefing init` writes a file that works as it is, and the check says what it plans or what is wrong with it."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.cli.planned import check_plan
from briefing.errors import ConfigError
from briefing.plan import Mail, Plan, Topic, Webhook
from briefing.plan.faults import TABLES
from briefing.plan.loading import load_plan, mistakes


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "BRIEFING_SMTP_PASSWORD", "BRIEFING_WEBHOOK_SECRET", "BRIEFING_MODEL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def init(*words: str) -> Result:
    return CliRunner().invoke(main, ["init", *words])


def all_on(path: Path) -> None:
    """Turn every setting of the file on that is off."""
    path.write_text(re.sub(r"(?m)^( *)#(?=\S)", r"\1", path.read_text(encoding="utf-8")), encoding="utf-8")


def test_the_file_works_as_it_is_written_and_plans_what_a_plan_plans_by_itself(desk: Path) -> None:
    done = init()
    assert (done.exit_code, done.stdout) == (0, "")
    assert "wrote briefing.toml" in done.stderr
    path = desk / "briefing.toml"
    assert mistakes(path) == ()
    bare = Plan(path=path)
    assert load_plan(path) == replace(
        bare, folders=(str(desk / "inbox"),), output=desk / bare.output, memory=str(desk / bare.memory)
    )
    assert (desk / "inbox").is_dir()


def test_every_setting_stands_in_it(desk: Path) -> None:
    init()
    path = desk / "briefing.toml"
    all_on(path)
    assert mistakes(path) == ()
    plan = load_plan(path)
    assert (plan.site, plan.mail and plan.mail.port, plan.webhook) == (
        "https://briefs.example/",
        587,
        Webhook(address="https://hooks.example/briefing"),
    )
    assert plan.topics == (Topic(name="Ferries", keywords=("ferry", "harbour master")),)
    text = path.read_text(encoding="utf-8")
    for head, names in TABLES.items():
        wanted = names if head else ("model", "base_url", "max_cost")
        assert all(re.search(rf"(?m)^\[*(?:daily\.)?{name}\b", text) for name in wanted), head
    # A field of the plan that no file can set would be one that nobody can.
    assert len(fields(Plan)) - 1 == len(TABLES["[daily]"])
    assert [len(fields(kind)) for kind in (Topic, Mail, Webhook)] == [
        len(TABLES[head]) for head in ("[[daily.topic]]", "[daily.mail]", "[daily.webhook]")
    ]


def test_every_setting_says_what_it_is_for(desk: Path) -> None:
    init()
    lines = (desk / "briefing.toml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        name = re.match(r"#?([a-z_]+) = ", line)
        if name and name[1] not in ("name", "from", "to", "host", "address"):
            assert lines[number - 1].startswith(("# ", "#[")), line


def test_a_file_that_is_there_is_replaced_only_by_force(desk: Path) -> None:
    (desk / "briefing.toml").write_text("jobs = 2\n", encoding="utf-8")
    refused = init()
    assert refused.exit_code == 2
    assert refused.stderr == (
        "briefing: briefing.toml: it stands there already (name another, or replace it by --force)\n"
    )
    assert (desk / "briefing.toml").read_text(encoding="utf-8") == "jobs = 2\n"
    assert init("--force").exit_code == 0
    assert "[daily]" in (desk / "briefing.toml").read_text(encoding="utf-8")


def test_it_may_be_written_elsewhere_by_the_name_of_a_file_or_a_folder(desk: Path) -> None:
    (desk / "news").mkdir()
    assert init("news").exit_code == 0
    assert init("other/ferries.toml").exit_code == 0
    assert load_plan(desk / "news" / "briefing.toml").folders == (str(desk / "news" / "inbox"),)
    assert mistakes(desk / "other" / "ferries.toml") == ()
    assert init("news/briefing.toml/x").exit_code == 2


def test_the_check_says_what_is_planned(desk: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    init()
    path = desk / "briefing.toml"
    all_on(path)
    assert check_plan(path) == 0
    printed = capsysbinary.readouterr().out.decode().replace(str(desk), "…")
    assert printed == (
        "reads     1 folder\n"
        "languages any\n"
        "topics    Ferries (1); others after them\n"
        "age       published at most 3 days before; a story goes on for 14 days\n"
        "day       begins at 00:00, UTC\n"
        "briefs    10 stories of at most 8 claims, in …/briefs\n"
        "memory    …/briefing-memory.sqlite3\n"
        "model     gpt-4.1-mini, by file …/briefing.toml\n"
        "site      https://briefs.example/\n"
        "mail      to editors@example.org by smtp.example.org:587 (starttls); BRIEFING_SMTP_PASSWORD is not set\n"
        "webhook   hooks.example, not signed: BRIEFING_WEBHOOK_SECRET is not set\n"
    )


def test_the_check_prints_a_line_for_each_mistake_and_fails(
    desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = desk / "briefing.toml"
    path.write_text('[daily]\nfeeds = [\n"ftp://news.example/\\u001b[31m",\n]\nstories = 0\n', encoding="utf-8")
    assert check_plan(Path("briefing.toml")) == 2
    printed = capsysbinary.readouterr()
    assert printed.out.decode().splitlines() == [
        "briefing.toml:3:1: daily.feeds[1]: a line break or another sign that cannot be printed (write it on one line)",
        "briefing.toml:5:1: daily.stories: 0 is out of range (write at least 1)",
    ]
    assert printed.err == b"2 mistakes\n"
    assert check_plan(path, as_json=True) == 2
    told = json.loads(capsysbinary.readouterr().out)
    assert (told["file"], told["plan"]) == (str(path), None)
    assert [(each["line"], each["key"], each["passing"]) for each in told["mistakes"]] == [
        (3, "daily.feeds[1]", False),
        (5, "daily.stories", False),
    ]


def test_the_check_tells_a_program_the_same_and_no_secret(
    desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = desk / "briefing.toml"
    path.write_text(
        'model = "m"\n[daily]\nfeeds = ["https://news.example/rss?token=hunter2"]\n'
        'memory = "postgresql://me@host/news"\n[daily.webhook]\naddress = "https://hooks.example/hunter2"\n',
        encoding="utf-8",
    )
    assert check_plan(path, as_json=True, settings={"model": "other"}) == 0
    printed = capsysbinary.readouterr().out.decode()
    told = json.loads(printed)
    assert (told["mistakes"], told["plan"]["model"], told["plan"]["webhook"]) == ([], "other", "hooks.example")
    assert "hunter2" not in printed
    assert check_plan(path) == 0
    assert b"hunter2" not in capsysbinary.readouterr().out


def test_the_check_takes_the_settings_of_its_file_and_not_of_the_current_folder(
    desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (desk / "briefing.toml").write_text('model = "here"\n', encoding="utf-8")
    init("there.toml")
    assert check_plan(Path("there.toml")) == 0
    assert b"model     none" in capsysbinary.readouterr().out


def test_a_setting_of_the_environment_that_is_wrong_is_named(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init()
    monkeypatch.setenv("BRIEFING_JOBS", "many")
    with pytest.raises(ConfigError, match="BRIEFING_JOBS"):
        check_plan(desk / "briefing.toml")
