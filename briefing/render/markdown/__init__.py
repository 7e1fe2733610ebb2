"""A briefing as Markdown with footnotes."""

from briefing.render.markdown.page import markdown

__all__ = ["markdown"]
