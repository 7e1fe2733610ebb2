"""Bytes as they lie in the database: compressed, and known by the digest of what they unpack to. Pure.

Keys and addresses may be of any length and hold anything. In indexes stand their digests, so that no database has to
take such text, and all of them put rows into the same order.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from typing import Any, NamedTuple, TypeVar

from briefing.databases import as_json
from briefing.memory.codec import Unreadable, read

T = TypeVar("T")
_TAG = re.compile("sha256:[0-9a-f]{64}")
#: What one text, body or row may unpack to: far more than any source may have, and less than would fell the machine.
_MOST = 1 << 30


class Packed(NamedTuple):
    """A row's bytes, and the digest by which damage is noticed."""

    data: bytes
    digest: bytes


def digest(data: bytes) -> bytes:
    """Return the 32 bytes of the SHA-256."""
    return hashlib.sha256(data).digest()


def key_of(text: str) -> bytes:
    """Return what a key or an address is found by."""
    return digest(as_bytes(text))


def as_bytes(text: str) -> bytes:
    """Return a text in UTF-8; lone surrogates, which some text from outside has, come through."""
    return text.encode("utf-8", "surrogatepass")


def as_text(data: bytes) -> str:
    """Undo `as_bytes`. Raises `Unreadable`."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise Unreadable("no text") from error


def short(tag: str) -> bytes:
    """Return a tag such as `sha256:…` in half the room; any other text as it is.

    >>> len(short("sha256:" + "0f" * 32)), short("v1")
    (33, b'\\x01v1')
    """
    return b"\0" + bytes.fromhex(tag[7:]) if _TAG.fullmatch(tag) else b"\1" + as_bytes(tag)


def long(data: bytes) -> str:
    """Undo `short`.

    >>> long(short("sha256:" + "0f" * 32))[:13], long(short("v1"))
    ('sha256:0f0f0f', 'v1')
    """
    return f"sha256:{data[1:].hex()}" if data[:1] == b"\0" else as_text(data[1:])


#: What records of articles and editions are full of: a quarter of the record of an article is saved by it. What was
#: packed with it needs every byte of it, for ever; other words would be another dictionary.
_USUAL = (
    b'"checked":{"answers":{"consistent":"pass","entailed":"not_checked","located":"pass"},"decided_by":"rules",'
    b'"evidence":[{"end":,"match":"exact","source":"S1","start":,"text":"","findings":[],"verdict":"supported",'
    b'"standing":{"claim":"C1","origins":1,"standing":"single_source"},"folder":"01-","rank":1,"sources":[["S1","http'
    b'"title":"json title","publisher","json publisher","author","json author","meta og:title","meta og:site_name",'
    b'"title element","link canonical","json-ld datePublished","json-ld headline","time datetime","text 0-'
    b'"notices":[{"end":,"kind":"correction","start":,"kind":"update","shortfall":"teaser only: 120 characters",'
    b'"updated":"2025-03-04T08:00:00+00:00","updated_precision":"minute","feed updated"],["updated",'
    b'{"arrived":"2025-03-04T07:00:00+00:00","day":"2025-03-04","document":{"address":"https://www.'
    b'"author":"","blocks":[{"end":35,"role":"headline","start":0},{"end":64,"role":"byline","start":37},'
    b'{"end":1,"role":"caption","start":1},{"end":1,"role":"furniture","start":1},{"end":1,"role":"notice","start":1},'
    b'{"end":114,"role":"body","start":66},{"end":231,"role":"body","start":1116},{"end":2368,"role":"body","start":'
    b'"encoding":"utf-8","extractor":"decode/1","extractor":"html/1","extractor":"article/1 decode/1",'
    b'"extractor":"article/1 html/1","found_in":[["title","feed title"],["publisher","feed publisher"],'
    b'["author","feed author"],["published","feed published"],["address","feed url"]],"id":"S0","language":"en",'
    b'"location":"https://www.","media_type":"text/html","media_type":"text/plain","media_type":"application/json",'
    b'"published":"2025-03-04T06:00:00+00:00","published_precision":"second","publisher":"","sha256":"sha256:'
    b'"text_sha256":"sha256:","title":"","warnings":["},"fingerprint":"sha256:","key":"https://www.","place":"https://'
)


def pack(data: bytes, dictionary: bytes = b"") -> bytes:
    """Compress."""
    deflating = zlib.compressobj(6, zdict=dictionary) if dictionary else zlib.compressobj(6)
    return deflating.compress(data) + deflating.flush()


def unpack(packed: bytes, expected: bytes, dictionary: bytes = b"") -> bytes:
    """Undo `pack`. Raises `Unreadable` unless the digest is the expected one."""
    inflating = zlib.decompressobj(zdict=dictionary)
    try:
        data = inflating.decompress(packed, _MOST)
    except zlib.error as error:
        raise Unreadable("it does not unpack") from error
    if digest(data) != expected:
        raise Unreadable("it is not what was stored")
    return data


def pack_values(values: Any) -> Packed:
    """Pack values of JSON."""
    data = as_json(values).encode("ascii")
    return Packed(pack(data, _USUAL), digest(data))


def unpack_values(packed: bytes, expected: bytes) -> Any:
    """Undo `pack_values`. Raises `Unreadable`."""
    return loaded(unpack(packed, expected, _USUAL))


def loaded(text: str | bytes) -> Any:
    """Return values of JSON. Raises `Unreadable`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error


def unpack_object(kind: type[T], packed: bytes, expected: bytes) -> T:
    """Return an object whose written values were packed. Raises `Unreadable`."""
    return read(kind, unpack_values(packed, expected))
