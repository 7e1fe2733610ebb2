"""What daily briefs remember: what was read, what was told, what was sent; in SQLite or PostgreSQL."""

from briefing.memory.memory import Memory
from briefing.memory.opening import open_memory
from briefing.memory.records import TABLES, Counts, DailyRun, Delivery, Holder, RunState, Sending

__all__ = [
    "TABLES",
    "Counts",
    "DailyRun",
    "Delivery",
    "Holder",
    "Memory",
    "RunState",
    "Sending",
    "open_memory",
]
