"""The web as the commands use it: within its limits, and with pages of earlier runs at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from briefing.cli.group import tell
from briefing.errors import StoreError
from briefing.fetch import Offline

if TYPE_CHECKING:
    from briefing.cli.storing import SharedStore
    from briefing.config import Config
    from briefing.fetch import Fetched, KeptPage, Pages
    from briefing.fetch_http import HTTPFetcher


@contextmanager
def fetching(config: Config, store: SharedStore, *, fresh: bool) -> Iterator[Web]:
    """Fetch for as long as the block takes; what is under way at its end is cut."""

    pages = StoredPages(store)
    web = Web.within(config, pages, fresh=fresh)
    try:
        yield web
    finally:
        # What is cut may still ask for pages; nobody waits for it, and the store is closed next.
        pages.close()
        web.close()


class Web:
    """A fetcher that is made when the first address is asked for: to import one takes as long as to read ten files."""

    def __init__(self, make: Callable[[], HTTPFetcher | Offline]) -> None:
        self._made = cache(make)

    @classmethod
    def within(cls, config: Config, pages: Pages, *, fresh: bool) -> Web:
        """Return one that keeps to the settings, and asks whether what is in `pages` has changed, unless `fresh`."""

        def make() -> HTTPFetcher:
            from briefing.fetch_http import HTTPFetcher, Patience

            return HTTPFetcher(
                allow_private=config.allow_private,
                ignore_robots=config.ignore_robots,
                patience=Patience(total_s=config.fetch_timeout),
                pages=pages,
                fresh=fresh,
            )

        return cls(Offline if config.offline else make)

    def fetch(self, address: str, *, max_bytes: int) -> Fetched:
        """Return what stands at an address. Raises a SourceError."""
        return self._made().fetch(address, max_bytes=max_bytes)

    def prefetch(self, addresses: Iterable[str], *, max_bytes: int) -> None:
        """Begin to fetch these."""
        if wanted := list(addresses):
            self._made().prefetch(wanted, max_bytes=max_bytes)

    def release(self, address: str) -> None:
        """Let go of what an address gave."""
        self._made().release(address)

    def progress(self) -> str:
        """Say how far it is; nothing when there is nothing to wait for."""
        return self._made().progress() if self._made.cache_info().currsize else ""

    def close(self) -> None:
        """Cut what is under way."""
        if self._made.cache_info().currsize:
            self._made().close()


class StoredPages:
    """Pages in the store, which is opened when the first of them is asked for."""

    def __init__(self, store: SharedStore) -> None:
        self._store = store
        self._told = False

    def close(self) -> None:
        """Say nothing more about the store."""
        self._told = True

    def page(self, address: str) -> KeptPage | None:
        """Return the page kept for an address, or None. Raises StoreError."""
        try:
            return self._store.opened().page(address)
        except StoreError as error:
            self._tell(error)
            raise

    def keep_page(self, page: KeptPage) -> None:
        """Keep a page in place of the one before. Raises StoreError."""
        try:
            self._store.opened().keep_page(page)
        except StoreError as error:
            self._tell(error)
            raise

    def _tell(self, error: StoreError) -> None:
        if not self._told:
            self._told = True
            tell(f"pages are fetched whole and not kept: {error}")
