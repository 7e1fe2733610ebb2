"""Claims that rest on two neighbouring sentences: merged, fused, or with a pronoun resolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from training.grammar import Entity, Token, Tokens, children, ended, entities, lowered, root_of
from training.rewrite import is_plain

_SHIFT = 1_000
_PERSONAL = frozenset({"He", "She"})
#: One of these in the sentence before may be whom the pronoun goes on with.
_OTHERS = frozenset("he him she her it".split())
_IMPERSONAL = frozenset({"be", "seem", "take", "appear", "remain", "mean", "look", "become", "make"})

Joining = Callable[[Tokens, Tokens, Random], Tokens | None]


def shifted(tokens: Tokens) -> Tokens:
    """Return `tokens` renumbered, so that they can stand behind another sentence's."""
    return tuple(replace(token, i=token.i + _SHIFT, head=token.head + _SHIFT) for token in tokens)


def merged(first: Tokens, second: Tokens, rng: Random) -> Tokens | None:
    """ "A. B." → "A, and B", "A; B" or "A. B." """
    if len(first) + len(second) > 50 or any(t.text in {'"', "“", "”", ":", ";"} for t in (*first, *second)):
        return None
    if second[0].tag in {"CC", "RB", "DT", "IN"} and second[0].text not in {"The", "A", "An", "In", "On", "At"}:
        return None
    joint = rng.choice((", and", ", while", ";", "."))
    body = ended(first)[:-1]
    mark = replace(second[0], i=_SHIFT - 1, text=joint, space=True, tag=",", dep="punct", head=body[0].i, ent="")
    return (*body, mark, *shifted(second if joint == "." else lowered(second)))


def fused(first: Tokens, second: Tokens, rng: Random) -> Tokens | None:
    """ "Ann Bell left. She moved to Lerwin." → "Ann Bell left and moved to Lerwin.\""""
    root, other = root_of(first), root_of(second)
    if (
        root is None
        or other is None
        or antecedent(first, second) is None
        or not is_plain(first)
        or not is_plain(second)
    ):
        return None
    if root.tag != other.tag or root.tag not in {"VBD", "VBZ"} or second[0].head != other.i or second[1].i != other.i:
        return None
    if (
        children(first, root.i, "conj", "ccomp", "parataxis", "aux")
        or children(second, other.i, "ccomp")
        or len(first) + len(second) > 45
    ):
        return None
    body = ended(first)[:-1]
    joint = Token(i=_SHIFT - 1, text="and", space=True, lemma="and", tag="CC", dep="cc", head=root.i)
    return (*body[:-1], replace(body[-1], space=True), joint, *shifted(second[1:]))


def resolved(first: Tokens, second: Tokens, rng: Random) -> Tokens | None:
    """ "Ann Bell left. She had sold the house." → "Ann Bell had sold the house.\""""
    name = antecedent(first, second)
    return _named(second, name.text, name.kind) if name else None


def _named(tokens: Tokens, name: str, kind: str) -> Tokens:
    return (replace(tokens[0], text=name, tag="NNP", ent=kind, begins=True), *tokens[1:])


def antecedent(first: Tokens, second: Tokens) -> Entity | None:
    """Return the name that the pronoun at the head of `second` stands for, where the grammar leaves no doubt.

    The subject of the sentence before, if it is a person and that sentence names no other; for "It", the one
    organisation.
    """
    opening, root, verb = second[0], root_of(first), root_of(second)
    if root is None or verb is None or opening.dep not in {"nsubj", "nsubjpass"}:
        return None
    if any(token.tag == "PRP" and token.text.lower() in _OTHERS for token in first):
        return None
    kind = (
        "PERSON"
        if opening.text in _PERSONAL
        else "ORG"
        if opening.text == "It" and verb.lemma not in _IMPERSONAL
        else None
    )
    subject = children(first, root.i, "nsubj", "nsubjpass")
    named = [entity for entity in entities(first) if entity.kind == kind]
    if kind is None or len(subject) != 1 or len({entity.text.split()[-1] for entity in named}) != 1:
        return None
    name = named[0]
    holds = any(first[at].i == subject[0].i for at in range(name.start, name.end))
    return name if holds and name.text.replace(".", "").replace(" ", "").isalpha() else None


def mistaken(second: Tokens, document: tuple[Tokens, ...], evidence: str, rng: Random) -> Tokens | None:
    """Give the pronoun at the head of `second` to somebody else whom the document names."""
    names = {
        entity.text
        for sentence in document
        for entity in entities(sentence)
        if entity.kind == "PERSON"
        and len(entity.text.split()) == 2
        and not set(entity.text.split()) & set(evidence.split())
    }
    return _named(second, rng.choice(sorted(names)), "PERSON") if names and second[0].text in _PERSONAL else None


JOININGS: tuple[tuple[str, Joining, float], ...] = (
    ("resolved", resolved, 3.0),
    ("fused", fused, 3.0),
    ("merged", merged, 1.0),
)


def join(first: Tokens, second: Tokens, rng: Random) -> tuple[str, Tokens] | None:
    """Apply one joining, drawn at random among those that apply: `(name, tokens)`."""
    for name, operation, _ in sorted(JOININGS, key=lambda row: -(rng.random() ** (1 / row[2]))):
        tokens = operation(first, second, rng)
        if tokens is not None:
            return name, tokens
    return None
