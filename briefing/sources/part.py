"""One article of a file that holds several."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from briefing.errors import SourceError


def sha256(data: bytes) -> str:
    """Return the digest, tagged with its algorithm.

    >>> sha256(b"")[:20]
    'sha256:e3b0c44298fc1'
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()


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
    key: str | None = None
    """What its file or feed tells it from others by, as written."""
    address: str | None = None
    """Where it says that it stands on the web."""
    said: str | None = None
    """`sha256:…` of what an item of a feed says itself, whatever its feed says beside it; None where that is `data`."""

    @property
    def fingerprint(self) -> str:
        """Changes when it does."""
        return self.said or sha256(self.data)
