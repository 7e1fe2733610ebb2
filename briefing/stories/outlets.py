"""Which names are news outlets, and when two names are the same one. Pure.

People, ministries and governments also "say" and "report", so a name counts as an outlet only with evidence: a
document published by it, a word in it that outlets are named with, a noun beside it ("the news site X"), general
knowledge of the largest, or two different kinds of weak evidence across all documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefing.types import Document, Sentence
from briefing.values.gazetteer import country_of

_WORD = r"(?:[A-Z][\w&’'-]*[\w!]|[A-Z])(?:\.(?:com|org|net|info|[a-z]{2})\b)?"
NAME = re.compile(
    rf"\b(?:[Tt]he\s)?{_WORD}(?:\s(?:of\s(?:the\s)?|&\s|de\s|della\s|du\s)?{_WORD}){{0,4}}"
    r"|\b[\w-]+\.(?:com|org|net|news)\b|\bdpa\b"
)
_LARGEST = {
    "ap": "associated press",
    "associated press": "associated press",
    "afp": "agence france-presse",
    "agence france-presse": "agence france-presse",
} | {
    name: name
    for name in (
        "reuters|upi|xinhua|tass|itar-tass|ria novosti|interfax|dpa|ansa|efe|kyodo|yonhap|pti|anadolu|irna|sana|ukrinform|"
        "bbc|cnn|cnbc|nbc|cbs|abc|msnbc|npr|pbs|fox|sky|bloomberg|politico|al jazeera|al-jazeera|al arabiya|euronews|"
        "deutsche welle|guardian|economist|le monde|le figaro|der spiegel|die zeit|el país|corriere della sera|"
        "la repubblica|asahi shimbun|buzzfeed|tmz|huffpost|vox|slate|vice|reddit news|press association"
    ).split("|")
}
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
    r"King|Queen|Prince\w*|Pope|Kremlin|Pentagon|Embassy|Authority|Bureau|Board|Cent(?:er|re)|Foundation|NATO|UN|EU|"
    r"WHO|FBI|CIA|NASA|Twitter|Facebook|YouTube|Instagram|Telegram|WhatsApp|Google|TikTok|Spokes\w+)\b"
)
_NOUN = (
    r"(?:news\s?(?:site|website|agency|outlet|portal|channel|organi[sz]ation|service|network|magazine|wire|broadcaster)"
    r"|news\s?paper|broadcaster|tabloid|daily|newsweekly)"
)
_NOUN_AFTER = re.compile(rf"^!?[’']?s?\s(?:[a-z-]+\s){{0,2}}?(?:{_NOUN}|magazine)\b")
_NOUN_BEFORE = re.compile(
    rf"(?:{_NOUN}|\b(?:website|magazine|publication|blog)|\bedition\sof|\bjournalists?\s(?:at|of|for)"
    r"|\breporters?\s(?:at|of|for))\s(?:the\s)?[“\"‘]?$"
)
_REPORTED = re.compile(
    r"^\s(?:(?:first|also|has|had|previously|earlier|exclusively)\s){0,2}(?:reported|reports|broke\sthe|has\slearned)\b"
)
_REPORTED_BY = re.compile(r"\b(?:first|as|was|were|originally)\s(?:\w+\s)?reported\s(?:[^.;!?]{0,40}\s)?by\s$")
_TOLD = re.compile(r"\b(?:told|tells?|telling)\s$")
_TOLD_END = re.compile(r"^(?:$|[.,;:”\"]|\son\s|\sin\san\sinterview|\sthis\s|\sby\sphone|\sunder\s)")
_OPENING = re.compile(
    r"^(?:After|As|When|But|And|On|In|At|Last|Earlier|Meanwhile|According|While|Although|Before|Since|If|That|This|"
    r"Later|Then|Now|So|Yet|Both|Also|For|By|To|From|However|Update|UPDATE|Photo|Image|Video|Source)\s"
)
_CLOSING = re.compile(
    r"\s(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|I|He|She|It|They|We)$"
)
_GENERIC = re.compile(r"\b(?:news|online|website|site|agency|newspaper|magazine|com|org|net|www)\b")


def key_of(name: str) -> str:
    """Fold an outlet's name so that its usual variants meet.

    >>> key_of("The Veld Courier’s"), key_of("Orrin! News"), key_of("www.orrin.com"), key_of("AP")
    ('veld courier', 'orrin', 'orrin', 'associated press')
    """
    folded = re.sub(r"[’']s$", "", name.strip()).casefold()
    words = re.sub(r"[^\w&-]+", " ", folded).removeprefix("the ").strip()
    short = re.sub(r"\s+", " ", _GENERIC.sub(" ", words)).strip() or words
    return _LARGEST.get(short, short)


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
        end -= len(text[start:end]) - len(re.sub(r"[’']s?$", "", text[start:end]))
        key = key_of(text[start:end])
        if key:
            yield Mention(name=text[start:end], key=key, start=start, end=end)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlets:
    """Every outlet that the documents give evidence of."""

    known: frozenset[str]
    """Keys of outlets."""
    own: Mapping[str, frozenset[str]]
    """Source id → keys of the outlets that the document itself is of."""


def read_outlets(documents: Sequence[Document], sentences: Mapping[str, Sequence[Sentence]]) -> Outlets:
    """Collect the outlets that a set of documents names or is published by."""
    published = {document.id: _published_by(document) for document in documents}
    strong = {key for keys in published.values() for key in keys}
    weak: dict[str, set[str]] = defaultdict(set)
    told: dict[str, set[str]] = defaultdict(set)
    relayed: dict[str, set[str]] = defaultdict(set)
    for source, each in sentences.items():
        for sentence in each:
            for mention in mentions(sentence.text):
                before, after = sentence.text[: mention.start], sentence.text[mention.end :]
                if is_named_outlet(mention.name, mention.key) or _has_noun(mention.name, before, after):
                    strong.add(mention.key)
                kinds = _weak_evidence(mention.name, before, after)
                weak[mention.key] |= kinds
                told[source] |= {mention.key} & ({mention.key} if "told" in kinds else set())
    known = frozenset(strong | {key for key, kinds in weak.items() if len(kinds) > 1})
    del relayed
    own = {
        document.id: published[document.id] or frozenset(told[document.id] & known)
        for document in documents
    }
    return Outlets(known=known, own=own)
