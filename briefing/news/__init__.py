"""Stories over days: which thread a story goes on with, what was told already, and what is new. Pure.

Worked out from stored claims and spans, never from yesterday's prose, without a model, a network or a database.
"""

from briefing.news.carrying import Before, Today, Told, ToldDispute, Version, carry
from briefing.news.outliving import outlived
from briefing.news.reporting import news
from briefing.news.telling import ToldPolicy, untold
from briefing.news.threads import link, terms_of

__all__ = [
    "Before",
    "Today",
    "Told",
    "ToldDispute",
    "ToldPolicy",
    "Version",
    "carry",
    "link",
    "news",
    "outlived",
    "terms_of",
    "untold",
]
