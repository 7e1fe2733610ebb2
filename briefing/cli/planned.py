"""The plan of `briefing daily` as a file: written by `briefing init`, looked through by `briefing daily --check`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from briefing.cli.group import finish, main, settings_of, tell, write_out


@main.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("briefing.toml"))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def init(file: Path, force: bool) -> None:
    """Write a briefing.toml to start daily briefs from, and the folder inbox beside it.

    Every setting stands in it, with its default and what it is for. FILE may be a folder; without it, the file is
    written into the current one.
    """
    from briefing.plan.starter import INBOX, write_starter

    def run() -> int:
        path = write_starter(file, force=force)
        named = "" if path == Path("briefing.toml") else f" {path}"
        tell(f"wrote {path}, which reads {path.parent / INBOX}")
        tell(
            f"next: name your feeds in it; `briefing daily{named} --check` names mistakes, `briefing daily{named}` runs"
        )
        return 0

    finish(run)


def check_plan(path: Path, *, as_json: bool = False, settings: Mapping[str, Any] | None = None) -> int:
    """Print every mistake of a plan, or else what it says; return the exit code, 2 when there is a mistake.

    `settings` are those given as arguments. Raises ConfigError when the file cannot be read, or a setting of the
    environment is wrong.
    """
    from briefing import render
    from briefing.plan.loading import load_plan, mistakes
    from briefing.show import planned

    found = mistakes(path)
    if found:
        told = [planned.mistake_values(mistake) for mistake in found]
        values: dict[str, Any] = {"file": str(path), "mistakes": told, "plan": None}
        write_out(render.to_json(values) if as_json else planned.mistake_lines(str(path), found))
        tell(render.plural(len(found), "mistake"))
        return 2
    plan, config = load_plan(path), settings_of(dict(settings or {}), file=path)
    if as_json:
        write_out(render.to_json({"file": str(path), "mistakes": [], "plan": planned.plan_values(plan, config)}))
    else:
        write_out(planned.plan_text(plan, config, os.environ))
        tell("no mistakes")
    return 0
