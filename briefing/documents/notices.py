"""Where a publisher says that it changed the article: updates, corrections, editor's notes."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"\W{0,3}(?:(?P<update>updates?|updated)|(?P<correction>corrections?|corrected|clarifications?|amendment|amended|erratum|retraction)"
    r"|(?P<note>editor['’]?s?['’]? note|editors['’]? note|note from the editors?|note to readers|ed\. note|anmerkung der redaktion|note de la rédaction|nota del editor"
    r"|(?P<de>korrektur|berichtigung|aktualisierung)))\b[^.:!?]{0,60}:\s*\S",
    re.I,
)
_CHANGED = re.compile(
    r"\b(?:this|the|an?)\s+(?:earlier\s+|previous\s+|original\s+|earlier version of th(?:is|e)\s+)?(?:\w+\s+)?"
    r"(?:article|story|post|report|piece|page|version|headline|item|column|text|caption|transcript)\b[^.!?]{0,80}?"
    r"\b(?:ha(?:s|ve) been|was|were|is being|will be|incorrectly|erroneously|mistakenly|wrongly|misstated|misidentified|misspelled|misspelt)\s*"
    r"(?:since |also |subsequently |recently )*(?P<how>updated|corrected|amended|revised|changed|clarified|edited|stated|said|identified|reported|gave|listed|described|named|attributed|referred|)\b",
    re.I,
)
_EARLIER_VERSION = re.compile(
    r"\b(?:an )?(?:earlier|previous|original) version of th(?:is|e) (?:article|story|post|report|piece|page|headline|column)\b",
    re.I,
)
_UPDATE_WORDS = re.compile(
    r"\b(?:updat\w+|revised to (?:add|include)|aktualisier\w*|mise? à jour|actualizad\w)\b", re.I
)
_CORRECTION_WORDS = re.compile(
    r"\b(?:correct(?:ed|ion|s|ing)?|amend\w+|clarif\w+|erratum|retract\w+|incorrectly|erroneously|mistakenly|wrongly|misstated|misidentified|misspell?\w+|inaccura\w+|in error|korrektur|berichtig\w+|korrigiert|corrig\w+)\b",
    re.I,
)
_EDITED = frozenset({"updated", "corrected", "amended", "revised", "changed", "clarified", "edited"})


def kinds(text: str) -> tuple[str, ...]:
    """Return which kinds of notice the paragraph is: none, `update`, `correction` or both.

    >>> kinds("Editor's note: This post has been updated with a reply, and corrected to say ten, not two.")
    ('update', 'correction')
    >>> kinds("The council updated its plan on Monday.")
    ()
    """
    label = _LABEL.match(text)
    if not label and not _says_changed(text):
        return ()
    found = []
    if (label and label["update"]) or _UPDATE_WORDS.search(text):
        found.append("update")
    if (label and label["correction"]) or _CORRECTION_WORDS.search(
        text if not (label and label["update"]) else ""
    ):
        found.append("correction")
    return tuple(found) or ("update",)


def _says_changed(text: str) -> bool:
    if _EARLIER_VERSION.search(text):
        return True
    changed = _CHANGED.search(text)
    return bool(changed and (changed["how"].lower() in _EDITED or _CORRECTION_WORDS.search(changed.group())))
