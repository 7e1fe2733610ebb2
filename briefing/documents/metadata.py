"""What a page's markup says of itself: JSON-LD, meta elements, microdata, `time`, in that order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from lxml import html

from briefing.documents.dates import Stamp, read_stamp
from briefing.documents.head import Found, Head, same_words, value_of
from briefing.documents.headlines import without_outlet
from briefing.documents.linked_data import Item, main_item, names

_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "headline")
_PUBLISHERS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
_AUTHORS = ("author", "article:author", "og:article:author", "parsely-author", "dc.creator", "dcterms.creator", "byl")
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
)
_UPDATED = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
)
_BY = re.compile(r"(?:by|von|par|por|di)[:\s]\s*(?=\S)", re.I)
_NOBODY = frozenset("admin administrator webmaster root user unknown none null undefined nan".split())
_UNIX = re.compile(r"(1\d{9})(?:\d{3})?")
_VALUE = 200
_NAMES = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """What the markup states."""

    head: Head
    name: str
    """The page's own name: its `title` element."""
    free: bool | None
    """Whether it says that everybody may read all of it; None when it says nothing."""


def read_metadata(tree: html.HtmlElement, address: str | None = None) -> Metadata:
    """Read the metadata of a parsed page; `address` is where it was fetched from, if it was."""
    named = _meta(tree)
    name = _text(tree.find(".//title"))
    titles = [named[key] for key in _TITLES if key in named] + [_text(h1) for h1 in _first(tree.iter("h1"), 3)] + [name]
    canonical = _canonical(tree, address)
    item = main_item(tree, [t for title in titles for t in (title, without_outlet(title, None))], canonical)
    publisher = _publisher(item, named)
    published = _time(tree, item, named, "datePublished", _PUBLISHED) or _time_element(tree)
    updated = _time(tree, item, named, "dateModified", _UPDATED)
    own, elsewhere = _own_address(canonical, address)
    head = Head(
        title=_title(item, named, name, publisher),
        publisher=publisher,
        author=_author(tree, item, named, publisher),
        published=published,
        updated=updated if updated and not (published and updated.value.when == published.value.when) else None,
        address=own,
        warnings=elsewhere,
    )
    return Metadata(head=head, name=name, free=_is_free(item))


def _text(element: html.HtmlElement | None) -> str:
    return "" if element is None else " ".join(str(element.text_content())[:1_000].split())


def _first(elements: Iterable[html.HtmlElement], count: int) -> Iterator[html.HtmlElement]:
    return (element for element, _ in zip(elements, range(count), strict=False))


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """Return the first value of each named meta element, names in small letters."""
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = " ".join((element.get("content") or "")[:1_000].split())
        if name and content:
            named.setdefault(name.strip().lower(), content)
    return named


def _in_meta(named: dict[str, str], keys: Sequence[str]) -> Iterator[Found[str]]:
    return (Found(named[key], f"meta {key}") for key in keys if key in named)


def _in_item(item: Item, key: str) -> Iterator[Found[str]]:
    return (Found(value, f"json-ld {key}") for value in names(item.get(key)))


# Title and publisher
# -------------------


def _title(item: Item, named: dict[str, str], name: str, publisher: Found[str] | None) -> Found[str] | None:
    outlet = value_of(publisher)
    stated = [*_in_item(item, "headline"), *_in_meta(named, _TITLES)]
    if name:
        stated.append(Found(name, "title element"))
    return next((Found(without_outlet(found.value, outlet), found.where) for found in stated), None)


def _publisher(item: Item, named: dict[str, str]) -> Found[str] | None:
    stated = (*_in_item(item, "publisher"), *_in_meta(named, _PUBLISHERS))
    return next((found for found in stated if "://" not in found.value), None)


# Author
# ------


def _author(
    tree: html.HtmlElement, item: Item, named: dict[str, str], publisher: Found[str] | None
) -> Found[str] | None:
    outlet = publisher.value if publisher else ""
    listed = [found.value for found in _in_item(item, "author")][:_NAMES]
    if people := list(dict.fromkeys(persons(listed, outlet))):
        return Found(", ".join(people), "json-ld author")
    for found in _in_meta(named, _AUTHORS):
        if people := list(persons([found.value], outlet)):
            return Found(people[0], found.where)
    marked = (_text(element) for element in _first(tree.iterfind(".//*[@itemprop='author']"), 3))
    people = list(dict.fromkeys(persons((text for text in marked if len(text) <= _VALUE), outlet)))
    return Found(", ".join(people), "itemprop author") if people else None


def persons(stated: Iterable[str], outlet: str) -> Iterator[str]:
    """Leave out addresses, account names and the outlet itself; "By " is not part of a name."""
    for value in stated:
        name = _BY.sub("", value, count=1) if _BY.match(value) else value
        name = name.strip(" ,;|")
        unusable = "://" in name or "@" in name or name.startswith("www.") or name.casefold() in _NOBODY
        if name and not unusable and not same_words(name, outlet):
            yield name


# Times
# -----


def _time(
    tree: html.HtmlElement, item: Item, named: dict[str, str], key: str, meta: Sequence[str]
) -> Found[Stamp] | None:
    marked = tree.xpath("//*[@itemprop=$key]/@content | //*[@itemprop=$key]/@datetime", key=key)[:3]
    stated = (
        *_in_item(item, key),
        *_in_meta(named, meta),
        *(Found(str(value), f"itemprop {key}") for value in marked),
    )
    return _first_stamp(stated)


def _first_stamp(stated: Iterable[Found[str]]) -> Found[Stamp] | None:
    for found in stated:
        if stamp := stated_time(found.value[:_VALUE]):
            return Found(stamp, found.where)
    return None


def stated_time(written: str) -> Stamp | None:
    """Read a time as data has it: in seconds or milliseconds since 1970, or written out."""
    if seconds := _UNIX.fullmatch(written.strip()):
        return Stamp(when=datetime.fromtimestamp(int(seconds[1]), UTC), precision="second")
    return read_stamp(written)


def _time_element(tree: html.HtmlElement) -> Found[Stamp] | None:
    """Read the first `time` of the article that nothing calls an update; those of other articles come later."""
    times = tree.xpath("//article//time[@datetime] | //header//time[@datetime] | //time[@pubdate][@datetime]")[:3]
    updates = re.compile(r"updat|modif", re.I)
    return _first_stamp(
        Found(str(element.get("datetime")), "time datetime")
        for element in times
        if not updates.search(f"{element.get('class')} {element.get('itemprop')} {_text(element.getparent())[:_VALUE]}")
    )


# Address
# -------


def _canonical(tree: html.HtmlElement, address: str | None) -> list[str]:
    """Return the addresses that the page gives as its own, made whole; those that are no web address are left out."""
    links = [str(link) for link in tree.xpath("//link[@rel='canonical']/@href")[:2]]
    whole: list[str] = []
    for link in links:
        try:
            absolute = urljoin(address or "", link.strip())
            parts = urlsplit(absolute)
        except ValueError:
            # "http://[" is no address.
            continue
        if parts.scheme in ("http", "https") and parts.hostname and len(absolute) <= 2_000:
            whole.append(absolute)
    return whole


def _own_address(canonical: Sequence[str], fetched: str | None) -> tuple[Found[str] | None, tuple[str, ...]]:
    """Believe a page about where it stands only within the site that it came from.

    What a page says of another site could give it the name of an outlet that it is not from.
    """
    if not canonical:
        return None, ()
    link = canonical[0]
    if fetched is None or _site(link) == _site(fetched):
        return Found(link, "link canonical"), ()
    return None, (f"The page gives an address of another site as its own: {link}",)


def _site(address: str) -> str:
    host = (urlsplit(address).hostname or "").lower().rstrip(".")
    return re.sub(r"^(?:(?:www|m|mobile|amp)\.)+", "", host)


def _is_free(item: Item) -> bool | None:
    stated = item.get("isAccessibleForFree")
    if isinstance(stated, str):
        return {"true": True, "false": False}.get(stated.strip().lower().rsplit("/", 1)[-1])
    return stated if isinstance(stated, bool) else None
