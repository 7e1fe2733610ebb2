"""The brief of a day as its readers get it: an index, a digest for mail, terminal and programs, and a feed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from briefing.days import Edition, ToldStory
from briefing.pipeline import Job, make
from briefing.render import FEED_EDITIONS, briefing_files, digest, edition_files, feed, index, markdown
from briefing.render.changes import changes_of
from briefing.types import Briefing, Unread
from tests.conftest import EXAMPLES, ROOT
from tests.told import AS_OF, THURSDAY, editions, followed

SITE = "https://briefs.example/daily/"
ATOM = "{http://www.w3.org/2005/Atom}"
WEB = re.compile(r"https://[^\s<\"]+")


@cache
def made() -> Briefing:
    return make(Job(locations=(str(EXAMPLES),), as_of=AS_OF))


@cache
def days() -> tuple[Edition, Edition, Edition]:
    return editions(made())


TITLE = "Kostrel empties as engineers race to lower the lake behind Tarvysh Dam"
LEAD = "Some 4,000 people have left Kostrel and the villages below Tarvysh Dam since Sunday night, after divers found "
LEAD += "water seeping beneath a spillway gate, the Nerra Basin Authority said on Monday."

CUT = LEAD[: LEAD.index(" spillway")] + " …"

INDEX = f"""\
# Dam desk: Thursday 6 March 2031

*312 articles read. 2 stories briefed, from 12 articles of 8 origins; 2 more are only named. 1 place could not be \
read. As of 6 March 2031, 09:30 UTC.*

## 1. [{TITLE}](01-kostrel/briefing.md)

- **Corrected:** 4,000 on Wednesday (The Nerra Valley Courier) → 4,200 on Thursday (Radio Veshtia) — told on \
Wednesday: “{CUT}” — It is put right in a correction notice.
- **People left:** 4,000 on Wednesday (The Nerra Valley Courier) → about 4,200 on Thursday (Radio Veshtia)
- and 4 more changes, 1 new fact

*Last told Wednesday 5 March · 6 articles, 4 origins · 1 of 22 claims corroborated · 5 disagreements · \
[evidence](01-kostrel/review.html)*

## 2. [{TITLE}](02-treaty/briefing.md)

- {LEAD}

*New story · 6 articles, 4 origins · 1 of 22 claims corroborated · 5 disagreements · \
[evidence](02-treaty/review.html)*

## Not briefed

- A market day in Lodvin
- Goats \\<b\\>loose\\</b\\> in Saltmere

## Left out

11 articles: 8 too old, 3 in another language.

## Not read

- https\\://lantern.example/rss: no answer in 30 s (asked again)
"""


def test_the_index_of_a_day_says_what_is_new_first() -> None:
    first, second, _ = days()
    assert index(second, (first,)) == INDEX


def test_a_quiet_story_is_one_line_that_leads_to_its_last_brief() -> None:
    first, second, third = days()
    printed = index(third, (first, second))
    assert f"- [{TITLE}](../2031-03-06/01-kostrel/briefing.md): nothing new since Thursday 6 March.\n" in printed
    assert "No story was briefed; 1 has nothing new." in printed
    unlinked = index(third)
    assert f"- {TITLE}: nothing new since Thursday 6 March.\n" in unlinked


def test_a_day_without_anything_still_has_an_index() -> None:
    empty = Edition(day=THURSDAY, as_of=AS_OF, title="Desk", stories=())
    assert index(empty) == (
        "# Desk: Thursday 6 March 2031\n\n*0 articles read. No story was briefed. As of 6 March 2031, 09:30 UTC.*\n"
    )


def test_the_files_of_a_day_are_those_that_make_writes_and_an_index() -> None:
    first, second, _ = days()
    briefs = {"01-kostrel": replace(made(), news=second.stories[0].news), "02-treaty": made()}
    files = edition_files(second, briefs, (first,))
    assert files["index.md"].decode() == INDEX
    assert sorted(files)[:3] == ["01-kostrel/briefing.json", "01-kostrel/briefing.md", "01-kostrel/review.html"]
    assert {name: files[f"02-treaty/{name}"] for name in briefing_files(made())} == briefing_files(made())
    assert files["02-treaty/briefing.md"].decode() == markdown(made())
    links = re.findall(r"\]\(([^)]*)\)", INDEX)
    assert len(links) == 4
    assert set(links) < set(files)
    assert edition_files(second, briefs, (first,)) == files


def test_the_digest_says_the_same_in_text_in_html_and_as_values() -> None:
    first, second, _ = days()
    told = digest(second, (first,), site=SITE)
    assert told.subject == "Dam desk: Thursday 6 March 2031"
    assert told.text.startswith("Dam desk: Thursday 6 March 2031\n312 articles read. 2 stories briefed")
    assert max(len(line) for line in told.text.splitlines() if "https:" not in line) <= 78
    page = f"{SITE}2031-03-06/01-kostrel/review.html"
    assert f"\n   {page}\n" in told.text
    assert f'<a href="{page}">{TITLE}</a>' in told.html
    assert told.values["stories"][0]["address"] == page
    assert [new["kind"] for new in told.values["stories"][0]["new"]][:2] == ["corrected", "changed_value"]
    assert told.values["stories"][0]["last_told"] == "2031-03-05"
    assert told.values["stories"][1]["new"] == []
    assert told.values["passed_over"] == {"too old": 8, "in another language": 3, "on no topic": 0}
    assert json.loads(json.dumps(told.values)) == told.values


def test_the_documentation_names_every_key_of_the_digest_and_every_kind_of_news() -> None:
    page = (ROOT / "docs" / "delivery.md").read_text(encoding="utf-8")
    first, second, third = days()
    told, quiet = digest(second, (first,)).values, digest(third, (first, second)).values
    keys = {*told, *told["stories"][0], *told["stories"][0]["new"][0], *quiet["quiet"][0]}
    assert {key for key in keys if f"`{key}`" not in page} == set()
    labels = [line.label for line in changes_of(followed(made()).changes, {}, THURSDAY)]
    assert {label for label in labels if f"**{label.partition(',')[0]}" not in page} == {"People left"}


def test_without_a_site_the_digest_names_files_and_links_to_nothing() -> None:
    told = digest(days()[1])
    assert "\n   01-kostrel/briefing.md\n" in told.text
    assert "href" not in told.html
    assert told.values["stories"][0]["address"] is None


# The feed
# --------


def entries(printed: bytes) -> list[etree._Element]:
    found: list[etree._Element] = etree.fromstring(printed).findall(f"{ATOM}entry")
    return found


def test_the_feed_has_an_entry_per_story_that_was_briefed_newest_first() -> None:
    printed = feed(days(), title="Dam desk", site=SITE)
    assert [entry.findtext(f"{ATOM}id") for entry in entries(printed)] == [
        "tag:briefs.example,2031-03-06:2031-03-05/1",
        "tag:briefs.example,2031-03-06:2031-03-06/1",
        "tag:briefs.example,2031-03-05:2031-03-05/1",
    ]
    newest = entries(printed)[0]
    assert newest.findtext(f"{ATOM}title") == TITLE
    assert newest.findtext(f"{ATOM}updated") == "2031-03-06T09:30:00+00:00"
    assert (newest.findtext(f"{ATOM}summary") or "").startswith("Corrected: 4,000 on Wednesday (The")
    link = newest.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{SITE}2031-03-06/01-kostrel/review.html"


@pytest.mark.parametrize("site", [None, SITE, "https://briefs.example:8443"])
def test_a_feed_is_what_rfc_4287_asks_for_and_the_same_bytes_every_time(site: str | None) -> None:
    printed = feed(days(), title="Dam desk", site=site)
    root = etree.fromstring(printed)
    for element in (root, *entries(printed)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert re.match(r"(tag:briefs\.example,|urn:uuid:)", element.findtext(f"{ATOM}id") or "")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in entries(printed)]
    assert len(set(ids)) == len(ids)
    # Without a link an entry must have content.
    assert all(
        entry.find(f"{ATOM}link") is not None or entry.find(f"{ATOM}content") is not None for entry in entries(printed)
    )
    assert (b"href" in printed) == bool(site)
    assert feed(tuple(reversed(days())), title="Dam desk", site=site) == printed


def test_a_day_made_again_changes_its_entries_and_adds_none() -> None:
    first, second, _ = days()
    again = replace(second, as_of=second.as_of + timedelta(hours=3))
    before, after = (feed((first, day), title="Dam desk") for day in (second, again))
    assert [e.findtext(f"{ATOM}id") for e in entries(before)] == [e.findtext(f"{ATOM}id") for e in entries(after)]
    assert before != after


def test_the_feed_goes_back_so_many_days_and_may_be_empty() -> None:
    first = days()[0]
    month = [
        replace(first, day=first.day + timedelta(days=n), as_of=first.as_of + timedelta(days=n)) for n in range(30)
    ]
    assert len(entries(feed(month, title="Dam desk"))) == FEED_EDITIONS
    assert entries(feed((), title="Dam desk")) == []


# What nobody well-meaning writes
# -------------------------------


class Tags(HTMLParser):
    """Collects what a browser would see as tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of one."""
        self.names.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}


MARKUP = "<>&\"'\\`*_[]()#|~^$:/ \n\r\t\x00\x07\x0b\x1b\u202e\u2028\ufffe]]>x1"
TEXT = st.text(st.sampled_from(MARKUP) | st.characters(), max_size=40)
OURS = {"html", "head", "meta", "title", "body", "h1", "h2", "p", "ul", "li", "b", "a"}


def spoiled(text: str) -> Edition:
    """A day on which everything from outside reads so."""

    def story(told: ToldStory) -> ToldStory:
        news = told.news and replace(
            told.news, changes=tuple(replace(c, about=text, note=text) for c in told.news.changes)
        )
        claims = tuple(replace(c, checked=replace(c.checked, text=text)) for c in told.claims)
        names = tuple((source, text) for source, _ in told.names)
        return replace(told, title=text, news=news, claims=claims[:2], names=names)

    second = days()[1]
    return replace(
        second,
        title=text,
        stories=(*(story(told) for told in second.stories), replace(days()[2].stories[0], title=text)),
        others=(text,),
        passed_over=((text, 1),),
        unread=(Unread(location=text, error=text, hint=text),),
    )


@given(TEXT)
@settings(max_examples=40, deadline=None)
def test_whatever_a_title_holds_it_does_nothing(text: str) -> None:
    edition = spoiled(text)
    steering = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
    printed = index(edition, days()[:1])
    assert not steering.search(printed)
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(printed)
    seen = Tags(html)
    assert seen.names <= {"h1", "h2", "p", "em", "strong", "ul", "li", "a"}
    assert {value for name, value in seen.attributes} <= {
        f"{folder}/{file}" for folder in ("01-kostrel", "02-treaty") for file in ("briefing.md", "review.html")
    } | {"../2031-03-05/01-kostrel-empties/briefing.md"}

    told = digest(edition, days()[:1], site=SITE)
    assert not steering.search(told.text)
    assert "\n" not in told.subject
    assert not steering.search(told.subject)
    mail = Tags(told.html)
    assert mail.names <= OURS
    assert {value for name, value in mail.attributes if name in {"href", "src"}} <= set(WEB.findall(told.text)) | {
        f"{SITE}2031-03-05/01-kostrel-empties/review.html"
    }
    assert not [name for name, _ in mail.attributes if name.startswith("on")]

    for entry in entries(feed((edition,), title=text, site=SITE)):
        assert Tags(entry.findtext(f"{ATOM}content") or "").names <= OURS


def test_a_folder_that_is_no_name_of_ours_is_linked_to_by_nothing() -> None:
    first, second, third = days()
    odd = replace(second, stories=(replace(second.stories[0], folder="../../etc"),))
    assert ".." not in digest(odd, (first,), site=SITE).html
    assert "](.." not in index(third, (odd,))
