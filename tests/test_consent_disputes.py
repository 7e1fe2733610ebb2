"""What one source says was agreed to and another says was refused is a dispute, in whatever words."""

from __future__ import annotations

import pytest

from briefing.crosschecks.consents import consent_disputes
from briefing.sentences import split
from briefing.types import Dispute, DisputeKind
from tests.build import document


def _disputes(*texts: str) -> tuple[Dispute, ...]:
    documents = [document(text, id=f"S{number}", published=None) for number, text in enumerate(texts, start=1)]
    return consent_disputes(documents, split(documents))


AGREED = "The ministry agreed to take the quarrel over the ferries to the national mediator."


@pytest.mark.parametrize(
    "refused",
    [
        "The ministry has refused from the start to let the national mediator settle the ferries.",
        "An offer of the national mediator to settle the quarrel about ferries was turned down flat by the ministry.",
        "The ministry will not hear of the national mediator in the quarrel.",
    ],
)
def test_consent_and_refusal_are_a_dispute(refused: str) -> None:
    [dispute] = _disputes(AGREED, refused)
    assert dispute.kind is DisputeKind.POLARITY
    assert [(value.value, value.sources) for value in dispute.values] == [("stated", ("S1",)), ("denied", ("S2",))]
    assert [value.evidence[0].text for value in dispute.values] == [AGREED, refused]


@pytest.mark.parametrize(
    "other",
    [
        "The ministry refused to comment on the quarrel over the ferries and the national mediator.",
        "At first the ministry refused to see the national mediator about the ferries.",
        "The ministry refused to say whether the national mediator would settle the ferries.",
        "The crews refused to work on Sunday.",
        "The national mediator accepted the quarrel over the ferries, the ministry said.",
        "The ministry agreed to it, and its crews refused to see the national mediator about the ferries.",
    ],
)
def test_other_refusals_are_none(other: str) -> None:
    assert _disputes(AGREED, other) == ()


def test_a_source_that_tells_both_is_at_odds_with_nobody() -> None:
    refused = "The ministry has refused to let the national mediator settle the ferries."
    assert _disputes(f"{AGREED} {refused}", refused) == ()
