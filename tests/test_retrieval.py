"""Which sentences bear on a statement, told in its words or in others."""

from __future__ import annotations

from briefing.checks.weighing import words_of
from briefing.retrieval import Index
from briefing.types import Role, Sentence

TEXTS = (
    "Fans marched against the sale on Sunday.",
    "The club has 18,000 season tickets.",
    "Its owner lives in Marrow.",
    "The ferry was late again.",
)


def sentences(*texts: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(id=f"S1.{n}", source="S1", start=0, end=len(text), text=text, role=Role.BODY, block=0)
        for n, text in enumerate(texts, start=1)
    )


def test_a_sentence_in_other_words_is_found() -> None:
    index = Index(sentences(*TEXTS))
    assert [s.id for s in index.nearest("Supporters demonstrated.", most=1)] == ["S1.1"]
    assert [s.id for s in index.passage("Supporters demonstrated.")] == ["S1.1"]


def test_the_word_itself_counts_for_more_than_one_used_for_it() -> None:
    index = Index(sentences("The fans left.", "The supporters left."))
    assert [s.id for s in index.nearest("The supporters left.", most=2)] == ["S1.2", "S1.1"]


def test_a_statement_about_something_else_finds_nothing() -> None:
    assert not Index(sentences(*TEXTS)).nearest("Kostrel quarries granite.", most=3)


def test_what_a_program_set_apart_is_read_as_it_was() -> None:
    assert words_of(sentences("Bell , a 24 - year - old , left .")) == "Bell, a 24-year-old, left."
