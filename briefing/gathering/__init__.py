"""What is new at the places of a plan: fetched with conditions, read, and kept under the day it was read for.

Each feed costs itself and no other: one that is down, broken or slow is named, and what the others brought is kept
one after the other, so that a run that was killed goes on where it stopped. Decides nothing about what matters.
"""

from briefing.gathering.asking import KnownPages
from briefing.gathering.gather import gather
from briefing.gathering.recheck import recheck
from briefing.gathering.values import Gathered, Pace, Rechecked, Remembers

__all__ = ["Gathered", "KnownPages", "Pace", "Rechecked", "Remembers", "gather", "recheck"]
