"""The same in another order: adverbials moved, attribution before or after, active and passive."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.grammar import Token, Tokens, children, contiguous, ended, lowered, phrase, root_of
from training.rewrite.parts import ABSENT, opening_adverbial, opens_with_subject, spaced
from training.wordlists import REPORTING


def move_opening(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "On Monday, the ship left." → "The ship left on Monday.\""""
    comma = opening_adverbial(tokens)
    root = root_of(tokens)
    if comma is None or root is None or tokens[0].tag == "RB" or children(tokens, root.i, "ccomp", "conj", "parataxis"):
        return None
    if any(token.text in {'"', "“", "”", ","} for token in tokens[comma + 1 :]):
        return None
    body = ended(tokens[comma + 1 :])[:-1]
    opening = lowered(tokens[:comma])
    return ended((*body[:-1], replace(body[-1], space=True), *opening))


def front_closing(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "The ship left on Monday." → "On Monday, the ship left.\""""
    root = root_of(tokens)
    if root is None or opening_adverbial(tokens) is not None or any(t.text in {'"', "“", ","} for t in tokens):
        return None
    for token in children(tokens, root.i, "prep", "npadvmod"):
        part = phrase(tokens, token.i)
        if not contiguous(part) or part[-1].i != tokens[-2].i or not any(t.ent in {"DATE", "TIME"} for t in part):
            continue
        start = len(tokens) - 1 - len(part)
        if start < 3 or part[0].text.lower() in ABSENT or not opens_with_subject(tokens, root):
            return None
        comma = replace(tokens[-1], text=",", space=True, dep="punct")
        opening = (*part[:-1], replace(part[-1], space=False), comma)
        return ended((*opening, *lowered(tokens[:start])))
    return None


def attribute_first(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "Ann Bell said the road was closed." → "According to Ann Bell, the road was closed.\""""
    parts = _reported(tokens)
    if parts is None or any(t.text in {'"', "“", "”", "``", "''"} for t in tokens):
        return None
    speaker, clause = parts
    if speaker[0].text.lower() in {"he", "she", "they", "it", "i", "we", "who", "which"}:
        return None
    opening = Token(i=-2, text="According to", space=True, lemma="accord", tag="VBG", dep="prep", head=-2)
    comma = Token(i=-3, text=",", space=True, lemma=",", tag=",", dep="punct", head=-2)
    named = lowered(spaced(speaker))
    return ended((opening, *named[:-1], replace(named[-1], space=False), comma, *lowered(clause)))


def attribute_last(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "Ann Bell said the road was closed." → "The road was closed, said Ann Bell.\""""
    parts = _reported(tokens)
    if parts is None or any(t.text in {'"', "“", "”", "``", "''"} for t in tokens):
        return None
    speaker, clause = parts
    root = next(token for token in tokens if token.dep == "ROOT")
    body = ended(clause)[:-1]
    comma = Token(i=-3, text=",", space=True, lemma=",", tag=",", dep="punct", head=root.i)
    verb = replace(root, space=True)
    return ended((*body, comma, *lowered(spaced(speaker)), verb))


def _reported(tokens: Tokens) -> tuple[Tokens, Tokens] | None:
    """Return speaker and reported clause of "X said (that) S"."""
    root = root_of(tokens)
    if root is None or root.lemma not in {"say", "state", "claim", "report", "explain", "argue"} or root.tag != "VBD":
        return None
    subject = children(tokens, root.i, "nsubj")
    clause = children(tokens, root.i, "ccomp")
    if len(subject) != 1 or len(clause) != 1 or children(tokens, root.i, "neg", "aux", "conj", "dobj", "advcl"):
        return None
    speaker = phrase(tokens, subject[0].i)
    said = tuple(t for t in phrase(tokens, clause[0].i) if t.text != ".")
    if said and said[0].dep == "mark" and said[0].text.lower() == "that":
        said = said[1:]
    if not contiguous(said) or len(said) < 5 or said[-1].i < tokens[-2].i or not contiguous(speaker):
        return None
    if not speaker[-1].i < root.i < said[0].i or speaker[0].i != tokens[0].i or speaker[-1].text == ",":
        return None
    return (speaker, said) if said[0].tag not in {"IN", "WRB", "WP"} else None


_DITRANSITIVE = frozenset("provide offer award grant hand serve promise cost deny owe pass issue supply allow".split())


def to_passive(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "The council closed the road." → "The road was closed by the council.\""""
    root = root_of(tokens)
    if root is None or root.tag != "VBD" or not root.text.endswith("ed") or root.lemma in REPORTING:
        return None
    subject, object_ = children(tokens, root.i, "nsubj"), children(tokens, root.i, "dobj")
    if (
        len(subject) != 1
        or len(object_) != 1
        or children(tokens, root.i, "aux", "neg", "conj", "dative", "prt", "xcomp", "ccomp", "oprd")
    ):
        return None
    agent, thing = phrase(tokens, subject[0].i), phrase(tokens, object_[0].i)
    pronouns = {"PRP", "WP", "WDT", "DT", "PRP$", "WP$"}
    if any(t.tag in pronouns - {"DT"} for t in (*agent, *thing)) or subject[0].tag == "DT" or object_[0].tag == "DT":
        return None
    if agent[0].i != tokens[0].i or agent[-1].i + 1 != root.i or thing[0].i != root.i + 1 or not contiguous(thing):
        return None
    rest = tuple(t for t in tokens if t.i > thing[-1].i)
    many = object_[0].tag in {"NNS", "NNPS"} or children(tokens, object_[0].i, "conj")
    verb = replace(root, text=f"{'were' if many else 'was'} {root.text}", space=True, tag="VBN")
    by = Token(i=-4, text="by", space=True, lemma="by", tag="IN", dep="agent", head=root.i)
    return ended((*spaced(thing), verb, by, *lowered(spaced(agent)), *rest))


def to_active(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "The road was closed by the council." → "The council closed the road.\""""
    root = root_of(tokens)
    if root is None or root.tag != "VBN" or not root.text.endswith("ed"):
        return None
    subject, agent, aux = (children(tokens, root.i, dep) for dep in ("nsubjpass", "agent", "auxpass"))
    if len(subject) != 1 or len(agent) != 1 or len(aux) != 1 or aux[0].text not in {"was", "were"}:
        return None
    if children(tokens, root.i, "aux", "neg", "conj", "xcomp", "ccomp", "advmod", "prt") or agent[0].text != "by":
        return None
    thing, doer = phrase(tokens, subject[0].i), phrase(tokens, agent[0].i)[1:]
    if any(t.tag in {"PRP", "WP", "WDT", "PRP$", "VBG"} for t in (*thing, *doer)) or not doer or not contiguous(doer):
        return None
    if thing[0].i != tokens[0].i or thing[-1].i + 2 != root.i or agent[0].i != root.i + 1:
        return None
    rest = tuple(t for t in tokens if t.i > doer[-1].i)
    verb = replace(root, space=True, tag="VBD")
    return ended((*spaced(doer), verb, *lowered(spaced(thing)), *rest))
