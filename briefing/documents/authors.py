"""Who signed a text."""

from __future__ import annotations

import re

from briefing.documents.dates import MONTH
from briefing.documents.head import Found
from briefing.documents.lines import Lines, found_at
from briefing.documents.outlet_names import OUTLET_WORD
from briefing.documents.shapes import Shape
from briefing.types import Role

_BY = re.compile(
    r"\W*(?:(?:written|words|story|reporting|posted|published) by|by|authors?|von|autor|par|por)\b\s*:?\s*"
    r"(?P<name>[^|•·(\d]{3,80})",
    re.I,
)
_NAME_END = re.compile(
    r"\s*(?:[,;]|@|\s[-–—]\s|\b(?:for|in|at|on|published|updated|last)\b|\s" + MONTH + r"\b).*$", re.I | re.S
)
# "Mira Holt, Jan Sund and Ada Berg": commas part names, too, when one more stands behind an "and".
_NAME_WORDS = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:de|van|von|der|den|bin|al|da|di|la|le|[A-ZÀ-Þ][\w.'’-]*)){1,4}"
_SEVERAL = re.compile(rf"{_NAME_WORDS}(?:, {_NAME_WORDS})*,? (?:and|&|und|et|y|e) {_NAME_WORDS}")
# "Mira Holt, Staff writer | March 3, 2024" and "Mira Holt · 3 March 2024".
_NAME_FIRST = re.compile(rf"(?P<name>{_NAME_WORDS})(?=\s*(?:,[^|•·]{{3,40}})?\s*[|•·])")
_TRIMMED = " .:–—-"
_INTRODUCED = re.compile(r"\s+(?:is|was|has|covers|writes|works|reports|serves|joined)\b")
# A date line may stand this many pieces below the first paragraph when a summary opens the page.
BELOW_FIRST = 4


def read_author(lines: Lines) -> Found[str] | None:
    """Return who signed the text, or stands above its date, or is presented as its reporter."""
    return _signed(lines) or _name_above_date(lines) or _name_before_date(lines) or _introduced(lines)


def _signed(lines: Lines) -> Found[str] | None:
    return next((found for _, shape in lines.having(Role.BYLINE) if (found := signature(shape))), None)


def signature(shape: Shape) -> Found[str] | None:
    """Return the name in a line such as "By Mira Holt"."""
    found = _BY.match(shape.text)
    # "By main ingredient:" heads a menu.
    if found is None or shape.text.endswith(":"):
        return None
    start = found.start("name")
    several = _SEVERAL.match(shape.text, start)
    name = several[0] if several else _NAME_END.sub("", found["name"]).rstrip(_TRIMMED)
    if name.endswith(("Jr", "Sr")) and shape.text.startswith(".", start + len(name)):
        name += "."
    start, name = start + len(name) - len(name.lstrip(_TRIMMED)), name.lstrip(_TRIMMED)
    return found_at(shape, start, start + len(name)) if is_person(name) else None


def is_person(name: str) -> bool:
    """Tell a name, or several, from other words: two to eight words, half of them with a capital."""
    parts = name.split()
    return 2 <= len(parts) <= 8 and name[:1].isupper() and sum(p[:1].isupper() for p in parts) * 2 >= len(parts)


def _name_above_date(lines: Lines) -> Found[str] | None:
    for index, shape in lines.having(Role.BYLINE):
        dated = index + 1 < len(lines.shapes) and lines.shapes[index + 1].is_date_line
        if dated and index <= lines.first + BELOW_FIRST and shape.is_name and not OUTLET_WORD.search(shape.text):
            return found_at(shape, 0, len(shape.text))
    return None


def _name_before_date(lines: Lines) -> Found[str] | None:
    for index, shape in lines.having(Role.BYLINE):
        found = _NAME_FIRST.match(shape.text) if index <= lines.first + BELOW_FIRST else None
        if found and any(ch.isdigit() for ch in shape.text) and not OUTLET_WORD.search(found["name"]):
            return found_at(shape, *found.span("name"))
    return None


def _introduced(lines: Lines) -> Found[str] | None:
    for _, shape in lines.having(Role.BYLINE):
        if shape.is_biography:
            name = _INTRODUCED.split(shape.text, maxsplit=1)[0]
            return found_at(shape, 0, len(name)) if is_person(name) else None
    return None
