"""The extractive draft: whole sentences that stand alone, nothing twice, the same every time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.claims.extractive import draft_extractive, stands_alone, without_label
from briefing.types import Draft, Role, Sentence, Stories, Story


def told(*documents: list[str]) -> tuple[Stories, tuple[Sentence, ...]]:
    """One story of documents, each a list of sentences."""
    sentences = tuple(
        Sentence(id=f"S{d}.{n}", source=f"S{d}", start=0, end=len(text), text=text, role=Role.BODY, block=0)
        for d, texts in enumerate(documents, start=1)
        for n, text in enumerate(texts, start=1)
    )
    ids = tuple(f"S{d}" for d in range(1, len(documents) + 1))
    story = Story(id="T1", title="A story", sources=ids)
    return Stories(stories=(story,), relays=(), origins=tuple((i, i) for i in ids)), sentences


def draft(*documents: list[str], max_claims: int = 12) -> Draft:
    stories, sentences = told(*documents)
    return draft_extractive(stories, sentences, max_claims=max_claims)


ONE = [
    "The Marrow Bay ferry ran aground off Pell Island on Monday with 212 people aboard.",
    "It was on its way to the mainland.",
    "Coastguard boats brought all 212 passengers to Pell Island by nightfall.",
    "The company has run the Marrow Bay route since 1987.",
]
TWO = [
    "A ferry with 212 people aboard ran aground off Pell Island on Monday evening.",
    "“We felt a blow, and then the lights went out,” passenger Ada Korrin said.",
    "But nobody was hurt.",
]


def test_what_both_documents_tell_opens_the_draft_and_is_told_once() -> None:
    made = draft(ONE, TWO)
    lead = dict(made.leads)["T1"]
    texts = {claim.id: claim.text for claim in made.claims}
    assert "ran aground" in texts[lead[0]]
    assert sum("ran aground off Pell Island" in text for text in texts.values()) == 1


def test_every_claim_is_a_sentence_it_cites() -> None:
    _, sentences = told(ONE, TWO)
    by_id = {sentence.id: sentence.text for sentence in sentences}
    for claim in draft(ONE, TWO).claims:
        assert [claim.text] == [by_id[i] for i in claim.cites]


def test_what_needs_the_sentence_before_it_is_passed_over() -> None:
    texts = [claim.text for claim in draft(ONE, TWO).claims]
    assert "It was on its way to the mainland." not in texts
    assert "But nobody was hurt." not in texts


@pytest.mark.parametrize(
    "text",
    [
        "He told the council that the bridge would close on Tuesday.",
        "“She never asked us about the bridge at all,” the mayor of Pell said.",
        "However, the bridge over the Marrow stayed open all night.",
        "Is the bridge over the Marrow safe enough for lorries?",
        "The bridge over the river Marrow in the old town of",
        "Bridge closed.",
        "and the bridge over the Marrow stayed open all night.",
        "The mayor said “the bridge over the Marrow is closed.",
    ],
    ids=[
        "pronoun",
        "pronoun in quotes",
        "connective",
        "question",
        "no end",
        "too short",
        "fragment",
        "open quote",
    ],
)
def test_sentences_that_do_not_stand_alone_are_known(text: str) -> None:
    assert not stands_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "So far, only about 300 people have left the town of Pell.",
        "The bridge over the Marrow closed at 9.30 p.m. on Sunday.",
        "“The bridge will stay closed until Friday,” Mayor Ada Korrin said.",
        "Thousands of people marched through the streets of Pell.",
        "在周二，市议会 关闭了 马罗湾 的 大桥 和 码头。",
    ],
)
def test_sentences_that_stand_alone_are_kept(text: str) -> None:
    assert stands_alone(text)


def test_a_label_is_dropped_and_a_sentence_with_a_colon_is_not() -> None:
    assert without_label("Why it matters: The port feeds the island.") == "The port feeds the island."
    text = "The council set one condition: nobody may return before Friday."
    assert without_label(text) == text


def test_an_original_is_preferred_to_its_relay() -> None:
    from dataclasses import replace

    from briefing.types import Relay

    stories, sentences = told(
        ["The harbour of Pell Island was closed to all ships on Monday morning."],
        ["The harbour of Pell Island was closed to all shipping on Monday morning."],
    )
    relay = Relay(source="S1", outlet="S2", relays="S2", start=0, end=1)
    made = draft_extractive(replace(stories, relays=(relay,)), sentences, max_claims=1)
    assert made.claims[0].cites == ("S2.1",)


def test_what_a_correction_takes_back_is_no_claim() -> None:
    from dataclasses import replace

    wrong = "An earlier version of this article gave the number of passengers as 312."
    stories, sentences = told([*ONE, wrong])
    noticed = [replace(s, role=Role.NOTICE) if s.text == wrong else s for s in sentences]
    assert wrong not in [claim.text for claim in draft_extractive(stories, noticed, max_claims=9).claims]


WORDS = st.sampled_from("Pell Marrow bridge closed harbour council voted 12 300 storm ferry mayor said on the".split())
SENTENCE = st.lists(WORDS, min_size=6, max_size=14).map(lambda words: "The " + " ".join(words) + ".")


@settings(max_examples=40)
@given(st.lists(st.lists(SENTENCE, min_size=1, max_size=8), min_size=1, max_size=4), st.integers(1, 6))
def test_the_draft_keeps_its_limit_opens_with_its_lead_and_repeats_nothing(
    documents: list[list[str]], most: int
) -> None:
    first = draft(*documents, max_claims=most)
    assert 1 <= len(first.claims) <= most
    assert [claim.id for claim in first.claims] == [f"C{n}" for n in range(1, len(first.claims) + 1)]
    assert dict(first.leads)["T1"][0] == "C1"
    assert len({claim.text for claim in first.claims}) == len(first.claims)
