"""What outlets are called, as far as their names tell."""

from __future__ import annotations

import re

from briefing.documents.shapes import Shape

OUTLET_WORD = re.compile(
    r"\b(?:times|post|news|newspaper|journal|herald|tribune|guardian|daily|gazette|press|radio|tv|television|observer"
    r"|chronicle|mail|telegraph|independent|standard|agency|media|magazine|review|today|weekly|broadcasting|wire"
    r"|mirror|express|globe|star|sun|echo|courier|examiner|bulletin|dispatch|monitor|zeitung|nachrichten|presse"
    r"|sentinel|newswire|argus|enquirer|inquirer|advertiser|intelligencer|clarion|spectator|gazeta|diario|corriere)\b"
    r"|\.(?:com|org|net|co|de|fr|uk|news|info)\b|!",
    re.I,
)
# Of an outlet only at the end of a short name: "The Twin Buttes Record", not "Opposition Leader Quits".
_OUTLET_AT_END = re.compile(
    r"(?:the )?(?:\S+ ){1,2}(?:record|recorder|leader|ledger|advocate|register|statesman|citizen|beacon|voice|democrat"
    r"|banner|messenger|mercury|economist|insider|digest)",
    re.I,
)
_MASTHEAD_WORDS = range(2, 6)
# "World News", "Press Room" and "Top Stories" are sections of any outlet.
_SECTION_WORDS = frozenset(
    "the of and news press room top stories story breaking latest world home local national international politics "
    "business sport sports tv radio video media today live daily weekly magazine review independent".split()
)
_ASKING_WORDS = frozenset("support read visit join about watch listen follow get see more".split())


def is_outlet_name(shape: Shape) -> bool:
    """Tell "The Port Ellery Times" from "Breaking News": an outlet's word, and a name beside it."""
    capitalised = all(word[:1].isupper() or word in ("of", "the", "and", "&") for word in shape.text.split())
    named = [word for word in shape.words if word not in _SECTION_WORDS]
    if not shape.words or shape.words[0] in _ASKING_WORDS:
        return False
    outlet = OUTLET_WORD.search(shape.text) or _OUTLET_AT_END.fullmatch(shape.text)
    return capitalised and len(shape.words) in _MASTHEAD_WORDS and bool(named and outlet)
