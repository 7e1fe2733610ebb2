"""What kind of thing some bytes are, found from the content first, then from the name."""

from __future__ import annotations

import codecs
import json
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
    ".mhtml": "multipart/related",
    ".mht": "multipart/related",
    ".eml": "message/rfc822",
    ".mbox": "application/mbox",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".rdf": "application/rdf+xml",
}
FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
#: Kinds that hold articles, each of which becomes a source of its own.
CONTAINERS = frozenset({"application/json", "application/jsonl", "application/mbox", "application/xml", *FEEDS})
#: What servers say of a kind that its content does not show. They say `text/plain` of anything.
_DECLARED = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/markdown": "text/markdown",
    "application/json": "application/json",
    "application/feed+json": "application/json",
    "application/ld+json": "application/json",
    "application/jsonl": "application/jsonl",
    "application/x-ndjson": "application/jsonl",
    "application/ndjson": "application/jsonl",
    "application/x-jsonlines": "application/jsonl",
}
# Kinds that only their content shows: a name alone makes nothing else a mail or an office document.
_SHOWN_BY_CONTENT = frozenset({"message/rfc822", "multipart/related", "application/mbox", SUFFIXES[".docx"]})
_SNIFFED_BYTES = 4_096
_PROLOG = r"\A\ufeff?\s*(?>(?:(?:<\?[^>]*\?>|<!--.*?-->)\s*)*)"
# An article may quote a tag; a page opens with one.
_HTML = re.compile(rf"{_PROLOG}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML = re.compile(
    rf"{_PROLOG}(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:[\w.-]+:)?(\w+)", re.I | re.S
)
_ROOTS = {"rss": "application/rss+xml", "feed": "application/atom+xml", "rdf": "application/rdf+xml"}
_XML_START = re.compile(r"\A\ufeff?\s*<(?:\?xml|!DOCTYPE|(?:[\w.-]+:)?(?:rss|feed|rdf)\b)", re.I)
# '{"' and a key: prose may open with a bracket.
_JSON = re.compile(r'\A\ufeff?\s*\[?\s*\{\s*"(?:[^"\\\n]|\\.){0,200}"\s*:')
_HEADER = re.compile(r"\A(?:>?From [^\n]*\n)?(?:[A-Za-z][\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.A)
_MAIL_FIELDS = re.compile(
    r"^(?:Received|Message-ID|MIME-Version|Return-Path|DKIM-Signature|Delivered-To):", re.I | re.M
)
_LETTER_FIELDS = re.compile(r"^(?:From|To|Subject|Date):", re.I | re.M)
_RELATED = re.compile(r"^Content-Type:\s*multipart/related\b", re.I | re.M)
_MBOX = re.compile(r"\AFrom \S+ +\S[^\n]* \d{4}\r?\n[A-Za-z][\w-]+:", re.A)
_LINES_TRIED = 8
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def media_type(data: bytes, name: str, declared: str = "") -> str:
    """Find the kind of text from the content first, then from what a server declares, then from the name.

    >>> media_type(b"<!DOCTYPE html><html>", "saved.txt")
    'text/html'
    >>> media_type(b"# Notes", "notes.md")
    'text/markdown'
    >>> media_type(b"<p>News", "a.txt", "text/html; charset=utf-8")
    'text/html'
    >>> media_type(b'{"title": "Bridge closed"}', "download")
    'application/json'
    """
    named = SUFFIXES.get(Path(name).suffix.lower(), "text/plain")
    shown = _packed(data) or _marked_up(head := _head(data)) or _json(data, head, named) or _mail(head, named)
    if shown:
        return shown
    return _DECLARED.get(declared.partition(";")[0].strip().lower()) or (
        "text/plain" if named in _SHOWN_BY_CONTENT else named
    )


def _head(data: bytes) -> str:
    """Return the first characters; which letters those beyond ASCII are does not matter here."""
    start = data[:_SNIFFED_BYTES]
    codec = next((codec for mark, codec in _MARKS if start.startswith(mark)), "latin-1")
    return start.decode(codec, "replace")


def _packed(data: bytes) -> str | None:
    if data.startswith(_GZIP):
        # Whatever its name, it is read as text, which says what it is instead.
        return "text/plain"
    # Readers of PDF look for its mark in the first kilobyte.
    if b"%PDF-" in data[:1_024]:
        return "application/pdf"
    encrypted = data.startswith(_OLD_OFFICE) and _ENCRYPTED_OFFICE in data
    return SUFFIXES[".docx"] if encrypted or (data.startswith(_ZIP) and b"word/document" in data) else None


def _marked_up(head: str) -> str | None:
    if _HTML.match(head):
        return "text/html"
    root = _XML.match(head) if _XML_START.match(head) else None
    if root:
        return _ROOTS.get(root[1].lower(), "application/xml")
    return "application/xml" if _XML_START.match(head) else None


def _json(data: bytes, head: str, named: str) -> str | None:
    if not _JSON.match(head) and named != "application/jsonl":
        return None
    lines = _first_lines(data)
    if len(lines) > 1 and _is_object(lines[0]):
        return "application/jsonl"
    whole = _JSON.match(head) and not any(_is_object(line) for line in lines)
    return named if named == "application/jsonl" and not whole else "application/json"


def _first_lines(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    at = 0
    while at < len(data) and len(found) < _LINES_TRIED:
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        line = data[at:end].strip(b"\xef\xbb\xbf\xff\xfe \t\r\0")
        found += [line] if line else []
        at = end + 1
    return found


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.replace(b"\0", b"").decode("utf-8", "replace"), strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _mail(head: str, named: str) -> str | None:
    if _MBOX.match(head):
        return "application/mbox"
    fields = _HEADER.match(head.replace("\r\n", "\n"))
    if not fields:
        return None
    letters = len(_LETTER_FIELDS.findall(fields[0]))
    is_named = named in ("message/rfc822", "multipart/related")
    if not (is_named or (letters and _MAIL_FIELDS.search(fields[0]))):
        return None
    return "multipart/related" if _RELATED.search(fields[0]) else "message/rfc822"


def suffix(kind: str) -> str:
    """Return the ending of a file's name by which its kind is found again.

    >>> suffix("text/html"), suffix("application/x-unheard-of")
    ('.html', '.bin')
    """
    return next((ending for ending, known in SUFFIXES.items() if known == kind), ".bin")
