"""Draft claims for every story: from the sources' own sentences, or by a model that cites them."""

from briefing.claims.drafted import draft_with_model
from briefing.claims.extractive import draft_extractive

__all__ = ["draft_extractive", "draft_with_model"]
