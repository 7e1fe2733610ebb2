"""Stories that were written before any rule of what is new was tried on them: what a reader should be told.

On the first run the rules met nine of the sixteen expectations of the first three stories, then thirteen of the
fifteen of the next three, then nineteen of twenty-two pairs of sentences. What they met after the mistakes that each
run showed were mended stands here as tests, and what they still miss is marked as missed. Adding a story means writing
first what is expected of it.
"""

from __future__ import annotations

from datetime import date

import pytest

from briefing.types import ChangeKind
from tests.news_desk import Desk, Told, edition

MON, TUE, WED, THU = (date(2031, 6, day) for day in (2, 3, 4, 5))

# A barge in a lock: a growing queue, a postponed trial, a slip of three zeros, and a second lock with a like name
# ------------------------------------------------------------------------------------------------------------

BARGE_MON = [
    edition(
        "Canal Gazette",
        "The grain barge Halina struck the lower gate of the Mirov lock on Sunday evening and sank across the channel. "
        "Seventeen vessels were waiting below the lock on Monday morning, lock keeper Dorn Askel said.",
        "The barge carried 1,400 tonnes of wheat. Nobody was hurt.",
        "The waterways office will test a temporary gate on Thursday, its engineer Petra Lund said.",
    ),
    edition(
        "Mirov Post",
        "A sunken barge has closed the Mirov lock. The Halina, loaded with 1,400 tonnes of wheat, hit the lower gate "
        "on Sunday.",
        "Askel, who keeps the lock, counted 17 vessels in the queue.",
    ),
]
BARGE_TUE = [
    edition(
        "Canal Gazette",
        "Thirty-one vessels were waiting below the Mirov lock on Tuesday morning, lock keeper Dorn Askel said, two "
        "days after the barge Halina sank in front of its gate.",
        "The test of the temporary gate has been postponed until Saturday, Petra Lund said.",
        "Divers found a crack three metres long in the sill.",
        key="gazette-2",
    ),
    edition(
        "River Radio",
        "The Halina lies across the channel with 1,400 tonnes of wheat in her hold. Nobody was hurt when she struck "
        "the gate of the Mirov lock on Sunday.",
    ),
]
BARGE_WED = [
    edition(
        "Plain Wire",
        "The barge Halina, which sank in the Mirov lock on Sunday, carried 1.4 tonnes of wheat.",
        "Divers found a crack three metres long in the sill of the lock.",
    ),
]

# A hospital: a denial that becomes an admission, an appointment, a figure that is only rounded
# --------------------------------------------------------------------------------------------

WARD_MON = [
    edition(
        "Tessin Courier",
        "Nurses at the Old Quay hospital in Tessin walked out on Monday over night shifts.",
        "The hospital has not hired nurses from an agency, director Amund Vey told the Courier.",
        "About 2,300 operations are planned at the hospital this month.",
        "Deputy director Sunniva Holt will speak with the union on Wednesday.",
    ),
]
WARD_TUE = [
    edition(
        "Tessin Courier",
        "The Old Quay hospital in Tessin has hired nurses from an agency, director Amund Vey told the Courier on "
        "Tuesday, a day after he had denied it.",
        "He said 2,312 operations are planned at the hospital this month.",
        "Sunniva Holt was appointed director of nursing at the hospital.",
        key="courier-2",
    ),
]
WARD_WED = [
    edition(
        "Harbour Echo",
        "Nurses at the Old Quay hospital in Tessin walked out on Monday over night shifts.",
        "The hospital has hired nurses from an agency, its director, Amund Vey, told the Tessin Courier on Tuesday.",
    ),
]

# A leak of customer records: a corrected figure, an edited paragraph, a page that is gone
# ---------------------------------------------------------------------------------------

LEAK_MON = [
    edition(
        "Ledger Daily",
        "Thieves copied the records of 48,000 customers of Norrbank, the bank said on Monday.",
        "The records were taken from a server in Ulven, according to the bank's security chief, Ines Tarr.",
        "Norrbank learned of the theft on 12 May.",
        key="ledger",
    ),
    edition(
        "The Ulven Star",
        "A server of Norrbank in Ulven was left without a password for nine weeks, two former employees told the Star.",
        key="star",
    ),
]
LEAK_TUE = [
    edition(
        "Ledger Daily",
        "Thieves copied the records of 84,000 customers of Norrbank, the bank said on Monday.",
        "The records were taken from a server abroad, the bank now says.",
        "Norrbank learned of the theft on 12 May.",
        correction="Correction: An earlier version of this article said that the records of 48,000 customers had been "
        "copied. The bank speaks of 84,000 customers.",
        key="ledger",
    ),
]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def _tells(told: Told, kind: ChangeKind, *fragments: str) -> bool:
    return any(all(part in told.line(change) for part in fragments) for change in told.of(kind))


def test_a_queue_grows_and_a_trial_is_put_off(desk: Desk) -> None:
    desk.day(MON, *BARGE_MON)
    told = desk.day(TUE, *BARGE_TUE)
    assert _tells(told, ChangeKind.CHANGED_VALUE, "17", "31")
    assert _tells(told, ChangeKind.CHANGED_VALUE, "Thursday", "Saturday")
    assert _tells(told, ChangeKind.NEW_FACT, "crack three metres long")
    assert not _tells(told, ChangeKind.CHANGED_VALUE, "1,400")


@pytest.mark.xfail(reason="“lies across the channel with” is told in the words “sank across” and “loaded with”")
def test_what_another_outlet_tells_in_other_words_is_no_new_fact(desk: Desk) -> None:
    desk.day(MON, *BARGE_MON)
    told = desk.day(TUE, *BARGE_TUE)
    assert not _tells(told, ChangeKind.NEW_FACT, "1,400 tonnes")


def test_a_dropped_scale_is_disputed_and_never_a_change(desk: Desk) -> None:
    desk.day(MON, *BARGE_MON)
    desk.day(TUE, *BARGE_TUE)
    told = desk.day(WED, *BARGE_WED)
    assert not told.of(ChangeKind.CHANGED_VALUE)
    assert _tells(told, ChangeKind.DISPUTE_OPENED, "1.4", "1400")
    assert not _tells(told, ChangeKind.NEW_FACT, "crack")


def test_a_denial_that_is_taken_back_and_an_appointment(desk: Desk) -> None:
    desk.day(MON, *WARD_MON)
    told = desk.day(TUE, *WARD_TUE)
    assert "has hired nurses" in told.all_lines
    assert not _tells(told, ChangeKind.CHANGED_VALUE, "2312")
    assert _tells(told, ChangeKind.CHANGED_VALUE, "director of nursing") or _tells(
        told, ChangeKind.NEW_FACT, "director of nursing"
    )


def test_another_outlet_that_repeats_it_leaves_the_story_quiet(desk: Desk) -> None:
    desk.day(MON, *WARD_MON)
    desk.day(TUE, *WARD_TUE)
    told = desk.day(WED, *WARD_WED)
    assert told.news.quiet, told.all_lines
    assert told.news.told_again == 2


def test_a_correction_an_edit_and_a_withdrawal(desk: Desk) -> None:
    desk.day(MON, *LEAK_MON)
    told = desk.day(TUE, *LEAK_TUE, withdrawn={"star"})
    assert _tells(told, ChangeKind.CORRECTED, "48000", "84000")
    assert _tells(told, ChangeKind.SOURCE_EDITED, "server in Ulven") or _tells(
        told, ChangeKind.CORRECTED, "server in Ulven"
    )
    assert _tells(told, ChangeKind.SOURCE_WITHDRAWN, "without a password")
    assert not _tells(told, ChangeKind.SOURCE_EDITED, "12 May")
    assert not told.of(ChangeKind.CHANGED_VALUE)
    again = desk.day(WED)
    assert again.news.quiet, again.all_lines


# Written after the rules had been mended by the stories above, before they were run on these
# ---------------------------------------------------------------------------------------------

QUAKE_MON = [
    edition(
        "Sierra News",
        "An earthquake of magnitude 6.1 struck the Calva valley early on Monday and killed at least 40 people.",
        "In the town of Ruel, 25 people were killed when the market hall collapsed, mayor Ines Dorta said.",
        "Some 300 people are missing, the civil guard said.",
        "The first relief flight will land at Ruel on Wednesday.",
    ),
]
QUAKE_TUE = [
    edition(
        "Sierra News",
        "The earthquake in the Calva valley killed 112 people, the civil guard said on Tuesday.",
        "In the town of Pontal, 31 people were killed when a school collapsed.",
        "Some 190 people are still missing.",
        "The geological survey put the magnitude at 6.3.",
        key="sierra-2",
    ),
    edition(
        "Radio Calva",
        "At least 112 people were killed by the earthquake in the Calva valley.",
        "The first relief flight to Ruel has been put off until Thursday because the runway is cracked.",
        "On Tuesday evening an aftershock killed two rescuers in Ruel.",
    ),
]

TRIAL_MON = [
    edition(
        "The Advocate",
        "The court in Lisset will give its verdict on banker Theo Marsh on 20 June.",
        "Prosecutor Anna Reiss asked for seven years in prison for Marsh, who is accused of taking 12 million crowns.",
        "Marsh denies taking the money.",
    ),
    edition(
        "Lisset Gazette",
        "Prosecutors asked for nine years in prison for banker Theo Marsh.",
        "Two former clerks of the bank spoke for Marsh in court.",
    ),
]
TRIAL_TUE = [
    edition(
        "Lisset Gazette",
        "Prosecutors asked for seven years in prison for banker Theo Marsh, who is accused of taking 12 million "
        "crowns.",
        "The court in Lisset will now give its verdict on Marsh on 27 June.",
        key="gazette-2",
    ),
]

STRIKE_MON = [
    edition(
        "Harbour Post",
        "Dockers in Westhaven have been on strike since Friday, and 4,500 of them marched on Monday, the union said.",
        "The port offered the dockers a rise of 4 percent, its manager Rolf Ekman said.",
        "The union has not accepted the offer, its chairwoman Dita Lund said.",
        "Eleven ships are waiting in the roads of Westhaven.",
        key="post",
    ),
]
STRIKE_TUE = [
    edition(
        "Harbour Post",
        "The port offered the dockers in Westhaven a rise of 6 percent on Tuesday, its manager Rolf Ekman said.",
        "Eleven ships are waiting in the roads of Westhaven, as on Monday.",
        key="post-2",
    ),
    edition(
        "Northern Ledger",
        "Dockers in Westhaven have been on strike since Friday over pay.",
        correction="Correction: This newspaper wrongly named Dita Lund as chairwoman of the union. She is its "
        "treasurer.",
    ),
]


def test_a_toll_grows_and_the_toll_of_another_town_does_not_replace_one(desk: Desk) -> None:
    desk.day(MON, *QUAKE_MON)
    told = desk.day(TUE, *QUAKE_TUE)
    assert _tells(told, ChangeKind.CHANGED_VALUE, "at least 40", "112")
    assert _tells(told, ChangeKind.CHANGED_VALUE, "300", "190")
    assert not _tells(told, ChangeKind.CHANGED_VALUE, "25", "31")
    assert not any("2 " in value.value for change in told.of(ChangeKind.CHANGED_VALUE) for value in change.after)
    assert "aftershock" in told.all_lines


@pytest.mark.xfail(reason="a magnitude has no unit, and is read as the number of a thing")
def test_a_measurement_that_is_revised_is_a_change(desk: Desk) -> None:
    desk.day(MON, *QUAKE_MON)
    told = desk.day(TUE, *QUAKE_TUE)
    assert _tells(told, ChangeKind.CHANGED_VALUE, "6.1", "6.3")


def test_a_flight_is_put_off(desk: Desk) -> None:
    desk.day(MON, *QUAKE_MON)
    told = desk.day(TUE, *QUAKE_TUE)
    assert _tells(told, ChangeKind.CHANGED_VALUE, "Wednesday", "Thursday")


def test_a_dispute_about_years_in_prison_is_opened_and_settled_by_its_own_outlet(desk: Desk) -> None:
    first = desk.day(MON, *TRIAL_MON)
    assert any({v.value for v in d.values} == {"7 year", "9 year"} for d in first.briefing.disputes)
    told = desk.day(TUE, *TRIAL_TUE)
    assert _tells(told, ChangeKind.DISPUTE_SETTLED, "9 year", "7 year")
    assert _tells(told, ChangeKind.CHANGED_VALUE, "20 June", "27 June")
    assert not _tells(told, ChangeKind.NEW_FACT, "12 million")


def test_an_offer_is_raised_and_ships_still_wait(desk: Desk) -> None:
    desk.day(MON, *STRIKE_MON)
    told = desk.day(TUE, *STRIKE_TUE)
    assert _tells(told, ChangeKind.CHANGED_VALUE, "4%", "6%")
    assert not _tells(told, ChangeKind.CHANGED_VALUE, "11")
    assert not _tells(told, ChangeKind.NEW_FACT, "on strike since Friday")


def test_another_outlets_correction_bears_on_a_title_that_was_told(desk: Desk) -> None:
    desk.day(MON, *STRIKE_MON)
    told = desk.day(TUE, *STRIKE_TUE)
    assert _tells(told, ChangeKind.CORRECTED, "Dita Lund", "treasurer")


# Pairs of sentences, written after everything above
# --------------------------------------------------

OTHER_THINGS = [
    ("The navy found 17 mines in the strait of Orlo on Monday.", "The navy found six mines off Lodvin on Tuesday."),
    (
        "Dr. Amund Vey, who runs the clinic in Tessin, said 30 beds were free.",
        "The army's field hospital in Tessin has 200 beds, a spokesman said.",
    ),
    (
        "The grain fund lent 40 million crowns to farmers last year.",
        "The grain fund will lend 55 million crowns to farmers next year.",
    ),
    ("Unemployment in Kelmar fell to 6.2 percent in April.", "Unemployment in Kelmar was 7.1 percent a year earlier."),
    ("Turnout in Ruel reached 48 percent by noon.", "Turnout in Pontal reached 61 percent by noon."),
    (
        "The swimmer Jory Pell won the 200 metres in Tarn.",
        "The swimmer Jory Pell will swim the 400 metres in Tarn today.",
    ),
    ("Six of the nine judges voted for the ban.", "Three of the nine judges voted against the ban."),
    (
        "A lorry with 20 tonnes of flour reached Ruel on Monday.",
        "Two lorries with 35 tonnes of rice reached Ruel on Tuesday.",
    ),
    ("The union meets the port again on Wednesday.", "The union met the port on Tuesday and talked for nine hours."),
    pytest.param(
        "The dam holds 80 million cubic metres of water.",
        "Some 3 million cubic metres of water were let out of the dam.",
        marks=pytest.mark.xfail(reason="the whole and a part of it, under two verbs"),
    ),
    (
        "Around 5,000 people marched through Tessin for the nurses.",
        "About 5,100 people marched through Tessin for the nurses, a count of the town says.",
    ),
    ("The mayor Ruta Benvik asked for 40 buses.", "The mayor Ruta Benvik thanked the 12 drivers of the buses."),
]
OTHER_VALUES = [
    (
        "The flood has damaged 140 houses in Osk, the fire brigade said.",
        "The fire brigade said 210 houses in Osk had been damaged by the flood.",
    ),
    (
        "Seventeen people are missing since the ferry Ondine sank.",
        "Nine people are missing since the ferry Ondine sank, after eight were found alive.",
    ),
    (
        "The port closes at midnight on Wednesday because of the storm, the harbour master said.",
        "Because of the storm the port closes only on Thursday, the harbour master said.",
    ),
    (
        "The bill for the new bridge is put at 80 million crowns.",
        "The bill for the new bridge is now put at 95 million crowns.",
    ),
    (
        "Of the 900 votes in the village, 400 have been counted.",
        "Of the 900 votes in the village, 850 have been counted.",
    ),
    (
        "The virus has infected 54 people at the school in Quarl.",
        "The number of people infected by the virus at the school in Quarl has risen to 71.",
    ),
    (
        "Amund Vey, director of the Old Quay hospital, defended the plan.",
        "Amund Vey, former director of the Old Quay hospital, left Tessin on Tuesday.",
    ),
    (
        "The concert in the theatre of Quarl is planned for Friday.",
        "The concert in the theatre of Quarl has been brought forward to Thursday.",
    ),
    (
        "Rescuers have pulled 12 people from the rubble of the hotel in Ruel.",
        "Rescuers have by now pulled 19 people from the rubble of the hotel in Ruel.",
    ),
    (
        "The rebels hold 300 hostages in the Tarn mine.",
        "The rebels still hold 180 hostages in the Tarn mine after letting the children go.",
    ),
]


@pytest.mark.parametrize(("before", "now"), OTHER_THINGS)
def test_what_is_about_another_thing_is_no_change(desk: Desk, before: str, now: str) -> None:
    desk.day(MON, edition("Courier", before))
    assert not desk.day(TUE, edition("Herald", now)).of(ChangeKind.CHANGED_VALUE)


@pytest.mark.parametrize(("before", "now"), OTHER_VALUES)
def test_what_is_another_value_of_the_same_is_a_change(desk: Desk, before: str, now: str) -> None:
    desk.day(MON, edition("Courier", before))
    assert len(desk.day(TUE, edition("Herald", now)).of(ChangeKind.CHANGED_VALUE)) == 1
