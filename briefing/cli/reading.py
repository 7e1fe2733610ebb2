"""`briefing sources`, `briefing check` and `briefing verify`: what needs no draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.finding import moved, moved_option
from briefing.cli.group import (
    EXIT_CODES,
    as_json_option,
    entailment_setting,
    fetch_settings,
    finish,
    main,
    no_cache_option,
    settings_of,
    source_settings,
    store_setting,
    tell_unread,
    write_out,
)
from briefing.cli.progress import Progress
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.fetch import Fetcher
    from briefing.pipeline import TextCheck


@main.command()
@click.argument("locations", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--blocks", is_flag=True, help="Show every block with its role and offsets.")
@as_json_option
@source_settings
@fetch_settings
@store_setting
@no_cache_option
def sources(locations: tuple[str, ...], blocks: bool, as_json: bool, fresh: bool, **settings: Any) -> None:
    """Show how each source is read: roles, notices, dates, story."""
    from briefing import pipeline, render
    from briefing.cli.fetching import fetching
    from briefing.cli.storing import SharedStore
    from briefing.show import readings
    from briefing.sources import ReadLimits

    def run() -> int:
        config = settings_of(settings)
        limits = ReadLimits(max_bytes=config.max_source_bytes)
        with (
            SharedStore(config) as store,
            fetching(config, store, fresh=fresh) as web,
            Progress(sys.stderr, detail=web.progress) as progress,
        ):
            reading = pipeline.read(locations, limits=limits, fetcher=web, report=progress)
        if as_json:
            write_out(render.to_json(readings.reading_values(reading)))
        else:
            write_out(readings.reading(reading, blocks=blocks))
        return 0 if reading.documents else 3

    finish(run)


@main.command(epilog=EXIT_CODES)
@click.argument("text", metavar="TEXT")
@click.option(
    "--sources", "locations", metavar="SOURCE...", multiple=True, required=True, help="What to check against."
)
@click.argument("more", metavar="", nargs=-1)
@as_json_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "markdown", "html", "json"]),
    default="terminal",
    show_default=True,
    help="How to print it.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it to this file.")
@click.option("--each", is_flag=True, help="Take every argument for a text; sources stand behind --sources only.")
@click.option("--strict", is_flag=True, help="Fail when a claim is not supported by what it cites, or disputed.")
@entailment_setting
@source_settings
@fetch_settings
@store_setting
@no_cache_option
def check(
    text: str,
    locations: tuple[str, ...],
    more: tuple[str, ...],
    as_json: bool,
    form: str,
    output: Path | None,
    each: bool,
    strict: bool,
    fresh: bool,
    **settings: Any,
) -> None:
    """Check what somebody else wrote: every claim of TEXT (a file, or -) against the sources it cites, then all.

    For example: briefing check summary.md --sources a.txt b.html articles/. TEXT is plain text, Markdown, a chat
    answer, or JSON of a known shape; [1], [^2], links, and names of outlets in parentheses are read as citations.
    """
    from briefing import render
    from briefing.cli.fetching import fetching
    from briefing.cli.storing import SharedStore

    form = "json" if as_json else form
    if each and more and (output or form in ("html", "json")):
        raise click.UsageError("--each with several texts prints for a terminal or as Markdown; check them one by one")

    def run() -> int:
        config = settings_of(settings)
        sources = locations if each else (*locations, *more)
        with SharedStore(config) as store, fetching(config, store, fresh=fresh) as web:
            results = [(name, _check(name, sources, config, web)) for name in ((text, *more) if each else (text,))]
        for name, result in results:
            printed = (f"{render.show_controls(name)}\n\n" if each and form == "terminal" else "") + _printed(
                result, form, name
            )
            if output:
                _write(output, printed)
            else:
                write_out(printed)
        return max(_code(result, strict=strict) for _, result in results)

    finish(run)


def _check(name: str, sources: tuple[str, ...], config: Config, web: Fetcher) -> TextCheck:
    from briefing import pipeline
    from briefing.sources import ReadLimits, read_text

    limits = ReadLimits(max_bytes=config.max_source_bytes)
    given = read_text(name, limits=limits)
    return pipeline.check_text(given, sources, limits=limits, entailment=config.entailment, fetcher=web, name=name)


def _code(result: TextCheck, *, strict: bool) -> int:
    tell_unread(result.reading.unread)
    if strict and result.reading.unread:
        return 3
    disputed = any(result.disputes_about(claim) for claim in result.answered)
    return 1 if strict and (disputed or not result.holds) else 0


def _printed(result: TextCheck, form: str, name: str) -> str:
    from briefing import render
    from briefing.show import checked, marked

    if form == "json":
        return render.to_json(checked.text_check_values(result))
    if form == "markdown":
        return marked.text_check_markdown(result, name)
    return marked.text_check_page(result, name) if form == "html" else checked.text_check(result)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise ConfigError(f"-o {path}", error.strerror or str(error), hint="name a file that can be written") from error


@main.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@moved_option
@source_settings
def verify(manifest: Path, sources: tuple[str, ...], **settings: Any) -> None:
    """Check a briefing.json against its sources again: hashes and every span, with no model.

    Exit code 0 when everything holds, 1 when something disagrees, 3 when a source could not be read.
    """
    from briefing.show import readings
    from briefing.sources import ReadLimits
    from briefing.verify import verify as compare

    def run() -> int:
        limits = ReadLimits(max_bytes=settings_of(settings).max_source_bytes)
        result = compare(manifest, locations=moved(sources), limits=limits)
        write_out(readings.verification(result))
        return 1 if result.disagreements else 3 if result.unreadable else 0

    finish(run)
