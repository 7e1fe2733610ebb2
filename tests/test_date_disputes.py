"""One event dated differently is a dispute; two ways to write a date, two events, two states of a thing are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from briefing.crosschecks.dates import date_disputes
from briefing.sentences import split
from briefing.types import Assessment, Dispute, DisputeKind, Document, Notice
from tests.build import document

TOLD = "The harbour council closed the old ferry terminal on Monday."
#: A Friday.
WRITTEN = datetime(2031, 3, 7)  # noqa: DTZ001 - a day as a page prints it


def _documents(*texts: str, published: datetime | None = WRITTEN) -> list[Document]:
    return [document(text, id=f"S{number}", published=published) for number, text in enumerate(texts, start=1)]


def _disputes(*texts: str, published: datetime | None = WRITTEN) -> tuple[Dispute, ...]:
    documents = _documents(*texts, published=published)
    return date_disputes(documents, split(documents))


@pytest.mark.parametrize(
    "other",
    [
        "The harbour council closed the old ferry terminal on Wednesday.",
        "On 5 March the harbour council closed the old ferry terminal.",
        "After months of talks, the council finally closed the old ferry terminal on Tuesday.",
        "The harbour council closed its old ferry terminal in February 2031.",
        "Bakers mourned when the council closed the ferry terminal on Wednesday and sent 40 porters home.",
        "The staff met the mayor on Tuesday after the harbour council closed the old ferry terminal on Wednesday.",
    ],
)
def test_one_event_on_two_days_is_a_dispute(other: str) -> None:
    [dispute] = _disputes(TOLD, other)
    assert dispute.kind is DisputeKind.DATE
    assert dispute.assessment is Assessment.OPEN
    assert dispute.about == "The harbour council closed the old ferry terminal on …"
    assert [value.sources for value in dispute.values] == [("S1",), ("S2",)]
    assert dispute.values[0].value == "3 March 2031"
    for value, text in zip(dispute.values, (TOLD, other), strict=True):
        [evidence] = value.evidence
        assert text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize(
    "other",
    [
        TOLD,
        "The harbour council closed the old ferry terminal on 3 March.",
        "The harbour council closed the old ferry terminal this week.",
        "The harbour council closed the old ferry terminal in March 2031.",
        "The harbour council opened a new bus depot on Wednesday.",
        "Will the harbour council close the old ferry terminal on Wednesday?",
        "If it rains, the harbour council closes the old ferry terminal on Wednesday.",
        "By Wednesday the harbour council had closed the old ferry terminal.",
        "The harbour council has closed the old ferry terminal every Wednesday.",
        "The harbour council closed the old ferry terminal, it said on Wednesday.",
        "The harbour council postponed closing the old ferry terminal to Wednesday.",
        "The harbour council closed the old ferry terminal at 9:30.",
        "The harbour council of Elm Bay met on Wednesday.",
        "The harbour council met on Wednesday to mourn the old ferry terminal closed on Monday.",
    ],
)
def test_what_can_be_one_day_or_is_another_event_is_no_dispute(other: str) -> None:
    assert _disputes(TOLD, other) == ()


SAID = "The old ferry terminal will never open again, the harbour council announced on Monday."


def test_one_report_on_two_days_is_a_dispute() -> None:
    [dispute] = _disputes(SAID, "The ferry terminal will not open again, the harbour council announced on Wednesday.")
    assert [value.value for value in dispute.values] == ["3 March 2031", "5 March 2031"]


@pytest.mark.parametrize(
    "other",
    [
        "The new bus depot will cost two million crowns, the harbour council announced on Wednesday.",
        "On Wednesday the old ferry terminal will open again.",
    ],
)
def test_another_report_and_the_event_itself_are_no_dispute(other: str) -> None:
    assert _disputes(SAID, other) == ()


def test_a_source_torn_about_one_event_is_compared_about_others() -> None:
    depot = "The town of Kolm opened a new depot for its buses on Tuesday."
    torn = f"{TOLD} {TOLD.replace('Monday', 'Wednesday')}"
    [dispute] = _disputes(f"{TOLD} {depot}", f"{torn} {depot.replace('Tuesday', 'Thursday')}")
    assert dispute.about == "The town of Kolm opened a new depot for its buses on …"


def test_how_things_stood_on_two_days_is_no_dispute() -> None:
    assert (
        _disputes("The lake had fallen by 1.5 metres on Monday.", "The lake had fallen by 3.4 metres on Friday.") == ()
    )


def test_what_a_minister_did_on_two_days_is_no_dispute() -> None:
    assert (
        _disputes(
            "Water Minister Greta Olm is due to see the dam on Saturday.",
            "Water Minister Greta Olm ignored a letter in January.",
        )
        == ()
    )


def test_weekdays_are_compared_without_dates_of_publication_too() -> None:
    [dispute] = _disputes(TOLD, TOLD.replace("Monday", "Tuesday"), published=None)
    assert [value.value for value in dispute.values] == ["Monday", "Tuesday"]


def test_days_next_to_each_other_are_said_to_be() -> None:
    [dispute] = _disputes(TOLD, TOLD.replace("Monday", "Tuesday"))
    assert "a day apart" in dispute.note


def test_a_source_with_both_dates_is_at_odds_with_nobody() -> None:
    later = TOLD.replace("Monday", "Wednesday")
    assert _disputes(TOLD, f"{TOLD} {later}") == ()


def test_a_date_given_in_a_correction_settles_it() -> None:
    correction = "Correction: The harbour council closed the old ferry terminal on Wednesday."
    first, second = _documents(TOLD, correction)
    noticed = replace(second, notices=(Notice(kind="correction", start=0, end=len(correction)),))
    [dispute] = date_disputes([first, noticed], split([first, noticed]))
    assert dispute.assessment is Assessment.SUPERSEDED
    assert "S2" in dispute.note


def test_sources_of_one_mind_stand_together_however_they_write_the_day() -> None:
    [dispute] = _disputes(TOLD, TOLD.replace("Monday", "Wednesday"), TOLD.replace("on Monday", "on 3 March 2031"))
    assert [value.sources for value in dispute.values] == [("S1", "S3"), ("S2",)]
