"""The commands. Data goes to standard output, everything else to standard error.

Imports of the working parts stand inside the commands, so that `briefing --help` is instant.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self, TextIO

import click

from briefing import __version__
from briefing.errors import BriefingError, ConfigError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.model import Model
    from briefing.types import Briefing, Unread

EXIT_CODES = """
\b
Exit codes: 0  every published claim is supported and undisputed
            1  with --strict: something is disputed, partly supported or withheld
            2  wrong usage or configuration
            3  a source could not be read (without --strict: only when none could)
            4  the model failed
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Many articles about one event in; one sourced Markdown briefing out.

    Every claim is checked against the exact characters of the sources that support it. Works without a model and
    without a network; with --model, a model drafts and the program still does the checking.
    """


_settings = click.option("--max-source-bytes", type=int, help="Refuse a source larger than this. [20000000]")


@main.command(epilog=EXIT_CODES)
@click.argument("locations", metavar="SOURCE...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write briefing.md and briefing.json here.")
@click.option("--title", help="Title of the briefing. [that of its only story, or the date]")
@click.option("--max-claims", type=int, help="At most this many claims per story. [15]")
@click.option("--as-of", help="Date and time of the briefing, ISO 8601; without a zone, UTC. [now]")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest instead of Markdown.")
@click.option("--strict", is_flag=True, help="Fail on anything unread, withheld, disputed or partly supported.")
@click.option("--model", help="Draft with this model (OPENAI_API_KEY, OPENAI_BASE_URL). [extractive]")
@click.option("--base-url", help="Of an OpenAI-compatible server. [OpenAI's own]")
@click.option("--context-tokens", type=int, help="What prompt and reply may take together. [128000]")
@_settings
def make(
    locations: tuple[str, ...],
    output: Path | None,
    title: str | None,
    as_of: str | None,
    as_json: bool,
    strict: bool,
    **settings: Any,
) -> None:
    """Make one briefing from files, folders or standard input (-)."""
    from briefing import pipeline, render
    from briefing.sources import ReadLimits

    def run() -> int:
        config = _config(settings)
        job = pipeline.Job(
            locations=locations,
            as_of=_moment(as_of),
            title=title,
            max_claims=config.max_claims,
            limits=ReadLimits(max_bytes=config.max_source_bytes),
        )
        with _Progress(sys.stderr) as progress:
            made = pipeline.make(job, model=_model(config), report=progress)
        if output:
            _write(output, {"briefing.md": render.markdown(made), "briefing.json": render.manifest(made)})
        else:
            _print(render.manifest(made) if as_json else render.markdown(made))
        _tell_unread(made.unread)
        return _strict_code(made) if strict else 0

    _exit(run)


@main.command()
@click.argument("locations", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--blocks", is_flag=True, help="Show every block with its role and offsets.")
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
@_settings
def sources(locations: tuple[str, ...], blocks: bool, as_json: bool, **settings: Any) -> None:
    """Show how each source is read: roles, notices, dates, story."""
    from briefing import pipeline, render, show
    from briefing.sources import ReadLimits

    def run() -> int:
        limits = ReadLimits(max_bytes=_config(settings).max_source_bytes)
        reading = pipeline.read(locations, limits=limits)
        if as_json:
            _print(render.to_json(show.reading_values(reading)))
        else:
            _print(show.reading(reading, blocks=blocks))
        return 0 if reading.documents else 3

    _exit(run)


@main.command(epilog=EXIT_CODES)
@click.argument("text", metavar="TEXT")
@click.option(
    "--sources", "locations", metavar="SOURCE...", multiple=True, required=True, help="What to check against."
)
@click.argument("more", metavar="", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
@click.option("--strict", is_flag=True, help="Fail when a claim is not supported, or disputed.")
@_settings
def check(
    text: str, locations: tuple[str, ...], more: tuple[str, ...], as_json: bool, strict: bool, **settings: Any
) -> None:
    """Check what somebody else wrote: every sentence of TEXT (a file, or -) against all the sources.

    For example: briefing check summary.md --sources a.txt b.html articles/. Citations that the text carries are not
    read yet.
    """
    from briefing import pipeline, render, show
    from briefing.sources import ReadLimits, read_text
    from briefing.types import Verdict

    def run() -> int:
        limits = ReadLimits(max_bytes=_config(settings).max_source_bytes)
        result = pipeline.check_text(read_text(text, limits=limits), (*locations, *more), limits=limits)
        _print(render.to_json(show.text_check_values(result)) if as_json else show.text_check(result))
        _tell_unread(result.reading.unread)
        if strict and result.reading.unread:
            return 3
        supported = all(claim.verdict is Verdict.SUPPORTED for claim in result.checked)
        disputed = any(standing.disputes for standing in result.standings.values())
        return 1 if strict and (disputed or not supported) else 0

    _exit(run)


@main.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@click.option("--source", "moved", multiple=True, metavar="ID=FILE", help="Where a source lies now.")
@_settings
def verify(manifest: Path, moved: tuple[str, ...], **settings: Any) -> None:
    """Check a briefing.json against its sources again: hashes and every span, with no model.

    Exit code 0 when everything holds, 1 when something disagrees, 3 when a source could not be read.
    """
    from briefing import show
    from briefing.sources import ReadLimits
    from briefing.verify import verify as compare

    def run() -> int:
        limits = ReadLimits(max_bytes=_config(settings).max_source_bytes)
        result = compare(manifest, locations=_moved(moved), limits=limits)
        _print(show.verification(result))
        return 1 if result.disagreements else 3 if result.unreadable else 0

    _exit(run)


@main.command()
def config() -> None:
    """Show every setting, its value and where it was set."""
    from briefing.config import NAMES, without_password

    def run() -> int:
        loaded = _config({})
        for name in NAMES:
            value = getattr(loaded, name)
            shown = without_password(value) if name == "base_url" else value
            click.echo(f"{name} = {shown!r}  # {loaded.set_by[name]}")
        return 0

    _exit(run)


@main.command()
def schema() -> None:
    """Print the JSON Schema of briefing.json."""
    from briefing.resources import folder

    _print((folder("templates") / "briefing.schema.json").read_text(encoding="utf-8"))


# Shared by the commands
# ----------------------


def _exit(run: Callable[[], int]) -> NoReturn:
    """Run a command; an error of ours becomes one line and its exit code."""
    from briefing.render import show_controls

    try:
        code = run()
    except BriefingError as error:
        click.echo(f"briefing: {show_controls(str(error))}", err=True)
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        # The reader of our output left; what it read is valid.
        sys.stdout = None
        code = 0
    sys.exit(code)


def _config(settings: dict[str, Any]) -> Config:
    from briefing.config import load

    return load(settings, environ=os.environ, folder=Path.cwd())


def _model(config: Config) -> Model | None:
    if config.model is None:
        return None
    from briefing.model_http import model_from_environment

    environment = os.environ | ({"OPENAI_BASE_URL": config.base_url} if config.base_url else {})
    return model_from_environment(config.model, environment, context_tokens=config.context_tokens)


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise ConfigError(f"--as-of {text}", "not a date", hint="write it as 2026-03-04 or 2026-03-04T08:00") from error


def _moved(pairs: tuple[str, ...]) -> dict[str, str]:
    moved = {}
    for pair in pairs:
        identifier, equals, location = pair.partition("=")
        if not (identifier and equals and location):
            raise ConfigError(f"--source {pair}", "not ID=FILE", hint="write for example --source S1=articles/a.txt")
        moved[identifier] = location
    return moved


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            # Written beside and renamed: a reader never meets half a file.
            part = folder / f".{name}.part"
            part.write_text(text, encoding="utf-8", newline="")
            part.replace(folder / name)
    except OSError as error:
        raise ConfigError(f"--output {folder}", error.strerror or str(error), hint="choose another folder") from error
    click.echo(f"wrote {', '.join(str(folder / name) for name in files)}", err=True)


def _print(text: str) -> None:
    try:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigError("standard output", error.strerror or str(error), hint="write to a file with -o") from error


def _tell_unread(unread: Iterable[Unread]) -> None:
    from briefing.render import show_controls

    for item in unread:
        click.echo(show_controls(f"not read: {item.location}: {item.error} ({item.hint})"), err=True)


def _strict_code(made: Briefing) -> int:
    from briefing.types import Assessment, Verdict

    if made.unread:
        return 3
    partly = any(claim.checked.verdict is not Verdict.SUPPORTED for claim in made.claims)
    unsettled = any(dispute.assessment is not Assessment.SUPERSEDED for dispute in made.disputes)
    return 1 if made.withheld or partly or unsettled or made.refused else 0


_DOING = {
    "": "reading sources",
    "sources": "reading documents",
    "documents": "splitting sentences",
    "sentences": "sorting stories",
    "stories": "drafting claims",
    "claims": "checking claims",
    "checks": "comparing sources",
    "crosschecks": "putting it together",
}


class _Progress:
    """One line on standard error that says what is going on; only on a terminal, only after a second."""

    def __init__(self, stream: TextIO, *, patience: float = 1.0) -> None:
        self._stream = stream
        self._patience = patience
        self._finished = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True) if stream.isatty() else None

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        if self._thread:
            self._thread.start()
        return self

    def __call__(self, stage: str, _: str) -> None:
        self._finished = stage

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _tick(self) -> None:
        shown = False
        self._stop.wait(self._patience)
        while not self._stop.wait(0.2):
            elapsed = time.monotonic() - self._started
            self._stream.write(f"\r\x1b[K{elapsed:5.0f} s  {_DOING[self._finished]} …")
            self._stream.flush()
            shown = True
        if shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
