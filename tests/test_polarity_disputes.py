"""A statement that one source makes and another denies is a dispute; merely similar clauses are not."""

from __future__ import annotations

import pytest

from briefing.crosschecks.polarity import polarity_disputes
from briefing.sentences import split
from briefing.types import Dispute, DisputeKind
from tests.build import document


def _disputes(*texts: str) -> tuple[Dispute, ...]:
    documents = [document(text, id=f"S{number}", published=None) for number, text in enumerate(texts, start=1)]
    return polarity_disputes(documents, split(documents))


STATED = "The harbour council closed the old ferry terminal on Monday."


@pytest.mark.parametrize(
    "denied",
    [
        "The harbour council did not close the old ferry terminal on Monday.",
        "The harbour council never closed the old ferry terminal.",
        "The harbour council denied closing the old ferry terminal.",
        "It rained, but the harbour council didn’t close the old ferry terminal on Monday.",
        "The harbour council refused to close the old ferry terminal.",
    ],
)
def test_a_statement_and_its_denial_are_a_dispute(denied: str) -> None:
    [dispute] = _disputes(STATED, denied)
    assert dispute.kind is DisputeKind.POLARITY
    assert [(value.value, value.sources) for value in dispute.values] == [("stated", ("S1",)), ("denied", ("S2",))]
    for value, text in zip(dispute.values, (STATED, denied), strict=True):
        [evidence] = value.evidence
        assert text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize(
    "other",
    [
        STATED,
        "The harbour council did not say why the old ferry terminal was closed on Monday.",
        "Did the harbour council not close the old ferry terminal on Monday?",
        "Whether the harbour council did not close the old ferry terminal is unknown.",
        "It has not been confirmed that the harbour council closed the old ferry terminal.",
        "The harbour council has not closed the old ferry terminal since May.",
        "The old ferry terminal did not pay the harbour council on Monday.",
        "The harbour council closed the old ferry terminal on Monday and did not explain the reasons for it.",
        "No one hurt.",
    ],
)
def test_clauses_that_are_merely_similar_are_no_dispute(other: str) -> None:
    assert _disputes(STATED, other) == ()


def test_who_says_so_is_no_part_of_what_is_said() -> None:
    confirmed = "Investigators confirmed that the brakes had been inspected before the train left Fairmont."
    denied = "The brakes had not been inspected before the train left Fairmont, investigators said."
    [dispute] = _disputes(confirmed, denied)
    assert [value.value for value in dispute.values] == ["stated", "denied"]


@pytest.mark.parametrize(
    ("stated", "denied"),
    [
        (
            "The harbour council was struggling to find a doctor who would perform the operation.",
            "The harbour council could not find a doctor who would perform the operation.",
        ),
        (
            "The next sailing of the ferry to Pell, planned for 18 March, has been cancelled.",
            "The next sailing of the ferry to Pell will not take place as planned on 18 March.",
        ),
    ],
)
def test_what_is_called_off_or_not_achieved_is_no_other_statement_than_its_denial(stated: str, denied: str) -> None:
    assert _disputes(stated, denied) == ()


def test_a_source_that_reports_both_sides_is_at_odds_with_nobody() -> None:
    denied = "The harbour council did not close the old ferry terminal on Monday."
    assert _disputes(STATED, f"{STATED} {denied}") == ()


def test_sources_of_one_mind_stand_together() -> None:
    denied = "The harbour council did not close the old ferry terminal on Monday."
    [dispute] = _disputes(STATED, denied, STATED)
    assert [value.sources for value in dispute.values] == [("S1", "S3"), ("S2",)]
