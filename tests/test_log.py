"""The log of a daily run: one line per event whatever it says, and no secret in any."""

from __future__ import annotations

import io
import json
import re
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.show.log import Log

NOW = datetime(2031, 3, 6, 5, 10, tzinfo=UTC)


def logged(name: str, *, as_json: bool = False, secrets: tuple[str, ...] = (), **fields: Any) -> str:
    stream = io.StringIO()
    Log(stream, as_json=as_json, secrets=secrets, now=lambda: NOW).event(name, **fields)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        (
            "unread",
            {"location": "https://a.example/rss", "error": "no answer", "hint": "later"},
            "not read: https://a.ex",
        ),
        ("gathered", {"new": 12, "changed": 1, "known": 300, "unread": 0}, "articles: 12 new, 1 changed, 300 known;"),
        (
            "not_sent",
            {"day": "2031-03-06", "channel": "mail", "detail": "550 no"},
            "not sent 2031-03-06 by mail: 550 no",
        ),
        ("gathered", {"new": 12}, "gathered: new 12"),
        ("never_heard_of", {}, "never heard of"),
    ],
)
def test_a_person_reads_a_line_per_event(name: str, fields: dict[str, Any], said: str) -> None:
    assert logged(name, **fields).startswith(f"05:10:00 {said}")


def test_a_program_reads_what_a_line_is_about_and_how_bad_it_is() -> None:
    warning = json.loads(logged("unread", as_json=True, location="x", error="y", hint="z"))
    assert (warning["level"], warning["event"], warning["time"]) == ("warning", "unread", "2031-03-06T05:10:00Z")
    assert json.loads(logged("told", as_json=True, time="now", level=3))["fields"] == {"time": "now", "level": 3}


@given(st.text(), st.booleans(), st.sampled_from(["unread", "other"]))
def test_whatever_an_event_says_it_is_one_line_that_steers_nothing(text: str, as_json: bool, name: str) -> None:
    line = logged(name, as_json=as_json, location=text, error=text, hint=text)
    assert line.count("\n") == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", line)
    if as_json and "://" not in text:
        assert json.loads(line)["fields"]["error"] == text


@pytest.mark.parametrize("as_json", [False, True])
def test_secrets_are_in_no_line(as_json: bool) -> None:
    said = "asked https://me:pw-0451@a.example/x?token=tk-0451&id=7 with hush-0451"
    line = logged("unread", as_json=as_json, secrets=("hush-0451", ""), location=said, error=said, hint=said)
    assert "0451" not in line
    assert "a.example/x" in line
    assert "id=7" in line


def test_lines_of_threads_are_whole_and_a_reader_that_left_stops_nothing() -> None:
    stream = io.StringIO()
    log = Log(stream, as_json=True, now=lambda: NOW)

    def tell() -> None:
        for n in range(50):
            log.event("told", n=n)

    threads = [threading.Thread(target=tell) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([json.loads(line) for line in stream.getvalue().splitlines()]) == 400
    stream.close()
    log.event("told", n=1)
