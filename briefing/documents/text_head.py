"""The head of a text, from the lines around its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.documents.authors import read_author
from briefing.documents.head import Head
from briefing.documents.headlines import read_title
from briefing.documents.issued import read_times
from briefing.documents.lines import Lines
from briefing.documents.publishers import read_publisher
from briefing.documents.shapes import Shape
from briefing.types import Role


def read_head(text: str, shapes: Sequence[Shape], roles: Sequence[Role]) -> Head:
    """Read the head of a text whose pieces already have their roles; places are ranges of `text`."""
    lines = Lines(shapes, roles)
    title, outlet = read_title(lines)
    return replace(
        read_times(text, lines), title=title, publisher=outlet or read_publisher(lines), author=read_author(lines)
    )
