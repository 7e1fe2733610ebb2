"""How the tables of the store came to be. A step is never edited after a release; a change is a new step at the end."""

from __future__ import annotations

import secrets
import sqlite3

from briefing.databases import Kind, Step

#: The number is "brie" in ASCII.
STORE = Kind(noun="store", elsewhere="name another file with --store", application=0x62726965)


def first_tables(connection: sqlite3.Connection) -> None:
    """Runs, the questions they asked, the calls they made, what servers can do, and one secret per store."""
    for statement in (
        """CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            started TEXT NOT NULL,
            finished TEXT,
            status TEXT NOT NULL,
            settings TEXT NOT NULL,
            error TEXT
        )""",
        """CREATE TABLE questions (
            key TEXT PRIMARY KEY,
            server TEXT NOT NULL,
            model TEXT NOT NULL,
            request TEXT NOT NULL
        )""",
        """CREATE TABLE calls (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs,
            key TEXT NOT NULL REFERENCES questions,
            asked TEXT NOT NULL,
            answered TEXT,
            outcome TEXT NOT NULL,
            answer TEXT,
            answer_sha256 TEXT,
            usage TEXT,
            error TEXT
        )""",
        "CREATE INDEX answers ON calls (key, id) WHERE answer IS NOT NULL",
        "CREATE INDEX calls_of_runs ON calls (run, id)",
        """CREATE TABLE capabilities (
            server TEXT NOT NULL,
            model TEXT NOT NULL,
            found TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (server, model)
        )""",
        "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    ):
        connection.execute(statement)
    connection.execute("INSERT INTO secrets VALUES ('marker', ?)", (secrets.token_bytes(32),))


def fetched_pages(connection: sqlite3.Connection) -> None:
    """Answers of web servers, with what to ask by whether they have changed since."""
    connection.execute(
        """CREATE TABLE pages (
            address TEXT PRIMARY KEY,
            etag TEXT NOT NULL,
            last_modified TEXT NOT NULL,
            content_type TEXT NOT NULL,
            body BLOB NOT NULL,
            sha256 TEXT NOT NULL,
            fetched TEXT NOT NULL
        )"""
    )


def review_decisions(connection: sqlite3.Connection) -> None:
    """What reviewers did about claims: rows that are never changed nor deleted."""
    for statement in (
        """CREATE TABLE decisions (
            id TEXT PRIMARY KEY,
            claim_key TEXT NOT NULL,
            evidence_key TEXT NOT NULL,
            action TEXT NOT NULL,
            text TEXT,
            comment TEXT,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            claim TEXT NOT NULL,
            salt TEXT NOT NULL
        )""",
        "CREATE INDEX decisions_of_subjects ON decisions (claim_key, evidence_key, at)",
        "CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT raise(ABORT, 'decisions are kept'); END",
        "CREATE TRIGGER decisions_last BEFORE DELETE ON decisions BEGIN SELECT raise(ABORT, 'decisions are kept'); END",
    ):
        connection.execute(statement)


MIGRATIONS: tuple[Step, ...] = (first_tables, fetched_pages, review_decisions)
