"""An item of a feed as a small article in JSON: the same bytes whenever it is made of the same item."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from briefing.articles import sound
from briefing.errors import SourceEmpty
from briefing.sources.part import Part, sha256

# A description of this length that ends like a text is taken for the text. Set by hand, measured on no feed.
_WHOLE = 1_000
_TAG = re.compile(r"<[^<>]*>")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_CUT_OFF = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|(?:read|continue|full|more)[\w\s]{0,30}[.…»→]*)$", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What an item of a feed says; None where it says nothing."""

    key: str | None = None
    """What the feed tells it from others by, or its link as written: the same wherever the feed lies."""
    title: str | None = None
    address: str | None = None
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    publisher: str | None = None
    """Of the item, where it names another than the feed."""
    markup: str | None = None
    """The full text, in HTML."""
    text: str | None = None
    """The full text, plain."""
    summary: str | None = None
    """In HTML."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """What a feed says of itself, and its items in its order."""

    title: str | None
    language: str | None
    items: tuple[Item, ...]
    warning: str | None = None


def as_parts(feed: Feed) -> tuple[Part, ...]:
    """Return the articles of a feed; an item that stands in it twice counts once, where it stands first."""
    seen: set[str] = set()
    found: list[Part] = []
    for item in feed.items:
        if item.key is None or item.key not in seen:
            seen.add(item.key or "")
            found.append(_part(len(found) + 1, _whole(item), feed))
    return tuple(found)


def _part(number: int, item: Item, feed: Feed) -> Part:
    said = {
        "title": item.title,
        "url": item.address,
        "published": item.published,
        "updated": item.updated,
        "author": item.author,
        "publisher": item.publisher or feed.title,
        "language": feed.language,
        "content_html": item.markup,
        "content_text": item.text,
        "summary": item.summary,
        "feed": {"title": feed.title or "", "warning": feed.warning or ""},
    }
    told = bool(item.markup or item.text or item.summary)
    empty = SourceEmpty("", "an item of a feed without a text or a summary", hint="give the address of its page")
    return Part(
        number=number,
        data=_written(said) if told else b"",
        error=None if told else empty,
        page=None if item.markup or item.text else item.address,
        when=_when(item.published or item.updated),
        key=item.key,
        address=item.address,
        said=sha256(_written(_fields(item))),
    )


def _written(said: Mapping[str, object]) -> bytes:
    return sound(json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)).encode()


def _whole(item: Item) -> Item:
    """Take a description for the text where nothing else is, and it reads like a whole one."""
    if item.markup or item.text or not item.summary:
        return item
    words = plain(item.summary)
    whole = len(words) >= _WHOLE and _ENDS.search(words[-8:]) and not _CUT_OFF.search(words[-60:])
    return Item(**{**_fields(item), "markup": item.summary, "summary": None}) if whole else item


def _fields(item: Item) -> dict[str, str | None]:
    return {name: getattr(item, name) for name in Item.__dataclass_fields__}


def plain(written: str) -> str:
    """Return the words of a little HTML, as titles of feeds have it.

    >>> plain("Fire &amp; <b>rescue</b>")
    'Fire & rescue'
    """
    return " ".join(html.unescape(_TAG.sub(" ", written)).split())


def web_address(written: str | None, base: str | None) -> str | None:
    """Return a whole address of the web, made so with that of the feed; None for any other.

    >>> web_address("/news/7", "https://news.example/feed.xml"), web_address("javascript:x()", None)
    ('https://news.example/news/7', None)
    """
    try:
        whole = urljoin(base or "", (written or "").strip())
        parts = urlsplit(whole)
        good = parts.scheme in ("http", "https") and parts.hostname and len(whole) <= _LONGEST_ADDRESS
    except ValueError:
        return None
    return whole if good else None


_LONGEST_ADDRESS = 2_000


def _when(written: str | None) -> float | None:
    """Return a time to order items by, in seconds; one without a zone is taken for UTC."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read((written or "").strip())
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, OverflowError):
            continue
    return None
