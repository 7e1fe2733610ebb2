"""Whose age it is where the words beside the number do not say: "the 42-year-old", "she was 31".

The person is looked for among those whose age another source of the story tells by name. Only where the sentence, or
one of the two before it, names exactly one of them is the age taken for that person's.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from briefing.crosschecks.quantities.mentions import Mention
from briefing.crosschecks.scopes import NEARLY_ONE_AGE
from briefing.types import Sentence
from briefing.values import QuantityKind
from briefing.values.quantities.verbs import lemma
from briefing.values.words import FUNCTION_WORDS

_BEFORE = 2
"""Sentences before that may name the person."""
_THE = re.compile(r"(?:^|\W)the\s$", re.I)
_HE = re.compile(r"\b(?:he|she)(?:\s(?:was|is)|['’]s)\s(?:about\s|just\s|only\s|now\s)?$", re.I)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NEXT = re.compile(r"\s([^\W\d_][\w-]*)")

_Ages = Mapping[str, Collection[Mention]]


def with_persons(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> list[Mention]:
    """Return the mentions, ages of somebody whom the context names with that surname as what is counted.

    `sentences` are the citable ones, those of a source in their order.
    """
    ages: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.quantity.kind is QuantityKind.AGE and mention.head:
            ages[mention.quantity.counted].append(mention)
    if not ages:
        return list(mentions)
    near = _named_near(sentences, ages)
    return [_with_person(mention, ages, near[mention.sentence.id]) for mention in mentions]


def _named_near(sentences: Sequence[Sentence], ages: _Ages) -> dict[str, frozenset[str]]:
    """Return, by the id of each sentence, which of the surnames it or one just before it names."""
    near: dict[str, frozenset[str]] = {}
    last: dict[str, deque[frozenset[str]]] = defaultdict(lambda: deque(maxlen=_BEFORE))
    for sentence in sentences:
        words = {
            word.casefold().removesuffix("’s").removesuffix("'s").rstrip("’'") for word in _WORD.findall(sentence.text)
        }
        named = frozenset(words & ages.keys())
        near[sentence.id] = named.union(*last[sentence.source])
        last[sentence.source].append(named)
    return near


def _with_person(mention: Mention, ages: _Ages, named: Collection[str]) -> Mention:
    if mention.quantity.kind is not QuantityKind.AGE or mention.head or not _stands_for_somebody(mention):
        return mention
    persons = sorted(
        (name for name in named if _may_be_of(mention, ages[name])), key=lambda name: (-len(ages[name]), name)
    )
    # "Ines, 34" and "Farrow, 34" are one person.
    if not persons or len({m.quantity.low for name in persons for m in ages[name]}) > 1:
        return mention
    return replace(mention, quantity=replace(mention.quantity, counted=persons[0]))


def _may_be_of(mention: Mention, told: Collection[Mention]) -> bool:
    """Whether another source gives the person about that age, and its own source no other."""
    return all(m.quantity.low == mention.quantity.low for m in told if m.source == mention.source) and any(
        m.source != mention.source and abs(m.quantity.low - mention.quantity.low) <= NEARLY_ONE_AGE for m in told
    )


def _stands_for_somebody(mention: Mention) -> bool:
    """Whether the age stands for a person in place of the name: not "the 42-year-old driver", who may be another."""
    text, q = mention.sentence.text, mention.quantity
    if _HE.search(text, 0, q.start):
        return True
    if not _THE.search(text, 0, q.start) and q.start:
        return False
    after = _NEXT.match(text, q.end)
    return after is None or after[1].casefold() in FUNCTION_WORDS or lemma(after[1]) not in {None, after[1]}
