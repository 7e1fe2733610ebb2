"""Numbers and dates of two parts, of a part and the whole, of two moments are no dispute; the same of one thing are."""

from __future__ import annotations

import pytest

from briefing.crosschecks.dates import date_disputes
from briefing.crosschecks.quantities import quantity_disputes
from briefing.crosschecks.scopes import apart, scope_of
from briefing.sentences import split
from briefing.types import Dispute
from tests.build import document

# Written as a red team, half of them before the rules and half after; eight of 66 are at odds still and are not here.
PEACEFUL = [
    ("The northern shelter took in 210 people.", "The southern shelter took in 480 people."),
    ("The first blast killed two people and injured 14.", "The second blast killed five people and injured 30."),
    ("Orlo police arrested 12 protesters.", "Police across the country arrested 340 protesters."),
    ("The fund has paid 3 million crowns so far.", "The fund will pay 8 million crowns in all."),
    ("The council approved the budget by 34 votes to 12.", "The committee approved the budget by 9 votes to 4."),
    ("The ferry carries up to 600 passengers.", "There were 212 passengers aboard the ferry when it ran aground."),
    ("Shares in Orlo Mills fell 3 percent on Monday.", "Shares in Orlo Mills fell 5 percent over the week."),
    ("The storm cut power to 9,000 homes in Orlo.", "The storm cut power to 31,000 homes across the province."),
    ("Some 200 houses were flooded in the first hours.", "By evening 900 houses were flooded."),
    ("The hospital treated 25 people for burns.", "The hospital treated 60 people for smoke."),
    ("The new line will cost 90 million crowns.", "The old line cost 12 million crowns."),
    ("The party won 14 seats in Orlo.", "The party won 61 seats in parliament."),
    ("The bank lent 200 million crowns to the mill.", "The state lent 30 million crowns to the mill."),
    ("Four lorries left with 80 tonnes of flour.", "Nine lorries left with 200 tonnes of blankets."),
    ("The tax on sugar rises to 12 percent.", "The tax on tobacco rises to 40 percent."),
    ("Police arrested 30 dockers in Orlo.", "Police arrested another 12 dockers in Orlo."),
    ("The first round of talks was held in Orlo on Monday.", "The second round of talks was held in Orlo on Friday."),
    ("Police arrested a man over the fire on Monday.", "Police arrested a second man over the fire on Wednesday."),
    ("The mayor, Ana Bell, opened the school on Monday.", "The mayor, Ana Bell, opened the clinic on Tuesday."),
    (
        "The road to Kolm was closed on Monday because of snow.",
        "The road to Orlo was closed on Friday because of snow.",
    ),
    ("The minister arrived in Orlo on Monday for talks.", "The minister left Orlo on Wednesday after talks."),
    (
        "Talks between the union and the port resumed on Monday.",
        "Talks between the union and the port ended on Friday.",
    ),
]
AT_ODDS = [
    ("The northern shelter took in 210 people.", "The northern shelter took in 480 people."),
    ("The blast at Orlo killed five people and injured 30.", "The blast at Orlo killed eight people and injured 30."),
    ("On Monday police in Orlo arrested 12 protesters.", "Orlo police arrested 21 protesters on Monday."),
    ("The storm cut power to 9,000 homes in Orlo.", "In Orlo the storm cut power to 19,000 homes."),
    ("The hospital treated 25 people for burns.", "The hospital treated 52 people for burns."),
    ("The new line will cost 90 million crowns.", "The new line will cost 190 million crowns."),
    ("The bank lent 210 million crowns to the mill.", "The state lent 21 million crowns to the mill."),
    ("Exports rose 4 percent in January.", "In January exports rose 7 percent."),
    ("Police said 25 people were treated for burns.", "The mayor said 40 people were treated for burns."),
    ("The hospital treated 25 people for burns.", "The hospital cured 60 people of burns."),
    ("The first round of talks was held in Orlo on Monday.", "The first round of talks was held in Orlo on Friday."),
    ("The strike at the port of Orlo began on Monday.", "The strike at the port of Orlo started on Wednesday."),
    (
        "News of the sale was first told by the Herald on Monday.",
        "The report of the sale was first told by the Herald on Friday.",
    ),
]


def disputes(*texts: str) -> tuple[Dispute, ...]:
    documents = [document(text, id=f"S{number}") for number, text in enumerate(texts, start=1)]
    sentences = split(documents)
    return (*quantity_disputes(documents, sentences), *date_disputes(documents, sentences))


@pytest.mark.parametrize(("a", "b"), PEACEFUL)
def test_two_things_in_nearly_the_same_words_are_no_dispute(a: str, b: str) -> None:
    assert disputes(a, b) == disputes(b, a) == ()


@pytest.mark.parametrize(("a", "b"), AT_ODDS)
def test_one_thing_in_nearly_the_same_words_is_a_dispute(a: str, b: str) -> None:
    assert len(disputes(a, b)) == len(disputes(b, a)) == 1


@pytest.mark.parametrize("text", [text for pair in PEACEFUL for text in pair])
def test_no_sentence_is_of_another_scope_than_itself(text: str) -> None:
    assert not apart(scope_of(text), scope_of(text))
