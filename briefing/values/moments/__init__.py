"""Read dates, weekdays and clock times as values with spans.

A `Moment` keeps what the words say and no more: a day, an interval of days, a weekday, a month without its
year, a clock time. What is relative is resolved only against an anchor that the caller gives (usually the day
an article was published). Nothing is guessed: 2/3/2022 has two readings and keeps both.

Pure. Offsets are code points into the text as given. Times are kept as written on the clock, without a zone.
"""

from briefing.values.moments.comparing import compatible
from briefing.values.moments.model import Moment
from briefing.values.moments.reading import read_moments

__all__ = ["Moment", "compatible", "read_moments"]
