"""`briefing daily` as far as no run is needed: it takes the words of the command, and looks through the file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing.cli.planned import check_plan


@click.command()
@click.argument("config", type=click.Path(path_type=Path), default=Path("briefing.toml"))
@click.option("--check", is_flag=True, expose_value=False)
@click.option("--wait", is_flag=True, expose_value=False)
@click.option("--log-json", is_flag=True, expose_value=False)
def daily(config: Path) -> None:
    sys.exit(check_plan(config))


if __name__ == "__main__":
    daily(sys.argv[2:])
