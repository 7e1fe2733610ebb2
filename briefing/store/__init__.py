"""Every call of every run, kept in one SQLite file before it is used: caching, resuming, and who paid for what."""

from briefing.store.answers import Question
from briefing.store.decisions import DecisionLog, Taken
from briefing.store.records import CallRecord, Outcome, RunRecord, Status
from briefing.store.store import Store, is_there, open_store
from briefing.store.stored_model import StoredModel

__all__ = [
    "CallRecord",
    "DecisionLog",
    "Outcome",
    "Question",
    "RunRecord",
    "Status",
    "Store",
    "StoredModel",
    "Taken",
    "is_there",
    "open_store",
]
