"""From what the user pointed at to bytes with their provenance. Reads; never interprets beyond the kind.

A folder yields its readable files in the order of their paths. One source that cannot be read becomes an
`Unread` and never stops the others.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import (
    SourceEmpty,
    SourceError,
    SourceNotFound,
    SourceNotText,
    SourceTooLarge,
    SourceUnreadable,
    SourceUnsupported,
)
from briefing.types import Source, Unread

STDIN = "-"
_SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
# An article may quote a tag; a page opens with one.
_HTML_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SNIFFED_BYTES = 4_096


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadLimits:
    """How much one source may hold."""

    max_bytes: int = 20_000_000


def collect(locations: Iterable[str], *, limits: ReadLimits) -> tuple[tuple[Source, ...], tuple[Unread, ...]]:
    """Read every location; a folder counts as its files, a file named twice counts once.

    Returns the sources, numbered `S1`, `S2`, … in order, and the locations that could not be read.

    >>> sources, unread = collect(["no/such/file.txt"], limits=ReadLimits())
    >>> unread[0].location, unread[0].error
    ('no/such/file.txt', 'there is no such file or folder')
    """
    sources: list[Source] = []
    unread: list[Unread] = []
    for location in _expand(locations, unread):
        try:
            sources.append(read(location, id=f"S{len(sources) + 1}", limits=limits))
        except SourceError as error:
            unread.append(as_unread(error))
    return tuple(sources), tuple(unread)


def as_unread(error: SourceError) -> Unread:
    """Turn an error about one source into the line that the briefing prints about it."""
    return Unread(location=error.subject, error=error.message, hint=error.hint)


def read(location: str, *, id: str, limits: ReadLimits) -> Source:  # noqa: A002 - the field's own name
    """Read one file, or standard input for `-`.

    Raises SourceNotFound, SourceUnreadable, SourceTooLarge, SourceEmpty or SourceUnsupported.
    """
    data = _read_stdin(limits) if location == STDIN else _read_file(location, limits)
    if not data:
        raise SourceEmpty(location, "the file has no bytes", hint="leave it out, or save the article again")
    return Source(id=id, location=location, data=data, sha256=sha256(data), media_type=media_type(data, location))


def read_path(path: str | Path, *, id: str = "S1") -> Source:  # noqa: A002 - the field's own name
    """Read one file with the default limits.

    >>> read_path("no-such.txt")
    Traceback (most recent call last):
    ...
    briefing.errors.SourceNotFound: no-such.txt: there is no such file or folder (check the spelling, ...)
    """
    return read(str(path), id=id, limits=ReadLimits())


def read_text(location: str, *, limits: ReadLimits) -> str:
    """Read a text to be checked, a file or standard input: UTF-8, a byte order mark taken off.

    Raises the same errors as `read`, and SourceNotText when it is not UTF-8.
    """
    data = read(location, id="", limits=limits).data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}"
        raise SourceNotText(location, message, hint="save the text as UTF-8") from error


def sha256(data: bytes) -> str:
    """Return the digest, tagged with its algorithm.

    >>> sha256(b"")[:20]
    'sha256:e3b0c44298fc1'
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()


def media_type(data: bytes, name: str) -> str:
    """Find the kind of text from the content first, then from the name.

    >>> media_type(b"<!DOCTYPE html><html>", "saved.txt")
    'text/html'
    >>> media_type(b"# Notes", "notes.md")
    'text/markdown'
    """
    if _HTML_START.match(data[:_SNIFFED_BYTES]):
        return "text/html"
    return _SUFFIXES.get(Path(name).suffix.lower(), "text/plain")


def _expand(locations: Iterable[str], unread: list[Unread]) -> Iterator[str]:
    seen: set[str] = set()
    for location in locations:
        for found in _files_or_unread(location, unread):
            # A name that holds a NUL has no real path; reading it says so.
            key = found if found == STDIN or "\0" in found else os.path.realpath(found)
            if key not in seen:
                seen.add(key)
                yield found


def _files_or_unread(location: str, unread: list[Unread]) -> list[str]:
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
        hint = f"put files ending in {', '.join(sorted(_SUFFIXES))} into it"
        unread.append(Unread(location=location, error="no readable file in this folder", hint=hint))
    return files


def _walk(location: str, closed: list[OSError]) -> Iterator[Path]:
    """Yield the readable files below a folder; folders that may not be entered are added to `closed`."""
    for folder, below, names in os.walk(location, onerror=closed.append):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and path.suffix.lower() in _SUFFIXES and path.is_file():
                yield path


def _read_file(location: str, limits: ReadLimits) -> bytes:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", location):
        raise SourceUnsupported(
            location, "addresses are not fetched by this version", hint="save the page and give the file"
        )
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


def _read_stdin(limits: ReadLimits) -> bytes:
    data = sys.stdin.buffer.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        raise _too_large(STDIN, "more bytes", limits)
    return data


def _too_large(location: str, size: str, limits: ReadLimits) -> SourceTooLarge:
    message = f"{size}, and the limit is {limits.max_bytes:,}"
    return SourceTooLarge(location, message, hint="raise --max-source-bytes, or cut out the article")
