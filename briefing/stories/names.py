"""Names in a text that may be a news outlet's, and what a name alone or the noun beside it shows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.values.gazetteer import country_of

_WORD = r"(?:[A-Z][\w&’'-]*[\w!]|[A-Z])(?:\.(?:com|org|net|info|[a-z]{2})\b)?"
NAME = re.compile(
    rf"\b(?:[Tt]he\s)?{_WORD}(?:\s(?:of\s(?:the\s)?|&\s|de\s|della\s|du\s)?{_WORD}){{0,4}}"
    r"|(?<![\w./@])(?!(?:twitter|facebook|youtube|instagram|tiktok|google)\.)[\w-]+\.(?:com|org|net|news)\b(?!\.)|\bdpa\b"
)
_SHORT_FOR = {"ap": "associated press", "afp": "agence france-presse", "dw": "deutsche welle"}
LARGEST = frozenset(
    (
        "associated press|agence france-presse|reuters|upi|xinhua|tass|itar-tass|ria novosti|interfax|dpa|ansa|efe|"
        "kyodo|yonhap|pti|anadolu|irna|ukrinform|bbc|cnn|cnbc|nbc|cbs|abc|msnbc|npr|pbs|fox|sky|bloomberg|politico|"
        "al jazeera|al-jazeera|al arabiya|euronews|deutsche welle|guardian|economist|le monde|le figaro|der spiegel|"
        "die zeit|el país|corriere della sera|la repubblica|asahi shimbun|press association"
    ).split("|")
)
"""Keys of the largest agencies, broadcasters and papers whose names do not show what they are."""
_NAMED_LAST = re.compile(
    r"(?:Times|Post|Herald|Tribune|Journal|Gazette|Guardian|Mail|Telegraph|Mirror|Observer|Chronicle|Star|Sun|Globe|"
    r"Express|Weekly|Daily|Courier|Dispatch|Independent|Examiner|Bulletin|Sentinel|Inquirer|Echo|Today|Press|TV|Television|"
    r"Radio|Broadcasting|Magazine|Newspaper|Zeitung|Nachrichten|Newswire)!?$"
)
_NAMED_WITHIN = re.compile(r"\bNews\b|^Daily\s|^Radio\s|^Channel\s\d|\b(?:Times|Voice)\sof\s|\.(?:com|org|net|news)\b")
_NO_OUTLET = re.compile(
    r"\b(?:Ministr\w+|Department|Office|Council|Commission\w*|Committee|Government|Police|Army|Navy|Forces?|Court|"
    r"Parliament|Congress|Senate|House|Bank|University|Institute|Hospital|Union|Nations|Organi[sz]ation|Association|"
    r"Party|Company|Inc|Ltd|Corp|President|Prime|Secretary|Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Sir|Judge|"
    r"King|Queen|Prince\w*|Pope|Kremlin|Pentagon|Embassy|Authority|Bureau|Board|Cent(?:er|re)|Foundation|Medical|NATO|UN|EU|"
    r"WHO|FBI|CIA|NASA|Twitter|Facebook|YouTube|Instagram|Telegram|WhatsApp|Google|TikTok|Spokes\w+)\b"
)
_NOUN = (
    r"(?:news\s?(?:site|website|agency|outlet|portal|channel|organi[sz]ation|service|network|magazine|wire|broadcaster)"
    r"|news\s?paper|broadcaster|tabloid|newsweekly)"
)
# "The X news site said" names X; "the Velmish news site X" and "a Velm newspaper" name no outlet of Velm.
_NOUN_AFTER = re.compile(
    rf"^!?[’']?s?\s(?:[a-z-]+\s){{0,2}}?(?:{_NOUN}|magazine|daily(?=\s[a-z]+(?:ed|s|said)\b))\b(?!,?\s(?:the\s)?[“\"]?[A-Z\d])"
)
_UNNAMED = re.compile(r"\b(?:an?|local|another|every|each|several|some|one|two)\s$", re.I)
_NOUN_BEFORE = re.compile(
    rf"(?:{_NOUN}|\b(?:daily|weekly)|\b(?!(?:her|his|its|their|our|my|your|own|official|on|a)\s)[a-z]+\s(?:website|magazine|publication|blog)"
    r"|\bedition\sof|\b(?:journalists?|reporters?)\s(?:at|of|for))\s(?:the\s)?[“\"‘]?$"
)
_OPENING = re.compile(
    r"^(?:After|As|When|But|And|On|In|At|Last|Earlier|Meanwhile|According|While|Although|Before|Since|If|That|This|"
    r"Later|A|Then|Now|So|Yet|Both|Also|For|By|To|From|However|Update|UPDATE|Photo|Image|Video|Source)\s"
)
_CLOSING = re.compile(
    r"\s(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|I|He|She|It|They|We)$"
)
_NO_NAME = re.compile(
    r"(?i:the|a|an|according|news|tv|television|radio|daily|times|post|press|today|i|he|she|it|we|they|this|that|these|"
    r"those|there|but|and|one|two|three|some|many|no|yes|his|her|its|our|sources?|reports?|officials?|police|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december)$"
)
_OWNER = re.compile(r"^.*[’']s\s(?=[A-Z])")
_GENERIC = re.compile(r"\b(?:news|online|website|site|agency|newspaper|magazine|com|org|net|co|uk|www)\b")


def key_of(name: str) -> str:
    """Fold an outlet's name so that its usual variants meet.

    >>> key_of("The Veld Courier’s"), key_of("Orrin! News"), key_of("www.orrin.com"), key_of("AP")
    ('veld courier', 'orrin', 'orrin', 'associated press')
    """
    folded = re.sub(r"[’']s$", "", name.strip()).casefold()
    words = re.sub(r"[^\w&-]+", " ", folded).removeprefix("the ").strip()
    short = re.sub(r"\s+", " ", _GENERIC.sub(" ", words)).strip() or words
    return _SHORT_FOR.get(short, short)


def short_forms(key: str) -> frozenset[str]:
    """Return what a text may call an outlet after its full name: itself, its end, its initials.

    >>> sorted(short_forms("upper veld courier")), sorted(short_forms("times of veld"))
    (['courier', 'upper veld courier', 'uvc', 'veld courier'], ['times of veld', 'tov'])
    """
    words = key.split()
    # "the Courier" is the Veld Courier, but "Veld" alone is not the Times of Veld.
    first = 1 if is_named_like_outlet(words[-1].title()) else len(words)
    ends = {" ".join(words[i:]) for i in range(first, len(words))}
    initials = {"".join(word[0] for word in words)} if len(words) > 2 else set()
    return frozenset({key} | ends | initials)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A name in a sentence that may be an outlet's. Offsets are into the sentence's text."""

    name: str
    key: str
    start: int
    end: int


def mentions(text: str) -> Iterator[Mention]:
    """Yield the names in a sentence, without the words around them that only look like part of one."""
    for found in NAME.finditer(text):
        start, end = found.span()
        while opening := _OPENING.match(text[start:end]):
            start += opening.end()
        while closing := _CLOSING.search(text[start:end]):
            end = start + closing.start()
        if owner := _OWNER.match(text[start:end]):
            start += owner.end()
        start += len(text[start:end]) - len(text[start:end].removeprefix("the "))
        end -= len(text[start:end]) - len(re.sub(r"[’']s?$", "", text[start:end]))
        name = text[start:end]
        if name and not _NO_NAME.match(name):
            yield Mention(name=name, key=key_of(name), start=start, end=end)


def around(text: str, mention: Mention) -> tuple[str, str]:
    """Return what stands before and after a name in its sentence."""
    return text[: mention.start], text[mention.end :]


def is_outlet(mention: Mention, before: str, after: str) -> bool:
    """Say whether a name alone, or the noun beside it, shows that it is an outlet's."""
    if mention.key in LARGEST:
        return True
    if not may_be_outlet(mention):
        return False
    words = len(mention.name.split())
    return bool(
        _NAMED_WITHIN.search(mention.name)
        or (words > 1 and is_named_like_outlet(mention.name))
        or (_NOUN_AFTER.match(after) and not _UNNAMED.search(before))
        or _NOUN_BEFORE.search(before)
    )


def is_named_like_outlet(name: str) -> bool:
    """Say whether a name ends in what newspapers and stations are called: "Courier", "Times", "Radio"."""
    return bool(_NAMED_LAST.search(name))


def may_be_outlet(mention: Mention) -> bool:
    """Say whether nothing in a name shows that it is an institution's or a country's."""
    return not (_NO_OUTLET.search(mention.name) or country_of(mention.key))
