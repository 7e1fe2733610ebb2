"""The commands as a user runs them, in their own process."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from briefing.cli.progress import Progress
from briefing.resources import folder
from tests.conftest import EXAMPLES, ROOT

FIXED = ("--as-of", "2031-03-06T07:00")


def briefing(*arguments: str, stdin: bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "BRIEFING_"))}
    return subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "random"},
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A briefing of the examples, written to a folder."""
    out = tmp_path_factory.mktemp("made")
    result = briefing("make", "examples", "-o", str(out), *FIXED)
    assert result.returncode == 0, result.stderr.decode()
    assert result.stdout == b""
    return out


def manifest(out: Path) -> dict[str, object]:
    values = json.loads((out / "briefing.json").read_text(encoding="utf-8"))
    assert isinstance(values, dict)
    return values


def test_the_manifest_follows_the_published_schema(made: Path) -> None:
    schema = json.loads((folder("templates") / "briefing.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [e.message for e in validator.iter_errors(manifest(made))] == []


def test_the_same_input_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    briefing("make", "examples", "-o", str(tmp_path), *FIXED)
    for name in ("briefing.md", "briefing.json", "review.html"):
        assert (tmp_path / name).read_bytes() == (made / name).read_bytes()


def test_markdown_goes_to_standard_output_and_quotes_its_evidence() -> None:
    result = briefing("make", "examples", "--title", "The *dam*", *FIXED)
    text = result.stdout.decode()
    assert text.startswith("# The \\*dam\\*\n\n*As of 6 March 2031, 07:00 UTC")
    assert "\n### Where sources disagree\n" in text
    assert "\n[^1]: S" in text
    assert text.endswith("\n")
    assert result.stderr == b""


def test_one_article_on_standard_input_is_enough() -> None:
    article = (EXAMPLES / "04-plainsheet.txt").read_bytes()
    result = briefing("make", "-", "--json", *FIXED, stdin=article)
    values = json.loads(result.stdout)
    assert values["sources"][0]["location"] == "-"
    assert values["claims"]
    assert {claim["standing"] for claim in values["claims"]} == {"single_source"}


def test_what_cannot_be_read_is_named_and_the_others_still_make_a_briefing(tmp_path: Path) -> None:
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "empty.txt").write_bytes(b"")
    wanted = [str(EXAMPLES / "04-plainsheet.txt"), str(tmp_path), str(tmp_path / "gone.txt")]
    result = briefing("make", *wanted, "--json", *FIXED)
    assert result.returncode == 0
    unread = {Path(u["location"]).name: u for u in json.loads(result.stdout)["unread"]}
    assert set(unread) == {"photo.txt", "empty.txt", "gone.txt"}
    assert all(u["error"] and u["hint"] for u in unread.values())
    assert b"not read: " in result.stderr
    assert briefing("make", *wanted, "--strict", *FIXED).returncode == 3


def test_nothing_readable_at_all_is_exit_code_3_and_says_why() -> None:
    result = briefing("make", "no-such-file.txt")
    assert result.returncode == 3
    assert b"no-such-file.txt" in result.stderr
    assert result.stdout == b""


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("make",), b"SOURCE"),
        (("make", "examples", "--as-of", "yesterday"), b"--as-of yesterday"),
        (("make", "examples", "--max-claims", "0"), b"max_claims"),
        (("make", "examples", "-o", "pyproject.toml"), b"pyproject.toml"),
        (("make", "examples", "--model", "m"), b"OPENAI_API_KEY"),
        (("verify", "README.md"), b"README.md"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_names_it(arguments: tuple[str, ...], named: bytes) -> None:
    result = briefing(*arguments)
    assert result.returncode == 2
    assert named in result.stderr
    assert b"Traceback" not in result.stderr


def test_strict_fails_on_an_open_dispute() -> None:
    assert briefing("make", "examples", "--strict", *FIXED).returncode == 1


def test_sources_shows_roles_dates_and_stories() -> None:
    result = briefing("sources", "examples", "--blocks")
    text = result.stdout.decode()
    assert result.returncode == 0
    for word in ("publisher", "published", "story", "correction", "furniture", "caption", "comment"):
        assert word in text, word
    values = json.loads(briefing("sources", "examples", "--json").stdout)
    assert len(values["sources"]) == 6
    assert len(values["stories"]) == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_says_what_is_going_on_and_cleans_up_after_itself() -> None:
    terminal = Terminal()
    with Progress(terminal, detail=lambda: "3 answers", patience=0) as report:
        report("stories", "2 stories")
        while "drafting claims … 3 answers" not in terminal.getvalue():
            time.sleep(0.05)
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_progress_is_silent_on_what_is_no_terminal_and_in_its_first_second() -> None:
    for stream in (io.StringIO(), Terminal()):
        with Progress(stream) as report:
            report("stories", "2 stories")
        assert stream.getvalue() == ""


def test_help_names_every_command_and_the_exit_codes() -> None:
    text = briefing("--help").stdout.decode()
    for name in ("make", "sources", "verify", "config", "schema", "models", "runs", "Exit codes"):
        assert name in text
