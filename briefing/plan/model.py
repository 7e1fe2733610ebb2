"""The values of a plan: where to look, what matters, how much of it, where it goes. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """Something the reader cares about. An article is on it when its text holds any of the keywords, all of `must`
    and none of `must_not`; all are whole words or phrases, and case does not matter."""

    name: str
    keywords: tuple[str, ...]
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    weight: float = 1.0
    """How much a story on it gains against one on no topic; 0 to 10."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """Where the digest of a day goes by e-mail. The password is in the environment, `BRIEFING_SMTP_PASSWORD`."""

    host: str
    port: int
    security: str
    """`starttls`, `tls` or `none`."""
    sender: str
    recipients: tuple[str, ...]
    user: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Webhook:
    """Where the digest of a day is posted as JSON. A shared secret to sign it with is in the environment,
    `BRIEFING_WEBHOOK_SECRET`."""

    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """One `briefing.toml`, its daily part. Relative paths are already made absolute, from the file's folder."""

    path: Path
    """The file it was read from."""
    title: str = "Daily briefing"
    feeds: tuple[str, ...] = ()
    """Addresses, or paths of saved feeds."""
    pages: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    """Folders and single files, e-mails (`.eml`, `.mbox`) among them."""
    topics: tuple[Topic, ...] = ()
    only_topics: bool = False
    """Whether stories on no topic are left out."""
    languages: tuple[str, ...] = ()
    """ISO 639-1; empty is any. An article whose language is not known is always taken."""
    stories: int = 10
    """How many are briefed; the others are named."""
    claims: int = 8
    """Claims per story."""
    max_age: timedelta = timedelta(days=3)
    """Articles published longer before the run are taken note of and not briefed."""
    follow: timedelta = timedelta(days=14)
    """How long after it was last told a story can go on."""
    output: Path = field(default_factory=lambda: Path("briefs"))
    memory: str = "briefing-memory.sqlite3"
    """A path, or `postgresql://…`."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    cutoff: time = time(0)
    """The hour at which a day begins: what is read before it is still the day before."""
    site: str | None = None
    """Where the output folder is served, for links in the feed, the mail and the webhook."""
    mail: Mail | None = None
    webhook: Webhook | None = None

    def day_of(self, moment: datetime) -> date:
        """Return the day a moment belongs to, by the plan's zone and cut-off.

        >>> Plan(path=Path("p"), cutoff=time(5)).day_of(datetime(2031, 3, 6, 4, 59, tzinfo=UTC))
        datetime.date(2031, 3, 5)
        """
        local = moment.astimezone(self.zone).date()
        # As a moment: an hour that clocks go through twice would begin the day, end it and begin it again.
        begins = datetime.combine(local, self.cutoff, tzinfo=self.zone).astimezone(UTC)
        return local if moment >= begins else local - timedelta(days=1)
