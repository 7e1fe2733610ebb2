"""What servers say about waiting, read right or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model_http import Patience
from briefing.model_http.patience import asked_to_wait_s, limit_reset_s

NOW = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "20"}, 20),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "20"}, 0.25),
        ({"retry-after": "Tue, 04 Mar 2031 12:00:30 GMT"}, 30),
        ({"retry-after": "Tue, 04 Mar 2031 13:00:30 +0100"}, 30),
        ({"retry-after": "Tue, 04 Mar 2031 12:00:30 -0000"}, 30),
        ({"retry-after": "Tue, 04 Mar 2031 11:00:00 GMT"}, 0),
        ({"retry-after": "Tue, 04 Mar 2031 12:00:99999999999 GMT"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "Tue, 99 Mar 2031 12:00:30 GMT"}, None),
        ({"retry-after": "7", "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "9s"}, 7),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "9s"}, 9),
    ],
)
def test_a_wait_is_read_from_whatever_header_names_it(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_to_wait_s(headers, now=NOW) == seconds


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ("1s", 1),
        ("6m0s", 360),
        ("120ms", 0.12),
        ("1h2m3.5s", 3_723.5),
        ("2d", 172_800),
        ("17", 17),
        ("1924905600", None),
        ("2031-03-04T12:00:00Z", None),
        ("s", None),
        ("1 s", None),
        ("", None),
    ],
)
def test_the_reset_of_a_limit_is_a_duration_or_not_understood(reset: str, seconds: float | None) -> None:
    headers = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": reset}
    found = limit_reset_s(headers)
    assert found == (None if seconds is None else pytest.approx(seconds))


def test_only_a_limit_that_is_used_up_counts_and_of_several_the_last_to_reset() -> None:
    headers = {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "2s",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-tokens": "5s",
        "ratelimit-remaining": "0",
        "ratelimit-reset": "3",
    }
    assert limit_reset_s(headers) == 5
    assert limit_reset_s(headers | {"x-ratelimit-remaining-tokens": "1"}) == 3
    assert limit_reset_s(headers | {"x-ratelimit-remaining-tokens": "-1", "ratelimit-remaining": "many"}) == 2


@given(st.dictionaries(st.sampled_from(["retry-after", "retry-after-ms", "x-ratelimit-reset-tokens"]), st.text()))
def test_no_header_breaks_the_reading(headers: dict[str, str]) -> None:
    found = asked_to_wait_s(headers | {"x-ratelimit-remaining-tokens": "0"}, now=NOW)
    assert found is None or 0 <= found < float("inf")


@given(st.integers(min_value=0, max_value=10**9))
def test_a_date_means_the_seconds_until_then(seconds: int) -> None:
    header = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert asked_to_wait_s({"retry-after": header}, now=NOW) == seconds


@given(st.integers(min_value=0, max_value=5_000), st.floats(min_value=0.001, max_value=10))
def test_waits_double_within_bounds_and_are_never_all_the_same(attempt: int, first: float) -> None:
    patience = Patience(first_wait_s=first, longest_wait_s=60)
    whole = min(first * 2.0 ** min(attempt, 100), 60)
    waits = [patience.back_off_s(attempt) for _ in range(8)]
    assert all(whole / 2 <= wait <= whole for wait in waits)
    assert len(set(waits)) > 1
    assert 0 <= patience.stagger_s() <= first
