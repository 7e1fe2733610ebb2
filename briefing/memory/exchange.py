"""The whole memory as lines of JSON, the same from every database, and back: all of it or nothing.

The first line says what it is, each other one is a row, and the last counts them and has the digest of everything
before it, so that a file that was cut off or altered is noticed. Rows stand in an order that is the same everywhere.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby, islice
from typing import Any, BinaryIO

from briefing.databases import Session, as_json
from briefing.days import Edition, Validator
from briefing.errors import StoreError
from briefing.memory import articles, bodies, deliveries, editions, runs, validators
from briefing.memory.codec import Unreadable, read, written
from briefing.memory.packing import (
    as_bytes,
    as_text,
    digest,
    loaded,
    long,
    pack,
    pack_values,
    short,
    unpack,
    unpack_values,
)
from briefing.memory.records import TABLES, DailyRun, Delivery
from briefing.memory.rows import understood

_HEAD = {"format": "briefing memory", "version": 1}
#: Rows in hand at a time: bodies may be large.
_AT_A_TIME = 200

Values = dict[str, Any]


# Out
# ---


def export(session: Session, where: str, to: BinaryIO) -> dict[str, int]:
    """Write everything, and return how many rows of each kind that was."""
    seen, rows = hashlib.sha256(), Counter[str]()
    to.write(_line(_HEAD, seen))
    for name, values in _rows(session, where):
        to.write(_line({"row": name, **values}, seen))
        rows[name] += 1
    to.write(_line(_tail(rows, seen), seen))
    return {name: rows[name] for name in TABLES}


def _line(values: Values, seen: hashlib._Hash) -> bytes:
    line = as_json(values).encode("ascii") + b"\n"
    seen.update(line)
    return line


def _tail(rows: Counter[str], seen: hashlib._Hash) -> Values:
    return {"rows": {name: rows[name] for name in TABLES}, "sha256": seen.hexdigest()}


def _rows(session: Session, where: str) -> Iterator[tuple[str, Values]]:
    for key, fingerprint in _paged(session, "SELECT key, fingerprint FROM items WHERE key > ? ORDER BY key", b""):
        yield "items", {"key": key.hex(), "fingerprint": long(fingerprint)}
    for address, packed in _paged(session, "SELECT sha256, packed FROM texts WHERE sha256 > ? ORDER BY sha256", b""):
        with understood(where, f"the text {address.hex()}"):
            yield "texts", {"text": as_text(unpack(packed, address))}
    query = "SELECT sha256, media_type, text, packed FROM bodies WHERE sha256 > ? ORDER BY sha256"
    for tag, kind, text, packed in _paged(session, query, b""):
        with understood(where, f"the body {long(tag)}"):
            data = base64.b64encode(bodies.unpacked(session, packed, tag[1:], text)).decode("ascii")
            yield "bodies", {"media_type": as_text(kind), "data": data, "text": text.hex() if text else None}
    query = "SELECT number, record, digest, text FROM articles WHERE number > ? ORDER BY number"
    for number, record, expected, text in _paged(session, query, 0):
        with understood(where, f"article {number}"):
            yield "articles", {"text": text.hex(), "article": unpack_values(record, expected)}
    query = "SELECT day, record, digest FROM editions WHERE day > ? ORDER BY day"
    for day, record, expected in _paged(session, query, ""):
        with understood(where, f"the edition of {day}"):
            yield "editions", {"edition": unpack_values(record, expected)}
    for validator in validators.every(session, where):
        yield "validators", {"validator": written(validator)}
    for delivery in deliveries.every(session, where):
        yield "deliveries", {"delivery": written(delivery)}
    for run in runs.every(session, where):
        yield "runs", {"run": written(run)}


def _paged(session: Session, query: str, after: bytes | str | int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table, known and ordered by their first column, without having all of them at once."""
    while rows := session.execute(f"{query} LIMIT {_AT_A_TIME}", (after,)).fetchall():
        yield from rows
        after = rows[-1][0]


# In
# --


def restore(session: Session, from_: BinaryIO, name: str) -> dict[str, int]:
    """Take in what `export` wrote, inside the caller's transaction. Raises `StoreError` naming the line at fault."""
    taken = Counter[str]()
    checked = _checked(from_, name)
    for kind, group in groupby(checked, key=lambda row: row[1]):
        while batch := list(islice(group, _AT_A_TIME)):
            number = batch[0][0]
            with _blamed(name, f"lines {number} to {batch[-1][0]}"):
                _TAKERS[kind](session, [values for _, _, values in batch])
            taken[kind] += len(batch)
    return {kind: taken[kind] for kind in TABLES}


def _checked(from_: BinaryIO, name: str) -> Iterator[tuple[int, str, Values]]:
    """Yield (line, kind, values) of each row; what it yielded counts only when it comes to its end."""
    seen, rows, number = hashlib.sha256(), Counter[str](), 0
    for number, line in enumerate(from_, 1):
        with _blamed(name, f"line {number}"):
            values = loaded(line)
            if number == 1:
                _require_head(values, name)
            elif not isinstance(values, dict) or values.get("row", "") not in ("", *TABLES):
                raise Unreadable("it is no row of a memory", newer=isinstance(values, dict))
            elif "row" not in values:
                if values != _tail(rows, seen) or from_.read(1):
                    raise Unreadable("what stands before it or behind it is not what was exported")
                return
            else:
                kind = values.pop("row")
                rows[kind] += 1
                yield number, kind, values
            seen.update(line)
    raise StoreError(name, f"it was cut off after line {number}", hint=_AGAIN)


def _require_head(values: Any, name: str) -> None:
    if isinstance(values, dict) and values.get("format") == _HEAD["format"] and values != _HEAD:
        raise StoreError(name, f"a newer version exported it: {values.get('version')!r:.20}", hint="update briefing")
    if values != _HEAD:
        raise Unreadable("it is not what `briefing store export` writes")


_AGAIN = "nothing was taken in; export it again"


class _blamed:  # noqa: N801 - used as a statement
    """Turn whatever can be wrong with a line into an error that names it."""

    def __init__(self, name: str, line: str) -> None:
        self._name, self._line = name, line

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(
            error, (Unreadable, KeyError, TypeError, binascii.Error, AttributeError, ValueError, OverflowError)
        ):
            newer = isinstance(error, Unreadable) and error.newer
            said = f"{error}" if isinstance(error, Unreadable) else "no such row"
            hint = "nothing was taken in; update briefing if a newer version exported it" if newer else _AGAIN
            raise StoreError(self._name, f"{self._line} cannot be read: {said}", hint=hint) from error


def _take_items(session: Session, rows: list[Values]) -> None:
    articles.note(session, [(bytes.fromhex(row["key"]), short(row["fingerprint"])) for row in rows])


def _take_texts(session: Session, rows: list[Values]) -> None:
    texts = [as_bytes(row["text"]) for row in rows]
    packed = {digest(text): (pack(text), len(text)) for text in texts}
    articles.insert(session, articles.ArticleRows(packed, []))


def _take_bodies(session: Session, rows: list[Values]) -> None:
    for row in rows:
        data = base64.b64decode(row["data"], validate=True)
        text = bodies.text_of(session, bytes.fromhex(row["text"])) if row.get("text") else None
        bodies.insert(session, [bodies.row_of(data, row["media_type"], text)])


def _take_articles(session: Session, rows: list[Values]) -> None:
    made = articles.ArticleRows({}, [])
    if articles.unknown_texts(session, [bytes.fromhex(row["text"]) for row in rows]):
        raise Unreadable("the text of an article is not in the file")
    for row in rows:
        article = articles.read_article(row["article"], "")
        made.articles.append(
            articles.row_of(article, bytes.fromhex(row["text"]), pack_values(articles.article_values(article)))
        )
    articles.insert(session, made)


def _take_editions(session: Session, rows: list[Values]) -> None:
    for row in rows:
        edition = read(Edition, row["edition"])
        editions.replace(session, edition, editions.packed(edition))


def _take_validators(session: Session, rows: list[Values]) -> None:
    validators.put(session, [read(Validator, row["validator"]) for row in rows])


def _take_deliveries(session: Session, rows: list[Values]) -> None:
    for row in rows:
        deliveries.put(session, read(Delivery, row["delivery"]))


def _take_runs(session: Session, rows: list[Values]) -> None:
    for row in rows:
        runs.put(session, read(DailyRun, row["run"]))


_TAKERS: dict[str, Callable[[Session, list[Values]], None]] = {
    "items": _take_items,
    "texts": _take_texts,
    "bodies": _take_bodies,
    "articles": _take_articles,
    "editions": _take_editions,
    "validators": _take_validators,
    "deliveries": _take_deliveries,
    "runs": _take_runs,
}
