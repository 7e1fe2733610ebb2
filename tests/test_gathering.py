"""Gathering from a web of feeds: what is new is read once, what fails costs itself, and a killed run loses nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.days import Article
from briefing.errors import StoreError
from briefing.gathering import Gathered, KnownPages, Pace, Rechecked, gather, recheck
from briefing.memory import Memory, open_memory
from briefing.plan.model import Plan
from briefing.sources import ReadLimits, sha256
from tests.fault_server import Behaviour, dripping_body, hang_up, redirect, reset_mid_body, silence
from tests.feed_server import FeedServer, Told, as_feed, feeding
from tests.page_server import near, page

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

LIMITS = ReadLimits(max_bytes=200_000)
ROOT = Path(__file__).parent.parent
DAY_ONE = datetime(2025, 3, 4, 7, 0, tzinfo=UTC)
DAY_TWO = DAY_ONE + timedelta(days=1)
FERRY = Told(
    name="ferry",
    title="Ferry runs aground",
    text="The ferry Maid of Ellery ran aground on Monday with 214 passengers on board, the harbour master said.\n\n"
    "Nobody was hurt, and the passengers were brought ashore by two fishing boats before noon.",
)
BRIDGE = Told(
    name="bridge",
    title="Bridge closed for six weeks",
    text="The harbour bridge was closed on Monday after inspectors found cracks in two of its beams.\n\n"
    "Repairs will take six weeks, the council said on Tuesday, and the ferry runs until then.",
)
SUMMARY = replace(BRIDGE, full=False)


@pytest.fixture
def web() -> Iterator[FeedServer]:
    """Serve."""
    with feeding() as server:
        yield server


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """Remember."""
    with closing(open_memory(str(tmp_path / "memory.sqlite3"))) as opened:
        yield opened


def plan_of(tmp_path: Path, *feeds: str, **more: Any) -> Plan:
    """A plan with these feeds."""
    return Plan(path=tmp_path / "briefing.toml", feeds=feeds, **more)


def run(plan: Plan, memory: Any, now: datetime = DAY_ONE, *, pace: Pace | None = None, **settings: Any) -> Gathered:
    """Gather once, as a run of its own does."""
    with near(pages=KnownPages(memory), **settings) as fetcher:
        return gather(plan, memory, fetcher, now=now, limits=LIMITS, pace=pace)


def again(plan: Plan, memory: Memory, articles: Any, now: datetime = DAY_TWO) -> Rechecked:
    """Look again at where articles came from."""
    with near(pages=KnownPages(memory)) as fetcher:
        return recheck(plan, memory, fetcher, articles, now=now, limits=LIMITS)


def titles(articles: tuple[Article, ...]) -> list[str]:
    """What was read."""
    return sorted(article.document.title or "" for article in articles)


# One day after the other
# -----------------------


def test_a_second_run_asks_whether_feeds_have_changed_and_reads_nothing(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    web.tells("radio", FERRY, SUMMARY)
    web.tells("post", replace(FERRY, name="aground", text=f"{FERRY.text} It is 61 years old."))
    plan = plan_of(tmp_path, web.feed("radio"), web.feed("post"))
    first = run(plan, memory)
    assert (first.new, first.changed, first.known, first.unread) == (3, 0, 0, ())
    assert titles(memory.articles(DAY_ONE.date())) == [BRIDGE.title, FERRY.title, FERRY.title]
    del web.answers[:]
    assert run(plan, memory) == Gathered(known=2)
    assert sorted(web.answers) == [("/post/feed.xml", 304), ("/radio/feed.xml", 304)]


def test_the_next_day_has_what_was_added_and_what_was_changed_and_nothing_else(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    web.tells("radio", FERRY, BRIDGE)
    plan = plan_of(tmp_path, web.feed("radio"))
    run(plan, memory)
    web.tells("radio", replace(FERRY, name="inquiry", title="Inquiry opens"), BRIDGE.changed("six weeks", "nine weeks"))
    second = run(plan, memory, DAY_TWO)
    assert (second.new, second.changed, second.known) == (1, 1, 1)
    today = memory.articles(DAY_TWO.date())
    assert titles(today) == [BRIDGE.title, "Inquiry opens"]
    assert any("nine weeks" in article.document.text for article in today)
    assert len(memory.articles(DAY_ONE.date())) == 2


def test_an_article_whose_address_is_written_anew_stays_the_same_article(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    web.tells("radio", FERRY)
    plan = plan_of(tmp_path, web.feed("radio"))
    run(plan, memory)
    web.tells("radio", replace(FERRY.changed("214", "219"), path="/radio/ferry-219.html"))
    assert run(plan, memory, DAY_TWO).changed == 1
    (before,), (after,) = memory.articles(DAY_ONE.date()), memory.articles(DAY_TWO.date())
    assert before.key == after.key == web.page("radio", FERRY)
    assert after.document.location.endswith("/ferry-219.html")


def test_an_item_that_gets_another_name_whenever_it_is_written_anew_stays_the_same_article(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    web.tells("radio", replace(FERRY, name="ferry#0", path="/radio/ferry.html"))
    plan = plan_of(tmp_path, web.feed("radio"))
    run(plan, memory)
    web.drops("radio", "ferry#0")
    web.tells("radio", replace(FERRY.changed("214", "219"), name="ferry#1", path="/radio/ferry.html"))
    assert run(plan, memory, DAY_TWO).changed == 1
    assert "219" in memory.articles(DAY_TWO.date())[0].document.text
    assert len(memory.latest([web.at("/radio/ferry.html")], upto=DAY_TWO.date())) == 1


def test_two_feeds_that_lead_to_one_page_bring_one_article(tmp_path: Path, web: FeedServer, memory: Memory) -> None:
    shared = replace(SUMMARY, path="/pages/bridge.html")
    web.tells("radio", shared)
    web.tells("town", replace(shared, name="b", title="Closed!"))
    web.puts("/town/feed.xml", web_feed_with_campaign(web, shared), "application/rss+xml")
    plan = plan_of(tmp_path, web.feed("radio"), web.feed("town"))
    found = run(plan, memory)
    assert (found.new, found.changed) == (1, 0)
    (article,) = memory.articles(DAY_ONE.date())
    assert (article.place, article.key) == (web.feed("radio"), web.at("/pages/bridge.html"))
    assert run(plan, memory, DAY_TWO) == Gathered(known=2)


def web_feed_with_campaign(web: FeedServer, told: Told) -> str:
    """A feed that says by its links how readers came."""
    link = f"{web.at(told.path or '')}?utm_source=town&amp;utm_medium=rss"
    item = f"<item><title>Closed!</title><link>{link}</link><guid>77</guid><description>Cracks.</description></item>"
    return f'<rss version="2.0"><channel><title>Town</title>{item}</channel></rss>'


def test_a_page_reached_by_a_redirect_and_by_its_own_address_is_one_article(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    web.tells("radio", SUMMARY)
    web.tells("short", replace(SUMMARY, path="/go/1"))
    web.does("/go/1", redirect(302, web.page("radio", SUMMARY)))
    found = run(plan_of(tmp_path, web.feed("short"), web.feed("radio")), memory)
    assert found.new == 1
    assert len(memory.articles(DAY_ONE.date())) == 1
    assert run(plan_of(tmp_path, web.feed("radio")), memory, DAY_TWO) == Gathered(known=1)


def test_a_feed_that_is_only_written_anew_changes_nothing(tmp_path: Path, web: FeedServer, memory: Memory) -> None:
    web.tells("radio", FERRY, SUMMARY)
    plan = plan_of(tmp_path, web.feed("radio"))
    run(plan, memory)
    feed = as_feed("radio", [SUMMARY, FERRY], web.at("/radio/")).replace("<title>Radio<", "<title>Radio Ellery<")
    web.puts("/radio/feed.xml", feed, "text/xml")
    assert run(plan, memory, DAY_TWO) == Gathered(known=2)


def test_a_copy_of_an_item_verifies_as_a_source_of_its_own(tmp_path: Path, web: FeedServer, memory: Memory) -> None:
    from briefing.documents import read_document
    from briefing.sources import read

    web.tells("radio", FERRY)
    run(plan_of(tmp_path, web.feed("radio")), memory)
    (article,) = memory.articles(DAY_ONE.date())
    kept = memory.body(article.document.sha256)
    assert kept is not None
    data, kind = kept
    assert (sha256(data), kind) == (article.document.sha256, "application/json")
    (tmp_path / "copy.json").write_bytes(data)
    copy = read_document(read(str(tmp_path / "copy.json"), id="S0", limits=LIMITS))
    assert (copy.text, copy.sha256) == (article.document.text, article.document.sha256)


# What fails
# ----------


def _xml(written: str) -> Behaviour:
    return page(written, content_type="application/rss+xml")


GOOD = "The council met on Monday and agreed to close the harbour bridge for repairs until the middle of April."
#: As in `docs/gathering.md`: what a feed does → (how, what the line about it says).
FAULTS = {
    "falls silent": (silence, "the server fell silent"),
    "drips a byte at a time": (dripping_body, "no whole answer within the time"),
    "hangs up": (hang_up, "the connection broke off"),
    "breaks off": (reset_mid_body, "the connection broke off"),
    "redirects in circles": (redirect(302, "/bad/feed.xml"), "more than 5 redirects in a row"),
    "is gone": (page("", 410), "the server says that nothing stands any more (410)"),
    "is cut off in its only item": (_xml("<rss><channel><item"), "of its new items, 1 could not be read"),
    "has no items": (_xml("<rss><channel/></rss>"), "a feed without items"),
    "is XML of another kind": (_xml("<opml><body/></opml>"), "XML that is neither a feed nor a page"),
    "declares entities": (_xml('<!DOCTYPE r [<!ENTITY a "b">]><rss/>'), "XML that declares entities of its own"),
    "sends a page, and calls it a feed": (_xml(f"<html><body><p>{GOOD}</p></body></html>"), "no feed: what is there"),
    "sends a picture": (page(b"\x89PNG", content_type="image/png"), "the server sends a picture (image/png)"),
    "is larger than may be": (_xml(" " * 300_000), "300,000 bytes, and the limit is 200,000"),
    "writes to the terminal": (_xml("<rss><channel>\x1b[31m\x07<\x1b[2Jx"), "a feed without items"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_feed_that_fails_costs_itself_and_is_named_in_one_line(
    fault: str, tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    behaviour, says = FAULTS[fault]
    web.tells("radio", FERRY)
    web.tells("post", SUMMARY)
    web.does("/bad/feed.xml", behaviour)
    plan = plan_of(tmp_path, web.feed("radio"), web.feed("bad"), web.feed("post"))
    found = run(plan, memory)
    assert found.new == 2
    (line,) = found.unread
    assert line.location == web.feed("bad")
    assert says in line.error
    assert line.error.isprintable()
    web.tells("bad", replace(FERRY, name="late", text=GOOD))
    assert (run(plan, memory).new, len(memory.articles(DAY_ONE.date()))) == (1, 3)


def test_the_page_lists_the_faults_that_are_tried_here_and_no_others() -> None:
    written = (ROOT / "docs" / "gathering.md").read_text(encoding="utf-8").partition("## What fails")[2]
    rows = [
        tuple(cell.strip() for cell in row.split("|")[1:-1]) for row in written.splitlines() if row.startswith("| ")
    ]
    assert rows[2:] == [(fault, says) for fault, (_, says) in FAULTS.items()]


def test_what_steers_terminals_is_shown_in_the_line_about_a_feed(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    item = {"id": "1", "url": "https://127.0.0.1/\x1b[31m\u202e", "title": "\x07"}
    web.puts("/a/feed.json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}))
    (line,) = run(plan_of(tmp_path, web.at("/a/feed.json")), memory).unread
    assert "⟨U+001B⟩" in line.error
    assert (line.location + line.error + line.hint).isprintable()


def test_a_site_in_the_place_of_its_feed_tells_where_the_feed_is(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    link = '<link rel="alternate" href="/radio/feed.xml" type="application/rss+xml">'
    web.puts("/", f"<!DOCTYPE html><html><head>{link}</head><body><p>{GOOD}</p></body></html>")
    (line,) = run(plan_of(tmp_path, web.at("/")), memory).unread
    assert line.hint == f"it names a feed, {web.feed('radio')}"


def test_items_that_cannot_be_read_are_told_once_in_one_line(tmp_path: Path, web: FeedServer, memory: Memory) -> None:
    bare = "".join(f"<item><title>{n}</title><guid>g{n}</guid></item>" for n in range(3))
    item = f"<item><title>Council</title><guid>g9</guid><description>{GOOD}</description></item>"
    web.puts("/a/feed.xml", f"<rss><channel>{bare}{item}</channel></rss>", "text/xml")
    plan = plan_of(tmp_path, web.feed("a"))
    found = run(plan, memory)
    assert (found.new, len(found.unread)) == (1, 1)
    assert found.unread[0].error.startswith("of its new items, 3 could not be read; the first: ")
    web.puts("/a/feed.xml", f"<rss><channel>{bare}{item} </channel></rss>", "text/xml")
    assert run(plan, memory).unread == found.unread
    assert run(plan, memory, DAY_TWO) == Gathered(known=1)


def test_a_page_that_is_not_there_leaves_the_summary_and_is_not_asked_for_again(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    web.tells("radio", SUMMARY)
    web.does("/radio/bridge.html", page("", 404))
    plan = plan_of(tmp_path, web.feed("radio"))
    found = run(plan, memory)
    assert found.new == 1
    assert "their summaries were read" in found.unread[0].error
    (article,) = memory.articles(DAY_ONE.date())
    assert (article.document.shortfall or "").startswith("teaser only")
    web.tells("radio", FERRY)
    asked = len(web.asked)
    assert run(plan, memory, DAY_TWO).new == 1
    assert web.asked[asked:] == ["/radio/feed.xml"]


def test_a_page_that_could_not_be_had_is_asked_for_by_the_next_run(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    web.tells("radio", SUMMARY, FERRY)
    whole = web.pages["/radio/bridge.html"][0]
    web.does("/radio/bridge.html", page("", 503))
    plan = plan_of(tmp_path, web.feed("radio"))
    assert run(plan, memory).new == 2
    repeated = run(plan, memory)
    assert (repeated.new, repeated.changed, len(repeated.unread)) == (0, 0, 1)
    web.does("/radio/bridge.html", whole)
    mended = run(plan, memory)
    assert (mended.new, mended.changed, mended.unread) == (0, 1, ())
    read = {article.document.title: article for article in memory.articles(DAY_ONE.date())}
    assert read[BRIDGE.title].document.shortfall is None
    assert run(plan, memory) == Gathered(known=1)


def test_a_feed_gets_so_much_time_and_the_next_run_reads_the_pages_that_were_left(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    web.tells("radio", SUMMARY, FERRY)
    plan = plan_of(tmp_path, web.feed("radio"))
    found = run(plan, memory, pace=Pace(place_s=0))
    assert "no time was left" in found.unread[0].error
    assert "/radio/bridge.html" not in web.asked
    assert run(plan, memory).changed == 1


def test_of_more_new_items_than_a_run_reads_the_newest_are_and_the_others_never(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    items = [replace(FERRY, name=f"f{n}", title=f"Ferry {n}", published=DAY_ONE - timedelta(hours=n)) for n in range(5)]
    web.tells("radio", *items)
    plan = plan_of(tmp_path, web.feed("radio"))
    found = run(plan, memory, pace=Pace(items=2))
    assert found.unread[0].error == "it has 5 new items; the newest 2 were read"
    assert titles(memory.articles(DAY_ONE.date())) == ["Ferry 0", "Ferry 1"]
    web.tells("radio", replace(FERRY, title="Ferry again"))
    assert run(plan, memory, DAY_TWO).new == 1


# Pages and folders
# -----------------


def test_pages_of_a_plan_are_read_when_their_text_changes(tmp_path: Path, web: FeedServer, memory: Memory) -> None:
    web.tells("town", BRIDGE)
    plan = plan_of(tmp_path, pages=(web.page("town", BRIDGE), web.at("/none.html")))
    found = run(plan, memory)
    assert (found.new, [line.location for line in found.unread]) == (1, [web.at("/none.html")])
    assert run(plan, memory, DAY_TWO).known == 1
    web.tells("town", BRIDGE.changed("six weeks", "nine weeks"))
    assert run(plan, memory, DAY_TWO).changed == 1
    web.drops("town", BRIDGE.name)
    assert run(plan, memory, DAY_TWO).withdrawn == (web.page("town", BRIDGE),)


def test_files_count_by_their_bytes_and_files_of_several_by_their_articles(tmp_path: Path, memory: Memory) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(f"{FERRY.title}\n\n{FERRY.text}\n", encoding="utf-8")
    lines = [
        json.dumps({"title": told.title, "text": told.text, "url": f"https://radio.example/{told.name}"})
        for told in (FERRY, BRIDGE)
    ]
    (inbox / "many.jsonl").write_text(lines[0] + "\n", encoding="utf-8")
    (inbox / "letter.eml").write_text(
        f"From: Ada Berg <ada@radio.example>\nTo: desk@news.example\nSubject: Council\nMIME-Version: 1.0\n\n{GOOD}\n",
        encoding="utf-8",
    )
    (inbox / "settings.json").write_text('{"a": 1}', encoding="utf-8")
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    plan = plan_of(tmp_path, folders=(str(inbox),))
    found = run(plan, memory)
    assert (found.new, [line.location for line in found.unread]) == (3, ["inbox/broken.pdf"])
    keys = {article.key for article in memory.articles(DAY_ONE.date())}
    assert keys == {"inbox/a.txt", "https://radio.example/ferry", "inbox/letter.eml"}
    assert run(plan, memory, DAY_TWO) == Gathered(known=5)
    (inbox / "a.txt").write_text(f"{FERRY.title}\n\n{FERRY.text} It is afloat.\n", encoding="utf-8")
    (inbox / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = run(plan, memory, DAY_TWO)
    assert (found.new, found.changed, found.unread) == (1, 1, ())


def test_a_folder_that_is_not_there_is_named_as_the_plan_sees_it(tmp_path: Path, memory: Memory) -> None:
    (line,) = run(plan_of(tmp_path, folders=(str(tmp_path / "nowhere"),)), memory).unread
    assert line.location == "nowhere"


def test_a_saved_feed_never_goes_online(tmp_path: Path, web: FeedServer, memory: Memory) -> None:
    (tmp_path / "saved.xml").write_text(as_feed("radio", [SUMMARY, FERRY], web.at("/radio/")), encoding="utf-8")
    assert run(plan_of(tmp_path, str(tmp_path / "saved.xml")), memory).new == 2
    assert web.paths == []


# Looking again
# -------------


def test_looking_again_tells_edited_withdrawn_and_unchanged_apart(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    kept = replace(FERRY, full=False)
    gone = replace(kept, name="gone", title="Gone", text=GOOD)
    dead = replace(kept, name="dead", title="Dead", text=f"{GOOD} Nobody objected.")
    web.tells("radio", kept, SUMMARY, gone, dead)
    plan = plan_of(tmp_path, web.feed("radio"))
    assert run(plan, memory).new == 4
    articles = memory.articles(DAY_ONE.date())
    web.tells("radio", SUMMARY.changed("six weeks", "nine weeks"))
    web.drops("radio", "gone")
    web.does("/radio/dead.html", page("", 500))
    found = again(plan, memory, articles)
    assert found.unchanged == (web.page("radio", kept),)
    assert found.withdrawn == (web.page("radio", gone),)
    assert found.unknown == (web.page("radio", dead),)
    (edited,) = found.edited
    assert (edited.key, edited.day) == (web.page("radio", SUMMARY), DAY_TWO.date())
    assert "nine weeks" in edited.document.text
    assert memory.latest([edited.key], upto=DAY_TWO.date()) == {edited.key: edited}
    assert again(plan, memory, articles).edited == ()


def test_looking_again_asks_nobody_where_a_secret_was_taken_out_of_the_address(
    tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    web.tells("radio", replace(SUMMARY, path="/a"))
    feed = as_feed("radio", [replace(SUMMARY, path="/a?token=8f3c")], web.at("/radio/"))
    web.puts("/radio/feed.xml", feed, "text/xml")
    plan = plan_of(tmp_path, web.feed("radio"))
    assert run(plan, memory).new == 1
    (article,) = memory.articles(DAY_ONE.date())
    assert "8f3c" not in article.key + article.document.location
    asked = len(web.asked)
    assert again(plan, memory, [article]).unknown == (article.key,)
    assert len(web.asked) == asked


def test_looking_again_at_files_finds_those_that_are_gone(tmp_path: Path, memory: Memory) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"{FERRY.title} {name}\n\n{FERRY.text}\n", encoding="utf-8")
    plan = plan_of(tmp_path, folders=tuple(str(tmp_path / f"{name}.txt") for name in ("a", "b", "c")))
    run(plan, memory)
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b.txt").write_text(f"{FERRY.title}\n\n{BRIDGE.text}\n", encoding="utf-8")
    found = again(plan, memory, memory.articles(DAY_ONE.date()))
    assert (found.withdrawn, found.unchanged) == (("a.txt",), ("c.txt",))
    assert [article.key for article in found.edited] == ["b.txt"]


# Killed
# ------


class Killed(BaseException):
    """The process is gone."""


class Dying:
    """A memory whose process dies in the middle of keeping something, the so-manieth time."""

    def __init__(self, memory: Memory, after: int) -> None:
        self._memory = memory
        self._left = after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._memory, name)

    def keep(self, *kept: Any, **more: Any) -> None:
        """Keep, or die."""
        if self._left == 0:
            raise Killed
        self._left -= 1
        self._memory.keep(*kept, **more)


@pytest.mark.parametrize("after", range(9))
def test_a_run_killed_between_any_two_transactions_is_finished_by_the_next(
    after: int, tmp_path: Path, web: FeedServer, memory: Memory
) -> None:
    shared = replace(SUMMARY, path="/pages/bridge.html")
    web.tells("radio", FERRY, shared, replace(FERRY, name="two", title="Two", text=GOOD))
    web.tells("post", replace(shared, name="other"), replace(FERRY, name="aground"))
    lost = replace(SUMMARY, name="lost", title="Lost")
    web.tells("town", replace(FERRY, name="three", title="Three"), lost, replace(FERRY, name="four", title="Four"))
    web.does("/town/lost.html", page("", 404))
    plan = plan_of(tmp_path, web.feed("radio"), web.feed("post"), web.feed("town"))
    # One byte is a batch: every article is a transaction of its own.
    pace = Pace(batch_bytes=1, pages=1)
    with closing(open_memory(str(tmp_path / "whole.sqlite3"))) as whole:
        undisturbed = run(plan, whole)
        expected = {(a.key, a.fingerprint, a.place) for a in whole.articles(DAY_ONE.date())}
    with pytest.raises(Killed):
        run(plan, Dying(memory, after), pace=pace)
    first = len(memory.articles(DAY_ONE.date()))
    finished = run(plan, memory, pace=pace)
    assert (finished.new, finished.unread) == (len(expected) - first, undisturbed.unread)
    assert {(a.key, a.fingerprint, a.place) for a in memory.articles(DAY_ONE.date())} == expected
    repeated = run(plan, memory)
    assert (repeated.new, repeated.unread) == (0, undisturbed.unread)
    assert len(undisturbed.unread) == 1


def test_a_memory_that_fails_ends_the_run_with_its_own_error(tmp_path: Path, web: FeedServer) -> None:
    web.tells("radio", FERRY)
    with closing(open_memory(str(tmp_path / "m.sqlite3"))) as memory:
        broken = Dying(memory, 9)
        broken.fingerprints = failing  # type: ignore[attr-defined]
        with pytest.raises(StoreError):
            run(plan_of(tmp_path, web.feed("radio")), broken)


def failing(_: object) -> None:
    """Fail."""
    raise StoreError("m.sqlite3", "the disk is full", hint="make room")
