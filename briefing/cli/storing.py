"""The store of a command, opened once for whoever of it needs it, and not at all when nobody does."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from briefing.errors import StoreError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.store import Store


class SharedStore:
    """A process may hold a store open once: whatever asks models and whatever fetches pages share this one."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._failed: StoreError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._store:
                self._store.close()
                self._failed = StoreError(str(self._store.path), "it is closed", hint="run the command again")

    def opened(self) -> Store:
        """Return the store, made where there is none. Raises StoreError, the same one again after the first time."""
        from briefing.config import store_path
        from briefing.store import open_store

        with self._lock:
            if self._failed:
                raise self._failed
            try:
                self._store = self._store or open_store(store_path(self._config))
            except StoreError as error:
                self._failed = error
                raise
            return self._store

    def existing(self) -> Store | None:
        """Return the store if there is one: looking makes none. Raises StoreError."""
        from briefing.config import store_path
        from briefing.store import is_there

        return self.opened() if self._store or is_there(store_path(self._config)) else None
