"""The recipes of docs/daily.md, run: systemd reads the units, a bare shell runs the line of cron, the workflow runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.plan import Plan
from briefing.plan.starter import write_starter
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "daily.md").read_text(encoding="utf-8")
UNITS = dict(zip(("service", "timer"), re.findall(r"```ini\n(.*?)```", PAGE, re.S), strict=True))
(CRON,) = re.findall(r"```text\n(.*?)```", PAGE, re.S)
(WORKFLOW,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
ARTICLE = "Storm wrecks boats\n\nA storm sank 40 boats at Marrow Pier on Monday night, the harbour office said."
PROGRAM = f"""#!/bin/sh
test -z "$SHOW" || echo "$SHOW"
PYTHONPATH='{ROOT}' exec '{sys.executable}' -m briefing "$@"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Somebody's home, with a desk in it and the program where pip and pipx put it."""
    program = tmp_path / ".local" / "bin" / "briefing"
    program.parent.mkdir(parents=True)
    program.write_text(PROGRAM, encoding="utf-8")
    program.chmod(0o700)
    write_starter(tmp_path / "desk" / "briefing.toml")
    (tmp_path / "desk" / "inbox" / "pier.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def events(log: str) -> list[str]:
    """What a log of JSON lines tells."""
    return [json.loads(line)["event"] for line in log.splitlines()]


def briefs(home: Path) -> list[Path]:
    """The briefs that lie on the desk."""
    return list((home / "desk" / "briefs").glob("*/*/briefing.md"))


def run(command: list[str], folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


# systemd
# -------


def verified(home: Path, units: dict[str, str]) -> subprocess.CompletedProcess[str]:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here: the units of docs/daily.md were not looked at")
    paths = []
    for kind, text in units.items():
        path = home / f"briefing-daily.{kind}"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return run(
        ["systemd-analyze", "--user", "verify", *paths],
        home,
        HOME=str(home),
        XDG_RUNTIME_DIR=str(home),
        PATH=os.environ["PATH"],
    )


def test_systemd_has_nothing_to_say_about_the_units(home: Path) -> None:
    done = verified(home, UNITS)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_systemd_would_say_what_is_wrong_with_them(home: Path) -> None:
    done = verified(home, UNITS | {"service": UNITS["service"].replace("Restart=", "Restrat=")})
    assert "Restrat" in done.stderr


def test_the_timer_names_a_time_that_comes() -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here: the time of docs/daily.md was not looked at")
    (when,) = re.findall(r"OnCalendar=(.*)", UNITS["timer"])
    done = run(["systemd-analyze", "calendar", when], ROOT, PATH=os.environ["PATH"])
    assert (done.returncode, "Next elapse" in done.stdout) == (0, True), done.stderr


def test_the_service_starts_the_program(home: Path) -> None:
    (line,) = re.findall(r"ExecStart=(.*)", UNITS["service"])
    (folder,) = re.findall(r"WorkingDirectory=(.*)", UNITS["service"])
    words = line.replace("%h", str(home)).split()
    done = run(words, Path(folder.replace("%h", str(home))), HOME=str(home))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert events(done.stderr)[-2:] == ["told", "written"]
    assert len(briefs(home)) == 1


# cron
# ----


def test_cron_runs_its_line_with_next_to_no_environment(home: Path) -> None:
    *when, command = CRON.split(None, 5)
    assert len(when) == 5
    # cron takes a bare % for the end of the command.
    assert "%" not in command
    (home / ".config").mkdir()
    (home / ".config" / "briefing.env").write_text("SHOW=seen\n", encoding="utf-8")
    done = run(["/usr/bin/env", "-i", f"HOME={home}", "PATH=/usr/bin:/bin", "/bin/sh", "-c", command], Path("/"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    first, log = (home / "desk" / "daily.log").read_text(encoding="utf-8").split("\n", 1)
    assert (first, events(log)[-1]) == ("seen", "written")
    assert len(briefs(home)) == 1
    (home / ".config" / "briefing.env").unlink()
    (home / "desk" / "briefing.toml").write_text("[daily]\n", encoding="utf-8")
    assert run(["/usr/bin/env", "-i", f"HOME={home}", "/bin/sh", "-c", command], Path("/")).returncode == 2


# GitHub Actions
# --------------


def steps() -> list[dict[str, Any]]:
    (job,) = yaml.safe_load(WORKFLOW)["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def test_the_workflow_runs(home: Path) -> None:
    install, *commands = [step["run"] for step in steps() if "run" in step]
    assert install.startswith("pip install git+https://")
    assert [command.split()[:2] for command in commands] == [["briefing", "daily"]] * 2
    for command in commands:
        path = f"{home / '.local' / 'bin'}:/usr/bin:/bin"
        done = run(["/bin/bash", "-e", "-c", command], home / "desk", HOME=str(home), PATH=path)
        assert done.returncode == 0, done.stderr
    assert len(briefs(home)) == 1


def test_the_workflow_begins_by_the_clock_and_by_hand_and_never_twice_at_a_time() -> None:
    workflow = yaml.safe_load(WORKFLOW)
    # YAML 1.1 takes the word for a yes.
    (clock,) = workflow[True]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* \S+", clock["cron"])
    assert "workflow_dispatch" in workflow[True]
    assert workflow["concurrency"]["group"]


def test_the_workflow_keeps_what_a_run_leaves_where_it_leaves_it() -> None:
    plan = Plan(path=ROOT / "briefing.toml")
    uses = {step["uses"].partition("@")[0]: step for step in steps() if "uses" in step}
    # Of a run that was killed the last words may still stand in the file's log.
    kept = f"{plan.memory}*"
    assert uses["actions/cache/restore"]["with"]["path"] == uses["actions/cache/save"]["with"]["path"] == kept
    assert uses["actions/cache/save"]["with"]["key"].startswith(uses["actions/cache/restore"]["with"]["restore-keys"])
    assert uses["actions/upload-artifact"]["with"]["path"].rstrip("/") == str(plan.output)


def test_the_workflow_has_keys_from_secrets_alone() -> None:
    given = {name: value for step in steps() for name, value in step.get("env", {}).items()}
    assert given == {name: f"${{{{ secrets.{name} }}}}" for name in given}
    assert given
