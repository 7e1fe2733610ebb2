"""Articles in JSON: found in a file to the byte, laid out, and read again alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.documents import read_document
from briefing.errors import SourceError, SourceNotAnArticle, SourceNotFound, SourceUnsupported
from briefing.sources import ReadLimits, collect, read, sha256
from briefing.sources.parts import parts
from briefing.types import Document, Role, Source, Unread

LIMITS = ReadLimits()
FIRST = "The harbour bridge was closed on Monday after inspectors found cracks in two of its beams."
SECOND = "Repairs will take six weeks, the council said on Tuesday, and the ferry runs until then."
ARTICLE = {"title": "Bridge closed", "text": f"{FIRST}\n\n{SECOND}", "url": "https://times.example/bridge"}


def document(fields: dict[str, Any] | bytes) -> Document:
    data = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
    return read_document(
        Source(id="S1", location="a.json", data=data, sha256=sha256(data), media_type="application/json")
    )


def collected(path: Path, **limits: int) -> tuple[tuple[Source, ...], tuple[Unread, ...]]:
    return collect([str(path)], limits=ReadLimits(**limits))


def roles(read_article: Document) -> list[tuple[str, str]]:
    return [(str(block.role), read_article.text[block.start : block.end]) for block in read_article.blocks]


# Files of several
# ----------------


@pytest.mark.parametrize(
    "whole",
    [
        [ARTICLE, ARTICLE],
        {"articles": [ARTICLE, ARTICLE]},
        {"status": "ok", "response": {"results": [ARTICLE, ARTICLE]}},
        {"data": [ARTICLE, {"id": 7, **ARTICLE}], "items": []},
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, ARTICLE]},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_article_is_a_slice_of_the_file(tmp_path: Path, whole: object, indent: int | None, encoding: str) -> None:
    path = tmp_path / "news.json"
    path.write_bytes(json.dumps(whole, indent=indent).encode(encoding))
    sources, _ = collected(path)
    assert sources
    for source in sources:
        assert source.data in path.read_bytes()
        assert source.sha256 == sha256(path.read_bytes())
        assert read(source.location, id=source.id, limits=LIMITS) == source
        assert read_document(source).title == "Bridge closed"


def test_a_bad_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    good = json.dumps(ARTICLE).encode()
    path.write_bytes(b"\n".join([good, b"{broken", b'{"no": "article"}', b'{"text": "caf\xe9."}', b"", good]))
    sources, unread = collected(path)
    assert [source.location.rpartition("#")[2] for source in sources] == ["1", "4", "5"]
    assert [one.location for one in unread] == [f"{path}#2", f"{path}#3"]
    assert "not JSON" in unread[0].error
    broken = read_document(sources[1])
    assert broken.text == "caf\ufffd."
    assert "U+FFFD" in broken.warnings[0]


def test_one_article_needs_no_number_and_of_several_one_must_be_named(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    one.write_text(json.dumps([ARTICLE]), encoding="utf-8")
    two.write_text(json.dumps([ARTICLE, ARTICLE]), encoding="utf-8")
    assert collected(one)[0][0].location == str(one)
    assert read(f"{one}#1", id="S1", limits=LIMITS).data == read(str(one), id="S1", limits=LIMITS).data
    with pytest.raises(SourceUnsupported, match="2 articles"):
        read(str(two), id="S1", limits=LIMITS)
    with pytest.raises(SourceNotFound, match="no more than 2"):
        read(f"{two}#3", id="S1", limits=LIMITS)


def test_a_real_file_of_that_very_name_wins(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([ARTICLE, ARTICLE]), encoding="utf-8")
    (tmp_path / "a.json#2").write_text("A real file.", encoding="utf-8")
    assert read(f"{tmp_path}/a.json#2", id="S1", limits=LIMITS).data == b"A real file."


def test_the_hundredth_article_is_found_without_parsing_the_file_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(ARTICLE | {"id": n}) for n in range(100)), encoding="utf-8")
    parts.cache_clear()
    for number in range(1, 101):
        read(f"{path}#{number}", id="S1", limits=LIMITS)
    assert parts.cache_info().misses == 1


def test_what_is_over_the_limit_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([json.dumps(ARTICLE)] * 7), encoding="utf-8")
    sources, unread = collected(path, max_parts=5)
    assert len(sources) == 5
    assert unread[0].error == "it holds 7 articles; the first 5 were read"


def test_a_hundred_thousand_lines_and_a_bad_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = b'{"title": "T", "text": "A."}\n'
    path.write_bytes(line * 50_000 + b"{\n" + line * 49_999)
    sources, unread = collected(path, max_parts=100_000)
    assert len(sources) == 99_999
    assert [one.location for one in unread] == [f"{path}#50001"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[]", "empty list"),
        (b"{}", "no object has its text"),
        (b'{"name": "x", "version": "1"}', "no object has its text"),
        (b'{"title": "Settings", "description": "What may be set."}', "no object has its text"),
        (b'[{"a": 1}, 7, "x"]', "no object has its text"),
        (b'{"articles": {"a": 1}}', "no object has its text"),
        (b'{"title": "T", "text": ""}', "no object has its text"),
        (b'{"title": "T", "text": "U"', "not JSON"),
        (b'{"title": "T", "text": "U"} x', "something follows"),
        (b'{"a": ' * 100_000, "nested too deeply"),
        (b'[{"a": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "digits"),
        (b'{"a": ' + b"[]," * 1_100_000 + b"}", "lists and objects"),
        (b'\xff\xfe{\x00"\x00a\x00"\x00:\x00\x00\xd8', "UTF-16"),
    ],
)
def test_json_that_gives_nothing_is_a_named_error(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    sources, unread = collected(path)
    assert not sources
    assert unread[0].location == str(path)
    assert message in unread[0].error


def test_a_list_that_breaks_off_gives_what_was_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([ARTICLE, ARTICLE])[:-40], encoding="utf-8")
    sources, unread = collected(path)
    assert [source.location for source in sources] == [f"{path}#1"]
    assert [one.location for one in unread] == [f"{path}#2"]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["text", "title", "items", "x"]), inner)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(json_values, st.sampled_from([None, 1]), st.integers(0, 400))
def test_the_slicer_gives_slices_or_a_source_error(value: object, indent: int | None, cut: int) -> None:
    data = json.dumps(value, indent=indent).encode()[:cut]
    try:
        found = parts(data, "application/json")
    except SourceError:
        return
    assert all(part.data in data for part in found)
    for part in found:
        if part.error is None:
            json.loads(part.data)


@settings(deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"text": st.text(min_size=1).filter(str.strip), "id": st.integers()}), min_size=2)
)
def test_every_article_comes_back_as_it_was_written(written: list[dict[str, Any]]) -> None:
    found = parts(json.dumps({"articles": written}).encode(), "application/json")
    assert [json.loads(part.data) for part in found] == written
    lines = parts("\n".join(json.dumps(one) for one in written).encode(), "application/jsonl")
    assert [json.loads(part.data) for part in lines] == written


# One article
# -----------


def test_the_text_is_the_title_and_the_text_as_it_stands() -> None:
    article = document(ARTICLE)
    assert article.text == f"Bridge closed\n\n{FIRST}\n\n{SECOND}"
    assert roles(article) == [("headline", "Bridge closed"), ("body", FIRST), ("body", SECOND)]


def test_html_is_flattened_and_what_is_no_article_is_told_apart() -> None:
    markup = (
        f"<p>{FIRST}</p><figure><figcaption>The bridge in May</figcaption></figure>"
        f"<div class='related'><a href='/x'>More on bridges</a></div><p style='display:none'>It fell.</p>"
        f"<p>{SECOND}</p>"
    )
    article = document({"headline": "Bridge closed", "content_html": markup})
    assert roles(article) == [
        ("headline", "Bridge closed"),
        ("body", FIRST),
        ("caption", "The bridge in May"),
        ("furniture", "More on bridges"),
        ("body", SECOND),
    ]
    assert "It fell" not in article.text


@pytest.mark.parametrize(
    "fields",
    [
        {"headline": "T", "articleBody": FIRST, "datePublished": "2024-03-05T17:12:00+01:00",
         "author": {"name": "Jan Sund"}, "publisher": {"@type": "Organization", "name": "Port Times"}, "url": "https://t.example/a",
         "inLanguage": "en-GB"},
        {"title": "T", "content": FIRST, "publishedAt": "2024-03-05T16:12:00Z", "author": "By Jan Sund",
         "source": {"id": None, "name": "Port Times"}, "url": "https://t.example/a", "language": "en"},
        {"title": {"rendered": "T"}, "content": {"rendered": f"<p>{FIRST}</p>"}, "date": "2024-03-05T17:12:00+01:00",
         "link": "https://t.example/a", "authors": ["Jan Sund"], "site": "Port Times", "lang": "en"},
        {"title": "T", "text": FIRST, "published": 1709655120, "byline": "Jan Sund", "outlet": "Port Times",
         "address": "https://t.example/a", "language": "en"},
    ],
)  # fmt: skip
def test_the_usual_shapes_say_the_same(fields: dict[str, Any]) -> None:
    article = document(fields)
    assert (article.title, article.publisher, article.author) == ("T", "Port Times", "Jan Sund")
    assert article.published is not None
    assert article.published.timestamp() == 1709655120
    assert (article.address, article.language) == ("https://t.example/a", "en")
    assert dict(article.found_in)["published"].startswith("json ")
    assert roles(article)[-1] == ("body", FIRST)


def test_a_date_that_nobody_can_read_stays_unknown_and_is_named() -> None:
    article = document(ARTICLE | {"published": "2/3/2022", "text": f"Published 4 May 2023\n\n{FIRST}\n\n{SECOND}"})
    assert article.published is None
    assert "2/3/2022" in article.warnings[0]


def test_no_number_that_is_none_and_no_null_states_anything() -> None:
    article = document(
        b'{"title": null, "headline": "T", "text": "' + FIRST.encode() + b'", "date": NaN, "author": []}'
    )
    assert (article.title, article.published, article.author) == ("T", None, None)
    assert not article.warnings


def test_halves_of_characters_and_keys_that_stand_twice_are_named() -> None:
    article = document(b'{"title": "A", "title": "B \\ud800", "text": "' + FIRST.encode() + b'"}')
    assert article.title == "B \ufffd"
    assert article.text.encode()
    assert "stands in it twice" in " ".join(article.warnings)


def test_a_summary_alone_is_a_teaser() -> None:
    article = document({"title": "Bridge closed", "description": FIRST, "url": "https://t.example/a"})
    assert article.shortfall == f"teaser only: {len(FIRST)} characters"
    assert article.blocks[-1].role is Role.BODY


def test_a_text_that_an_aggregator_cut_is_a_teaser() -> None:
    assert document(ARTICLE | {"text": FIRST + "… [+1234 chars]"}).shortfall


def test_a_standfirst_is_not_said_twice() -> None:
    assert document(ARTICLE | {"description": FIRST}).text.count(FIRST) == 1
    assert document(ARTICLE | {"description": "What drivers must know."}).text.count("What drivers must know.") == 1


def test_what_is_no_article_is_refused_by_the_reader_too() -> None:
    with pytest.raises(SourceNotAnArticle):
        document({"a": 1})
    with pytest.raises(SourceError):
        document({"title": "", "text": "<p></p>", "url": "https://t.example/a"})


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["title", "text", "html", "url", "date", "author", "source", "lang"]), json_values)
)
def test_no_field_makes_the_reader_raise_anything_else(fields: dict[str, Any]) -> None:
    try:
        article = document(fields)
    except SourceError:
        return
    assert article.text.encode()
    assert all(article.text[block.start : block.end].strip() for block in article.blocks)
