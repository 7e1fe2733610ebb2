"""A report that another source calls false is a dispute, in whatever words; doubt and other news are not."""

from __future__ import annotations

import pytest

from briefing.crosschecks.refutations import refutations
from briefing.sentences import split
from briefing.types import Dispute, DisputeKind
from tests.build import document

TOLD = "A fisherman at Elm Bay landed a silver carp that weighed ninety kilograms. Crowds came to see it."


def _disputes(*texts: str) -> tuple[Dispute, ...]:
    documents = [document(text, id=f"S{number}") for number, text in enumerate(texts, start=1)]
    return refutations(documents, split(documents))


@pytest.mark.parametrize(
    ("other", "refuting"),
    [
        ("The ninety-kilogram carp of Elm Bay is a hoax, police said. The fisherman had used lead.", 0),
        ("Officials debunked the tale of the giant silver carp that a fisherman showed at Elm Bay.", 0),
        ("A fisherman said he had landed a silver carp of ninety kilograms. But the story was made up.", 1),
        ("A fisherman claimed a silver carp of ninety kilograms. The reports are entirely false, the harbour said.", 1),
        ("The harbour denied that anybody had landed a silver carp of ninety kilograms at Elm Bay.", 0),
        ("There is no truth to reports of a silver carp of ninety kilograms at Elm Bay.", 0),
        ("No, a fisherman at Elm Bay did not land a silver carp of ninety kilograms.", 0),
        ("The fisherman at Elm Bay did not actually land that carp.", 0),
        ("A fisherman showed a carp of ninety kilograms. It turns out that this is not even remotely true.", 1),
        ("The fisherman with the carp of ninety kilograms was lying.", 0),
        ("A fisherman at Elm Bay has no plans to land another carp of ninety kilograms, nor did he.", 0),
    ],
)
def test_a_report_that_is_called_false_is_disputed(other: str, refuting: int) -> None:
    [dispute] = _disputes(TOLD, other)
    assert dispute.kind is DisputeKind.POLARITY
    assert [value.sources for value in dispute.values] == [("S1",), ("S2",)]
    told, refuted = (value.evidence[0] for value in dispute.values)
    assert told.text == TOLD[told.start : told.end]
    assert refuted.text == split([document(other, id="S2")])[refuting].text


@pytest.mark.parametrize(
    "other",
    [
        "The ninety-kilogram silver carp of the fisherman at Elm Bay is no hoax.",
        "The ninety-kilogram silver carp of the fisherman at Elm Bay is not a fake.",
        "Is the ninety-kilogram silver carp of the fisherman at Elm Bay a fake?",
        "The ninety-kilogram silver carp of the fisherman at Elm Bay may be a fake.",
        "The fisherman denied that the silver carp of ninety kilograms was a fake.",
        "The crew of the fisherman who landed the silver carp was made up of ten people.",
        "The fisherman threatened the crowds at the bay and no arrests were made.",
        "The fisherman has no plans to leave the bay.",
        "The silver lure for carp was invented by a fisherman.",
        "The fisherman with the carp did not understand the case against him.",
        "The mayor called the budget of the town a fiction.",
        "A fisherman at Elm Bay landed a silver carp that weighed ninety kilograms.",
    ],
)
def test_doubt_defence_and_other_news_are_no_dispute(other: str) -> None:
    assert _disputes(TOLD, other) == ()


def test_what_a_source_calls_false_far_below_its_news_is_not_its_news() -> None:
    filler = " ".join(f"Street {number} was swept." for number in range(1, 8))
    assert _disputes(TOLD, f"{filler} The silver carp of ninety kilograms at Elm Bay was a hoax.") == ()


def test_a_source_is_on_one_side_only() -> None:
    both = f"{TOLD} The silver carp of ninety kilograms at Elm Bay was a hoax."
    assert _disputes(both, both) == ()
    [dispute] = _disputes(TOLD, both)
    assert [value.sources for value in dispute.values] == [("S1",), ("S2",)]


def test_what_is_shown_as_told_is_the_sentence_nearest_to_the_denial() -> None:
    told = f"The fisherman of Elm Bay has a silver boat, a silver net and a house. {TOLD}"
    [dispute] = _disputes(told, "The harbour denied that anybody had landed a silver carp of ninety kilograms.")
    assert dispute.about.startswith("A fisherman at Elm Bay landed a silver carp")


def test_a_source_that_reports_the_denial_does_not_tell_the_report() -> None:
    other = "The harbour, denying the giant carp, would say no more of what a fisherman landed at Elm Bay."
    assert _disputes("The silver carp of ninety kilograms at Elm Bay was a hoax.", other) == ()
