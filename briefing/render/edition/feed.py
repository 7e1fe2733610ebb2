"""The Atom feed of the briefs: one entry per story and day, the newest first."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime

from briefing.days import Edition
from briefing.render.edition.items import UNTITLED, Item, items, plain
from briefing.render.escaping import show_controls
from briefing.render.templating import html_templates

FEED_EDITIONS = 14
"""Days that the feed goes back."""
_OWNED = "2026"
"""A `tag:` address names a time at which its host was the writer's (RFC 4151); the feed as a whole has no day."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def feed(editions: Sequence[Edition], *, title: str, site: str | None = None) -> bytes:
    """Return `feed.atom` for the last editions, in any order. The same editions give the same bytes.

    An entry is known by its story and its day, so a day that is made again changes its entries and adds none. With a
    `site` ids are `tag:` addresses of its host and entries link to their pages; without one, ids are made of the title.
    """
    from feedgen.feed import FeedGenerator

    latest = sorted(editions, key=lambda edition: edition.day, reverse=True)[:FEED_EDITIONS]
    made = FeedGenerator()
    made.id(_id(site, title, None, "feed"))
    made.title(_clean(title))
    made.author(name=_clean(title))
    made.generator("briefing")
    made.updated(max((edition.as_of for edition in latest), default=_NEVER))
    if site:
        made.link(href=f"{site.rstrip('/')}/feed.atom", rel="self")
    for edition in latest:
        for item in items(edition, site):
            entry = made.add_entry(order="append")
            entry.id(_id(site, title, edition.day, item.thread))
            entry.title(_clean(item.title))
            entry.updated(edition.as_of)
            entry.summary(_clean(" ".join(map(plain, item.lines))))
            # An entry without a link must have content (RFC 4287, 4.1.1.1).
            entry.content(_content(item), type="html")
            if item.address:
                entry.link(href=item.address)
    printed: bytes = made.atom_str(pretty=True)
    return printed


def _content(item: Item) -> str:
    return html_templates().get_template("edition/entry.html.j2").render(story=item)


def _id(site: str | None, title: str, day: date | None, name: str) -> str:
    """Name a feed or an entry for ever.

    >>> _id("https://briefs.example:8443/", "Desk", date(2031, 3, 6), "2031-03-04/2")
    'tag:briefs.example,2031-03-06:2031-03-04/2'
    >>> _id(None, "Desk", date(2031, 3, 6), "2031-03-04/2")[:9]
    'urn:uuid:'
    """
    if site:
        host = site.split("/")[2].rpartition("@")[2].partition(":")[0].lower()
        return f"tag:{host},{day or _OWNED}:{name}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"briefing:{title}/{day or ''}/{name}").urn


def _clean(text: str) -> str:
    """Make one line of it that XML can hold, and that is not empty."""
    return show_controls(" ".join(text.split())) or UNTITLED
