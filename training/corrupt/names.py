"""Names and speakers that are not those of the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from training.corrupt.surroundings import NAMES, Surroundings, drawn, is_clean, lower_words
from training.grammar import Entity, Token, Tokens, children, entities, phrase, render, splice
from training.wordlists import REPORTING


def swap_name(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Put another name of the same kind, of the same document, in place of a name."""
    return _swap_entity(tokens, around.document, around.evidence, around.told, rng)


def swap_name_from_elsewhere(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Put a name of the same kind, of another document, in place of a name."""
    return _swap_entity(tokens, rng.sample(around.elsewhere, min(len(around.elsewhere), 40)), "", around.told, rng)


def _swap_entity(tokens: Tokens, among: Iterable[Tokens], evidence: str, told: str, rng: Random) -> Tokens | None:
    own = [entity for entity in entities(tokens) if entity.kind in NAMES and is_clean(entity)]
    rng.shuffle(own)
    others = [entity for sentence in among for entity in entities(sentence) if is_clean(entity)]
    taken = lower_words(render(tokens)) | lower_words(told)
    for entity in own:
        fits = (other for other in others if other.kind == entity.kind and _alike(other, entity))
        fresh = sorted({other.text for other in fits if not lower_words(other.text) & taken})
        if fresh:
            return splice(tokens, entity.start, entity.end, drawn(fresh, evidence, rng))
    return None


def _alike(other: Entity, entity: Entity) -> bool:
    one, two = other.text.split(), entity.text.split()
    article = one[0].lower() == "the", two[0].lower() == "the"
    return (
        abs(len(one) - len(two)) <= 1
        and article[0] == article[1]
        and other.text.endswith("s") == entity.text.endswith("s")
    )


def swap_speaker(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Give a statement to somebody else whom the document names."""
    root = next((t for t in tokens if t.lemma in REPORTING and t.tag.startswith("VB")), None)
    subject = tuple(t for t in children(tokens, root.i, "nsubj") if t.tag not in _PRONOUNS) if root else ()
    by_phrase = tokens[0].text == "According to"
    if not subject and not by_phrase:
        return None
    start, end = (
        (1, next((at for at, t in enumerate(tokens) if t.text == ","), 1)) if by_phrase else _place(tokens, subject[0])
    )
    if not 0 < end - start <= 12:
        return None
    taken = lower_words(render(tokens)) | lower_words(around.told)
    names = {
        e.text
        for s in around.document
        for e in entities(s)
        if e.kind in {"PERSON", "ORG"} and is_clean(e) and not lower_words(e.text) & taken
    }
    return splice(tokens, start, end, drawn(sorted(names), around.evidence, rng)) if names else None


# A pronoun may well stand for whom the new name names.
_PRONOUNS = frozenset({"PRP", "WP", "WDT", "DT"})


def _place(tokens: Tokens, head: Token) -> tuple[int, int]:
    inside = [at for at, t in enumerate(tokens) if t in phrase(tokens, head.i) and t.text != ","]
    return (inside[0], inside[-1] + 1) if inside and inside[-1] - inside[0] + 1 == len(inside) else (0, 0)
