"""Sentences as tokens with their grammar, and the small tools that edit them.

Everything here is pure: the parser that makes the tokens is in `parsing`. A rewritten sentence is again a
tuple of tokens, so that what is done to one can be done to the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Token:
    """A word of a sentence; `head` is the `i` of the word that governs it."""

    i: int
    text: str
    space: bool
    """Whether a space follows."""
    lemma: str
    tag: str
    dep: str
    head: int
    ent: str = ""
    """Kind of the name or value that it belongs to: PERSON, ORG, GPE, DATE, CARDINAL …"""
    begins: bool = False
    """Whether that name or value begins here."""


Tokens = tuple[Token, ...]


@dataclass(frozen=True, kw_only=True)
class Entity:
    """Neighbouring tokens `[start, end)` that make one name or value."""

    start: int
    end: int
    kind: str
    text: str


def render(tokens: Iterable[Token]) -> str:
    """Return the text, begun with a capital."""
    text = "".join(token.text + " " * token.space for token in tokens).strip()
    text = text.replace(" ,", ",").replace(" .", ".").replace(",,", ",").replace(",.", ".").replace("  ", " ")
    return text[:1].upper() + text[1:]


def subtree(tokens: Tokens, root: int) -> frozenset[int]:
    """Return the `i` of `root` and of all that it governs."""
    found = {root}
    grew = True
    while grew:
        more = {token.i for token in tokens if token.head in found} - found
        found |= more
        grew = bool(more)
    return frozenset(found)


def children(tokens: Tokens, head: int, *deps: str) -> Tokens:
    """Return what `head` governs directly, of these relations where any are given."""
    return tuple(t for t in tokens if t.head == head and t.i != head and (not deps or t.dep in deps))


def root_of(tokens: Tokens) -> Token | None:
    """Return the main verb."""
    return next((token for token in tokens if token.dep == "ROOT"), None)


def phrase(tokens: Tokens, root: int) -> Tokens:
    """Return `root` with all that it governs, in order."""
    inside = subtree(tokens, root)
    return tuple(token for token in tokens if token.i in inside)


def contiguous(part: Tokens) -> bool:
    """Return whether the tokens stood side by side."""
    return bool(part) and part[-1].i - part[0].i + 1 == len(part)


def without(tokens: Tokens, gone: Iterable[int]) -> Tokens:
    """Return the tokens but for those whose `i` is in `gone`."""
    dropped = frozenset(gone)
    return tuple(token for token in tokens if token.i not in dropped)


def entities(tokens: Tokens) -> list[Entity]:
    """Return the names and values, in order; positions are those in `tokens`."""
    found: list[Entity] = []
    at = 0
    while at < len(tokens):
        if not tokens[at].ent:
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and tokens[end].ent == tokens[at].ent and not tokens[end].begins:
            end += 1
        found.append(Entity(start=at, end=end, kind=tokens[at].ent, text=plain(tokens[at:end])))
        at = end
    return found


def plain(tokens: Iterable[Token]) -> str:
    """Return the text as it stands."""
    return "".join(token.text + " " * token.space for token in tokens).strip()


def word(text: str, like: Token) -> Token:
    """Return a token that reads `text` and stands where `like` stood; a capital is kept."""
    return replace(like, text=text)


def splice(tokens: Tokens, start: int, end: int, text: str) -> Tokens:
    """Return `tokens` with the positions `[start, end)` replaced by one token that reads `text`."""
    last = tokens[end - 1]
    return (*tokens[:start], replace(tokens[start], text=text, space=last.space), *tokens[end:])


def lowered(tokens: Tokens) -> Tokens:
    """Return `tokens` with the capital of an opening word undone, unless it is a name or "I"."""
    first = tokens[0]
    if first.ent in {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "WORK_OF_ART", "PRODUCT", "EVENT", "DATE"}:
        plain_opening = first.text in {"The", "A", "An", "This", "Last", "Earlier"}
        if not plain_opening:
            return tokens
    if first.tag in {"NNP", "NNPS"} or first.text in {"I", "I'm"} or first.text[1:].lower() != first.text[1:]:
        return tokens
    return (replace(first, text=first.text[:1].lower() + first.text[1:]), *tokens[1:])


def ended(tokens: Tokens) -> Tokens:
    """Return `tokens` closed by exactly one full stop."""
    kept = list(tokens)
    while kept and kept[-1].text in {",", ".", ";", ":", "-", "–", "--"}:
        kept.pop()
    if not kept:
        return ()
    last = replace(kept[-1], space=False)
    stop = Token(i=last.i + 100_000, text=".", space=False, lemma=".", tag=".", dep="punct", head=last.i)
    return (*kept[:-1], last, stop)
