"""JSON Feed: the items of a feed that is written in JSON."""

from __future__ import annotations

from typing import Any

from briefing.articles import first_words, no_article, sound
from briefing.sources.feed_items import Feed, Item, as_parts, web_address
from briefing.sources.part import Part


def items(feed: Any, address: str | None) -> tuple[Part, ...]:
    """Return the items of a parsed JSON Feed. Raises SourceNotAnArticle when it has none."""
    listed = feed.get("items") if isinstance(feed, dict) else None
    found = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    if not found:
        raise no_article("")
    base = web_address(_said(feed, "home_page_url") or _said(feed, "feed_url"), address) or address
    return as_parts(
        Feed(
            title=_said(feed, "title"),
            language=_said(feed, "language"),
            items=tuple(_item(item, base) for item in found),
        )
    )


def _said(item: dict[str, Any], *keys: str) -> str | None:
    found = first_words({key: item.get(key) for key in keys}, [key.replace("_", "") for key in keys])
    return sound(found[1]) if found else None


def _item(item: dict[str, Any], base: str | None) -> Item:
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    named = [person.get("name") for person in people or () if isinstance(person, dict)]
    key = item.get("id")
    return Item(
        key=str(key) if isinstance(key, str | int) else _said(item, "url"),
        title=_said(item, "title"),
        address=web_address(_said(item, "url", "external_url"), base),
        published=_said(item, "date_published"),
        updated=_said(item, "date_modified"),
        author=", ".join(sound(name) for name in named if isinstance(name, str) and name.strip()) or None,
        markup=_said(item, "content_html"),
        text=_said(item, "content_text"),
        summary=_said(item, "summary"),
    )
