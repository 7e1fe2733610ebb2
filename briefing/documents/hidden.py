"""What of a page nobody sees: text that a style takes out of sight supports nothing.

Only what stands in the page itself is read: the `style` of an element, the classes whose one meaning is "for
screen readers only", and rules for single classes and ids in the page's own style sheets. Style sheets of media
and what scripts do later are left aside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html

_ZERO = r"[-+]?0*\.?0*(?:px|em|rem|pt|vh|vw|%)?"
_FAR = r"-(?:\d{4,}(?:\.\d+)?px|\d{3,}(?:\.\d+)?(?:em|rem|vw|vh|%))"
#: One property and a value of it that takes the element out of sight.
_HIDING = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "opacity": re.compile(_ZERO),
    "font-size": re.compile(_ZERO),
    "color": re.compile(r"transparent|rgba\((?:[^,)]*,){3}\s*0*\.?0+\)"),
    "left": re.compile(_FAR),
    "right": re.compile(_FAR),
    "top": re.compile(_FAR),
    "text-indent": re.compile(_FAR),
    "clip": re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)"),
    "clip-path": re.compile(r"inset\(\s*(?:50|100)%.*\)|circle\(\s*0.*\)"),
    "transform": re.compile(r"scale\(\s*0\s*\)"),
}
_EXTENT = ("height", "max-height", "width", "max-width")
_COLOURS = {"white": "#ffffff", "black": "#000000"}
_FOR_SCREEN_READERS = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only".split())
_SMALL = re.compile(rf"{_ZERO}|1px")
_BRACE = re.compile("([{}])")
_SINGLE = re.compile(r"[.#][\w-]+")


def hides(style: str) -> bool:
    """Say whether the declarations take their element out of sight.

    >>> [hides(s) for s in ("Display: none", "font-size:0px", "color:#FFF; background:#ffffff", "left:-9999px")]
    [True, True, True, True]
    >>> hides("color:#333; font-size:0.9em; opacity:.8; height:0; left:-20px")
    False
    """
    values = dict(_declarations(style))
    return (
        any(name in _HIDING and _HIDING[name].fullmatch(value) for name, value in values.items())
        or _is_folded_up(values)
        or _is_one_colour(values)
    )


def _declarations(style: str) -> list[tuple[str, str]]:
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return [(name.strip(), value.replace("!important", "").strip()) for name, _, value in pairs]


def _is_folded_up(values: dict[str, str]) -> bool:
    return values.get("overflow") in ("hidden", "clip") and any(
        _SMALL.fullmatch(values[name]) for name in _EXTENT if name in values
    )


def _is_one_colour(values: dict[str, str]) -> bool:
    behind = values.get("background-color", values.get("background"))
    return "color" in values and behind is not None and _colour(values["color"]) == _colour(behind)


def _colour(value: str) -> str:
    """Write a colour one way: `#fff` and `white` are `#ffffff`."""
    named = _COLOURS.get(value, value)
    return "#" + "".join(2 * digit for digit in named[1:]) if re.fullmatch("#[0-9a-f]{3}", named) else named


@dataclass(frozen=True, slots=True)
class Hiding:
    """The classes and ids of one page whose elements nobody sees, as selectors: `.note`, `#end`."""

    selectors: frozenset[str]

    def covers(self, element: html.HtmlElement) -> bool:
        """Say whether the element, itself, is out of sight."""
        if "hidden" in element.attrib or element.get("aria-hidden") == "true" or hides(element.get("style", "")):
            return True
        classes = element.get("class", "").split()
        named = {f"#{element.get('id', '')}", *(f".{name}" for name in classes)}
        return not _FOR_SCREEN_READERS.isdisjoint(classes) or not self.selectors.isdisjoint(named)


def hiding_of(tree: html.HtmlElement) -> Hiding:
    """Read the page's own style sheets.

    >>> page = html.fromstring("<style>.a, #b, p.d { display: none } @media print { .c { display: none } }</style>")
    >>> sorted(hiding_of(page).selectors)
    ['#b', '.a']
    """
    sheets = (style.text or "" for style in tree.iter("style") if not style.get("media"))
    return Hiding(frozenset(selector for sheet in sheets for selector in _hidden_in(sheet)))


def _hidden_in(sheet: str) -> list[str]:
    """Return the single classes and ids that a rule outside any `@…` block hides."""
    found: list[str] = []
    opened: list[str] = []
    # Split, not searched: what a search does to a sheet without an end takes time by the square of its length.
    pieces = _BRACE.split(_without_comments(sheet))
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            opened.append(text)
        elif opened:
            selectors = opened.pop()
            if not opened and hides(text):
                found += [part.strip() for part in selectors.split(",") if _SINGLE.fullmatch(part.strip())]
    return found


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return first + " ".join(other.partition("*/")[2] for other in others)
