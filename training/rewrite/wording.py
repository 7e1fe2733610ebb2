"""The same in other words: a synonym, a surname alone, a contraction."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.grammar import Token, Tokens, children, entities, splice
from training.wordlists import SAME_VERBS, SAME_WORDS


def surname(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "Ann Bell" → "Bell": a person's last word alone."""
    found = [e for e in entities(tokens) if e.kind == "PERSON" and _is_full_name(tokens[e.start : e.end])]
    if not found:
        return None
    one = rng.choice(found)
    return (*tokens[: one.start], replace(tokens[one.end - 1], begins=True), *tokens[one.end :])


def _is_full_name(tokens: Tokens) -> bool:
    return len(tokens) in {2, 3} and all(t.tag == "NNP" and t.text[:1].isupper() and t.text.isalpha() for t in tokens)


def synonym(tokens: Tokens, rng: Random) -> Tokens | None:
    """Put words of the hand-written table in place of up to three others, form kept; verbs of speech now and then."""
    spoken = quoted(tokens)
    found = {
        at: others
        for at, token in enumerate(tokens)
        if not token.ent and at not in spoken and (token.lemma != "say" or rng.random() < _SPEECH)
        for others in [_synonyms(token, tokens)]
        if others
    }
    for at in rng.sample(sorted(found), min(len(found), rng.choice((1, 2, 3)))):
        tokens = splice(tokens, at, at + 1, rng.choice(found[at]))
    return tokens if found else None


_SPEECH = 0.3


def quoted(tokens: Tokens) -> frozenset[int]:
    """Return the positions that stand between quotation marks."""
    found: set[int] = set()
    opened = False
    for at, token in enumerate(tokens):
        opened = not opened if token.text == '"' else opened or token.text in {"“", "``"}
        if token.text in {"”", "''"}:
            opened = False
        if opened:
            found.add(at)
    return frozenset(found)


#: Whose synonyms hold only where they have no object: "left the room" is not "departed the room".
_INTRANSITIVE = frozenset("leave rise fall climb drop grow".split())


def _synonyms(token: Token, tokens: Tokens) -> tuple[str, ...]:
    verbs = SAME_VERBS.get((token.text, token.tag), ())
    if verbs and (token.dep == "amod" or children(tokens, token.i, "prt")):
        return ()
    if token.lemma == "help" and children(tokens, token.i, "xcomp", "ccomp"):
        return ()
    if token.lemma in _INTRANSITIVE and children(tokens, token.i, "dobj", "auxpass", "oprd", "acomp"):
        return ()
    if token.text == "because" and token.dep != "mark":
        return ()
    nouns = SAME_WORDS.get(token.text, ()) if token.dep not in {"compound", "mark", "cc"} else ()
    if token.text in {"about", "over", "around"} and not _before_number(token, tokens):
        return verbs
    if token.text in {"since", "while", "following", "hard", "right", "wrong"} or token.tag.startswith("VB"):
        return verbs
    return verbs + nouns


def _before_number(token: Token, tokens: Tokens) -> bool:
    following = next((t for t in tokens if t.i == token.i + 1), None)
    return following is not None and following.tag in {"CD", "$"}


_JOINED = {
    "did n't": "did not", "was n't": "was not", "is n't": "is not", "were n't": "were not", "has n't": "has not",
    "have n't": "have not", "does n't": "does not", "do n't": "do not", "had n't": "had not", "would n't": "would not",
    "could n't": "could not", "ca n't": "cannot", "wo n't": "will not", "are n't": "are not",
}  # fmt: skip


def contraction(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "didn't" → "did not", and back."""
    for at in range(len(tokens) - 1):
        one, two = tokens[at], tokens[at + 1]
        full = _JOINED.get(f"{one.text} {two.text}")
        if full == "cannot":
            return splice(tokens, at, at + 2, full)
        if full:
            verb, negation = full.split()
            return (*tokens[:at], replace(one, text=verb, space=True), replace(two, text=negation), *tokens[at + 2 :])
        if two.text == "not" and f"{one.text} n't" in _JOINED:
            return (*tokens[:at], replace(one, space=False), replace(two, text="n't"), *tokens[at + 2 :])
    return None
