"""`briefing runs`: what was asked, what it cost, what can be resumed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.group import as_json_option, finish, main, settings_of, store_setting, write_out
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.store import RunRecord, Store


@main.group(invoke_without_command=True)
@as_json_option
@store_setting
@click.option(
    "--daily",
    "plan",
    metavar="CONFIG",
    type=click.Path(path_type=Path),
    help="List the runs of `briefing daily` with this briefing.toml instead: what they read, told and paid.",
)
@click.pass_context
def runs(context: click.Context, as_json: bool, store: str | None, plan: Path | None) -> None:
    """List the runs that asked a model: how they ended, what they asked and what they paid."""
    context.obj = {"store": store}
    if context.invoked_subcommand:
        return
    from briefing import render
    from briefing.show import runs as shown

    def run() -> int:
        if plan:
            return _print_daily(plan, as_json=as_json)
        with _store(store) as opened:
            found = opened.runs()
        if as_json:
            write_out(render.to_json({"runs": [shown.run_values(record) for record in found]}))
        else:
            write_out(shown.run_list(found))
        return 0

    finish(run)


@runs.command()
@click.argument("number", metavar="[RUN]", type=click.IntRange(1, 2**62), required=False)
@as_json_option
@store_setting
@click.pass_context
def show(context: click.Context, number: int | None, as_json: bool, store: str | None) -> None:
    """Show one run call by call; the last one when no number is given."""
    from briefing import render
    from briefing.show import runs as shown

    def run() -> int:
        with _store(store or context.obj["store"]) as opened:
            record = _last(opened.runs(number), number)
            calls = opened.calls(record.id)
        if as_json:
            values = shown.run_values(record) | {"asked": [shown.call_values(call) for call in calls]}
            write_out(render.to_json(values))
        else:
            write_out(shown.run_page(record, calls))
        return 0

    finish(run)


def _print_daily(file: Path, *, as_json: bool) -> int:
    from briefing import render
    from briefing.memory import open_memory
    from briefing.plan.loading import load_plan
    from briefing.show import daily_runs as shown

    with open_memory(load_plan(file).memory, create=False) as memory:
        found = memory.runs()
    if as_json:
        write_out(render.to_json({"runs": [shown.run_values(run) for run in found]}))
    else:
        write_out(shown.run_list(found))
    return 0


def _store(path: str | None) -> Store:
    from briefing.config import store_path
    from briefing.store import open_store

    arguments: dict[str, Any] = {"store": path}
    return open_store(store_path(settings_of(arguments)), create=False)


def _last(found: tuple[RunRecord, ...], number: int | None) -> RunRecord:
    if not found:
        wanted = "no run yet" if number is None else f"no run {number}"
        raise ConfigError(f"runs show {number or ''}".strip(), wanted, hint="`briefing runs` lists them")
    return found[-1]
