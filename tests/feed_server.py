"""A web of feeds on the loopback interface, day by day: what each outlet tells is plain data, and changes as it does.

Every answer has an `ETag`; who asks with the one of what stands there is answered 304. `does` puts any behaviour of
`fault_server` in the place of a path: silence, redirects in circles, a page in the place of a feed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

from briefing.sources import sha256
from tests.fault_server import Behaviour
from tests.page_server import PageServer, page

EXAMPLES = Path(__file__).parent.parent / "examples"
MORNING = datetime(2025, 3, 4, 6, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An article as one outlet has it."""

    name: str
    """What the outlet calls it, for ever."""
    title: str
    text: str
    """Paragraphs, an empty line between two."""
    published: datetime = MORNING
    full: bool = True
    """Whether the feed has the text; else its first sentence, and the text stands on the page."""
    path: str | None = None
    """Of its page; None is one made of the name."""

    def changed(self, old: str, new: str) -> Told:
        """Write something else in the place of something."""
        assert old in self.text
        return replace(self, text=self.text.replace(old, new))


def example(file: str, **more: Any) -> Told:
    """An article of `examples/`, its first line for its title."""
    title, _, text = (EXAMPLES / file).read_text(encoding="utf-8").strip().partition("\n")
    return Told(**{"name": Path(file).stem, "title": title, "text": text.strip(), **more})


class FeedServer(PageServer):
    """Serves outlets: `/NAME/feed.xml`, and below `/NAME/` the pages of their articles."""

    def __init__(self) -> None:
        super().__init__({})
        self.outlets: dict[str, list[Told]] = {}
        self.answers: list[tuple[str, int]] = []
        """(path, status) of what was answered with a page, without robots.txt; other behaviours do not stand here."""

    def feed(self, outlet: str) -> str:
        """The address of a feed."""
        return self.at(f"/{outlet}/feed.xml")

    def page(self, outlet: str, told: Told) -> str:
        """The address of an article's page."""
        return self.at(_path(outlet, told))

    def tells(self, outlet: str, *articles: Told) -> None:
        """Add articles on top of a feed, or put them in the place of those of the same name."""
        names = {told.name for told in articles}
        before = self.outlets.get(outlet, [])
        self.outlets[outlet] = [*articles, *(told for told in before if told.name not in names)]
        self._serve(outlet)

    def drops(self, outlet: str, name: str) -> None:
        """Take an article out of its feed, and its page off the web."""
        for told in self.outlets[outlet]:
            if told.name == name:
                self.does(_path(outlet, told), page("gone", 410))
        self.outlets[outlet] = [told for told in self.outlets[outlet] if told.name != name]
        self._serve(outlet)

    def does(self, path: str, *behaviours: Behaviour) -> None:
        """Follow a script at a path: with the first request, the second …, the last for ever."""
        self.pages[path] = list(behaviours)

    def puts(self, path: str, body: str | bytes, content_type: str = "text/html; charset=utf-8") -> None:
        """Let something stand at a path."""
        self.does(path, self._standing(body.encode() if isinstance(body, str) else body, content_type))

    def _serve(self, outlet: str) -> None:
        for told in self.outlets[outlet]:
            self.puts(_path(outlet, told), as_page(told, outlet))
        feed = as_feed(outlet, self.outlets[outlet], f"{self.at('')}/{outlet}/")
        self.puts(f"/{outlet}/feed.xml", feed, "application/rss+xml")

    def _standing(self, body: bytes, content_type: str) -> Behaviour:
        tag = f'"{sha256(body)[7:23]}"'
        whole, nothing_new = page(body, content_type=content_type, etag=tag), page(b"", 304, etag=tag)

        def behave(handler: Any) -> None:
            unchanged = handler.headers.get("if-none-match") == tag
            self.answers.append((handler.path, 304 if unchanged else 200))
            (nothing_new if unchanged else whole)(handler)

        return behave


@contextmanager
def feeding() -> Iterator[FeedServer]:
    """Serve in a thread until the block ends."""
    with FeedServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.ending.set()
            server.shutdown()
            thread.join()


def _path(outlet: str, told: Told) -> str:
    return told.path or f"/{outlet}/{told.name}.html"


def as_page(told: Told, outlet: str) -> str:
    """An article as its page."""
    body = "".join(f"<p>{escape(words)}</p>" for words in _paragraphs(told))
    time = f'<meta property="article:published_time" content="{told.published.isoformat()}">'
    head = f'<title>{escape(told.title)}</title>{time}<meta property="og:site_name" content="{escape(outlet.title())}">'
    return (
        f"<!DOCTYPE html><html lang=en><head>{head}</head>"
        f"<body><article><h1>{escape(told.title)}</h1>{body}</article></body></html>"
    )


def as_feed(outlet: str, articles: list[Told], home: str) -> str:
    """An outlet's articles as RSS."""
    items = "".join(_item(told, outlet) for told in articles)
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    head = f"<title>{escape(outlet.title())}</title><link>{escape(home)}</link><language>en</language>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {space}><channel>{head}{items}</channel></rss>'


def _item(told: Told, outlet: str) -> str:
    paragraphs = _paragraphs(told)
    body = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    full = f"<content:encoded>{escape(body)}</content:encoded>" if told.full else ""
    return (
        f"<item><title>{escape(escape(told.title))}</title><link>{escape(_path(outlet, told))}</link>"
        f'<guid isPermaLink="false">{escape(told.name)}</guid><pubDate>{format_datetime(told.published)}</pubDate>'
        f"<description>{escape(escape(paragraphs[0]))}</description>{full}</item>"
    )


def _paragraphs(told: Told) -> list[str]:
    return [" ".join(piece.split()) for piece in told.text.split("\n\n") if piece.strip()]
