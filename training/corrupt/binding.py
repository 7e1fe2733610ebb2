"""The right names and amounts in the wrong places: who did what to whom, which number counts what."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.corrupt.surroundings import Surroundings
from training.grammar import Entity, Token, Tokens, children, contiguous, entities, lowered, phrase, splice
from training.wordlists import REPORTING, SYMMETRIC


def swap_roles(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Exchange who did it and whom it was done to: "The council sued the firm." → "The firm sued the council.\""""
    for verb in tokens:
        if not verb.tag.startswith("VB") or verb.lemma in SYMMETRIC | REPORTING:
            continue
        passive = children(tokens, verb.i, "nsubjpass")
        agents = children(tokens, verb.i, "agent")
        left = passive or children(tokens, verb.i, "nsubj")
        right = children(tokens, agents[0].i, "pobj") if passive and agents else children(tokens, verb.i, "dobj")
        if len(left) != 1 or len(right) != 1 or {left[0].tag, right[0].tag} & {"PRP", "WP", "WDT", "DT", "CD"}:
            continue
        one, two = phrase(tokens, left[0].i), phrase(tokens, right[0].i)
        if _can_exchange(one, two, left[0], right[0]):
            return _exchanged(tokens, one, two)
    return None


_ACTORS = frozenset(
    "man woman police officer court government company team boy girl firm club party union council mayor president "
    "minister judge driver victim suspect attacker student teacher doctor patient soldier protester player coach side "
    "people group army force rival opponent striker captain worker resident official authority mother father son "
    "daughter brother sister wife husband couple family child friend colleague star singer actor gunman dog animal "
    "bank airline agency school university hospital city country state town crowd fan customer owner employer "
    "manager".split()
)


def _can_exchange(one: Tokens, two: Tokens, left: Token, right: Token) -> bool:
    living = {"PERSON", "ORG", "GPE", "NORP"}
    fit = [(t.ent in living or t.lemma.lower() in _ACTORS) for t in (left, right)]
    if not all(fit) or not contiguous(one) or not contiguous(two):
        return False
    return len(one) <= 8 and len(two) <= 8


def _exchanged(tokens: Tokens, one: Tokens, two: Tokens) -> Tokens:
    if tokens.index(one[0]) > tokens.index(two[0]):
        one, two = two, one
    first = [t for t in one if t.text != ","]
    second = [t for t in two if t.text not in {",", "."}]
    a = next(at for at, t in enumerate(tokens) if t.i == first[0].i)
    b = next(at for at, t in enumerate(tokens) if t.i == second[0].i)
    end_a, end_b = a + len(first), b + len(second)
    moved_two = (*second[:-1], replace(second[-1], space=tokens[end_a - 1].space))
    moved_one = lowered(tuple(first)) if a == 0 else tuple(first)
    moved_one = (*moved_one[:-1], replace(moved_one[-1], space=tokens[end_b - 1].space))
    return (*tokens[:a], *moved_two, *tokens[end_a:b], *moved_one, *tokens[end_b:])


def exchange(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Exchange two names or two amounts of one kind: "from Lerwin to Osk" → "from Osk to Lerwin".

    What only "and", "or" or a comma joins is left alone, since its order says nothing.
    """
    found = entities(tokens)
    pairs = [
        (one, two)
        for at, one in enumerate(found)
        for two in found[at + 1 :]
        if one.kind == two.kind
        and one.kind in _BOUND
        and one.text.lower() != two.text.lower()
        and _apart(tokens, one, two)
    ]
    if not pairs:
        return None
    one, two = rng.choice(pairs)
    changed = splice(tokens, two.start, two.end, one.text)
    return splice(changed, one.start, one.end, two.text)


_BOUND = frozenset({"PERSON", "ORG", "GPE", "NORP", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "DATE"})


_LISTING = frozenset({"and", "or", ",", "&", "with", "vs", "versus", "-", "–", "nor", "of", "(", ")"})


def _apart(tokens: Tokens, one: Entity, two: Entity) -> bool:
    between = tokens[one.end : two.start]
    joined = {tokens[at].i for at in range(one.start, one.end)}
    coordinated = any(t.dep in {"conj", "appos"} and t.head in joined for t in tokens[two.start : two.end])
    told_apart = any(t.text.lower() not in _LISTING and t.ent != one.kind for t in between)
    return told_apart and not coordinated and _same_shape(tokens[one.start : one.end], tokens[two.start : two.end])


def _same_shape(one: Tokens, two: Tokens) -> bool:
    """Return whether the two could stand in each other's place: two full names, two bare numbers, two days."""
    if {t.lemma.lower() for t in one} & {t.lemma.lower() for t in two} - _LISTING:
        return False
    numeric = one[0].tag == "CD" or two[0].tag == "CD"
    named = (
        one[-1].tag == two[-1].tag and (one[0].tag == "DT") == (two[0].tag == "DT") and len(one) <= 4 and len(two) <= 4
    )
    return len(one) == len(two) == 1 if numeric else named
