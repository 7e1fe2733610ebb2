"""The outlet that a text says it is of: its masthead, its source line, its reporter's employer, whom people "told"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefing.documents.head import Found
from briefing.documents.lines import Lines, found_at
from briefing.documents.outlet_names import is_outlet_name
from briefing.documents.shapes import Shape
from briefing.types import CITABLE, Role

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
_MASTHEAD_REACH = 3


def read_publisher(lines: Lines) -> Found[str] | None:
    """Return the outlet that the text names as its own."""
    bylines = [shape for _, shape in lines.having(Role.BYLINE)]
    return _named_source(bylines) or _masthead(lines) or _employer(bylines) or _told(lines)


def _masthead(lines: Lines) -> Found[str] | None:
    for shape in lines.shapes[: min(lines.headline or 0, _MASTHEAD_REACH)]:
        stated = shape.is_date_line or shape.is_furniture or shape.is_by_line or shape.piece.bulleted
        if not stated and is_outlet_name(shape):
            return found_at(shape, 0, len(shape.text))
    return None


def _named_source(bylines: Sequence[Shape]) -> Found[str] | None:
    found = [_trimmed(shape, match) for shape in bylines if (match := _SOURCE.match(shape.text))]
    return found[0] if len({one.value for one in found}) == 1 else None


def _trimmed(shape: Shape, match: re.Match[str]) -> Found[str]:
    start, end = match.span("outlet")
    start += len(match["outlet"]) - len(match["outlet"].lstrip(" ."))
    return found_at(shape, start, end - (len(match["outlet"]) - len(match["outlet"].rstrip(" ."))))


def _employer(bylines: Sequence[Shape]) -> Found[str] | None:
    found = ((shape, pattern.search(shape.text)) for shape in bylines for pattern in _EMPLOYER)
    return next((found_at(shape, *match.span("outlet")) for shape, match in found if match), None)


def _told(lines: Lines) -> Found[str] | None:
    """Find the outlet that people "told": twice or more, and named for nothing else but its own reporting.

    A person who is told something is named elsewhere too; an outlet that another one relays "reported" it.
    """
    shapes = [shape for i, shape in enumerate(lines.shapes) if lines.roles[i] in CITABLE]
    found = [
        (shape, match)
        for shape in shapes
        if " tell" in shape.text or " told" in shape.text
        for match in _TOLD.finditer(shape.text)
    ]
    counted = Counter(match["outlet"] for _, match in found)
    often = [(outlet, times) for outlet, times in counted.most_common(3) if times >= _TOLD_TWICE]
    body = "\n".join(shape.text for shape in shapes) if often else ""
    for outlet, times in often:
        if _named_as_own(outlet, times, body):
            return next(found_at(shape, *match.span("outlet")) for shape, match in found if match["outlet"] == outlet)
    return None


def _named_as_own(outlet: str, told: int, body: str) -> bool:
    name = re.escape(outlet)
    own = re.findall(rf"\b{_OWN_REPORT} {name} (?:reported|published|revealed|asked|contacted)\b", body, re.I)
    return len(re.findall(rf"\b{name}(?!\w)", body)) == told + len(own)
