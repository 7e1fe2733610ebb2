"""Words that turn what is said: negation, opposites, offices, hedges, other nouns and verbs."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.corrupt.surroundings import Surroundings, agreed, alternatives, drawn, lower_words
from training.grammar import Token, Tokens, children, root_of, splice, without
from training.wordlists import HEDGE_ADVERBS, OPPOSED_VERBS, OPPOSED_WORDS, REPORTING, STRONGER, TITLES


def swap_title(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """ "the mayor" → "the governor", "a brother" → "an uncle": another office, kin, trade, sport, charge."""
    places = [
        (at, new)
        for at, token in enumerate(tokens)
        if token.tag in {"NN", "NNS", "NNP"} and token.dep != "compound"
        for new in alternatives(TITLES, token.text.lower())
        if not token.ent or token.text.islower()
    ]
    if not places:
        return None
    at, new = rng.choice(places)
    cased = new.title() if tokens[at].text[:1].isupper() else new
    return agreed(splice(tokens, at, at + 1, cased), at)


_AUXILIARIES = frozenset("is are was were has have had will would could can should may might must does did do".split())


def negate(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Add "not" to the main verb, or take a negation away."""
    return _affirmed(tokens) or _negated(tokens, rng)


def _affirmed(tokens: Tokens) -> Tokens | None:
    for at, token in enumerate(tokens):
        if token.dep != "neg" or token.text.lower() not in {"not", "n't", "never"} or not at:
            continue
        before = tokens[at - 1]
        if before.text.lower() in {"did", "does", "do", "ca", "wo"}:
            return None
        return (*tokens[: at - 1], replace(before, space=True), *tokens[at + 1 :])
    return None


def _negated(tokens: Tokens, rng: Random) -> Tokens | None:
    root = _main_clause(tokens)
    if root is None or children(tokens, root.i, "neg") or not children(tokens, root.i, "nsubj", "nsubjpass"):
        return None
    word = rng.choice(("not", "not", "not", "never"))
    for at, token in enumerate(tokens):
        if (
            token.head == root.i
            and token.dep in {"aux", "auxpass"}
            and token.text.lower() in _AUXILIARIES
            and token.i < root.i
        ):
            return _inserted(tokens, at + 1, word, token)
        if token.i == root.i and token.lemma == "be" and token.text in {"is", "are", "was", "were"}:
            return _inserted(tokens, at + 1, word, token)
        if token.i == root.i and token.tag == "VBD" and not children(tokens, root.i, "aux", "auxpass"):
            return splice(tokens, at, at + 1, f"never {token.text}" if word == "never" else f"did not {token.lemma}")
        if token.i == root.i and token.tag == "VBZ" and not children(tokens, root.i, "aux", "auxpass"):
            return splice(tokens, at, at + 1, f"does not {token.lemma}")
    return None


def _main_clause(tokens: Tokens) -> Token | None:
    """Return the main verb; under a verb of speech, that of what is said."""
    root = root_of(tokens)
    if root is not None and root.lemma in REPORTING:
        said = children(tokens, root.i, "ccomp")
        return said[0] if said else None
    return root


def _inserted(tokens: Tokens, at: int, text: str, like: Token) -> Tokens:
    spaced = replace(tokens[at - 1], space=True)
    return (*tokens[: at - 1], spaced, replace(like, text=text, dep="neg", space=True, i=like.i), *tokens[at:])


def flip(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Put an opposite in place of a verb, noun or adjective: rose → fell, before → after, more → fewer."""
    places = [(at, new) for at, token in enumerate(tokens) for new in _opposites(token, tokens)]
    if not places:
        return None
    at, new = rng.choice(places)
    return agreed(splice(tokens, at, at + 1, new), at)


def _opposites(token: Token, tokens: Tokens) -> tuple[str, ...]:
    if token.ent and token.ent not in {"DATE", "TIME"}:
        return ()
    verbs = OPPOSED_VERBS.get((token.text, token.tag), ())
    if verbs or token.tag.startswith("VB"):
        return verbs
    if token.tag in {"RP"} or (
        token.text in {"over", "up", "down", "like", "past", "left", "right"} and token.tag != "JJ"
    ):
        return ()
    if (
        token.text in {"early", "late", "above", "before", "after", "with", "open", "first", "last"}
        and token.dep == "compound"
    ):
        return ()
    found = OPPOSED_WORDS.get(token.text, ())
    return tuple(new for new in found if token.text != "more" or _fits_more(new, token, tokens))


def _fits_more(new: str, token: Token, tokens: Tokens) -> bool:
    following = next((t for t in tokens if t.i == token.i + 1), None)
    return new == ("fewer" if following is not None and following.tag in {"NNS", "IN"} else "less")


def strengthen(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Say more than was said: could → will, some → all, "reportedly" left out, "at least" → "exactly"."""
    places: list[tuple[int, str]] = []
    for at, token in enumerate(tokens):
        low = token.text.lower()
        if low in HEDGE_ADVERBS and token.tag == "RB":
            places.append((at, ""))
        if low == "may" and token.tag != "MD":
            continue
        places += [(at, new) for old, new in STRONGER if old == low and _may_strengthen(tokens, at, new)]
    if not places:
        return None
    at, new = rng.choice(places)
    if not new:
        return without(tokens, {tokens[at].i}) if at else None
    return splice(tokens, at, at + 1, new.capitalize() if tokens[at].text[0].isupper() else new)


def _may_strengthen(tokens: Tokens, at: int, new: str) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return False
    if new == "all":
        return following.tag in {"NNS", "JJ", "IN"} and following.text.lower() not in {"than"}
    if tokens[at].text.lower() in {"could", "can", "may", "might", "should"}:
        return following.tag == "VB" or (following.tag == "RB" and following.dep != "neg")
    return not (new in {"exactly"} and following.tag not in {"CD", "$"})


def swap_word(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Put another noun, verb or adjective of the same form, of the same document, in place of one."""
    places = [at for at, t in enumerate(tokens) if _is_content(t) and t.dep != "compound"]
    rng.shuffle(places)
    taken = {t.lemma.lower() for t in tokens} | lower_words(around.told)
    for at in places:
        old = tokens[at]
        fresh = sorted(
            {
                t.text
                for s in around.document
                for t in s
                if _replaces(t, old) and t.lemma.lower() not in taken and t.text.lower() not in taken
            }
        )
        if fresh:
            return agreed(splice(tokens, at, at + 1, drawn(fresh, around.evidence, rng)), at)
    return None


def _is_content(token: Token) -> bool:
    return (
        token.tag in {"NN", "NNS", "VBD", "VBN", "VBG", "VBZ", "VB", "JJ"}
        and token.text.isalpha()
        and token.text.islower()
        and token.lemma not in _LIGHT
    )


_LIGHT = frozenset(
    "be have do get make go take say tell come use last other own such same more most own set year people way "
    "day time".split()
)


def _replaces(token: Token, old: Token) -> bool:
    return (
        token.tag == old.tag and token.dep == old.dep and _is_content(token) and not token.ent and len(token.text) > 3
    )
