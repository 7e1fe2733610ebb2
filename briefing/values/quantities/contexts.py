"""What the words beside a number make of it: a bound, an age, the name of a thing, a pronoun."""

from __future__ import annotations

import re

from briefing.values.gazetteer import PEOPLES
from briefing.values.quantities.model import Bound
from briefing.values.quantities.verbs import lemma
from briefing.values.words import DATES, is_common

# Approximators
# -------------

_BOUND_WORDS = {
    Bound.AT_LEAST: r"(?:well\s|far\s|slightly\s|just\s)?(?:more|greater|higher|longer|larger|better)\sthan|"
    r"(?:just\s|well\s)?over|at\sleast|above|(?:no|not)\s(?:fewer|less)\sthan|upwards?\sof|in\sexcess\sof|"
    r"exceed(?:s|ed|ing)?|"
    r"(?:not|never|n['’]t)\s(?:going\sto\s)?(?:fall|drop|go|be)\s(?:below|under)|a\sminimum\sof|minimum|topp(?:ed|ing)|north\sof|surpass(?:es|ed|ing)?|beyond|>|≥",
    Bound.AT_MOST: r"(?<!went\s)(?<!goes\s)(?<!gone\s)(?<!going\s)(?<!rose\s)up\sto|"
    r"as\s(?:many|much|high)\sas|at\smost|(?:no|not)\smore\sthan|(?:a\s)?maximum(?:\sof)?|"
    r"(?:not|never|n['’]t)\s(?:exceed|(?:rise|go|be)\sabove)|"
    r"(?:just\s|well\s)?under|below|(?:less|fewer|lower|shorter)\sthan|within|<|≤",
    Bound.ABOUT: r"about|around|some|nearly|almost|roughly|approximately|approx\.?|circa|ca?\.|(?:an\s)?estimated|"
    r"~|≈|close\sto|near|in\sthe\sregion\sof|somewhere\s(?:around|near)|virtually|practically|estimated\s(?:at|to\sbe)",
}
_BETWEEN = r"(?:\s?(?:an?|the|another|an\sadditional|a\sfurther|an\sestimated|between|from)\b)?\s*"
_ANY_BOUND = "|".join(rf"(?P<{bound.value}>(?<![\w-])(?:{words}))" for bound, words in _BOUND_WORDS.items())
_BEFORE = re.compile(rf"(?:{_ANY_BOUND}){_BETWEEN}$", re.I)
_AFTER = re.compile(
    r"(?P<at_least>\+(?!\d)|[\s-]plus\b|\sor\s(?:more|higher|above|over)\b|\sand\s(?:more|counting|above|over)\b)"
    r"|(?P<at_most>\sor\s(?:fewer|less|lower|under|below)\b)|(?P<about>\sor\sso\b|-odd\b|-ish\b|\sapproximately\b)",
    re.I,
)
# "concerns about 12 jets" is no approximation.
_ABOUT_A_TOPIC = re.compile(
    r"\b(?:talk\w*|speak\w*|spoke|concern\w*|worr\w+|question\w*|stor(?:y|ies)|learn\w*|kn[eo]w\w*|th(?:ink|ought)\w*|"
    r"information|details?|report\w*|warn\w*|complain\w*|ask\w*|told|say|said|brag\w*|news|doubts?)\s(?:about|around)\b\W*$",
    re.I,
)
_WIDEST = 34


def bound_of(text: str, start: int, end: int, *, lasts: bool) -> tuple[Bound, int]:
    """Return the bound that the words around `[start, end)` set, and where those before it begin.

    `lasts` is for durations: "over three days" is as long as that, not longer.

    >>> bound_of("at least 50 boats", 9, 11, lasts=False)
    (<Bound.AT_LEAST: 'at_least'>, 0)
    """
    window = max(0, start - _WIDEST)
    before = _BEFORE.search(text[window:start])
    if before is not None:
        bound = next(bound for bound in _BOUND_WORDS if before[bound.value] is not None)
        if not (lasts and before[0].strip().casefold() == "over") and not _ABOUT_A_TOPIC.search(
            text[max(0, start - 40) : start]
        ):
            return bound, window + before.start()
    after = _AFTER.match(text, end)
    if after is not None and after.lastgroup:
        return Bound(after.lastgroup), start
    return Bound.EXACT, start


# Ages
# ----

_AGE_AFTER = re.compile(
    r"[\s-]years?[\s-]old\b|[\s-]yrs?[\s-]old\b|\syears?\sof\sage\b|[\s-]months?[\s-]old\b|[\s-]weeks?[\s-]old\b|[\s-]days?[\s-]old\b"
    r"|\sand\s(?:over|older|under|younger)\b|-y(?:ea)?r-olds?\b|\s?yo\b|[\s-]years?[\s-]olds\b",
    re.I,
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|at\sthe\sage\sof|turn(?:s|ed|ing))\s(?:about\s|around\s|between\s|just\s|only\s)?$",
    re.I,
)
_AGE_OF_PERSON = re.compile(r"\b(?:I|[Hh]e|[Ss]he)(?:\s(?:was|is|am)|['’][ms])\s(?:about\s|just\s|only\s|now\s)?$")
_NAMED_AGE = re.compile(r"[A-Z][\w’'.-]+,\s$")
_AFTER_NAMED_AGE = re.compile(r",|\.|;|\)|\sof\b|\sfrom\b|$")


def age_end(text: str, start: int, end: int, *, plain: bool) -> int | None:
    """Return where the age that begins with the number at `[start, end)` ends, or None when it is no age.

    >>> age_end("a 34-year-old man", 2, 4, plain=True)
    13
    >>> age_end("Ines Farrow, 34, said", 13, 15, plain=True)
    15
    """
    after = _AGE_AFTER.match(text, end)
    if after is not None:
        return after.end()
    before = text[max(0, start - 30) : start]
    if _AGE_BEFORE.search(before) or (_AGE_OF_PERSON.search(before) and _AFTER_NAMED_AGE.match(text, end)):
        return end
    named = plain and len(text[start:end]) <= 3 and _NAMED_AGE.search(before) and _AFTER_NAMED_AGE.match(text, end)
    return end if named and text[start:end].isdecimal() and 0 < int(text[start:end]) <= 120 else None


_PERSON_BEFORE = re.compile(
    r"([A-Z][\w’'-]+)(?:,\s(?:who\s(?:is|was)\s)?(?:aged?\s)?|\s\(|,?\saged?\s|\s(?:is|was|turned|turns)\s(?:just\s|only\s|now\s)?"
    r"|,?\s(?:died|dies)\s(?:at\sthe\sage\sof|aged?|at)\s)$"
)
_PERSON_AFTER = re.compile(
    r"\s(?:(?!from\b|of\b|in\b|at\b|to\b|who\b|and\b|was\b|is\b|had\b|has\b)[a-z]+\s){0,3}?(?:[A-Z][\w’'.-]+\s){0,2}?([A-Z][\w’'-]+)(?![\w’'-]|\s[A-Z])"
)
_NAME_AT_ONCE = re.compile(r"\s[A-Z]")
# "Ines Farrow, a 34-year-old", but neither "In Osk, a 34-year-old" nor "Later, a 34-year-old".
_APPOSED = re.compile(
    r"(?<![\w’'.-])(?P<before>[\w’'-]+\s)?(?:[A-Z][\w’'.-]+\s)*(?P<name>[A-Z][\w’'-]+),\s(?:who\s(?:is|was)\s)?(?:an?|the)\s$"
)
_OF_PLACES = frozenset("in at from near on to across around outside inside off into towards toward for by".split())


def person_aged(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the surname of whoever has the age at `[start, end)`, when the words beside it say so.

    >>> text = "Ines Farrow, 34, met 40-year-old Tom Ashby and Iva Moll, a 52-year-old nurse."
    >>> [text[slice(*person_aged(text, start, end))] for start, end in ((13, 15), (21, 32), (59, 70))]
    ['Farrow', 'Ashby', 'Moll']
    """
    after = _PERSON_AFTER.match(text, end) if "old" in text[start:end] else None
    if after is not None and after[1].casefold() in PEOPLES:
        after = None
    before = _PERSON_BEFORE.search(text, max(0, start - 60), start)
    if before is not None and before[1].casefold() not in _OPENERS and not (after and _NAME_AT_ONCE.match(text, end)):
        return before.span(1)
    return after.span(1) if after else _apposed(text, start)


def _apposed(text: str, start: int) -> tuple[int, int] | None:
    found = _APPOSED.search(text, max(0, start - 80), start)
    if found is None or (found["before"] or "").strip().casefold() in _OF_PLACES:
        return None
    name = found["name"].casefold()
    return None if name in DATES or is_common(name) else found.span("name")


# Names of things
# ---------------

_CAPITAL_BEFORE = re.compile(r"(?:(?<=\s)|^|(?<=[(“\"‘'/]))(?P<word>[A-Z][\w’'&.-]*)\s$")
_OPENERS = frozenset(
    "the a an in on at by for from with of to and but or as if when while after before since until some "
    "about around nearly almost over under more than least up only just another roughly approximately all "
    "both these those they we he she it there this that his her their our its every each no not between "
    "among meanwhile also so then now still yet here additionally total estimated last next first what "
    "how why who where other out into off your my during despite within without because although though "
    "were was are is has have had will would can could".split()
)
_NOUN_AFTER = re.compile(
    r"[\s-](?!(?:was|is|has|does|says|reports|this|us|as|its|his|yes)\b)(?:[\w’'-]+\s){0,2}?(?:[a-z’'-]+[^su\W]s|people|men|women|children|dead|killed|injured|wounded)\b"
)


def is_name_of_thing(text: str, start: int, end: int) -> bool:
    """Say whether a plain number belongs to the capitalised word before it: "Channel 9", not "In Oslo 24 people".

    >>> is_name_of_thing("He watched Lumen 24 at home", 17, 19), is_name_of_thing("In Oslo 24 people fell", 8, 10)
    (True, False)
    """
    before = _CAPITAL_BEFORE.search(text[max(0, start - 30) : start])
    if before is None:
        return False
    word = before["word"]
    if word.casefold().rstrip(".") in _OPENERS or (lemma(word) is not None and not word.isupper()):
        return False
    return _NOUN_AFTER.match(text, end) is None


# Pronouns
# --------

_ONE_COUNTS = re.compile(
    r"\s(?:other\s|more\s)?(?!of\b|day\b|time\b|another\b|thing\b|side\b|hand\b|more\b|who\b|that\b|which\b|or\b|and\b|can\b|could\b|"
    r"would\b|should\b|may\b|might\b|must\b|will\b|has\b|had\b|is\b|was\b|in\b|on\b|at\b|to\b|by\b|for\b|with\b|from\b|when\b|where\b|as\b|"
    r"point\b|way\b|reason\b|example\b|the\b|a\b|an\b|but\b|if\b|it\b|he\b|she\b|they\b|we\b|you\b|i\b|does\b|did\b|do\b|not\b|says\b|said\b|never\b|only\b|that’s|that's|"
    r"after\b|before\b|about\b|single\sday\b|less\b)[a-z]",
    re.I,
)
_ONE_BEFORE = re.compile(
    r"(?:\b(?:no|any|some|every|each|the|this|that|which|another|only|loved|everyone|not|big|new|old|good|bad|first|last|same|right|wrong|"
    r"number|day|square|phase|by|whole|single)|-)\s?$",
    re.I,
)
_ONE_SURE = re.compile(r"\b(?:at\sleast|only|just|than|exactly|killing|killed|injured|wounded|leaving|about)\s$", re.I)


def one_counts(text: str, start: int, end: int) -> bool:
    """Say whether the word "one" is a number here and not a pronoun.

    >>> one_counts("one guard fell", 0, 3), one_counts("no one fell", 3, 6), one_counts("one of them", 0, 3)
    (True, False, False)
    """
    before = text[max(0, start - 14) : start]
    if _ONE_SURE.search(before):
        return _ONE_COUNTS.match(text, end) is not None or not text[end : end + 4].strip().startswith(("of", "day"))
    return not _ONE_BEFORE.search(before) and _ONE_COUNTS.match(text, end) is not None
