"""Blocks of a checked text: where it is Markdown, they are those that markdown-it-py finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.texts.blocks import Part, read_blocks

LINE = st.sampled_from(["The ferry sank.", "It was old.", "Forty people died, it is said.", "Nobody came."])
PARAGRAPH = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
HEADING = st.tuples(st.integers(1, 6), LINE).map(lambda made: f"{'#' * made[0]} {made[1]}")
UNDERLINED = st.tuples(LINE, st.sampled_from("=-")).map(lambda made: f"{made[0]}\n{made[1] * 5}")
ITEMS = st.tuples(st.sampled_from("-*+"), st.lists(LINE, min_size=1, max_size=3)).map(
    lambda made: "\n".join(f"{made[0]} {line}" for line in made[1])
)
NUMBERED = st.lists(LINE, min_size=1, max_size=3).map(
    lambda lines: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
)
QUOTE = st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"> {line}" for line in lines))
FENCED = st.tuples(st.sampled_from(["```", "~~~"]), LINE).map(lambda made: f"{made[0]}\n{made[1]}\n{made[0]}")
TABLE = st.lists(st.tuples(LINE, LINE), min_size=1, max_size=3).map(
    lambda rows: "\n".join(["| a | b |", "| --- | --- |", *(f"| {one} | {other} |" for one, other in rows)])
)
MARKDOWN = st.lists(
    st.one_of(PARAGRAPH, HEADING, UNDERLINED, ITEMS, NUMBERED, QUOTE, FENCED, TABLE), min_size=1, max_size=6
).map("\n\n".join)


def by_markdown_it(text: str) -> list[tuple[str, str]]:
    """The same, from the tokens: what each stretch of words is, and the words."""
    found: list[tuple[str, str]] = []
    open_: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.nesting > 0:
            open_.append(token.type)
        elif token.nesting < 0:
            open_.pop()
        elif token.type == "fence":
            found.append(("CODE", token.content.strip()))
        elif token.type == "inline":
            part = "HEADING" if "heading_open" in open_ else "ITEM" if "list_item_open" in open_ else "PROSE"
            found.append(("ROW" if "table_open" in open_ else part, " ".join(token.content.split())))
    return found


def by_blocks(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for block in read_blocks(text):
        spans = block.cells if block.part is Part.ROW else ((block.start, block.end),)
        for start, end in spans:
            words = (
                text[start:end].replace("\n>", "\n").strip("`~\n ") if block.part is not Part.ROW else text[start:end]
            )
            found.append((block.part.name, " ".join(words.split())))
    return found


@given(MARKDOWN)
@settings(max_examples=200)
def test_blocks_of_markdown_are_those_of_markdown_it(text: str) -> None:
    assert by_blocks(text) == by_markdown_it(text)
