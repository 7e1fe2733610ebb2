"""Whatever feeds do over days, and wherever runs are killed: nothing is lost, nothing is kept twice."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.fetch import Fetched, FetchedBefore
from briefing.gathering import Gathered, Pace, gather
from briefing.memory import Memory, open_memory
from briefing.plan.model import Plan
from briefing.sources import ReadLimits
from tests.test_gathering import Dying, Killed

START = datetime(2031, 3, 4, 7, 0, tzinfo=UTC)
FEEDS, ARTICLES = 3, 5
#: Which of the feeds have summaries only.
SUMMARIES = frozenset({1, 2})

Edits = st.lists(st.tuples(st.integers(0, FEEDS - 1), st.integers(0, ARTICLES - 1)), min_size=1, max_size=6)
"""(feed, article): it comes into the feed, or it is written anew where it is."""
Days = st.lists(st.tuples(Edits, st.lists(st.integers(0, 8), max_size=2)), min_size=1, max_size=4)
"""What changes, and after how many transactions each run is killed before one comes through."""


class World:
    """Feeds and pages as they stand."""

    def __init__(self) -> None:
        self.versions = Counter[int]()
        self.told: list[list[int]] = [[] for _ in range(FEEDS)]

    def edit(self, feed: int, article: int) -> None:
        """Tell an article, anew where it was told before."""
        self.versions[article] += 1
        if article not in self.told[feed]:
            self.told[feed].insert(0, article)

    def fetcher(self) -> FetchedBefore:
        """What can be fetched now."""
        feeds = {feed_at(feed): self._feed(feed) for feed in range(FEEDS) if self.told[feed]}
        pages = {page_at(article): self._page(article) for article in self.versions}
        return FetchedBefore(pages=feeds | pages)

    def marks(self) -> set[str]:
        """A word of each article that stands in a feed, which only its present version has."""
        return {self._mark(article) for told in self.told for article in told}

    def _mark(self, article: int) -> str:
        return f"{article}{self.versions[article]:03}"

    def _body(self, article: int) -> list[str]:
        first = f"The council counted {self._mark(article)} complaints about the harbour bridge on Monday morning."
        return [first, "Repairs will take six weeks, the council said on Tuesday, and the ferry runs until then."]

    def _feed(self, feed: int) -> Fetched:
        items = "".join(self._item(article, whole=feed not in SUMMARIES) for article in self.told[feed])
        data = f'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{items}</channel></rss>'
        return Fetched(address=feed_at(feed), data=data.encode(), content_type="application/rss+xml")

    def _item(self, article: int, *, whole: bool) -> str:
        body = self._body(article)
        marked_up = escape("".join(f"<p>{words}</p>" for words in body))
        full = f"<content:encoded>{marked_up}</content:encoded>" if whole else ""
        link = f"<link>{page_at(article)}</link><guid>g{article}</guid>"
        return f"<item><title>Complaints {article}</title>{link}<description>{body[0]}</description>{full}</item>"

    def _page(self, article: int) -> Fetched:
        body = "".join(f"<p>{words}</p>" for words in self._body(article))
        page = (
            f"<html lang=en><title>Complaints</title><body><article><h1>Complaints</h1>{body}</article></body></html>"
        )
        return Fetched(address=page_at(article), data=page.encode(), content_type="text/html", etag=f"{len(page)}")


def feed_at(feed: int) -> str:
    """The address of a feed."""
    return f"https://f{feed}.example/feed.xml"


def page_at(article: int) -> str:
    """The address of an article's page."""
    return f"https://pages.example/{article}.html"


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(Days, st.sampled_from([1, 1_000_000]))
def test_after_a_run_that_came_through_every_article_is_there_once_as_it_stands(
    days: list[tuple[list[tuple[int, int]], list[int]]], batch_bytes: int
) -> None:
    world = World()
    plan = Plan(path=Path("briefing.toml"), feeds=tuple(map(feed_at, range(FEEDS))))
    pace = Pace(batch_bytes=batch_bytes, places=2)
    with tempfile.TemporaryDirectory() as folder, open_memory(f"{folder}/memory.sqlite3") as memory:

        def run(now: datetime, remembering: Memory | Dying) -> Gathered:
            fetcher = world.fetcher()
            return gather(plan, remembering, fetcher, now=now, limits=ReadLimits(), pace=pace)

        for number, (edits, kills) in enumerate(days):
            now = START + timedelta(days=number)
            for feed, article in edits:
                world.edit(feed, article)
            for after in kills:
                with suppress(Killed):
                    run(now, Dying(memory, after))
            run(now, memory)
            assert _marks(memory, now) == world.marks()
            repeated = run(now, memory)
            assert (repeated.new, repeated.changed) == (0, 0)
        keys = {page_at(article) for told in world.told for article in told}
        assert set(memory.latest(map(page_at, range(ARTICLES)), upto=now.date())) == keys


def _marks(memory: Memory, now: datetime) -> set[str]:
    latest = memory.latest(map(page_at, range(ARTICLES)), upto=now.date())
    return {article.document.text.partition("counted ")[2].partition(" ")[0] for article in latest.values()}
