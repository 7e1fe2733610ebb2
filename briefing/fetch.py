"""The seam to the web: what a fetcher is asked for and what it brings. Knows nothing of HTTP.

The one that speaks HTTP is `fetch_http`; `FetchedBefore` is a real one too, for what is at hand already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from briefing.errors import SourceNotFound, SourceTooLarge


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """What an address gave."""

    address: str
    """Where the bytes came from in the end, after all redirects; without user, password or fragment."""
    data: bytes = field(repr=False)
    """The body as it came, packing undone."""
    content_type: str = ""
    """What the server calls it, as it wrote it: `text/html; charset=utf-8`."""


class Fetcher(Protocol):
    """Brings what stands at an address."""

    def fetch(self, address: str, *, max_bytes: int) -> Fetched:
        """Return what stands at `address`, at most `max_bytes` of it.

        Raises a SourceError with `address` as its subject: what is not there, not allowed, or larger than that.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchedBefore:
    """A fetcher that goes nowhere: it has what it brings.

    >>> page = Fetched(address="https://news.example/a", data=b"Text.")
    >>> FetchedBefore(pages={"https://news.example/a": page}).fetch("https://news.example/a", max_bytes=10).data
    b'Text.'
    """

    pages: Mapping[str, Fetched]

    def fetch(self, address: str, *, max_bytes: int) -> Fetched:
        """Return the page kept under `address`; SourceNotFound where there is none."""
        page = self.pages.get(address)
        if page is None:
            raise SourceNotFound(address, "it was not fetched before", hint="fetch it first")
        if len(page.data) > max_bytes:
            message = f"{len(page.data):,} bytes, and the limit is {max_bytes:,}"
            raise SourceTooLarge(address, message, hint="raise --max-source-bytes")
        return page
