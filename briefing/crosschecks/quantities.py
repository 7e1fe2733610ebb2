"""Find the questions of amount that the sources of one story answer differently.

A number alone never makes a dispute: years, ages, scores and counts of different things would drown the real
ones. Two numbers are compared only when they answer the same question, which takes the same unit, the same
counted noun, an agreeing verb and enough shared context. What is left out on purpose: refinements and roundings,
other days, conditions, and numbers that the other source gives as well.

Deterministic, without a model. Every mention meets only mentions that share a noun or verb and a rare term.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from briefing.terms import content_terms
from briefing.types import (
    Assessment,
    Dispute,
    DisputeKind,
    DisputeValue,
    Document,
    Evidence,
    Match,
    Relay,
    Sentence,
)
from briefing.values import (
    Bound,
    Moment,
    Quantity,
    QuantityKind,
    canonical,
    compatible,
    read_moments,
    read_quantities,
    same_amount,
    scale_slip,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class QuantityPolicy:
    """When two numbers answer the same question: least share of context that their sentences have in common.

    Shares are of the rarity-weighted terms of the poorer sentence.
    """

    same_noun_and_verb: float = 0.2
    same_noun: float = 0.35
    same_verb: float = 0.35
    neither: float = 0.6
    slip_discount: float = 0.5
    """A value exactly 1,000 times another is evidence by itself."""
    near: float = 0.05
    """Rounded or approximate values this close, relative to the larger, are one value told twice."""
    postings: int = 64
    """A term looks up at most this many earlier mentions, so that cost stays linear in the story."""


@dataclass(frozen=True)
class _Mention:
    """One comparable number, with what decides whether it answers the same question as another."""

    document: Document
    sentence: Sentence
    quantity: Quantity
    terms: frozenset[str]
    moments: tuple[Moment, ...]

    @property
    def source(self) -> str:
        return self.sentence.source

    @cached_property
    def nouns(self) -> frozenset[str]:
        return frozenset(content_terms(self.quantity.counted))

    @cached_property
    def head(self) -> str:
        terms = content_terms(self.quantity.counted)
        return terms[-1] if terms else ""

    @cached_property
    def verb(self) -> str:
        return _VERB_CLASS.get(self.quantity.predicate, self.quantity.predicate)

    @cached_property
    def order(self) -> tuple[int, int]:
        return (self.sentence.start + self.quantity.start, self.sentence.start + self.quantity.end)
