"""From what the user pointed at to bytes with their provenance. Reads; never interprets beyond the kind.

A folder yields its readable files in the order of their paths, an address what the fetcher brings. One source that
cannot be read becomes an `Unread` and never stops the others.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from briefing.errors import SourceEmpty, SourceError, SourceNotText, SourceUnsupported
from briefing.fetch import Fetcher, is_address, shown
from briefing.sources.files import STDIN, files_or_unread, read_file, read_stdin
from briefing.sources.kinds import media_type, suffix
from briefing.sources.limits import ReadLimits
from briefing.types import Source, Unread

__all__ = [
    "STDIN",
    "Keep",
    "ReadLimits",
    "as_unread",
    "collect",
    "media_type",
    "read",
    "read_path",
    "read_text",
    "sha256",
    "suffix",
]

Keep = Callable[[bytes, str], None]
"""Called with bytes that cannot be read again from where they came, an address or standard input, and their kind."""


def _forget(_data: bytes, _kind: str) -> None:
    """Keep nothing."""


def collect(
    locations: Iterable[str], *, limits: ReadLimits, fetcher: Fetcher | None = None, keep: Keep = _forget
) -> tuple[tuple[Source, ...], tuple[Unread, ...]]:
    """Read every location; a folder counts as its files, a file named twice counts once.

    Returns the sources, numbered `S1`, `S2`, … in order, and the locations that could not be read. Without a
    `fetcher` no address is read.

    >>> sources, unread = collect(["no/such/file.txt"], limits=ReadLimits())
    >>> unread[0].location, unread[0].error
    ('no/such/file.txt', 'there is no such file or folder')
    """
    sources: list[Source] = []
    unread: list[Unread] = []
    found = list(_expand(locations, unread))
    if fetcher:
        fetcher.prefetch([location for location in found if is_address(location)], max_bytes=limits.max_bytes)
    for location in found:
        try:
            sources.append(read(location, id=f"S{len(sources) + 1}", limits=limits, fetcher=fetcher, keep=keep))
        except SourceError as error:
            unread.append(as_unread(error))
    return tuple(sources), tuple(unread)


def as_unread(error: SourceError) -> Unread:
    """Turn an error about one source into the line that the briefing prints about it."""
    return Unread(location=error.subject, error=error.message, hint=error.hint)


def read(
    location: str,
    *,
    id: str,  # noqa: A002 - the field's own name
    limits: ReadLimits,
    fetcher: Fetcher | None = None,
    keep: Keep = _forget,
) -> Source:
    """Read one file, one address, or standard input for `-`.

    Raises SourceNotFound, SourceUnreadable, SourceTooLarge, SourceEmpty or SourceUnsupported.
    """
    if is_address(location):
        source = _read_address(location, id, limits, fetcher)
        keep(source.data, source.media_type)
        return source
    data = read_stdin(limits) if location == STDIN else read_file(location, limits)
    if not data:
        raise SourceEmpty(location, "the file has no bytes", hint="leave it out, or save the article again")
    kind = media_type(data, location)
    if location == STDIN:
        keep(data, kind)
    return Source(id=id, location=location, data=data, sha256=sha256(data), media_type=kind)


def _read_address(location: str, source_id: str, limits: ReadLimits, fetcher: Fetcher | None) -> Source:
    if fetcher is None:
        raise SourceUnsupported(
            shown(location), "addresses are not fetched here", hint="save the page and give the file"
        )
    fetched = fetcher.fetch(location, max_bytes=limits.max_bytes)
    return Source(
        id=source_id,
        location=shown(location),
        address=shown(fetched.address),
        data=fetched.data,
        sha256=sha256(fetched.data),
        media_type=media_type(fetched.data, urlsplit(fetched.address).path, declared=fetched.content_type),
        charset=fetched.charset,
    )


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


def _expand(locations: Iterable[str], unread: list[Unread]) -> Iterator[str]:
    seen: set[str] = set()
    for location in locations:
        for found in [location] if is_address(location) else files_or_unread(location, unread):
            # A name that holds a NUL has no real path; reading it says so.
            as_it_is = found == STDIN or "\0" in found or is_address(found)
            key = found if as_it_is else os.path.realpath(found)
            if key not in seen:
                seen.add(key)
                yield found
