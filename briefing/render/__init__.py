"""Print a briefing: Markdown by a template, `briefing.json` by its schema.

Templates compute nothing: this package turns the `Briefing` into short, already numbered values. Whatever came
from a source is hostile here, and goes through `escape_markdown` or the JSON encoder on its way out.
"""

from briefing.render.escaping import escape_markdown, show_controls
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
from briefing.render.words import MOST_VALUES, name_of, plural

__all__ = [
    "MOST_VALUES",
    "claim_values",
    "dispute_values",
    "escape_markdown",
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
