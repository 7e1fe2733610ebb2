"""Words by which a text passes on what an outlet said, or by which people speak to an outlet. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_ADVERBS = r"(?:(?:first|also|has|had|have|previously|earlier|later|exclusively|then|\w+day|on\s\w+day)\s){0,3}"
_APPOSITION = r"(?:\s?[,(][^,()]{2,60}[,)])?"
_REPORTED = re.compile(
    rf"^(?:[’']s)?{_APPOSITION}(?:\s[a-z]+){{0,2}}?\s{_ADVERBS}"
    r"(?:(?:reported|reports|reporting|revealed|reveals)(?=$|[^\w\s]|\s(?:that|on|in|how|about|from|the|this|last|late|"
    r"early|earlier|yesterday|today|citing|\w+day)\b)|has\slearned|broke\sthe)\b"
)
_SAID = re.compile(
    rf"^(?:[’']s)?{_APPOSITION}(?:\s(?:news|site|website|agency|outlet|newspaper|daily|paper|channel|broadcaster|magazine|"
    rf"itself)){{0,2}}\s{_ADVERBS}(?:reported|reports|said|says|wrote|writes|noted|notes|quoted|quotes|cited|cites|claimed|claims|"
    r"published|publishes|added|adds|stated|states|understands|quoting|citing|stressed|recalled|summed)\b"
)
_STORY = re.compile(
    r"^(?:[’']s?)?\s(?:[\w-]+\s){0,2}?(?:reports?|reporting|article|story|scoop|investigation|account|interview|exclusive)\b"
)
# Between a cue and the name it points at: "according to the American edition of", "told the local newspaper".
_LEADING = (
    r"(?:(?:[a-z’'-]+|[A-Z]\w+[’']s"
    r"|[A-Z][a-z]+(?=\s(?:news|daily|edition|newspaper|broadcaster|tabloid|site|website))),?\s){0,5}"
)
_TOLD = re.compile(
    rf"\b(?:told|tells?|telling|[Ss]peaking\sto|spoke\sto|spoke\swith|interview\s(?:with|to))\s(?P<leading>{_LEADING})[“\"]?$"
)
_TOLD_END = re.compile(
    r"^(?:$|\s?[.,;:”\")—–]|\s(?:on\s[A-Z]|in\s(?:an?|the|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|\d)|this|by|under|via|after|during|last|late|earlier|yesterday|today|that|news|he|she|"
    r"they|it)\b)"
)
_CITED = re.compile(
    rf"\b(?:[Aa]ccording\sto|writes|reports|[Qq]uoting|quotes?|quoted|[Rr]eferring\sto|reference\sto|as\sper|via|[Ss]ource:|"
    rf"(?:appeared|ran|posted|published|printed|carried|aired|broadcast)\s(?:in|on|by))\s{_LEADING}[“\"‘]?$"
)
_SOURCED = re.compile(
    rf"\b(?:[Cc]iting|cites?|cited|[Rr]eports?\s(?:by|in|on|from|of|to)|[Aa]rticle\s(?:by|in|on|from)|"
    rf"(?:reported|revealed)\sby)\s{_LEADING}[“\"‘]?$"
    r"|\b(?:reported|revealed)\s(?:in|on)\s(?:the\s)?[“\"‘]?$"
    rf"|\b(?:first|originally|as)\sreported\s[^.;!?]{{0,60}}\bby\s{_LEADING}[“\"‘]?$"
)
_BY = re.compile(
    r"\b(?:reported|revealed|published|obtained|reviewed|seen|cited|quoted|interviewed|reporting|report|reports|"
    rf"story|footage|broadcast|carried|picked\sup|disclosed)\b[^.;!?]{{0,90}}\bby\s{_LEADING}[“\"‘]?$"
)


class Cue(Enum):
    """How a sentence brings in a name."""

    TOLD = "told"
    """Somebody spoke to it: its own voice in its own article, a citation in another's."""
    REPORTED = "reported"
    """It reported: what hardly anything but an outlet does, in such words."""
    SOURCED = "sourced"
    """Its report is given as the source."""
    CITED = "cited"
    """It said or wrote, or something is according to it: people and ministries do so too."""


@dataclass(frozen=True, slots=True)
class Said:
    """A cue, and how many characters before and after the name belong to it."""

    cue: Cue
    before: int
    after: int


def cue_of(before: str, after: str) -> Said | None:
    """Say how the words on either side of a name bring it in; None when they do not.

    >>> cue_of("This was first reported by ", " on Monday."), cue_of("Officials told ", ".")
    (Said(cue=<Cue.SOURCED: 'sourced'>, before=18, after=0), Said(cue=<Cue.TOLD: 'told'>, before=5, after=0))
    """
    told = _TOLD.search(before)
    if told and _TOLD_END.match(after):
        # An outlet does not explain in its own article that it is "the local newspaper".
        cue = Cue.CITED if told["leading"].removeprefix("the ") else Cue.TOLD
        return Said(cue, len(before) - told.start(), 0)
    for cue, pattern in ((Cue.REPORTED, _REPORTED), (Cue.CITED, _SAID), (Cue.CITED, _STORY)):
        if follows := pattern.match(after):
            return Said(cue, 0, follows.end())
    for cue, pattern in ((Cue.SOURCED, _SOURCED), (Cue.CITED, _CITED), (Cue.CITED, _BY)):
        if precedes := pattern.search(before):
            return Said(cue, len(before) - precedes.start(), 0)
    return None
