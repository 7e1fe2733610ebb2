"""An article as JSON states it: how the bytes are read, and which of its fields say what, by their many names.

Shared by what finds the articles in a file and what makes documents of them. Pure; knows nothing of either.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.errors import SourceNotAnArticle, SourceNotText, SourceTooLarge, SourceUnsupported

Fields = Mapping[str, Any]

# Each in the order of trust. Keys are compared without case, "_", "-" and ":": `datePublished` is `date_published`.
TITLES = ("title", "headline", "webtitle")
TEXTS = ("text", "contenttext", "bodytext", "fulltext", "maintext", "articlebody", "body", "content")
MARKUP = ("html", "contenthtml", "bodyhtml", "contentencoded")
SUMMARIES = ("description", "summary", "standfirst", "abstract", "excerpt", "lead")
ADDRESSES = ("url", "link", "address", "permalink", "weburl")
PUBLISHED = (
    *("published", "publishedat", "datepublished", "publishdate", "publicationdate", "pubdate"),
    *("webpublicationdate", "date"),
)
UPDATED = ("updated", "updatedat", "dateupdated", "datemodified", "modified", "lastmodified")
AUTHORS = ("author", "authors", "byline", "creator")
PUBLISHERS = ("publisher", "outlet", "sitename", "site", "source", "provider")
LANGUAGES = ("language", "lang", "inlanguage")
#: Under these a file keeps its articles, or the object that keeps them.
LISTS = ("articles", "items", "results", "data", "entries", "docs", "posts", "@graph", "response", "result")

# Twenty megabytes of empty lists would take half a gigabyte to hold.
_MOST_NODES = 1_000_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOK_AGAIN = "leave it out, or save the articles as objects with a title and a text"


def decode(data: bytes, location: str) -> tuple[str, str]:
    r"""Return the text of JSON and its codec: UTF-8 unless its mark or its zero bytes say UTF-16 or UTF-32.

    Bytes that are not UTF-8 stand as lone surrogates, so that each piece of the text encodes back to its own bytes;
    `sound` takes them out. Raises SourceNotText.

    >>> decode(b'{"a": "caf\xc3\xa9"}', "a.json")
    ('{"a": "café"}', 'utf-8')
    """
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), None)
    codec = marked or {"utf-8-sig": "utf-8"}.get(found := json.detect_encoding(data[:16]), found)
    try:
        return data.decode(codec, "surrogateescape" if codec == "utf-8" else "strict"), codec
    except UnicodeDecodeError as error:
        message = f"not {codec.upper()} at byte {error.start}"
        raise SourceNotText(location, message, hint="save it again as UTF-8") from error


def encode(text: str, codec: str) -> bytes:
    """Return the bytes that `decode` read as this piece of text."""
    return text.encode(codec, "surrogateescape" if codec == "utf-8" else "strict")


def sound(text: str) -> str:
    r"""Put U+FFFD in the place of halves of characters: no text may hold them.

    >>> sound("a\ud800b") == "a\ufffdb"
    True
    """
    return _SURROGATE.sub("\ufffd", text)


def refuse_too_many(data: bytes, location: str) -> None:
    """Raise SourceTooLarge for JSON of more lists and objects than memory should hold."""
    count = data.count(b"{") + data.count(b"[")
    if count > _MOST_NODES:
        message = f"{count:,} lists and objects, and the limit is {_MOST_NODES:,}"
        raise SourceTooLarge(location, message, hint="cut out the articles")


def value_at(text: str, at: int, location: str) -> tuple[Any, int]:
    """Parse the value that begins at `at`; returns it and where it ends. Raises SourceUnsupported.

    >>> value_at('[1, {"a": NaN}]', 4, "a.json")[1]
    14
    """
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg} at character {error.pos}"
    except ValueError:
        message = "not JSON that can be read: a number of thousands of digits"
    except RecursionError:
        message = "lists or objects nested too deeply"
    raise SourceUnsupported(location, message, hint="save it again, whole") from None


class Members(dict[str, Any]):
    """An object of JSON that remembers whether a key stood in it twice; the last value counts."""

    repeated: tuple[str, ...] = ()


def _members(pairs: list[tuple[str, Any]]) -> Members:
    members = Members(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        members.repeated = tuple(dict.fromkeys(key for key in keys if keys.count(key) > 1)) if len(keys) < 100 else ()
    return members


_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_members)


# Fields
# ------


def stated(fields: Fields, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Yield (key as written, value) of the fields with one of these names that state something, in their order.

    >>> list(stated({"Date_Published": "2024-03-05", "published": None}, PUBLISHED))
    [('Date_Published', '2024-03-05')]
    """
    by_name: dict[str, tuple[str, Any]] = {}
    for key, value in fields.items():
        by_name.setdefault(_folded(key), (key, value))
    return (by_name[name] for name in names if name in by_name and _states(by_name[name][1]))


def _folded(key: str) -> str:
    return re.sub(r"[_:\s-]", "", key[:60]).lower()


def _states(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], {}, False) and value == value


def words(value: Any) -> str | None:
    """Return the words of a field that is a text, or an object that holds one: `{"rendered": "…"}`, `{"main": "…"}`."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("rendered", "main", "text", "value", "#text") if key in value), None)
    return value if isinstance(value, str) and value.strip() else None


def text_field(fields: Fields) -> tuple[str, str] | None:
    """Return (key, words) of the article's own text: the longest of the fields that may hold it, or None."""
    found = [(key, text) for key, value in stated(fields, (*TEXTS, *MARKUP)) if (text := words(value))]
    return max(found, key=lambda one: len(one[1]), default=None)


def first_words(fields: Fields, names: Sequence[str]) -> tuple[str, str] | None:
    """Return (key, words) of the first of these fields that has words, or None."""
    return next(((key, text) for key, value in stated(fields, names) if (text := words(value))), None)


def is_article(value: Any) -> bool:
    """Say whether an object states an article: a text, or a title and a summary with an address or a date.

    >>> is_article({"title": "Bridge closed", "text": "The bridge was closed."}), is_article({"name": "a", "main": "b"})
    (True, False)
    >>> is_article({"title": "Settings", "description": "What may be set."})
    False
    """
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("feed"), dict):
        # What an item of a feed is made into.
        return bool(text_field(value) or first_words(value, SUMMARIES))
    if text_field(value):
        return bool(first_words(value, TITLES) or _dated_or_placed(value) or len(value) <= _FEW_KEYS)
    return bool(first_words(value, TITLES) and first_words(value, SUMMARIES)) and _dated_or_placed(value)


# {"id": 7, "text": "…"} is an article; an object of many keys, none of them a title, a date or an address, is not.
_FEW_KEYS = 4


def _dated_or_placed(fields: Fields) -> bool:
    return any(True for _ in stated(fields, (*ADDRESSES, *PUBLISHED)))


def no_article(location: str) -> SourceNotAnArticle:
    """Return the error for JSON that holds no article, which names what was looked for."""
    keys = ", ".join((*TEXTS[:1], *TEXTS[5:], "html", "content_html"))
    lists = ", ".join(LISTS[:4])
    message = f"JSON without an article: no object has its text under {keys}, nor a list of such under {lists}"
    return SourceNotAnArticle(location, message, hint=_LOOK_AGAIN)
