"""A document covers its text with blocks, whatever the bytes; pages are flattened, bounded and never run."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.documents import read_document
from briefing.documents.pieces import cut
from briefing.errors import SourceEmpty, SourceUnsupported
from briefing.types import CITABLE, Document, Role, Source

_OUTSIDE = frozenset("•‣▪▸►●○◦∙·*+–—-\ufeff\u200b\uf0b7")
_MARKDOWN_MARKERS = frozenset("#>.)0123456789")

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Ferry cancelled after engine failure | The Sund Observer</title>
<meta property="og:site_name" content="The Sund Observer">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Ferry cancelled after engine failure", "datePublished": "2022-05-07T18:30:00Z",
 "author": [{"@type": "Person", "name": "Mira Holt"}]}</script>
<style>p { color: red }</style></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Ferry cancelled after engine failure</h1>
<p>The ferry between Port Ellery and Sund was <b>cancelled</b> on Monday after its engine failed, the operator said.</p>
<figure><img src="a.jpg"><figcaption>The Aurora lies in the harbour of Sund.</figcaption></figure>
<p>About 200 passengers were taken ashore by pilot boats during the night, and nobody was hurt, it added.</p>
<h2>Next crossing</h2>
<ul><li>The next crossing is planned for Thursday, if the engine can be repaired by then.</li></ul>
<p>Engineers from the shipyard will look at the engine before the line is opened again, a spokeswoman said.</p>
<p hidden>Nobody sees this paragraph about the second engine of the ferry.</p>
<script>document.write("<p>Injected sentence about the ferry.</p>")</script>
</article>
<div class="related-articles"><h3>Read more</h3><a href="/2">Operator buys new ferries for the island of Sund</a></div>
<section id="comments"><h3>2 comments</h3>
<p>Sailor7: The operator has been lying to the island for many years now.</p></section>
<footer>© 2022 The Sund Observer</footer>
</body></html>"""


def read(data: bytes | str, media_type: str = "text/plain") -> Document:
    """Read bytes, or a text in UTF-8."""
    raw = data.encode() if isinstance(data, str) else data
    digest = "sha256:" + hashlib.sha256(raw).hexdigest()
    return read_document(Source(id="S7", location="a", data=raw, sha256=digest, media_type=media_type))


def texts(document: Document, role: Role) -> list[str]:
    """Return the texts of the blocks with a role."""
    return [document.text[block.start : block.end] for block in document.blocks if block.role is role]


def assert_covered(document: Document, outside: frozenset[str] = _OUTSIDE) -> None:
    """Check that the blocks are in order, apart, trimmed, and leave out only white space and list markers."""
    for before, after in pairwise(document.blocks):
        assert before.end <= after.start
    covered: set[int] = set()
    for block in document.blocks:
        inside = document.text[block.start : block.end]
        assert inside
        assert inside == inside.strip()
        covered.update(range(block.start, block.end))
    left_out = {ch for at, ch in enumerate(document.text) if at not in covered and not ch.isspace()}
    assert left_out <= outside


# Blocks
# ------

_LINES = st.lists(
    st.one_of(
        st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80),
        st.sampled_from(
            [
                "",
                "• Share on Facebook",
                "The ferry was cancelled on Monday, the operator said.",
                "Read more:",
                "3 Comments",
                "Update: The ferry was towed in.",
                "* ",
                "1. First",
                "# Heading",
            ]
        ),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(lines=_LINES, newline=st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028"]), markdown=st.booleans())
def test_every_visible_character_lies_in_exactly_one_block(lines: list[str], newline: str, markdown: bool) -> None:
    text = newline.join([*lines, "end"])
    document = read(text, "text/markdown" if markdown else "text/plain")
    assert document.text == text
    assert_covered(document, outside=_OUTSIDE | _MARKDOWN_MARKERS if markdown else _OUTSIDE)


def test_list_markers_and_white_space_stay_outside() -> None:
    text = "  •  The ferry was cancelled on Monday.  \r\n\t- Nobody was hurt in the harbour.\r\n*\r\n"
    document = read(text)
    blocks = [text[block.start : block.end] for block in document.blocks]
    assert blocks == ["The ferry was cancelled on Monday.", "Nobody was hurt in the harbour."]


def test_a_hard_wrapped_paragraph_is_one_block() -> None:
    wrapped = (
        "The ferry between Port Ellery and Sund was cancelled on Monday after its\n"
        "engine failed. About 200 passengers were taken ashore by pilot boats, and\n"
        "Norland's coast guard said that nobody was hurt."
    )
    document = read(f"Ferry cancelled\n\n{wrapped}\n\nThe next crossing is planned for Thursday.\n")
    assert texts(document, Role.BODY) == [wrapped, "The next crossing is planned for Thursday."]


def test_titles_in_consecutive_lines_are_not_taken_for_a_wrapped_paragraph() -> None:
    titles = [
        "Operator buys two new ferries for the island of Sund in May",
        "Mayor of Port Ellery resigns after debate",
    ]
    assert [piece.text for piece in cut("\n".join(titles))] == titles


def test_markdown_headings_are_headlines_and_its_list_numbers_stay_outside() -> None:
    text = (
        "# Ferry cancelled\n\nThe ferry to Sund was cancelled on Monday, the operator said.\n\n"
        "1. The engine failed off Port Ellery during the night, the operator said.\n"
        "2. Nobody was hurt when the passengers were taken ashore by boat.\n"
    )
    document = read(text, "text/markdown")
    assert texts(document, Role.HEADLINE) == ["Ferry cancelled"]
    assert texts(document, Role.BODY)[1].startswith("The engine failed")
    assert document.text == text


def test_a_document_carries_its_source_and_the_digest_of_its_text() -> None:
    document = read("The ferry to Sund was cancelled.\r\n")
    assert (document.id, document.location, document.media_type) == ("S7", "a", "text/plain")
    assert document.text_sha256 == "sha256:" + hashlib.sha256(document.text.encode()).hexdigest()


# Bounded
# -------


@pytest.mark.parametrize(
    "unit",
    [
        "The ferry was cancelled on Monday. ",
        "a",
        " ",
        "(",
        "1/1/",
        "- ",
        "Ab ",
        "\n",
        "The ferry was cancelled on Monday, the operator of the line to Sund said.\n",
    ],
)
def test_half_a_million_characters_of_one_kind_are_read(unit: str) -> None:
    # Linear, as `benchmarks.roles` prints; anything steeper would not come back.
    text = "x " + unit * (500_000 // len(unit)) + " y"
    assert read(text).text == text


def test_a_page_nested_beyond_measure_is_refused_or_read_but_never_recursed() -> None:
    with pytest.raises(SourceUnsupported, match="nested too deeply"):
        read("<html><body>" + "<div>" * 100_000 + "The ferry was cancelled.", "text/html")


def test_entities_of_a_page_are_not_expanded_beyond_the_page() -> None:
    declared = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    bomb = f"{declared}<html><body><p>{'&b;' * 50} end.</p></body>"
    assert len(read(bomb, "text/html").text) < 2 * len(bomb)


# Pages
# -----


def test_a_page_keeps_its_article_and_its_surroundings_apart() -> None:
    document = read(PAGE, "text/html")
    assert_covered(document)
    body = texts(document, Role.BODY)
    assert [line.split()[0] for line in body] == ["The", "About", "The", "Engineers"]
    assert "was cancelled on Monday" in body[0]
    assert texts(document, Role.CAPTION) == ["The Aurora lies in the harbour of Sund."]
    assert texts(document, Role.HEADLINE) == ["Ferry cancelled after engine failure", "Next crossing"]
    assert "Operator buys new ferries for the island of Sund" in texts(document, Role.FURNITURE)
    assert any(line.startswith("Sailor7") for line in texts(document, Role.COMMENT))


def test_what_a_page_hides_or_would_run_is_not_in_the_text() -> None:
    text = read(PAGE, "text/html").text
    assert "Nobody sees" not in text
    assert "Injected" not in text
    assert "color" not in text


def test_the_head_of_a_page_comes_from_its_markup() -> None:
    document = read(PAGE, "text/html")
    assert (document.title, document.publisher) == ("Ferry cancelled after engine failure", "The Sund Observer")
    assert document.author == "Mira Holt"
    assert document.published == datetime(2022, 5, 7, 18, 30, tzinfo=UTC)
    assert document.published_precision == "second"


def test_a_page_read_twice_gives_the_same_document() -> None:
    assert read(PAGE, "text/html") == read(PAGE, "text/html")


@pytest.mark.parametrize(
    "script",
    ['{"@type": "NewsArticle", "datePublished": 5, "author": {"name": 3}, "publisher": []}', "{broken", "[" * 50_000],
)
def test_strange_metadata_is_passed_over(script: str) -> None:
    page = f'<html><head><script type="application/ld+json">{script}</script></head><body><p>The ferry left.</p></body>'
    document = read(page, "text/html")
    assert (document.published, document.author, document.publisher) == (None, None, None)


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html><body><script>x()</script></body></html>", "<html><!-- a --></html>"]
)
def test_a_page_that_shows_nothing_is_empty(page: str) -> None:
    with pytest.raises(SourceEmpty):
        read(page, "text/html")


_MARKUP = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<ul><li>",
                "</li></ul>",
                "<br>",
                "<a href='/'>",
                "</a>",
                "<b>",
                "</b>",
            ),
            *("<script>", "</script>", "<table><tr><td>", "</td></tr></table>", "<div hidden>", "<h1>", "</h1>"),
            *(
                "The ferry was cancelled on Monday, the operator said. ",
                "Read more",
                "&amp;",
                "&#x200b;",
                "<",
                "é",
                "\n",
            ),
            *("<nav>", "</nav>", "<div class='comments'>", "<p>3 Comments</p>", "\u2028", "•"),
        ]
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(_MARKUP)
def test_any_markup_gives_covering_blocks(parts: list[str]) -> None:
    document = read("<html><body><p>The ferry left.</p>" + "".join(parts), "text/html")
    assert_covered(document)


def test_citable_blocks_of_a_page_never_come_from_its_comments() -> None:
    document = read(PAGE.replace("<p>Sailor7", "<p>Update: Sailor7"), "text/html")
    cited = [document.text[b.start : b.end] for b in document.blocks if b.role in CITABLE]
    assert not any("Sailor7" in text for text in cited)
