"""The memory: what was read, told and sent. One object for every database; each write is one transaction.

Nothing here looks at the clock but for when something was sent or ran, and that clock can be given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any, BinaryIO, Self

from briefing.databases import Backend, Places
from briefing.days import Article, Edition, Validator
from briefing.errors import StoreError
from briefing.memory import articles as _articles
from briefing.memory import bodies as _bodies
from briefing.memory import deliveries as _deliveries
from briefing.memory import editions as _editions
from briefing.memory import exchange, housekeeping
from briefing.memory import runs as _runs
from briefing.memory import validators as _validators
from briefing.memory.exclusion import Exclusion
from briefing.memory.packing import as_bytes, key_of, short
from briefing.memory.records import Counts, DailyRun, Delivery, Holder, RunState, Sending


class Memory:
    """An open memory; safe to use from many threads, and from many processes at once. Raises `StoreError`."""

    def __init__(self, backend: Backend, places: Places, where: str, clock: Callable[[], datetime]) -> None:
        self.where = where
        """Its path or address, as it may be printed: without a password."""
        self._backend = backend
        self._places = places
        self._clock = clock
        self._exclusion = Exclusion(backend, places, where)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it; what was written stays."""
        self._backend.close()
        self._places.close()

    def alone(self, *, wait: bool) -> AbstractContextManager[None]:
        """Keep every other run away while the block runs, on this computer and on others.

        Raises `MemoryBusy` when one is at work, or waits for it. The system frees it when the process dies.
        """
        return self._exclusion.alone(wait=wait)

    def holder(self) -> Holder | None:
        """Return the run that said last that it is alone, and has not said since that it is not."""
        return self._exclusion.holder()

    # What was read

    def fingerprints(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the version of each item that was kept or taken note of last; unknown items are left out."""
        with self._backend.reading() as session:
            return _articles.fingerprints(session, keys)

    def validator(self, address: str) -> Validator | None:
        """Return what to ask a server by whether an address has changed."""
        with self._backend.reading() as session:
            return _validators.find(session, self.where, address)

    def keep(
        self,
        articles: Sequence[Article],
        *,
        known: Mapping[str, str] | None = None,
        validators: Sequence[Validator] = (),
        bodies: Mapping[str, tuple[bytes, str]] | None = None,
    ) -> None:
        """Keep articles, and with them, in one transaction, whatever belongs to them. Doing it twice changes nothing.

        `known` is key → fingerprint of items that were looked at and are no articles, so that nobody tries them again;
        `bodies` is `sha256:…` → (bytes as they came, media type).
        """
        rows = _articles.rows_of(articles)
        texts = {article.document.sha256: as_bytes(article.document.text) for article in reversed(articles)}
        packed = _bodies.rows_of(bodies or {}, self.where, texts)
        noted = {article.key: article.fingerprint for article in articles} | dict(known or {})
        with self._backend.writing() as session:
            _articles.insert(session, rows)
            _articles.note(session, [(key_of(key), short(print_)) for key, print_ in noted.items()])
            _validators.put(session, validators)
            _bodies.insert(session, packed)

    def articles(self, day: date) -> tuple[Article, ...]:
        """Return the latest version of each article of a day, in order of arrival, then by key."""
        with self._backend.reading() as session:
            return _articles.of_day(session, self.where, day)

    def arrivals(self, *, since: date = date.min) -> dict[date, datetime]:
        """Return the days from one on for which anything was read, in order, each with when the last of it arrived."""
        with self._backend.reading() as session:
            return _articles.arrivals(session, since)

    def versions(self, keys: Iterable[tuple[str, str]], *, upto: date | None = None) -> tuple[Article, ...]:
        """Return those (key, fingerprint) that are kept, in the order asked; one read on several days, as read last."""
        with self._backend.reading() as session:
            return _articles.versions(session, self.where, list(keys), upto)

    def latest(self, keys: Iterable[str], *, upto: date) -> dict[str, Article]:
        """Return the last version of each article that was read on a day or before it."""
        with self._backend.reading() as session:
            return _articles.latest(session, self.where, keys, upto)

    def body(self, sha256: str) -> tuple[bytes, str] | None:
        """Return the bytes of a source as they came and their media type, by `sha256:…`; None when not kept."""
        with self._backend.reading() as session:
            return _bodies.find(session, self.where, sha256)

    def keep_bodies(self, bodies: Mapping[str, tuple[bytes, str]]) -> None:
        """Keep bytes of sources: `sha256:…` → (bytes as they came, media type)."""
        rows = _bodies.rows_of(bodies, self.where)
        with self._backend.writing() as session:
            _bodies.insert(session, rows)

    def drop_bodies(self, *, except_of: date, keep: Iterable[str]) -> None:
        """Drop every body but those of a day's articles, of articles that an edition rests on, and the named ones."""
        with self._backend.writing() as session:
            _bodies.drop(session, except_of=except_of, keep=keep)

    # What was told

    def tell(self, edition: Edition) -> None:
        """Keep what was told on a day, in place of what was told on it before."""
        record = _editions.packed(edition)
        with self._backend.writing() as session:
            _editions.replace(session, edition, record)

    def edition(self, day: date) -> Edition | None:
        """Return what was told on a day."""
        with self._backend.reading() as session:
            return _editions.find(session, self.where, day)

    def editions(self, *, since: date | None = None, before: date | None = None) -> tuple[Edition, ...]:
        """Return what was told from a day on (that day too) and before another, oldest first."""
        with self._backend.reading() as session:
            return _editions.between(session, self.where, since or date.min, before)

    # What was sent

    def delivery(self, day: date, channel: str) -> Delivery | None:
        """Return how sending a day's brief to one place stands; None when it was never begun."""
        with self._backend.reading() as session:
            return _deliveries.find(session, self.where, day, channel)

    def deliveries(self) -> tuple[Delivery, ...]:
        """Return all of them, by day and channel."""
        with self._backend.reading() as session:
            return _deliveries.every(session, self.where)

    def begin_delivery(self, day: date, channel: str) -> bool:
        """Note that a day's brief is about to be sent; False, and nothing is noted, when it was sent already."""
        with self._backend.writing() as session:
            before = _deliveries.find(session, self.where, day, channel)
            if before and before.state is Sending.DONE:
                return False
            tries = before.tries + 1 if before else 1
            begun = Delivery(day=day, channel=channel, state=Sending.BEGUN, at=self._clock(), tries=tries)
            _deliveries.put(session, begun)
        return True

    def end_delivery(self, day: date, channel: str, *, state: str, detail: str = "") -> None:
        """Note what came of it: `done` or `failed`, and what the other side said."""
        with self._backend.writing() as session:
            begun = _deliveries.find(session, self.where, day, channel)
            if begun is None:
                raise StoreError(self.where, f"no delivery to {channel} was begun for {day}", hint="please report it")
            ended = replace(begun, state=Sending(state), at=self._clock(), detail=detail)
            _deliveries.put(session, ended)

    # Runs

    def begin_run(self, day: date, settings: Mapping[str, Any]) -> int:
        """Record that a run of `briefing daily` began, and return its number."""
        begun = DailyRun(
            number=0, day=day, started=self._clock(), finished=None, status=RunState.RUNNING, settings=settings
        )
        with self._backend.writing() as session:
            number = _runs.add(session, begun).number
            # Before anybody can see the run, so that nobody takes it for killed.
            self._exclusion.begin(number)
        return number

    def end_run(self, number: int, status: str, figures: Mapping[str, int | float | str | None]) -> None:
        """Record how a run ended, and what it did."""
        try:
            with self._backend.writing() as session:
                run = _runs.find(session, self.where, number)
                if run is None:
                    raise StoreError(self.where, f"there is no run {number}", hint="please report it")
                _runs.put(session, replace(run, finished=self._clock(), status=str(status), figures=figures))
        finally:
            self._exclusion.end(number)

    def runs(self) -> tuple[DailyRun, ...]:
        """Return all runs, oldest first; one whose process is gone without a word was killed."""
        with self._backend.reading() as session:
            found = _runs.every(session, self.where)
        return tuple(
            replace(run, status=RunState.KILLED)
            if run.status == RunState.RUNNING and not self._exclusion.alive(run.number)
            else run
            for run in found
        )

    # Housekeeping

    def export(self, to: BinaryIO) -> Counts:
        """Write everything as lines of JSON, as it is at this moment; returns what was written."""
        with self._backend.reading() as session:
            rows = exchange.export(session, self.where, to)
            return replace(housekeeping.counted(session, 0), rows=rows)

    def restore(self, from_: BinaryIO) -> Counts:
        """Take in what `export` wrote, all of it or nothing. Raises `StoreError` unless this memory is empty."""
        name = str(getattr(from_, "name", "what is imported"))
        with self._backend.writing() as session:
            if any(housekeeping.counted(session, 0).rows.values()):
                hint = "import into a new one; nothing was taken in"
                raise StoreError(self.where, "this memory is not empty", hint=hint)
            exchange.restore(session, from_, name)
        return self.counts()

    def prune(self, *, before: date) -> Counts:
        """Remove what is older than a day, but for articles that a kept edition rests on; returns what was removed."""
        with self._backend.writing() as session:
            text = housekeeping.counted(session, 0).text_bytes
            rows = housekeeping.pruned(session, before)
            text -= housekeeping.counted(session, 0).text_bytes
        size = self._backend.size()
        # Room that is not given back now, because somebody writes or the disk is full, is used again later.
        with suppress(StoreError):
            self._backend.reclaim()
        return Counts(rows=rows, text_bytes=text, store_bytes=max(0, size - self._backend.size()))

    def counts(self) -> Counts:
        """Return how much there is."""
        size = self._backend.size()
        with self._backend.reading() as session:
            return housekeeping.counted(session, size)
