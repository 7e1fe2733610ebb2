"""What a run of a day is made of: which articles are briefed, which stories come first, where they lie."""
# ruff: noqa: DTZ001 - what publishers write has no zone

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.daily.folders import folder_of
from briefing.daily.ranking import Standing, in_order, standing_of
from briefing.daily.sorting import OFF_TOPIC, OTHER_LANGUAGE, TOO_OLD, is_on, sort_out
from briefing.daily.writing import write_day
from briefing.days import Article
from briefing.documents import read_document
from briefing.plan import Plan, Topic
from briefing.sources import sha256
from briefing.types import Source

DAY = date(2031, 3, 6)
NOW = datetime(2031, 3, 6, 6, 30, tzinfo=UTC)
PLAN = Plan(path=Path("briefing.toml"))
FERRIES = Topic(name="Ferries", keywords=("ferry", "harbour master"), weight=2.0)
POLICE = Topic(name="Police", keywords=("police",), must=("harbour",), must_not=("football",))


def article(key: str, text: str = "The ferry ran aground off Nerra.", **document: object) -> Article:
    data = text.encode()
    source = Source(id="S0", location=key, data=data, sha256=sha256(data), media_type="text/plain")
    read = replace(read_document(source), **document)  # type: ignore[arg-type]
    return Article(key=key, fingerprint=sha256(data), day=DAY, arrived=NOW, place="feed", document=read)


# Which articles are briefed
# --------------------------


@pytest.mark.parametrize(
    ("published", "precision", "zone", "kept"),
    [
        (datetime(2031, 3, 3, 6, 30, tzinfo=UTC), "minute", "UTC", True),
        (datetime(2031, 3, 3, 6, 29, tzinfo=UTC), "minute", "UTC", False),
        (datetime(2031, 3, 3), "day", "UTC", True),
        (datetime(2031, 3, 2), "day", "UTC", False),
        # 00:30 in Auckland is 11:30 of the day before in UTC.
        (datetime(2031, 3, 4, 0, 30), "minute", "Pacific/Auckland", True),
        (datetime(2031, 3, 3, 0, 30), "minute", "Pacific/Auckland", False),
        (None, None, "UTC", True),
    ],
)
def test_an_article_is_too_old_by_its_own_clock(
    published: datetime | None, precision: str | None, zone: str, kept: bool
) -> None:
    one = article("a", published=published, published_precision=precision)
    usable = sort_out([one], replace(PLAN, zone=ZoneInfo(zone)))
    assert bool(usable.articles) is kept
    assert usable.passed_over == (() if kept else ((TOO_OLD, 1),))


def test_an_article_that_a_brief_rests_on_is_never_too_old() -> None:
    old = article("a", published=datetime(2030, 1, 1, tzinfo=UTC), published_precision="minute")
    assert sort_out([old], PLAN, followed={"a"}).articles == (old,)


def test_an_article_whose_language_cannot_be_told_is_taken() -> None:
    articles = [article("a", language="en"), article("b", language="de"), article("c", language=None)]
    usable = sort_out(articles, replace(PLAN, languages=("en",)))
    assert [one.key for one in usable.articles] == ["a", "c"]
    assert usable.passed_over == ((OTHER_LANGUAGE, 1),)


def test_what_is_on_no_topic_is_left_out_only_where_the_plan_says_so() -> None:
    articles = [article("a"), article("b", text="The council met on Monday.")]
    some = replace(PLAN, topics=(FERRIES,))
    assert len(sort_out(articles, some).articles) == 2
    only = sort_out(articles, replace(some, only_topics=True))
    assert [one.key for one in only.articles] == ["a"]
    assert only.passed_over == ((OFF_TOPIC, 1),)
    assert only.topics == {"a": (FERRIES,)}


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Police searched the harbour.", True),
        ("POLICE at the Harbour", True),
        ("Police searched the town hall.", False),
        ("Harbour police play football.", False),
        ("Policemen searched the harbour.", False),
        ("The harbour\nmaster called the police", True),
    ],
)
def test_a_topic_wants_a_keyword_all_of_must_and_none_of_must_not(text: str, on: bool) -> None:
    assert is_on(text, POLICE) is on


def test_a_phrase_may_be_broken_over_lines_and_hold_signs() -> None:
    assert is_on("The harbour\n  master said so.", FERRIES)
    assert is_on("They wrote it in C++ (again).", Topic(name="Code", keywords=("C++",)))


# Which stories come first
# ------------------------


def standing(origins: int = 1, weight: float = 0.0, fresh: float = 1.0, articles: int = 1) -> Standing:
    return Standing(origins=origins, articles=articles, topics=(), weight=weight, fresh=fresh)


def test_more_origins_a_topic_and_what_is_new_come_first() -> None:
    assert in_order([standing(), standing(origins=3)]) == [1, 0]
    assert in_order([standing(origins=3), standing(weight=3.0)]) == [1, 0]
    assert in_order([standing(fresh=0.1), standing()]) == [1, 0]
    assert in_order([standing(), standing(articles=5)]) == [1, 0]
    assert in_order([standing(), standing()]) == [0, 1]


@given(st.lists(st.builds(standing, st.integers(1, 50), st.floats(0, 10), st.floats(0, 1), st.integers(1, 50))))
def test_every_story_has_one_place(standings: list[Standing]) -> None:
    order = in_order(standings)
    assert sorted(order) == list(range(len(standings)))
    assert all(standings[a].score >= standings[b].score for a, b in pairwise(order))


def test_a_story_is_on_a_topic_when_most_of_its_articles_are() -> None:
    topics = {"a": (FERRIES,), "b": (FERRIES, POLICE)}
    assert standing_of(["a", "b", "c"], ["S1", "S1", "S3"], topics) == Standing(
        origins=2, articles=3, topics=("Ferries",), weight=2.0
    )
    assert standing_of(["b", "c"], ["S2", "S3"], topics).topics == ()


# Where a brief lies
# ------------------


@given(st.integers(1, 1_000), st.text())
def test_a_folder_is_one_safe_name_whatever_the_title(rank: int, title: str) -> None:
    name = folder_of(rank, title)
    assert name.isascii()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= 80
    assert name.startswith(f"{rank:02d}-")
    assert not name.endswith("-")


def test_days_begin_where_and_when_the_plan_says() -> None:
    plan = replace(PLAN, zone=ZoneInfo("America/New_York"), cutoff=time(5))
    assert plan.day_of(datetime(2031, 3, 6, 9, 59, tzinfo=UTC)) == date(2031, 3, 5)
    assert plan.day_of(datetime(2031, 3, 6, 10, 0, tzinfo=UTC)) == date(2031, 3, 6)


def test_an_hour_that_comes_twice_begins_one_day() -> None:
    plan = replace(PLAN, zone=ZoneInfo("Europe/Prague"), cutoff=time(2, 30))
    hours = [datetime(2031, 10, 26, 0, 29, tzinfo=UTC) + timedelta(minutes=minutes) for minutes in (0, 1, 31, 61, 91)]
    assert [plan.day_of(hour).day for hour in hours] == [25, 26, 26, 26, 26]


@given(
    st.datetimes(datetime(2031, 1, 1), datetime(2032, 1, 1)), st.times(), st.timedeltas(timedelta(0), timedelta(days=3))
)
def test_a_later_moment_is_never_of_an_earlier_day(moment: datetime, cutoff: time, later: timedelta) -> None:
    plan = replace(PLAN, zone=ZoneInfo("Europe/Prague"), cutoff=cutoff)
    first = moment.replace(tzinfo=UTC)
    assert plan.day_of(first) <= plan.day_of(first + later)


# What is written
# ---------------


def test_what_an_earlier_run_of_the_day_left_is_taken_away_and_what_others_put_there_stays(tmp_path: Path) -> None:
    write_day(
        tmp_path,
        {
            "index.md": b"old",
            "01-ferry/briefing.md": b"old",
            "01-ferry/sources/0123456789abcdef.html": b"old",
            "02-strike/briefing.md": b"old",
        },
    )
    (tmp_path / "notes.txt").write_bytes(b"mine")
    (tmp_path / "02-strike" / "published").mkdir()
    (tmp_path / "02-strike" / "published" / "briefing.md").write_bytes(b"mine")
    (tmp_path / "02-strike" / ".briefing.md.part").write_bytes(b"half")
    write_day(tmp_path, {"index.md": b"new", "01-strike/briefing.md": b"new"})
    there = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert there == ["01-strike/briefing.md", "02-strike/published/briefing.md", "index.md", "notes.txt"]
    assert not (tmp_path / "01-ferry").exists()
