"""Rewritings of a sentence that still follow from it.

Each takes the tokens and a random generator and returns the new tokens, or None where it does not apply. A
rewriting may lose information, never add or change any; what would need judgement is not attempted.
"""

from __future__ import annotations

from random import Random

from training.grammar import Tokens
from training.rewrite.figures import date_format, majority, number_format, rounded, weakened_number
from training.rewrite.order import attribute_first, attribute_last, front_closing, move_opening, to_active, to_passive
from training.rewrite.parts import (
    Rewriting,
    appositive_as_sentence,
    drop_appositive,
    drop_closing,
    drop_opening,
    drop_parenthesis,
    drop_relative,
    factive_clause,
    first_conjunct,
    is_plain,
    relative_as_sentence,
    second_conjunct,
)
from training.rewrite.wording import contraction, surname, synonym

#: By how often each is tried; several may be applied to one sentence.
REWRITINGS: tuple[tuple[str, Rewriting, float], ...] = (
    ("parenthesis", drop_parenthesis, 1.0),
    ("appositive", drop_appositive, 1.5),
    ("relative", drop_relative, 1.5),
    ("opening dropped", drop_opening, 1.0),
    ("opening moved", move_opening, 1.5),
    ("closing fronted", front_closing, 1.0),
    ("closing dropped", drop_closing, 1.0),
    ("first conjunct", first_conjunct, 1.5),
    ("second conjunct", second_conjunct, 2.0),
    ("relative as sentence", relative_as_sentence, 2.5),
    ("appositive as sentence", appositive_as_sentence, 2.5),
    ("attribution first", attribute_first, 2.0),
    ("attribution last", attribute_last, 1.5),
    ("factive clause", factive_clause, 2.0),
    ("passive", to_passive, 3.0),
    ("active", to_active, 3.0),
    ("surname", surname, 1.5),
    ("synonym", synonym, 3.0),
    ("number format", number_format, 3.0),
    ("date format", date_format, 2.0),
    ("contraction", contraction, 1.0),
    ("rounded", rounded, 1.5),
    ("at least", weakened_number, 0.4),
    ("more than half", majority, 3.0),
)


_SYNONYMS = 0.7


def rewrite(tokens: Tokens, rng: Random) -> tuple[Tokens, tuple[str, ...]]:
    """Apply up to three rewritings, drawn at random; return the tokens and what was done."""
    done: list[str] = []
    wanted = rng.choice((0, 1, 2, 2, 3, 3))
    with_synonym = rng.random() < _SYNONYMS
    for name, operation in _shuffled(rng):
        if len(done) == wanted:
            break
        if name == "synonym" and not with_synonym:
            continue
        changed = operation(tokens, rng)
        if changed is not None and len(changed) >= 6:
            tokens = changed
            done.append(name)
    return tokens, tuple(done)


def _shuffled(rng: Random) -> list[tuple[str, Rewriting]]:
    keyed = sorted(REWRITINGS, key=lambda row: -(rng.random() ** (1 / row[2])))
    return [(name, operation) for name, operation, _ in keyed]


__all__ = [
    "REWRITINGS",
    "Rewriting",
    "appositive_as_sentence",
    "attribute_first",
    "attribute_last",
    "contraction",
    "date_format",
    "drop_appositive",
    "drop_closing",
    "drop_opening",
    "drop_parenthesis",
    "drop_relative",
    "factive_clause",
    "first_conjunct",
    "front_closing",
    "is_plain",
    "majority",
    "move_opening",
    "number_format",
    "relative_as_sentence",
    "rewrite",
    "rounded",
    "second_conjunct",
    "surname",
    "synonym",
    "to_active",
    "to_passive",
    "weakened_number",
]
