"""What a page's markup says of itself: JSON-LD, OpenGraph and meta elements, in that order of trust."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import html

from briefing.documents.dates import Stamp, read_stamp

_JSON_LIMIT = 1_000_000
_ARTICLE_TYPES = ("article", "posting", "report", "webpage")
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """Fields found in the markup; None where it says nothing."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: Stamp | None = None


def read_metadata(tree: html.HtmlElement) -> Metadata:
    """Read the metadata of a parsed page."""
    items = list(_linked_data(tree))
    named = _meta(tree)
    return Metadata(
        title=_first(_strings(items, "headline")) or named.get("og:title") or named.get("twitter:title"),
        publisher=_first(_names(items, "publisher")) or named.get("og:site_name") or named.get("application-name"),
        author=", ".join(dict.fromkeys(_names(items, "author"))) or _author(named),
        published=_published(tree, items, named),
    )


def _author(named: dict[str, str]) -> str | None:
    for name in ("author", "article:author", "parsely-author", "dc.creator", "byl"):
        value = named.get(name, "")
        if value and "://" not in value:
            return value.removeprefix("By ").strip()
    return None


def _published(tree: html.HtmlElement, items: Sequence[dict[str, Any]], named: dict[str, str]) -> Stamp | None:
    written = [*_strings(items, "datePublished"), *(named[name] for name in _DATE_NAMES if name in named)]
    times = tree.xpath(
        "//article//time/@datetime | //*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime"
    )
    for value in (*written, *(str(value) for value in times[:5])):
        stamp = read_stamp(value[:100])
        if stamp:
            return stamp
    return None


# Meta elements
# -------------


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """Return the first value of each named meta element, names in small letters."""
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            named.setdefault(name, content)
    return named


# JSON-LD
# -------


def _linked_data(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD that describe an article."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            for item in _objects(script.text or ""):
                kinds = item.get("@type")
                names = (
                    " ".join(kinds)
                    if isinstance(kinds, list) and all(isinstance(k, str) for k in kinds)
                    else str(kinds)
                )
                if any(kind in names.lower() for kind in _ARTICLE_TYPES):
                    yield item


def _objects(written: str) -> Iterator[dict[str, Any]]:
    try:
        pending: list[Any] = [json.loads(written[:_JSON_LIMIT], strict=False)]
    except (ValueError, RecursionError):
        # A page with broken JSON-LD has no JSON-LD.
        return
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            pending.extend(value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _strings(items: Sequence[dict[str, Any]], key: str) -> Iterator[str]:
    for item in items:
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            yield " ".join(value.split())


def _names(items: Sequence[dict[str, Any]], key: str) -> Iterator[str]:
    for item in items:
        value = item.get(key)
        for one in value if isinstance(value, list) else [value]:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str) and name.strip() and "://" not in name:
                yield " ".join(name.split())


def _first(values: Iterator[str]) -> str | None:
    return next(values, None)
