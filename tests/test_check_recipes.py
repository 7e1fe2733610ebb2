"""docs/check.md shows what is really printed, and its recipes run."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from tests.conftest import EXAMPLES, ROOT

PAGE = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
HOOK = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")


def fenced(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.S)
    assert found
    return found[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("examples", "articles"):
        shutil.copytree(EXAMPLES, tmp_path / name)
    (tmp_path / "summary.md").write_text(fenced("markdown"), encoding="utf-8")
    (tmp_path / "good.md").write_text("Divers found no new damage to the gate (Sorvane Herald).\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str) -> Result:
    program, *words = shlex.split(line)
    assert program == "briefing"
    return CliRunner().invoke(main, words)


@pytest.mark.usefixtures("folder")
def test_the_page_shows_what_the_command_prints() -> None:
    done = run(fenced("console").removeprefix("$ ").strip())
    assert done.stdout == fenced("text")


def test_the_action_fails_on_a_summary_with_errors_and_passes_a_good_one(folder: Path) -> None:
    (line,) = re.findall(r"- run: (briefing .*)", PAGE)
    assert run(line).exit_code == 1
    (folder / "good.md").replace(folder / "summary.md")
    assert run(line).exit_code == 0


def test_the_action_installs_from_a_repository_and_not_the_namesake_on_pypi() -> None:
    (wanted,) = re.findall(r"- run: pip install (.*)", PAGE)
    assert wanted.startswith("git+https://")


@pytest.mark.usefixtures("folder")
def test_the_hook_checks_each_file_that_it_is_given() -> None:
    entry = re.findall(r"entry: (.*)", HOOK)[0]
    arguments = re.findall(r"args: \[(.*)\]", PAGE)[0].replace(",", " ")
    assert run(f"{entry} {arguments} good.md").exit_code == 0
    done = run(f"{entry} {arguments} good.md summary.md")
    assert done.exit_code == 1
    assert "\nsummary.md\n" in done.stdout
    assert "--each" in run(f"{entry} --json {arguments} good.md summary.md").output
