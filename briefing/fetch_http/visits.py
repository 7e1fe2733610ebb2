"""Asking a host with manners: in turn, again once where that helps, and later where it says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from briefing import __version__
from briefing.addresses import Target
from briefing.fetch_http.packing import ACCEPTED
from briefing.fetch_http.patience import Stopwatch
from briefing.fetch_http.robots import PRODUCT
from briefing.fetch_http.turns import Turns
from briefing.fetch_http.wire import Answer, BrokenOff, Wire

_BUSY = frozenset({429, 503})
_HEADERS = {
    "user-agent": f"{PRODUCT}/{__version__}",
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-encoding": ACCEPTED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Visits:
    """Requests of one run, all through one wire and one set of turns."""

    wire: Wire
    turns: Turns

    def ask(
        self,
        target: Target,
        watch: Stopwatch,
        headers: Mapping[str, str] | None = None,
        *,
        max_bytes: int,
        robots: bool = False,
    ) -> Answer:
        """Get an answer, asking a second time after a broken connection or a wait that the host asked for.

        For a robots.txt its beginning is enough, whatever the server calls it.
        """
        sent = {**_HEADERS, **(headers or {})}
        for last in (False, True):
            try:
                # Who asks what is allowed may then do it: the pause is one between pages.
                with self.turns.turn(target, pause=not robots):
                    answer = self.wire.ask(target, sent, watch, max_bytes=max_bytes, any_kind=robots, cut_short=robots)
                    wait = _asked_to_wait_s(answer)
                    if wait is not None:
                        self.turns.leave_alone(target, wait)
            except BrokenOff:
                if last:
                    raise
                continue
            if last or wait is None or wait > self.wire.patience.longest_wait_s:
                break
        return answer


def _asked_to_wait_s(answer: Answer) -> float | None:
    if answer.status not in _BUSY:
        return None
    return retry_after_s(answer.headers.get("retry-after", ""), now=datetime.now(UTC))


def retry_after_s(value: str, *, now: datetime) -> float | None:
    """Read a `Retry-After`: seconds, or a date; None for anything else.

    >>> retry_after_s("120", now=datetime(2031, 3, 6, tzinfo=UTC))
    120.0
    >>> retry_after_s("Thu, 06 Mar 2031 00:00:30 GMT", now=datetime(2031, 3, 6, tzinfo=UTC))
    30.0
    """
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
