"""What the styles of a DOCX file are called, and which of them take text out of sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off"})
_VANISHING = ("vanish", "webHidden", "specVanish")
_LEAST_WHITE = 250
"""Of 255, in red, green and blue; the same for PDF."""
_NO_FILL = frozenset({"", "AUTO"})


#: Whether properties of text make it vanish, white, too small to be seen; None where they say nothing of it.
Hiding = tuple[bool | None, bool | None, bool | None]
_SAYS_NOTHING: Hiding = (None, None, None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Styles:
    """Of the styles of a file, by id: ids are in the language of the program, names are not."""

    names: Mapping[str, str]
    """In small letters."""
    hiding: Mapping[str, Hiding]

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        """Read a part of styles; without one, no style has a name and none hides anything."""
        found = [] if root is None else list(root.iter(f"{WORD}style"))
        styles = {style.get(f"{WORD}styleId", ""): style for style in found}
        return cls(
            names={id_: _value(style, "name").lower() for id_, style in styles.items()},
            hiding={id_: _inherited(id_, styles) for id_ in styles},
        )

    def hide(self, run: etree._Element | None, paragraph: etree._Element | None) -> bool:
        """Say whether text with these properties is out of sight: what its run says counts before its styles."""
        told = (_hiding(run), self._named(run, "rStyle"), self._named(paragraph, "pStyle"))
        return any(_nearest(told))

    def _named(self, properties: etree._Element | None, kind: str) -> Hiding:
        return _SAYS_NOTHING if properties is None else self.hiding.get(_value(properties, kind), _SAYS_NOTHING)


def _nearest(told: Sequence[Hiding]) -> Hiding:
    """Of each kind of hiding, what the first says that says anything of it."""
    vanish, white, tiny = (next((one for one in kind if one is not None), None) for kind in zip(*told, strict=True))
    return vanish, white, tiny


_DEEPEST = 20
"""Styles based on each other; one that is based on itself ends here too."""


def _inherited(id_: str, styles: Mapping[str, etree._Element]) -> Hiding:
    told = [_SAYS_NOTHING]
    while id_ in styles and len(told) <= _DEEPEST:
        told.append(_hiding(styles[id_].find(f"{WORD}rPr")))
        id_ = _value(styles[id_], "basedOn")
    return _nearest(told)


def _hiding(properties: etree._Element | None) -> Hiding:
    return _SAYS_NOTHING if properties is None else (_vanish(properties), _white(properties), _tiny(properties))


def _vanish(properties: etree._Element) -> bool | None:
    told = [element for name in _VANISHING if (element := properties.find(f"{WORD}{name}")) is not None]
    return any(element.get(f"{WORD}val", "true") not in _OFF for element in told) if told else None


def _white(properties: etree._Element) -> bool | None:
    if properties.find(f"{WORD}color") is None:
        return None
    shade = properties.find(f"{WORD}shd")
    fill = "" if shade is None else shade.get(f"{WORD}fill", "").upper()
    plain = properties.find(f"{WORD}highlight") is None and (fill in _NO_FILL or _is_white(fill))
    return plain and _is_white(_value(properties, "color"))


def _tiny(properties: etree._Element) -> bool | None:
    # Sizes are in half points.
    size = _value(properties, "sz")
    return size in ("0", "1", "2") if size else None


def _is_white(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= _LEAST_WHITE
    except ValueError:
        return False


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{WORD}{name}")
    return "" if found is None else found.get(f"{WORD}val", "")
