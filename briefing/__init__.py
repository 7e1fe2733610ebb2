"""Sourced briefings: many articles about one event in, one Markdown briefing out, every claim checked."""

__version__ = "0.1.0"
