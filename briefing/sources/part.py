"""One article of a file that holds several."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.errors import SourceError


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The bytes of one article of several, or why it is none."""

    number: int
    """Counted from 1 in the order of the file."""
    data: bytes = field(repr=False)
    media_type: str = "application/json"
    error: SourceError | None = None
    """Why it is no article; then `data` is empty."""
    page: str | None = None
    """Where the article's page stands, when all that this says of it is a summary."""
    when: float | None = None
    """When an item of a feed was published, in seconds, where it says so."""
