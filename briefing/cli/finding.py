"""Which briefing.json a command is about, and where its sources lie now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.reread import Reread

NAME = "briefing.json"

manifest_argument: Callable[[Callable[..., None]], Callable[..., None]] = click.argument(
    "manifest", metavar="[BRIEFING.JSON]", type=click.Path(path_type=Path), required=False
)
moved_option = click.option(
    "--source", "sources", multiple=True, metavar="ID=FILE", help="Where a source lies now; may be given again."
)


def moved(pairs: tuple[str, ...]) -> dict[str, str]:
    """Read `--source ID=FILE`. Raises ConfigError."""
    found = {}
    for pair in pairs:
        identifier, equals, location = pair.partition("=")
        if not (identifier and equals and location):
            raise ConfigError(f"--source {pair}", "not ID=FILE", hint="write for example --source S1=articles/a.txt")
        found[identifier] = location
    return found


def found_manifest(given: Path | None) -> Path:
    """Return the manifest a command was given, else the one here or in `out/`. Raises ConfigError."""
    if given:
        return given / NAME if given.is_dir() else given
    for path in (Path(NAME), Path("out", NAME)):
        if path.exists():
            return path
    raise ConfigError(NAME, "there is none here, nor in out/", hint="name one, or run `briefing make … -o out` first")


def reread_manifest(given: Path | None, locations: dict[str, str], config: Config) -> Reread:
    """Read a manifest and its sources again. Raises ConfigError and ManifestError."""
    from briefing.reread import reread
    from briefing.sources import ReadLimits

    limits = ReadLimits(max_bytes=config.max_source_bytes)
    return reread(found_manifest(given), locations=locations, limits=limits)
