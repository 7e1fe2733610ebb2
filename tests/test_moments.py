"""Dates, weekdays and clock times read as values."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.values import Moment, compatible, read_moments

ANCHOR = date(2024, 3, 14)  # a Thursday


def the(text: str, anchor: date | None = None) -> Moment:
    (moment,) = read_moments(text, anchor)
    return moment


# How dates are written
# ---------------------

DAYS = [
    ("16 February 2022", "16 February 2022", date(2022, 2, 16)),
    ("the 16th of February 2022", "16th of February 2022", date(2022, 2, 16)),
    ("February 16, 2022", "February 16, 2022", date(2022, 2, 16)),
    ("February 16th, 2022", "February 16th, 2022", date(2022, 2, 16)),
    ("Feb. 16, 2022", "Feb. 16, 2022", date(2022, 2, 16)),
    ("16 Feb 2022", "16 Feb 2022", date(2022, 2, 16)),
    ("FEBRUARY 16, 2022", "FEBRUARY 16, 2022", date(2022, 2, 16)),
    ("Sept. 3, 2021", "Sept. 3, 2021", date(2021, 9, 3)),
    ("Wednesday, 16 February 2022", "Wednesday, 16 February 2022", date(2022, 2, 16)),
    ("Wed, Feb 16, 2022", "Wed, Feb 16, 2022", date(2022, 2, 16)),
    ("2022-02-16", "2022-02-16", date(2022, 2, 16)),
    ("2022/02/16", "2022/02/16", date(2022, 2, 16)),
    ("2/16/2022", "2/16/2022", date(2022, 2, 16)),
    ("16/2/2022", "16/2/2022", date(2022, 2, 16)),
    ("2/16/22", "2/16/22", date(2022, 2, 16)),
    ("3/3/2022", "3/3/2022", date(2022, 3, 3)),
    ("17.02.2022", "17.02.2022", date(2022, 2, 17)),
    ("17. 2. 2022", "17. 2. 2022", date(2022, 2, 17)),
    ("29 February 2024", "29 February 2024", date(2024, 2, 29)),
]


@pytest.mark.parametrize(("text", "written", "day"), DAYS, ids=[d[0] for d in DAYS])
def test_a_day_is_read_however_it_is_written(text: str, written: str, day: date) -> None:
    moment = the(text)
    assert (moment.text, moment.first, moment.last) == (written, day, day)
    assert not moment.relative


INTERVALS = [
    ("February 2022", date(2022, 2, 1), date(2022, 2, 28)),
    ("in February of 2024", date(2024, 2, 1), date(2024, 2, 29)),
    ("in 2019", date(2019, 1, 1), date(2019, 12, 31)),
    ("since 2014", date(2014, 1, 1), date(2014, 12, 31)),
    ("(2014)", date(2014, 1, 1), date(2014, 12, 31)),
    ("the 1990s", date(1990, 1, 1), date(1999, 12, 31)),
    ("16-18 March 2021", date(2021, 3, 16), date(2021, 3, 18)),
    ("March 16–18, 2021", date(2021, 3, 16), date(2021, 3, 18)),
]


@pytest.mark.parametrize(("text", "first", "last"), INTERVALS, ids=[i[0] for i in INTERVALS])
def test_a_longer_time_is_an_interval_of_days(text: str, first: date, last: date) -> None:
    moment = the(text)
    assert (moment.first, moment.last) == (first, last)


RESOLVED = [
    ("on Thursday", date(2024, 3, 14)),
    ("on Wednesday", date(2024, 3, 13)),
    ("on Friday", date(2024, 3, 8)),
    ("last Friday", date(2024, 3, 8)),
    ("last Thursday", date(2024, 3, 7)),
    ("next Friday", date(2024, 3, 15)),
    ("it will open on Friday", date(2024, 3, 15)),
    ("the mayor said that it will open on Friday", date(2024, 3, 15)),
    ("it will open soon, the mayor said on Friday", date(2024, 3, 8)),
    ("yesterday", date(2024, 3, 13)),
    ("last night", date(2024, 3, 13)),
    ("today", date(2024, 3, 14)),
    ("tonight", date(2024, 3, 14)),
    ("tomorrow", date(2024, 3, 15)),
    ("three days ago", date(2024, 3, 11)),
    ("Feb. 17", date(2024, 2, 17)),
    ("17 December", date(2023, 12, 17)),
    ("on 2 January", date(2024, 1, 2)),
]


@pytest.mark.parametrize(("text", "day"), RESOLVED, ids=[r[0] for r in RESOLVED])
def test_what_depends_on_the_day_of_writing_is_resolved_against_it(text: str, day: date) -> None:
    assert (the(text, ANCHOR).first, the(text, ANCHOR).last) == (day, day)
    assert the(text).first is None


PERIODS = [
    ("last week", date(2024, 3, 6)),
    ("this month", date(2024, 3, 30)),
    ("earlier this month", date(2024, 3, 2)),
    ("last month", date(2024, 2, 20)),
    ("last year", date(2023, 7, 1)),
    ("over the past week", date(2024, 3, 10)),
    ("in May", date(2024, 5, 9)),
    ("last March", date(2023, 3, 9)),
    ("next March", date(2025, 3, 9)),
    ("two weeks ago", date(2024, 2, 29)),
]


@pytest.mark.parametrize(("text", "inside"), PERIODS, ids=[p[0] for p in PERIODS])
def test_a_relative_period_holds_its_days(text: str, inside: date) -> None:
    moment = the(text, ANCHOR)
    assert moment.first is not None
    assert moment.last is not None
    assert moment.first <= inside <= moment.last


def test_earlier_this_month_ends_with_the_day_of_writing() -> None:
    assert the("earlier this month", ANCHOR).last == ANCHOR


def test_a_day_and_month_that_can_change_places_keep_both_readings() -> None:
    moment = the("2/3/2022")
    assert (moment.first, moment.last) == (None, None)
    assert moment.readings == (date(2022, 2, 3), date(2022, 3, 2))


CLOCKS = [
    ("23:31", "23:31"),
    ("9:37:38 PM", "21:37"),
    ("at 9 p.m. sharp", "21:00"),
    ("9am", "09:00"),
    ("12 a.m.", "00:00"),
    ("9.30pm", "21:30"),
    ("1800 GMT", "18:00"),
    ("16: 29", "16:29"),
]


@pytest.mark.parametrize(("text", "time"), CLOCKS, ids=[c[0] for c in CLOCKS])
def test_a_clock_time_is_folded(text: str, time: str) -> None:
    moment = the(text)
    assert (moment.time, moment.first) == (time, None)


def test_a_time_beside_a_day_belongs_to_it() -> None:
    moment = the("Wednesday, 16 February 2022, 23:18")
    assert (moment.first, moment.time, moment.weekday) == (date(2022, 2, 16), "23:18", 2)


@pytest.mark.parametrize(
    "text",
    [
        "He may march 3 miles.",
        "They march on.",
        "31 February 2022",
        "2019 people came",
        "$2019",
        "20190 rafts",
        "version 1.2022.3",
        "May I?",
        "She will march to the sun.",
    ],
)
def test_what_is_no_date_stays_unread(text: str) -> None:
    assert read_moments(text, ANCHOR) == ()


# Comparing
# ---------

PAIRS = [
    ("16 February 2022", "Wednesday", True),
    ("16 February 2022", "Thursday", False),
    ("16 February 2022", "February 2022", True),
    ("16 February 2022", "March 2022", False),
    ("16 February 2022", "in 2022", True),
    ("16 February 2022", "Feb. 16", True),
    ("16 February 2022", "Feb. 17", False),
    ("16 February 2022", "17 February 2022", False),
    ("16 February 2022", "2022-02-16", True),
    ("2/3/2022", "3 February 2022", True),
    ("2/3/2022", "2 March 2022", True),
    ("2/3/2022", "5 March 2022", False),
    ("Wednesday", "Wednesday", True),
    ("Wednesday", "Thursday", False),
    ("Wednesday", "February 2022", True),
    ("Feb. 17", "Feb. 18", False),
    ("Feb. 17", "in February", True),
    ("yesterday", "16 February 2022", None),
    ("Wednesday", "Feb. 17", None),
    ("yesterday", "Wednesday", None),
    ("23:31", "22:31", False),
]


@pytest.mark.parametrize(("a", "b", "answer"), PAIRS, ids=[f"{p[0]} and {p[1]}" for p in PAIRS])
def test_moments_are_compatible_when_both_can_be_one(a: str, b: str, answer: bool | None) -> None:
    assert compatible(the(a), the(b)) is answer
    assert compatible(the(b), the(a)) is answer


def test_relative_days_compare_once_they_are_anchored() -> None:
    assert compatible(the("yesterday", ANCHOR), the("13 March 2024")) is True
    assert compatible(the("yesterday", ANCHOR), the("14 March 2024")) is False


# Properties
# ----------

PIECES = st.sampled_from(
    "16 2022 February Feb. May march Wednesday , last next week 2/3/2022 12.12.2012 at 9 p.m. 23:31 "
    "yesterday the 1990s ago three days 31 0001-01-01 9999-12-31 in of – 29 earlier this month year".split()
)
DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(
    st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=20).map(" ".join)),
    st.one_of(st.none(), st.dates()),
)
def test_every_span_slices_to_its_text_and_intervals_are_ordered(text: str, anchor: date | None) -> None:
    end = 0
    for moment in read_moments(text, anchor):
        assert text[moment.start : moment.end] == moment.text
        assert end <= moment.start < moment.end
        assert (moment.first is None) == (moment.last is None)
        assert moment.first is None or moment.last is None or moment.first <= moment.last
        assert compatible(moment, moment) is not False
        end = moment.end


def written(day: date, style: int) -> str:
    month = f"{day:%B}"
    return [
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day:%A}, {day.day} {month} {day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%b} {day.day}, {day.year}",
    ][style]


@given(DATES, st.integers(0, 5))
def test_a_date_reads_back_from_every_style(day: date, style: int) -> None:
    moment = the(f"It opened on {written(day, style)} at last")
    assert (moment.text, moment.first, moment.last) == (written(day, style), day, day)


@given(DATES, st.integers(0, 6))
def test_a_weekday_is_the_most_recent_one(anchor: date, weekday: int) -> None:
    name = f"{date(2024, 1, 1) + timedelta(days=weekday):%A}"
    found = the(f"It opened on {name}.", anchor).first
    assert found is not None
    assert found.weekday() == weekday
    assert timedelta(0) <= anchor - found < timedelta(days=7)


@given(DATES, DATES)
def test_two_days_are_compatible_exactly_when_equal(a: date, b: date) -> None:
    assert compatible(the(a.isoformat()), the(b.isoformat())) is (a == b)
