"""Paragraphs whose line breaks end statements, and those whose line breaks say nothing."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.sentences import spans
from briefing.texts import Piece, Shelf, read_statements


def claims(text: str) -> list[str]:
    found = read_statements([Piece(text=text)], Shelf(()))
    for stated in found:
        assert "".join(text[at] for at in stated.at if at >= 0).split() == stated.claim.text.split()
    return [stated.claim.text for stated in found]


HIGHLIGHTS = [
    "Police found 40 kilos of the drug in a van near the harbour",
    "Mayor Berthe Osk denies that she knew of it",
    "Two men from Lodd were arrested on Tuesday and a third is sought",
    "Trial is to open in May",
]


@pytest.mark.parametrize("ends", ["", ".", " [2]", ". [2]"])
@pytest.mark.parametrize("small", [False, True])
def test_highlights_one_a_line_are_claims_of_their_own(ends: str, small: bool) -> None:
    lines = [line.lower() if small else line for line in HIGHLIGHTS]
    shown = [line + ends.replace(" [2]", "") for line in lines]
    text = "\n".join(line + ends for line in lines)
    assert claims(text) == shown


def test_a_headline_above_its_paragraph_without_an_empty_line() -> None:
    body = "The ferry Anna sank off Lodd on Monday with 40 people on board. All of them were saved by a trawler."
    assert claims(f"Ferry sinks off Lodd with forty aboard\n{body}")[0] == "Ferry sinks off Lodd with forty aboard"


@pytest.mark.parametrize(
    "text",
    [
        "Police found 40 kilos of it in a van near\nHarbour Street, where two men were waiting for it",
        "The inquiry was led by Justice\nBerthe Osk and took a year",
        "The ferry sank off the coast of Lodd,\nMonday's storm being the worst of the year",
        "Asked who was to blame she said:\n“Nobody but the wind and the sea”",
        "The bridge was closed to traffic\nafter a lorry had hit it",
        "The inquiry into the ferry found\nécole records that nobody had read in years",
    ],
)
def test_a_line_that_goes_on_is_no_claim(text: str) -> None:
    assert claims(text) == [" ".join(text.split("\n"))]


def test_two_lines_that_could_be_wrapped_are_two_when_each_states_something() -> None:
    text = "Police found 40 kilos of the drug in a van that was parked there\nThe mayor has denied it"
    assert claims(text) == text.split("\n")


WORD = st.sampled_from("the ferry of a town sank and nobody was on it at noon when two men from here said so".split())
SENTENCE = st.lists(WORD, min_size=6, max_size=30).map(lambda words: f"The {' '.join(words)}.")


@settings(max_examples=100, deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=6), st.integers(30, 110))
def test_a_wrapped_paragraph_has_the_claims_that_it_has_on_one_line(sentences: list[str], width: int) -> None:
    text = " ".join(sentences)
    assert claims(textwrap.fill(text, width)) == [text[start:end] for start, end in spans(text, "en")]


NAMES = (
    "On Monday the Harbour Board of Lodd met Berthe Osk, the Mayor, and Captain Ola Brekk of the Anna in the Old "
    "Customs House. Radio Tessaly says that the Board has asked the Lodd and Brennholt Bank for 40 million crowns, and "
    "that Osk wants the Norland Ministry of Fisheries to pay 12 million of them by the end of June. Neither Brekk nor "
    "Osk spoke with the Lodd Courier after the meeting, which began at 9 a.m. and lasted until noon."
)


@pytest.mark.parametrize("width", range(36, 112, 4))
def test_lines_of_a_wrapped_paragraph_may_open_with_names(width: int) -> None:
    assert claims(textwrap.fill(NAMES, width)) == [NAMES[start:end] for start, end in spans(NAMES, "en")]
