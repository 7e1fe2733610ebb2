"""What other programs are given: spans where they say, links that light the right words, cells that never run."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from briefing.cli import main
from briefing.decisions import Standing
from briefing.fragments import Fragment, fragment, link
from briefing.interchange import annotated, guarded, links, table, unguarded
from briefing.pipeline import Job, make
from briefing.render import markdown
from briefing.types import Action, Briefing, Decision
from tests.conftest import EXAMPLES
from tests.review_server import articles, made_in

AS_OF = datetime(2031, 3, 6, tzinfo=UTC)
HOSTILE = '=HYPERLINK("http://evil.example","x")'


@cache
def made() -> Briefing:
    return make(Job(locations=(str(EXAMPLES),), as_of=AS_OF))


def on_the_web(address: str) -> Briefing:
    """The examples as if they had been fetched."""
    documents = tuple(replace(document, location=address, address=address) for document in made().documents)
    return replace(made(), documents=documents)


# Web annotations


def test_every_span_of_every_claim_is_an_annotation_of_the_right_characters() -> None:
    collection = annotated(made())
    items = collection["first"]["items"]
    texts = {document.sha256: document.text for document in made().documents}
    spans = {
        (claim.checked.id, e.source, e.start, e.end)
        for claim in made().claims
        for e in (*claim.checked.evidence, *claim.standing.corroboration)
    }
    assert collection["total"] == len(items) == len(spans)
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        text = texts[item["target"]["source"].removeprefix("urn:")]
        position, quotation = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quotation["exact"]
        assert text[:start].endswith(quotation.get("prefix", ""))
        assert text[end:].startswith(quotation.get("suffix", ""))
        around = quotation.get("prefix", "") + quotation["exact"] + quotation.get("suffix", "")
        assert around in text


def test_it_has_what_the_annotation_model_requires() -> None:
    """Sections 3.1, 3.2.4, 4.2.4, 4.2.5 and 5 of the Web Annotation Data Model."""
    collection = annotated(made())
    assert "http://www.w3.org/ns/anno.jsonld" in collection["@context"]
    assert collection["type"] == "AnnotationCollection"
    assert collection["first"]["type"] == "AnnotationPage"
    for item in collection["first"]["items"]:
        assert item["type"] == "Annotation"
        assert item["id"].startswith("urn:uuid:")
        words, verdict = item["body"]
        assert words["type"] == verdict["type"] == "TextualBody"
        assert verdict["value"] in ("supported", "partly")
        assert item["target"]["type"] == "SpecificResource"
        position, quotation = item["target"]["selector"]
        assert position["type"] == "TextPositionSelector"
        assert position["unit"] == "Unicode code points"
        assert quotation["type"] == "TextQuoteSelector"


def test_a_source_of_the_web_is_the_target_by_its_address_and_no_other_scheme_is() -> None:
    for address, kept in (
        ("https://news.example/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
    ):
        targets = {item["target"]["source"] for item in annotated(on_the_web(address))["first"]["items"]}
        assert (targets == {address}) == kept
        assert kept or all(target.startswith("urn:sha256:") for target in targets)


def test_the_same_briefing_gives_the_same_annotations() -> None:
    assert annotated(made()) == annotated(made())


def test_a_briefing_without_claims_is_an_empty_collection() -> None:
    empty = annotated(replace(made(), claims=()))
    assert empty["total"] == 0
    assert "first" not in empty


# Links


def read_link(printed: str) -> Fragment:
    """Read a text directive by the grammar of the specification."""
    parts = printed.partition(":~:text=")[2].split(",")
    prefix = parts.pop(0).removesuffix("-") if parts[0].endswith("-") else ""
    suffix = parts.pop().removeprefix("-") if parts[-1].startswith("-") else ""
    start, end = (*parts, "")[:2]
    return Fragment(start=unquote(start), end=unquote(end), prefix=unquote(prefix), suffix=unquote(suffix))


REPEATED = "The dam held. It rained all day.\nThe dam held, he said. In the north it rained all day.\nThe end."


@pytest.mark.parametrize(
    ("quote", "nth", "printed"),
    [
        ("The end.", 0, "The%20end."),
        ("held, he said", 0, "held%2C%20he%20said"),
        ("it rained all day.", 1, "north-,it%20rained%20all%20day."),
        ("It rained all day.", 0, "held.-,It%20rained%20all%20day."),
    ],
)
def test_words_around_are_given_only_where_they_are_needed(quote: str, nth: int, printed: str) -> None:
    lowered = REPEATED.lower()
    start = -1
    for _ in range(nth + 1):
        start = lowered.index(quote.lower(), start + 1)
    assert str(fragment(REPEATED, start, start + len(quote))) == printed


def test_a_long_quotation_is_given_by_its_ends() -> None:
    text = "Before. " + " ".join(f"word{n}" for n in range(80)) + " After."
    found = fragment(text, 8, len(text) - 7)
    assert (found.start, found.end) == ("word0 word1 word2 word3 word4", "word75 word76 word77 word78 word79")


def test_a_quotation_of_two_paragraphs_is_given_by_its_ends() -> None:
    text = "One two three.\n\nFour five six."
    assert str(fragment(text, 0, len(text))) == "One%20two%20three.,Four%20five%20six."


lines = st.lists(
    st.lists(st.sampled_from(["rain", "dam-gate", "a,b", "x&y", "the", "€5", "don't"]), min_size=1, max_size=6)
)


@settings(deadline=None)
@given(lines.filter(bool), st.data())
def test_a_link_reads_back_as_what_it_quotes(paragraphs: list[list[str]], data: st.DataObject) -> None:
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    number = data.draw(st.integers(0, len(paragraphs) - 1))
    start = len("\n\n".join(" ".join(p) for p in paragraphs[:number])) + (2 if number else 0)
    end = start + len(" ".join(paragraphs[number]))
    printed = link("https://news.example/a?b=c", text, start, end)
    assert printed
    assert not set(printed.partition(":~:text=")[2]) - set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%._~,-"
    )
    found = read_link(printed)
    assert found.start == text[start:end]
    assert text[:start].rstrip().endswith(found.prefix)
    assert text[end:].lstrip().startswith(found.suffix)


@pytest.mark.parametrize(
    "address",
    [None, "", "javascript:alert(1)", "file:///etc/passwd", "https://", "https://me:key@host/", "https://a b/", "//a"],
)
def test_nothing_but_an_address_of_the_web_becomes_a_link(address: str | None) -> None:
    assert link(address, "It rained.", 0, 10) is None


def test_an_address_can_end_neither_the_link_nor_the_line_that_it_stands_in() -> None:
    printed = link("https://news.example/a)>'\"<b>`|é:~:text=else", "It rained.", 0, 10)
    assert printed == "https://news.example/a%29%3E%27%22%3Cb%3E%60%7C%C3%A9#:~:text=It%20rained."


def test_footnotes_of_fetched_sources_open_there_and_those_of_files_do_not() -> None:
    assert "Open there" not in markdown(made())
    fetched = markdown(on_the_web("https://news.example/a"))
    count = sum(line.startswith("[^") for line in fetched.splitlines())
    assert fetched.count("[Open there](<https://news.example/a#:~:text=") == count > 10
    claimed = replace(made(), documents=tuple(replace(d, address="https://evil.example") for d in made().documents))
    assert "evil.example" not in markdown(claimed)


def test_a_hostile_address_opens_nothing_in_markdown() -> None:
    page = markdown(on_the_web("https://news.example/)>[x](javascript:alert(1))<script>"))
    html = MarkdownIt().render(page)
    assert "<script" not in html
    assert 'href="javascript' not in html


def test_a_browser_goes_to_the_words_that_are_meant(browser: Browser, tmp_path: Path) -> None:
    """The same words stand in three places, far apart; each link leads to its own."""
    paragraphs = [f"In the {place}, it rained, well-nigh all day & night." for place in ("north", "south", "west")]
    text = "\n\n".join(paragraphs)
    body = "".join(
        f"<p>{paragraph.replace('&', '&amp;')}</p><div style='height: 3000px'></div>" for paragraph in paragraphs
    )
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{body}", encoding="utf-8")
    words = "it rained, well-nigh all day & night."
    start = -1
    for number in range(3):
        start = text.index(words, start + 1)
        printed = link("https://news.example/", text, start, start + len(words))
        assert printed
        page = browser.new_context(viewport={"width": 800, "height": 600}).new_page()
        page.goto(file.as_uri() + printed.removeprefix("https://news.example/"))
        page.wait_for_timeout(300)
        at = page.evaluate("scrollY")
        assert number * 3000 - 600 < at < number * 3000 + 300 + 150 * number, (number, at)
        page.context.close()


def test_links_are_printed_one_to_a_line() -> None:
    printed = links(on_the_web("https://news.example/a")).splitlines()
    assert len(printed) > 10
    assert all(line.split("\t")[2].startswith("https://news.example/a#:~:text=") for line in printed)
    assert links(on_the_web("notes/a.txt")) == ""


# Tables


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed, newline="")))


def test_a_table_holds_every_claim_and_reads_back() -> None:
    read = rows(table(made(), {}))
    expected = [*(claim.checked for claim in made().claims), *made().withheld]
    assert [row["id"] for row in read] == [claim.id for claim in expected]
    for row, claim in zip(read, expected, strict=True):
        assert unguarded(row["text"]) == claim.text
        for evidence in claim.evidence:
            assert evidence.text in unguarded(row["evidence"])
            assert evidence.source in row["sources"].split()


def test_lines_end_as_rfc_4180_has_it_and_the_mark_is_there_when_asked_for() -> None:
    printed = table(made(), {})
    assert printed.startswith("id,story,text,")
    assert printed.endswith("\r\n")
    assert table(made(), {}, bom=True) == "\ufeff" + printed


@settings(deadline=None)
@given(st.text())
def test_a_guarded_cell_is_never_a_formula_and_comes_back_as_it_was(cell: str) -> None:
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "'=", "''-"])
def test_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert guarded(f"{sign}1") == f"'{sign}1"


def test_hostile_claims_are_only_text_in_a_table() -> None:
    first, *rest = made().claims
    text = f"{HOSTILE}\x1b[31m\u202e\r\nnext"
    hostile = replace(first, checked=replace(first.checked, text=text))
    decision = Decision(action=Action.REJECT, who="@SUM(1)", when=AS_OF)
    held = {first.checked.id: Standing(decision=decision, stale="another")}
    printed = table(replace(made(), claims=(hostile, *rest)), held)
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    row = rows(printed)[0]
    assert row["text"] == f"'{HOSTILE}⟨U+001B⟩[31m⟨U+202E⟩\nnext"
    assert (row["decision"], row["who"]) == ("reject (stale)", "'@SUM(1)")


# The command


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    return made_in(folder / "out", articles(folder))


def export(path: Path, *words: str) -> Any:
    env = {"BRIEFING_STORE": str(path.parent / "s.sqlite")}
    return CliRunner(env=env).invoke(main, ["export", str(path), "--format", *words])


def test_the_command_prints_each_format(path: Path) -> None:
    assert json.loads(export(path, "webannotation").stdout)["type"] == "AnnotationCollection"
    assert export(path, "csv", "--bom").stdout.startswith("\ufeffid,")
    assert "no source of it stands on the web" in export(path, "fragments").stderr


def test_nothing_is_exported_that_its_sources_do_not_bear_out(path: Path, tmp_path: Path) -> None:
    values = json.loads(path.read_text(encoding="utf-8"))
    values["claims"][0]["evidence"][0]["text"] = "It never rained."
    forged = tmp_path / "briefing.json"
    forged.write_text(json.dumps(values), encoding="utf-8")
    result = export(forged, "csv")
    assert result.exit_code == 2
    assert "It never rained." in result.stderr


def test_without_a_source_the_manifest_is_exported_and_the_source_named(tmp_path: Path) -> None:
    sources = articles(tmp_path)
    path = made_in(tmp_path / "out", sources)
    next(sources.glob("01-*")).unlink()
    result = export(path, "webannotation")
    assert result.exit_code == 0
    assert "not read again: S1" in result.stderr
