"""Read words for how many of a kind: all, most, many, some, few. Numbers are quantities, "no" and "none" negations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from briefing.values.words import word_forms


class Extent(IntEnum):
    """How many of a kind a word says, each more than the one before; whoever says more says less as well."""

    FEW = 1
    SOME = 2
    MANY = 3
    MOST = 4
    ALL = 5


@dataclass(frozen=True, slots=True)
class Quantifier:
    """A word for how many, and the word that it counts, as written."""

    start: int
    end: int
    text: str
    extent: Extent
    of: str


_NEARLY = r"(?:(?:nearly|almost|virtually|practically)\s)"
_FORMS = (
    (Extent.MOST, rf"{_NEARLY}(?:all|every|each)|most|(?:the|a)\s(?:\w+\s)?majority\sof"),
    (Extent.ALL, r"(?:all|every|each)(?:\sone)?(?:\sof)?"),
    (Extent.MANY, r"many|a\slot\sof|lots\sof|numerous|(?:a\s)?(?:large|great|huge)\snumbers?\sof|scores\sof"),
    (Extent.SOME, r"some|several|a\snumber\sof|certain|various"),
    (Extent.FEW, r"(?:only\s|just\s)?(?:a\s)?(?:few|handful\sof)"),
)
_OF = r"(?:\s(?:of\s)?(?:the|its|his|her|their|these|those|our)|\sof)?"
_NOUN = r"\s(?P<of>[^\W\d_][\w’'-]+)"
_QUANTIFIER = re.compile(
    rf"(?<![\w-])(?P<word>(?P<everybody>(?:{_NEARLY})?every(?:one|body))"
    + "".join(rf"|(?P<e{extent.value}>{words})" for extent, words in _FORMS)
    + rf")(?(everybody)|{_OF}{_NOUN})",
    re.I,
)
#: What follows a word for how many that counts nothing: "all over", "most likely", "some time", "each other".
_COUNTS_NOTHING = frozenset(
    "over other time way kind sort more less but the same other another right round around along about too so day "
    "year week month night long one two three four five six seven eight nine ten dozen hundred thousand million half "
    "be been is are was were in at on by to for with as than that this it they them we you who have had has and or of "
    "too much little times years days weeks months hours minutes ago later now then".split()
)
_MOST_OF = re.compile(r"\w+s$|people|men|women|children|police|staff|cattle|crew|data", re.I)
_QUANTIFYING = frozenset(
    "all every each everyone everybody most majority many lot lots numerous number numbers scores some several certain "
    "various few handful".split()
)


def read_quantifiers(text: str) -> tuple[Quantifier, ...]:
    """Return the words for how many of a kind, in order.

    >>> [(q.text, q.extent.name, q.of) for q in read_quantifiers("Most of the crew and all the passengers swam.")]
    [('Most', 'MOST', 'crew'), ('all', 'ALL', 'passengers')]
    >>> read_quantifiers("It is most likely that some 40 people, above all children, were seen all over town.")
    ()
    """
    if _QUANTIFYING.isdisjoint(word_forms(text)):
        return ()
    return tuple(found for match in _QUANTIFIER.finditer(text) if (found := _quantifier(match)))


def _quantifier(match: re.Match[str]) -> Quantifier | None:
    word, of = match["word"], match["of"] or "people"
    nearly = bool(re.match(_NEARLY, word, re.I))
    extent = next((e for e in Extent if match[f"e{e.value}"]), Extent.MOST if nearly else Extent.ALL)
    if of.casefold() in _COUNTS_NOTHING or match.string[: match.start()].casefold().endswith(_IDIOMS):
        return None
    if word.casefold() == "most" and not _MOST_OF.fullmatch(of) and " of" not in match[0]:
        return None
    return Quantifier(match.start("word"), match.end("word"), word, extent, of)


# "Above all", "at all", "not all", "the most", "at some point".
_IDIOMS = tuple(f"{word} " for word in "above at after not n't n’t the in for so as too how".split())
