"""The web as the commands use it: within its limits, and with pages of earlier runs at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.cli.group import tell
from briefing.errors import StoreError
from briefing.fetch import Offline

if TYPE_CHECKING:
    from briefing.cli.storing import SharedStore
    from briefing.config import Config
    from briefing.fetch import Fetcher, KeptPage


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetching:
    """What a command fetches with."""

    fetcher: Fetcher
    progress: Callable[[], str] = str
    """How far it is, in words."""


@contextmanager
def fetching(config: Config, store: SharedStore, *, fresh: bool) -> Iterator[Fetching]:
    """Fetch for as long as the block takes; what is under way at its end is cut."""
    if config.offline:
        yield Fetching(fetcher=Offline())
        return
    from briefing.fetch_http import HTTPFetcher, Patience

    with HTTPFetcher(
        allow_private=config.allow_private,
        ignore_robots=config.ignore_robots,
        patience=Patience(total_s=config.fetch_timeout),
        pages=StoredPages(store),
        fresh=fresh,
    ) as fetcher:
        yield Fetching(fetcher=fetcher, progress=fetcher.progress)


class StoredPages:
    """Pages in the store, which is opened when the first of them is asked for."""

    def __init__(self, store: SharedStore) -> None:
        self._store = store
        self._told = False

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
