"""One text with everything that the rules look at, each read when a rule first asks for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from briefing import values
from briefing.spans import fold
from briefing.terms import content_terms
from briefing.types import Finding, FindingKind
from briefing.values.quantities.verbs import lemma


@dataclass(frozen=True, slots=True)
class Token:
    """A content word: what it means to the rules, and where it stands."""

    key: str
    start: int
    end: int
    part: int
    """Which part of its text it stands in: parts end at commas, stops and conjunctions."""


class Read:
    """A text and its values."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published

    @cached_property
    def quantities(self) -> tuple[values.Quantity, ...]:
        return values.read_quantities(self.text)

    @cached_property
    def moments(self) -> tuple[values.Moment, ...]:
        return values.read_moments(self.text, self.published)

    @cached_property
    def names(self) -> tuple[values.Name, ...]:
        return values.read_names(self.text)

    @cached_property
    def titles(self) -> tuple[values.Title, ...]:
        return values.read_titles(self.text)

    @cached_property
    def negations(self) -> tuple[values.Negation, ...]:
        return values.read_negations(self.text)

    @cached_property
    def quotations(self) -> tuple[values.Quotation, ...]:
        return values.read_quotations(self.text)

    @cached_property
    def attributions(self) -> tuple[values.Attribution, ...]:
        return values.read_attributions(self.text)

    @cached_property
    def hedges(self) -> tuple[values.Hedge, ...]:
        return values.read_hedges(self.text)

    @cached_property
    def quantifiers(self) -> tuple[values.Quantifier, ...]:
        return values.read_quantifiers(self.text)

    @cached_property
    def prospects(self) -> tuple[values.Prospect, ...]:
        return values.read_prospects(self.text)

    @cached_property
    def directions(self) -> tuple[values.Direction, ...]:
        return values.read_directions(self.text)

    @cached_property
    def addresses(self) -> tuple[values.Address, ...]:
        return values.read_addresses(self.text)

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(content_terms(self.text))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words as written, without punctuation and possessive, folded in case alone; of "anti-war", "war" too."""
        words = split_words(self.text)
        return frozenset(words).union(*(_HYPHEN.split(word) for word in words if _HYPHEN.search(word)))

    @cached_property
    def bare(self) -> str:
        return bare(self.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its content words in order."""
        ends = [match.end() for match in _PART_END.finditer(self.text)]
        return tuple(
            Token(key, match.start(), match.end(), bisect_left(ends, match.end()))
            for match in _WORD.finditer(self.text)
            if (key := key_of(match[0]))
        )

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(token.key for token in self.tokens)

    def denied_at(self, offset: int) -> bool:
        """Whether an odd number of negations cover an offset."""
        return values.is_negated(self.negations, offset)

    def within(self, start: int, end: int) -> list[Token]:
        """The content words that begin in a range."""
        first = bisect_left(self.tokens, start, key=lambda token: token.start)
        last = bisect_left(self.tokens, end, key=lambda token: token.start)
        return list(self.tokens[first:last])


@lru_cache(maxsize=8_192)
def read(text: str, published: date | None) -> Read:
    """Read a text; the same text with the same date is read once."""
    return Read(text, published)


_HYPHEN = re.compile(r"[-–—/]")
_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_PART_END = re.compile(
    r"[,;:()—](?=[\s\"”’]|$)|[.!?](?=[\s\"”’]|$)|\s(?:and|but|while|whereas|or|who|which)\b|\s[–-]\s"
)
#: Words that news uses for one thing, by the first of each line.
_KINDRED = {
    word: line.split()[0]
    for line in (
        "die died dies dying dead death deaths kill killed kills killing fatal fatally fatality fatalities lives",
        "hurt injure injured injures injuring injury injuries wound wounded wounding wounds harm harmed",
        "buy bought buys buying purchase purchased acquire acquired acquisition",
        "prison jail jailed imprisoned imprisonment",
        "house houses home homes household households",
        "pregnant pregnancy pregnancies",
        "rise rises rose risen rising increase increases increased increasing climb climbs climbed",
        "fall falls fell fallen falling decrease decreases decreased decline declines declined drop drops dropped",
        "forgery forgeries forged fake fakes faked",
        "drink drank drunk drunken drinking drinks",
    )
    for word in line.split()
}


@lru_cache(maxsize=65_536)
def key_of(word: str) -> str:
    """Return what stands for a word and its forms when two texts are laid side by side; empty for function words.

    >>> key_of("taken") == key_of("takes"), key_of("deaths") == key_of("killed"), key_of("the")
    (True, True, '')
    """
    folded = word.casefold().replace("’", "'").removesuffix("'s")
    kindred = _KINDRED.get(folded)
    if kindred:
        return kindred
    terms = content_terms(lemma(folded) or folded) if content_terms(folded) else ()
    return terms[0] if len(terms) == 1 else ""


def split_words(text: str) -> list[str]:
    return [word.strip(".,;:!?()[]\"“”‘’'").removesuffix("’s").removesuffix("'s").casefold() for word in text.split()]


def bare(quotation: str) -> str:
    """Fold, and drop the punctuation that house styles move inside or outside of the closing mark."""
    return fold(quotation).text.strip(" .,;:!?…\"'")


def finding(kind: FindingKind, detail: str, start: int, end: int) -> Finding:
    return Finding(kind=kind, detail=detail, start=start, end=end)


SAME_THING = 0.6
"""Share of a claim's content words that a passage must hold to be about the same thing."""


def share(part: Iterable[str], whole: frozenset[str]) -> float:
    """Return how much of `part` is in `whole`; 0 when there is nothing to share."""
    wanted = frozenset(part)
    return len(wanted & whole) / len(wanted) if wanted else 0.0


def closest(stated: Read, shown: Sequence[Read]) -> Read | None:
    """Return the passage that holds most of the claim's content words; the first of equals."""
    return max(shown, key=lambda read: len(read.keys & stated.keys), default=None)
