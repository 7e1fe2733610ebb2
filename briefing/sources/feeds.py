"""RSS, Atom and RDF: their items, with nothing followed, fetched or expanded.

feedparser was tried first and takes time by more than the length of hostile input: 13 s for 1.5 MB of "<a " in a
description, 10 s for 0.8 MB of tags that nobody closes. The parser used here is libxml2 with entities left as they are,
and what an item says in HTML is read where every other page is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from briefing.errors import SourceNotAnArticle, SourceUnsupported
from briefing.sources.feed_items import Feed, Item, as_parts, plain, web_address
from briefing.sources.part import Part

_ATOM = frozenset({"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})
#: Of elements in other namespaces, `media:title` say, none is the item's own.
_OWN = _ATOM | {
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://purl.org/rss/1.0/modules/content/",
}
_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_ITEMS = ("item", "entry")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MOST_ITEMS = 10_000
_MARKUP_TYPES = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*\[", re.I)
_DECLARED_WITHIN = 65_536
_SAVE_AGAIN = "save it again, or give the pages of its articles"

Element = Any


def items(data: bytes, address: str | None) -> tuple[Part, ...]:
    """Return the items of a feed. Raises SourceUnsupported, and SourceNotAnArticle for XML without any."""
    if _DOCTYPE.search(data[:_DECLARED_WITHIN]):
        # Entities of its own are what XML bombs are made of, and no feed needs one.
        raise SourceUnsupported("", "XML that declares entities of its own, which feeds do not", hint=_SAVE_AGAIN)
    root, warning = _parsed(data)
    channel = _child(root, "channel")
    head = channel if channel is not None else root
    found = [
        element for parent in (root, channel) if parent is not None for element in parent if _name(element) in _ITEMS
    ]
    if not found:
        raise SourceNotAnArticle("", "a feed without items", hint="leave it out")
    base = _base(head, address)
    title = _text(head, "title")
    return as_parts(
        Feed(
            title=plain(title) if title else None,
            language=_text(head, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
            items=tuple(_item(element, base) for element in found[:_MOST_ITEMS]),
            warning=warning,
        )
    )


def _parsed(data: bytes) -> tuple[Element, str | None]:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise SourceUnsupported("", f"not XML: {_first_line(error.msg)}", hint=_SAVE_AGAIN) from error
    if root is None:
        raise SourceUnsupported("", "not XML: no element in it", hint=_SAVE_AGAIN)
    fault = next(iter(parser.error_log), None)
    where = f"The feed is broken XML at line {fault.line}: {_first_line(fault.message)}." if fault else None
    return root, where


def _first_line(message: str | None) -> str:
    return (message or "broken").strip().split("\n")[0][:120]


# One item
# --------


def _item(element: Element, base: str | None) -> Item:
    base = _joined(element.get(_BASE), base)
    published = ("published", "pubDate", "issued", "date", "created")
    markup, text = _content(element)
    title = _text(element, "title")
    source = _child(element, "source")
    named = _text(source, "title") or _words(source) if source is not None else None
    return Item(
        key=_text(element, "guid", "id") or next(iter(_links(element)), None),
        title=plain(title) if title else None,
        address=_link(element, base),
        published=_text(element, *published),
        updated=_text(element, "updated", "modified"),
        author=_author(element),
        publisher=plain(named) if named else None,
        markup=markup,
        text=text,
        summary=_summary(element),
    )


def _content(element: Element) -> tuple[str | None, str | None]:
    """Return the full text as (HTML, plain), at most one of them."""
    encoded = _text(element, "encoded")
    if encoded:
        return encoded, None
    content = next((child for child in element if _name(child) == "content" and not child.get("src")), None)
    if content is None:
        return None, None
    if content.get("type", "text") in _MARKUP_TYPES:
        return _markup(content), None
    return None, _words(content)


def _summary(element: Element) -> str | None:
    found = next((child for name in ("summary", "description") if (child := _child(element, name)) is not None), None)
    if found is None:
        return None
    escaped = _is_atom(found) and found.get("type", "text") not in _MARKUP_TYPES
    written = _markup(found)
    return html.escape(written) if escaped and written else written


def _markup(element: Element) -> str | None:
    """Return HTML that stands escaped in an element, or as elements of it."""
    if len(element) and not all(child.tag is etree.Entity for child in element):
        inner = (etree.tostring(child, encoding="unicode") for child in element)
        return (element.text or "") + "".join(inner)
    return _words(element)


def _author(element: Element) -> str | None:
    people = [child for child in element if _name(child) in ("author", "creator")]
    named = [_text(person, "name") or _words(person) for person in people]
    return ", ".join(dict.fromkeys(plain(name) for name in named if name)) or None


def _link(element: Element, base: str | None) -> str | None:
    written = _links(element)
    guid = _child(element, "guid")
    if guid is not None and guid.get("isPermaLink", "true").lower() == "true" and "://" in (guid.text or ""):
        written.append(str(guid.text))
    return next((whole for one in written if (whole := web_address(one, base))), None)


def _links(element: Element) -> list[str]:
    links = (child for child in _named(element, "link") if child.get("rel", "alternate") == "alternate")
    return [written for link in links if (written := link.get("href") or _words(link))]


# Elements
# --------


def _name(element: Element) -> str:
    """Return the name without its namespace; empty for one of a namespace that is not a feed's own."""
    if not isinstance(element.tag, str):
        return ""
    space, name = _parts(element.tag)
    return name if space in _OWN else ""


def _parts(tag: str) -> tuple[str, str]:
    """Return namespace and name. A prefix that the feed forgot to declare stands for what it usually does.

    >>> _parts("{http://www.w3.org/2005/Atom}entry"), _parts("content:encoded")[1]
    (('http://www.w3.org/2005/Atom', 'entry'), 'encoded')
    """
    if tag.startswith("{"):
        space, _, name = tag[1:].partition("}")
        return space, name
    prefix, colon, name = tag.rpartition(":")
    return (_PREFIXES.get(prefix, prefix) if colon else ""), name


def _is_atom(element: Element) -> bool:
    return isinstance(element.tag, str) and _parts(element.tag)[0] in _ATOM


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _text(element: Element, *names: str) -> str | None:
    found = (_words(child) for name in names for child in _named(element, name))
    return next((words for words in found if words), None)


def _named(element: Element, name: str) -> Iterable[Element]:
    return (child for child in element if _name(child) == name)


def _words(element: Element) -> str | None:
    """Return the text of an element and what is in it, entities as they stand."""
    return "".join(element.itertext()).strip() or None


def _base(head: Element, address: str | None) -> str | None:
    own = _joined(head.get(_BASE), address)
    return own or _link(head, None)


def _joined(written: str | None, base: str | None) -> str | None:
    return (web_address(written, base) if written else None) or base
