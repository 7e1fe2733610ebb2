"""The seam to the web: what a fetcher is asked for, what it brings, and how an address is shown. Knows nothing of HTTP.

The one that speaks HTTP is `fetch_http`; `FetchedBefore` and `Offline` are real ones too: for what is at hand already,
and for who must not go online.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from briefing.errors import AddressRefused, SourceNotFound, SourceTooLarge


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """What an address gave."""

    address: str
    """Where the bytes came from in the end, after all redirects; without user, password or fragment."""
    data: bytes = field(repr=False)
    """The body as it came, packing undone."""
    content_type: str = ""
    """What the server calls it, as it wrote it: `text/html; charset=utf-8`."""
    etag: str = ""
    """What to ask by next time whether it has changed; empty when the server gave none, or wants nothing kept."""
    last_modified: str = ""
    """The same, as a time in the server's own writing."""
    unchanged: bool = False
    """Whether it is as it was, and nobody kept its body: then `data` is empty. Only where `Pages` keep no bodies."""

    @property
    def charset(self) -> str | None:
        """The encoding that the server names, or None.

        >>> Fetched(address="https://news.example/a", data=b"", content_type='text/html; charset="UTF-8"').charset
        'UTF-8'
        """
        named = re.search(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", self.content_type, re.I | re.A)
        return named[1] if named else None


class Fetcher(Protocol):
    """Brings what stands at an address."""

    def fetch(self, address: str, *, max_bytes: int) -> Fetched:
        """Return what stands at `address`, at most `max_bytes` of it.

        Raises a SourceError with the `shown` address as its subject: what is not there, not allowed, or larger than
        that.
        """

    def prefetch(self, addresses: Iterable[str], *, max_bytes: int) -> None:
        """Begin to fetch these, as many at a time as is polite; `fetch` then waits for each. Raises nothing."""

    def release(self, address: str) -> None:
        """Let go of what an address gave: nobody will ask for it again."""


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
            raise SourceNotFound(shown(address), "it was not fetched before", hint="fetch it first")
        if len(page.data) > max_bytes:
            message = f"{len(page.data):,} bytes, and the limit is {max_bytes:,}"
            raise SourceTooLarge(shown(address), message, hint="raise --max-source-bytes")
        return page

    def prefetch(self, addresses: Iterable[str], *, max_bytes: int) -> None:
        """Do nothing: all is here."""

    def release(self, address: str) -> None:
        """Do nothing: it stays."""


class Offline:
    """A fetcher that refuses every address."""

    def fetch(self, address: str, *, max_bytes: int) -> Fetched:  # noqa: ARG002 - the seam's signature
        """Raise AddressRefused."""
        hint = "save the page and give the file, or leave --offline out"
        raise AddressRefused(shown(address), "nothing is fetched with --offline", hint=hint)

    def prefetch(self, addresses: Iterable[str], *, max_bytes: int) -> None:
        """Do nothing."""

    def release(self, address: str) -> None:
        """Do nothing."""

    def progress(self) -> str:
        """Say nothing."""
        return ""

    def close(self) -> None:
        """Do nothing."""


# Pages that are kept
# -------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptPage:
    """An answer kept from an earlier run, and what to ask its server by: whether it has changed since."""

    address: str
    """The one that answered with it; those that redirected to it are asked again."""
    data: bytes | None = field(repr=False)
    """None where only what to ask by was kept; a page that has not changed then comes as `Fetched.unchanged`."""
    content_type: str
    etag: str
    """As the server wrote it; empty when it did not."""
    last_modified: str
    """As the server wrote it; empty when it did not."""
    fetched: datetime


class Pages(Protocol):
    """Keeps answers from run to run. May raise StoreError, which costs no more than fetching anew."""

    def page(self, address: str) -> KeptPage | None:
        """Return the page kept for this address, or None."""

    def keep_page(self, page: KeptPage) -> None:
        """Keep it in place of the one before."""


# Showing addresses
# -----------------

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_AUTHORITY = re.compile(r"([a-zA-Z][\w+.-]*://)([^/?#\\]*)(.*)", re.S)
_PARAMETER = re.compile(r"([?&;#])([^=?&;#]*)=([^&;#]*)")
_SECRETS = frozenset("auth credential jwt key pass passwd pwd secret session sid sig signature".split())
_SECRET_ENDS = ("token", "secret", "password", "apikey", "signature")


def is_address(location: str) -> bool:
    """Say whether a location is one of the web, or of whatever else has addresses, and not a file.

    >>> is_address("https://news.example/a"), is_address("file:///etc/hosts"), is_address("notes/a.txt")
    (True, True, False)
    """
    return bool(_ADDRESS.match(location))


def shown(address: str) -> str:
    """Return an address as it may be printed: without password, secrets of its query masked, look-alikes spelt out.

    >>> shown("https://me:secret@news.example/a?id=7&access_token=8f3c")
    'https://…@news.example/a?id=7&access_token=…'
    >>> shown("https://nеws.example/")
    'https://xn--nws-rdd.example/'
    """
    found = _AUTHORITY.match(address)
    if not found:
        return address
    scheme, authority, rest = found.groups()
    user, at, host = authority.rpartition("@")
    return f"{scheme}{'…' if user else ''}{at}{_ascii(host)}{_PARAMETER.sub(_masked, rest)}"


def _masked(parameter: re.Match[str]) -> str:
    words = re.split(r"[^a-z0-9]+", parameter[2].lower())
    secret = any(word in _SECRETS or word.endswith(_SECRET_ENDS) for word in words)
    return f"{parameter[1]}{parameter[2]}=…" if secret else parameter[0]


def _ascii(host: str) -> str:
    """Write a name as it stands in the name system, so that letters of other scripts cannot pass for Latin ones."""
    if host.isascii():
        return host
    import idna

    name, colon, port = host.partition(":")
    try:
        return idna.encode(name, uts46=True).decode("ascii") + colon + port
    except (idna.IDNAError, UnicodeError):
        return host.encode("ascii", "backslashreplace").decode("ascii")
