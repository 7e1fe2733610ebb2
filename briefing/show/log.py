"""What a daily run does while it does it: lines for a person, or with `--log-json` one JSON object per line."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TextIO

from briefing.fetch import shown
from briefing.render import show_controls, utc

Field = str | int | float | bool | None

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://[^\s<>\"']+")
#: How events are told to a person; one that is not here is told by its name and its fields.
_SAID = {
    "unread": "not read: {location}: {error} ({hint})",
    "gathered": "articles: {new} new, {changed} changed, {known} known; not read: {unread}",
    "rechecked": "sources of earlier briefs: {sources} looked at again, {edited} edited, {withdrawn} withdrawn",
    "finishing": "{day} was cut off: finishing it",
    "unchanged": "nothing has changed since {day} was told",
    "told": "told {day}: stories: {stories} briefed, {quiet} with nothing new",
    "written": "wrote {index}",
    "there": "see {index}",
    "model_failed": "the model failed, so this was drafted without it: {story}",
    "sent": "sent {day} by {channel}: {detail}",
    "not_sent": "not sent {day} by {channel}: {detail}",
}
_WARNINGS = frozenset({"unread", "not_sent", "finishing", "model_failed"})


class Log:
    """Writes a line per event; safe to be called from threads, and a reader that is gone stops nothing.

    Addresses are written without what is secret in them, and `secrets` are blanked wherever they stand.

    >>> import sys
    >>> morning = datetime(2031, 3, 6, 5, 10, tzinfo=UTC)
    >>> Log(sys.stdout, now=lambda: morning).event("told", day="2031-03-06", stories=4, quiet=1)
    05:10:00 told 2031-03-06: stories: 4 briefed, 1 with nothing new
    >>> Log(sys.stdout, as_json=True, now=lambda: morning).event("unchanged", day="2031-03-06")
    {"time": "2031-03-06T05:10:00Z", "level": "info", "event": "unchanged", "fields": {"day": "2031-03-06"}}
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        as_json: bool = False,
        secrets: Iterable[str] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._stream = stream
        self._as_json = as_json
        self._secrets = tuple(secret for secret in secrets if secret)
        self._now = now
        self._lock = threading.Lock()

    def event(self, name: str, /, **fields: Field) -> None:
        """Write one line. Times are in UTC."""
        known = {key: self._masked(value) for key, value in fields.items()}
        line = self._for_program(name, known) if self._as_json else self._for_person(name, known)
        with self._lock, suppress(OSError, ValueError):
            self._stream.write(line + "\n")
            self._stream.flush()

    def _for_program(self, name: str, fields: Mapping[str, Field]) -> str:
        level = "warning" if name in _WARNINGS else "info"
        # ASCII alone: what a terminal or a viewer of logs would obey is escaped.
        return json.dumps({"time": utc(self._now()), "level": level, "event": name, "fields": fields})

    def _for_person(self, name: str, fields: Mapping[str, Field]) -> str:
        try:
            said = _SAID[name].format_map(fields)
        except KeyError:
            said = name.replace("_", " ") + (": " if fields else "")
            said += ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in fields.items())
        return show_controls(" ".join(f"{self._now().astimezone(UTC):%H:%M:%S} {said}".split()))

    def _masked(self, value: Field) -> Field:
        if not isinstance(value, str):
            return value
        masked = _ADDRESS.sub(lambda found: shown(found.group()), value)
        for secret in self._secrets:
            masked = masked.replace(secret, "…")
        return masked
