"""Claims: drafted from the sources' own sentences, or by a model that cites them."""

from briefing.calls import Calls
from briefing.claims.arranged import arrange
from briefing.claims.drafted import Admit, draft_with_model, planned_requests
from briefing.claims.extractive import draft_extractive
from briefing.claims.repaired import repair
from briefing.claims.revised import Check, Revised

__all__ = [
    "Admit",
    "Calls",
    "Check",
    "Revised",
    "arrange",
    "draft_extractive",
    "draft_with_model",
    "planned_requests",
    "repair",
]
