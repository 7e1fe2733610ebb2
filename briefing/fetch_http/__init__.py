"""Pages of the web, fetched with care: for the reader's machine, for the host's, and for what is kept as evidence.

Goes to public hosts alone unless told otherwise, at every hop and whatever a name resolves to; heeds robots.txt; is
bounded in time, bytes, redirects and kinds; parses nothing. What is kept from run to run goes through `Pages`.
"""

from briefing.fetch_http.fetcher import HTTPFetcher
from briefing.fetch_http.network import Network
from briefing.fetch_http.patience import Patience

__all__ = ["HTTPFetcher", "Network", "Patience"]
