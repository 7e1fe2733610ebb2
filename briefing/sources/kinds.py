"""What kind of thing some bytes are, found from the content first, then from the name."""

from __future__ import annotations

import re
from pathlib import Path

#: Endings of the files that a folder gives, and what they hold when their content does not say.
SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
}
#: What servers say of a kind that its content does not show. They say `text/plain` of anything.
_DECLARED = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/markdown": "text/markdown"}
# An article may quote a tag; a page opens with one.
_HTML_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SNIFFED_BYTES = 4_096


def media_type(data: bytes, name: str, declared: str = "") -> str:
    """Find the kind of text from the content first, then from what a server declares, then from the name.

    >>> media_type(b"<!DOCTYPE html><html>", "saved.txt")
    'text/html'
    >>> media_type(b"# Notes", "notes.md")
    'text/markdown'
    >>> media_type(b"<p>News", "a.txt", "text/html; charset=utf-8")
    'text/html'
    """
    if _HTML_START.match(data[:_SNIFFED_BYTES]):
        return "text/html"
    # Readers of PDF look for its mark in the first kilobyte.
    if b"%PDF-" in data[:1_024]:
        return "application/pdf"
    return _DECLARED.get(declared.partition(";")[0].strip().lower()) or SUFFIXES.get(
        Path(name).suffix.lower(), "text/plain"
    )


def suffix(kind: str) -> str:
    """Return the ending of a file's name by which its kind is found again.

    >>> suffix("text/html"), suffix("application/x-unheard-of")
    ('.html', '.bin')
    """
    return next((ending for ending, known in SUFFIXES.items() if known == kind), ".bin")
