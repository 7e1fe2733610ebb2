"""The kind of a source comes from its content, then from what a server says, then from its name."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.documents import read_document
from briefing.errors import SourceError
from briefing.sources import media_type, sha256, suffix
from briefing.sources.kinds import SUFFIXES
from briefing.types import Source

DOCX = SUFFIXES[".docx"]


def office_document(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "<x/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', "a.txt", "application/rss+xml"),
        (b'<?xml version="1.0"?><!-- x --><feed xmlns="http://www.w3.org/2005/Atom"/>', "a", "application/atom+xml"),
        (b'<rdf:RDF xmlns:rdf="x">', "feed.xml", "application/rdf+xml"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', "a.xml", "text/html"),
        (b"<!DOCTYPE html><p>Not the feed you want", "feed.rss", "text/html"),
        (b'<?xml version="1.0"?><svg/>', "a.txt", "application/xml"),
        (b'\xef\xbb\xbf{"title": "T"}', "a.txt", "application/json"),
        (b'[\n {"title": "T"}]', "download", "application/json"),
        (b'{"title": "T"}\n{"title": "U"}\n', "download", "application/jsonl"),
        (b'{\n "title": "T",\n "text": "U"\n}', "a.jsonl", "application/json"),
        (b'{broken\n{"title": "T"}\n', "a.jsonl", "application/jsonl"),
        ('{"title": "T"}'.encode("utf-16"), "a.json", "application/json"),
        (b'[Updated] "We left," she said.', "a.txt", "text/plain"),
        (b"{% if x %}", "a.txt", "text/plain"),
        (b"Received: by x\r\nFrom: A <a@x>\r\nSubject: S\r\n\r\nText", "a.txt", "message/rfc822"),
        (b"From: Ann\nTo: Bob\n\nA letter in an article.", "a.txt", "text/plain"),
        (b"From: Ann <a@x>\nSubject: S\n\nText", "a.eml", "message/rfc822"),
        (b"The bridge was closed.\n", "a.eml", "text/plain"),
        (
            b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tb\r\n\r\n",
            "a",
            "multipart/related",
        ),
        (b"From a@x Tue Mar  5 10:00:00 2024\nFrom: A <a@x>\n\nText", "old", "application/mbox"),
        (b"%PDF-1.7\n", "a.txt", "application/pdf"),
        (office_document("word/document.xml"), "a.bin", DOCX),
        (office_document("xl/workbook.xml"), "a.docx", "text/plain"),
    ],
)
def test_content_comes_before_the_name(data: bytes, name: str, kind: str) -> None:
    assert media_type(data, name) == kind


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.html", "a.xml", "a.jsonl", "feed.rss", "a.eml"])
def test_a_packed_file_is_refused_by_name(name: str) -> None:
    data = gzip.compress(b'{"title": "T", "text": "U"}' * 50)
    kind = media_type(data, name)
    with pytest.raises(SourceError, match="gzip"):
        read_document(Source(id="S1", location=name, data=data, sha256=sha256(data), media_type=kind))


def test_a_copy_keeps_its_kind_by_its_ending() -> None:
    assert all(SUFFIXES[suffix(kind)] == kind for kind in SUFFIXES.values())


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.sampled_from([*SUFFIXES, ""]))
def test_every_input_has_a_kind(data: bytes, ending: str) -> None:
    assert media_type(data, "a" + ending) in {*SUFFIXES.values()}


@settings(deadline=None)
@given(
    st.sampled_from([b"<rss><channel><item>", b"<?xml ?>", b'{"a": ', b'[{"text": "', b"From: a\nContent-Type: "]),
    st.binary(max_size=200),
    st.sampled_from([*SUFFIXES]),
)
def test_whatever_follows_a_good_start_is_read_or_a_named_error(start: bytes, rest: bytes, ending: str) -> None:
    data = start + rest
    source = Source(id="S1", location="a", data=data, sha256=sha256(data), media_type=media_type(data, "a" + ending))
    try:
        text = read_document(source).text
    except SourceError as error:
        text = error.subject
    assert text.encode()
