"""What other programs read: evidence as W3C Web Annotations or as links, claims as a table (CSV)."""

from briefing.interchange.collection import annotated
from briefing.interchange.links import links
from briefing.interchange.table import guarded, table, unguarded

__all__ = ["annotated", "guarded", "links", "table", "unguarded"]
