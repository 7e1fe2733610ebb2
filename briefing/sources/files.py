"""Files, folders and standard input: which there are, and their bytes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from briefing.errors import SourceNotFound, SourceTooLarge, SourceUnreadable
from briefing.sources.kinds import SUFFIXES
from briefing.sources.limits import ReadLimits
from briefing.types import Unread

STDIN = "-"


def files_or_unread(location: str, unread: list[Unread]) -> list[str]:
    """Return the files that a location stands for, one or those of a folder; what cannot be listed goes to `unread`."""
    try:
        return _files_of(location, unread)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        unread.append(Unread(location=location, error=reason, hint="check that you may read it"))
        return []


def _files_of(location: str, unread: list[Unread]) -> list[str]:
    if location == STDIN or not Path(location).is_dir():
        return [location]
    closed: list[OSError] = []
    files = sorted(str(path) for path in _walk(location, closed))
    unread += [
        Unread(location=error.filename, error=error.strerror or str(error), hint="check that you may read this folder")
        for error in closed
    ]
    if not files and not closed:
        hint = f"put files ending in {', '.join(sorted(SUFFIXES))} into it"
        unread.append(Unread(location=location, error="no readable file in this folder", hint=hint))
    return files


def _walk(location: str, closed: list[OSError]) -> Iterator[Path]:
    """Yield the readable files below a folder; folders that may not be entered are added to `closed`."""
    for folder, below, names in os.walk(location, onerror=closed.append):
        below[:] = [name for name in below if not name.startswith(".") and not _of_saved_page(name, names)]
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and path.is_file():
                yield path


# What browsers, in the languages that name it so, append to the name of a page for the folder of its resources.
_RESOURCES = re.compile(
    r"(?P<page>.+)(?:[_-](?:files|dateien|fichiers|archivos|file|arquivos|bestanden|filer)|\.files)", re.I
)


def _of_saved_page(folder: str, beside: list[str]) -> bool:
    """Say whether a folder holds the resources of a page that was saved beside it, whose articles it repeats."""
    found = _RESOURCES.fullmatch(folder)
    return found is not None and any(f"{found['page']}{ending}" in beside for ending in (".html", ".htm", ".xhtml"))


def read_file(location: str, limits: ReadLimits) -> bytes:
    """Return the bytes of a regular file. Raises SourceNotFound, SourceUnreadable or SourceTooLarge."""
    path = Path(location)
    try:
        if not path.exists():
            hint = "check the spelling, or quote a name with spaces"
            raise SourceNotFound(location, "there is no such file or folder", hint=hint)
        if not path.is_file():
            raise SourceUnreadable(location, "not a regular file", hint="give a file, a folder or -")
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise _too_large(location, f"{size:,} bytes", limits)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceUnreadable(location, reason, hint="check that you may read this file") from error


def read_stdin(limits: ReadLimits) -> bytes:
    """Return all of standard input. Raises SourceTooLarge."""
    data = sys.stdin.buffer.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        raise _too_large(STDIN, "more bytes", limits)
    return data


def _too_large(location: str, size: str, limits: ReadLimits) -> SourceTooLarge:
    message = f"{size}, and the limit is {limits.max_bytes:,}"
    return SourceTooLarge(location, message, hint="raise --max-source-bytes, or cut out the article")
