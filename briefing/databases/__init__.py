"""Databases that hold what the program keeps: opened with care, written in whole transactions, locked by processes.

Knows no table, and raises nothing of `sqlite3` or `psycopg`.
"""

from briefing.databases.addresses import address_of, is_address, printable
from briefing.databases.kinds import Kind
from briefing.databases.migrations import Step, migrate
from briefing.databases.places import Places
from briefing.databases.presence import Presence
from briefing.databases.sessions import Backend, Session
from briefing.databases.sqlite import Database, failure, is_there, make_file, opened
from briefing.databases.values import as_json

__all__ = [
    "Backend",
    "Database",
    "Kind",
    "Places",
    "Presence",
    "Session",
    "Step",
    "address_of",
    "as_json",
    "failure",
    "is_address",
    "is_there",
    "make_file",
    "migrate",
    "opened",
    "printable",
]
