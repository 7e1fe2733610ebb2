"""Feeds: their items, the pages of items that are only summaries, and XML made to break a reader."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.documents import read_document
from briefing.errors import SourceError
from briefing.fetch import Fetched, FetchedBefore
from briefing.sources import ReadLimits, collect, read, sha256
from briefing.types import Document, Source, Unread

LIMITS = ReadLimits()
FIRST = "The harbour bridge was closed on Monday after inspectors found cracks in two of its beams."
SECOND = "Repairs will take six weeks, the council said on Tuesday, and the ferry runs until then."
FULL = f"<p>{FIRST}</p><p>{SECOND}</p>"
ADDRESS = "https://radio.example/news/feed.xml"


def rss(items: str, head: str = "<title>Radio Ellery</title><link>https://radio.example/</link>") -> bytes:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    return f'<?xml version="1.0"?><rss version="2.0" {spaces} {media}><channel>{head}{items}</channel></rss>'.encode()


def item(number: int, *, more: str = "", text: str = FULL) -> str:
    full = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else ""
    return (
        f"<item><title>Bridge &amp;amp; beams {number}</title><link>/a/{number}</link><guid>g{number}</guid>"
        f"<pubDate>Tue, {number % 28 + 1:02} Mar 2024 17:12:00 +0100</pubDate>"
        f"<description>{FIRST}</description>{full}{more}</item>"
    )


RSS = rss(item(4, more="<dc:creator>Ada Berg</dc:creator>").replace("4<", "1<").replace("/4", "/1"))

ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title type="html">Radio &lt;b&gt;Ellery&lt;/b&gt;</title><link rel="self" href="{ADDRESS}"/><link href="https://radio.example/"/>
<entry><id>tag:1</id><title>Bridge &amp; beams 1</title><link rel="enclosure" href="/x.mp3"/><link href="/a/1"/>
<published>2024-03-05T17:12:00+01:00</published><updated>2024-03-06T09:00:00+01:00</updated>
<author><name>Ada Berg</name><email>ada@radio.example</email></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{FIRST}</p><p>{SECOND}</p></div></content></entry>
</feed>""".encode()

RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="x"><title>Radio Ellery</title><link>https://radio.example/</link></channel>
<item rdf:about="y"><title>Bridge &amp; beams 1</title><link>https://radio.example/a/1</link>
<dc:date>2024-03-05T17:12:00+01:00</dc:date><dc:creator>Ada Berg</dc:creator>
<content:encoded><![CDATA[{FULL}]]></content:encoded></item></rdf:RDF>""".encode()

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Radio Ellery",
        "home_page_url": "https://radio.example/",
        "items": [
            {"id": 1, "url": "/a/1", "title": "Bridge & beams 1", "content_html": FULL,
             "date_published": "2024-03-05T17:12:00+01:00", "authors": [{"name": "Ada Berg"}]},
        ],
    }
).encode()  # fmt: skip


def gathered(path: Path, data: bytes, **limits: int) -> tuple[tuple[Source, ...], tuple[Unread, ...]]:
    path.write_bytes(data)
    return collect([str(path)], limits=ReadLimits(**limits))


def bodies(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.role == "body"]


@pytest.mark.parametrize(
    "data",
    [RSS, ATOM, RDF, JSON_FEED],
    ids=["rss", "atom", "rdf", "json"],
)  # fmt: skip
def test_each_kind_of_feed_gives_its_articles_whole(tmp_path: Path, data: bytes) -> None:
    sources, unread = gathered(tmp_path / "feed", data)
    assert not unread
    document = read_document(sources[0])
    assert (document.title, document.publisher, document.author) == ("Bridge & beams 1", "Radio Ellery", "Ada Berg")
    assert document.published is not None
    assert document.published.astimezone(UTC) == datetime(2024, 3, 5, 16, 12, tzinfo=UTC)
    assert document.address == "https://radio.example/a/1"
    assert bodies(document) == [FIRST, SECOND]
    assert dict(document.found_in)["publisher"] == "feed publisher"
    assert sources[0].sha256 == sha256(data)


def test_reading_one_item_alone_equals_reading_it_among_all(tmp_path: Path) -> None:
    sources, _ = gathered(tmp_path / "feed.xml", rss("".join(item(n) for n in range(9))))
    assert len(sources) == 9
    assert all(read(source.location, id=source.id, limits=LIMITS) == source for source in sources)


def test_an_item_that_stands_twice_counts_once(tmp_path: Path) -> None:
    sources, _ = gathered(tmp_path / "feed.xml", rss(item(1) + item(1) + item(2)))
    assert [source.location.rpartition("#")[2] for source in sources] == ["1", "2"]


def test_the_newest_are_read_and_the_rest_is_said(tmp_path: Path) -> None:
    sources, unread = gathered(tmp_path / "feed.xml", rss("".join(item(n) for n in range(9))), max_items=3)
    assert [source.location.rpartition("#")[2] for source in sources] == ["7", "8", "9"]
    assert unread[0].error == "it holds 9 articles; the newest 3 were read"


def test_elements_of_other_namespaces_are_not_the_items_own(tmp_path: Path) -> None:
    media = "<media:group><media:title>A film</media:title></media:group><media:title>A picture</media:title>"
    data = rss(f"<item>{media}<title>Bridge</title><guid>1</guid><description>{FIRST}</description></item>")
    sources, _ = gathered(tmp_path / "feed.xml", data)
    assert read_document(sources[0]).title == "Bridge"


def test_the_items_own_source_is_its_publisher(tmp_path: Path) -> None:
    named = '<source url="https://post.example/feed">Ellery Post</source>'
    sources, _ = gathered(tmp_path / "feed.xml", rss(item(1, more=named)))
    assert read_document(sources[0]).publisher == "Ellery Post"


def test_a_long_description_that_ends_well_is_the_article_and_a_cut_one_is_not(tmp_path: Path) -> None:
    long = f"{FIRST} {SECOND} " * 8
    whole = f"<item><title>A</title><guid>1</guid><description>{long}</description></item>"
    cut = f"<item><title>B</title><guid>2</guid><description>{long} [...]</description></item>"
    sources, _ = gathered(tmp_path / "feed.xml", rss(whole + cut))
    assert [read_document(source).shortfall is None for source in sources] == [True, False]


# Pages of items
# --------------


def test_a_feed_on_disk_never_goes_online(tmp_path: Path) -> None:
    class Unasked(FetchedBefore):
        def fetch(self, address: str, *, max_bytes: int) -> Fetched:
            raise AssertionError(address, max_bytes)

    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item(1, text="")))
    sources, unread = collect([str(path)], limits=LIMITS, fetcher=Unasked(pages={}))
    assert not unread
    assert read_document(sources[0]).shortfall == f"teaser only: {len(FIRST)} characters"


def test_the_pages_of_summaries_are_fetched_and_those_that_fail_leave_a_teaser() -> None:
    page = f"<html><head><title>T</title></head><body><h1>Bridge</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    feed = rss(item(1, text="") + item(2, text="") + item(3))
    at = "https://radio.example/a/1"
    pages = {
        ADDRESS: Fetched(address=ADDRESS, data=feed, content_type="application/rss+xml"),
        at: Fetched(address=at, data=page.encode(), content_type="text/html"),
    }
    kept: list[str] = []
    sources, unread = collect(
        [ADDRESS], limits=LIMITS, fetcher=FetchedBefore(pages=pages), keep=lambda _, kind: kept.append(kind)
    )
    assert [source.location for source in sources] == [at, f"{ADDRESS}#2", f"{ADDRESS}#3"]
    assert sources[0].sha256 == sha256(page.encode())
    assert [one.location for one in unread] == ["https://radio.example/a/2"]
    assert read_document(sources[1]).shortfall
    assert read_document(sources[2]).shortfall is None
    assert kept == ["application/rss+xml", "text/html"]


def test_a_page_given_beside_its_feed_is_read_once() -> None:
    at = "https://radio.example/a/1"
    pages = {
        ADDRESS: Fetched(address=ADDRESS, data=rss(item(1, text="")), content_type="text/xml"),
        at: Fetched(address=at, data=b"<html><p>Text.</p></html>", content_type="text/html"),
    }
    sources, unread = collect([at, ADDRESS], limits=LIMITS, fetcher=FetchedBefore(pages=pages))
    assert [source.location for source in sources] == [at]
    assert not unread


# Bad input
# ---------

LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (LAUGHS.encode() + b']><rss version="2.0"><channel><title>&j;</title></channel></rss>', "entities of its own"),
        (b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hosts">]><rss><channel>&x;</channel></rss>', "entities"),
        (rss(""), "without items"),
        (b"<rss", "without items"),
        (b'<?xml version="1.0"?><svg/>', "neither a feed nor a page"),
    ],
    ids=["billion laughs", "external entity", "no items", "nothing", "no feed"],
)  # fmt: skip
def test_xml_that_gives_nothing_is_a_named_error(tmp_path: Path, data: bytes, message: str) -> None:
    sources, unread = gathered(tmp_path / "feed.xml", data)
    assert not sources
    assert message in unread[0].error


@pytest.mark.parametrize(
    "data",
    [
        rss(item(1) + "<item><title>x" * 100_000),
        rss(item(1) + "<a>" * 200_000),
        rss(item(1) + f"<item><title>{'x' * 15_000_000}</title></item>"),
        rss(item(1, text="<a " * 500_000)),
        rss(item(1, text="<b>" * 300_000)),
        rss(item(1, text="&amp;" * 300_000)),
        rss(item(1))[:-60],
        rss(item(1)).replace(b"</guid>", b"</guid>\xff\xfe & < "),
    ],
    ids=["unclosed", "deep", "15 MB of title", "<a <a", "<b><b>", "entities", "truncated", "broken"],
)
def test_broken_and_endless_feeds_end_soon_and_give_what_can_be_had(tmp_path: Path, data: bytes) -> None:
    began = time.monotonic()
    sources, _ = gathered(tmp_path / "feed.xml", data)
    for source in sources:
        with contextlib.suppress(SourceError):
            read_document(source)
    assert sources
    assert time.monotonic() - began < 30


def test_a_broken_feed_says_where(tmp_path: Path) -> None:
    sources, _ = gathered(tmp_path / "feed.xml", rss(item(1)).replace(b"</description>", b"&nbsp;</descriptio>"))
    assert "broken XML at line 1" in read_document(sources[0]).warnings[0]


def test_a_prefix_that_was_not_declared_stands_for_what_it_usually_does(tmp_path: Path) -> None:
    undeclared = (
        "<rss version='2.0'><channel><title>Gazette</title><item><title>Bridge closed</title><dc:creator>Ann Lee"
        f"</dc:creator><odd:encoded>{FULL}</odd:encoded><content:encoded>{FULL}</content:encoded></item></channel></rss>"
    )
    [source], _ = gathered(tmp_path / "a.xml", undeclared.encode())
    read = read_document(source)
    assert (read.title, read.author) == ("Bridge closed", "Ann Lee")
    assert read.text.count("harbour bridge was closed") == 1
