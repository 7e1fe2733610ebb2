"""Where sources give the name of one thing different numbers, and where the numbers are of two things."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.crosschecks import crosscheck
from briefing.crosschecks.designations import designation_disputes
from briefing.render.words import legible
from briefing.types import DisputeKind, Stories, Story
from tests.build import document, split


def disputes(*told: Sequence[str]) -> list[dict[str, tuple[str, ...]]]:
    documents = [document(*sentences, id=f"S{i}") for i, sentences in enumerate(told, 1)]
    return [{v.value: v.sources for v in d.values} for d in designation_disputes(documents, split(documents))]


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        (
            "Flight 370 vanished from the radar north of Orlo on Monday night.",
            "On Monday night, north of Orlo, Flight 307 vanished from the radar.",
            ["Flight 370", "Flight 307"],
        ),
        (
            "A lorry with eggs overturned on Route 9 near the Osk quarry.",
            "Near the Osk quarry a lorry full of eggs overturned on Route 6.",
            ["Route 9", "Route 6"],
        ),
        (
            "The claim that she made it all up comes after 10 News saw the luggage report.",
            "The claim that she made it all up comes after 20 News saw a luggage report.",
            ["10 News", "20 News"],
        ),
    ],
)
def test_one_thing_with_two_numbers_is_a_dispute(one: str, other: str, values: list[str]) -> None:
    assert [[*dispute] for dispute in disputes([one], [other])] == [values]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Two things, each with its number, and a source that tells of both.
        (
            ["Route 9 was closed near the Osk quarry.", "Route 6 stayed open."],
            ["Near the Osk quarry, Route 6 was closed."],
        ),
        (["Flight 12 vanished from the radar north of Orlo."], ["Passengers of Flight 370 were fed in the hall."]),
        (["Match 3 of the cup was stopped by rain in Orlo."], ["Match 4 of the cup was stopped by rain in Orlo."]),
        (["Expo 2026 was opened by the mayor of Orlo."], ["Expo 2029 was opened by the mayor of Orlo."]),
        (["A lorry overturned on Route 9 near the quarry."], ["A lorry overturned near the quarry on Route 9."]),
        (["In Orlo 24 people fell into the harbour pool."], ["In Orlo 42 people fell into the harbour pool."]),
    ],
)
def test_two_things_with_two_numbers_are_none(one: list[str], other: list[str]) -> None:
    assert disputes(one, other) == disputes(other, one) == []


def test_all_who_use_the_name_are_told_under_their_number() -> None:
    lorry = "A lorry with eggs overturned on Route {} near the Osk quarry."
    assert disputes([lorry.format(6)], [lorry.format(9)], ["Route 9 was closed."]) == [
        {"Route 9": ("S2", "S3"), "Route 6": ("S1",)}
    ]


def test_it_is_part_of_the_cross_check_and_its_numbers_have_no_thousands() -> None:
    documents = [
        document(f"Flight {n} vanished from the radar north of Orlo on Monday night.", id=f"S{i}")
        for i, n in enumerate((1549, 1594), 1)
    ]
    stories = Stories(
        stories=(Story(id="T1", title="Orlo", sources=("S1", "S2")),), relays=(), origins=(("S1", "S1"), ("S2", "S2"))
    )
    [dispute] = crosscheck((), documents, split(documents), stories).disputes
    assert (dispute.kind, dispute.about) == (DisputeKind.QUANTITY, "“Flight …”")
    assert [legible(value.value) for value in dispute.values] == ["Flight 1549", "Flight 1594"]
    assert [value.evidence[0].text for value in dispute.values] == ["Flight 1549", "Flight 1594"]
