"""The publisher's own voice: exhortation, jeering and asides that report nothing."""

from __future__ import annotations

import re

_ATTRIBUTED = re.compile(
    r"\b(?:said|says|say|told|tells|according to|reported(?:ly)?|reports|announced|confirmed|stated|added|claimed|wrote|noted|stressed|declared|explained|argued|quoted|citing|spokes\w+)\b",
    re.I,
)
_CUES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"^\W*(?:note that|recall that|let us (?:note|recall|remember)|it (?:is|should be|must be) (?:worth )?(?:noted?|noting|recalled|remembered)|needless to say|in our (?:view|opinion)|we (?:believe|think|hope|urge|wonder)|of course|clearly|frankly|alas)\b",
        r"(?:^|[.!?]\s+)(?:let (?:them|him|her|us|it)\b|let['’]s\b)",
        r"\b(?:should|must|ought to) (?:first of all|finally|instead|simply|just|at last|be ashamed)\b|\bit is (?:high )?time (?:to|that|for)\b|\bhow dare\b|\bshame on\b|\bat (?:its|their|his|her) own expense\b",
        r"\b(?:hysteri\w+|shameful|disgrace\w*|ridiculous|pathetic|hypocri\w+|so-called|absurd\w*|laughable|arrogan\w+|cynical\w*|idiotic|outrageous|nonsense|scandalous|blatant\w*)\b",
        r"[^\s]!(?:\s|$)",
        r"[\"“][^\"“”\s]{3,20}(?: [^\"“”\s]{2,20})?[\"”] \w+",
    )
)


def is_opinion(text: str) -> bool:
    """Tell whether a paragraph judges or exhorts in the publisher's own voice.

    >>> is_opinion("Note that such “friendly” visits help nobody. Let them pay for it.")
    True
    >>> is_opinion("The minister said the visit was ridiculous. “Let them pay for it!” she said.")
    False
    """
    if _ATTRIBUTED.search(text):
        return False
    found = [bool(cue.search(text)) for cue in _CUES]
    return any(found[:3]) and sum(found) >= 2
