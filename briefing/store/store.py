"""The store: every call of every run, kept before it is used.

A question is known by its content, so that the same one is never paid for twice, whoever asks and whenever; a run that
was cut off is resumed by asking again. Nothing is ever overwritten or deleted. Keys and headers never get here.
"""

from __future__ import annotations

import json
import os
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from briefing.databases import Database, Presence, as_json, make_file, opened
from briefing.databases import is_there as anything_there
from briefing.errors import BriefingError, ModelError, ReplyError, StoreError
from briefing.fetch import KeptPage
from briefing.model import Reply
from briefing.store.answers import Question, packed, sha256, unpacked
from briefing.store.decisions import DecisionLog
from briefing.store.migrations import MIGRATIONS, STORE
from briefing.store.records import CallRecord, Outcome, RunRecord, Status
from briefing.types import Usage

_PATIENCE_S = 10.0
_PAGES_KEPT = timedelta(days=30)
#: Places in the side file: after the one for opening, one for each run by its number, then one for each question.
_QUESTIONS = 1 << 62
#: No run has a higher number.
_LAST = _QUESTIONS - 1


def open_store(path: Path, *, create: bool = True, patience_s: float = _PATIENCE_S) -> Store:
    """Open the store at `path`, and make it there when it is missing, unless `create` is False.

    `patience_s` bounds each wait for another process that is writing. A process opens a store once at a time, and
    shares it among its threads. Raises `StoreError`, before anything was asked, when it cannot be read and written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "calls.sqlite3") as store:
    ...     with store.run({"model": "m"}) as run:
    ...         pass
    ...     store.runs()[0].status.value
    'finished'
    """
    if create:
        make_file(path, STORE)
    elif not is_there(path):
        raise StoreError(str(path), "there is no store yet", hint="`briefing make --model` makes one")
    presence = Presence(Path(f"{os.path.realpath(path)}-presence"), STORE)
    try:
        return Store(opened(path, presence, MIGRATIONS, patience_s=patience_s, kind=STORE), presence)
    except BaseException:
        presence.close()
        raise


def is_there(path: Path) -> bool:
    """Say whether anything stands at `path`. Raises `StoreError` where nobody may look."""
    return anything_there(path, STORE)


class Store:
    """An open store; safe to use from many threads, and from many processes at once. Raises `StoreError`."""

    def __init__(self, database: Database, presence: Presence) -> None:
        self._database = database
        self._presence = presence
        self._asked_here = set[str]()
        self._changed = threading.Condition()
        self._runs_here = set[int]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; what was written stays."""
        self._database.close()
        self._presence.close()

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._database.path

    @property
    def secret(self) -> bytes:
        """32 random bytes, made with the store, that no author of a source can know."""
        ((value,),) = self._database.rows("SELECT value FROM secrets WHERE name = 'marker'")
        return bytes(value)

    @cached_property
    def decisions(self) -> DecisionLog:
        """What reviewers decided."""
        return DecisionLog(self._database)

    # Calls

    @contextmanager
    def alone_with(self, question: Question) -> Iterator[None]:
        """Keep this question from being asked elsewhere, by a thread or a process, while the block runs."""
        key = question.key
        with self._changed:
            self._changed.wait_for(lambda: key not in self._asked_here)
            self._asked_here.add(key)
        try:
            with self._presence.held(_QUESTIONS | int(key[-15:], 16)):
                yield
        finally:
            with self._changed:
                self._asked_here.remove(key)
                self._changed.notify_all()

    def answer(self, question: Question) -> Reply | ReplyError | None:
        """Return the last answer to this question, or None when none is stored."""
        found = self._database.rows(
            "SELECT answer, answer_sha256 FROM calls WHERE key = ? AND answer IS NOT NULL ORDER BY id DESC LIMIT 1",
            (question.key,),
        )
        for text, digest in found:
            with suppress(ValueError):
                if digest == sha256(f"{question.key}\n{text}"):
                    return unpacked(text)
            raise StoreError(
                str(self.path), f"the answer to {question.key[:19]}… is damaged", hint="ask again with --no-cache"
            )
        return None

    def served(self, run: int, question: Question) -> None:
        """Note that a run was answered from the store."""
        now = _now()
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO calls (run, key, asked, answered, outcome) VALUES (?, ?, ?, ?, ?)",
                (run, question.key, now, now, Outcome.SERVED),
            )

    def begin_call(self, run: int, question: Question) -> int:
        """Keep a question before a byte of it goes out, and return the number of the call."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO questions VALUES (?, ?, ?, ?)",
                (question.key, _text(question.server), _text(question.model), as_json(asdict(question.request))),
            )
            cursor = connection.execute(
                "INSERT INTO calls (run, key, asked, outcome) VALUES (?, ?, ?, ?)",
                (run, question.key, _now(), Outcome.OPEN),
            )
            return int(cursor.lastrowid or 0)

    def end_call(self, call: int, answer: Reply | ModelError) -> None:
        """Keep what came of a call: a reply, an unusable reply, or the error that says why there is none."""
        outcome, text = _outcome(answer)
        with self._database.writing() as connection:
            ((key,),) = connection.execute("SELECT key FROM calls WHERE id = ?", (call,)).fetchall()
            connection.execute(
                "UPDATE calls SET answered = ?, outcome = ?, answer = ?, answer_sha256 = ?, usage = ?, error = ?"
                " WHERE id = ?",
                (
                    _now(),
                    outcome,
                    text,
                    text and sha256(f"{key}\n{text}"),
                    as_json(asdict(answer.usage)),
                    None if isinstance(answer, Reply) else _described(answer),
                    call,
                ),
            )

    # Runs

    @contextmanager
    def run(self, settings: Mapping[str, Any]) -> Iterator[int]:
        """Record a run for as long as the block takes, and how it ended; yields its number."""
        run = self._begin_run(settings)
        try:
            yield run
        except BaseException as error:
            # What stopped the run matters more than a store that failed with it.
            with suppress(StoreError):
                self._end_run(run, _status(error), _described(error))
            raise
        self._end_run(run, Status.FINISHED, None)

    def _begin_run(self, settings: Mapping[str, Any]) -> int:
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (started, status, settings) VALUES (?, ?, ?)",
                (_now(), Status.RUNNING, as_json(dict(settings))),
            )
            run = int(cursor.lastrowid or 0)
            # Before anybody can see the run, so that nobody takes it for killed.
            self._presence.take(run)
        self._runs_here.add(run)
        return run

    def _end_run(self, run: int, status: Status, error: str | None) -> None:
        try:
            with self._database.writing() as connection:
                connection.execute(
                    "UPDATE runs SET finished = ?, status = ?, error = ? WHERE id = ?", (_now(), status, error, run)
                )
        finally:
            self._runs_here.discard(run)
            self._presence.free(run)

    def runs(self, number: int | None = None) -> tuple[RunRecord, ...]:
        """Return all runs, oldest first; with a number, that one alone, or none when there is none of it."""
        between = (0, _LAST) if number is None else (number, number)
        calls = defaultdict[int, list[tuple[Outcome, Usage]]](list)
        for run, outcome, usage in self._database.rows(
            "SELECT run, outcome, usage FROM calls WHERE run BETWEEN ? AND ?", between
        ):
            calls[run].append((Outcome(outcome), _usage(usage)))
        rows = self._database.rows(
            "SELECT id, started, finished, status, settings, error FROM runs WHERE id BETWEEN ? AND ? ORDER BY id",
            between,
        )
        return tuple(self._run_record(row, calls[row[0]]) for row in rows)

    def _run_record(self, row: Sequence[Any], calls: Sequence[tuple[Outcome, Usage]]) -> RunRecord:
        run, started, finished, status, settings, error = row
        return RunRecord(
            id=run,
            started=_moment(started),
            finished=finished and _moment(finished),
            status=self._status(run, Status(status)),
            settings=json.loads(settings),
            error=error,
            calls=Counter(outcome for outcome, _ in calls),
            usage=sum((usage for _, usage in calls), Usage()),
        )

    def _status(self, run: int, status: Status) -> Status:
        if status is not Status.RUNNING or run in self._runs_here or not self._presence.take(run):
            return status
        self._presence.free(run)
        return Status.KILLED

    def calls(self, run: int) -> tuple[CallRecord, ...]:
        """Return the calls of one run in the order of asking."""
        found = self._database.rows(
            "SELECT key, request, server, model, asked, answered, outcome, usage, error"
            " FROM calls JOIN questions USING (key) WHERE run = ? ORDER BY id",
            (run,),
        )
        return tuple(
            CallRecord(
                key=key,
                purpose=json.loads(request)["schema_name"],
                server=server,
                model=model,
                asked=_moment(asked),
                answered=answered and _moment(answered),
                outcome=Outcome(outcome),
                usage=_usage(usage),
                error=error,
            )
            for key, request, server, model, asked, answered, outcome, usage, error in found
        )

    # Servers

    def capabilities(self, server: str, model: str) -> dict[str, Any] | None:
        """Return what was found out about a model on a server, or None when nothing was."""
        found = self._database.rows(
            "SELECT found FROM capabilities WHERE server = ? AND model = ?", (_text(server), _text(model))
        )
        return dict(json.loads(found[0][0])) if found else None

    def keep_capabilities(self, server: str, model: str, found: Mapping[str, Any]) -> None:
        """Remember plain values about a model on a server in place of those found before."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO capabilities VALUES (?, ?, ?, ?)",
                (_text(server), _text(model), as_json(dict(found)), _now()),
            )

    # Pages

    def page(self, address: str) -> KeptPage | None:
        """Return the page kept for an address; None when there is none, or it is not what was kept."""
        found = self._database.rows(
            "SELECT body, sha256, content_type, etag, last_modified, fetched FROM pages WHERE address = ?",
            (_text(address),),
        )
        for body, digest, content_type, etag, last_modified, fetched in found:
            if digest == sha256(body):
                return KeptPage(
                    address=address,
                    data=body,
                    content_type=content_type,
                    etag=etag,
                    last_modified=last_modified,
                    fetched=_moment(fetched),
                )
        return None

    def keep_page(self, page: KeptPage) -> None:
        """Keep a page in place of the one before, and forget those that nobody fetched for a month."""
        if page.data is None:
            return
        with self._database.writing() as connection:
            connection.execute("DELETE FROM pages WHERE fetched < ?", ((page.fetched - _PAGES_KEPT).isoformat(),))
            connection.execute(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    _text(page.address),
                    _text(page.etag),
                    _text(page.last_modified),
                    _text(page.content_type),
                    page.data,
                    sha256(page.data),
                    page.fetched.isoformat(),
                ),
            )


def _outcome(answer: Reply | ModelError) -> tuple[Outcome, str | None]:
    if isinstance(answer, Reply):
        return Outcome.ANSWERED, packed(answer)
    if isinstance(answer, ReplyError):
        return Outcome.UNUSABLE, packed(answer)
    return Outcome.FAILED, None


def _status(error: BaseException) -> Status:
    return Status.INTERRUPTED if isinstance(error, KeyboardInterrupt) else Status.FAILED


def _described(error: BaseException) -> str:
    # The text of an error that is not ours may hold anything.
    return _text(f"{type(error).__name__}: {error}") if isinstance(error, BriefingError) else type(error).__name__


def _text(text: str) -> str:
    """Write lone surrogates, which an argument or a server may bring and SQLite refuses, as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _usage(text: str | None) -> Usage:
    return Usage(**json.loads(text)) if text else Usage()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
