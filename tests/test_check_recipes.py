"""docs/check.md shows what is really printed, and its recipes run: parsed as YAML, the hook by pre-commit itself."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from briefing.cli import main
from tests.conftest import EXAMPLES, NO_PRE_COMMIT, ROOT

PAGE = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
HOOKS = ROOT / ".pre-commit-hooks.yaml"
GOOD = "Divers found no new damage to the gate (Sorvane Herald).\n"


def fenced(language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, re.S)
    assert found
    return found


ACTION, CONFIG = (yaml.safe_load(block) for block in fenced("yaml"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("examples", "articles"):
        shutil.copytree(EXAMPLES, tmp_path / name)
    (tmp_path / "summary.md").write_text(fenced("markdown")[0], encoding="utf-8")
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str) -> Result:
    program, *words = shlex.split(line)
    assert program == "briefing"
    return CliRunner().invoke(main, words)


@pytest.mark.usefixtures("folder")
def test_the_page_shows_what_the_command_prints() -> None:
    done = run(fenced("console")[0].removeprefix("$ ").strip())
    assert done.stdout == fenced("text")[0]


# The action
# ----------


def steps() -> list[dict[str, Any]]:
    (job,) = ACTION["jobs"].values()
    assert job["runs-on"]
    return list(job["steps"])


def test_the_action_runs_on_pull_requests_with_a_python_that_the_package_takes() -> None:
    # YAML reads the key `on` as true.
    assert ACTION[True] == ["pull_request"]
    (version,) = (step["with"]["python-version"] for step in steps() if "setup-python" in step.get("uses", ""))
    assert tuple(map(int, version.split("."))) >= (3, 11)
    assert all(step.keys() & {"uses", "run"} for step in steps())


def test_the_action_installs_from_a_repository_and_not_the_namesake_on_pypi() -> None:
    wanted, _ = (step["run"] for step in steps() if "run" in step)
    assert wanted.startswith("pip install git+https://")


def test_the_action_fails_on_a_summary_with_errors_and_passes_a_good_one(folder: Path) -> None:
    _, line = (step["run"] for step in steps() if "run" in step)
    assert run(line).exit_code == 1
    (folder / "good.md").replace(folder / "summary.md")
    assert run(line).exit_code == 0


# The hook
# --------


def hook() -> tuple[dict[str, Any], dict[str, Any]]:
    """What the package offers, and what the page configures of it."""
    (repository,) = CONFIG["repos"]
    (configured,) = repository["hooks"]
    (offered,) = (each for each in yaml.safe_load(HOOKS.read_text("utf-8")) if each["id"] == configured["id"])
    return offered, configured


@pytest.mark.usefixtures("folder")
def test_the_hook_checks_each_file_that_it_is_given() -> None:
    offered, configured = hook()
    line = f"{offered['entry']} {shlex.join(configured['args'])}"
    assert run(f"{line} good.md").exit_code == 0
    done = run(f"{line} good.md summary.md")
    assert done.exit_code == 1
    assert "\nsummary.md\n" in done.stdout
    assert "--each" in run(f"{line.replace('--each', '--each --json')} good.md summary.md").output


def call(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=120
    )


def repository(where: Path, message: str) -> None:
    """Make a folder a repository whose only commit is tagged as the page has it."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    (named,) = CONFIG["repos"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", message], ["tag", named["rev"]]):
        done = call("git", *words, cwd=where)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def hooked(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A repository with the page's configuration, the hook's own beside it, and where `briefing` is found.

    pre-commit would build the package in an environment of its own, which takes a network; only that is left out:
    the hook runs what is installed here.
    """
    if shutil.which("git") is None or shutil.which("pre-commit", path=TOOLS) is None:
        pytest.skip(NO_PRE_COMMIT)
    offering, tools = tmp_path_factory.mktemp("offering"), tmp_path_factory.mktemp("tools")
    offered, _ = hook()
    (offering / HOOKS.name).write_text(yaml.safe_dump([offered | {"language": "system"}]), encoding="utf-8")
    repository(offering, "hook")
    (named,) = CONFIG["repos"]
    configured = {"repos": [named | {"repo": str(offering)}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configured), encoding="utf-8")
    script = tools / "briefing"
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {sys.executable} -m briefing "$@"\n', "utf-8"
    )
    script.chmod(0o755)
    return {"PATH": os.pathsep.join((str(tools), TOOLS)), "PRE_COMMIT_HOME": str(tools / "cache")}


#: pre-commit lies beside the Python that runs the tests.
TOOLS = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))


def test_pre_commit_runs_the_hook_on_the_files_that_the_page_names(folder: Path, hooked: dict[str, str]) -> None:
    (folder / "summaries").mkdir()
    (folder / "good.md").replace(folder / "summaries" / "good.md")
    repository(folder, "a good summary, and a bad one outside of the folder")
    done = call("pre-commit", "run", "--all-files", cwd=folder, **hooked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    (folder / "summary.md").replace(folder / "summaries" / "bad.md")
    assert call("git", "add", "-A", cwd=folder).returncode == 0
    done = call("pre-commit", "run", "--all-files", cwd=folder, **hooked)
    assert done.returncode == 1
    assert "summaries/bad.md" in done.stdout
    assert "contradicted" in done.stdout
