"""Stories that were written before any rule of what is new was tried on them: what a reader should be told.

On the first run the rules met nine of the sixteen expectations; what they met after the mistakes that it showed were
mended stands here as tests, and what they still miss is marked as missed. Adding a story means writing what is expected
of it first.
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
