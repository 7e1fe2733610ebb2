"""Print a briefing: Markdown by a template, `briefing.json` by its schema; and what a day of them opens with.

Templates compute nothing: this package turns the `Briefing` into short, already numbered values. Whatever came
from a source is hostile here, and goes through `escape_markdown` or the JSON encoder on its way out.
"""

from briefing.render.edition import FEED_EDITIONS, Digest, digest, feed, index
from briefing.render.escaping import escape_markdown, show_controls
from briefing.render.files import briefing_files, edition_files
from briefing.render.manifest import (
    claim_values,
    dispute_values,
    manifest,
    manifest_values,
    source_values,
    to_json,
    utc,
)
from briefing.render.markdown import markdown
from briefing.render.review import review_page
from briefing.render.words import MOST_VALUES, display_name, name_of, plural

__all__ = [
    "FEED_EDITIONS",
    "MOST_VALUES",
    "Digest",
    "briefing_files",
    "claim_values",
    "digest",
    "display_name",
    "dispute_values",
    "edition_files",
    "escape_markdown",
    "feed",
    "index",
    "manifest",
    "manifest_values",
    "markdown",
    "name_of",
    "plural",
    "review_page",
    "show_controls",
    "source_values",
    "to_json",
    "utc",
]
