"""The articles of a file that holds several: which there are, and the bytes of each.

Those of a file of JSON are slices of its bytes; an item of a feed becomes a small article in JSON that says what the
item says, the same whenever it is made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefing.articles import (
    ADDRESSES,
    Fields,
    decode,
    encode,
    first_words,
    is_article,
    no_article,
    refuse_too_many,
    sound,
)
from briefing.errors import SourceError, SourceNotAnArticle
from briefing.sources.feed_items import web_address
from briefing.sources.kinds import FEEDS
from briefing.sources.part import Part
from briefing.sources.slicing import Slice, slices, whole_value

_PART = re.compile(r"(?P<whole>.+)#(?P<number>[1-9]\d{0,8})", re.S)
_HERE = ""
"""The subject of errors in here; whoever asks knows the location."""


def part_of(location: str) -> tuple[str, int] | None:
    """Read a location that names one article of a file.

    >>> part_of("articles.jsonl#3"), part_of("articles.jsonl")
    (('articles.jsonl', 3), None)
    """
    found = _PART.fullmatch(location)
    return (found["whole"], int(found["number"])) if found else None


@lru_cache(maxsize=2)
def parts(data: bytes, media_type: str, address: str | None = None) -> tuple[Part, ...]:
    """Return the articles in some bytes, at least one. Whoever reads one after the other parses once.

    `address` is where a feed was fetched from, for its relative links. Raises a SourceError without a subject when
    nothing in them can be told apart.
    """
    if media_type in FEEDS:
        from briefing.sources import feeds

        return feeds.items(data, address)
    if media_type == "application/xml":
        raise SourceNotAnArticle(_HERE, "XML that is neither a feed nor a page", hint="leave it out")
    if media_type == "application/mbox":
        from briefing.sources import mailboxes

        return mailboxes.mails(data)
    return _in_lines(data) if media_type == "application/jsonl" else _in_json(data, address)


def _in_json(data: bytes, address: str | None) -> tuple[Part, ...]:
    refuse_too_many(data, _HERE)
    text, codec = decode(data, _HERE)
    if '"https://jsonfeed.org/version/' in text[:_VERSION_WITHIN].replace("\\/", "/"):
        from briefing.sources import json_feeds

        return json_feeds.items(whole_value(text, _HERE), address)
    found = tuple(_parts(slices(text, _HERE), text, codec))
    if found and all(isinstance(part.error, SourceNotAnArticle) for part in found):
        raise no_article(_HERE)
    if len(found) == 1 and found[0].error:
        raise found[0].error
    if not found:
        raise SourceNotAnArticle(_HERE, "an empty list of articles", hint="leave it out")
    return found


_VERSION_WITHIN = 4_096


def _parts(found: Iterable[Slice], text: str, codec: str) -> Iterator[Part]:
    for number, one in enumerate(found, 1):
        error = one.error or (None if is_article(one.value) else no_article(_HERE))
        data = b"" if error else encode(text[one.start : one.end], codec)
        yield Part(number=number, data=data, error=error, address=None if error else _address(one.value))


def _in_lines(data: bytes) -> tuple[Part, ...]:
    found = tuple(_line(number, line) for number, line in enumerate(_lines(data), 1))
    if not found:
        raise SourceNotAnArticle(_HERE, "no line holds anything", hint="leave it out")
    if all(isinstance(part.error, SourceNotAnArticle) for part in found):
        raise no_article(_HERE)
    return found


def _lines(data: bytes) -> Iterator[bytes]:
    """Yield the lines that hold anything, white space around them left out; a mark goes with the first line."""
    text, codec = decode(data, _HERE)
    if codec == "utf-8":
        yield from (line.strip() for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip())
    else:
        yield from (encode(line.strip(), codec) for line in text.lstrip("\ufeff").split("\n") if line.strip())


def _line(number: int, line: bytes) -> Part:
    try:
        refuse_too_many(line, _HERE)
        value = whole_value(decode(line, _HERE)[0], _HERE)
    except SourceError as error:
        return Part(number=number, data=b"", error=error)
    if not is_article(value):
        return Part(number=number, data=b"", error=no_article(_HERE))
    return Part(number=number, data=line, address=_address(value))


def _address(article: Fields) -> str | None:
    found = first_words(article, ADDRESSES)
    return web_address(sound(found[1]), None) if found else None
