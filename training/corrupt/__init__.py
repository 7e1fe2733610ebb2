"""Small changes that stop a sentence from following: the mirror of `rewrite`.

Each takes the tokens of a claim that follows, what surrounds its evidence, and a random generator, and returns
the changed tokens, or None where it does not apply. The evidence decides what a change may not be: a value is
never replaced by one that the evidence has in the same place.
"""

from __future__ import annotations

from random import Random

from training.corrupt.binding import exchange, swap_roles
from training.corrupt.facts import add_adjective, add_fact, mix_facts
from training.corrupt.figures import swap_date, swap_number, swap_unit, wrong_bound
from training.corrupt.meaning import flip, negate, strengthen, swap_title, swap_word
from training.corrupt.names import swap_name, swap_name_from_elsewhere, swap_speaker
from training.corrupt.surroundings import CONTRADICTION, NEUTRAL, NOT_ENTAILED, Corruption, Surroundings
from training.grammar import Tokens, render

#: Name, change, label, how often it is tried.
CORRUPTIONS: tuple[tuple[str, Corruption, int, float], ...] = (
    ("number", swap_number, CONTRADICTION, 6.0),
    ("bound", wrong_bound, CONTRADICTION, 4.0),
    ("unit", swap_unit, CONTRADICTION, 5.0),
    ("name", swap_name, NOT_ENTAILED, 3.0),
    ("name elsewhere", swap_name_from_elsewhere, NOT_ENTAILED, 0.7),
    ("title", swap_title, NOT_ENTAILED, 4.0),
    ("date", swap_date, CONTRADICTION, 5.0),
    ("negation", negate, CONTRADICTION, 1.3),
    ("direction", flip, CONTRADICTION, 3.0),
    ("roles", swap_roles, NOT_ENTAILED, 30.0),
    ("exchanged", exchange, NOT_ENTAILED, 25.0),
    ("speaker", swap_speaker, NOT_ENTAILED, 4.0),
    ("hedge", strengthen, NEUTRAL, 6.0),
    ("mixed facts", mix_facts, NOT_ENTAILED, 4.0),
    ("word", swap_word, NOT_ENTAILED, 1.2),
    ("extra fact", add_fact, NEUTRAL, 0.8),
    ("extra adjective", add_adjective, NEUTRAL, 0.5),
)


def corrupt(tokens: Tokens, around: Surroundings, rng: Random) -> tuple[str, Tokens, int] | None:
    """Apply one change, drawn at random among those that apply: `(kind, tokens, label)`."""
    for name, operation, label, _ in sorted(CORRUPTIONS, key=lambda row: -(rng.random() ** (1 / row[3]))):
        changed = operation(tokens, around, rng)
        if changed is not None and render(changed) != render(tokens):
            return name, changed, label
    return None


__all__ = [
    "CONTRADICTION",
    "CORRUPTIONS",
    "NEUTRAL",
    "NOT_ENTAILED",
    "Corruption",
    "Surroundings",
    "add_adjective",
    "add_fact",
    "corrupt",
    "exchange",
    "flip",
    "mix_facts",
    "negate",
    "strengthen",
    "swap_date",
    "swap_name",
    "swap_name_from_elsewhere",
    "swap_number",
    "swap_roles",
    "swap_speaker",
    "swap_title",
    "swap_unit",
    "swap_word",
    "wrong_bound",
]
