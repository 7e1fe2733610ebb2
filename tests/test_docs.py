"""Documentation that executes: help is generated, settings are all named, README's commands and code run."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.config import NAMES, VARIABLES
from tests.conftest import ROOT

COMMANDS = ROOT / "docs" / "commands.md"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def contexts(context: click.Context) -> Iterator[click.Context]:
    """The command itself, then those below it, by name."""
    yield context
    if isinstance(context.command, click.Group):
        for name, command in sorted(context.command.commands.items()):
            yield from contexts(click.Context(command, info_name=name, parent=context))


def commands_page() -> str:
    """Everything `docs/commands.md` says, from the program itself."""
    parts = ["# Commands and settings\n\nWritten by `scripts/docs` from the program itself.\n"]
    top = click.Context(main, info_name="briefing", terminal_width=100, max_content_width=100, **main.context_settings)
    for context in contexts(top):
        parts.append(f"## `{context.command_path}`\n\n```text\n{context.get_help()}\n```\n")
    parts.append("## Settings\n")
    parts.append("A later place wins: default, `briefing.toml` in the current folder, environment, argument.\n")
    parts.append("| in `briefing.toml` | in the environment | as an argument |\n| --- | --- | --- |")
    parts += [f"| `{n}` | {f'`{VARIABLES[n]}`' if n in VARIABLES else ''} | `--{n.replace('_', '-')}` |" for n in NAMES]
    parts.append("\n`OPENAI_API_KEY` is read from the environment only and is kept nowhere.\n")
    return "\n".join(parts)


def test_the_page_of_commands_is_what_the_program_says() -> None:
    assert COMMANDS.read_text(encoding="utf-8") == commands_page(), "run scripts/docs"


def test_every_setting_is_an_argument_of_make_or_of_review() -> None:
    options = {option for name in ("make", "review") for p in main.commands[name].params for option in p.opts}
    assert {f"--{name.replace('_', '-')}" for name in NAMES} <= options


def console_lines() -> Iterator[list[str]]:
    for block in re.findall(r"```console\n(.*?)```", README, re.S):
        for line in block.splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words[0] == "briefing":
                yield words[1:]


@pytest.mark.parametrize("words", list(console_lines()), ids=" ".join)
def test_readme_commands_use_options_that_exist(words: list[str]) -> None:
    name, *rest = words[: words.index("|")] if "|" in words else words
    command = main.commands[name]
    parsed = command.make_parser(click.Context(command)).parse_args(rest)
    assert not rest or parsed[1] or parsed[0]


def test_readme_code_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    make, check = (_printed_by(code) for code in re.findall(r"```python\n(.*?)```", README, re.S))
    assert make.startswith("# ")
    assert check == "contradicted 38 million crowns\n"


def _printed_by(code: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})  # noqa: S102 - our own README
    return printed.getvalue()


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{page.name}" for page in COMMANDS.parent.glob("*.md"))])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_main_commands_run_in_process_too() -> None:
    assert CliRunner().invoke(main, ["schema"]).exit_code == 0


if __name__ == "__main__":
    Path(COMMANDS).write_text(commands_page(), encoding="utf-8")
