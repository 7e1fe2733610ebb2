"""Find events that the sources of one story date differently.

Pure. What is compared is the words that a date belongs to, and only where two sources share most of what is rare in
them, so that many differences are missed and few invented. Two ways to write one date are one value.
"""

from briefing.crosschecks.dates.disputes import VouchedDates, date_disputes

__all__ = ["VouchedDates", "date_disputes"]
