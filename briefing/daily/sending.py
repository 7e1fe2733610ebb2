"""What goes out: each edition once to each place, noted before it goes and after.

A run that is killed between the two leaves it open whether the brief arrived; the next run sends it again under the
same number, by which the receiver may know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.days import Edition
from briefing.delivery import Outcome as Delivered
from briefing.memory import Memory, Sending

_AGAIN = timedelta(days=3)
"""How long an edition that could not be sent is tried again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What came of sending one edition to one place."""

    day: date
    channel: str
    ok: bool
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """A place that editions go to."""

    name: str
    """`mail` or `webhook`."""
    send: Callable[[Edition, Sequence[Edition]], Delivered]
    """Sends an edition, given those before it. Raises nothing."""


def send_due(memory: Memory, channels: Sequence[Channel], day: date) -> Iterator[Sent]:
    """Send what has something to tell and has not been sent: the edition of the day, and those left of days before."""
    editions = memory.editions(since=day - _AGAIN, before=day + timedelta(days=1))
    for edition in editions:
        if edition.stories:
            earlier = memory.editions(since=edition.day - timedelta(days=31), before=edition.day)
            yield from (sent for channel in channels if (sent := _send(memory, channel, edition, earlier)))


def _send(memory: Memory, channel: Channel, edition: Edition, earlier: Sequence[Edition]) -> Sent | None:
    if not memory.begin_delivery(edition.day, channel.name):
        return None
    came = channel.send(edition, earlier)
    state = Sending.DONE if came.sent else Sending.FAILED
    memory.end_delivery(edition.day, channel.name, state=state, detail=came.detail)
    return Sent(day=edition.day, channel=channel.name, ok=came.sent, detail=came.detail)
