"""Articles as rows: each version that was read, its text kept once however many tell it, and what is known of items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from briefing.databases import Session
from briefing.days import Article
from briefing.memory.codec import Unreadable, read, written
from briefing.memory.packing import (
    Packed,
    as_bytes,
    as_text,
    digest,
    key_of,
    long,
    pack,
    pack_values,
    short,
    unpack,
    unpack_values,
)
from briefing.memory.rows import marks, moment_text, pieces, understood

_FOUND = """SELECT a.key, a.fingerprint, a.record, a.digest, a.text, t.packed
    FROM articles AS a LEFT JOIN texts AS t ON t.sha256 = a.text"""


class ArticleRows(NamedTuple):
    """What is inserted for articles, made before the one writer's place is taken."""

    texts: dict[bytes, tuple[bytes, int]]
    """Digest → packed text and its size."""
    articles: list[tuple[Any, ...]]
    """Columns after the number."""


# In
# --


def rows_of(articles: Iterable[Article]) -> ArticleRows:
    """Pack articles."""
    made = ArticleRows({}, [])
    for article in articles:
        data = as_bytes(article.document.text)
        address = digest(data)
        if address not in made.texts:
            made.texts[address] = pack(data), len(data)
        made.articles.append(row_of(article, address, pack_values(article_values(article))))
    return made


def article_values(article: Article) -> dict[str, Any]:
    """Return what the record of an article holds: everything but its text."""
    values = written(article)
    del values["document"]["text"]
    return values


def row_of(article: Article, text: bytes, record: Packed) -> tuple[Any, ...]:
    """Return the columns of an article after its number."""
    return (
        key_of(article.key),
        article.day.isoformat(),
        short(article.fingerprint),
        moment_text(article.arrived),
        text,
        short(article.document.sha256),
        record.data,
        record.digest,
    )


def insert(session: Session, rows: ArticleRows) -> None:
    """Add articles. A version that its day has already is replaced when it arrived again later, and not otherwise."""
    session.executemany(
        "INSERT INTO texts VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        ((address, packed, size) for address, (packed, size) in rows.texts.items()),
    )
    ((last,),) = session.execute("SELECT coalesce(max(number), 0) FROM articles").fetchall()
    session.executemany(
        """INSERT INTO articles (number, key, day, fingerprint, arrived, text, body, record, digest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key, day, fingerprint) DO UPDATE SET number = excluded.number, arrived = excluded.arrived,
                text = excluded.text, body = excluded.body, record = excluded.record, digest = excluded.digest
            WHERE excluded.arrived > articles.arrived""",
        ((number, *row) for number, row in enumerate(rows.articles, last + 1)),
    )


def note(session: Session, versions: Iterable[tuple[bytes, bytes]]) -> None:
    """Take note of the latest version of items, by digest of key and short fingerprint."""
    session.executemany(
        "INSERT INTO items VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint", versions
    )


# Out
# ---


def unknown_texts(session: Session, addresses: Iterable[bytes]) -> set[bytes]:
    """Return those digests that no text here has."""
    wanted = set(addresses)
    for piece in pieces(tuple(wanted)):
        query = f"SELECT sha256 FROM texts WHERE sha256 IN ({marks(piece)})"  # noqa: S608 - marks only
        wanted -= {address for (address,) in session.execute(query, piece).fetchall()}
    return wanted


def fingerprints(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """Return the latest version of each item that is known."""
    found = dict[str, str]()
    for piece in pieces(keys):
        names = {key_of(key): key for key in piece}
        rows = session.execute(
            f"SELECT key, fingerprint FROM items WHERE key IN ({marks(piece)})",  # noqa: S608 - marks only
            tuple(names),
        ).fetchall()
        found |= {names[bytes(key)]: long(fingerprint) for key, fingerprint in rows}
    return found


def of_day(session: Session, where: str, day: date) -> tuple[Article, ...]:
    """Return the latest version of each article of a day, in order of arrival, then by key."""
    rows = session.execute(f"{_FOUND} WHERE a.day = ? ORDER BY a.arrived, a.number", (day.isoformat(),)).fetchall()
    latest = {row[0]: row for row in rows}
    del rows
    return tuple(sorted((_article(row, where) for row in latest.values()), key=_arrival))


def arrivals(session: Session, since: date) -> dict[date, datetime]:
    """Return the days from one on for which anything was read, in order, each with when the last of it arrived."""
    query = "SELECT day, max(arrived) FROM articles WHERE day >= ? GROUP BY day ORDER BY day"
    rows = session.execute(query, (since.isoformat(),)).fetchall()
    return {date.fromisoformat(day): datetime.fromisoformat(arrived) for day, arrived in rows}


def latest(session: Session, where: str, keys: Iterable[str], upto: date) -> dict[str, Article]:
    """Return the last version of each article that was read on a day or before it."""
    found = dict[bytes, tuple[Any, ...]]()
    names = {key_of(key): key for key in keys}
    for piece in pieces(names):
        found |= {
            row[0]: row
            for row in session.execute(
                f"{_FOUND} WHERE a.key IN ({marks(piece)}) AND a.day <= ? ORDER BY a.day, a.arrived, a.number",
                (*piece, upto.isoformat()),
            ).fetchall()
        }
    return {name: _article(found[key], where) for key, name in names.items() if key in found}


def versions(session: Session, where: str, wanted: Sequence[tuple[str, str]], upto: date | None) -> tuple[Article, ...]:
    """Return those of the wanted versions that are kept, in the order asked; each as it was read last."""
    names = [(key_of(key), short(fingerprint)) for key, fingerprint in wanted]
    found = dict[tuple[bytes, bytes], tuple[Any, ...]]()
    for piece in pieces(dict.fromkeys(key for key, _ in names)):
        rows = session.execute(
            f"{_FOUND} WHERE a.key IN ({marks(piece)}) AND a.day <= ? ORDER BY a.day, a.arrived, a.number",
            (*piece, (upto or date.max).isoformat()),
        ).fetchall()
        found |= {(row[0], row[1]): row for row in rows}
    return tuple(_article(found[name], where) for name in dict.fromkeys(names) if name in found)


def _arrival(article: Article) -> tuple[str, str]:
    return moment_text(article.arrived), article.key


def _article(row: tuple[Any, ...], where: str) -> Article:
    _, _, record, record_digest, address, packed = row
    with understood(where, "an article"):
        values = unpack_values(record, record_digest)
    with understood(where, f"the article {values['key']!r:.200}"):
        if packed is None:
            raise Unreadable("its text is gone")
        return read_article(values, as_text(unpack(packed, address)))


def read_article(values: Mapping[str, Any], text: str) -> Article:
    """Put the text back into a record. Raises `Unreadable`."""
    document = values.get("document")
    if not isinstance(document, dict) or "text" in document:
        raise Unreadable("no record of an article")
    return read(Article, dict(values) | {"document": document | {"text": text}})
