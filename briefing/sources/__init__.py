"""From what the user pointed at to bytes with their provenance. Reads; never interprets beyond the kind.

A folder yields its readable files in the order of their paths, an address what the fetcher brings, a file or a feed of
several articles each of them. One source that cannot be read becomes an `Unread` and never stops the others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from briefing.errors import BriefingError, SourceError, SourceFailed, SourceNotAnArticle, SourceNotText
from briefing.fetch import Fetcher, is_address
from briefing.sources.feed_items import web_address
from briefing.sources.files import STDIN, files_or_unread
from briefing.sources.kinds import CONTAINERS, media_type, suffix
from briefing.sources.limits import ReadLimits
from briefing.sources.originals import as_source, original, whole_and_number
from briefing.sources.part import Part, sha256
from briefing.sources.several import Keep, Reader, articles_in, forget
from briefing.types import Source, Unread

__all__ = [
    "CONTAINERS",
    "STDIN",
    "Keep",
    "Part",
    "ReadLimits",
    "articles_in",
    "as_source",
    "as_unread",
    "collect",
    "files_or_unread",
    "media_type",
    "original",
    "read",
    "read_path",
    "read_text",
    "sha256",
    "suffix",
    "web_address",
    "whole_and_number",
]


def collect(
    locations: Iterable[str], *, limits: ReadLimits, fetcher: Fetcher | None = None, keep: Keep = forget
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
        fetcher.prefetch([location for location, _ in found if is_address(location)], max_bytes=limits.max_bytes)
    reader = Reader(limits=limits, fetcher=fetcher, keep=keep, known={location for location, _ in found})
    for location, walked in found:
        for one in _all(reader, location):
            if isinstance(one, Source):
                sources.append(replace(one, id=f"S{len(sources) + 1}"))
            elif not (walked and isinstance(one, SourceNotAnArticle)):
                unread.append(as_unread(one))
    return tuple(sources), tuple(unread)


def _all(reader: Reader, location: str) -> Iterator[Source | SourceError]:
    try:
        yield from reader.all(location)
    except BriefingError:
        raise
    except Exception as error:  # noqa: BLE001 - a mistake about one location must not cost the others
        yield SourceFailed.by(location, error)


def as_unread(error: SourceError) -> Unread:
    """Turn an error about one source into the line that the briefing prints about it."""
    return Unread(location=error.subject, error=error.message, hint=error.hint)


def read(
    location: str,
    *,
    id: str,  # noqa: A002 - the field's own name
    limits: ReadLimits,
    fetcher: Fetcher | None = None,
    keep: Keep = forget,
) -> Source:
    """Read one file, one article of a file (`articles.jsonl#3`), one address, or standard input for `-`.

    Raises SourceNotFound, SourceUnreadable, SourceTooLarge, SourceEmpty or SourceUnsupported, the latter also for a
    file of several articles when none of them is named.
    """
    return replace(Reader(limits=limits, fetcher=fetcher, keep=keep).one(location), id=id)


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
    data = original(location, limits, None).data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}"
        raise SourceNotText(location, message, hint="save the text as UTF-8") from error


def _expand(locations: Iterable[str], unread: list[Unread]) -> Iterator[tuple[str, bool]]:
    """Yield each location once, and whether a folder gave it."""
    seen: set[str] = set()
    for location in locations:
        for found in [location] if is_address(location) else files_or_unread(location, unread):
            # A name that holds a NUL has no real path; reading it says so.
            as_it_is = found == STDIN or "\0" in found or is_address(found)
            key = found if as_it_is else os.path.realpath(found)
            if key not in seen:
                seen.add(key)
                yield found, found != location
