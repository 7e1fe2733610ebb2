"""How the tables of the memory came to be, for every database. A step is never edited after a release.

Written for SQLite; `databases.postgres` says the types in its own words. What indexes are made of is small, whatever
feeds call their items: digests stand for keys and addresses, and the rest is in the record of a row.
"""

from __future__ import annotations

from briefing.databases import Kind, Session, Step

#: The number is "brme" in ASCII. 20,000 articles of 4.4 kB took 105 MB in pages of 4 KiB, 81 MB in these.
MEMORY = Kind(
    noun="memory",
    elsewhere="name another one in `memory` of briefing.toml",
    application=0x62726D65,
    page_bytes=16_384,
)


def first_tables(session: Session) -> None:
    """What was read, what was told, what was sent, and who did it."""
    for statement in (
        # The latest version of everything that was ever looked at, so that nothing is taken for new twice.
        "CREATE TABLE items (key BLOB PRIMARY KEY, fingerprint BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE texts (sha256 BLOB PRIMARY KEY, packed BLOB NOT NULL, size INTEGER NOT NULL)",
        "CREATE TABLE bodies (sha256 BLOB PRIMARY KEY, media_type BLOB NOT NULL, packed BLOB NOT NULL)",
        """CREATE TABLE articles (
            number INTEGER PRIMARY KEY,
            key BLOB NOT NULL,
            day TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            arrived TEXT NOT NULL,
            text BLOB NOT NULL REFERENCES texts,
            body BLOB NOT NULL,
            record BLOB NOT NULL,
            digest BLOB NOT NULL,
            UNIQUE (key, day, fingerprint)
        )""",
        "CREATE INDEX articles_of_days ON articles (day)",
        "CREATE INDEX articles_of_texts ON articles (text)",
        "CREATE INDEX articles_of_bodies ON articles (body)",
        "CREATE TABLE editions (day TEXT PRIMARY KEY, record BLOB NOT NULL, digest BLOB NOT NULL)",
        """CREATE TABLE rests (
            key BLOB NOT NULL,
            fingerprint BLOB NOT NULL,
            day TEXT NOT NULL REFERENCES editions,
            PRIMARY KEY (key, fingerprint, day)
        ) WITHOUT ROWID""",
        "CREATE TABLE validators (address BLOB PRIMARY KEY, fetched TEXT NOT NULL, record TEXT NOT NULL)",
        """CREATE TABLE deliveries (
            day TEXT NOT NULL,
            channel TEXT NOT NULL,
            state TEXT NOT NULL,
            at TEXT NOT NULL,
            tries INTEGER NOT NULL,
            detail TEXT NOT NULL,
            PRIMARY KEY (day, channel)
        )""",
        """CREATE TABLE runs (
            number INTEGER PRIMARY KEY,
            day TEXT NOT NULL,
            started TEXT NOT NULL,
            finished TEXT,
            status TEXT NOT NULL,
            settings TEXT NOT NULL,
            figures TEXT NOT NULL
        )""",
        """CREATE TABLE holders (
            place INTEGER PRIMARY KEY,
            pid INTEGER NOT NULL,
            host TEXT NOT NULL,
            since TEXT NOT NULL
        )""",
    ):
        session.execute(statement)


def bodies_beside_texts(session: Session) -> None:
    """A body is packed with the text that was read from it at hand: a fifth of its bytes are left."""
    session.execute("ALTER TABLE bodies ADD COLUMN text BLOB REFERENCES texts")
    session.execute("CREATE INDEX bodies_of_texts ON bodies (text)")


STEPS: tuple[Step, ...] = (first_tables, bodies_beside_texts)
