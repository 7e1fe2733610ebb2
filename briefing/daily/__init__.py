"""One morning's run: what is new is read, sorted into stories, briefed, written, remembered and sent.

The brief of a day is a function of the articles of that day, the editions of the days before, and the plan. So a run
that was killed is simply run again, a second run of a day tells the day anew with what has come since, and a past day
can be replayed from the memory.
"""

from briefing.daily.drafting import Drafting
from briefing.daily.outcome import Outcome
from briefing.daily.running import Setting, replay, run
from briefing.daily.sending import Channel, Sent

__all__ = ["Channel", "Drafting", "Outcome", "Sent", "Setting", "replay", "run"]
