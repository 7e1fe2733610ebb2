"""A part of a sentence that follows from the whole: something is left out, or one clause is taken alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from training.grammar import Token, Tokens, children, contiguous, ended, phrase, plain, root_of, subtree
from training.wordlists import FACTIVE, MONTHS

Rewriting = Callable[[Tokens, Random], Tokens | None]


_SENSITIVE = frozenset(
    "not n't no never none neither nor nobody nothing without unless if whether only hardly few little first last "
    "every each any all most least than so too or rather would could might may should unlikely fail refuse deny "
    "except until before when whenever nearly almost".split()
)


ABSENT = frozenset("if unless without whether except until despite according".split())


def is_plain(tokens: Tokens) -> bool:
    """Return whether nothing in the sentence turns or limits what it says, so that parts of it follow."""
    turned = (token for token in tokens if token.text.lower() in _SENSITIVE and token.text not in MONTHS)
    return next(turned, None) is None and not any(token.dep == "neg" for token in tokens)


def drop_parenthesis(tokens: Tokens, rng: Random) -> Tokens | None:
    """Leave out what stands in round brackets."""
    opening = next((at for at, token in enumerate(tokens) if token.text == "("), None)
    closing = next((at for at, token in enumerate(tokens) if token.text == ")"), None)
    if opening is None or closing is None or closing < opening or opening == 0:
        return None
    before = replace(tokens[opening - 1], space=tokens[closing].space)
    return (*tokens[: opening - 1], before, *tokens[closing + 1 :])


def drop_appositive(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "Ann Bell, a teacher from Lerwin, left." → "Ann Bell left.\""""
    found = [part for token in tokens if token.dep == "appos" for part in [_between_commas(tokens, token.i)] if part]
    return _dropped(tokens, rng.choice(found)) if found else None


def drop_relative(tokens: Tokens, rng: Random) -> Tokens | None:
    """Leave out a relative clause that stands between commas."""
    found = [
        part for token in tokens if token.dep in {"relcl", "acl"} for part in [_between_commas(tokens, token.i)] if part
    ]
    return _dropped(tokens, rng.choice(found)) if found else None


def _between_commas(tokens: Tokens, root: int) -> tuple[int, int] | None:
    """Return positions `[start, end)` of the phrase, if a comma stands before and a comma or the end after."""
    inside = subtree(tokens, root)
    at = [position for position, token in enumerate(tokens) if token.i in inside]
    while at and tokens[at[-1]].text in {",", "."}:
        at.pop()
    if not at or at[-1] - at[0] + 1 != len(at) or at[0] < 2:
        return None
    start, end = at[0], at[-1] + 1
    if end >= len(tokens) or tokens[start - 1].text != "," or tokens[end].text not in {",", "."}:
        return None
    # Between commas in a list, an apposition is an item of it.
    return None if any(token.dep == "conj" and token.text != "," for token in tokens[start:end]) else (start, end)


def _dropped(tokens: Tokens, part: tuple[int, int]) -> Tokens:
    start, end = part
    closing = end + 1 if tokens[end].text == "," else end
    before = replace(tokens[start - 2], space=tokens[end].text == ",")
    return (*tokens[: start - 2], before, *tokens[closing:])


def opening_adverbial(tokens: Tokens) -> int | None:
    """Return the position of the comma that ends an adverbial before the subject of the main verb."""
    root = root_of(tokens)
    if root is None:
        return None
    comma = next((at for at, token in enumerate(tokens) if token.text == ","), None)
    if comma is None or not 1 <= comma <= 14 or comma + 3 >= len(tokens):
        return None
    opening = tokens[:comma]
    heads = [token for token in opening if token.head not in {other.i for other in opening}]
    if len(heads) != 1 or heads[0].head != root.i or heads[0].dep not in {"prep", "npadvmod", "advcl", "advmod"}:
        return None
    subject = children(tokens, root.i, "nsubj", "nsubjpass", "expl")
    if not subject or min(subtree(tokens, subject[0].i)) != tokens[comma + 1].i or root.i < subject[0].i:
        return None
    return None if opening[0].text.lower() in ABSENT or any(t.tag == "CC" for t in opening[:1]) else comma


_CONNECTIVES = frozenset(
    {"however", "meanwhile", "moreover", "furthermore", "additionally", "in addition", "for example", "for instance"}
)


def drop_opening(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "On Monday, the ship left." → "The ship left.\""""
    comma = opening_adverbial(tokens)
    if comma is None or not is_plain(tokens):
        return None
    opening = tokens[:comma]
    timed = any(token.ent in {"DATE", "TIME", "GPE", "EVENT", "FAC"} for token in opening)
    return tokens[comma + 1 :] if timed or plain(opening).lower() in _CONNECTIVES else None


def opens_with_subject(tokens: Tokens, root: Token) -> bool:
    subject = children(tokens, root.i, "nsubj", "nsubjpass")
    return bool(subject) and min(subtree(tokens, subject[0].i)) == tokens[0].i


def drop_closing(tokens: Tokens, rng: Random) -> Tokens | None:
    """Leave out an adverbial that closes the sentence: "The ship left for Lerwin on Monday." → "… for Lerwin.\""""
    root = root_of(tokens)
    if root is None or not is_plain(tokens) or len(tokens) < 12:
        return None
    for token in children(tokens, root.i, "prep", "npadvmod", "advcl"):
        part = tuple(t for t in phrase(tokens, token.i) if t.text != ".")
        if not contiguous(part) or part[-1].i != tokens[-2].i or part[0].i < root.i + 3:
            continue
        start = len(tokens) - 1 - len(part)
        timed = any(t.ent in {"DATE", "TIME", "GPE"} for t in part) or token.dep == "advcl"
        if timed and start >= 6 and part[0].text.lower() not in ABSENT | {"to", "of", "as"}:
            return ended(tokens[:start])
    return None


def first_conjunct(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "She sold the house and moved to Lerwin." → "She sold the house.\""""
    root = root_of(tokens)
    if root is None or not is_plain(tokens):
        return None
    for conjunct in children(tokens, root.i, "conj"):
        cut = _joint(tokens, root, conjunct)
        if cut is not None and cut >= 5:
            return ended(tokens[:cut])
    return None


def second_conjunct(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "She sold the house and moved to Lerwin." → "She moved to Lerwin.\""""
    root = root_of(tokens)
    if root is None or not is_plain(tokens):
        return None
    subject = children(tokens, root.i, "nsubj")
    if not subject or not opens_with_subject(tokens, root) or children(tokens, root.i, "aux", "auxpass", "neg"):
        return None
    for conjunct in children(tokens, root.i, "conj"):
        cut = _joint(tokens, root, conjunct)
        if cut is None or len(tokens) - cut < 6:
            continue
        joint = cut + (2 if tokens[cut].text == "," else 1)
        rest = tokens[joint:]
        if children(tokens, conjunct.i, "nsubj", "nsubjpass", "expl"):
            return rest
        if conjunct.tag in {"VBD", "VBZ", "VBP"} and root.tag == conjunct.tag:
            return (*spaced(phrase(tokens, subject[0].i)), *rest)
    return None


def _joint(tokens: Tokens, root: Token, conjunct: Token) -> int | None:
    """Return the position of ", and" or "and" before a second predicate that runs to the end of the sentence."""
    part = phrase(tokens, conjunct.i)
    if not conjunct.tag.startswith("VB") or not contiguous(part) or part[-1].i < tokens[-2].i:
        return None
    start = next(at for at, token in enumerate(tokens) if token.i == part[0].i)
    if start < 4 or tokens[start - 1].text not in {"and", "but"} or tokens[start - 1].head != root.i:
        return None
    return start - 2 if tokens[start - 2].text == "," else start - 1


def spaced(part: Tokens) -> Tokens:
    kept = part[:-1] if part[-1].text == "," else part
    return (*kept[:-1], replace(kept[-1], space=True))


#: After ", which" these tell what the whole clause before does, not its last noun.
_OF_EVENTS = frozenset("mean cause lead allow help make suggest prompt result leave force".split())


def relative_as_sentence(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "Ann Bell, who runs the harbour, left." → "Ann Bell runs the harbour.\""""
    for verb in tokens:
        part = _between_commas(tokens, verb.i) if verb.dep == "relcl" else None
        subject = children(tokens, verb.i, "nsubj", "nsubjpass") if part else ()
        if not part or not subject or subject[0].text.lower() not in {"who", "which"} or part[1] - part[0] < 5:
            continue
        if tokens[part[0]].i != subject[0].i or (subject[0].text == "which" and verb.lemma in _OF_EVENTS):
            continue
        named = [t for t in phrase(tokens, verb.head) if t.i < tokens[part[0]].i and t.text != ","]
        many = bool(named) and named[-1].tag in {"NNS", "NNPS"}
        agrees = not (many and any(t.tag == "VBZ" for t in (verb, *children(tokens, verb.i, "aux", "auxpass"))))
        if agrees and named and named[-1].i == tokens[part[0]].i - 2 == verb.head and named[0].tag != "PRP$":
            return ended((*spaced(tuple(named)), *tokens[part[0] + 1 : part[1]]))
    return None


def appositive_as_sentence(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "Ann Bell, a teacher from Lerwin, left." → "Ann Bell is a teacher from Lerwin.\""""
    for noun in tokens:
        part = _between_commas(tokens, noun.i) if noun.dep == "appos" else None
        if not part or tokens[part[0]].text not in {"a", "an", "the"} or part[1] - part[0] < 3:
            continue
        named = [t for t in tokens[: part[0] - 1] if t.ent == "PERSON"]
        if not named or named[-1].i != tokens[part[0] - 2].i or named[-1].i != noun.head:
            continue
        start = next(at for at in range(part[0] - 2, -1, -1) if tokens[at].begins)
        name = tokens[start : part[0] - 1]
        copula = Token(i=-1, text="is", space=True, lemma="be", tag="VBZ", dep="ROOT", head=-1)
        moved = [replace(t, head=-1) if t.i == noun.i else t for t in tokens[part[0] : part[1]]]
        return ended((*spaced(name), copula, *moved))
    return None


def factive_clause(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "The court confirmed that the road is closed." → "The road is closed.\""""
    root = root_of(tokens)
    if root is None or root.lemma not in FACTIVE or not is_plain(tokens) or children(tokens, root.i, "aux"):
        return None
    clause = children(tokens, root.i, "ccomp")
    said = tuple(t for t in phrase(tokens, clause[0].i) if t.text != ".") if len(clause) == 1 else ()
    if len(said) < 7 or not contiguous(said) or said[0].text.lower() != "that" or said[0].dep != "mark":
        return None
    return ended(said[1:])
