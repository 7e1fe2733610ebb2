"""How much there is, and what may go."""

from __future__ import annotations

from datetime import date

from briefing.databases import Session
from briefing.memory.records import TABLES, Counts


def counted(session: Session, store_bytes: int) -> Counts:
    """Count everything."""
    rows = {name: _one(session, f"SELECT count(*) FROM {name}") for name in TABLES}  # noqa: S608 - constants
    ((first, last),) = session.execute("SELECT min(day), max(day) FROM articles").fetchall()
    return Counts(
        rows=rows,
        text_bytes=_one(session, "SELECT coalesce(sum(size), 0) FROM texts"),
        store_bytes=store_bytes,
        days=(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
    )


def _one(session: Session, query: str) -> int:
    ((value,),) = session.execute(query).fetchall()
    return int(value)


def pruned(session: Session, before: date) -> dict[str, int]:
    """Remove what is older than a day: editions, and articles with their texts and bodies that no later one rests on.

    Items stay: without them, what a feed has shown for months would be taken for new.
    """
    day = (before.isoformat(),)
    session.execute("DELETE FROM rests WHERE day < ?", day)
    statements = (
        ("editions", "day < ?", day),
        (
            "articles",
            """day < ? AND NOT EXISTS (
                SELECT 1 FROM rests AS r WHERE r.key = articles.key AND r.fingerprint = articles.fingerprint)""",
            day,
        ),
        ("bodies", "NOT EXISTS (SELECT 1 FROM articles AS a WHERE a.body = bodies.sha256)", ()),
        (
            "texts",
            """NOT EXISTS (SELECT 1 FROM articles AS a WHERE a.text = texts.sha256)
                AND NOT EXISTS (SELECT 1 FROM bodies AS b WHERE b.text = texts.sha256)""",
            (),
        ),
        ("validators", "fetched < ?", day),
        ("deliveries", "day < ?", day),
        ("runs", "day < ? AND finished IS NOT NULL", day),
    )
    gone = dict.fromkeys(TABLES, 0)
    for table, condition, values in statements:
        gone[table] = session.execute(f"DELETE FROM {table} WHERE {condition}", values).rowcount  # noqa: S608
    return gone
