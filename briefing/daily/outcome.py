"""What a run of a day did, and how it stands. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefing.daily.sending import Sent
from briefing.days import Edition
from briefing.gathering import Gathered
from briefing.types import Assessment, Usage, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a run did."""

    edition: Edition
    folder: Path
    gathered: Gathered | None
    made: bool
    """Whether the day was told anew; else nothing had changed since the last run of the day."""
    finished: tuple[date, ...] = ()
    """Days that an earlier run had read and not told."""
    failures: tuple[str, ...] = ()
    """Stories that the model failed at; they were drafted without it."""
    usage: Usage = field(default_factory=Usage)
    """What the model was asked and paid for the briefs."""
    sent: tuple[Sent, ...] = ()

    @property
    def read_nothing(self) -> bool:
        """Whether no place of the plan gave anything."""
        found = self.gathered
        return found is not None and bool(found.unread) and not (found.new or found.changed or found.known)

    @property
    def holds(self) -> bool:
        """Whether everything that the edition tells is supported by its sources and undisputed among them."""
        stories = self.edition.stories
        claims = [claim.checked for story in stories for claim in story.claims]
        disputes = [dispute for story in stories for dispute in story.disputes]
        return all(claim.verdict is Verdict.SUPPORTED for claim in claims) and all(
            dispute.assessment is Assessment.SUPERSEDED for dispute in disputes
        )

    @property
    def figures(self) -> dict[str, int | float | str | None]:
        """What is remembered of the run."""
        found, stories = self.gathered or Gathered(), self.edition.stories
        return {
            "new": found.new,
            "changed": found.changed,
            "known": found.known,
            "unread": len(found.unread),
            "stories": sum(bool(story.folder) for story in stories),
            "quiet": sum(not story.folder for story in stories),
            "made": int(self.made),
            "calls": self.usage.calls,
            "tokens": self.usage.prompt_tokens + self.usage.completion_tokens,
            "cost_usd": self.usage.cost_usd if self.usage.calls else 0.0,
            "failures": len(self.failures),
            "sent": sum(sent.ok for sent in self.sent),
            "not_sent": sum(not sent.ok for sent in self.sent),
        }
