"""The publisher's own voice: exhortation, jeering and asides that report nothing."""

from __future__ import annotations

import re

_ATTRIBUTED = re.compile(
    r"\b(?:said|says|say|told|tells|according to|reported(?:ly)?|reports|announced|confirmed|stated|added|claimed|wrote"
    r"|noted|stressed|declared|explained|argued|quoted|citing|spokes\w+)\b",
    re.I,
)
# One of these must be there: nobody but the publisher addresses the reader, exhorts or scolds without quotation marks.
_OWN_VOICE = (
    re.compile(
        r"^\W*(?:note that|recall that|let us (?:note|recall|remember)|it (?:should|must) be (?:noted|recalled"
        r"|remembered)"
        r"|it is worth (?:noting|recalling)|it remains (?:only )?to (?:add|say|note|hope|wonder)"
        r"|needless to say|in our (?:view|opinion)"
        r"|we (?:believe|think|hope|urge|wonder)|of course|clearly|frankly|alas)\b",
        re.I,
    ),
    re.compile(r"(?:^|[.!?]\s+)(?:let (?:them|him|her|us|those|these)\b|let['’]s\b)", re.I),
    re.compile(
        r"\b(?:should|must|ought to) (?:finally|simply|just|at last|be ashamed)\b|\bhow dare\b"
        r"|\bha(?:s|ve) no right to\b"
        r"|\bshame on\b"
        r"|\bit is (?:high )?time (?:to|that|for)\b",
        re.I,
    ),
)
# Plain look-ups for what the second and third need spare most paragraphs the patterns.
_LET = ("let ", "let’s", "let's")
_SCOLDING = ("should ", "must ", "ought ", "how dare", "no right to", "shame on", "time to", "time that", "time for")
_TONE = (
    re.compile(
        r"\b(?:shameful|disgrace\w*|ridiculous|pathetic|hypocri\w+|so-called|absurd\w*|laughable|arrogan\w+"
        r"|cynical\w*|idiotic|outrageous|nonsense|scandalous|blatant\w*)\b",
        re.I,
    ),
    re.compile(r"[^\s]!(?:\s|$)"),
    # A word or two in quotation marks that nobody is named for.
    re.compile(r"[\"“][^\"“”\s]{3,20}(?: [^\"“”\s]{2,20})?[\"”] \w"),
)
_CUES = 2
_LABEL = re.compile(
    r"\W*(?:opinion|editorial|op-ed|commentary|leading article|meinung|kommentar|leitartikel|tribune|opinión)"
    r"\s*(?:$|[:|–—])",
    re.I,
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Uu]s|[Mm]y)\b")
_QUOTED = re.compile(r"[“\"][^“”\"]{0,400}[”\"]")


def labels_opinion(line: str) -> bool:
    """Tell whether a line near a title calls the text an opinion.

    >>> labels_opinion("Opinion"), labels_opinion("Editorial: Close the bridge"), labels_opinion("Opinion polls fall")
    (True, True, False)
    """
    return bool(_LABEL.match(line))


def is_opinion(text: str, *, labelled: bool = False) -> bool:
    """Tell whether a paragraph judges or exhorts in the publisher's own voice, and attributes nothing to anybody.

    In a text that is `labelled` an opinion, one sign is enough, and "we" or "I" is one.

    >>> is_opinion("Note that such “friendly” visits help nobody. Let them pay for it.")
    True
    >>> is_opinion("The minister said the visit was ridiculous. “Let them pay for it!” she said.")
    False
    >>> is_opinion("We have never liked the bridge."), is_opinion("We have never liked the bridge.", labelled=True)
    (False, True)
    """
    own = _own_voice(text)
    if not (own or labelled) or _ATTRIBUTED.search(text):
        return False
    tone = sum(bool(cue.search(text)) for cue in _TONE)
    if labelled:
        return own + tone > 0 or bool(_FIRST_PERSON.search(_QUOTED.sub(" ", text)))
    return own > 0 and own + tone >= _CUES


def _own_voice(text: str) -> int:
    folded = text.lower()
    opens, lets, scolds = _OWN_VOICE
    return (
        bool(opens.search(text))
        + (any(cue in folded for cue in _LET) and bool(lets.search(text)))
        + (any(cue in folded for cue in _SCOLDING) and bool(scolds.search(text)))
    )
