"""Words given to two people are a dispute; an office, a pronoun or a spelling that may mean one person is not."""

from __future__ import annotations

import pytest

from briefing.crosschecks.speakers import attribution_disputes
from briefing.sentences import split
from briefing.types import Dispute, DisputeKind
from tests.build import document

BELL = "“The pumps will run through the whole night,” said Ana Bell, who runs the harbour. It rained."


def _disputes(*texts: str) -> tuple[Dispute, ...]:
    documents = [document(text, id=f"S{number}") for number, text in enumerate(texts, start=1)]
    return attribution_disputes(documents, split(documents))


@pytest.mark.parametrize(
    "other",
    [
        "“The pumps will run through the whole night,” said Tom Carver.",
        '"The pumps will run through the whole night, and tomorrow," harbour master Tom Carver told reporters.',
        "Tom Carver runs the port. Carver said: “the pumps will run through the whole night”.",
        "“The pumps will run through the whole night,” said the harbour's pilot, Tom Carver.",
        "Tom Carver, who runs the port, stood up and told them, “The pumps will run through the whole night.”",
        "Tom Carver, who runs the port, was calm. “The pumps will run through the whole night,” he said.",
        "It was Tom Carver who found the words, remarking that “the pumps will run through the whole night”.",
    ],
)
def test_a_quotation_with_two_speakers_is_a_dispute(other: str) -> None:
    [dispute] = _disputes(BELL, other)
    assert dispute.kind is DisputeKind.ATTRIBUTION
    assert dispute.about.casefold() == "who said “the pumps will run through the whole night”"
    assert [value.value for value in dispute.values] == ["Ana Bell", "Tom Carver"]
    for value, text in zip(dispute.values, (BELL, other), strict=True):
        [evidence] = value.evidence
        assert text[evidence.start : evidence.end] == evidence.text
        assert value.value.split()[-1] in evidence.text


@pytest.mark.parametrize(
    "other",
    [
        "“The pumps will run through the whole night,” said Bell. Ana Bell runs the harbour.",
        "“The pumps will run through the whole night,” said A. Bell.",
        "“The pumps will run through the whole night,” she said.",
        "“The pumps will run through the whole night,” the harbour master said.",
        "“The pumps will run through the whole night,” the Harbour Authority said.",
        "“The pumps will run,” said Tom Carver.",
        "“The pumps will not run through the night,” said Tom Carver.",
        "“The pumps will run through the whole night,” said Ana Bell. “The pumps will run through the whole night,” "
        "said Tom Carver too.",
    ],
)
def test_one_person_in_other_words_and_other_words_are_no_dispute(other: str) -> None:
    assert _disputes(BELL, other) == ()


@pytest.mark.parametrize(
    "other",
    [
        "“The pumps will run through the whole night,” said Dr. Tom Carver.",
        "“The pumps will run through the whole night,” said Harbour Master Tom P. Carver.",
    ],
)
def test_titles_and_initials_hide_no_other_speaker(other: str) -> None:
    [dispute] = _disputes(BELL, other)
    assert "Carver" in dispute.values[1].value


def test_an_office_that_one_person_of_the_text_holds_speaks_for_that_person() -> None:
    other = "Pilot Tom Carver was calm. It rained. “The pumps will run through the whole night,” the pilot said."
    [dispute] = _disputes(BELL, other)
    assert [value.value for value in dispute.values] == ["Ana Bell", "Tom Carver"]


def test_a_quotation_in_another_order_is_one_when_most_of_it_stands_in_a_row() -> None:
    other = "Tom Carver called it “clean, from the first box to the last”."
    [dispute] = _disputes("“From the first box to the last, this was clean,” said Ana Bell.", other)
    assert [value.value for value in dispute.values] == ["Ana Bell", "Tom Carver"]
    few = "Tom Carver said it was “from the first box, and then there were many others that nobody counted at all”."
    assert not _disputes("“From the first box to the last, this was clean,” said Ana Bell.", few)


def test_words_written_together_are_the_same_words() -> None:
    told = "“The pumps will run through the whole night at forty per cent of their power,” said Ana Bell."
    [dispute] = _disputes(told, told.replace("per cent", "percent").replace("Ana Bell", "Tom Carver"))
    assert [value.value for value in dispute.values] == ["Ana Bell", "Tom Carver"]


def test_a_source_torn_about_one_quotation_is_compared_about_others() -> None:
    torn = f"{BELL} {BELL.replace('Ana Bell', 'Tom Carver')}"
    other = "“We shall ask for four more boats in the spring,” said Ida Oake."
    [dispute] = _disputes(f"{BELL} {other}", f"{torn} {other.replace('Ida Oake', 'Jon Stone')}")
    assert [value.value for value in dispute.values] == ["Ida Oake", "Jon Stone"]


def test_sources_of_one_mind_stand_together() -> None:
    carver = BELL.replace("Ana Bell", "Tom Carver")
    [dispute] = _disputes(BELL, carver, BELL)
    assert [value.sources for value in dispute.values] == [("S1", "S3"), ("S2",)]
