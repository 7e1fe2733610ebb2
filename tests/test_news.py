"""What is new about a story since it was last told: every kind of change, where it is one and where it is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.news import main
from briefing.days import Edition, ToldStory
from briefing.entailment import Entailment, load
from briefing.news import Before, link, terms_of
from briefing.sentences import split
from briefing.types import Assessment, Change, ChangeKind, News, Standing, Story
from tests import build
from tests.news_desk import Desk, Item, Told, edition

MON, TUE, WED = (date(2031, 3, day) for day in (3, 4, 5))


def second_day(monday: str | Item, *tuesday: str | Item, max_claims: int = 12) -> Told:
    """Tell Monday's article of the Courier, then what came in on Tuesday."""
    desk = Desk(max_claims=max_claims)
    desk.day(MON, monday if isinstance(monday, Item) else edition("Courier", monday))
    items = [t if isinstance(t, Item) else edition(f"Outlet {n}", t) for n, t in enumerate(tuesday)]
    return desk.day(TUE, *items)


def values(change: Change) -> tuple[list[str], list[str]]:
    return [given.value for given in change.before], [given.value for given in change.after]


# Changed amounts
# ---------------

GROWN = [
    (
        "Some 3,000 people have been evacuated from Orlo since Sunday, the ministry said.",
        "The ministry said that 3,100 people have been evacuated from Orlo.",
        ("about 3000", "3100"),
    ),
    (
        "The fire at the Marrow Bay mill killed 24 people, the brigade said.",
        "The brigade now says that 31 people were killed in the fire at the Marrow Bay mill.",
        ("24", "31"),
    ),
    (
        "At least 12 people are missing after the ferry Ondine sank off Tarn.",
        "After the ferry Ondine sank off Tarn, 19 people are missing.",
        ("at least 12", "19"),
    ),
    (
        "The lake behind the Tarn dam had fallen by 1.5 metres by Monday evening.",
        "By Tuesday evening the lake behind the Tarn dam had fallen by 2.8 metres.",
        ("1.5 m", "2.8 m"),
    ),
    (
        "Repairs to the Tarn dam are expected to cost 38 million crowns.",
        "Repairs to the Tarn dam are now expected to cost 52 million crowns, up from 38 million crowns.",
        ("38000000 crown", "52000000 crown"),
    ),
]


@pytest.mark.parametrize(("before", "now", "wanted"), GROWN)
def test_an_amount_that_grew_is_told_with_both_values(before: str, now: str, wanted: tuple[str, str]) -> None:
    told = second_day(before, now)
    [change] = told.of(ChangeKind.CHANGED_VALUE)
    assert values(change) == ([wanted[0]], [wanted[1]])
    assert [given.day for given in (*change.before, *change.after)] == [MON, TUE]
    assert change.claims == ("C1",)
    assert not told.of(ChangeKind.DISPUTE_OPENED)
    assert not told.of(ChangeKind.NEW_FACT)


def test_what_changed_over_the_days_is_no_open_dispute_of_the_briefing() -> None:
    text = "The fire at the Marrow Bay mill killed {} people, the brigade said."
    changed = second_day(text.format(24), text.format(31)).briefing
    assert [dispute.assessment for dispute in changed.disputes] == [Assessment.SUPERSEDED]
    assert [claim.standing.standing for claim in changed.claims] == [Standing.SINGLE_SOURCE]
    disputed = second_day(text.format(24), text.format(31), text.format(45)).briefing
    assert Assessment.OPEN in {dispute.assessment for dispute in disputed.disputes}
    assert disputed.claims[0].standing.standing is Standing.DISPUTED


SAME = [
    (
        "Some 3,000 people have been evacuated from Orlo, the ministry said.",
        "The ministry said 3,012 people have been evacuated from Orlo.",
    ),
    (
        "The fire at the Marrow Bay mill killed 24 people, the brigade said.",
        "Another 7 people were killed in the second fire at the Marrow Bay mill, the brigade said.",
    ),
    (
        "On Monday the shelling of Orlo killed 24 people, the mayor said.",
        "On Tuesday the shelling of Orlo killed 10 people, the mayor said.",
    ),
    (
        "Some 4,000 people have left Kostrel and the villages below Tarvysh Dam.",
        "About 12,000 people remain in Kostrel and the villages below Tarvysh Dam.",
    ),
    (
        "A reception centre with 1,500 beds has opened in the sports hall at Lodvin.",
        "Some 900 people are staying in the sports hall at Lodvin.",
    ),
    ("Ines Farrow, 34, steered the boat into Orlo.", "Ines Farrow, 43, steered the boat into Orlo."),
    (
        "The company earned 40 million crowns in the last quarter from its mills in Orlo.",
        "The company earned 160 million crowns in the last year from its mills in Orlo.",
    ),
]


@pytest.mark.parametrize(("before", "now"), SAME)
def test_roundings_other_events_and_other_things_are_no_change(before: str, now: str) -> None:
    assert not second_day(before, now).of(ChangeKind.CHANGED_VALUE)


# Thirty-two pairs were written at once, before any was tried: on the first run 10 of 20 were wrongly called changes and
# 9 of 12 were found. One of the twenty is a change after all, and left out here.

OTHER_THINGS = [
    (
        "The index of the Orlo exchange closed at 4,120 points on Monday, down 2 percent.",
        "The index of the Orlo exchange closed at 4,260 points on Tuesday, up 3 percent.",
    ),
    (
        "In Tarn the temperature reached 38 degrees on Monday, the weather service said.",
        "In Lodvin the temperature reached 41 degrees on Tuesday, the weather service said.",
    ),
    (
        "Police arrested 14 protesters in Kelmar on Monday.",
        "Police arrested 22 protesters in Kelmar on Tuesday.",
    ),
    (
        "The Greens won 23 percent of the vote in Kelmar, partial results show.",
        "The Farmers' party won 31 percent of the vote in Kelmar, partial results show.",
    ),
    (
        "The court sentenced Theo Marsh to seven years in prison.",
        "The court sentenced his partner Ada Quill to three years in prison.",
    ),
    (
        "The strike at Westhaven has lasted three days.",
        "The strike at Westhaven has lasted four days.",
    ),
    (
        "Marrow Bay beat Orlo 3-1 on Monday and has 42 points.",
        "Marrow Bay lost 0-2 to Tarn on Tuesday.",
    ),
    (
        "Firefighters saved 12 people from the roof of the mill.",
        "Firefighters carried 30 horses from the stables of the mill.",
    ),
    (
        "The ministry sent 200 tents to Ruel.",
        "The ministry sent 350 tents to Pontal.",
    ),
    (
        "Some 1,200 soldiers search the valley for the missing.",
        "Some 80 dogs search the valley for the missing.",
    ),
    (
        "Shelling killed four people in the village of Osk overnight.",
        "Shelling killed nine people in the village of Osk the night before.",
    ),
    (
        "The company cut 300 jobs in its mills in March.",
        "The company cut 450 jobs in its mills in May.",
    ),
    (
        "The bridge will be closed from Monday to Wednesday.",
        "The bridge will be closed on Friday as well.",
    ),
    (
        "The council will vote on the budget on Thursday.",
        "The council will vote on the school roof on Monday.",
    ),
    (
        "Tickets for the ferry cost 12 crowns for adults.",
        "Tickets for the ferry cost 6 crowns for children.",
    ),
    (
        "The survey asked 1,004 people in Kelmar in May.",
        "A second survey asked 2,010 people in Kelmar in June.",
    ),
    (
        "President Ada Korrin opened the lock.",
        "Former president Olaf Brinn came to the lock with President Ada Korrin.",
    ),
    (
        "The hospital treated 40 of the injured, its director said.",
        "The clinic at Lodvin treated 11 of the injured, its director said.",
    ),
    (
        "About a third of the homes in Ruel have power again.",
        "Some 30 percent of the homes in Ruel have power again.",
    ),
]


@pytest.mark.parametrize(("before", "now"), OTHER_THINGS)
def test_what_is_counted_or_planned_anew_or_elsewhere_is_no_change(before: str, now: str) -> None:
    assert not second_day(before, now).of(ChangeKind.CHANGED_VALUE)


OTHER_VALUES = [
    (
        "About a third of the homes in Ruel have power again.",
        "Two thirds of the homes in Ruel have power again.",
    ),
    (
        "Police in Kelmar have arrested 14 people over the theft so far.",
        "Police in Kelmar have now arrested 22 people over the theft.",
    ),
    (
        "The reward for finding the amber is 10,000 crowns.",
        "The reward for finding the amber has been raised to 25,000 crowns.",
    ),
    (
        "Eleven people are in hospital after the fire at the Quarl theatre.",
        "Seven people are still in hospital after the fire at the Quarl theatre.",
    ),
    (
        "The fire at the Quarl theatre has burned 400 hectares of forest.",
        "By Tuesday the fire at the Quarl theatre had burned 950 hectares of forest.",
    ),
    (
        "The tender for the bridge closes on Friday.",
        "The tender for the bridge now closes on 20 June.",
    ),
    (
        "With 40 percent of the votes counted, the Greens lead in Kelmar with 23 percent.",
        "With all votes counted, the Greens lead in Kelmar with 27 percent.",
    ),
    (
        "The price of bread in Orlo has risen to 4 crowns a loaf.",
        "The price of bread in Orlo has risen to 5 crowns a loaf.",
    ),
    (
        "The mudslide at Osk buried six houses.",
        "The mudslide at Osk buried 14 houses, the mayor now says.",
    ),
    (
        "The ship has 120 people on board, its owner said.",
        "The ship has 134 people on board, its owner said after counting again.",
    ),
    (
        "The summit in Tessin begins on Wednesday.",
        "The summit in Tessin begins a day later than planned, on Thursday.",
    ),
    (
        "Rescuers have found three survivors under the Ruel market hall.",
        "Rescuers have found five survivors under the Ruel market hall.",
    ),
]


IN_LIKE_WORDS = [
    ("The strike at the port lasted 11 weeks.", "The last strike at the mill lasted six weeks."),
    ("A family gets 15 litres of water a day.", "International rules prescribe 20 litres of water a head per day."),
    ("The mill trial lasted 19 months.", "The investigation of the mill fire lasted 24 months."),
]


@pytest.mark.parametrize(("before", "now"), IN_LIKE_WORDS)
def test_what_only_the_model_takes_for_two_things_is_no_change(before: str, now: str) -> None:
    told = {}
    for comparison in (None, load()):
        desk = Desk(comparison=comparison)
        desk.day(MON, edition("Courier", before))
        told[comparison is None] = desk.day(TUE, edition("Herald", now)).of(ChangeKind.CHANGED_VALUE)
    assert (len(told[True]), told[False]) == (1, [])


@pytest.mark.parametrize(("before", "now"), OTHER_VALUES)
def test_what_has_another_value_today_is_a_change(before: str, now: str) -> None:
    assert len(second_day(before, now).of(ChangeKind.CHANGED_VALUE)) == 1


def test_a_likely_slip_stays_a_dispute() -> None:
    told = second_day(
        "Some 3,000 people have been evacuated from Orlo since Sunday, the ministry said.",
        "The ministry said 3 people have been evacuated from Orlo since Sunday.",
    )
    assert not told.of(ChangeKind.CHANGED_VALUE)
    [dispute] = told.of(ChangeKind.DISPUTE_OPENED)
    assert set(values(dispute)[1]) == {"about 3000", "3"}


def test_a_slip_beside_a_change_is_still_in_dispute() -> None:
    text = "The ministry said {} people have been evacuated from Orlo since Sunday."
    told = second_day(text.format("3,000"), text.format("3,400"), text.format("3"))
    assert len(told.of(ChangeKind.DISPUTE_OPENED)) == 1


def test_sources_of_one_day_that_disagree_open_a_dispute_and_change_nothing() -> None:
    told = second_day(
        "The fire at the Marrow Bay mill killed 24 people, the brigade said.",
        "The fire at the Marrow Bay mill killed 31 people, the brigade said.",
        "The fire at the Marrow Bay mill killed 45 people, the brigade said.",
    )
    assert not told.of(ChangeKind.CHANGED_VALUE)
    assert len(told.of(ChangeKind.DISPUTE_OPENED)) == 1


def test_a_change_is_told_once_and_the_next_one_starts_from_it() -> None:
    desk = Desk()
    text = "The fire at the Marrow Bay mill killed {} people, the brigade said."
    desk.day(MON, edition("Courier", text.format(24)))
    desk.day(TUE, edition("Herald", text.format(31)))
    quiet = desk.day(WED, edition("Post", text.format(31)))
    assert quiet.news.quiet, quiet.all_lines
    told = desk.day(date(2031, 3, 6), edition("Echo", text.format(33)))
    [change] = told.of(ChangeKind.CHANGED_VALUE)
    assert values(change) == (["31"], ["33"])


def test_an_article_that_is_older_than_what_was_told_changes_nothing() -> None:
    late = edition(
        "Herald",
        "The fire at the Marrow Bay mill killed 19 people, the brigade said.",
        published=datetime(2031, 3, 2),  # noqa: DTZ001 - a day as a page prints it
    )
    told = second_day("The fire at the Marrow Bay mill killed 24 people, the brigade said.", late)
    assert not told.of(ChangeKind.CHANGED_VALUE)


def test_of_articles_of_two_days_that_come_in_together_the_later_one_tells_the_change() -> None:
    text = "The fire at the Marrow Bay mill killed {} people, the brigade said."
    desk = Desk()
    desk.day(MON, edition("Courier", text.format(24), published=datetime(2031, 3, 3)))  # noqa: DTZ001
    told = desk.day(
        WED,
        edition("Herald", text.format(24), "The mill was insured.", published=datetime(2031, 3, 4)),  # noqa: DTZ001
        edition("Post", text.format(31), published=datetime(2031, 3, 5)),  # noqa: DTZ001
    )
    [change] = told.of(ChangeKind.CHANGED_VALUE)
    assert values(change) == (["24"], ["31"])


# Changed days and offices
# ------------------------


@pytest.mark.parametrize(
    "now",
    [
        "The hearing on the Tarn dam has been postponed until Friday, the court in Orlo said.",
        "The court in Orlo moved the hearing on the Tarn dam from Wednesday to Friday.",
        "The court in Orlo will hold the hearing on the Tarn dam on Friday.",
    ],
)
def test_what_is_put_off_is_told_with_both_days(now: str) -> None:
    told = second_day("The court in Orlo will hold a hearing on the Tarn dam on Wednesday.", now)
    [change] = told.of(ChangeKind.CHANGED_VALUE)
    assert values(change) == (["Wednesday 5 March 2031"], ["Friday 7 March 2031"])
    assert change.claims == ("C1",)


@pytest.mark.parametrize(
    "now",
    [
        "The court in Orlo will hold the hearing on the Tarn dam on 5 March.",
        "The court in Orlo will hold a hearing on the ferry terminal on Friday.",
        "The council of Orlo said on Tuesday that it had no part in the hearing on the Tarn dam.",
    ],
)
def test_the_same_day_in_other_words_and_other_plans_are_no_change(now: str) -> None:
    told = second_day("The court in Orlo will hold a hearing on the Tarn dam on Wednesday.", now)
    assert not told.of(ChangeKind.CHANGED_VALUE)


def test_an_office_that_somebody_takes_is_a_change() -> None:
    told = second_day(
        "Deputy mayor Tamsin Oakes opened the pier at Orlo.",
        "Tamsin Oakes was sworn in as mayor on Tuesday; mayor Tamsin Oakes thanked the town of Orlo.",
    )
    [change] = told.of(ChangeKind.CHANGED_VALUE)
    assert change.about == "title of Tamsin Oakes"
    assert values(change) == (["Deputy mayor"], ["mayor"])


# Corrections, edits, withdrawals
# -------------------------------


def test_a_correction_of_what_was_told_comes_first() -> None:
    nine = "The lake behind the Tarn dam will be lowered by nine metres, engineers said."
    told = second_day(
        edition("Courier", nine, key="dam"),
        edition(
            "Courier",
            "The lake behind the Tarn dam will be lowered by six metres, engineers said.",
            "Divers found a second leak.",
            correction="Correction: An earlier version of this article said that the lake would be lowered by nine "
            "metres. It will be lowered by six metres.",
            key="dam",
        ),
    )
    change = told.news.changes[0]
    assert change.kind is ChangeKind.CORRECTED
    assert values(change) == (["9 m"], ["6 m"])
    assert change.told is not None
    assert change.told.text == nine
    assert change.told.day == MON
    assert not told.of(ChangeKind.CHANGED_VALUE)
    assert not told.of(ChangeKind.DISPUTE_OPENED)


def test_a_correction_elsewhere_in_the_thread_bears_on_what_was_told() -> None:
    told = second_day(
        "Lidia Harrow, who speaks for the water ministry, said nobody was hurt.",
        edition(
            "Plainsheet",
            "The first streets could be reopened within two weeks.",
            correction="Editor's note: This post has been corrected: Lidia Harrow speaks for the Nerra Basin "
            "Authority, not for the water ministry.",
        ),
    )
    [change] = told.of(ChangeKind.CORRECTED)
    assert change.told is not None
    assert "water ministry" in change.told.text


def test_a_correction_in_another_article_gives_both_values() -> None:
    told = second_day(
        "A storm sank 20 boats at Marrow Pier, the harbour office said.",
        edition(
            "Courier",
            "The pier stays closed.",
            correction="Correction: An article on Monday misstated how many boats were sunk by the storm at Marrow "
            "Pier. It was 12 boats, not 20.",
        ),
    )
    [change] = told.of(ChangeKind.CORRECTED)
    assert values(change) == (["20"], ["12"])


@pytest.mark.parametrize(
    ("courier", "herald", "later"),
    [
        (
            "Andrei Keslin, director of the Nerra Basin Authority, opened the gate of the dam.",
            "Water Minister Andrei Keslin opened the gate of the dam at noon.",
            "Andrei Keslin, director of the Nerra Basin Authority, opened the gate of the dam at noon.",
        ),
        (
            "The harbour council closed the old ferry terminal at Orlo on 27 February.",
            "The harbour council closed the old ferry terminal at Orlo on 1 March.",
            "The harbour council closed the old ferry terminal at Orlo on 27 February.",
        ),
        (
            "The ministry received a letter about the gate in January, an engineer said.",
            "The ministry did not receive a letter about the gate in January, its office said.",
            "The ministry did receive a letter about the gate in January, its office now says.",
        ),
    ],
)
def test_disputes_of_every_sort_are_settled_by_who_gave_the_other_value(courier: str, herald: str, later: str) -> None:
    desk = Desk()
    first = desk.day(MON, edition("Courier", courier), edition("Herald", herald))
    assert len(first.briefing.disputes) == 1
    told = desk.day(TUE, edition("Herald", later, key="later"))
    assert len(told.of(ChangeKind.DISPUTE_SETTLED)) == 1
    assert not told.of(ChangeKind.DISPUTE_OPENED)
    assert {dispute.assessment for dispute in told.briefing.disputes} == {Assessment.SUPERSEDED}


def test_a_correction_corrects_no_claim_that_only_has_its_words() -> None:
    told = second_day(
        "The water ministry has asked the Nerra Basin Authority for a report on the gate.",
        edition(
            "Plainsheet",
            "The first streets could be reopened within two weeks.",
            correction="Editor's note: This post has been corrected: Lidia Harrow speaks for the Nerra Basin "
            "Authority, not for the water ministry.",
        ),
    )
    assert not told.of(ChangeKind.CORRECTED)


def test_a_correction_of_something_else_corrects_nothing_that_was_told() -> None:
    told = second_day(
        "The lake behind the Tarn dam will be lowered by six metres, engineers said.",
        edition(
            "Herald",
            "Divers found a second leak.",
            correction="Correction: An earlier version of this article misspelled the name of the market town Lodvin.",
        ),
    )
    assert not told.of(ChangeKind.CORRECTED)


def test_a_figure_that_only_the_article_itself_now_gives_otherwise_is_a_correction_without_notice() -> None:
    told = second_day(
        edition("Courier", "Thieves took 48 crates of amber from the museum in Orlo.", key="amber"),
        edition("Courier", "Thieves took 84 crates of amber from the museum in Orlo.", key="amber"),
    )
    [change] = told.of(ChangeKind.CORRECTED)
    assert values(change) == (["48"], ["84"])
    assert "without a notice" in change.note
    assert not told.of(ChangeKind.CHANGED_VALUE)


def test_a_figure_that_other_articles_give_as_well_has_changed() -> None:
    text = "The fire at the Marrow Bay mill killed {} people, the brigade said."
    told = second_day(
        edition("Courier", text.format(24), key="fire"),
        edition("Courier", text.format(31), key="fire"),
        edition("Herald", text.format(31)),
    )
    [change] = told.of(ChangeKind.CHANGED_VALUE)
    assert values(change) == (["24"], ["31"])
    assert {e.source for given in change.after for e in given.evidence} == {"S2", "S3"}
    assert not told.of(ChangeKind.CORRECTED)


def test_a_sentence_that_reads_otherwise_is_edited_and_one_that_moved_is_not() -> None:
    told = second_day(
        edition("Courier", "The gate was open when the storm came.", "The pier at Orlo stays closed.", key="pier"),
        edition("Courier", "The pier at Orlo stays  closed.", "The gate was ajar when the storm came.", key="pier"),
    )
    [change] = told.of(ChangeKind.SOURCE_EDITED)
    assert change.told is not None
    assert change.told.text == "The gate was open when the storm came."
    assert change.after[0].value == "The gate was ajar when the storm came."


def test_a_sentence_that_is_gone_is_edited_with_nothing_in_its_place() -> None:
    told = second_day(
        edition("Courier", "The gate was open when the storm came.", "The pier at Orlo stays closed.", key="pier"),
        edition("Courier", "The pier at Orlo stays closed.", key="pier"),
    )
    [change] = told.of(ChangeKind.SOURCE_EDITED)
    assert change.after == ()


def test_an_article_that_is_gone_is_reported_once_for_each_claim() -> None:
    desk = Desk()
    desk.day(MON, edition("Courier", "The gate of the dam was open when the storm came.", key="dam"))
    told = desk.day(TUE, withdrawn={"dam"})
    [change] = told.news.changes
    assert change.kind is ChangeKind.SOURCE_WITHDRAWN
    assert desk.day(WED, withdrawn={"dam"}).news.quiet


# Disputes
# --------


def test_a_dispute_is_settled_when_the_origin_of_the_other_value_gives_the_one() -> None:
    text = "Rescuers dropped {} crates of blankets over the valley of Nerra, the army said."
    desk = Desk()
    first = desk.day(MON, edition("Courier", text.format(28)), edition("Herald", text.format(45)))
    assert len(first.briefing.disputes) == 1
    still = desk.day(TUE, edition("Post", "Blankets were dropped over the valley of Nerra at dawn, the army said."))
    assert not still.of(ChangeKind.DISPUTE_SETTLED), "silence settles nothing"
    told = desk.day(WED, edition("Courier", text.format(45), key="courier-2"))
    [change] = told.of(ChangeKind.DISPUTE_SETTLED)
    assert values(change) == (["28", "45"], ["45"])
    assert not told.of(ChangeKind.DISPUTE_OPENED)
    assert desk.day(date(2031, 3, 6)).news.quiet


def test_a_third_outlet_that_gives_one_of_the_values_settles_nothing() -> None:
    text = "Rescuers dropped {} crates of blankets over the valley of Nerra, the army said."
    desk = Desk()
    desk.day(MON, edition("Courier", text.format(28)), edition("Herald", text.format(45)))
    told = desk.day(TUE, edition("Post", text.format(45)))
    assert told.news.quiet, told.all_lines


# What was told already
# ---------------------


@pytest.mark.parametrize(
    "again",
    [
        "Divers found a leak under the spillway gate of the Tarn dam on Saturday.",
        "On Saturday, divers found a leak under a spillway gate of the Tarn dam.",
    ],
)
def test_what_was_told_is_not_told_again(again: str) -> None:
    told = second_day("Divers found a leak under a spillway gate of the Tarn dam on Saturday.", again)
    assert told.news.quiet
    assert told.news.told_again == 1
    assert told.briefing.claims == ()


def test_what_is_told_again_with_fewer_days_is_not_new() -> None:
    told = second_day(
        "Some 400 people have left the valley of Tarn since Sunday night, the river authority said on Monday.",
        "Some 400 people have left the valley of Tarn since Sunday night, the river authority said.",
    )
    assert told.news.quiet


@pytest.mark.parametrize(
    "news",
    [
        "Divers found two leaks under a spillway gate of the Tarn dam on Saturday.",
        "Divers found a leak under a spillway gate of the Tarn dam on Sunday.",
        "Divers found no leak under a spillway gate of the Tarn dam on Saturday.",
        "Divers from Lodvin found a leak under a spillway gate of the Tarn dam on Saturday.",
        "Divers found “a hand-wide leak” under a spillway gate of the Tarn dam on Saturday.",
    ],
)
def test_a_figure_a_day_a_denial_a_name_or_a_quotation_makes_it_new(news: str) -> None:
    told = second_day("Divers found a leak under a spillway gate of the Tarn dam on Saturday.", news)
    assert told.news.told_again == 0
    assert told.news.changes


@pytest.mark.parametrize(("meaning", "again"), [(None, 0), (load(), 1)])
def test_what_was_told_in_other_words_is_recognised_with_the_entailment_model(
    meaning: Entailment | None, again: int
) -> None:
    desk = Desk(entailment=meaning)
    desk.day(
        MON, edition("Courier", "The gate of the Tarn dam was put out of use by a tree trunk that struck the sill.")
    )
    told = desk.day(TUE, edition("Herald", "A tree trunk hit the sill and made the gate of the Tarn dam unusable."))
    assert told.news.told_again == again


def test_a_text_in_a_language_that_is_not_read_is_told_again_only_word_by_word() -> None:
    desk = Desk()
    text = "Taucher fanden am Samstag ein Leck unter einem Tor des Damms von Tarn, sagte die Behörde."
    desk.day(MON, _german(text))
    assert desk.day(TUE, _german(text, key="other")).news.told_again == 1
    assert desk.day(WED, _german(text.replace("ein Leck", "kein Leck"), key="third")).news.told_again == 0


def test_a_table_is_told_again_only_word_by_word() -> None:
    table = "Boats by berth at Orlo: " + ", ".join(f"berth {n} {n + 100} boats" for n in range(1, 40)) + "."
    desk = Desk()
    desk.day(MON, edition("Courier", table))
    assert desk.day(TUE, edition("Herald", table)).news.told_again == 1
    assert desk.day(WED, edition("Post", table.replace("Boats by", "The boats by"))).news.told_again == 0


def _german(text: str, key: str = "zeitung") -> Item:
    item = edition("Zeitung", text, key=key)
    return replace(item, document=replace(item.document, language="de"))


def test_what_an_earlier_article_said_and_no_brief_chose_is_no_news() -> None:
    told = second_day(
        edition(
            "Courier",
            "The dam at Tarn leaks and Kostrel is being emptied, the authority said.",
            "The hall at Lodvin was built in 1931 by the architect Osk.",
        ),
        "The hall at Lodvin was built in 1931 by the architect Osk.",
        max_claims=1,
    )
    assert told.news.quiet


# Properties
# ----------

POOL = [
    "The fire at the Marrow Bay mill killed 24 people, the brigade said.",
    "The fire at the Marrow Bay mill killed 31 people, the brigade said.",
    "The court in Orlo will hold a hearing on the Marrow Bay mill on Wednesday.",
    "The hearing on the Marrow Bay mill has been postponed until Friday, the court in Orlo said.",
    "Owner Tamsin Oakes did not answer questions about the Marrow Bay mill.",
    "The mill at Marrow Bay was insured for 3 million crowns.",
    "The mill at Marrow Bay was insured for 3,000 crowns.",
    "Nobody has been charged over the fire.",
]
articles = st.lists(st.lists(st.sampled_from(POOL), min_size=1, max_size=4, unique=True), min_size=1, max_size=3)


def _items(day: str, texts: list[list[str]]) -> list[Item]:
    return [edition(f"Outlet {n}", *paragraphs, key=f"{day}-{n}") for n, paragraphs in enumerate(texts)]


@settings(max_examples=25, deadline=None)
@given(articles, articles)
def test_every_span_of_a_change_reads_its_text(monday: list[list[str]], tuesday: list[list[str]]) -> None:
    desk = Desk()
    desk.day(MON, *_items("mon", monday))
    told = desk.day(TUE, *_items("tue", tuesday))
    texts = {document.id: document.text for document in told.briefing.documents}
    claims = {claim.checked.id for claim in told.briefing.claims}
    for change in told.news.changes:
        assert claims.issuperset(change.claims)
        for value in (*change.before, *change.after):
            for span in value.evidence:
                assert texts[span.source][span.start : span.end] == span.text


def _shape(told: Told) -> list[tuple[ChangeKind, list[str], list[str]]]:
    """The changes without ids, and without the new facts: which claims are drafted may depend on the order."""
    changes = [change for change in told.news.changes if change.kind is not ChangeKind.NEW_FACT]
    return sorted((change.kind, sorted(values(change)[0]), sorted(values(change)[1])) for change in changes)


@settings(max_examples=25, deadline=None)
@given(articles, articles)
def test_the_order_of_the_documents_does_not_matter(monday: list[list[str]], tuesday: list[list[str]]) -> None:
    desk = Desk()
    desk.day(MON, *_items("mon", monday))
    turned = desk.day(TUE, *_items("tue", tuesday), shuffled=True)
    told = desk.day(TUE, *_items("tue", tuesday))
    assert _shape(turned) == _shape(told)
    assert turned.news.told_again == told.news.told_again


@settings(max_examples=15, deadline=None)
@given(articles, articles)
def test_the_same_days_give_the_same_news(monday: list[list[str]], tuesday: list[list[str]]) -> None:
    def tell() -> News:
        desk = Desk()
        desk.day(MON, *_items("mon", monday))
        return desk.day(TUE, *_items("tue", tuesday)).news

    assert tell() == tell()


@settings(max_examples=25, deadline=None)
@given(articles, articles)
def test_articles_that_are_told_again_are_quiet(monday: list[list[str]], tuesday: list[list[str]]) -> None:
    desk = Desk(max_claims=3)
    desk.day(MON, *_items("mon", monday))
    desk.day(TUE, *_items("tue", tuesday))
    dated = [replace(item, key=f"again-{item.key}") for day, item in desk.read if day == TUE]
    again = desk.day(WED, *dated)
    assert again.news.quiet, again.all_lines


def test_a_story_that_was_never_told_has_no_changes() -> None:
    told = Desk().day(MON, edition("Courier", POOL[0]))
    assert told.news.since is None
    assert told.news.changes == ()
    assert not told.news.quiet


# The benchmark
# -------------


def test_the_benchmark_prints_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = (FERRY_TARN, FERRY_TARN_LATER), (VOTE, VOTE)
    rows = [{"story": n, "articles": [{"id": "a", "text": t} for t in own]} for n, own in enumerate(texts)]
    path = tmp_path / "stories.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main([str(path), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["mean"]
    assert figures["linked"] == 1
    assert figures["quiet"] == 1
    assert 0.4 <= figures["told"] <= 0.6


# Threads
# -------

FERRY_TARN = (
    "The ferry Ondine ran aground off Tarn on Monday with 140 passengers. The coast guard brought all passengers "
    "ashore in boats. Captain Elke Brandt said the rudder of the Ondine had failed."
)
FERRY_TARN_LATER = (
    "Tugs pulled the Ondine off the rocks at Tarn on Tuesday. The ferry's captain, Elke Brandt, was questioned about "
    "the rudder. Passengers of the Ondine get their fares back."
)
FERRY_MULL = (
    "The ferry Skua ran aground off Mullhaven on Tuesday with 90 passengers. The coast guard brought all passengers "
    "ashore in boats. The mate, Jory Pell, had fallen asleep, the harbour office of Mullhaven said."
)
VOTE = (
    "Parliament in Kelmar rejected the fisheries bill by 61 votes to 58. Minister Oda Rehn said she would bring it "
    "back in autumn. Trawlers blocked the harbour of Kelmar for nine days."
)


def _terms(*texts: str) -> tuple[dict[str, float], ...]:
    documents = [build.document(text, id=f"S{n}") for n, text in enumerate(texts, start=1)]
    stories = [Story(id=f"T{n}", title="", sources=(d.id,)) for n, d in enumerate(documents, start=1)]
    return tuple(dict(terms) for terms in terms_of(stories, documents, split(documents)))


def _edition(day: date, *texts: str, first: int = 1) -> Edition:
    stories = tuple(
        ToldStory(thread=f"{day}/{n}", rank=n, folder="", title="", sources=(), terms=terms)
        for n, terms in enumerate(_terms(*texts), start=first)
    )
    return Edition(day=day, as_of=datetime(2031, 3, 3, tzinfo=UTC), title="", stories=stories)


def _linked(told: Edition, *texts: str, day: date = TUE, follow: int = 14) -> tuple[str | None, ...]:
    return link(_terms(*texts), [told], day=day, follow=timedelta(days=follow))


def test_a_story_goes_on_under_another_title() -> None:
    assert _linked(_edition(MON, FERRY_TARN, VOTE), VOTE[:90], FERRY_TARN_LATER) == ("2031-03-03/2", "2031-03-03/1")


def test_another_event_of_the_same_sort_in_one_week_is_another_thread() -> None:
    assert _linked(_edition(MON, FERRY_TARN, VOTE), FERRY_MULL, FERRY_TARN_LATER) == (None, "2031-03-03/1")
    assert _linked(_edition(MON, FERRY_TARN, VOTE), FERRY_MULL) == (None,)


def test_a_thread_that_was_told_too_long_ago_is_over() -> None:
    told = _edition(MON, FERRY_TARN)
    assert _linked(told, FERRY_TARN_LATER, day=date(2032, 3, 3)) == (None,)
    assert _linked(told, VOTE, day=date(2032, 3, 3), follow=400) == (None,)


def test_two_stories_of_one_thread_are_one_only_when_they_are_alike() -> None:
    assert _linked(_edition(MON, FERRY_TARN), FERRY_TARN_LATER, FERRY_TARN) == ("2031-03-03/1", "2031-03-03/1")


def test_the_edition_of_the_day_itself_does_not_count() -> None:
    assert _linked(_edition(TUE, FERRY_TARN), FERRY_TARN_LATER) == (None,)


def test_nothing_was_told_before() -> None:
    assert link(_terms(VOTE), [], day=TUE, follow=timedelta(days=14)) == (None,)
    assert Before().since is None
