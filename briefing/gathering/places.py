"""What one place of a plan gives in one run, in batches to be kept one after the other.

A place that fails is a batch with one line about it. What is raised is the memory's failure alone.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from itertools import islice
from pathlib import Path

from briefing.documents import document_or_error
from briefing.errors import AddressGone, BriefingError, SourceError, SourceFailed, SourceNotAnArticle, SourceUnsupported
from briefing.fetch import is_address, shown
from briefing.gathering.asking import is_as_known, validator_of
from briefing.gathering.batches import Batch, Entry
from briefing.gathering.container import Container
from briefing.gathering.keys import Sight, page_key, place_key, sight_of
from briefing.gathering.work import Allowance, Work
from briefing.sources import CONTAINERS, as_source, files_or_unread, original, sha256, web_address
from briefing.types import Source, Unread


class Kind(Enum):
    """Under which of its lists a plan has a place."""

    FEED = auto()
    PAGE = auto()
    FOLDER = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """As the plan has it."""

    kind: Kind
    written: str


def batches(place: Place, work: Work) -> Iterator[Batch]:
    """Yield what a place gives. Raises StoreError."""
    if is_address(place.written):
        yield from _safely(place.written, partial(_address, place, work))
    else:
        yield from _files(place, work)


def _safely(location: str, read: partial[Iterator[Batch]]) -> Iterator[Batch]:
    try:
        yield from read()
    except SourceError as error:
        yield Batch(unread=(_line(location, error),))
    except BriefingError:
        raise
    except Exception as error:  # noqa: BLE001 - a mistake about one place must not cost the others
        yield Batch(unread=(_line(location, SourceFailed.by(location, error)),))


def _line(location: str, error: SourceError) -> Unread:
    return Unread(location=shown(location), error=error.message, hint=error.hint)


# Addresses
# ---------


def _address(place: Place, work: Work) -> Iterator[Batch]:
    allowance = Allowance(work)
    try:
        fetched = work.fetcher.fetch(place.written, max_bytes=work.limits.max_bytes)
    except AddressGone as error:
        key = page_key(place.written)
        gone = (key,) if place.kind is Kind.PAGE and work.memory.fingerprints([key]) else ()
        yield Batch(unread=(_line(place.written, error),), withdrawn=gone)
        return
    finally:
        work.fetcher.release(place.written)
    if is_as_known(fetched, work.memory):
        yield Batch(known=1)
        return
    came = as_source(place.written, fetched)
    validator = validator_of(fetched, work.now)
    if came.media_type in CONTAINERS:
        key = place_key(place.written, work.folder)
        yield from Container(work, came, place=place.written, key=key, allowance=allowance).batches([validator])
    elif place.kind is Kind.FEED:
        raise _no_feed(came)
    else:
        entry = _whole(came, place.written, page_key(place.written), work)
        yield Batch(entries=(replace(entry, validator=validator),))


def _no_feed(came: Source) -> SourceError:
    message = f"no feed: what is there reads as {came.media_type}"
    named = feed_named_by(came)
    hint = f"it names a feed, {shown(named)}" if named else "a single article goes under `pages` or `folders`"
    return SourceUnsupported(came.location, message, hint=hint)


_LINK = re.compile(r"<link\b[^<>]{0,1000}>", re.I)
_OF_FEED = re.compile(r"\btype\s*=\s*[\"']?application/(?:rss|atom|feed)\+(?:xml|json)", re.I)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_HEAD = 200_000


def feed_named_by(page: Source) -> str | None:
    """Return the address of the feed that a page says it has.

    >>> data = b'<link rel=alternate type="application/rss+xml" href="/rss?a=1&amp;b=2">'
    >>> feed_named_by(Source(id="", location="", data=data, sha256="", media_type="", address="https://news.example/"))
    'https://news.example/rss?a=1&b=2'
    """
    head = page.data[:_HEAD].decode("utf-8", "replace")
    links = (link[0] for link in _LINK.finditer(head) if _OF_FEED.search(link[0]))
    found = (href for link in links if (href := _HREF.search(link)))
    written = (html.unescape(next(filter(None, href.groups()), "")) for href in found)
    return next((whole for one in written if one and (whole := web_address(one, page.address))), None)


def _whole(came: Source, place: str, key: str, work: Work) -> Entry:
    """Read what is one article. Raises a SourceError."""
    document = document_or_error(replace(came, id="S0"))
    if isinstance(document, SourceError):
        raise document
    name = sight_of(key)
    return Entry(
        name=name,
        sight=Sight(came.sha256, key),
        article=work.article(key, came.sha256, place, document),
        body=(came.data, came.media_type),
        seen_before=bool(work.memory.fingerprints([name])),
    )


# Files
# -----

#: How many are looked up at a time, and kept together when they are small.
_TOGETHER = 64


def _files(place: Place, work: Work) -> Iterator[Batch]:
    if _is_empty(place.written):
        # On most days nothing lies in an inbox.
        return
    unread: list[Unread] = []
    files = iter(files_or_unread(place.written, unread))
    yield Batch(unread=tuple(replace(one, location=place_key(one.location, work.folder)) for one in unread))
    while some := list(islice(files, _TOGETHER)):
        if work.ended.is_set():
            return
        yield from _some_files(place, some, work)


def _is_empty(location: str) -> bool:
    """Whether a location is a folder without a file, hidden ones aside. One that nobody may look into is not."""
    closed: list[OSError] = []
    try:
        names = (name for _, _, own in os.walk(location, onerror=closed.append) for name in own)
        return Path(location).is_dir() and all(name.startswith(".") for name in names) and not closed
    except (OSError, ValueError):
        return False


def _some_files(place: Place, files: list[str], work: Work) -> Iterator[Batch]:
    """Yield what these files give; those of one article go together."""
    keys = {file: place_key(file, work.folder) for file in files}
    noted = work.memory.fingerprints(sight_of(key) for key in keys.values())
    gathered = Batch()
    for file, key in keys.items():
        seen = noted.get(sight_of(key))
        for batch in _safely(key, partial(_file, place, file, key, seen, work)):
            small = len(batch.entries) <= 1
            gathered = _joined(gathered, batch) if small else gathered
            if not small:
                yield batch
            elif gathered.size >= work.pace.batch_bytes:
                yield gathered
                gathered = Batch()
    yield gathered


def _joined(one: Batch, other: Batch) -> Batch:
    return Batch(
        entries=one.entries + other.entries,
        noted=one.noted + other.noted,
        known=one.known + other.known,
        unread=one.unread + other.unread,
        never_read=one.never_read + other.never_read,
    )


def _file(place: Place, file: str, key: str, noted: str | None, work: Work) -> Iterator[Batch]:
    came = original(file, work.limits, None)
    if noted and Sight.read(noted).fingerprint == sha256(came.data):
        yield Batch(known=1)
        return
    came = replace(came, location=key)
    done = [(sight_of(key), Sight(came.sha256, key))]
    try:
        if came.media_type in CONTAINERS:
            allowance = Allowance(work)
            yield from Container(work, came, place=place.written, key=key, allowance=allowance).batches([], done)
        elif place.kind is Kind.FEED:
            raise _no_feed(came)
        else:
            yield Batch(entries=(_whole(came, place.written, key, work),))
    except SourceError as error:
        of_folder = file != place.written and isinstance(error, SourceNotAnArticle)
        yield Batch(noted=tuple(done), never_read=() if of_folder else (_line(key, error),))
