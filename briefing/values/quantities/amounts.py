"""Read numerals: digits with any separators, fractions, spelled-out numbers and scales, as exact decimals.

Knows nothing of units or of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_UNITS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine".split())}
_TEENS = {
    w: n
    for n, w in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
_TENS = {
    w: n
    for n, w in zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True)
}
_TENS["fourty"] = 40
SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
_SHORT_SCALES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "mil": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trn": 10**12,
}
_PARTS = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "fourth": Fraction(1, 4),
    "fifth": Fraction(1, 5),
    "sixth": Fraction(1, 6),
    "seventh": Fraction(1, 7),
    "eighth": Fraction(1, 8),
    "ninth": Fraction(1, 9),
    "tenth": Fraction(1, 10),
}
_VULGAR = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8),
}
#: "dozens of": how many there are at the least.
_INDEFINITE = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2 * 10**6,
    "billions": 2 * 10**9,
    "trillions": 2 * 10**12,
    "tens of thousands": 20_000,
    "hundreds of thousands": 200_000,
    "tens of millions": 2 * 10**7,
    "hundreds of millions": 2 * 10**8,
    "tens of billions": 2 * 10**10,
    "hundreds of billions": 2 * 10**11,
    "several hundred": 200,
    "several thousand": 2_000,
    "several million": 2 * 10**6,
    "several dozen": 24,
    "a few hundred": 200,
    "a few thousand": 2_000,
    "a few dozen": 24,
    "a few million": 2 * 10**6,
}


@dataclass(frozen=True, slots=True)
class Amount:
    """One numeral with its scale, where it stands and how it is written."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    plain: bool
    """Digits alone, without separator, fraction or scale: it could be a year or the name of something."""
    spelled: bool = False
    part: bool = False
    """A fraction of something, such as "a third"."""
    indefinite: bool = False
    """A plural such as "dozens": the value is only the least."""
    scale: int = 1
    """What the last scale word multiplies by: 10**6 for "22.5 million"."""


# Patterns
# --------

_SPACE = r"[ \u00a0\u202f\u2009]"
_DIGITS = (
    r"(?:"
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!,?\d)"  # 3,000 and 1,234.5
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!,?\d)"  # 1,00,000
    r"|\d{1,3}(?:\.\d{3})+,\d+(?![.,]?\d)|\d{1,3}(?:\.\d{3}){2,}(?![.,]?\d)"  # 1.234,5 and 1.234.567
    rf"|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d+)?(?![.,]?\d)"  # 1 234 567
    r"|\d{1,3}(?:['’]\d{3})+(?:\.\d+)?(?!\d)"  # 1'000
    r"|\d+[.,]\d+(?![.,]?\d)"  # 22.5 and 1,57
    r"|\d+"
    r")"
)
_WORD = "|".join(sorted((*_UNITS, *_TEENS, *_TENS, *SCALES, "dozen"), key=len, reverse=True))
VULGAR = "[" + "".join(_VULGAR) + "]"
_LONG = "hundred|thousand|lakh|million|crore|billion|trillion|dozen"
_FEW = "|".join(sorted((re.escape(w).replace(r"\ ", r"\s") for w in _INDEFINITE), key=len, reverse=True))
#: A text with none of these, no digit and no fraction sign has no number.
NUMBER_WORDS = frozenset(
    word
    for spelling in (
        *_UNITS,
        *_TEENS,
        *_TENS,
        *SCALES,
        "dozen",
        *_PARTS,
        *(part + "s" for part in _PARTS),
        *_INDEFINITE,
    )
    for word in spelling.split()
) - frozenset("a few several of tens".split())
_STARTS = NUMBER_WORDS | {"a", "an", "several", "tens"}
_WORD_RUN = re.compile(r"\w+")
_NUMERAL = re.compile(
    rf"(?P<few>\b(?i:{_FEW})\b)"
    rf"|(?<!\w)(?P<mixed>\d+)[ -]?(?P<mixed_part>{VULGAR})"
    rf"|(?<!\w)(?P<vulgar>{VULGAR})"
    r"|(?<![\w./,-])(?:(?P<whole>\d{1,3})\s(?:and\s)?)?(?P<upper>\d{1,2})[/⁄](?P<lower>\d{1,2})(?![\w/]|[.,]\d)"
    rf"|(?<!\w)(?P<digits>{_DIGITS})"
    rf"|\b(?P<part>(?i:(?:a|one|two|three|four|five|six|seven|nine)[\s-](?:third|quarter|fourth|fifth|sixth|seventh|eighth|"
    rf"ninth|tenth)s?|half)\b)"
    rf"|\b(?P<article>(?i:an?\s(?=(?:{_LONG})\b)))?(?P<words>(?i:(?:{_WORD})(?:(?:[\s-]+and[\s-]+|[\s-]+)(?:{_WORD}))*)\b)"
)
_SCALE_AFTER = re.compile(rf"[ \u00a0-]*(?P<scale>(?i:{_LONG}))(?:\b|(?=s\b))")
_SHORT_AFTER = re.compile(r"[ \u00a0]?(?P<short>k|K|m|M|mn|Mn|mln|mio|mil|b|B|bn|Bn|BN|bln|t|tn|Tn|trn)(?![\w’'])")
_HALF_AFTER = re.compile(rf"[\s-]and[\s-]a[\s-](?P<part>half|quarter|third)\b|(?P<vulgar>{VULGAR})", re.I)
_HALF_WHOLE = re.compile(
    rf"\s(?:an?\s)?(?P<scale>(?i:{_LONG}))\b|\s(?:of|the|an?)\b|-(?=hour|day|year|mile|century)", re.I
)
_BLANK = re.compile(r"\s+")


def read_amounts(text: str) -> Iterator[Amount]:
    """Yield every numeral, in order, without overlaps.

    >>> [(a.value, text[a.start:a.end]) for text in ["ten thousand or 1,57"] for a in read_amounts(text)]
    [(Decimal('10000'), 'ten thousand'), (Decimal('1.57'), '1,57')]
    """
    last: Amount | None = None
    for amount in _numerals(text):
        whole = last and _in_two_scales(text, last, amount)
        if last and not whole:
            yield last
        last = whole or amount
    if last:
        yield last


def _in_two_scales(text: str, large: Amount, small: Amount) -> Amount | None:
    """Read "2 thousand 700" and "1 million 200 thousand" as one number, and "2 million 700 people" as two."""
    written = _SCALE_LAST.search(text, large.start, large.end)
    if not written or text[large.end : small.start] not in _SPACES or small.indefinite or small.part:
        return None
    scale = SCALES[written["scale"].casefold()]
    scaled = _SCALE_LAST.search(text, small.start, small.end)
    rest = _HUNDREDS.fullmatch(text, small.start, small.end) if scale == SCALES["thousand"] else scaled
    if not rest or small.value >= scale or large.value % 1 or small.value % 1:
        return None
    return Amount(large.start, small.end, large.value + small.value, small.step, plain=False, spelled=large.spelled)


_SCALE_LAST = re.compile(r"\b(?P<scale>(?i:thousand|million|billion|trillion))$")
_HUNDREDS = re.compile(r"[1-9]\d\d")
_SPACES = frozenset(" \u00a0\u202f\u2009")


def _numerals(text: str) -> Iterator[Amount]:
    at = 0
    for word in _WORD_RUN.finditer(text):
        begins = word.start() >= at and (not word[0][0].isalpha() or word[0].casefold().replace("ı", "i") in _STARTS)
        match = _NUMERAL.match(text, word.start()) if begins else None
        if match is None:
            continue
        at = match.end()
        for amount in _amounts(text, match):
            yield amount
            at = max(at, amount.end)


def _amounts(text: str, match: re.Match[str]) -> Iterator[Amount]:
    if match["words"]:
        yield from _spelled(text, match)
        return
    amount = _written(text, match)
    if amount is not None:
        yield amount


def _written(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    if match["few"]:
        least = Decimal(_INDEFINITE[_BLANK.sub(" ", match["few"].casefold().replace("ı", "i"))])
        few = Amount(start, end, least, least, plain=False, spelled=True, indefinite=True)
        return _scaled(text, few) if least == _INDEFINITE["several hundred"] else few
    if match["part"]:
        return _spelled_part(text, match)
    if match["upper"]:
        return _ratio(text, match)
    if match["mixed_part"] or match["vulgar"]:
        part = _VULGAR[match["mixed_part"] or match["vulgar"]]
        value = _decimal(int(match["mixed"] or 0) + part)
        return _scaled(text, Amount(start, end, value, Decimal("0.1"), plain=False, part=not match["mixed"]))
    value, places = _digits(match["digits"])
    step = _step(value, places)
    return _scaled(text, Amount(start, end, value, step, plain=match["digits"].isdecimal()))


def _decimal(value: Fraction | int) -> Decimal:
    fraction = Fraction(value)
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def _digits(written: str) -> tuple[Decimal, int]:
    """Return the value and the number of its decimal places.

    A single comma before exactly three digits separates thousands, any other single comma is a decimal comma;
    a single point is always a decimal point, so 16.181 and 16,181 differ.
    """
    bare = re.sub(rf"{_SPACE}|['’]", "", written)
    points, commas = bare.count("."), bare.count(",")
    if points > 1 or (points and commas and bare.rindex(",") > bare.rindex(".")):
        bare = bare.replace(".", "").replace(",", ".")
    elif commas == 1 and not points and not re.fullmatch(r"[1-9]\d{0,2},\d{3}", bare):
        bare = bare.replace(",", ".")
    else:
        bare = bare.replace(",", "")
    return Decimal(bare), len(bare.partition(".")[2])


def _step(value: Decimal, places: int) -> Decimal:
    """Return the place of the last digit that is not a trailing zero, but never the first of a large number.

    >>> _step(Decimal(3100), 0), _step(Decimal(3000), 0), _step(Decimal("22.5"), 1)
    (Decimal('100'), Decimal('100'), Decimal('0.1'))
    """
    if places or not value:
        return Decimal(1).scaleb(-places)
    digits = f"{value:f}"
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** max(0, min(zeros, len(digits) - 2))


def _scaled(text: str, amount: Amount) -> Amount:
    """Take in the scale that follows: million, bn, k, hundred thousand, two dozen."""
    if match := _SCALE_AFTER.match(text, amount.end):
        return _scaled(text, _times(amount, _scale(match["scale"].casefold().replace("ı", "i")), match.end()))
    if match := _SHORT_AFTER.match(text, amount.end):
        scale = _short_scale(text, amount, match)
        return amount if scale is None else _times(amount, scale, match.end())
    return amount


def _scale(word: str) -> int:
    return 12 if word == "dozen" else SCALES[word]


def _times(amount: Amount, scale: int, end: int) -> Amount:
    return Amount(
        amount.start,
        end,
        amount.value * scale,
        amount.step * scale,
        plain=False,
        spelled=amount.spelled,
        indefinite=amount.indefinite,
        scale=amount.scale * scale,
    )


_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹₪₽₩₺₴₦฿₫₱]|\b[A-Z]{3}|\bR[sp]\.?)\s?$")
_PLURAL_AFTER = re.compile(r"\s(?:[a-z]+s|people|men|women|children)\b")


def _short_scale(text: str, amount: Amount, match: re.Match[str]) -> int | None:
    """Letters after a number are a scale beside money or before a plural; else 5m is a length and 4K a name."""
    letters = match["short"]
    money = bool(_MONEY_BEFORE.search(text, max(0, amount.start - 5), amount.start))
    sure = letters.casefold().replace("ı", "i") in {"bn", "mn", "mln", "bln", "tn", "trn", "mio", "mil"}
    glued = match.start("short") == amount.end
    if sure or (money and glued):
        return _SHORT_SCALES[letters.casefold().replace("ı", "i")]
    if not glued:
        return None
    if letters == "k" or (letters in "KmMbB" and _PLURAL_AFTER.match(text, match.end())):
        return _SHORT_SCALES[letters.casefold().replace("ı", "i")]
    return None


def _ratio(text: str, match: re.Match[str]) -> Amount | None:
    upper, lower = int(match["upper"]), int(match["lower"])
    usual = 0 < upper < lower <= 10 or (lower in {12, 16, 20, 32, 100} and 0 < upper < lower and match["whole"])
    if not usual:
        return None
    value = _decimal(int(match["whole"] or 0) + Fraction(upper, lower))
    amount = Amount(*match.span(), value, Decimal("0.1"), plain=False, part=not match["whole"])
    return _scaled(text, amount)


def _spelled_part(text: str, match: re.Match[str]) -> Amount | None:
    """Read "a third", "two-thirds", "half": parts when something follows that they can be a part of."""
    first, _, last = re.sub(r"[\s-]+", " ", match["part"].casefold().replace("ı", "i")).partition(" ")
    if first == "half":
        return _half(text, match)
    part = _PARTS[last.removesuffix("s")]
    count = 1 if first in {"a", "one"} else _UNITS[first]
    # "a third breast" is an ordinal: with "a", only "of" makes it a part.
    if first == "a" and not re.match(r"\s+of\b", text[match.end() : match.end() + 5]):
        return None
    if last.endswith("s") == (count == 1):
        return None
    value = _decimal(part * count)
    return Amount(match.start(), match.end(), value, Decimal("0.01"), plain=False, spelled=True, part=True)


def _half(text: str, match: re.Match[str]) -> Amount | None:
    after = _HALF_WHOLE.match(text, match.end())
    if after is None:
        return None
    half = Decimal("0.5")
    if after["scale"]:
        scale = _scale(after["scale"].casefold().replace("ı", "i"))
        amount = Amount(match.start(), after.end(), half * scale, half * scale / 5, plain=False, spelled=True)
        return _scaled(text, amount)
    return Amount(match.start(), match.end(), half, Decimal("0.01"), plain=False, spelled=True, part=True)


# Spelled-out numbers
# -------------------


def _spelled(text: str, match: re.Match[str]) -> Iterator[Amount]:
    """Split a run of number words where grammar says that a new number begins: "two hundred", "three"."""
    start = match.start("words")
    words = [
        (word[0].casefold().replace("ı", "i"), start + word.start(), start + word.end())
        for word in re.finditer(r"[A-Za-z]+", match["words"])
    ]
    while words:
        value, used = _one_number([word for word, _, _ in words])
        first = match.start() if match["article"] and words[0][1] == start else words[0][1]
        amount = Amount(first, words[used - 1][2], Decimal(value), _step(Decimal(value), 0), plain=False, spelled=True)
        lone = used == 1 and words[0][0] in {*SCALES, "dozen"} and not match["article"]
        if not lone:
            yield _with_half(text, amount)
        words = words[used:]
        while words and words[0][0] == "and":
            words = words[1:]


def _one_number(words: list[str]) -> tuple[int, int]:
    """Return the value of the longest number at the front and how many words it takes.

    >>> _one_number(["two", "hundred", "and", "five", "thousand", "six"])
    (205006, 6)
    """
    total, group, used, room, least_scale = 0, 0, 0, 10**18, 10**18
    before_and: tuple[int, int] | None = None
    for at, word in enumerate(words):
        size = _UNITS.get(word, _TEENS.get(word, _TENS.get(word, 0)))
        if word == "and":
            if at == 0 or room < 10 or (group == 0 and total == 0):
                break
            before_and = (total + group, at)
            continue
        if word in SCALES or word == "dozen":
            scale = _scale(word)
            if scale >= least_scale or (scale == 100 and group > 99):
                # "one hundred and two hundred" is two numbers, not 102 hundred.
                return before_and or (total + group, max(used, 1))
            if scale == 100 or word == "dozen":
                group, room = (group or 1) * scale, 100
            else:
                total, group, room, least_scale = total + (group or 1) * scale, 0, 10**18, scale
        else:
            width = 10 if word in _UNITS else 100
            if room < width or (word == "zero" and at):
                break
            group, room = group + size, (10 if word in _TENS else 0)
        used = at + 1
    return total + group, max(used, 1)


def _with_half(text: str, amount: Amount) -> Amount:
    """Take in "and a half" and a second numeral scale, as in "two and a half million"."""
    if match := _HALF_AFTER.match(text, amount.end):
        part = _PARTS[match["part"].casefold().replace("ı", "i")] if match["part"] else _VULGAR[match["vulgar"]]
        more = Amount(
            amount.start,
            match.end(),
            amount.value + _decimal(part),
            Decimal("0.1"),
            plain=False,
            spelled=True,
        )
        return _scaled(text, more)
    return amount
