"""What a page's markup states of its article: which object counts, who is believed, and where it was found."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefing.documents import read_document
from briefing.documents.head import Found, Head, first_known, stated
from briefing.types import Document, Source

BODY = "".join(
    f"<p>{words}</p>"
    for words in (
        "The ferry between Port Ellery and Sund was cancelled after its engine failed, the operator said on Monday.",
        "About 200 passengers were taken ashore by pilot boats during the night, and nobody was hurt in the strait.",
        "Engineers from the shipyard will look at the engine before the line is opened again, a spokeswoman said.",
    )
)


def page(head: str = "", top: str = "", address: str | None = None) -> Document:
    """Read a page with this in its head and above its paragraphs."""
    markup = (
        f"<html><head>{head}</head><body><article><h1>Ferry cancelled after engine failure</h1>{top}{BODY}</article>"
    )
    source = Source(
        id="S1",
        location="a.html",
        data=f"{markup}</body></html>".encode(),
        sha256="sha256:",
        media_type="text/html",
        address=address,
    )
    return read_document(source)


def linked(*objects: object) -> str:
    """Write objects as a page's JSON-LD."""
    return "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in objects)


def test_a_graph_with_references_is_followed() -> None:
    graph = {
        "@graph": [
            {"@type": "Organization", "@id": "#org", "name": "The Sund Observer"},
            {"@type": "Person", "@id": "#mira", "name": "By Mira Holt"},
            {
                "@type": "NewsArticle",
                "headline": "Ferry cancelled",
                "author": [{"@id": "#mira"}, {"name": "Jan Sund"}, "https://example.org/staff"],
                "publisher": {"@id": "#org"},
                "datePublished": "2024-03-05T17:12:00Z",
                "dateModified": "2024-03-06T08:00:00Z",
            },
        ]
    }
    document = page(linked(graph))
    assert (document.publisher, document.author) == ("The Sund Observer", "Mira Holt, Jan Sund")
    assert document.published == datetime(2024, 3, 5, 17, 12, tzinfo=UTC)
    assert document.updated == datetime(2024, 3, 6, 8, tzinfo=UTC)
    found = dict(document.found_in)
    assert found["published"] == "json-ld datePublished"
    assert found["updated"] == "json-ld dateModified"


def test_of_several_articles_the_one_with_the_page_s_title_counts() -> None:
    teaser = {"@type": "NewsArticle", "headline": "Harbour fair opens", "author": "Ada Berg"}
    own = {"@type": "NewsArticle", "headline": "Ferry cancelled after engine failure", "author": "Mira Holt"}
    assert page(linked(teaser, own)).author == "Mira Holt"


def test_of_several_articles_none_counts_when_nothing_tells_which() -> None:
    teasers = ({"@type": "NewsArticle", "headline": name, "author": "Ada Berg"} for name in ("Fair", "Concert"))
    assert page(linked(*teasers)).author is None


@pytest.mark.parametrize(
    ("head", "field", "value", "where"),
    [
        (
            '<meta property="og:site_name" content="The Sund Observer">',
            "publisher",
            "The Sund Observer",
            "og:site_name",
        ),
        ('<meta name="parsely-author" content="By Mira Holt">', "author", "Mira Holt", "parsely-author"),
        ('<meta name="DC.creator" content="Mira Holt">', "author", "Mira Holt", "dc.creator"),
        ('<meta name="author" content="https://example.org/mira">', "author", None, ""),
        ('<meta name="author" content="admin">', "author", None, ""),
        (
            '<meta property="og:site_name" content="Sund Observer"><meta name="author" content="Sund Observer">',
            "author",
            None,
            "",
        ),
    ],
)
def test_meta_elements_name_outlets_and_people(head: str, field: str, value: str | None, where: str) -> None:
    document = page(head)
    assert getattr(document, field) == value
    assert dict(document.found_in).get(field, "") == (f"meta {where}" if where else "")


@pytest.mark.parametrize(
    ("head", "top", "where"),
    [
        ('<meta property="article:published_time" content="1709658720">', "", "meta article:published_time"),
        ('<meta name="pubdate" content="1709658720000">', "", "meta pubdate"),
        ("", '<time datetime="2024-03-05T17:12:00+00:00">Tuesday</time>', "time datetime"),
        ("", '<span itemprop="datePublished" content="2024-03-05T17:12:00Z"></span>', "itemprop datePublished"),
    ],
)
def test_the_time_of_publication_is_found_in_attributes(head: str, top: str, where: str) -> None:
    document = page(head, top)
    assert document.published == datetime(2024, 3, 5, 17, 12, tzinfo=UTC)
    assert dict(document.found_in)["published"] == where


def test_a_page_s_own_address_is_believed_only_within_its_site() -> None:
    link = '<link rel="canonical" href="https://{}/ferry">'
    own = page(link.format("sund.example"), address="https://www.sund.example/ferry?from=feed")
    other = page(link.format("agency.example"), address="https://www.sund.example/ferry")
    assert own.address == "https://sund.example/ferry"
    assert other.address == "https://www.sund.example/ferry"
    assert any("agency.example" in warning for warning in other.warnings)


def test_markup_and_masthead_that_name_two_outlets_are_told() -> None:
    document = page(
        '<meta property="og:site_name" content="Coastwire">', "<p>By Mira Holt</p><p>Source: The Sund Observer</p>"
    )
    assert document.publisher == "Coastwire"
    assert "The markup names the publisher Coastwire, the text The Sund Observer." in document.warnings


@pytest.mark.parametrize(
    "broken", ["{", '{"@type": 3}', "[[[" * 5_000, '{"@type":["NewsArticle"],"author":{"name":[1]}}']
)
def test_broken_linked_data_says_nothing(broken: str) -> None:
    assert page(f'<script type="application/ld+json">{broken}</script>').author is None


def test_stated_fields_keep_their_place_and_blanks_state_nothing() -> None:
    feed = stated("feed", title="Ferry  cancelled", author="", published="2/3/2022", updated="2022-03-02T10:00:00Z")
    assert feed.title == Found("Ferry cancelled", "feed")
    assert (feed.author, feed.published) == (None, None)
    merged = first_known(feed, Head(author=Found("Mira Holt", "text 0-9"), title=Found("other", "text 1-6")))
    assert merged.found_in == (("title", "feed"), ("author", "text 0-9"), ("updated", "feed"))
