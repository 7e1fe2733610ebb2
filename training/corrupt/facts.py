"""Facts that the evidence does not hold: mixed from two sentences, or added."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.corrupt.surroundings import Surroundings, agreed, lower_words
from training.grammar import Token, Tokens, children, contiguous, ended, phrase, plain, render, root_of
from training.wordlists import REPORTING


def mix_facts(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Give the subject of this sentence what another sentence of the document says of something else."""
    root = root_of(tokens)
    subject = children(tokens, root.i, "nsubj", "nsubjpass") if root else ()
    if root is None or len(subject) != 1 or subject[0].tag in {"PRP", "DT", "EX", "WP"}:
        return None
    name = phrase(tokens, subject[0].i)
    if name[0].i != tokens[0].i or not contiguous(name) or len(name) > 10:
        return None
    own = frozenset(t.lemma for t in name)
    options = [part for s in _shuffled(around.document, rng) for part in [_predicate(s, root, own)] if part]
    if not options:
        return None
    near = [part for part in options if plain(part) in around.evidence]
    return ended((*name[:-1], replace(name[-1], space=True), *(near or options)[0]))


def _predicate(sentence: Tokens, like: Token, own: frozenset[str]) -> Tokens | None:
    root = root_of(sentence)
    if root is None or root.tag != like.tag or root.lemma == like.lemma or root.lemma in REPORTING:
        return None
    subject = children(sentence, root.i, "nsubj", "nsubjpass")
    if len(subject) != 1 or subject[0].tag == "PRP":
        return None
    name = phrase(sentence, subject[0].i)
    if name[0].i != sentence[0].i or not contiguous(name) or any(t.lemma in own for t in sentence):
        return None
    # "The agency" may well be whom the other sentence names; another name, or several of a kind, is not.
    if not name[-1].ent and (name[-1].tag != "NNS" or name[0].tag in {"DT", "PRP$"}):
        return None
    rest = sentence[len(name) :]
    return rest if 5 <= len(rest) <= 25 and rest[0].tag.startswith(("VB", "MD")) else None


def add_fact(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Add where, when or why, taken from another document: plausible and not in the evidence."""
    shown = lower_words(around.evidence)
    for sentence in (*_shuffled(around.document, rng), *rng.sample(around.elsewhere, min(60, len(around.elsewhere)))):
        root = root_of(sentence)
        closing = root and [
            t for t in children(sentence, root.i, "prep", "advcl") if t.text.lower() not in {"to", "of", "by", "as"}
        ]
        for token in closing or ():
            part = tuple(t for t in phrase(sentence, token.i) if t.text != ".")
            fits = contiguous(part) and 2 <= len(part) <= 12 and part[-1].i == sentence[-2].i
            placed = any(t.ent in {"DATE", "TIME", "GPE", "LOC", "FAC", "EVENT", "ORG"} for t in part)
            if (
                fits
                and placed
                and part[0].i == token.i
                and token.dep == "prep"
                and not any(t.tag in {"PRP", "PRP$"} for t in part)
                and not lower_words(render(part)) & shown
            ):
                body = ended(tokens)[:-1]
                return ended((*body[:-1], replace(body[-1], space=True), *part))
    return None


def _shuffled(sentences: tuple[Tokens, ...], rng: Random) -> list[Tokens]:
    return rng.sample(sentences, len(sentences))


def add_adjective(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Qualify a noun by an adjective of the document that the evidence does not have."""
    shown = lower_words(around.evidence)
    words = sorted(
        {
            t.text
            for s in around.document
            for t in s
            if t.tag == "JJ"
            and t.dep == "amod"
            and t.text.isalpha()
            and t.text.islower()
            and len(t.text) > 3
            and t.text not in shown
        }
    )
    places = [
        at
        for at, t in enumerate(tokens)
        if at and t.tag in {"NN", "NNS"} and not t.ent and tokens[at - 1].tag in {"DT", "IN", "PRP$"}
    ]
    if not words or not places:
        return None
    at, new = rng.choice(places), rng.choice(words)
    inserted = replace(tokens[at], text=new, space=True, tag="JJ", dep="amod", i=tokens[at].i)
    return agreed((*tokens[:at], inserted, *tokens[at:]), at)
