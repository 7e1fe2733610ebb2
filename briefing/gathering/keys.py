"""What places, items and articles are known by from day to day. Pure.

An article is known by the address of its page, so that two feeds that lead to it bring it once. An item is known by
what its feed calls it, so that it stays the same article when its address is written anew; what is noted under that
name says how the item read last, and which article it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from briefing.fetch import is_address, shown
from briefing.sources import Part, sha256

_LONGEST = 300
#: Parameters that say how a reader came, and not where the page is.
_CAMPAIGN = ("utm_", "at_campaign", "at_medium", "fbclid", "gclid")


@dataclass(frozen=True, slots=True)
class Sight:
    """How an item read when it was seen last, and which article it is."""

    fingerprint: str
    """Empty for one whose page could not be had, so that the next run tries again."""
    key: str

    @classmethod
    def read(cls, noted: str) -> Self:
        """Undo `str`.

        >>> Sight.read(str(Sight("sha256:0f", "https://news.example/a b")))
        Sight(fingerprint='sha256:0f', key='https://news.example/a b')
        """
        fingerprint, _, key = noted.partition(" ")
        return cls(fingerprint, key)

    def __str__(self) -> str:
        return f"{self.fingerprint} {self.key}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One article that a place holds."""

    part: Part
    name: str
    """Under which its sights are noted."""
    key: str
    """Of its article, if it was never seen before."""
    location: str


def page_key(address: str) -> str:
    """Return what the article of a page is known by: its address, without what leads to the same page.

    >>> page_key("https://News.example/a?id=7&utm_source=rss#top")
    'https://news.example/a?id=7'
    >>> page_key("https://news.example/a?token=8f3c")
    'https://news.example/a?token=…#6d6f650bb81318a4'
    """
    parts = urlsplit(address)
    query = parts.query
    if any(name in query for name in _CAMPAIGN):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(name, value) for name, value in pairs if not name.startswith(_CAMPAIGN)])
    return _open(urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, query, "")))


def _open(address: str) -> str:
    """Take what is secret out of an address, and still tell it from others."""
    open_to_all = shown(address)
    return open_to_all if open_to_all == address else f"{open_to_all}#{sha256(address.encode())[7:23]}"


def place_key(place: str, folder: Path) -> str:
    """Return what a place is known by: an address, or a path as seen from the plan's folder.

    >>> place_key("/home/me/desk/inbox/a.txt", Path("/home/me/desk"))
    'inbox/a.txt'
    """
    if is_address(place):
        return _open(place)
    path = Path(place)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def sight_of(key: str) -> str:
    """Return the name under which it is noted how a place itself read last."""
    return f"seen {key}"


def items_of(place: str, found: Sequence[Part]) -> Iterator[Item]:
    """Yield what a place holds under the names it has from day to day.

    An address that several of its items give is no name of any of them: live pages are like that. Where an item of a
    feed stands on the web is its location; what is in a file is there, whatever it says.
    """
    pages = Counter(page_key(part.address) for part in found if part.address)
    for part in found:
        page = page_key(part.address) if part.address else None
        own = f"{place}#{_fragment(part)}"
        yield Item(
            part=part,
            name=sight_of(own),
            key=page if page and pages[page] == 1 else own,
            location=shown(part.address).partition("#")[0] if part.address and is_address(place) else own,
        )


def _fragment(part: Part) -> str:
    """Return what tells a part from the others, as the fragment of an address; never a number, which says a place."""
    called = part.key or part.address or part.fingerprint
    return "id=" + (quote(called, safe=":/@~+,=") if len(called) <= _LONGEST else sha256(called.encode()))
