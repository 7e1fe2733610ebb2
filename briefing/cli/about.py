"""`briefing config` and `briefing schema`: what holds, and what comes out."""

from __future__ import annotations

import click

from briefing.cli.group import finish, main, settings_of, write_out


@main.command()
def config() -> None:
    """Show every setting, its value and where it was set."""
    from briefing.config import NAMES, store_path, without_password

    def run() -> int:
        loaded = settings_of({})
        shown = {name: getattr(loaded, name) for name in NAMES}
        shown |= {"base_url": without_password(loaded.base_url), "store": str(store_path(loaded))}
        for name, value in shown.items():
            click.echo(f"{name} = {value!r}  # {loaded.set_by[name]}")
        return 0

    finish(run)


@main.command()
def schema() -> None:
    """Print the JSON Schema of briefing.json."""
    from briefing.resources import folder

    write_out((folder("templates") / "briefing.schema.json").read_text(encoding="utf-8"))
