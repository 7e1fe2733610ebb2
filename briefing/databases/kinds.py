"""What a database is to its user: errors speak of the store of calls or of the memory, and of the setting of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """How errors call a database, and what marks it as ours."""

    noun: str
    """Such as `store`."""
    elsewhere: str
    """What to do when it cannot be where it is said to be."""
    application: int
    """The `application_id` of its SQLite files, so that no other program's file is ever altered."""
    page_bytes: int = 4096
    """Of its SQLite files. Rows of a few kilobytes fit badly into small pages."""
