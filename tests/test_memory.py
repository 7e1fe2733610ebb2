"""The memory: what goes in comes out, whole transactions only, one run at a time, on every database alike."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.databases import as_json
from briefing.days import Article, Edition, Validator
from briefing.errors import MemoryBusy, StoreError
from briefing.memory import Memory, RunState, Sending, open_memory
from briefing.memory.bodies import row_of
from briefing.memory.codec import Unreadable, read, written
from briefing.memory.packing import as_bytes, as_text, digest, loaded, long, pack, pack_values, short, unpack_values
from briefing.sources import sha256
from briefing.types import Document
from tests.conftest import ROOT
from tests.memories import (
    FIVE,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    anything,
    article,
    edition,
    made,
    validator,
)
from tests.postgres import PostgresServer

HOUR = timedelta(hours=1)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "memory.sqlite3")


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, file: str) -> str:
    """A place for a memory that is not there yet, on each database."""
    return file if request.param == "sqlite" else request.getfixturevalue("postgres").address()


@pytest.fixture(params=["sqlite", "postgres"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another place, on each database."""
    return str(tmp_path / "other") if request.param == "sqlite" else request.getfixturevalue("postgres").address()


@pytest.fixture
def memory(where: str) -> Iterator[Memory]:
    with open_memory(where) as opened:
        yield opened


# As it went in
# -------------


def test_records_are_read_that_were_packed_with_the_usual_words_and_without() -> None:
    values = written(article())
    packed = pack_values(values)
    data = as_json(values).encode("ascii")
    assert len(packed.data) < 0.85 * len(pack(data))
    assert unpack_values(*packed) == unpack_values(pack(data), digest(data)) == values


@settings(deadline=None, max_examples=40)
@given(made(Document))
def test_a_document_comes_back_as_it_went_in(document: Document) -> None:
    assert read(Document, loaded(as_json(written(document)))) == document


@settings(deadline=None, max_examples=40)
@given(made(Edition))
def test_an_edition_comes_back_as_it_went_in(told: Edition) -> None:
    back = read(Edition, loaded(as_json(written(told))))
    assert back == told
    assert [list(story.terms) for story in back.stories] == [list(story.terms) for story in told.stories]


@given(anything)
def test_any_text_and_any_tag_comes_through_bytes(text: str) -> None:
    assert as_text(as_bytes(text)) == text
    for tag in (text, sha256(as_bytes(text)), f"sha256:{text}"):
        assert long(short(tag)) == tag


anything_kept = (
    st.lists(made(Article), max_size=4),
    st.lists(made(Validator), max_size=2),
    st.lists(made(Edition), max_size=2),
)


@settings(deadline=None, max_examples=15)
@given(*anything_kept)
def test_whatever_is_kept_is_found_again(
    articles: list[Article], validators: list[Validator], told: list[Edition]
) -> None:
    with _scratch() as memory:
        keep_and_find(memory, articles, validators, told)


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(*anything_kept)
def test_whatever_is_kept_is_the_same_on_every_database(
    postgres: PostgresServer, articles: list[Article], validators: list[Validator], told: list[Edition]
) -> None:
    with _scratch() as file, _scratch() as back, open_memory(postgres.address()) as server:
        for memory in (file, server):
            keep_and_find(memory, articles, validators, told)
        assert exported(file) == exported(server)
        back.restore(io.BytesIO(exported(server)))
        assert exported(back) == exported(server)
        assert back.editions() == server.editions()
        assert all(back.articles(a.day) == server.articles(a.day) for a in articles)


def keep_and_find(memory: Memory, articles: list[Article], validators: list[Validator], told: list[Edition]) -> None:
    memory.keep(articles, validators=validators)
    for each in told:
        memory.tell(each)
    last = {a.key: a.fingerprint for a in articles}
    assert memory.fingerprints(last) == last
    for one in articles:
        assert one.key in {a.key for a in memory.articles(one.day)}
    for day in {a.day for a in articles}:
        of_day = [a for a in articles if a.day == day]
        assert all(found in of_day for found in memory.articles(day))
    for address, last_one in {v.address: v for v in validators}.items():
        assert memory.validator(address) == last_one
    assert memory.editions() == tuple(sorted({e.day: e for e in told}.values(), key=lambda e: e.day))


@contextmanager
def _scratch() -> Iterator[Memory]:
    with tempfile.TemporaryDirectory() as folder, open_memory(f"{folder}/memory.sqlite3") as memory:
        yield memory


def test_older_rows_get_the_defaults_of_what_they_lack() -> None:
    old = read(Edition, {"day": "2031-03-04", "as_of": "2031-03-04T05:30:00+00:00", "title": "t", "stories": []})
    assert (old.others, old.read, old.unread) == ((), 0, ())


@pytest.mark.parametrize(
    ("values", "said", "newer"),
    [
        ({"day": "2031-03-04"}, "Edition lacks as_of, title, stories", False),
        ({"mood": "blue"}, "Edition has a field that is not known here: mood", True),
        ({"day": "Tuesday"}, "date expected, found 'Tuesday'", False),
        ({"day": 4}, "date expected, found 4", False),
        ({"title": None}, "str expected, found NoneType", False),
        ({"read": True}, "int expected, found bool", False),
        ({"stories": {}}, "a list expected, found dict", False),
        ({"passed_over": [["old", 1, 2]]}, "a list of 2 expected, found list", False),
        ([], "an object expected, found list", False),
        ({"stories": [{"news": {"since": None, "changes": [{"kind": "rumour"}]}}]}, "ChangeKind has no 'rumour'", True),
    ],
)
def test_what_is_no_edition_is_refused_and_said_why(values: Any, said: str, newer: bool) -> None:
    with pytest.raises(Unreadable, match=said) as caught:
        read(Edition, values)
    assert caught.value.newer is newer


# What was read
# -------------


def test_the_latest_version_of_each_article_is_the_days(memory: Memory) -> None:
    first, second = article(text="Twelve hurt."), article(text="Fourteen hurt.", arrived=FIVE + HOUR)
    other = article("b", "Trains were late.", arrived=FIVE - HOUR)
    memory.keep([first])
    memory.keep([second, other])
    assert memory.articles(TUESDAY) == (other, second)
    assert memory.articles(MONDAY) == ()
    assert memory.fingerprints(["b", first.key, "c"]) == {"b": other.fingerprint, first.key: second.fingerprint}


def test_articles_are_in_order_of_arrival_and_then_by_key(memory: Memory) -> None:
    kept = [article(key, arrived=FIVE + hours * HOUR) for key, hours in (("c", 1), ("é", 0), ("b", 1), ("a", 2))]
    memory.keep(kept)
    assert [a.key for a in memory.articles(TUESDAY)] == ["é", "b", "c", "a"]


def test_keeping_twice_changes_nothing(memory: Memory) -> None:
    kept = [article(), article("b", arrived=FIVE + HOUR)]
    bodies = {sha256(b"<p>"): (b"<p>", "text/html")}
    exports = []
    for _ in range(2):
        memory.keep(kept, known={"teaser": "v1"}, validators=[validator()], bodies=bodies)
        exports.append(exported(memory))
    assert exports[0] == exports[1]


def test_an_article_that_goes_back_to_an_earlier_version_is_that_version_again(memory: Memory) -> None:
    a, b = article(text="Twelve hurt."), article(text="Fourteen hurt.", arrived=FIVE + HOUR)
    again = replace(a, arrived=FIVE + 2 * HOUR)
    for version in (a, b, again):
        memory.keep([version])
    assert memory.articles(TUESDAY) == (again,)
    assert memory.fingerprints([a.key]) == {a.key: a.fingerprint}
    next_day = replace(b, day=WEDNESDAY, arrived=FIVE + 24 * HOUR)
    memory.keep([next_day])
    assert memory.articles(TUESDAY) == (again,)
    assert memory.articles(WEDNESDAY) == (next_day,)


def test_what_was_looked_at_and_is_no_article_is_known_all_the_same(memory: Memory) -> None:
    memory.keep([], known={"teaser": "v1"})
    assert memory.fingerprints(["teaser"]) == {"teaser": "v1"}
    memory.keep([article("teaser", print_="v2")])
    assert memory.fingerprints(["teaser"]) == {"teaser": "v2"}
    assert memory.counts().rows["articles"] == 1


def test_versions_are_found_from_any_day_in_the_order_asked(memory: Memory) -> None:
    old, new = article(text="Twelve hurt.", day=MONDAY), article(text="Fourteen hurt.")
    other = article("b", day=MONDAY)
    memory.keep([old, other, new])
    names = [(a.key, a.fingerprint) for a in (new, other, old)]
    assert memory.versions([*names, ("b", "unknown"), ("unknown", "v1")]) == (new, other, old)
    assert memory.versions(names, upto=MONDAY) == (other, old)
    read_again = replace(old, day=WEDNESDAY, arrived=FIVE + 48 * HOUR)
    memory.keep([read_again])
    assert memory.versions(names[2:]) == (read_again,)
    assert memory.versions(names[2:], upto=TUESDAY) == (old,)


def test_the_latest_of_a_key_looks_no_further_than_a_day(memory: Memory) -> None:
    days = [article(text=f"{n} hurt.", day=day) for n, day in enumerate((MONDAY, TUESDAY, WEDNESDAY))]
    memory.keep(days)
    key = days[0].key
    assert memory.latest([key, "unknown"], upto=TUESDAY) == {key: days[1]}
    assert memory.latest([key], upto=date(2031, 3, 2)) == {}


def test_days_are_told_with_the_last_arrival_of_each(memory: Memory) -> None:
    memory.keep([article("a"), article("b", arrived=FIVE + HOUR), article("c", day=MONDAY, arrived=FIVE - HOUR)])
    assert memory.arrivals() == {MONDAY: FIVE - HOUR, TUESDAY: FIVE + HOUR}
    assert memory.arrivals(since=TUESDAY) == {TUESDAY: FIVE + HOUR}


def test_many_keys_are_asked_for_at_once(memory: Memory) -> None:
    kept = [article(f"k{n}", "Ferry.", print_=f"v{n}") for n in range(2_000)]
    memory.keep(kept)
    keys = [a.key for a in kept]
    assert memory.fingerprints(iter(keys)) == {a.key: a.fingerprint for a in kept}
    assert list(memory.latest(keys, upto=TUESDAY).values()) == kept
    assert memory.versions((a.key, a.fingerprint) for a in kept) == tuple(kept)
    assert memory.counts().rows["texts"] == 1


def test_the_same_text_is_kept_once_whoever_tells_it(memory: Memory) -> None:
    text = "The harbour master spoke at noon. " * 300
    memory.keep([article("a", text), article("b", text)])
    counts = memory.counts()
    assert (counts.rows["articles"], counts.rows["texts"]) == (2, 1)
    assert counts.text_bytes == len(memory.articles(TUESDAY)[0].document.text)


def test_a_body_is_kept_as_it_came_and_none_is_made_up(memory: Memory) -> None:
    body = b"\x00\xff" * 500
    memory.keep_bodies({sha256(body): (body, "text/html; charset=x")})
    memory.keep_bodies({sha256(body): (body, "another type")})
    assert memory.body(sha256(body)) == (body, "text/html; charset=x")
    assert memory.body(sha256(b"")) is None
    with pytest.raises(StoreError, match="has another digest"):
        memory.keep([article()], bodies={sha256(b"a"): (b"b", "text/plain")})
    assert memory.articles(TUESDAY) == ()


def test_a_body_takes_little_room_beside_its_text_and_outlives_the_article_that_gave_it(
    memory: Memory, tmp_path: Path
) -> None:
    words = "".join(f"Boat {n} of {n * 7919} sank at pier {n * 31}. " for n in range(400))
    page = f"<html><body><p>{words}</p></body></html>".encode()

    def of(key: str, text: str, day: date) -> Article:
        one = article(key, text, day=day)
        return replace(one, document=replace(one.document, sha256=sha256(page)))

    first, second = of("first", words, MONDAY), of("second", "Boats sank.", WEDNESDAY)
    memory.keep([first, second], bodies={sha256(page): (page, "text/html")})
    with open_memory(str(tmp_path / "other.sqlite3")) as other:
        other.restore(io.BytesIO(exported(memory)))
        assert exported(other) == exported(memory)
        assert other.body(sha256(page)) == (page, "text/html")
    beside, alone = (row_of(page, "text/html", text)[2] for text in (words.encode(), None))
    assert len(beside) < len(alone) / 10
    memory.prune(before=WEDNESDAY)
    assert memory.articles(MONDAY) == ()
    assert memory.body(sha256(page)) == (page, "text/html")


def test_bodies_that_nothing_rests_on_are_dropped(memory: Memory) -> None:
    def body(name: str) -> str:
        return sha256(name.encode())

    def of(name: str, day: date) -> Article:
        one = article(name, f"{name} ran aground.", day=day)
        return replace(one, document=replace(one.document, sha256=body(name)))

    told, untold, named, today = of("told", MONDAY), of("untold", MONDAY), of("named", MONDAY), of("today", TUESDAY)
    names = ("told", "untold", "named", "today", "stray")
    memory.keep([told, untold, named, today], bodies={body(n): (n.encode(), "text/plain") for n in names})
    memory.tell(edition(MONDAY, told))
    memory.drop_bodies(except_of=TUESDAY, keep=[body("named")])
    assert [n for n in names if memory.body(body(n))] == ["told", "named", "today"]


def test_a_validator_is_replaced_by_the_next(memory: Memory) -> None:
    memory.keep([], validators=[validator(), validator("https://b.example/")])
    memory.keep([], validators=[validator(etag='"b"')])
    assert memory.validator("https://ferry.example/rss") == validator(etag='"b"')
    assert memory.validator("https://b.example/") == validator("https://b.example/")
    assert memory.validator("https://c.example/") is None


# What was told and sent
# ----------------------


def test_a_day_has_one_edition_the_last_that_was_told(memory: Memory) -> None:
    a, b = article(), article("b")
    memory.keep([a, b])
    for told in (edition(WEDNESDAY, b), edition(MONDAY), edition(TUESDAY, a), edition(TUESDAY, a, b, title="again")):
        memory.tell(told)
    assert memory.edition(TUESDAY) == edition(TUESDAY, a, b, title="again")
    assert [e.day for e in memory.editions()] == [MONDAY, TUESDAY, WEDNESDAY]
    assert [e.day for e in memory.editions(since=TUESDAY)] == [TUESDAY, WEDNESDAY]
    assert [e.day for e in memory.editions(since=MONDAY, before=TUESDAY)] == [MONDAY]
    assert memory.edition(date(2031, 3, 6)) is None


def test_a_days_brief_is_sent_once_to_each_place(where: str) -> None:
    times = iter(FIVE + n * HOUR for n in range(9))
    with open_memory(where, clock=lambda: next(times)) as memory:
        assert memory.delivery(TUESDAY, "mail") is None
        assert memory.begin_delivery(TUESDAY, "mail")
        memory.end_delivery(TUESDAY, "mail", state="failed", detail="451 \x1b[31m later\x00\ud800")
        assert memory.begin_delivery(TUESDAY, "mail")
        begun = memory.delivery(TUESDAY, "mail")
        assert begun
        assert (begun.state, begun.tries, begun.at) == (Sending.BEGUN, 2, FIVE + 2 * HOUR)
        memory.end_delivery(TUESDAY, "mail", state="done", detail="250 taken")
        assert not memory.begin_delivery(TUESDAY, "mail")
        done = memory.delivery(TUESDAY, "mail")
        assert done
        assert (done.state, done.tries, done.at, done.detail) == (Sending.DONE, 2, FIVE + 3 * HOUR, "250 taken")
        assert memory.begin_delivery(TUESDAY, "webhook")
        assert memory.begin_delivery(WEDNESDAY, "mail")
        assert [(d.day, d.channel) for d in memory.deliveries()] == [
            (TUESDAY, "mail"),
            (TUESDAY, "webhook"),
            (WEDNESDAY, "mail"),
        ]
        with pytest.raises(StoreError, match="no delivery to feed was begun"):
            memory.end_delivery(TUESDAY, "feed", state="done")


def test_runs_say_how_they_ended(where: str) -> None:
    times = iter(FIVE + n * HOUR for n in range(9))
    with open_memory(where, clock=lambda: next(times)) as memory:
        one, two = (memory.begin_run(TUESDAY, {"model": None}) for _ in range(2))
        assert [run.status for run in memory.runs()] == [RunState.RUNNING, RunState.RUNNING]
        memory.end_run(one, "finished", {"articles": 12, "cost_usd": None, "seconds": 1.5})
        first, second = memory.runs()
    assert (first.number, first.status, first.finished, first.settings) == (
        1,
        "finished",
        FIVE + 2 * HOUR,
        {"model": None},
    )
    assert first.figures == {"articles": 12, "cost_usd": None, "seconds": 1.5}
    assert (second.number, second.status, second.finished) == (two, RunState.RUNNING, None)
    with open_memory(where) as memory:
        assert [run.status for run in memory.runs()] == ["finished", RunState.KILLED]


# One at a time
# -------------

HOLDER = """
import sys
from briefing.memory import open_memory
from tests.memories import TUESDAY
with open_memory(sys.argv[1]) as memory, memory.alone(wait=sys.argv[2] == "wait"):
    memory.begin_run(TUESDAY, {})
    print("alone", flush=True)
    sys.stdin.read()
"""


@contextmanager
def running(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", code, *arguments]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()


def test_another_process_is_kept_away_told_who_is_there_and_let_in_when_that_was_killed(where: str) -> None:
    with running(HOLDER, where, "leave") as first:
        assert said(first) == "alone\n"
        with open_memory(where) as memory:
            with pytest.raises(MemoryBusy) as caught, memory.alone(wait=False):
                raise AssertionError("two at once")
            assert f"process {first.pid} on {os.uname().nodename}" in str(caught.value)
            since = re.search(r"since (\S+ \S+) UTC", str(caught.value))
            assert since
            age = datetime.now(UTC) - datetime.fromisoformat(f"{since[1]}+00:00")
            assert timedelta(0) <= age < HOUR
            assert [run.status for run in memory.runs()] == [RunState.RUNNING]
            first.kill()
            first.wait()
            with memory.alone(wait=True):
                holder = memory.holder()
                assert holder
                assert holder.pid == os.getpid()
            assert memory.holder() is None
            assert [run.status for run in memory.runs()] == [RunState.KILLED]


def test_who_waits_comes_in_when_the_other_leaves(where: str) -> None:
    with open_memory(where) as memory, ExitStack() as later:
        with memory.alone(wait=False):
            second = later.enter_context(running(HOLDER, where, "wait"))
            time.sleep(0.8)
            assert second.poll() is None
            with running(HOLDER, where, "leave") as third:
                assert third.wait(30) == 1
                assert third.stderr
                assert f"process {os.getpid()} on" in third.stderr.read()
        assert said(second) == "alone\n"


def test_an_interrupt_ends_the_wait(where: str) -> None:
    code = HOLDER.replace("import sys\n", "import sys\nprint('here', flush=True)\n", 1)
    with open_memory(where) as memory, memory.alone(wait=False), running(code, where, "wait") as waiting:
        assert said(waiting) == "here\n"
        time.sleep(1)
        waiting.send_signal(signal.SIGINT)
        assert waiting.wait(30) != 0
        assert waiting.stderr
        assert "KeyboardInterrupt" in waiting.stderr.read()
        memory.keep([article()])


def test_openers_and_threads_of_one_process_are_kept_apart_too(where: str) -> None:
    with open_memory(where) as one, open_memory(where) as two:
        with one.alone(wait=False):
            for other in (one, two):
                with pytest.raises(MemoryBusy), other.alone(wait=False):
                    raise AssertionError("two at once")
            two.close()
            with running(HOLDER, where, "leave") as third:
                assert third.wait(30) == 1
        with one.alone(wait=False):
            pass


def test_threads_share_a_memory(memory: Memory) -> None:
    failed = []

    def work(name: int) -> None:
        try:
            for n in range(10):
                memory.keep([article(f"{name}/{n}", f"{name} and {n}.")])
                assert f"{name}/{n}" in {a.key for a in memory.articles(TUESDAY)}
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(memory.articles(TUESDAY)) == 40


# Carried elsewhere, and pruned
# -----------------------------


def exported(memory: Memory) -> bytes:
    to = io.BytesIO()
    memory.export(to)
    return to.getvalue()


def fill(memory: Memory) -> None:
    """Something of everything."""
    hostile = article("k\x00\ud800'; DROP TABLE items; --", "Číslo \x00 'quoted'\r\n", arrived=FIVE + HOUR)
    kept = [article(), article("b", "Trains were late.", day=MONDAY), hostile]
    memory.keep(
        kept,
        known={"t\x00": "v\ud800"},
        validators=[validator(), validator("b", "\x00")],
        bodies={sha256(b"\xff"): (b"\xff", "a\x00")},
    )
    memory.tell(edition(MONDAY, kept[1]))
    memory.tell(edition(TUESDAY, *kept))
    memory.begin_delivery(TUESDAY, "mail")
    memory.end_delivery(TUESDAY, "mail", state="failed", detail="\x00\ud800")
    memory.end_run(memory.begin_run(TUESDAY, {"model": "\x00"}), "finished", {"articles": 3})


def test_an_export_comes_back_the_same_byte_for_byte(memory: Memory, elsewhere: str) -> None:
    fill(memory)
    before = exported(memory)
    with open_memory(elsewhere) as other:
        counts = other.restore(io.BytesIO(before))
        assert exported(other) == before
        assert counts.rows == memory.counts().rows
        assert set(counts.rows.values()) >= {1, 2, 3}
        assert other.articles(TUESDAY) == memory.articles(TUESDAY)
        assert other.editions() == memory.editions()
        with pytest.raises(StoreError, match="not empty"):
            other.restore(io.BytesIO(before))


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: data[:-2], "no JSON"),
        (lambda data: data[: len(data) // 2], "line"),
        (lambda data: data[: data.rindex(b'{"rows"')], "cut off after line"),
        (lambda _: b"", "cut off after line 0"),
        (lambda data: data + b"{}\n", "is not what was exported"),
        (
            lambda data: changed(data, b"Trains were late", b"Trains were rate"),
            "the text of an article is not in the file",
        ),
        (lambda data: changed(data, b"Ferry desk", b"Fairy desk"), "is not what was exported"),
        (lambda data: changed(data, b"Trains were late", b"Trains \xff\xfe late"), "no JSON"),
        (lambda data: b"".join(data.splitlines(True)[:3] + data.splitlines(True)[4:]), "."),
        (lambda data: changed(data, b'"version":1', b'"version":2'), "newer version exported it"),
        (lambda data: changed(data, b'"row":"items"', b'"row":"dreams"'), "no row of a memory"),
        (lambda data: changed(data, b'"place":', b'"mood":"blue","place":'), "update briefing if a newer version"),
        (lambda _: b"Dear diary\n" * 9, "line 1 cannot be read"),
        (lambda _: b"[" * 100_000, "line 1 cannot be read"),
        (lambda data: b"{}\n" + data, "it is not what `briefing store export` writes"),
    ],
    ids=range(15),
)
def test_of_a_damaged_export_nothing_is_taken_in(
    where: str, file: str, spoil: Callable[[bytes], bytes], reason: str
) -> None:
    with open_memory(f"{file}-source") as source:
        fill(source)
        spoilt = spoil(exported(source))
    with open_memory(where) as other:
        with pytest.raises(StoreError, match=reason) as caught:
            other.restore(io.BytesIO(spoilt))
        assert caught.value.subject == "what is imported"
        assert not any(other.counts().rows.values())


def test_pruning_spares_what_kept_editions_rest_on(memory: Memory) -> None:
    bodies = {sha256(n): (n, "text/plain") for n in (b"old", b"cited", b"new")}

    def of(name: str, day: date) -> Article:
        one = article(name, f"{name} ran aground.", day=day)
        return replace(one, document=replace(one.document, sha256=sha256(name.encode())))

    old, cited, new = of("old", MONDAY), of("cited", MONDAY), of("new", WEDNESDAY)
    memory.keep([old, cited, new], bodies=bodies, validators=[validator()])
    memory.tell(edition(MONDAY, old, cited))
    memory.tell(edition(WEDNESDAY, cited, new))
    memory.end_run(memory.begin_run(MONDAY, {}), "finished", {})
    memory.begin_delivery(MONDAY, "mail")
    gone = memory.prune(before=WEDNESDAY)
    assert {k: n for k, n in gone.rows.items() if n} == dict.fromkeys(
        ("articles", "texts", "bodies", "editions", "validators", "deliveries", "runs"), 1
    )
    assert gone.text_bytes == len(old.document.text)
    assert memory.articles(MONDAY) == (cited,)
    assert memory.editions() == (edition(WEDNESDAY, cited, new),)
    assert (memory.body(sha256(b"old")), memory.body(sha256(b"cited"))) == (None, (b"cited", "text/plain"))
    assert memory.fingerprints(["old"]) == {"old": old.fingerprint}
    assert not any(memory.prune(before=WEDNESDAY).rows.values())


# Killed
# ------

BUSY = """
import sys
from briefing.memory import open_memory
from tests.memories import article, edition, validator, TUESDAY
from briefing.sources import sha256
with open_memory(sys.argv[1]) as memory:
    print("open", flush=True)
    n = int(sys.argv[2])
    while True:
        n += 1
        kept = [article(f"{n}/{part}", f"{part} of {n}. " * 200) for part in range(5)]
        body = str(n).encode()
        memory.keep(kept, known={f"known {n}": str(n)}, validators=[validator("feed", str(n))],
                    bodies={sha256(body): (body, "text/plain")})
        memory.tell(edition(TUESDAY, *kept, title=str(n)))
"""


def test_killed_at_any_moment_it_holds_whole_transactions_only(where: str) -> None:
    dice, last = random.Random(7), 0  # noqa: S311 - when to kill
    for _ in range(6):
        with running(BUSY, where, str(last)) as process:
            assert said(process) == "open\n"
            time.sleep(dice.uniform(0.05, 0.3))
            process.kill()
        with open_memory(where) as memory:
            last = whole(memory)
        if not where.startswith("postgresql"):
            sound(where)
    assert last > 6


def whole(memory: Memory) -> int:
    """Look whether every round is there in whole, and return the number of the last."""
    numbers = {int(a.key.split("/")[0]) for a in memory.articles(TUESDAY)}
    last = max(numbers, default=0)
    assert numbers == set(range(1, last + 1))
    assert len(memory.articles(TUESDAY)) == 5 * last
    assert memory.counts().rows["texts"] == 5 * last
    assert memory.counts().rows["bodies"] == last
    assert memory.fingerprints([f"known {last}", f"known {last + 1}"]) == ({f"known {last}": str(last)} if last else {})
    if last:
        told, kept = memory.edition(TUESDAY), memory.validator("feed")
        assert kept
        assert kept.etag == str(last)
        assert told is None or int(told.title) in (last, last - 1)
        assert told is None or len(memory.versions([v[1:] for v in told.stories[0].sources])) == 5
    return last


def sound(where: str) -> None:
    with closing(sqlite3.connect(where)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


# Damaged
# -------


def meddle(where: str, statement: str, *values: Any) -> None:
    """Change what a memory holds behind its back."""
    if not where.startswith("postgresql"):
        with closing(sqlite3.connect(where)) as connection, connection:
            connection.execute(statement, values)
        return
    address, _, schema = where.partition("&schema=")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"SET search_path TO {schema}".encode())
        server.execute(statement.replace("?", "%s").encode(), values)


@pytest.mark.parametrize(
    ("statement", "reason", "of"),
    [
        ("UPDATE texts SET packed = ?", "the article 'https://ferry.example/1' is damaged", "articles"),
        ("UPDATE articles SET record = ?", "an article is damaged", "articles"),
        ("UPDATE editions SET record = ?", "the edition of 2031-03-04 is damaged", "editions"),
        ("UPDATE bodies SET packed = ?", "the body sha256:.* is damaged", "bodies"),
    ],
)
@pytest.mark.parametrize("data", [b"\x00" * 40, "packed elsewhere"], ids=["torn", "another's"])
def test_damage_is_noticed_by_the_digest(where: str, statement: str, reason: str, of: str, data: Any) -> None:
    looked: dict[str, Callable[[Memory], object]] = {
        "articles": lambda memory: memory.articles(TUESDAY),
        "editions": lambda memory: memory.editions(),
        "bodies": lambda memory: memory.body(sha256(b"b")),
    }
    with open_memory(where) as memory:
        memory.keep([article()], bodies={sha256(b"b"): (b"b", "text/plain")})
        memory.tell(edition(TUESDAY, article()))
        meddle(where, statement, data if isinstance(data, bytes) else pack(b'{"key":"x"}'))
        with pytest.raises(StoreError, match=reason) as caught:
            looked[of](memory)
        assert "briefing store export" in caught.value.hint
