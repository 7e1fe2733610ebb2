"""Where a publisher says that it changed the article: updates, corrections, editor's notes."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"\W{0,3}(?:(?P<update>updated?|updates|aktualisierung|aktualisiert|mise à jour|actualización)"
    r"|(?P<correction>corrections?|corrected|clarifications?|amendment|amended|erratum|retraction"
    r"|korrektur|berichtigung|rectificatif|corrección|fe de errores)"
    r"|editor['’]?s?['’]? note|note from the editors?|note to readers|ed\. note"
    r"|anmerkung der redaktion|note de la rédaction|nota del editor)\b[^.:!?|]{0,60}:\s*\S",
    re.I,
)
_LABEL_LENGTH = 120
_ARTICLE = r"(?:article|story|post|report|piece|page|headline|column|text|caption|transcript)"
_CHANGES = ("updated", "corrected", "amended", "revised", "changed", "clarified", "edited")
# Parliaments amend "the text" and ministries revise "the report": "this" one is ours, or one that opens a paragraph.
_CHANGED = re.compile(
    rf"(?:\bthis (?:\w+ )?{_ARTICLE}|\A\W*the (?:article|story|post|headline))"
    r" (?:\w+ ){0,8}?(?:has been|have been|was|were|is being|will be) "
    rf"(?:since |also |subsequently |recently |slightly ){{0,2}}(?:{'|'.join(_CHANGES)})\b",
    re.I,
)
_EARLIER_VERSION = re.compile(
    rf"\b(?:earlier|previous|original) version of (?:this (?:\w+ )?{_ARTICLE}|the (?:article|story|post|headline))\b",
    re.I,
)
_UPDATE = re.compile(r"\bupdat(?:e|es|ed|ing)\b|\brevised to (?:add|include)\b|\baktualisier|\bmise? à jour\b", re.I)
_CORRECTION = re.compile(
    r"\b(?:correct(?:ed|ion|ions|s|ing)|amend\w+|clarif\w+|erratum|retract\w+|incorrectly|erroneously|mistakenly"
    r"|wrongly|misstated|misidentified|misspell?\w+|inaccura\w+|in error|korrektur|berichtig\w+|korrigiert)\b",
    re.I,
)


def is_notice(text: str) -> bool:
    """Tell whether the paragraph is the publisher's word about the article itself.

    >>> is_notice("Editor's note: Some readers may find this story distressing.")
    True
    >>> is_notice("The council updated its plan on Monday.")
    False
    """
    if ":" in text[:_LABEL_LENGTH] and _LABEL.match(text):
        return True
    folded = text.lower()
    if "version of" in folded and _EARLIER_VERSION.search(text):
        return True
    return any(change in folded for change in _CHANGES) and bool(_CHANGED.search(text))


def kinds(text: str) -> tuple[str, ...]:
    """Return what a notice tells of: `update`, `correction`, both, or neither.

    >>> kinds("Editor's note: This post has been updated with a reply, and corrected to say ten, not two.")
    ('update', 'correction')
    >>> kinds("Correction: The mayor is sixty.")
    ('correction',)
    >>> kinds("Editor's note: Some readers may find this story distressing.")
    ()
    """
    label = _LABEL.match(text)
    changed = _CHANGED.search(text) or _EARLIER_VERSION.search(text)
    found = []
    if (label and label["update"]) or (changed and _UPDATE.search(text)):
        found.append("update")
    if _is_correction(text, label, changed):
        found.append("correction")
    # "This article was revised on Monday."
    return tuple(found) or (("update",) if changed else ())


def _is_correction(text: str, label: re.Match[str] | None, changed: re.Match[str] | None) -> bool:
    if label and label["update"] and not changed:
        # News about somebody else's correction.
        return False
    return bool((label and label["correction"]) or _CORRECTION.search(text))
