"""What a change may draw on, and the small tools that all changes share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from training.grammar import Entity, Tokens, splice

NEUTRAL, CONTRADICTION, NOT_ENTAILED = 1, 2, 3


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a change may draw on."""

    evidence: str
    """What is shown with the claim."""
    told: str
    """The sentences of it that the claim follows from."""
    document: tuple[Tokens, ...]
    """Parsed sentences of the same document."""
    elsewhere: tuple[Tokens, ...]
    """Parsed sentences of other documents."""


Corruption = Callable[[Tokens, Surroundings, Random], Tokens | None]


def alternatives(groups: Iterable[str], text: str) -> list[str]:
    return [other for group in groups if text in group.split("|") for other in group.split("|") if other != text]


NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART"})


def drawn(options: list[str], evidence: str, rng: Random) -> str:
    """Return one option, more often one that the evidence has elsewhere, so that a word's presence tells little."""
    near = [text for text in options if re.search(rf"\b{re.escape(text)}\b", evidence)]
    return rng.choice(near if near and rng.random() < _NEAR else options)


_NEAR = 0.7


def is_clean(entity: Entity) -> bool:
    return bool(re.fullmatch(r"[^\W\d_][\w .'’&-]*[\w.]", entity.text)) and entity.text[:1].isupper()


def lower_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]{2,}", text.casefold())) - {"the", "of", "and"}


def agreed(tokens: Tokens, at: int) -> Tokens:
    """Return `tokens` with "a" and "an" made to fit what follows."""
    if not at or tokens[at - 1].text.lower() not in {"a", "an"}:
        return tokens
    article = "an" if tokens[at].text[:1].lower() in "aeiou" else "a"
    return splice(tokens, at - 1, at, article.title() if tokens[at - 1].text[0] == "A" else article)
