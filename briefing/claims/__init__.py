"""Claims: drafted from the sources' own sentences, drafted by a model that cites them, or stated in a given text."""

from briefing.claims.drafted import draft_with_model
from briefing.claims.extractive import draft_extractive
from briefing.claims.stated import Stated, stated_claims

__all__ = ["Stated", "draft_extractive", "draft_with_model", "stated_claims"]
