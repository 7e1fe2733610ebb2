"""From an address to its page: hop by hop, each one admitted anew, and not twice what has not changed."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Self
from weakref import WeakSet

from briefing.addresses import SAVE, Target, followed, target
from briefing.errors import (
    AddressFailed,
    AddressGone,
    AddressUnavailable,
    SourceEmpty,
    SourceError,
    StoreError,
)
from briefing.fetch import Fetched, KeptPage, Pages, shown
from briefing.fetch_http.hosts import REDIRECTS, Hosts
from briefing.fetch_http.network import Network
from briefing.fetch_http.once import Once, settle
from briefing.fetch_http.patience import Patience, Stopwatch
from briefing.fetch_http.turns import Turns
from briefing.fetch_http.visits import Visits
from briefing.fetch_http.wire import Answer, Wire

if TYPE_CHECKING:
    from briefing.fetch_http.pinning import PinnedBackend

_PATIENCE = Patience()
_NETWORK = Network()
_GONE = frozenset({404, 410})
_BUSY = frozenset({429, 502, 503, 504})
_NOT_FOR_ALL = frozenset({401, 402, 403, 407, 451})
_NO_BODY = frozenset({204, 205})

_Queue = list[tuple[str, Future[Fetched]]]
"""Addresses of one host, each with what has to be settled."""


class HTTPFetcher:
    """Fetches pages for any number of threads, each address once. As a context manager it ends with `close`.

    `fresh` asks for pages whole, as if none were kept.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        ignore_robots: bool = False,
        patience: Patience = _PATIENCE,
        pages: Pages | None = None,
        fresh: bool = False,
        network: Network = _NETWORK,
    ) -> None:
        self._allow_private = allow_private
        self._ignore_robots = ignore_robots
        self._patience = patience
        self._pages = pages
        self._fresh = fresh
        self._open: WeakSet[PinnedBackend] = WeakSet()
        self._opening = threading.Lock()
        self._closed = False
        self._turns = Turns(patience)
        wire = Wire(patience=patience, allow_private=allow_private, network=network, opened=self._opened)
        self._visits = Visits(wire=wire, turns=self._turns)
        self._hosts = Hosts(visits=self._visits)
        self._brought = Once[Fetched]()
        self._waiting = SimpleQueue[_Queue]()
        self._places = threading.Semaphore(patience.hosts)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Cut what is under way in whatever thread, and fetch no more."""
        self._turns.end()
        with self._opening:
            self._closed = True
            for backend in self._open:
                backend.cut()

    def progress(self) -> str:
        """Say how far it is; nothing when there is nothing to wait for."""
        done, wanted = self._brought.counts()
        return f"{done} of {wanted} addresses" if done < wanted else ""

    def fetch(self, address: str, *, max_bytes: int) -> Fetched:
        """Return what stands at `address`. Raises an AddressError, SourceTooLarge, SourceNotText or SourceEmpty."""
        return self._brought.get(address, lambda: self._bring(address, max_bytes))

    def prefetch(self, addresses: Iterable[str], *, max_bytes: int) -> None:
        """Begin to fetch these: those of one host in the order given, several hosts at the same time."""
        queues = defaultdict[str, _Queue](list)
        for address in addresses:
            if claimed := self._brought.claim(address):
                queues[self._host(address)].append((address, claimed))
        for queue in queues.values():
            self._waiting.put(queue)
        for _ in range(min(len(queues), self._patience.hosts)):
            # Daemons: after Ctrl-C nobody waits for a connection that is being made.
            threading.Thread(target=self._work, args=(max_bytes,), name="briefing-fetch", daemon=True).start()

    def release(self, address: str) -> None:
        """Let go of what an address gave; asked for again, it is fetched again."""
        self._brought.forget(address)

    def _work(self, max_bytes: int) -> None:
        with suppress(Empty):
            while True:
                with self._places:
                    for address, claimed in self._waiting.get_nowait():
                        settle(claimed, partial(self._bring, address, max_bytes))

    def _host(self, address: str) -> str:
        with suppress(SourceError):
            return target(address, allow_private=self._allow_private).host
        return ""

    def _opened(self, backend: PinnedBackend) -> None:
        with self._opening:
            self._open.add(backend)
            if self._closed:
                backend.cut()

    # One address

    def _bring(self, address: str, max_bytes: int) -> Fetched:
        first = target(address, allow_private=self._allow_private)
        try:
            return self._followed(first, max_bytes)
        except SourceError as error:
            there = "" if error.subject == shown(first.address) else f"it leads to {error.subject}: "
            raise type(error)(shown(address), f"{there}{error.message}", hint=error.hint) from error

    def _followed(self, at: Target, max_bytes: int) -> Fetched:
        watch = Stopwatch(self._patience.total_s)
        for _ in range(self._patience.redirects + 1):
            if not self._ignore_robots:
                self._hosts.admit(at)
            kept = self._kept(at, max_bytes)
            answer = self._visits.ask(at, watch, _conditions(kept), max_bytes=max_bytes)
            location = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not location:
                return self._page(at, answer, kept)
            at = followed(at, location, allow_private=self._allow_private)
        message = f"more than {self._patience.redirects} redirects in a row"
        raise AddressFailed(shown(at.address), message, hint="give the address where the page stands in the end")

    def _page(self, at: Target, answer: Answer, kept: KeptPage | None) -> Fetched:
        if answer.status == 304 and kept is not None:
            return _as_kept(at, kept)
        if answer.status != 200:
            raise _failure(at, answer)
        if not answer.body:
            raise SourceEmpty(shown(at.address), "the page has no bytes", hint="leave it out, or try again later")
        fetched = _as_answered(at, answer)
        self._keep(fetched)
        return fetched

    # Pages of earlier runs

    def _kept(self, at: Target, max_bytes: int) -> KeptPage | None:
        if self._pages is None or self._fresh:
            return None
        with suppress(StoreError):
            page = self._pages.page(at.address)
            return page if page and len(page.data or b"") <= max_bytes else None
        return None

    def _keep(self, fetched: Fetched) -> None:
        if self._pages is None or not (fetched.etag or fetched.last_modified):
            return
        page = KeptPage(
            address=fetched.address,
            data=fetched.data,
            content_type=fetched.content_type,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            fetched=datetime.now(UTC),
        )
        # A store that cannot be written costs a page fetched again, and no more.
        with suppress(StoreError):
            self._pages.keep_page(page)


def _as_answered(at: Target, answer: Answer) -> Fetched:
    said = answer.headers
    stay = "no-store" not in said.get("cache-control", "").lower()
    return Fetched(
        address=at.address,
        data=answer.body,
        content_type=said.get("content-type", ""),
        etag=said.get("etag", "") if stay else "",
        last_modified=said.get("last-modified", "") if stay else "",
    )


def _as_kept(at: Target, kept: KeptPage) -> Fetched:
    return Fetched(
        address=at.address,
        data=kept.data or b"",
        content_type=kept.content_type,
        etag=kept.etag,
        last_modified=kept.last_modified,
        unchanged=kept.data is None,
    )


def _conditions(kept: KeptPage | None) -> dict[str, str]:
    if kept is None:
        return {}
    asked = {"if-none-match": kept.etag, "if-modified-since": kept.last_modified}
    return {name: value for name, value in asked.items() if value}


def _failure(at: Target, answer: Answer) -> SourceError:
    """Return the error for an answer that is no page."""
    status, subject = answer.status, shown(at.address)
    if status in _GONE:
        gone = "any more" if status == 410 else "there"
        return AddressGone(subject, f"the server says that nothing stands {gone} ({status})", hint="check the address")
    if status in _NOT_FOR_ALL:
        hint = "open it in your browser, save the page and give the file"
        return AddressFailed(subject, f"the server does not hand it out to everybody ({status})", hint=hint)
    if status in _NO_BODY:
        return SourceEmpty(subject, f"the page has no bytes ({status})", hint="leave it out, or try again later")
    if status in _BUSY:
        later = answer.headers.get("retry-after", "")
        asked = f", and asks to come back after {later[:40]}" if later else ""
        return AddressUnavailable(subject, f"the server is busy ({status}){asked}", hint="try again later")
    return AddressFailed(subject, f"the server answers with status {status}", hint=SAVE)
