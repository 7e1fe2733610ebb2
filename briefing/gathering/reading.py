"""From an item of a place to its article: its page where it is only a summary, itself where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from briefing.documents import document_or_error
from briefing.errors import AddressGone, AddressUnavailable, SourceError
from briefing.fetch import Fetched, shown
from briefing.gathering.asking import is_as_known, validator_of
from briefing.gathering.batches import Entry
from briefing.gathering.keys import Item, Sight, page_key
from briefing.gathering.work import Allowance, Work
from briefing.sources import as_source, sha256
from briefing.types import Document, Source


def fetched_within(allowance: Allowance, page: str, work: Work) -> Fetched:
    """Return what stands at a page, and let go of it. Raises a SourceError, also when no time is left."""
    try:
        if allowance.is_spent():
            message = f"no time was left for it: all of its place had {work.pace.place_s:.0f} seconds"
            raise AddressUnavailable(shown(page), message, hint="the next run tries again")
        with allowance.spending():
            return work.fetcher.fetch(page, max_bytes=work.limits.max_bytes)
    finally:
        work.fetcher.release(page)


def of_part(item: Item) -> Source:
    """Return an item as a source of its own, whose bytes are the item and nothing beside it. Raises its SourceError."""
    part = item.part
    if part.error:
        raise type(part.error)(item.location, part.error.message, hint=part.error.hint)
    return Source(id="", location=item.location, data=part.data, sha256=sha256(part.data), media_type=part.media_type)


class Reader:
    """Reads the items of one place, and remembers what went wrong."""

    def __init__(self, work: Work, place: str, allowance: Allowance, *, online: bool) -> None:
        self._work = work
        self._place = place
        self._allowance = allowance
        self._online = online
        self.failed: list[SourceError] = []
        """Of items that gave no article."""
        self.stood_in: list[SourceError] = []
        """Of pages in whose place their summaries were read."""
        self.postponed: list[SourceError] = []
        """Of pages that are left for the next run to try again."""
        self.withdrawn: list[str] = []

    def prefetch(self, items: Iterable[Item]) -> None:
        """Begin with the pages of several hosts; those of one come one after the other anyway."""
        pages = [item.part.page for item in items if item.part.page] if self._online else []
        if len({urlsplit(page).netloc for page in pages}) > 1 and not self._allowance.is_spent():
            self._work.fetcher.prefetch(pages, max_bytes=self._work.limits.max_bytes)

    def read(self, item: Item, seen: Sight | None) -> Entry:
        """Read an item that is new, or another than when it was `seen`."""
        key = seen.key if seen else item.key
        if not (self._online and item.part.page):
            return self._of_part(item, key, seen, Sight(item.part.fingerprint, key))
        try:
            return self._of_page(item, key, seen)
        except SourceError as error:
            if isinstance(error, AddressGone) and seen:
                self.withdrawn.append(key)
            return self._in_place_of_page(item, key, seen, error)

    def _of_page(self, item: Item, key: str, seen: Sight | None) -> Entry:
        fetched = fetched_within(self._allowance, item.part.page or "", self._work)
        sight = Sight(item.part.fingerprint, key)
        if is_as_known(fetched, self._work.memory):
            return Entry(name=item.name, sight=sight, seen_before=seen is not None)
        source = as_source(item.part.page or "", fetched)
        document = self._document(source)
        leads_to = page_key(fetched.address)
        asked_by = validator_of(fetched, self._work.now) if fetched.etag or fetched.last_modified else None
        return Entry(
            name=item.name,
            sight=sight,
            article=self._work.article(key, item.part.fingerprint, self._place, document),
            body=(source.data, source.media_type),
            validator=asked_by,
            seen_before=seen is not None,
            led_to=leads_to if leads_to != key else None,
        )

    def _document(self, source: Source) -> Document:
        document = document_or_error(replace(source, id="S0"))
        if isinstance(document, SourceError):
            raise document
        return document

    def _in_place_of_page(self, item: Item, key: str, seen: Sight | None, error: SourceError) -> Entry:
        if not error.retryable:
            self.stood_in.append(error)
            return self._of_part(item, key, seen, Sight(item.part.fingerprint, key))
        self.postponed.append(error)
        entry = self._of_part(item, key, seen, Sight("", key))
        if entry.article is None:
            self.failed.pop()
            # Whatever never gave an article stays new.
            return replace(entry, sight=None)
        stand_in = sha256(f"in place of its page {item.part.fingerprint}".encode())
        return replace(entry, article=replace(entry.article, fingerprint=stand_in))

    def _of_part(self, item: Item, key: str, seen: Sight | None, sight: Sight) -> Entry:
        try:
            source = of_part(item)
            document = self._document(source)
        except SourceError as error:
            self.failed.append(error)
            return Entry(name=item.name, sight=sight, seen_before=seen is not None)
        return Entry(
            name=item.name,
            sight=sight,
            article=self._work.article(key, item.part.fingerprint, self._place, document),
            body=(source.data, source.media_type),
            seen_before=seen is not None,
        )
