"""The title of a text, parted from the name of the outlet that may stand behind it."""

from __future__ import annotations

import re

from briefing.documents.head import Found
from briefing.documents.lines import Lines, found_at
from briefing.documents.outlet_names import OUTLET_WORD
from briefing.types import Role

_TITLE_SUFFIX = re.compile(r"(?P<title>.{15,}?)\s+(?P<mark>[-–—|·»])\s+(?P<outlet>[^-–—|·»:]{2,40})$", re.S)
_SUFFIX_WORDS = 5


def read_title(lines: Lines) -> tuple[Found[str] | None, Found[str] | None]:
    """Return the title, and the outlet when the title ends with its name."""
    if lines.headline is None:
        return None, None
    shape = lines.shapes[lines.headline]
    found = _TITLE_SUFFIX.fullmatch(shape.text)
    if found and is_suffix(found, {shape.text for _, shape in lines.having(Role.HEADLINE)}):
        return found_at(shape, *found.span("title")), found_at(shape, *found.span("outlet"))
    return found_at(shape, 0, len(shape.text)), None


def without_outlet(title: str, publisher: str | None) -> str:
    """Cut the outlet's name off a title that a page's markup gives.

    >>> without_outlet("Bridge closed to lorries | The Outlet", None)
    'Bridge closed to lorries'
    >>> without_outlet("Bridge closed to lorries - mayor", "The Outlet")
    'Bridge closed to lorries - mayor'
    """
    found = _TITLE_SUFFIX.fullmatch(title)
    if found and (is_suffix(found, set()) or found["outlet"].strip() == publisher):
        return found["title"]
    return title


def is_suffix(found: re.Match[str], headlines: set[str]) -> bool:
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
    return found["mark"] == "|" or found["title"] in headlines or bool(OUTLET_WORD.search(outlet))
