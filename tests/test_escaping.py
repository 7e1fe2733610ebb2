"""Nothing from a source does anything in Markdown, on a terminal or in JSON. The oracle is a real parser."""

from __future__ import annotations

import html
import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.render import escape_markdown, show_controls, to_json

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = "\\`*_{}[]()<>#+-.!|~^$&:/@=\"'“”1a \n\t\x1b\u202e"
TEXT = st.text(st.one_of(st.sampled_from(MARKUP), st.characters(exclude_categories=["Cs"])), max_size=120)


def shown(text: str) -> str:
    """What a reader sees of a source's text: one line, control characters made visible."""
    return show_controls(" ".join(text.split()))


@given(TEXT)
@example("![x](http://evil.example/?q=1)")
@example("<img src=x onerror=alert(1)>")
@example("[^1]: fake footnote")
@example("1. one")
@example("&lt;b&gt; &#x41;")
@example("    code")
@example("```\ncode")
@example("===")
@example("1.5 m")
@example("7) b")
@example("12.")
@example("| a | b |\n|---|---|")
@example("~~gone~~ **loud** __x__ `c`")
def test_escaped_text_renders_as_exactly_its_characters(text: str) -> None:
    rendered = PARSER.render("x " + escape_markdown(text))
    body = re.fullmatch(r"<p>x ?(.*?)</p>\n", rendered, re.S)
    assert body is not None, rendered
    assert not re.search(r"<[a-z]", body[1]), rendered
    assert html.unescape(body[1]).strip() == shown(text).strip()


@given(TEXT)
def test_escaped_text_opens_no_block_at_the_start_of_a_line(text: str) -> None:
    tokens = [token.type for token in PARSER.parse(escape_markdown(text))]
    assert tokens in ([], ["paragraph_open", "inline", "paragraph_close"])


@given(TEXT)
def test_escaped_text_stays_in_its_table_cell(text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {escape_markdown(text)} | end |\n"
    tokens = PARSER.parse(table)
    assert [t.type for t in tokens].count("td_open") == 2
    assert tokens[-4].type != "inline"
    assert "end" in [t.content for t in tokens if t.type == "inline"]


@pytest.mark.parametrize("address", ["https://a.example", "www.a.example", "me@a.example"])
def test_addresses_are_broken_for_parsers_that_link_them(address: str) -> None:
    assert address not in escape_markdown(f"see {address} now")


def test_a_lone_surrogate_is_shown_and_can_be_printed() -> None:
    # As a file name that is not UTF-8 has it, or a page's JSON.
    assert show_controls("bad\udcff") == "bad⟨U+DCFF⟩"
    assert to_json({"name": "bad\udcff"}).encode("utf-8")


@given(TEXT)
def test_no_control_character_is_left(text: str) -> None:
    left = {ch for ch in show_controls(text) if unicodedata.category(ch) in {"Cc", "Cf"}}
    assert left <= {"\u200d", "\u200c", "\u00ad"}


@given(st.recursive(TEXT, lambda inner: st.dictionaries(TEXT, inner, max_size=3), max_leaves=5))
def test_json_reads_back_the_same_and_shows_no_control_character(value: object) -> None:
    text = to_json(value)
    assert json.loads(text) == value
    assert not [ch for ch in text if unicodedata.category(ch) == "Cc" and ch != "\n"]
    assert "\u202e" not in text
