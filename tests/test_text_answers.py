"""What is answered of a claim by what it cites, and how the checked text is printed."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from briefing.cli import main
from briefing.pipeline import TextCheck, check_text
from briefing.show.checked import places, text_check, text_check_values
from briefing.show.marked import text_check_markdown, text_check_page
from briefing.types import AnsweredClaim, TextAnswer
from tests.conftest import EXAMPLES

ONE = """The Harbour Post

Ferry sinks off Lodd in heavy fog

The ferry Anna sank off Lodd on Monday. Forty people died.
"""
TWO = """Radio Tessaly

Minister visits Lodd

The ferry Anna sank off Lodd on Monday. Three people died.

Its captain, Ole Brandt, was arrested on Tuesday.
"""


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    for name, text in (("one.txt", ONE), ("two.txt", TWO)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]


def answered(text: str, sources: list[str]) -> AnsweredClaim:
    (claim,) = (c for c in check_text(text, sources).answered if c.answer is not TextAnswer.NOT_CHECKABLE)
    return claim


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The ferry Anna sank off Lodd on Monday [1].", TextAnswer.SUPPORTED_BY_CITED),
        ("The ferry Anna sank off Lodd on Monday.", TextAnswer.SUPPORTED),
        ("Its captain, Ole Brandt, was arrested on Tuesday [1].", TextAnswer.SUPPORTED_ELSEWHERE),
        ("Its captain, Ole Brandt, was arrested on Tuesday [7].", TextAnswer.SUPPORTED_ELSEWHERE),
        ("Three people died [2].", TextAnswer.SUPPORTED_BY_CITED),
        ("Its captain, Ole Brandt, was arrested on Friday [2].", TextAnswer.CONTRADICTED),
        ("The orchestra of Avelin will play in May [2].", TextAnswer.NOWHERE),
        ("Who arrested the captain?", TextAnswer.NOT_CHECKABLE),
    ],
)
def test_a_claim_is_answered_by_what_it_cites_then_by_all(text: str, answer: TextAnswer, sources: list[str]) -> None:
    (claim,) = check_text(text, sources).answered
    assert claim.answer is answer


def test_another_source_does_not_mend_what_the_cited_one_contradicts(sources: list[str]) -> None:
    claim = answered("Three people died [1].", sources)
    assert claim.answer is TextAnswer.CONTRADICTED
    assert {evidence.source for evidence in claim.checked.evidence} == {"S1"}
    assert {evidence.source for evidence in claim.elsewhere} == {"S2"}


def test_the_words_that_are_not_borne_out_are_marked_in_the_text_with_its_marks(sources: list[str]) -> None:
    text = "- Its captain, **Ole *Brant***, was arrested on **Friday** [2].\n"
    result = check_text(text, sources)
    (stated,), (claim,) = result.stated, result.answered
    assert "Friday" in [text[start:end].strip("*") for start, end in places(stated, claim)]
    assert "**⟦Friday⟧**" in text_check(result)


def test_strict_passes_only_what_is_supported_by_what_it_cites(tmp_path: Path, sources: list[str]) -> None:
    codes = []
    for mark in ("[2]", "", "[1]"):
        (tmp_path / "t.md").write_text(f"Its captain, Ole Brandt, was arrested on Tuesday {mark}.", encoding="utf-8")
        arguments = ["check", "--strict", str(tmp_path / "t.md"), "--sources", *sources]
        codes.append(CliRunner().invoke(main, arguments).exit_code)
    assert codes == [0, 0, 1]


def test_json_of_an_unknown_shape_is_a_usage_error_that_names_the_file(tmp_path: Path, sources: list[str]) -> None:
    (tmp_path / "t.json").write_text('{"rows": []}', encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path / "t.json"), "--sources", *sources])
    assert done.exit_code == 2
    assert "t.json: JSON of an unknown shape (rows): looked for" in done.output


def test_a_text_without_claims_does_not_hold(sources: list[str]) -> None:
    assert not check_text("Who will pay?", sources).holds
    assert not check_text('["", " "]', sources).holds


def test_half_a_character_in_json_is_shown_and_breaks_nothing(sources: list[str]) -> None:
    result = check_text('["The ferry \\ud800 Anna sank off Lodd on Monday."]', sources)
    printed = text_check(result) + text_check_page(result, "x") + text_check_markdown(result, "x")
    assert printed.encode("utf-8").decode("utf-8").count("⟨U+D800⟩") >= 3


def test_what_a_paragraph_cites_is_tried_first_and_another_source_does_for_a_sentence_without_a_citation(
    sources: list[str],
) -> None:
    text = "The ferry Anna sank off Lodd on Monday. Its captain, Ole Brandt, was arrested on Tuesday. "
    assert [claim.answer for claim in check_text(f"{text}Forty people died [1].", sources).answered] == [
        TextAnswer.SUPPORTED_BY_CITED,
        TextAnswer.SUPPORTED,
        TextAnswer.SUPPORTED_BY_CITED,
    ]
    flagged = check_text("Its captain, Ole Brandt, was arrested on Friday. Three people died [2].", sources).answered
    assert [claim.answer for claim in flagged] == [TextAnswer.CONTRADICTED, TextAnswer.SUPPORTED_BY_CITED]


def test_a_heading_that_only_the_model_of_meaning_doubts_is_left_undecided() -> None:
    articles = [str(path) for path in sorted(EXAMPLES.glob("0*"))]
    (sentence,) = check_text("Mayor resigns over Kostrel leak.", articles).answered
    (heading,) = check_text("# Mayor resigns over Kostrel leak", articles).answered
    (invented,) = check_text("# Orchestra of Avelin plays in May", articles).answered
    assert [sentence.answer, heading.answer] == [TextAnswer.NOWHERE, TextAnswer.UNSURE]
    assert sentence.checked.answers == heading.checked.answers
    assert invented.answer is TextAnswer.NOWHERE


WHOLE = """# Ferry *sinks*

The ferry Anna sank off Lodd [1]. Forty people died.[^n] Who will pay?

The following towns mourn:

* Avelin
3. Lodd (Radio Tessaly)
🚢 It was **old**.

> “It sank.” — The Harbour Post

| Ship | Lost |
|---|---|
| Anna | 3 |

Sources:
[1] Radio Tessaly
2. The Harbour Post
- https://post.example/a_b
[^n]: one.txt
"""


def shown_words(text: str) -> list[str]:
    """What a reader sees of a text: no marks of Markdown, of a table or of a list, no signs."""
    return [word for word in (part.strip("#*>|-—“”✓✗?~∅⟦⟧: ") for part in text.split()) if word]


def test_the_text_is_shown_again_word_for_word_with_the_labels_of_its_references(sources: list[str]) -> None:
    result = check_text(WHOLE, sources)
    page = Tags()
    page.feed(text_check_page(result, "x"))
    tokens = MarkdownIt("commonmark").parse(text_check_markdown(result, "x"))
    rendered = " ".join(child.content or " " for token in tokens for child in (token.children or ()))
    for shown in (text_check(result), page.text, rendered):
        left = iter(shown_words(re.sub(r"\*\*|\[\^C\d+\]:?", "", shown)))
        told = shown_words(
            re.sub(r"\*\*|(?<=\n)3\. |(?<=\n)2\. |Lost$", "", WHOLE.replace("| Ship | Lost |\n|---|---|\n", ""))
        )
        assert [word for word in told if word not in left] == []


HOSTILE = (
    "# <script>alert(1)</script> [x](javascript:alert(1)) forty people died\n\n"
    "<img src=x onerror=alert(1)> The ferry **Anna** sank\u202e off Lodd \x1b[31m on Friday [1]. `a` ![i](http://e.example/i)\n\n"
    "| a | b |\n|---|---|\n| <b>Anna</b> | ](x) sank </td> |\n\n1. **[^C1]: evil** &lt;\n\n> ~~~\n"
)


@pytest.fixture
def hostile(sources: list[str]) -> TextCheck:
    return check_text(HOSTILE, sources)


class Tags(HTMLParser):
    """Collects the tags, their attributes, and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_of_a_hostile_text_has_no_element_of_it_and_shows_all_of_it(hostile: TextCheck) -> None:
    page = text_check_page(hostile, "<i>name</i>")
    found = Tags()
    found.feed(page)
    assert not found.tags & {"script", "img", "i", "b", "td", "iframe", "object", "link", "form"}
    assert not any(name.startswith("on") for name in found.attributes)
    assert all(re.fullmatch(r"#C\d+", link) for link in found.links)
    assert "default-src 'none'; style-src 'sha256-" in unescape(page)
    assert "<script>alert(1)</script>" in found.text
    assert "<img src=x onerror=alert(1)>" in found.text
    assert not set(page) & {"\u202e", "\x1b"}


def test_markdown_of_a_hostile_text_holds_no_link_image_or_tag(hostile: TextCheck) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text_check_markdown(hostile, "[a](b)"))
    kinds = {child.type for token in tokens for child in (token, *(token.children or ()))}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "code_inline", "fence", "table_open"}


def test_a_terminal_is_not_steered_and_lines_fit(hostile: TextCheck) -> None:
    printed = text_check(hostile)
    assert not set(printed) & {"\x1b", "\u202e"}
    assert max(len(line) for line in printed.splitlines()) <= 80


def test_the_whole_text_is_printed_again(hostile: TextCheck) -> None:
    def bare(text: str) -> str:
        return "".join(ch for ch in text if ch.isalnum())

    printed = bare(re.sub(r"⟨U\+\w+⟩", "", "".join(text_check(hostile).split("\n"))))
    for line in HOSTILE.replace("\u202e", "").replace("\x1b", "").splitlines():
        for word in line.split():
            assert bare(word) in printed, word


def test_json_keeps_claims_as_in_the_manifest_with_their_answers(hostile: TextCheck) -> None:
    values = json.loads(json.dumps(text_check_values(hostile)))
    assert [claim["start"] for claim in values["claims"]] == sorted(claim["start"] for claim in values["claims"])
    for claim in values["claims"]:
        assert {"id", "text", "verdict", "answers", "evidence", "answer", "citations", "path"} <= claim.keys()
        assert claim["answer"] in set(TextAnswer)
        for citation in claim["citations"]:
            assert HOSTILE[citation["start"] : citation["end"]] == citation["label"]
