"""What the hosts of a run say in their robots.txt: fetched once each, and heeded."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from briefing.addresses import Target, followed
from briefing.errors import AddressError, RobotsRefused
from briefing.fetch import shown
from briefing.fetch_http.once import Once
from briefing.fetch_http.patience import Stopwatch
from briefing.fetch_http.robots import MOST_BYTES, OPEN, Robots, read_robots
from briefing.fetch_http.visits import Visits
from briefing.fetch_http.wire import Answer

#: RFC 9309: at least five in a row.
_REDIRECTS = 5
_HINT = "save the page and give the file; --ignore-robots is for hosts that are yours or have agreed"
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, kw_only=True, slots=True)
class Hosts:
    """Asks each host once, and tells whether a page of it may be asked for."""

    visits: Visits
    _files: Once[Robots | AddressError] = field(default_factory=Once)
    """By scheme, host and port: what its file says, or why nothing of it may be asked for."""

    def admit(self, target: Target) -> None:
        """Raise RobotsRefused for a page that its host keeps programs from, and whatever keeps its file from us."""
        said = self._files.get((target.scheme, target.netloc), lambda: self._said(target))
        if isinstance(said, AddressError):
            raise type(said)(shown(target.address), said.message, hint=said.hint) from said
        self.visits.turns.slow_down(target, said.delay_s)
        if not said.allows(target.path):
            raise RobotsRefused(shown(target.address), "the host's robots.txt asks programs to stay away", hint=_HINT)

    def _said(self, target: Target) -> Robots | AddressError:
        """RFC 9309, 2.3.1: without a file all is allowed; with one that cannot be had, nothing."""
        at = replace(target, path="/robots.txt")
        try:
            answer = self._file(at)
        except AddressError as error:
            if error.subject == shown(at.address):
                # The page would meet the same.
                return error
            message = f"the host's robots.txt leads to {error.subject}, and that cannot be had: {error.message}"
            return RobotsRefused(error.subject, message, hint=_HINT)
        if answer.status == 200:
            return read_robots(answer.body)
        if answer.status >= 500 or answer.status == 429:
            message = f"the host's robots.txt cannot be had (status {answer.status}), so nothing may be asked for"
            return RobotsRefused(shown(at.address), message, hint=_HINT)
        return OPEN

    def _file(self, at: Target) -> Answer:
        watch = Stopwatch(self.visits.wire.patience.total_s)
        for _ in range(_REDIRECTS):
            answer = self.visits.ask(at, watch, max_bytes=MOST_BYTES, robots=True)
            location = answer.headers.get("location")
            if answer.status not in REDIRECTS or not location:
                break
            at = followed(at, location, allow_private=self.visits.wire.allow_private)
        return answer
