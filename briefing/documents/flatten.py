"""An HTML page's visible text, cut at its block elements, each part with the place it had in the markup.

The page is parsed and walked, never run, and nothing it names is fetched. The walk is a loop over parser events,
so that no nesting can exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree, html

from briefing.documents.bounds import excess
from briefing.documents.hidden import Hiding, hiding_of

_BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option "
    "p pre section select summary table tbody td tfoot th thead title tr ul video".split()
)
_UNSEEN = frozenset(
    "script style template noscript head iframe object embed svg canvas audio map select datalist math textarea".split()
)
_REGION_TAGS = {
    "nav": "furniture",
    "footer": "furniture",
    "aside": "furniture",
    "form": "furniture",
    "button": "furniture",
    "menu": "furniture",
    "dialog": "furniture",
    "figcaption": "caption",
    "caption": "caption",
    "time": "byline",
}


def _named(*names: str) -> re.Pattern[str]:
    """Compile names that must be whole parts of a class or an id: "post-comments" has the part "comments"."""
    return re.compile(r"(?:^|[\s_-])(?:" + "|".join(names) + r")(?:$|[\s_-])", re.I)


_REGION_NAMES = (
    (
        "comment",
        _named("comments?", "comment-?list", "comments?-?area", r"disqus\w*", "respond", "livefyre", "replies"),
    ),
    ("caption", _named("caption", "credit", "image-?credit", "photo-?credit")),
    (
        "byline",
        _named(
            "byline", "author", "dateline", "timestamp", "(?:post|entry|article)-?meta", "published", "publish-?date"
        ),
    ),
    (
        "furniture",
        _named(
            "share|sharing|social|related|recommended|popular|trending|teaser|outbrain|taboola",
            r"newsletter|subscribe|subscription|paywall|signup|sign-?up|login|promo|advert\w*|sponsor\w*",
            "breadcrumbs?|tags?|cookies?|consent|sidebar|widget|menu|navigation",
            "more-?(?:on|news|stories)|read-?(?:more|next|also)",
        ),
    ),
)
# A class on these says what site it is, not what region.
_NO_REGION = frozenset({"html", "body", "main", "article"})
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_XML_DECLARATION = re.compile(r"\A\ufeff?\s*(?:<\?xml[^>]*>\s*)+")
_DEPTH_MESSAGE = "depth"


class Region(StrEnum):
    """What the markup around a part says that it is; `plain` when it says nothing."""

    PLAIN = "plain"
    FURNITURE = "furniture"
    COMMENT = "comment"
    CAPTION = "caption"
    BYLINE = "byline"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The visible text of one block element, white space collapsed."""

    text: str
    tag: str
    """The block element it stands in: `p`, `li`, `h1`, …"""
    region: Region
    linked: float
    """Share of its characters that are links."""


def parse(markup: str) -> tuple[html.HtmlElement | None, tuple[str, ...]]:
    """Parse a page; returns its tree, or None when there is no element in it, and what was unusual.

    A page that would take minutes to parse has no tree, and what it has too much of is what was unusual.
    """
    if too_much := excess(markup):
        return None, (too_much,)
    parser = html.HTMLParser(recover=True, remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        tree = html.document_fromstring(_XML_DECLARATION.sub("", markup), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, ()
    cut = any(_DEPTH_MESSAGE in entry.message.lower() for entry in parser.error_log)
    warning = "Elements are nested too deeply; what follows them was not read."
    return tree, (warning,) if cut else ()


def flatten(tree: html.HtmlElement) -> list[Part]:
    """Return the visible parts of a parsed page in order.

    >>> tree, _ = parse("<p>One <b>bold</b> word.</p><script>x()</script><nav><a href='/'>Home</a></nav>")
    >>> [(part.text, part.tag, str(part.region)) for part in flatten(tree)]
    [('One bold word.', 'p', 'plain'), ('Home', 'nav', 'furniture')]
    """
    return [part for part in _Walk(hiding_of(tree)).parts(tree) if part.text]


class _Walk:
    """The state of one pass: where it is, and the text since the last block boundary."""

    def __init__(self, hiding: Hiding) -> None:
        self.hiding = hiding
        self.tags: list[str] = []
        self.regions: list[Region] = [Region.PLAIN]
        self.hidden = 0
        self.links = 0
        self.buffer: list[str] = []
        self.linked = 0

    def parts(self, tree: html.HtmlElement) -> Iterator[Part]:
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            tag = str(element.tag).lower()
            if tag in _BLOCKS and not self.hidden:
                yield self._flush()
            if event == "start":
                self._enter(element, tag)
            else:
                self._leave(element, tag)
        yield self._flush()

    def _enter(self, element: html.HtmlElement, tag: str) -> None:
        if self.hidden or tag in _UNSEEN or self.hiding.covers(element):
            self.hidden += 1
            return
        self.links += tag == "a"
        if tag in _BLOCKS and tag != "br":
            self.tags.append(tag)
        self.regions.append(_region(element, tag, self.regions[-1]))
        self._add(element.text)

    def _leave(self, element: html.HtmlElement, tag: str) -> None:
        if self.hidden:
            self.hidden -= 1
        else:
            self.regions.pop()
            self.links -= tag == "a"
            if tag in _BLOCKS and tag != "br":
                self.tags.pop()
        if not self.hidden:
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self.buffer.append(text)
            if self.links:
                self.linked += len(_SPACE.sub("", text))

    def _flush(self) -> Part:
        text = _SPACE.sub(" ", "".join(self.buffer)).strip()
        visible = len(text) - text.count(" ")
        part = Part(
            text=text,
            tag=self.tags[-1] if self.tags else "body",
            region=self.regions[-1],
            linked=min(1.0, self.linked / visible) if visible else 0.0,
        )
        self.buffer.clear()
        self.linked = 0
        return part


def _region(element: html.HtmlElement, tag: str, outer: Region) -> Region:
    """The outermost comment or furniture region wins: a caption in a related box is part of the box."""
    if outer in (Region.COMMENT, Region.FURNITURE):
        return outer
    if tag in _REGION_TAGS:
        return Region(_REGION_TAGS[tag])
    if tag in _NO_REGION:
        return outer
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if names == " ":
        return outer
    return next((Region(region) for region, pattern in _REGION_NAMES if pattern.search(names[:500])), outer)
