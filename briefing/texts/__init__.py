"""Texts that somebody else wrote: their claims in order, and the sources that each cites.

Plain text, Markdown, a chat answer, or another tool's JSON. Nothing in them is altered: every claim keeps its place,
and the place of each of its characters.
"""

from briefing.texts.pieces import Piece, Pointer
from briefing.texts.reading import read_statements
from briefing.texts.resolving import Shelf
from briefing.texts.shapes import read_pieces
from briefing.texts.statements import Citation, Kind, Stated

__all__ = ["Citation", "Kind", "Piece", "Pointer", "Shelf", "Stated", "read_pieces", "read_statements"]
