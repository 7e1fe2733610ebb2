"""Sentence spans are exact, cover what is citable, and never what is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sentences import spans, split
from briefing.types import Block, Document, Role

MARKS = "“”\"'’.!?…:;,-–—()[]\u00ad\u200b\u200d\u0301\u0130ıßﬁ漢字。！かな🎉👩‍👩‍👧\r\n\t\u2028 "
TEXT = st.text(st.one_of(st.sampled_from(MARKS), st.characters(exclude_categories=["Cs"])), max_size=300)


def document(text: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        id="S2",
        location="a.txt",
        sha256="sha256:0",
        text=text,
        text_sha256="sha256:0",
        media_type="text/plain",
        encoding="utf-8",
        extractor="decode/1",
        blocks=blocks,
    )


def sliced(text: str, language: str = "en") -> list[str]:
    return [text[a:b] for a, b in spans(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("The U.S. and Dr. J. Osei agreed.", ["The U.S. and Dr. J. Osei agreed."]),
        ("It costs 3.5 million. Why?", ["It costs 3.5 million.", "Why?"]),
        (
            "He left at 5 p.m. EST on Monday. She did not.",
            ["He left at 5 p.m. EST on Monday.", "She did not."],
        ),
        ("The Inst. of Tides closed.", ["The Inst. of Tides closed."]),
        ("“Stay in,” she said. “It is late.”", ["“Stay in,” she said.", "“It is late.”"]),
        ("今天下雨。明天晴！", ["今天下雨。", "明天晴！"]),
        (
            "bell left on may 4 . nobody saw her . rain fell .",
            ["bell left on may 4 .", "nobody saw her .", "rain fell ."],
        ),
        ("the u.s . and mr . osei agreed .", ["the u.s . and mr . osei agreed ."]),
        ("A wrapped\nline ends here. Next\r\none.", ["A wrapped\nline ends here.", "Next\r\none."]),
        ("… — !", []),
        ("", []),
    ],
)
def test_sentences_are_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sliced(text) == expected


def test_a_text_without_full_stops_is_cut_between_words_and_nothing_is_lost() -> None:
    text = "nine words and no end " * 1_000
    pieces = sliced(text)
    assert max(map(len, pieces)) <= 3_000
    assert " ".join(pieces) == text.strip()
    assert "".join(sliced("x" * 10_000)) == "x" * 10_000


@given(TEXT)
def test_spans_are_ordered_disjoint_trimmed_and_lose_no_letter(text: str) -> None:
    found = list(spans(text, "en"))
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in found)
    assert all(left[1] <= right[0] for left, right in pairwise(found))
    kept = "".join(text[a:b] for a, b in found)
    assert sorted(ch for ch in kept if ch.isalnum()) == sorted(ch for ch in text if ch.isalnum())


@given(st.lists(st.tuples(TEXT, st.sampled_from(list(Role))), max_size=8))
def test_only_citable_blocks_yield_sentences_and_ids_count_from_one(parts: list[tuple[str, Role]]) -> None:
    text, blocks = "", []
    for part, role in parts:
        if part:
            blocks.append(Block(role=role, start=len(text), end=len(text) + len(part)))
        text += part + "\n\n"
    sentences = split([document(text, tuple(blocks))])
    assert [s.id for s in sentences] == [f"S2.{n}" for n in range(1, len(sentences) + 1)]
    for sentence in sentences:
        block = blocks[sentence.block]
        assert text[sentence.start : sentence.end] == sentence.text
        assert block.start <= sentence.start < sentence.end <= block.end
        assert block.role in {Role.BODY, Role.NOTICE}
