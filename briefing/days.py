"""The values of daily briefs: what was read on which day, and what was told. Frozen, without I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from briefing.types import CheckedClaim, ClaimStanding, Dispute, Document, News, Unread

# What was read
# -------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One version of one article, as it was read on one day."""

    key: str
    """What it is known by from day to day: the address of its page, what its feed calls it, or its path."""
    fingerprint: str
    """Changes when it does: `sha256:…` of the item of the feed, of the page, or of the file."""
    day: date
    """The day of the brief that it was read for."""
    arrived: datetime
    """In UTC."""
    place: str
    """Which feed, page or folder of the plan it came from, as the plan writes it."""
    document: Document
    """With `S0` for its id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Validator:
    """What to ask a server by whether something has changed since."""

    address: str
    etag: str
    last_modified: str
    content_type: str
    sha256: str
    """Of the body that came with it."""
    fetched: datetime


# What was told
# -------------


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldClaim:
    """A claim that a brief published. Source ids are those of that brief."""

    checked: CheckedClaim
    standing: ClaimStanding


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldStory:
    """One story of one day's brief."""

    thread: str
    """The story over days: `2031-03-04/2` for the second new story of that day."""
    rank: int
    """Counted from 1, in the order of the brief."""
    folder: str
    """Below the day's: `01-ferry-runs-aground`. Empty for one that had nothing new and is one line of the index."""
    title: str
    sources: tuple[tuple[str, str, str], ...]
    """(source id, key, fingerprint) of each article that the brief rests on, earlier ones included."""
    claims: tuple[ToldClaim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    terms: Mapping[str, float] = field(default_factory=dict)
    """What it is about, as a unit vector of weighted terms."""
    news: News | None = None
    names: tuple[tuple[str, str], ...] = ()
    """(source id, what a reader knows it by) of its sources: `S1`, `Sorvane Herald`."""
    origins: int = 0
    """How many origins its sources have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """The brief of one day, as it was published."""

    day: date
    as_of: datetime
    title: str
    stories: tuple[ToldStory, ...]
    others: tuple[str, ...] = ()
    """Titles of the stories that were not briefed, in the order of their rank."""
    read: int = 0
    """Articles of the day."""
    passed_over: tuple[tuple[str, int], ...] = ()
    """(reason, how many) of articles that were read and left out: too old, another language, on no topic."""
    unread: tuple[Unread, ...] = ()
    made_with: str = ""
    """A digest of everything else that it depends on: the plan, the version, the model."""
