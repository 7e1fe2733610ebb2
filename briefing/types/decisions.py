"""What reviewers decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """What a reviewer does about a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    COMMENT = "comment"
    CLEAR = "clear"
    """Withdraw whatever was decided and said before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What reviewers decided about a claim, everything that they did about it taken together."""

    action: Action
    """`accept`, `reject` or `edit`; `comment` when nothing but a comment was made."""
    who: str
    when: datetime
    """In UTC, to the millisecond."""
    text: str | None = None
    """The claim in the reviewer's words, for an edit."""
    comment: str | None = None
    was: str | None = None
    """What the claim said before the edit, in a published briefing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StaleDecision:
    """A decision that is applied to nothing, because what it was made about is not there any more."""

    claim: str
    """The id of the claim that stands in its place."""
    decision: Decision
    because: str
    """Which half of what was decided about is another now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """Who went over the claims before publishing, and what became of them."""

    by: tuple[str, ...]
    """Who signed it off; if nobody did, whoever decided on a claim of it."""
    on: datetime
    signed_off: bool
    accepted: int
    edited: int
    rejected: int
    undecided: int
    stale: tuple[StaleDecision, ...] = ()
