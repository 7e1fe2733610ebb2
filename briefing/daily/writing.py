"""The files of a day: each written whole, the index last, and what an earlier run of the day left is taken away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from briefing.errors import ConfigError

_OWN = re.compile(r"\d{2,}-[a-z0-9-]+/(?:briefing\.md|briefing\.json|review\.html|sources/[0-9a-f]{16}\.[a-z0-9]+)")
INDEX = "index.md"


def write_day(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a day, by their names below its folder, and remove files of ours that are none of them.

    A reader never meets half a file, and meets no index that names a file which is not there. What others put into the
    folder stays. Raises ConfigError.
    """
    order = sorted(files, key=lambda name: (name == INDEX, name))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in order:
            write_whole(folder / name, files[name])
        for path in _left_over(folder, files):
            path.unlink()
            _remove_empty(path.parent, folder)
    except OSError as error:
        raise ConfigError(
            f"{folder}", error.strerror or str(error), hint="make it a folder that can be written, or set daily.output"
        ) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the place and rename; a file that already holds these bytes is left as it is."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def _left_over(folder: Path, files: Mapping[str, bytes]) -> Iterable[Path]:
    there = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    for path in there:
        name = path.relative_to(folder).as_posix()
        half = path.name.startswith(".") and path.name.endswith(".part")
        if name not in files and (_OWN.fullmatch(name) or half):
            yield path


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
