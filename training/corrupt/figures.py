"""Numbers, units, bounds and dates that are not those of the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from training.corrupt.surroundings import Surroundings, alternatives, drawn
from training.grammar import Token, Tokens, splice
from training.wordlists import MONTHS, NUMBER_WORDS, ORDINALS, UNITS, WEEKDAYS


def swap_number(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Put another number of the document, or a near or scaled one, in place of a number."""
    places = [at for at, t in enumerate(tokens) if _is_amount(t)]
    if not places:
        return None
    at = rng.choice(places)
    options = [*_numbers_like(tokens[at], around), *_nudged(tokens[at].text, rng)]
    fresh = [text for text in dict.fromkeys(options) if not _value_in(text, tokens)]
    return splice(tokens, at, at + 1, drawn(fresh, around.evidence, rng)) if fresh else None


def _is_amount(token: Token) -> bool:
    return token.tag == "CD" and _amount(token.text) is not None and token.text.lower() != "one"


def _amount(text: str) -> float | None:
    low = text.lower()
    if low in NUMBER_WORDS:
        return float(NUMBER_WORDS.index(low))
    return float(text.replace(",", "")) if re.fullmatch(r"\d[\d,]*(\.\d+)?", text) else None


def _value_in(text: str, tokens: Iterable[Token]) -> bool:
    value = _amount(text)
    return any(value == _amount(token.text) for token in tokens)


def _numbers_like(token: Token, around: Surroundings) -> list[str]:
    year = _is_year(token.text)
    found = {
        other.text
        for sentence in around.document
        for other in sentence
        if _is_amount(other) and _is_year(other.text) == year and other.ent == token.ent
    }
    return sorted(found)


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:1[6-9]|20)\d\d", text))


def _nudged(text: str, rng: Random) -> list[str]:
    value = _amount(text)
    if value is None:
        return []
    if _is_year(text):
        return [str(int(value) + step) for step in rng.sample((-10, -3, -2, -1, 1, 2, 3, 10), 3)]
    if text.lower() in NUMBER_WORDS:
        return rng.sample(NUMBER_WORDS[2:13], 3)
    if value != int(value):
        return [f"{value + step:.{len(text.split('.')[-1])}f}" for step in (1, 0.3, 2)]
    whole = int(value)
    near = [whole + 1, whole + 2, max(whole - 1, 2), whole * 2, whole * 10, whole + 5, _transposed(whole)]
    return [_written_like(text, new) for new in rng.sample(near, 4) if new != whole]


def _transposed(value: int) -> int:
    digits = str(value)
    return int(digits[1] + digits[0] + digits[2:]) if len(digits) > 1 and digits[1] != "0" else value + 3


def _written_like(text: str, value: int) -> str:
    return f"{value:,}" if "," in text or value >= 10_000 else str(value)


def swap_unit(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """ "3 miles" → "3 kilometres", "$5 million" → "$5 billion"."""
    places = [
        (at, unit)
        for at in range(len(tokens))
        for unit in alternatives(UNITS, tokens[at].text)
        if _beside_number(tokens, at)
    ]
    if not places:
        return None
    at, unit = rng.choice(places)
    return splice(tokens, at, at + 1, unit)


def _beside_number(tokens: Tokens, at: int) -> bool:
    before = tokens[at - 1].tag if at else ""
    after = tokens[at + 1].tag if at + 1 < len(tokens) else ""
    return after == "CD" if tokens[at].text in {"$", "£", "€"} else before == "CD"


def swap_date(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """Another weekday, month, year, day of the month, ordinal or relative day."""
    places = [(at, new) for at, token in enumerate(tokens) for new in _other_times(token, tokens, at, rng)]
    taken = {token.text.lower() for token in tokens}
    places = [(at, new) for at, new in places if new.lower() not in taken]
    if not places:
        return None
    at, new = rng.choice(places)
    return splice(tokens, at, at + 1, new)


_RELATIVE = (
    "yesterday|today|tomorrow",
    "morning|afternoon|evening",
    "Spring|Autumn|Winter|Summer",
    "spring|autumn|winter|summer",
)


def _other_times(token: Token, tokens: Tokens, at: int, rng: Random) -> list[str]:
    text = token.text
    if text in WEEKDAYS or text in MONTHS:
        if text == "May" and token.ent != "DATE":
            return []
        return rng.sample([other for other in (WEEKDAYS if text in WEEKDAYS else MONTHS) if other != text], 2)
    if _is_year(text) and token.ent == "DATE":
        return _nudged(text, rng)
    if token.ent == "DATE" and re.fullmatch(r"\d{1,2}", text) and at and tokens[at - 1].text in MONTHS:
        return [str(new) for new in rng.sample(range(1, 29), 3) if str(new) != text]
    if text in ORDINALS:
        return rng.sample([other for other in ORDINALS[:6] if other != text], 2)
    return alternatives(_RELATIVE, text) if token.ent in {"DATE", "TIME"} else []


def wrong_bound(tokens: Tokens, around: Surroundings, rng: Random) -> Tokens | None:
    """ "1,234 homes" → "fewer than 1,200 homes" or "more than 1,300 homes"."""
    for at, token in enumerate(tokens):
        value = _amount(token.text) if token.tag == "CD" and token.ent in {"CARDINAL", "QUANTITY"} else None
        if value is None or value < 10 or value != int(value) or not at or not token.text[0].isdigit():
            continue
        before, after = tokens[at - 1], tokens[min(at + 1, len(tokens) - 1)]
        if before.tag in {"$", "CD", "JJR", "SYM", "NN", "NNP", "HYPH", "DT", "RB"} or not after.tag.startswith(
            ("NN", "JJ")
        ):
            continue
        whole = int(value)
        step = 10 ** max(len(str(whole)) - 2, 0)
        down, up = whole // step * step, whole // step * step + rng.choice((1, 2)) * step
        new = rng.choice((f"fewer than {down:,}", f"more than {up:,}", f"at least {up:,}", f"at most {down - step:,}"))
        return splice(tokens, at, at + 1, new)
    return None
