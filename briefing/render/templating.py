"""The two ways templates are filled: Markdown through a filter of ours, HTML by Jinja's own escaping."""

from __future__ import annotations

from functools import cache

import jinja2

from briefing.render.escaping import escape_markdown, show_controls
from briefing.render.words import plural, quoted
from briefing.resources import folder


@cache
def markdown_templates() -> jinja2.Environment:
    """Return the templates of Markdown: every value that comes from a source passes their filter `md`."""
    # Autoescape is for HTML and would do nothing for Markdown.
    environment = _templates(escaped=False)
    environment.filters["md"] = escape_markdown
    environment.filters["quoted"] = quoted
    return environment


@cache
def html_templates() -> jinja2.Environment:
    """Return the templates of HTML: every value is escaped, and `shown` makes control characters visible."""
    environment = _templates(escaped=True)
    environment.filters["shown"] = lambda text: show_controls(" ".join(text.split()))
    return environment


def _templates(*, escaped: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates"), encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        autoescape=escaped,  # noqa: S701 - see the two above
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["n"] = plural
    return environment
