"""How long to wait for a server, how often to ask it again, and what it says itself about that."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """What a call, and all calls of a run, may take. A call ends after `(retries + 1)` attempts at the latest."""

    timeout_s: float = 600.0
    """For one attempt, from the connection to the last byte. Without a GPU a small model takes minutes."""
    run_timeout_s: float | None = None
    """For all calls together, counted from the first."""
    retries: int = 4
    """Further attempts after a refused connection, a rate limit or a server's error, which cost nothing."""
    resends: int = 1
    """How many of them may follow the loss of an answer on its way, which may have been charged."""
    first_wait_s: float = 0.5
    """Before the second attempt; doubled for each further one."""
    longest_wait_s: float = 120.0
    """A server that asks for more than this is not waited for."""

    def back_off_s(self, attempt: int) -> float:
        """Return the wait after attempt 0, 1, 2 …: doubled each time, and half of it by chance."""
        most: float = min(self.first_wait_s * 2.0 ** min(attempt, 64), self.longest_wait_s)
        return most * random.uniform(0.5, 1.0)  # noqa: S311 - spreads attempts, guards nothing

    def stagger_s(self) -> float:
        """Return a short wait by chance, so that calls held up together do not go out together."""
        return self.first_wait_s * random.random()  # noqa: S311


def asked_to_wait_s(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return the seconds that a server asks to be left alone, or None when it does not say.

    `retry-after-ms`, then `retry-after` (seconds or a date), then a rate limit that is used up.

    >>> asked_to_wait_s({"retry-after": "2.5"}, now=datetime.now(UTC))
    2.5
    """
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    after = headers.get("retry-after", "")
    seconds = _number(after)
    if seconds is None:
        seconds = _until(after, now)
    return limit_reset_s(headers) if seconds is None else seconds


def limit_reset_s(headers: Mapping[str, str]) -> float | None:
    """Return when the rate limits that are used up start afresh, in seconds from now; None when none is.

    >>> limit_reset_s({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "1m0.5s"})
    60.5
    """
    resets = [
        _duration_s(headers.get(f"{prefix}reset{what}", ""))
        for prefix in ("x-ratelimit-", "ratelimit-")
        for what in ("", "-requests", "-tokens")
        if _number(headers.get(f"{prefix}remaining{what}", "")) == 0
    ]
    return max((reset for reset in resets if reset is not None), default=None)


_DURATION = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+")
_UNITS_S = {"ms": 0.001, "s": 1, "m": 60, "h": 3_600, "d": 86_400}
#: A longer "duration" is a point in time, counted from 1970.
_LONGEST_DURATION_S = 7 * 86_400


def _duration_s(text: str) -> float | None:
    seconds = _number(text)
    if seconds is None and _DURATION.fullmatch(text):
        seconds = sum(float(n) * _UNITS_S[unit] for n, unit in re.findall(r"([\d.]+)(ms|s|m|h|d)", text))
    return seconds if seconds is not None and seconds <= _LONGEST_DURATION_S else None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _until(text: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    # A date "-0000" comes without a zone, and means UTC.
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
