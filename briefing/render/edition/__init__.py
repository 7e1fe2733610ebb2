"""A day's brief for its readers: an index, a digest for mail, terminal and programs, and a feed."""

from briefing.render.edition.digest import Digest, digest
from briefing.render.edition.feed import FEED_EDITIONS, feed
from briefing.render.edition.index import index

__all__ = ["FEED_EDITIONS", "Digest", "digest", "feed", "index"]
