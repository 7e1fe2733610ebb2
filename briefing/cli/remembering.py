"""`briefing store`: the memory of daily briefs shown, carried elsewhere, and pruned."""

from __future__ import annotations

import gzip
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from briefing.cli.group import as_json_option, finish, main, tell, write_out
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.memory import Memory
    from briefing.plan import Plan

_PLAN = "briefing.toml"
_AGE = re.compile(r"\s*([0-9]{1,4})\s*(d|days?|w|weeks?)\s*", re.A | re.I)


@main.group()
def store() -> None:
    """The memory of daily briefs: what is in it, carried elsewhere, and pruned."""


def place_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which memory is meant."""
    for option in reversed(
        (
            click.option("--config", type=click.Path(path_type=Path), help=f"The memory of this plan. [{_PLAN}]"),
            click.option(
                "--memory", metavar="PATH|URL", help="This memory: a file, or postgresql://user@host/database."
            ),
        )
    ):
        command = option(command)
    return command


@store.command()
@place_options
@as_json_option
def show(as_json: bool, **place: Any) -> None:
    """Say what is in it, and how much that is."""
    from briefing import render
    from briefing.show import memory as shown

    def run() -> int:
        with _meant(**place).opened() as memory:
            counts = memory.counts()
            if as_json:
                write_out(render.to_json(shown.counts_values(memory.where, counts)))
            else:
                write_out(shown.counts_page(memory.where, counts))
        return 0

    finish(run)


@store.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@place_options
def export(file: Path, **place: Any) -> None:
    """Write all of it to FILE (- is standard output) as lines of JSON, the same from every database.

    As it is at one moment, while others may read and write. A name that ends in .gz is compressed.
    """
    from briefing.show import memory as shown

    def run() -> int:
        with _meant(**place).opened() as memory, _written(file) as to:
            counts = memory.export(to)
        tell(f"exported {shown.summary(counts)}")
        return 0

    finish(run)


@store.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@place_options
def import_(file: Path, **place: Any) -> None:
    """Take in what export wrote to FILE (- is standard input), into a memory that is new or empty.

    All of it or, when anything of FILE is damaged or missing, nothing.
    """
    from briefing.show import memory as shown

    def run() -> int:
        meant = _meant(**place)
        with _read(file) as from_, meant.opened(create=True) as memory, memory.alone(wait=False):
            counts = memory.restore(from_)
        tell(f"imported {shown.summary(counts)}")
        return 0

    finish(run)


@store.command()
@click.option("--older-than", metavar="AGE", required=True, help="Such as 90d or 12w.")
@place_options
def prune(older_than: str, **place: Any) -> None:
    """Remove what is older: editions, and articles that no edition rests on that is kept.

    What a feed has shown stays known by its fingerprint, so that it is not taken for new again.
    """
    from briefing.show import memory as shown

    def run() -> int:
        meant = _meant(**place)
        before = _before(older_than, meant.plan)
        with meant.opened() as memory, memory.alone(wait=False):
            gone = memory.prune(before=before)
        freed = f"; {shown.size(gone.store_bytes)} given back" if gone.store_bytes else ""
        tell(f"removed what is older than {before}: {shown.summary(gone)}{freed}")
        return 0

    finish(run)


@dataclass(frozen=True, kw_only=True)
class _Meant:
    """Which memory a command is about, and whose."""

    where: str
    plan: Plan | None

    def opened(self, *, create: bool = False) -> Memory:
        from briefing.memory import open_memory

        return open_memory(self.where, create=create)


def _meant(config: Path | None, memory: str | None) -> _Meant:
    """Return the memory that was named, else that of the plan. Raises ConfigError."""
    if memory is not None:
        if config is not None:
            raise ConfigError("--memory", "--config says another one", hint="leave one of the two out")
        return _Meant(where=memory, plan=None)
    from briefing.plan.loading import load_plan

    path = config or Path(_PLAN)
    if config is None and not path.exists():
        hint = "name a plan with --config, or a memory with --memory"
        raise ConfigError(_PLAN, "there is no plan here", hint=hint)
    plan = load_plan(path)
    return _Meant(where=plan.memory, plan=plan)


def _before(older_than: str, plan: Plan | None) -> date:
    """Return the first day that is kept. Raises ConfigError."""
    found = _AGE.fullmatch(older_than)
    if not found:
        raise ConfigError(f"--older-than {older_than}", "this is no age", hint="write it as 90d or 12w")
    days = int(found[1]) * (7 if found[2][0] in "wW" else 1)
    if plan and days < plan.follow / timedelta(days=1):
        reason = f"stories are followed for {plan.follow.days} days, and these are needed for it"
        raise ConfigError(f"--older-than {older_than}", reason, hint="keep more, or set `follow` lower")
    now = datetime.now(UTC)
    return (plan.day_of(now) if plan else now.date()) - timedelta(days=days)


@contextmanager
def _written(file: Path) -> Iterator[BinaryIO]:
    """Open a file to be written, `-` for standard output; what stood there before stays until all of it is written."""
    if str(file) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        # Pipes and devices are no files, and nothing is put into their places.
        special = file.exists() and not file.is_file()
        with file.open("wb") if special else _beside(file.resolve()) as raw, _packed(raw, file) as to:
            yield to
    except OSError as error:
        raise ConfigError(str(file), error.strerror or str(error), hint="choose another file") from error


@contextmanager
def _beside(file: Path) -> Iterator[BinaryIO]:
    """Write a file beside its place, for its owner's eyes alone, and put it there when it is whole."""
    part = file.parent / f".{file.name}.part"
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as raw:
            yield raw
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _packed(raw: BinaryIO, file: Path) -> Iterator[BinaryIO]:
    if file.suffix != ".gz":
        yield raw
        return
    # Without name and time: the same memory, the same bytes.
    with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, filename="", mtime=0) as packed:
        yield cast(BinaryIO, packed)


@contextmanager
def _read(file: Path) -> Iterator[BinaryIO]:
    """Open a file that was exported. Raises ConfigError when it cannot be read or unpacked."""
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        if file.suffix == ".gz":
            with gzip.open(file) as packed:
                yield cast(BinaryIO, packed)
        else:
            with file.open("rb") as plain:
                yield plain
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or "it does not unpack: cut off, damaged, or not compressed"
        raise ConfigError(str(file), reason, hint="nothing was taken in; give what `export` wrote") from error
