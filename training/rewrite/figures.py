"""The same value, or what it implies, written another way: numbers, shares and dates."""

from __future__ import annotations

import re
from random import Random

from training.grammar import Token, Tokens, splice
from training.wordlists import MONTHS, NUMBER_WORDS, SHORT_MONTHS

_RANGE = frozenset("- – — to or and from between".split())


_WITH_SEPARATORS = re.compile(r"\d{1,3}(?:,\d{3})+$")


def number_format(tokens: Tokens, rng: Random) -> Tokens | None:
    """Write one number another way: 1,200 / 1200, 3 / three, 1.5 million / 1,500,000, 5 % / 5 per cent."""
    found: list[tuple[int, int, str]] = []
    for at, token in enumerate(tokens):
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        ranged = _RANGE & {following, tokens[at - 1].text if at else ""}
        found += [(at, end, new) for end, new in _written(token, following, at) if token.ent != "DATE" and not ranged]
    if not found:
        return None
    start, end, new = rng.choice(found)
    return splice(tokens, start, end, new)


def _written(token: Token, following: str, at: int) -> list[tuple[int, str]]:
    text = token.text
    low = text.lower()
    if token.tag == "CD" and _WITH_SEPARATORS.match(text):
        return _long_number(int(text.replace(",", "")), at)
    if following == "%" and re.fullmatch(r"[\d.]+", text):
        return [(at + 2, f"{text} percent"), (at + 2, f"{text} per cent")]
    if following in {"percent"} and re.fullmatch(r"[\d.]+", text):
        return [(at + 2, f"{text}%")]
    if (
        token.tag == "CD"
        and low in NUMBER_WORDS[1:]
        and following not in {"of", "-", "million", "billion", "thousand"}
        and low != "one"
    ):
        return [(at + 1, str(NUMBER_WORDS.index(low)))]
    counts = token.ent in {"CARDINAL", "QUANTITY", "TIME"} and following.isalpha() and following.islower()
    if counts and re.fullmatch(r"[2-9]|1[0-2]", text) and following not in {"am", "pm"}:
        return [(at + 1, NUMBER_WORDS[int(text)])]
    if token.tag == "CD" and following == "million" and re.fullmatch(r"\d{1,3}(\.\d)?", text) and token.ent != "MONEY":
        return [(at + 2, f"{round(float(text) * 1_000_000):,}")]
    if (
        token.tag == "CD"
        and following in {"million", "billion"}
        and token.ent == "MONEY"
        and re.fullmatch(r"[\d.]+", text)
    ):
        return [(at + 2, text + ("m" if following == "million" else "bn"))]
    return []


def _long_number(value: int, at: int) -> list[tuple[int, str]]:
    found = [(at + 1, str(value))] if value >= 10_000 else []
    if value % 100 == 0 and 1_000 < value < 1_000_000:
        found.append((at + 1, f"{value / 1000:g} thousand"))
    if value % 100_000 == 0 and value >= 1_000_000:
        found.append((at + 1, f"{value / 1_000_000:g} million"))
    return found


def date_format(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "April 14" → "14 April", "Sept. 3" → "September 3", "14 April" → "April 14"."""
    for at in range(len(tokens) - 1):
        one, two = tokens[at].text, tokens[at + 1].text
        if one in SHORT_MONTHS:
            return splice(tokens, at, at + 1, SHORT_MONTHS[one])
        following = tokens[at + 2].text if at + 2 < len(tokens) else ""
        before = tokens[at - 1].text if at else ""
        if one in MONTHS and re.fullmatch(r"\d{1,2}", two) and following not in {",", "-", "and"}:
            return splice(tokens, at, at + 2, f"{two} {one}")
        if two in MONTHS and re.fullmatch(r"\d{1,2}", one) and before not in {"-", "and", "to"}:
            return splice(tokens, at, at + 2, f"{two} {one}")
    return None


_APPROXIMATE = frozenset(
    "about around nearly almost over under than approximately roughly least most some to minus by the a - –".split()
)
#: What stands before a number that is a name, a price, a share or part of one: "Flight 77", "3-1", "the 12 jurors".
_BOUND_TO = frozenset("$ CD JJR SYM NN NNP HYPH DT POS PRP$".split())


def rounded(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "1,234" → "more than 1,200" or "about 1,200": what an exact number implies."""
    for at, token in enumerate(tokens):
        if not at or not _is_exact(token) or not tokens[min(at + 1, len(tokens) - 1)].text.isalpha():
            continue
        before, after = tokens[at - 1], tokens[min(at + 1, len(tokens) - 1)]
        if before.tag in _BOUND_TO or before.text.lower() in _APPROXIMATE or after.tag in {"CD", "HYPH", "SYM"}:
            continue
        value = int(token.text.replace(",", ""))
        step = 10 ** (len(str(value)) - 2)
        if value % step:
            near = round(value / step) * step
            return splice(tokens, at, at + 1, rng.choice((f"more than {value // step * step:,}", f"about {near:,}")))
    return None


def _is_exact(token: Token) -> bool:
    counted = token.tag == "CD" and token.ent in {"CARDINAL", "QUANTITY", "MONEY"}
    return counted and bool(_WITH_SEPARATORS.match(token.text) or re.fullmatch(r"[1-9]\d\d", token.text))


def weakened_number(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "12 people" → "at least 12 people"."""
    for at, token in enumerate(tokens):
        counts = token.tag == "CD" and token.dep == "nummod" and token.ent in {"CARDINAL", "QUANTITY"} and token.begins
        if at < 2 or not counts or " " in token.text or token.text.lower() == "one":
            continue
        if tokens[at - 1].tag in _BOUND_TO | {"JJS", "JJ", "IN", "RB", ","}:
            continue
        return splice(tokens, at, at + 1, f"at least {token.text}")
    return None


def majority(tokens: Tokens, rng: Random) -> Tokens | None:
    """ "62 percent of voters" → "more than half of voters", "31 percent of" → "less than half of"."""
    for at in range(1, len(tokens) - 2):
        if tokens[at + 1].text not in {"percent", "%"} or tokens[at + 2].text != "of":
            continue
        share = re.fullmatch(r"\d\d(\.\d+)?", tokens[at].text)
        if share and float(share[0]) != 50 and tokens[at - 1].text.lower() not in _APPROXIMATE:
            return splice(tokens, at, at + 2, "more than half" if float(share[0]) > 50 else "less than half")
    return None
