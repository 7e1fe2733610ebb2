"""Title, publisher, author and time of publication, from the lines around a plain text's article.

Each is None unless the text says it: a wrong publisher would merge two origins into one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.documents.dates import OtherDates, Stamp, read_stamp
from briefing.documents.shapes import Shape
from briefing.types import CITABLE, Role

_OUTLET_WORD = re.compile(
    r"\b(?:times|post|news|newspaper|journal|herald|tribune|guardian|daily|gazette|press|radio|tv|television|observer"
    r"|chronicle|mail|telegraph|independent|standard|agency|media|magazine|review|today|weekly|broadcasting|wire"
    r"|mirror|express|globe|star|sun|echo|courier|examiner|bulletin|dispatch|monitor|zeitung|nachrichten|presse"
    r"|gazeta|diario|corriere)\b|\.(?:com|org|net|co|de|fr|uk|news|info)\b|!",
    re.I,
)
_TITLE_SUFFIX = re.compile(r"(?P<title>.{15,}?)\s+(?P<mark>[-–—|·»])\s+(?P<outlet>[^-–—|·»:]{2,40})$", re.S)
_SOURCE = re.compile(
    r"\W*(?:source|quelle|fuente|fonte|originally published (?:in|on|by))\s*:\s*(?P<outlet>[^(,;|]{2,50})$", re.I
)
_NAME = (
    r"(?:[Tt]he )?[A-Z][\w!-]*(?:\.[A-Za-z]\w*)*"
    r"(?: (?:of (?:the )?|and |& )?[A-Z][\w!-]*(?:\.[A-Za-z]\w*)*){0,4}"
)
_WRITER = r"(?:reporter|correspondent|editor|writer|journalist|columnist|analyst)"
_EMPLOYER = (
    re.compile(rf"\bis (?P<outlet>{_NAME})['’]s? (?:[\w-]+ ){{0,4}}?{_WRITER}\b"),
    re.compile(rf"\b(?:{_WRITER}|reports|writes) (?:for|at|with) (?P<outlet>{_NAME})"),
)
_TOLD = re.compile(rf"\b(?:told|tells?) (?P<outlet>{_NAME})")
_OWN_REPORT = r"(?:after|since|when|following|before)"
_TOLD_TWICE = 2
_BY = re.compile(
    r"\W*(?:(?:written|words|story|reporting|posted|published) by|by|authors?|von|autor|par|por)\b\s*:?\s*"
    r"(?P<name>[^|•·(\d]{3,80})",
    re.I,
)
_NAME_END = re.compile(r"\s*(?:,|@|\s[-–—]\s|\b(?:for|in|at|on|published|updated|last)\b).*$", re.I)
_INTRODUCED = re.compile(r"\s+(?:is|was|has|covers|writes|works|reports|serves|joined)\b")
_PUBLISHED = re.compile(r"\b(?:published|posted|veröffentlicht|publié|publicado|pubblicato)\b", re.I)
_UPDATED = re.compile(r"\W*(?:last )?(?:updated|modified|aktualisiert|mis à jour|actualizado|aggiornato)\b", re.I)
_DATELINE = re.compile(r"[A-ZÀ-Þ]{3}[^.!?]{0,70}?\s[–—-]{1,2}\s")
# A date line may stand this many pieces below the first paragraph when a summary opens the page.
_BELOW_FIRST = 4
_MASTHEAD_WORDS = range(2, 6)
_MASTHEAD_REACH = 3
# "World News", "Press Room" and "Top Stories" are sections of any outlet.
_SECTION_WORDS = frozenset(
    "the of and news press room top stories story breaking latest world home local national international politics "
    "business sport sports tv radio video media today live daily weekly magazine review independent".split()
)
_ASKING_WORDS = frozenset("support read visit join about watch listen follow get see more".split())
# Menus lie farther above the article than its title does.
_NEAR = 10
_TITLE_WORDS = 4
_SUFFIX_WORDS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What a document says about itself."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: Stamp | None = None


@dataclass(frozen=True)
class _Lines:
    """The pieces of a text with their roles."""

    shapes: Sequence[Shape]
    roles: Sequence[Role]

    def having(self, *roles: Role) -> Iterator[tuple[int, Shape]]:
        return ((i, self.shapes[i]) for i, role in enumerate(self.roles) if role in roles)

    @cached_property
    def first(self) -> int:
        """Index of the first paragraph below the title; a summary may stand above it."""
        first = next((i for i, role in enumerate(self.roles) if role is Role.BODY), len(self.roles))
        return next(
            (i + 1 for i in range(first, min(first + 3, len(self.roles))) if self.roles[i] is Role.HEADLINE), first
        )

    @cached_property
    def headline(self) -> int | None:
        """Index of the title: the headline above the article that is there twice, else the first one near it."""
        above = [i for i, _ in self.having(Role.HEADLINE) if i < self.first]
        long = [i for i in above if len(self.shapes[i].words) >= _TITLE_WORDS]
        near = [i for i in long if i >= self.first - _NEAR]
        seen = Counter(shape.folded for shape in self.shapes)
        twice = [i for i in near if seen[self.shapes[i].folded] > 1]
        fluent = [i for i in near if self.shapes[i].function_share]
        candidates = twice or fluent or near or long[-1:] or above[-1:]
        return candidates[0] if candidates else None


def read_head(text: str, shapes: Sequence[Shape], roles: Sequence[Role]) -> Head:
    """Read the head of a text whose pieces already have their roles."""
    lines = _Lines(shapes, roles)
    title, outlet = _title(lines)
    return Head(
        title=title,
        publisher=outlet or _publisher(lines),
        author=_author(lines),
        published=_published(text, lines),
    )


# Title
# -----


def _title(lines: _Lines) -> tuple[str | None, str | None]:
    """Return the title, and the outlet when the title ends with its name."""
    if lines.headline is None:
        return None, None
    text = " ".join(lines.shapes[lines.headline].text.split())
    found = _TITLE_SUFFIX.fullmatch(text)
    if found and _is_suffix(found, {shape.text for _, shape in lines.having(Role.HEADLINE)}):
        return found["title"], found["outlet"].strip()
    return text, None


def _is_suffix(found: re.Match[str], headlines: set[str]) -> bool:
    """Tell "Bridge closed | The Outlet" from "Bridge closed - mayor": a bar, a twin without it, or an outlet's word."""
    outlet = found["outlet"].strip()
    # "Markets | Companies | Sign in" is a menu.
    if (
        found.string.count("|") > 1
        or len(outlet.split()) > _SUFFIX_WORDS
        or len(found["title"].split()) < 3
        or not outlet[:1].isupper()
    ):
        return False
    return found["mark"] == "|" or found["title"] in headlines or bool(_OUTLET_WORD.search(outlet))


# Publisher
# ---------


def _publisher(lines: _Lines) -> str | None:
    bylines = [shape.text for _, shape in lines.having(Role.BYLINE)]
    return _named_source(bylines) or _masthead(lines) or _employer(bylines) or _told(lines)


def _masthead(lines: _Lines) -> str | None:
    for shape in lines.shapes[: min(lines.headline or 0, _MASTHEAD_REACH)]:
        stated = shape.is_date_line or shape.is_furniture or shape.is_by_line or shape.piece.bulleted
        if not stated and _is_outlet_name(shape):
            return shape.text
    return None


def _is_outlet_name(shape: Shape) -> bool:
    """Tell "The Port Ellery Times" from "Breaking News": an outlet's word, and a name beside it."""
    capitalised = all(word[:1].isupper() or word in ("of", "the", "and", "&") for word in shape.text.split())
    named = [word for word in shape.words if word not in _SECTION_WORDS]
    if not shape.words or shape.words[0] in _ASKING_WORDS:
        return False
    return capitalised and len(shape.words) in _MASTHEAD_WORDS and bool(named and _OUTLET_WORD.search(shape.text))


def _named_source(bylines: Sequence[str]) -> str | None:
    found = {match["outlet"].strip(" .") for line in bylines if (match := _SOURCE.match(line))}
    return found.pop() if len(found) == 1 else None


def _employer(bylines: Sequence[str]) -> str | None:
    found = (pattern.search(line) for line in bylines for pattern in _EMPLOYER)
    return next((match["outlet"] for match in found if match), None)


def _told(lines: _Lines) -> str | None:
    """Find the outlet that people "told": twice or more, and named for nothing else but its own reporting.

    A person who is told something is named elsewhere too; an outlet that another one relays "reported" it.
    """
    body = "\n".join(shape.text for i, shape in enumerate(lines.shapes) if lines.roles[i] in CITABLE)
    counted = Counter(found["outlet"] for found in _TOLD.finditer(body))
    for outlet, times in counted.most_common(3):
        if times >= _TOLD_TWICE and _named_as_own(outlet, times, body):
            return outlet
    return None


def _named_as_own(outlet: str, told: int, body: str) -> bool:
    name = re.escape(outlet)
    own = re.findall(rf"\b{_OWN_REPORT} {name} (?:reported|published|revealed|asked|contacted)\b", body, re.I)
    return len(re.findall(rf"\b{name}(?!\w)", body)) == told + len(own)


# Author
# ------


def _author(lines: _Lines) -> str | None:
    return _signed(lines) or _name_above_date(lines) or _introduced(lines)


def _signed(lines: _Lines) -> str | None:
    for _, shape in lines.having(Role.BYLINE):
        if found := _BY.match(shape.text):
            name = _NAME_END.sub("", found["name"]).strip(" .:–—-")
            if _is_person(name):
                return name
    return None


def _is_person(name: str) -> bool:
    parts = name.split()
    return 2 <= len(parts) <= 8 and name[:1].isupper() and sum(p[:1].isupper() for p in parts) * 2 >= len(parts)


def _name_above_date(lines: _Lines) -> str | None:
    for index, shape in lines.having(Role.BYLINE):
        dated = index + 1 < len(lines.shapes) and lines.shapes[index + 1].is_date_line
        if dated and index <= lines.first + _BELOW_FIRST and shape.is_name and not _OUTLET_WORD.search(shape.text):
            return shape.text
    return None


def _introduced(lines: _Lines) -> str | None:
    for _, shape in lines.having(Role.BYLINE):
        if shape.is_biography:
            name = _INTRODUCED.split(shape.text, maxsplit=1)[0]
            return name if _is_person(name) else None
    return None


# Time of publication
# -------------------


def _published(text: str, lines: _Lines) -> Stamp | None:
    others = OtherDates(text)
    found = [
        (_rank(shape.text, index, lines.headline), index, stamp)
        for index, shape in lines.having(Role.BYLINE)
        if index <= lines.first + _BELOW_FIRST or _PUBLISHED.search(shape.text)
        if (stamp := read_stamp(shape.text, others))
    ]
    return min(found, key=lambda item: item[:2])[2] if found else _dateline(lines, others)


def _rank(line: str, index: int, headline: int | None) -> int:
    """Prefer what says "published", then what stands below the title, then an update, then a page's own date."""
    if _PUBLISHED.search(line):
        return 0
    if _UPDATED.match(line):
        return 2
    return 1 if headline is None or index > headline else 3


def _dateline(lines: _Lines, others: OtherDates) -> Stamp | None:
    """Read "RIVERTON, 3 March 2021 (Agency) — " at the start of the first paragraph."""
    first = next(lines.having(Role.BODY), None)
    opening = _DATELINE.match(first[1].text) if first else None
    return read_stamp(opening.group(), others) if opening else None
