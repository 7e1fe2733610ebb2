"""What the rules call a dispute is none where the model that ships says that its sentences tell of two things."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.crosschecks import crosscheck
from briefing.entailment import Answers, Comparison, Pair, load
from briefing.types import Assessment, DisputeKind, Stories, Story
from tests.build import document, split

TWO_THINGS = [
    ("The election will cost 42 million crowns.", "The referendum of two years ago cost 36 million crowns."),
    ("The strike at the port lasted 11 weeks.", "The last strike at the mill lasted six weeks."),
    ("A family gets 15 litres of water a day.", "International rules prescribe 20 litres of water a head per day."),
    ("The ministry is building 800 flats in Tarn.", "A private firm is building 650 flats in Osk."),
    ("Shares in Wolmar, the largest landlord, rose 4.8 percent.", "Shares in its rival Havenbau rose 3.9 percent."),
    ("Last year 16,300 new flats were completed in the city.", "In Osk alone 12,100 new flats were completed."),
]
STILL_ONE = [
    ("The average rent in the city is 6.80 crowns a square metre.",
     "In the suburb of Osk the average rent is 8.20 crowns a square metre."),
    ("His memoirs sold 180,000 copies.", "A biography by a journalist sold 120,000 copies."),
]  # fmt: skip
ONE_THING = [
    ("The ferry was carrying 112 passengers when she sank.", "The ferry was carrying 121 passengers when she sank."),
    ("The fire destroyed 14 houses in Osk.", "In Osk the fire destroyed 19 houses."),
    ("Police arrested 30 men after the match.", "After the match police arrested 43 men."),
]


class Said:
    """A model that says one thing of every pair, and remembers what it was asked."""

    answers_by = "said"

    def __init__(self, likely: float) -> None:
        self.likely, self.asked = likely, list[Pair]()

    def answers(self, pairs: Sequence[Pair]) -> tuple[Answers, ...]:
        return (Answers(-9.0, -9.0),) * len(pairs)

    def of_one_question(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        self.asked += pairs
        return (self.likely,) * len(pairs)

    def scores(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        return (-9.0,) * len(pairs)


def disputes(
    *told: Sequence[str], comparison: Comparison | None = None
) -> list[tuple[DisputeKind, Assessment, list[str]]]:
    documents = [document(*sentences, id=f"S{i}") for i, sentences in enumerate(told, 1)]
    sources = tuple(each.id for each in documents)
    story = Story(id="T1", title="Osk", sources=sources)
    stories = Stories(stories=(story,), relays=(), origins=tuple((source, source) for source in sources))
    found = crosscheck((), documents, split(documents), stories, comparison=comparison).disputes
    assert [dispute.id for dispute in found] == [f"D{i}" for i in range(1, len(found) + 1)]
    return [(d.kind, d.assessment, [value.value for value in d.values]) for d in found]


@pytest.mark.parametrize(("one", "other"), TWO_THINGS)
def test_like_words_about_two_things_are_no_dispute(one: str, other: str) -> None:
    assert len(disputes([one], [other])) == 1
    assert disputes([one], [other], comparison=load()) == []


@pytest.mark.xfail(strict=True, reason="the model is not sure enough")
@pytest.mark.parametrize(("one", "other"), STILL_ONE)
def test_other_like_words_about_two_things_are_no_dispute(one: str, other: str) -> None:
    assert disputes([one], [other], comparison=load()) == []


@pytest.mark.parametrize(("one", "other"), ONE_THING)
def test_one_thing_told_differently_stays_one(one: str, other: str) -> None:
    assert disputes([one], [other], comparison=load()) == disputes([one], [other]) != []


def test_the_model_only_takes_away() -> None:
    for pair in (*TWO_THINGS, *ONE_THING):
        one, other = ([sentence] for sentence in pair)
        assert disputes(one, other, comparison=Said(9.0)) == disputes(one, other)
        assert disputes(one, other, comparison=Said(-9.0)) == []


def test_a_likely_slip_is_not_asked_about() -> None:
    model = Said(-9.0)
    told = [["Soldiers brought 3,000 people out of Osk."], ["Soldiers brought 3 people out of Osk."]]
    [(_, assessment, _)] = disputes(*told, told[0], told[0], comparison=model)
    assert (assessment, model.asked) == (Assessment.LIKELY_SLIP, [])


def test_what_is_asked_of_one_dispute_does_not_grow_with_its_sources() -> None:
    told = [[f"The fire destroyed {number} houses in Osk."] for number in (14, 19) for _ in range(12)]
    model = Said(-9.0)
    assert disputes(*told, comparison=model) == []
    assert len(model.asked) == 2 * 16


def test_a_denial_is_not_asked_about() -> None:
    told = [["The bank has closed its branch in Osk."], ["The bank has not closed its branch in Osk."]]
    model = Said(-9.0)
    assert [kind for kind, *_ in disputes(*told, comparison=model)] == [DisputeKind.POLARITY]
    assert model.asked == []
