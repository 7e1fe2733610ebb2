"""What is new about a story is printed from its values alone, and can be checked like any claim."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.errors import ManifestError
from briefing.pipeline import Job, make
from briefing.render import manifest, manifest_values, markdown, review_page
from briefing.render.changes import changes_of
from briefing.reread import briefing_from_manifest
from briefing.resources import folder
from briefing.sources import ReadLimits
from briefing.types import Briefing, Change, ChangeKind, Earlier, Evidence, Given, Match, News
from briefing.verify import verify
from tests.conftest import EXAMPLES
from tests.told import AS_OF, THURSDAY, WEDNESDAY, followed


@cache
def first() -> Briefing:
    return make(Job(locations=(str(EXAMPLES),), as_of=AS_OF))


@cache
def second() -> Briefing:
    return replace(first(), news=followed(first()))


def reread(briefing: Briefing) -> Briefing:
    texts = {document.id: document.text for document in briefing.documents}
    return briefing_from_manifest(json.loads(manifest(briefing)), texts, subject="briefing.json")


def opening(text: str) -> str:
    """What stands above the first claims."""
    return text.partition(".*\n\n")[2].partition("### New facts")[0].strip()


def test_a_brief_opens_with_what_changed_since_it_was_last_told() -> None:
    lines = opening(markdown(second())).splitlines()
    said = "“Some 4,000 people have left Kostrel and the villages below Tarvysh Dam since Sunday night, after divers "
    said += "found water seeping beneath a spillway gate, the Nerra Basin Authority said on Monday.”"
    courier, veshtia = "The Nerra Valley Courier", "Radio Veshtia"
    assert lines == [
        "## What is new since Wednesday 5 March",
        "",
        f"- **Corrected:** 4,000 on Wednesday ({courier})[^1] → 4,200 on Thursday ({veshtia})[^2] — told on Wednesday: "
        f"{said} — It is put right in a correction notice.",
        f"- **People left:** 4,000 on Wednesday ({courier})[^3] → about 4,200 on Thursday ({veshtia})[^2]",
        f"- **Now disputed, people remaining:** 12,000 ({courier})[^3] / 12 ({veshtia})[^2] (see D1)",
        f"- **No longer disputed, title of Andrei Keslin:** director on Wednesday ({courier})[^3] / Water Minister on "
        f"Wednesday ({veshtia})[^2] → director on Thursday ({courier})[^3]",
        f"- **Edited since:** {courier} no longer says what was told on Wednesday: {said}[^1] → now “About 4,200 "
        "people have left”[^2]",
        f"- **Withdrawn:** {courier} no longer carries what was told on Wednesday: {said}[^1]",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            Change(
                kind=ChangeKind.DISPUTE_OPENED,
                about="The ferry that sank off Pell on Monday night was never inspected.",
                after=(
                    Given(value="stated", day=WEDNESDAY, evidence=()),
                    Given(value="denied", day=WEDNESDAY, evidence=()),
                ),
                dispute="D2",
                note="4000 is exactly 1000 times 4: a scale may have been dropped.",
            ),
            "Now disputed: The ferry that sank off Pell on Monday night was never inspected: stated / denied — "
            "4,000 is exactly 1,000 times 4: a scale may have been dropped.",
        ),
        (
            Change(
                kind=ChangeKind.CHANGED_VALUE,
                about="the ferry sails on …",
                before=(Given(value="4 March 2031", day=WEDNESDAY, evidence=()),),
                after=(Given(value="It sails in May.", day=THURSDAY, evidence=()),),
            ),
            "The ferry sails on …: 4 March 2031 on Wednesday → “It sails in May.” on Thursday",
        ),
        (
            Change(kind=ChangeKind.SOURCE_EDITED, about="It sank.", note="It is gone from the article."),
            "Edited since: The source no longer says what was told: “It sank.” — It is gone from the article.",
        ),
        (Change(kind=ChangeKind.NEW_FACT, about="It sank."), "New: It sank."),
    ],
    ids=lambda value: "" if isinstance(value, Change) else value[:20],
)
def test_changes_are_told_as_an_editor_would(change: Change, said: str) -> None:
    assert [str(line) for line in changes_of([change, change], {}, THURSDAY)] == [said]


def test_the_first_brief_of_a_story_says_nothing_of_news() -> None:
    told_first = replace(first(), news=News(since=None, changes=followed(first()).changes))
    assert markdown(told_first) == markdown(first())
    assert "What is new" not in markdown(first())


def test_a_story_without_news_says_so_in_one_line() -> None:
    quiet = markdown(replace(first(), news=News(since=date(2030, 12, 30))))
    assert "\n\nNothing new since Monday 30 December 2030.\n\n" in quiet


def test_sources_of_earlier_days_are_marked_and_repeated_sentences_counted() -> None:
    text = markdown(second())
    marked = [line for line in text.splitlines() if "(read Wednesday 5 March)" in line]
    assert [line.split(" | ")[0] for line in marked] == ["| S1"]
    assert "12 sentences of the new articles only repeat what was told before." in text


def test_news_in_a_manifest_fit_its_schema_and_read_back_as_they_were() -> None:
    values = manifest_values(second())
    schema = json.loads((folder("templates") / "briefing.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(values)
    assert reread(second()) == second()
    assert markdown(reread(second())) == markdown(second())


words = st.text(max_size=20)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))
evidence = st.builds(
    Evidence,
    source=st.sampled_from(["S1", "S2"]),
    start=st.integers(0, 9),
    end=st.integers(10, 20),
    text=words,
    match=st.sampled_from(Match),
)
givens = st.lists(
    st.builds(Given, value=words, day=days, evidence=st.lists(evidence, max_size=2).map(tuple)), max_size=2
)
changes = st.builds(
    Change,
    kind=st.sampled_from(ChangeKind),
    about=words,
    claims=st.sampled_from([(), ("C1",)]),
    before=givens.map(tuple),
    after=givens.map(tuple),
    told=st.none() | st.builds(Earlier, day=days, folder=words, claim=words, text=words),
    dispute=st.sampled_from([None, "D1"]),
    note=words,
)
news = st.builds(
    News,
    since=st.none() | days,
    changes=st.lists(changes, max_size=3).map(tuple),
    told_again=st.integers(0, 9),
    days=st.lists(st.tuples(st.just("S1"), days), max_size=1).map(tuple),
)


@given(news)
@settings(max_examples=60, deadline=None)
def test_whatever_is_new_prints_reads_back_and_keeps_its_footnotes(given_news: News) -> None:
    briefing = replace(first(), news=given_news)
    assert reread(briefing) == briefing
    noted = re.findall(r"^\[\^(\d+)\]: (S\d+), .*?characters (\d+)–(\d+)", markdown(briefing), re.M)
    page = review_page(manifest_values(briefing), {d.id: d.text for d in briefing.documents})
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert [[s, int(a), int(b)] for _, s, a, b in noted] == json.loads(data)["notes"]


HOSTILE = "](http://evil.example) <img src=x onerror=alert(1)> [^1] | **b** \x1b[31m\u202e\n# x"


def test_hostile_words_in_news_do_nothing() -> None:
    def spoiled(given_: Given) -> Given:
        return replace(given_, value=HOSTILE)

    spoilt = tuple(
        replace(
            change,
            about=HOSTILE,
            note=HOSTILE,
            before=tuple(map(spoiled, change.before)),
            after=tuple(map(spoiled, change.after)),
            told=change.told and replace(change.told, text=HOSTILE, folder=HOSTILE),
        )
        for change in followed(first()).changes
    )
    text = markdown(replace(first(), news=replace(followed(first()), changes=spoilt)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    above = text.partition("### New facts")[0]
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(above)
    assert not re.findall(r"<(?!/?(?:h1|h2|p|em|strong|ul|li)>)[^>]*>", html)
    assert "<strong>b" not in html


def test_a_span_of_the_news_that_was_changed_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "briefing.json"
    path.write_text(manifest(second()), encoding="utf-8")
    whole = verify(path, locations={}, limits=ReadLimits())
    assert whole.holds
    path.write_text(manifest(first()), encoding="utf-8")
    assert whole.spans > verify(path, locations={}, limits=ReadLimits()).spans

    values = manifest_values(second())
    values["news"]["changes"][1]["after"][0]["evidence"][0]["text"] = "5,200"
    path.write_text(json.dumps(values), encoding="utf-8")
    (found,) = verify(path, locations={}, limits=ReadLimits()).disagreements
    assert found.where.startswith("news 2 (changed_value) S")
    assert "'5,200'" in found.message


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ("news.changes.0.kind", {"kind": "rumour"}),
        ("C99, which is no claim", {"claims": ["C99"]}),
        ("D99, which is no dispute", {"dispute": "D99"}),
        ("S99: no such source", {"before": [{"value": "1", "day": "2031-03-05", "evidence": [{"source": "S99"}]}]}),
    ],
)
def test_news_that_name_what_is_not_there_are_refused(said: str, change: dict[str, Any]) -> None:
    values = manifest_values(second())
    for given_ in change.get("before", ()):
        given_["evidence"] = [values["claims"][0]["evidence"][0] | given_["evidence"][0]]
    values["news"]["changes"][0] |= change
    with pytest.raises(ManifestError) as refused:
        briefing_from_manifest(values, {}, subject="b.json")
    assert said in str(refused.value)
