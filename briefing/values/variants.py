"""Tell whether two names are spellings of one name, and never on likeness alone.

Pure. Kyiv and Kiev are alike by .85, Iran and Iraq by .88: no threshold parts them. So two words are one only
when their consonants agree (after the usual differences of transliteration) and their vowels differ as
transliteration makes them differ. The price is uneven on purpose: a missed variant costs a needless finding
or dispute that a reader sees and dismisses; a false variant hides a wrong name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from briefing.values.gazetteer import (
    COMPASS,
    GIVEN,
    HONORIFICS,
    INSTITUTIONS,
    PARTICLES,
    country_of,
    word_set,
)
from briefing.values.words import fold_word

_SPLIT = re.compile(r"[\s\-‐‑,/]+|(?<=\b[^\W\d_]\.)(?=[^\W\d_])")
_SUFFIXES = word_set("jr sr ii iii iv")
_SHORTENED = {
    "utd": "united",
    "dept": "department",
    "govt": "government",
    "intl": "international",
    "univ": "university",
}
_AREAS = word_set("strip oblast region province county district city island islands")
_SMALL = word_set("the of for and & a")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}s?")


@lru_cache(maxsize=65_536)
def same_name(a: str, b: str) -> bool:
    """Return whether `a` and `b` can be one name: spelt otherwise, in short, or as an acronym.

    A surname alone agrees with a full name, an initial with a given name, a country with its adjective. Two
    full names agree only when every part does; words that are merely alike (Iran/Iraq, Johnson/Johnston,
    Niger/Nigeria) never do. It cannot know namesakes: "Bell" agrees with "Ana Bell" and with "Tom Bell".

    >>> same_name("Kyiv", "Kiev"), same_name("J. Smith", "John Smith"), same_name("United Nations", "UN")
    (True, True, True)
    >>> same_name("Iran", "Iraq"), same_name("John Smith", "Jane Smith"), same_name("Korea", "North Korea")
    (False, False, False)
    """
    left, right = _words(a), _words(b)
    if not left or not right:
        return False
    if "".join(left) == "".join(right):
        return True
    countries = _country(left), _country(right)
    if None not in countries:
        return countries[0] == countries[1]
    if any(countries) and len(left) == len(right) == 1:
        return _spelt_alike(left[0], right[0]) and min(len(left[0]), len(right[0])) > 5
    return _is_acronym_of(a, right) or _is_acronym_of(b, left) or _agree(left, right)


def _words(name: str) -> tuple[str, ...]:
    words = [fold_word(word) for word in _SPLIT.split(name)]
    kept = [_SHORTENED.get(word, word) for word in words if word and word != "the"]
    while len(kept) > 1 and kept[0] in HONORIFICS:
        kept.pop(0)
    while len(kept) > 1 and kept[-1] in _SUFFIXES | _AREAS:
        kept.pop()
    return tuple(kept)


def _country(words: tuple[str, ...]) -> str | None:
    return country_of(" ".join(words)) or country_of("".join(words))


def _is_acronym_of(short: str, words: tuple[str, ...]) -> bool:
    """Whether `short` is an acronym and its letters open the words, the small ones counted or not."""
    if not _ACRONYM.fullmatch(short) or len(words) < 2:
        return False
    letters = short.replace(".", "").removesuffix("s").casefold()
    big = "".join(word[0] for word in words if word not in _SMALL)
    return letters in (big, "".join(word[0] for word in words))


def _agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    short, long = sorted((left, right), key=len)
    if INSTITUTIONS & {*short, *long}:
        return _same_institution(short, long)
    if len(short) == 1:
        return _stands_for(short[0], long)
    return _same_person(short, long)


def _same_institution(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "Foreign Ministry" and "Ministry of Foreign Affairs": every big word of the shorter has its like."""
    few, many = _big(short), _big(long)
    if len(few) == 1 and (few[0] in INSTITUTIONS or len(many) > 1):
        return False
    if not INSTITUTIONS & {*few} and not all(map(_same_word, few, many)):
        return False  # a place is not the board of that place
    rest = list(many)
    for word in few:
        match = next((other for other in rest if _same_word(word, other)), None)
        if match is None:
            return False
        rest.remove(match)
    return not COMPASS & set(rest)


def _big(words: tuple[str, ...]) -> list[str]:
    kept = [country_of(word) or word for word in words if word not in _SMALL and word != "affairs"]
    return kept or list(words)


def _stands_for(word: str, long: tuple[str, ...]) -> bool:
    """Whether one word is the surname of a longer name, or all of it written together."""
    if len(long) == 1:
        return _same_word(word, long[0])
    if long[0] in COMPASS or (len(long) == 2 and country_of(" ".join(long))):
        return False
    return any(_same_word(word, "".join(long[-take:])) for take in (1, 2)) or _same_word(word, _surname(long))


def _surname(words: tuple[str, ...]) -> str:
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return "".join(words[start:])


def _same_person(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Surname and first given name agree; a middle name may be missing."""
    if not _same_surname(short, long):
        return False
    if _same_given(short[0], long[0]):
        return _has_middles(short, long) and (len(short) < len(long) or _has_middles(long, short))
    return len(short) < len(long) and _is_tail(short, long)


def _has_middles(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return all(any(_same_given(word, other) for other in long[1:]) for word in short[1:-1])


def _same_surname(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    given = _same_given(short[0], long[0])
    pairs = {
        (short[-1], long[-1]),
        (_surname(short), _surname(long)),
        ("".join(short[1:]), "".join(long[1:])),
    }
    return any(_same_word(x, y) or (given and _loosely_alike(x, y)) for x, y in pairs)


def _is_tail(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "Ben Zvi" of "Alexander Ben Zvi": a surname of two words, opened by a particle."""
    return short[0] in PARTICLES and all(_same_word(x, y) for x, y in zip(short, long[-len(short) :], strict=True))


def _same_given(x: str, y: str) -> bool:
    if len(x) == 1 or len(y) == 1:
        return x[0] == y[0]
    return _same_word(x, y) or _is_short_for(x, y) or _is_short_for(y, x)


def _is_short_for(x: str, y: str) -> bool:
    """ "Dan" for Daniel, "Man" for Manchester; not Paul for Paula or Pauline."""
    return len(x) > 2 and len(y) > len(x) + 1 and y.startswith(x) and y[-1] not in "ae" and x not in COMPASS


@lru_cache(maxsize=65_536)
def _same_word(x: str, y: str) -> bool:
    return x == y or bool(GIVEN.get(x, frozenset()) & GIVEN.get(y, frozenset())) or _spelt_alike(x, y)


# Spelling rules
# --------------
# Each folds one difference that transliteration makes; what is left are consonants with vowel groups between.
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[^a-z]", ""),
        (r"([^e])\1+", r"\1"),
        (r"dzh|dj", "j"),
        (r"^(?:y|i)(?=[aou])", "j"),
        (r"kh|ch(?=r)", lambda m: "h" if m.group() == "kh" else "k"),
        (r"gh|dh|th(?=[aeiouy])", lambda m: m.group()[0]),
        (r"ph", "f"),
        (r"tz", "ts"),
        (r"ck|(?!^)qu?(?=[aeiou])|c(?=[aouklrt])|(?!^)q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"(?:of|ov|f)$", lambda m: m.group().replace("f", "v")),
        (r"(?<=[aeiouy])h$", ""),
        (r"(?<=[aeiouy])j(?=$|[^aeiouy])|(?<=[^aeiouy])j$", "i"),
        (r"[yi]+e?[yi]*", "i"),
        (r"ou|oo", "u"),
        (r"ei|ai(?=.)", "ai"),
        (r"ee", "i"),
        (r"(?<=[bcdfghklmnprstvz]{2})e$|(?<=[aeiouy][bcdfgklmnprstvz])e$", ""),
        (r"(.)\1+", r"\1"),
    )
)
_DIGITS = re.compile(r"\d")
_GROUPS = re.compile(r"([aeiou]*)([^aeiou]?)")
_NEAR = frozenset((frozenset("ou"), frozenset("ae")))


@lru_cache(maxsize=65_536)
def _spelling(word: str) -> tuple[tuple[str, ...], str]:
    """The vowel groups of a word, one before each consonant and one at the end, and its consonants."""
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    groups = [(m.group(1), m.group(2)) for m in _GROUPS.finditer(word)]
    vowels = tuple(vowel for vowel, consonant in groups if vowel or consonant)
    if groups and word and word[-1] not in "aeiou":
        vowels += ("",)
    return vowels, "".join(consonant for _, consonant in groups)


def _spelt_alike(x: str, y: str) -> bool:
    """Whether two words differ only as transliterations of one word do."""
    if min(len(x), len(y)) < 4 or not (x.isascii() and y.isascii()) or _DIGITS.findall(x) != _DIGITS.findall(y):
        return False
    (vowels_x, bones_x), (vowels_y, bones_y) = _spelling(x), _spelling(y)
    if not _same_bones(bones_x, bones_y) or len(vowels_x) != len(vowels_y):
        return False
    pairs = list(zip(vowels_x, vowels_y, strict=True))
    last = len(pairs) - 1
    differing = [at for at, (one, other) in enumerate(pairs) if one != other]
    if (
        bones_x.endswith("v")
        and {x[-1], y[-1]} <= {"v", "w", "f"}
        and last - 1 in differing
        and {*pairs[-2]} <= {"i", "o", "e"}
    ):
        differing.remove(last - 1)  # "-iv" in one language is "-ov" or "-ev" in another
    if last in differing or len(differing) > _allowed(min(len(x), len(y))):
        return False  # Maria, Mario; Niger, Nigeria: the ending tells names apart
    return all(_near(*pairs[at], bones_x[at - 1 : at], short=min(len(x), len(y)) < 6) for at in differing)


def _allowed(length: int) -> int:
    """How many vowels may differ in a word of so many letters."""
    return 0 if length < 5 else 1 if length < 7 else 2


def _same_bones(x: str, y: str) -> bool:
    """Whether two skeletons agree, g and h being one letter inside a word (Lugansk, Luhansk)."""
    if not x or not y or x[1:].replace("h", "g") != y[1:].replace("h", "g"):
        return False
    return x[0] == y[0] or ("q" in (x[0], y[0]) and {x[0], y[0]} <= {"q", "g", "k"})


def _near(x: str, y: str, after: str, *, short: bool) -> bool:
    """Whether two vowel groups are one sound in transliteration; `after` is the consonant before them."""
    if not x or not y:
        return bool(after) and (x or y) in ("i", "e")
    pair = frozenset((x, y))
    if pair == {"i", "e"}:
        return not short  # Basel, Basil
    return pair in _NEAR or (pair == {"o", "e"} and after in ("h", "j"))


def _loosely_alike(x: str, y: str) -> bool:
    """For a surname whose given name agrees: the same consonants, and nearly the same letters."""
    (vowels_x, bones_x), (vowels_y, bones_y) = _spelling(x), _spelling(y)
    return (
        min(len(x), len(y)) > 4
        and _same_bones(bones_x, bones_y)
        and vowels_x[-1] == vowels_y[-1]
        and JaroWinkler.similarity(x, y) >= 0.88
    )
