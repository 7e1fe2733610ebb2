"""What the commands share: the group they belong to, their options, and how they end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from briefing import __version__
from briefing.errors import BriefingError, ConfigError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.types import Unread

EXIT_CODES = """
\b
Exit codes: 0  every published claim is supported and undisputed
            1  with --strict: something is disputed, partly supported or withheld
            2  wrong usage or configuration, or the store of calls cannot be used
            3  a source could not be read (without --strict: only when none could)
            4  the model failed, or a limit on what it may cost was met
            5  a daily brief was written and could not be sent
          130  interrupted; a run that asks a model is resumed by the same command
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Many articles about one event in; one sourced Markdown briefing out.

    Every claim is checked against the exact characters of the sources that support it. Works without a model and
    without a network; with --model, a model drafts and the program still does the checking.
    """


Command = Callable[..., None]

source_settings = click.option("--max-source-bytes", type=int, help="Refuse a source larger than this. [20000000]")
store_setting = click.option("--store", help="File that keeps every call and page. [in the user's data folder]")
entailment_setting = click.option(
    "--entailment/--no-entailment",
    default=None,
    help="Weigh with the model that ships what claims mean, and whether sources that differ tell of one thing. [yes]",
)
no_cache_option = click.option(
    "--no-cache", "fresh", is_flag=True, help="Ask again what the store has an answer to, and fetch every page whole."
)
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print it for a program.")


def fetch_settings(command: Command) -> Command:
    """Add the options that say which addresses are fetched, and how long that may take."""
    for option in reversed(
        (
            click.option("--fetch-timeout", type=float, help="Seconds that an address may take. [30]"),
            click.option(
                "--allow-private/--no-allow-private",
                default=None,
                help="Fetch from private networks and this computer too. [no]",
            ),
            click.option(
                "--ignore-robots/--no-ignore-robots", default=None, help="Fetch what a robots.txt forbids. [no]"
            ),
            click.option("--offline/--no-offline", default=None, help="Fetch nothing. [no]"),
        )
    ):
        command = option(command)
    return command


def server_settings(command: Command) -> Command:
    """Add the options that say whom to ask, and how long to wait."""
    for option in reversed(
        (
            click.option("--model", help="Ask this model (OPENAI_API_KEY, OPENAI_BASE_URL). [none: extractive]"),
            click.option("--base-url", help="Of an OpenAI-compatible server. [OpenAI's own]"),
            click.option("--timeout", type=float, help="Seconds that a call may take. [600]"),
            click.option("--run-timeout", type=float, help="Seconds that all calls may take together. [no limit]"),
            store_setting,
        )
    ):
        command = option(command)
    return command


def finish(run: Callable[[], int]) -> NoReturn:
    """Run a command; an error of ours becomes one line and its exit code."""
    from briefing.render import show_controls

    try:
        code = run()
    except BriefingError as error:
        click.echo(f"briefing: {show_controls(str(error))}", err=True)
        code = error.exit_code
    except KeyboardInterrupt:
        click.echo("briefing: interrupted", err=True)
        code = 130
    except BrokenPipeError:
        sys.stdout = None
        code = 0
    sys.exit(code)


def settings_of(arguments: dict[str, Any], *, file: Path | None = None) -> Config:
    """Merge the arguments of a command with the other places that settings come from.

    `file` is read in place of the `briefing.toml` of the current folder.
    """
    from briefing.config import load

    return load(arguments, environ=os.environ, folder=Path.cwd(), file=file)


def write_out(text: str) -> None:
    """Write to standard output as UTF-8, whatever the terminal says; a reader that left has read enough."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Or else Python flushes it again on its way out.
        sys.stdout = None
    except OSError as error:
        raise ConfigError("standard output", error.strerror or str(error), hint="write to a file with -o") from error


def tell(line: str) -> None:
    """Write one line to standard error."""
    from briefing.render import show_controls

    click.echo(show_controls(line), err=True)


def tell_unread(unread: Iterable[Unread]) -> None:
    """Name every source that could not be read, and why."""
    for item in unread:
        tell(f"not read: {item.location}: {item.error} ({item.hint})")
