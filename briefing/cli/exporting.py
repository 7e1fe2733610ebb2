"""`briefing decisions` and `briefing export`: what was decided, and what other programs read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.finding import found_manifest, manifest_argument, moved, moved_option, reread_manifest
from briefing.cli.group import (
    as_json_option,
    finish,
    main,
    settings_of,
    source_settings,
    store_setting,
    tell,
    write_out,
)
from briefing.cli.reviewing import entries_about, held_for
from briefing.errors import ConfigError, ManifestError

if TYPE_CHECKING:
    from briefing.reread import Reread


class _ListByDefault(click.Group):
    """A group of which the first word may be left out: `decisions out/briefing.json` lists."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Put `list` in front of what names no command."""
        if not args or (args[0] not in self.commands and args[0] not in context.help_option_names):
            args = ["list", *args]
        return super().parse_args(context, args)


@main.group(cls=_ListByDefault)
def decisions() -> None:
    """What reviewers decided: listed, and carried from one store to another.

    `briefing decisions out/briefing.json` lists what holds for its claims.
    """


@decisions.command("list")
@manifest_argument
@click.option("--history", is_flag=True, help="Show everything that was ever done about its claims.")
@as_json_option
@store_setting
def list_decisions(manifest: Path | None, history: bool, as_json: bool, **settings: Any) -> None:
    """List what holds for the claims of a briefing.json, stale decisions too."""
    from briefing import render
    from briefing.decisions import subjects_of
    from briefing.publishing import require_reviewable
    from briefing.reread import briefing_from_manifest
    from briefing.show import decided
    from briefing.verify import read_manifest

    def run() -> int:
        config = settings_of(settings)
        path = found_manifest(manifest)
        briefing = briefing_from_manifest(read_manifest(path), {}, subject=str(path))
        require_reviewable(briefing, path)
        if history:
            subjects = subjects_of(briefing)
            values = decided.history_values(subjects, entries_about(subjects.values(), config))
        else:
            values = decided.standing_values(held_for(briefing, config))
        write_out(render.to_json({"decisions": values}) if as_json else decided.page(values))
        return 0

    finish(run)


@decisions.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write here. [standard output]")
@store_setting
def export_decisions(output: Path | None, **settings: Any) -> None:
    """Write everything that was ever decided as lines of JSON, for `briefing decisions import` elsewhere."""
    from briefing.cli.keeping import write_files
    from briefing.cli.storing import SharedStore

    def run() -> int:
        with SharedStore(settings_of(settings)) as shared:
            store = shared.existing()
            lines = store.decisions.lines() if store else ""
        if output:
            write_files(output.parent, {output.name: lines.encode()})
        else:
            write_out(lines)
        return 0

    finish(run)


@decisions.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@store_setting
def import_decisions(file: Path, **settings: Any) -> None:
    """Take in what `briefing decisions export` wrote (- for standard input); what is known already stays as it is."""
    from briefing.cli.storing import SharedStore

    def run() -> int:
        lines = _lines_of(file)
        with SharedStore(settings_of(settings)) as shared:
            taken = shared.opened().decisions.take(lines)
        tell(f"{taken.new} new, {taken.known} known already")
        return 0

    finish(run)


def _lines_of(file: Path) -> list[str]:
    try:
        text = sys.stdin.buffer.read().decode() if str(file) == "-" else file.read_bytes().decode()
    except OSError as error:
        raise ConfigError(str(file), error.strerror or str(error), hint="name a file that can be read") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(file), "not UTF-8", hint="name what `briefing decisions export` wrote") from error
    return text.split("\n")


@main.command()
@manifest_argument
@click.option(
    "--format",
    "kind",
    type=click.Choice(["webannotation", "csv", "fragments"]),
    required=True,
    help="W3C Web Annotations (JSON-LD), a table of claims, or links that open pages at the words.",
)
@click.option("--bom", is_flag=True, help="Begin the table with the mark that Excel knows UTF-8 by.")
@moved_option
@source_settings
@store_setting
def export(manifest: Path | None, kind: str, bom: bool, sources: tuple[str, ...], **settings: Any) -> None:
    """Print the claims and evidence of a briefing.json for other programs.

    In a table, a cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    from briefing.interchange import annotated, links, table
    from briefing.render import to_json

    def run() -> int:
        config = settings_of(settings)
        read = reread_manifest(manifest, moved(sources), config)
        _require_agreeing(read)
        if kind == "webannotation":
            write_out(to_json(annotated(read.briefing)))
        elif kind == "csv":
            held = {} if read.briefing.review else held_for(read.briefing, config)
            write_out(table(read.briefing, held, bom=bom))
        else:
            _print_links(links(read.briefing))
        return 0

    finish(run)


def _require_agreeing(read: Reread) -> None:
    """Raise ManifestError where a source says something else; one that is not at hand is only named."""
    for problem in read.verification.disagreements:
        message = f"{problem.where}: {problem.message}"
        raise ManifestError(str(read.path), message, hint="run `briefing make` again, or give --source S2=FILE")
    for problem in read.verification.unreadable:
        tell(f"not read again: {problem.where}: {problem.message}")


def _print_links(printed: str) -> None:
    if not printed:
        tell("no source of it stands on the web, as far as they say")
    write_out(printed)
