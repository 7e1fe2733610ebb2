"""The bytes of one location as they came, whole: a file, an address, or standard input."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from briefing.errors import SourceEmpty, SourceUnsupported
from briefing.fetch import Fetched, Fetcher, is_address, shown
from briefing.sources.files import STDIN, read_file, read_stdin
from briefing.sources.kinds import media_type
from briefing.sources.limits import ReadLimits
from briefing.sources.part import sha256
from briefing.sources.parts import part_of
from briefing.types import Source


def whole_and_number(location: str) -> tuple[str, int | None]:
    """Split a location that names one article of a file; the number is None for all others.

    A real file of that very name wins.

    >>> whole_and_number("https://news.example/feed.xml#3"), whole_and_number("no such file#3")
    (('https://news.example/feed.xml', 3), ('no such file#3', None))
    """
    named = part_of(location)
    if named is None or (not is_address(location) and os.path.exists(location)):  # noqa: PTH110 - no name makes it raise
        return location, None
    whole = named[0]
    there = whole == STDIN or is_address(whole) or os.path.exists(whole)  # noqa: PTH110
    return named if there else (location, None)


def original(location: str, limits: ReadLimits, fetcher: Fetcher | None) -> Source:
    """Return all the bytes of a location as a source without an id. Raises a SourceError."""
    if is_address(location):
        return _of_address(location, limits, fetcher)
    data = read_stdin(limits) if location == STDIN else read_file(location, limits)
    if not data:
        raise SourceEmpty(location, "the file has no bytes", hint="leave it out, or save the article again")
    return Source(id="", location=location, data=data, sha256=sha256(data), media_type=media_type(data, location))


def _of_address(location: str, limits: ReadLimits, fetcher: Fetcher | None) -> Source:
    if fetcher is None:
        raise SourceUnsupported(
            shown(location), "addresses are not fetched here", hint="save the page and give the file"
        )
    return as_source(location, fetcher.fetch(location, max_bytes=limits.max_bytes))


def as_source(location: str, fetched: Fetched) -> Source:
    """Return what an address gave as a source without an id."""
    return Source(
        id="",
        location=shown(location),
        address=shown(fetched.address),
        data=fetched.data,
        sha256=sha256(fetched.data),
        media_type=media_type(fetched.data, urlsplit(fetched.address).path, declared=fetched.content_type),
        charset=fetched.charset,
    )
