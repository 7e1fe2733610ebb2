"""Figures of a claim against those of its evidence: by value, and by what they count.

A figure is borne out by one of the same value, in whatever unit and scale. When another figure of the evidence
stands among far more of the claim's words than any that bears it out, the claim has bound the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from briefing import values
from briefing.consistency.passages import Passage
from briefing.consistency.reading import Read, finding, key_of
from briefing.consistency.reading import read as read_text
from briefing.consistency.surroundings import likeness
from briefing.terms import content_terms
from briefing.types import Finding, FindingKind
from briefing.values import Bound, Quantity, QuantityKind


def figures(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report figures that the evidence does not give, or gives otherwise, as approximate or of another thing."""
    given = [(read, q) for read in shown for q in read.quantities if q.comparable]
    for figure in stated.quantities:
        if not figure.comparable or _numbers_a_thing(figure, stated) or _stands_by_itself(figure, shown):
            continue
        bearing = [(read, q) for read, q in given if _bears_out(figure, q, stated)]
        others = [(read, q) for read, q in given if (read, q) not in bearing and _of_a_kind(figure, q)]
        if not bearing:
            found = _of_another_sort(figure, given) or _unborne(figure, stated, others, shown)
            if found is not None:
                yield found
        elif rival := _counted_otherwise(figure, bearing, others) or _bound_otherwise(figure, stated, bearing, others):
            yield _finding(FindingKind.NUMBER_DIFFERS, f"the evidence says {rival.text}", figure)
        elif not any(_same_period(stated, figure, read, q) for read, q in bearing):
            yield _finding(FindingKind.NUMBER_DIFFERS, "the evidence gives it for another time", figure)
        elif all(_sets_otherwise(stated, figure, read, q) for read, q in bearing):
            yield _finding(FindingKind.NUMBER_DIFFERS, "what the evidence sets against it is taken for it", figure)
    yield from _turned_round(stated, shown)
    yield from _ranks(stated, shown)


def borne_out(stated: Read, shown: Sequence[Read]) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the figures that the evidence bears out, each with the figure of the evidence most like it."""
    given = [(read, q) for read in shown for q in read.quantities if q.comparable]
    for figure in stated.quantities:
        bearing = [(read, q) for read, q in given if figure.comparable and _bears_out(figure, q, stated)]
        if bearing:
            yield figure, max(bearing, key=lambda other: likeness(stated, figure, *other))[1]


def holds(claim: str, start: int, end: int, evidence: str) -> bool:
    """Whether some figure of `evidence` is the one that stands at `[start, end)` of the claim, whatever each counts.

    >>> holds("More than a fifth of them", 10, 17, "It remained above 20 percent.")
    True
    """
    stated, given = read_text(claim, None), read_text(evidence, None)
    return any(
        figure.comparable and q.comparable and _bears_out(figure, q, stated)
        for figure in stated.quantities
        if start <= figure.start < end
        for q in given.quantities
    )


_Given = tuple[Read, Quantity]


def _finding(kind: FindingKind, detail: str, figure: Quantity) -> Finding:
    return finding(kind, detail, figure.start, figure.end)


def _of_another_sort(figure: Quantity, given: Sequence[_Given]) -> Finding | None:
    for read, q in given:
        if (q.low, q.high, q.unit) == (figure.low, figure.high, figure.unit) and _are_two_sorts(figure, q):
            counted = q.counted if q.counted_start is None else read.text[q.counted_start : q.counted_end]
            return _finding(FindingKind.NUMBER_ABSENT, f"the evidence has it of {counted} only", figure)
    return None


def _unborne(figure: Quantity, stated: Read, others: Sequence[_Given], shown: Sequence[Read]) -> Finding | None:
    same = [q for _, q in others if (q.low, q.high) == (figure.low, figure.high) and q.unit == figure.unit]
    if same and not (same[0].bound is Bound.AT_MOST and _UTMOST.search(stated.text)):
        return _finding(FindingKind.HEDGE_LOST, "the evidence gives it as approximate", figure)
    if same or _is_pronominal(figure, stated) or _adds_up(figure, shown) or _is_multiple(figure, shown):
        return None
    if _is_span(figure, shown):
        return None
    rivals = [q for _, q in others if _same_question(figure, q)]
    if rivals:
        return _finding(FindingKind.NUMBER_DIFFERS, f"the evidence says {rivals[0].text}", figure)
    alike = [(read, q) for read, q in others if not figure.counted or not q.counted or _same_question(figure, q)]
    near = max(alike, key=lambda other: likeness(stated, figure, *other), default=None)
    if near is not None and likeness(stated, figure, *near) >= _ALIKE:
        return _finding(FindingKind.NUMBER_DIFFERS, f"the evidence says {near[1].text}", figure)
    return _finding(FindingKind.NUMBER_ABSENT, "not in the evidence", figure)


#: "60 m at its widest" is "up to 60 m wide".
_UTMOST = re.compile(
    r"\bat (?:its|their|the|his|her) \w+est\b"
    r"|\b(?:at most|maximum|peak(?:ed|s|ing)?|up to|(?:could|may|might) reach)\b",
    re.I,
)
#: Stretches of time that are no figures, and how many of what they are.
_SPANS = {"decade": (10, "year"), "century": (100, "year"), "fortnight": (14, "day"), "millennium": (1_000, "year")}


def _is_span(figure: Quantity, shown: Sequence[Read]) -> bool:
    """Whether "a decade" of the evidence is the claim's ten years, or "a year" its one."""
    if figure.kind is not QuantityKind.DURATION or figure.unit not in _SIZES:
        return False
    seconds = figure.low * _SIZES[figure.unit][1]
    spans = [word for word, (many, unit) in _SPANS.items() if seconds == many * _SIZES[unit][1]]
    if figure.low == figure.high == 1:
        spans.append(figure.unit)
    return any(
        re.search(rf"\b(?:an?|the|this|last|past|next) {word}\b", read.text, re.I) for word in spans for read in shown
    )


def _is_pronominal(figure: Quantity, stated: Read) -> bool:
    """ "One of them", "the two sides": said of what the evidence need not count."""
    text = figure.text.casefold()
    return text == "one" or (text in _FEW and bool(_DEFINITE.search(stated.text, 0, figure.start)))


_FEW = frozenset({"two", "three", "four"})
_DEFINITE = re.compile(r"\b(?:the|these|those|both|his|her|their|its)\s$", re.I)
#: Words that multiply, with how many times and by how many percent it rises.
_TIMES = (
    (re.compile(r"\b(?:twice|doubl(?:e|es|ed|ing)|two-?fold)\b", re.I), 2),
    (re.compile(r"\b(?:thrice|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)|three-?fold)\b", re.I), 3),
    (re.compile(r"\b(?:quadrupl(?:e|es|ed|ing)|four-?fold)\b", re.I), 4),
)
_HALVED = re.compile(r"\bhalv(?:e|es|ed|ing)\b", re.I)


def _is_multiple(figure: Quantity, shown: Sequence[Read]) -> bool:
    """Whether "doubled", "twice" or "halved" says as much: "rose by 100 percent", "two times"."""
    percent = figure.unit == "%"
    if not percent and figure.kind is not QuantityKind.COUNT:
        return False
    text = " ".join(read.text for read in shown)
    if percent and figure.low == _FIFTY:
        return bool(_HALVED.search(text))
    return any(figure.low == ((times - 1) * 100 if percent else times) for word, times in _TIMES if word.search(text))


_FIFTY = 50


def multiples(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report "triple" of evidence that says "twice"."""
    told = _multiples(stated)
    given = {times for read in shown for times in _multiples(read)} if told else {}
    for times, (start, end) in told.items():
        if given and times not in given:
            yield finding(FindingKind.NUMBER_DIFFERS, f"the evidence says {min(given)} times", start, end)


@lru_cache(maxsize=16_384)
def _multiples(read: Read) -> Mapping[int, tuple[int, int]]:
    """How many times something is told to be as much, and where."""
    found = ((times, word.search(read.text)) for word, times in _TIMES)
    return {times: match.span() for times, match in found if match}


# By value
# --------

_HUNDREDTH = Decimal("0.02")
#: Unit → what it is a unit of, and how many of the first unit it makes.
_SIZES: Mapping[str, tuple[str, Decimal]] = {
    unit: (kind, Decimal(size))
    for kind, sizes in {
        "time": "second=1 minute=60 hour=3600 day=86400 night=86400 week=604800 fortnight=1209600 month=2629800 "
        "year=31557600 decade=315576000 century=3155760000",
        "length": "mm=1 cm=10 m=1000 km=1000000 inch=25.4 foot=304.8 yard=914.4 mile=1609344",
        "mass": "mg=1 g=1000 kg=1000000 ounce=28350 lb=453592 tonne=1000000000 ton=1000000000",
        "area": "m²=1 hectare=10000 acre=4047 km²=1000000",
        "speed": "km/h=1 mph=1.609",
        "heat": "degree=1 degree_Celsius=1",
    }.items()
    for unit, _, size in (entry.replace("_", " ").partition("=") for entry in sizes.split())
}


#: A currency by its bare name and by its sign or code.
_CURRENCIES = tuple(
    {name, code}
    for name, codes in {"pound": "GBP", "rupee": "INR PKR", "crown": "SEK NOK DKK", "cent": "USD EUR"}.items()
    for code in codes.split()
)


def _bears_out(figure: Quantity, given: Quantity, stated: Read) -> bool:
    """Whether a figure of the evidence justifies one of the claim, unless they count things of two sorts."""
    if _are_two_sorts(figure, given):
        return False
    if figure.unit == given.unit or {figure.unit, given.unit} in _CURRENCIES:
        return _supports(replace(figure, unit=given.unit), given)
    if figure.unit in _SIZES and given.unit in _SIZES:
        return _measures_the_same(figure, given)
    if not figure.unit and stated.text.startswith(" of ", figure.end):
        return False
    # "Bell, 31, of Ghent" and "31-year-old Bell"; "2,100 a year" and "£2,100 a year".
    bare = _is_bare(figure) or _is_bare(given)
    return bare and figure.low == given.low and figure.high == given.high


def _are_two_sorts(a: Quantity, b: Quantity) -> bool:
    """Whether one counts people, say, and the other pumps."""
    one, other = values.sort_of(a.counted), values.sort_of(b.counted)
    return bool(one and other) and one != other


def _is_bare(q: Quantity) -> bool:
    return not q.unit and not q.counted


def _supports(figure: Quantity, given: Quantity) -> bool:
    if _is_another_bound(figure, given):
        return False
    # "A quarter" is read as about 25 percent, and bears out 25 percent.
    if _is_fraction(given) and figure.bound is Bound.EXACT and given.bound is Bound.ABOUT and figure.low == given.low:
        return True
    if figure.bound is Bound.EXACT and figure.low != figure.high and given.low != given.high:
        return (figure.low, figure.high) == (given.low, given.high)
    return values.supports(figure, given) or _rounds(figure, given)


def _is_another_bound(figure: Quantity, given: Quantity) -> bool:
    """Whoever has more than 10,000 has more than 3,000, and still the evidence does not tell that."""
    same = figure.bound is given.bound and figure.bound in (Bound.AT_LEAST, Bound.AT_MOST)
    return same and abs(figure.low - given.low) * 10 > abs(given.low)


def _is_fraction(q: Quantity) -> bool:
    return q.unit == "%" and bool(_FRACTION.fullmatch(q.text))


_FRACTION = re.compile(r"(?:an?|one) (?:quarter|fifth|tenth|twentieth|hundredth)|half|two fifths|three quarters", re.I)


def _rounds(figure: Quantity, given: Quantity) -> bool:
    """ "1.2 million" of 1,234,567, "nearly two million" of 1.9 million: fewer digits of the same amount."""
    if figure.low != figure.high or given.low != given.high or given.bound not in (Bound.EXACT, Bound.ABOUT):
        return False
    apart = abs(figure.low - given.low)
    if figure.bound is Bound.ABOUT:
        return apart <= abs(figure.low) / 20
    return figure.bound is Bound.EXACT and figure.step > given.step and apart * 2 <= figure.step <= abs(figure.low) / 10


def _measures_the_same(figure: Quantity, given: Quantity) -> bool:
    (kind, size), (its_kind, its_size) = _SIZES[figure.unit], _SIZES[given.unit]
    if kind != its_kind:
        return False
    one, other = _resized(figure, size), _resized(given, its_size)
    if values.supports(one, other):
        return not _is_another_bound(one, other)
    return one.bound is other.bound and abs(one.low - other.low) <= abs(one.low) * _HUNDREDTH


def _resized(q: Quantity, size: Decimal) -> Quantity:
    return replace(q, low=q.low * size, high=q.high * size, step=q.step * size, unit="")


def _stands_by_itself(figure: Quantity, shown: Sequence[Read]) -> bool:
    """Whether a bare number is in the evidence as part of something else: a date, a score, the name of a thing."""
    if figure.unit and figure.kind is not QuantityKind.AGE:
        return False
    digits = f"{figure.low.normalize():f}"
    if (
        figure.low != figure.high
        or not digits.isdigit()
        or (figure.counted and figure.kind is not QuantityKind.AGE and int(digits) > 30)
    ):
        return False
    return any(digits in _NUMBERS.findall(q.text) for read in shown for q in read.quantities if not q.comparable)


_NUMBERS = re.compile(r"\d+")


def _adds_up(figure: Quantity, shown: Sequence[Read]) -> bool:
    """Whether it is the sum of figures that stand side by side: "three adults and four children"."""
    if figure.kind is not QuantityKind.COUNT or figure.low < 2:
        return False
    counts = [[q for q in read.quantities if q.kind is QuantityKind.COUNT and not q.unit] for read in shown]
    return any(figure.low == one.low + other.low for found in counts for one, other in pairwise(found))


# By what it counts
# -----------------

_ALIKE = 0.9
_SWAPPED = 0.2
_BOTH_SWAPPED = 0.6


def _of_a_kind(figure: Quantity, given: Quantity) -> bool:
    if (_is_vague(given) and not _is_vague(figure)) or _are_two_sorts(figure, given):
        return False
    if figure.unit in _SIZES and given.unit in _SIZES and QuantityKind.AGE not in (figure.kind, given.kind):
        return _SIZES[figure.unit][0] == _SIZES[given.unit][0]
    return figure.unit == given.unit and figure.kind is given.kind


def _is_vague(q: Quantity) -> bool:
    """ "Hundreds", "tens of thousands": no rival of a number."""
    return q.text.casefold().endswith("s") and not any(ch.isdigit() for ch in q.text) and not q.unit


def _counted_otherwise(figure: Quantity, bearing: Sequence[_Given], others: Sequence[_Given]) -> Quantity | None:
    """Return how many of the same the evidence counts, where it has this figure of other things only."""
    own = {*content_terms(figure.counted)}
    if not own or any(not q.counted or own & {*content_terms(q.counted)} for _, q in bearing):
        return None
    return next((q for _, q in others if {*content_terms(q.counted)} == own and q.predicate == figure.predicate), None)


def _bound_otherwise(
    figure: Quantity, stated: Read, bearing: Sequence[_Given], others: Sequence[_Given]
) -> Quantity | None:
    """Return the figure of the evidence that stands in this one's place, when it is another one."""
    own = max(bearing, key=lambda other: likeness(stated, figure, *other))
    for rival in others:
        if (rival[1].low, rival[1].high) == (figure.low, figure.high):
            continue
        gain = likeness(stated, figure, *rival) - likeness(stated, figure, *own)
        if gain < _SWAPPED:
            continue
        takers = [q for q in stated.quantities if q is not figure and q.comparable and _is_as_much(q, rival[1], stated)]
        losses = [likeness(stated, taker, *rival) - likeness(stated, taker, *own) for taker in takers]
        if takers and all(gain - loss >= _BOTH_SWAPPED for loss in losses):
            return rival[1]
    return None


def _is_as_much(one: Quantity, other: Quantity, stated: Read) -> bool:
    return (one.low, one.high) == (other.low, other.high) or _bears_out(one, other, stated)


def _same_question(a: Quantity, b: Quantity) -> bool:
    """Whether two figures count the same thing in the same act, as far as both say."""
    if a.kind != b.kind or a.unit != b.unit:
        return False
    if a.counted and b.counted and not shares_a_word(a.counted, b.counted):
        return False
    if a.predicate and b.predicate:
        return a.predicate == b.predicate
    return bool(a.counted and b.counted)


def shares_a_word(a: str, b: str) -> bool:
    return bool(set(content_terms(a)) & set(content_terms(b)))


# What stands right beside it
# ---------------------------

_PERIOD = re.compile(
    r"\s(?:an?|each|every|per)\s(second|minute|hour|day|night|week|month|year)\b|\s?/\s?(day|week|month|year)\b"
)
_BESIDE = 40
_AGAINST = re.compile(r"\b(?:rather than|instead of|not|than)\s(?:the\s|an?\s|about\s|around\s)?$")


def _same_period(stated: Read, figure: Quantity, read: Read, given: Quantity) -> bool:
    """Whether "a month" is not "a week"; an amount without a period agrees with any."""
    here, there = _period(stated, figure), _period(read, given)
    return not here or not there or here == there


def _period(read: Read, q: Quantity) -> str:
    match = _PERIOD.search(read.text, q.end, q.end + _BESIDE)
    return (match[1] or match[2]) if match and not re.search(r"[\d,.;]", read.text[q.end : match.start()]) else ""


def _sets_otherwise(stated: Read, figure: Quantity, read: Read, given: Quantity) -> bool:
    """Whether one of two says what something is not with it; "16 instead of 18" is told of what went from 18 to 16."""
    denied = _is_denied(stated, figure)
    return denied != _is_denied(read, given) and not (denied and _is_left(read, given))


def _is_left(read: Read, q: Quantity) -> bool:
    return _FROM.search(read.text, max(0, q.start - 16), q.start) is not None


def _is_denied(read: Read, q: Quantity) -> bool:
    """Whether it is what something is not: "$1.1 billion rather than $1.4 billion"."""
    found = _AGAINST.search(read.text, max(0, q.start - 24), q.start)
    return found is not None and not found[0].startswith("than")


_TO = re.compile(r"\bto\s(?:about\s|around\s|nearly\s|just\s)?$")
_FROM = re.compile(r"\bfrom\s(?:about\s|around\s|nearly\s|just\s)?$")


def _turned_round(stated: Read, shown: Sequence[Read]) -> Iterator[Finding]:
    """Report "from 6.1 to 6.8" of evidence that goes from 6.8 to 6.1."""
    change = _change(stated)
    if change is None:
        return
    first, last = change
    for read in shown:
        its = _change(read)
        if its and (its[0].low, its[1].low) == (last.low, first.low) != (first.low, last.low):
            yield _finding(FindingKind.NUMBER_DIFFERS, f"in the evidence {its[0].text} comes first", first)
            return


@lru_cache(maxsize=16_384)
def _change(read: Read) -> tuple[Quantity, Quantity] | None:
    """What a text says something went from, and to, in whichever order."""
    starts = [q for q in read.quantities if _is_left(read, q)]
    ends = [q for q in read.quantities if _TO.search(read.text, max(0, q.start - 16), q.start)]
    return (starts[0], ends[0]) if len(starts) == len(ends) == 1 else None


# Ranks
# -----

_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
#: Ranks of these are as often figures of speech.
_EVERY_DAY = frozenset(key_of(word) for word in "time times place spot day half lady week".split())
_SMALL = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_NUMBERED = "season|series|episode|chapter|part|phase|round|stage|book|volume|act|grade|group|game|match|set"
_RANK = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<digits>\d+)(?:st|nd|rd|th)|(?:number|no\.)\s(?P<number>\d+)"
    rf"|(?P<thing>{_NUMBERED})\s(?P<of>\d+|{'|'.join(_SMALL)}))(?![\w-])",
    re.I,
)
# "Its eighth and final season" is the eighth season.
_AND_LAST = re.compile(r"\s(?:and|or)\s(?:final|last|possibly\slast|current|latest)\s(?P<thing>[\w’'-]+)", re.I)
_NUMBERED_BEFORE = re.compile(rf"\b(?:{_NUMBERED})\s$", re.I)


def _numbers_a_thing(figure: Quantity, stated: Read) -> bool:
    """Whether it is the five of "season five"."""
    return not figure.unit and bool(_NUMBERED_BEFORE.search(stated.text, 0, figure.start))


def _ranks(stated: Read, shown: Sequence[Read]) -> Iterator[Finding]:
    """Report "her first book" of evidence that says it is her third."""
    for start, end, rank, things in _ranked(stated):
        same = [other for read in shown for _, _, other, its in _ranked(read) if things & its]
        if same and rank not in same and not things & _EVERY_DAY:
            yield finding(FindingKind.NUMBER_DIFFERS, f"the evidence says number {same[0]}", start, end)


@lru_cache(maxsize=16_384)
def _ranked(read: Read) -> list[tuple[int, int, int, frozenset[str]]]:
    """Every rank of a text, with the word that it ranks."""
    return [(m.start(), m.end(), _rank(m), _ranked_thing(read, m)) for m in _RANK.finditer(read.text)]


def _rank(match: re.Match[str]) -> int:
    if match["word"]:
        return _ORDINALS[match["word"].casefold()]
    number = match["digits"] or match["number"] or match["of"]
    return _SMALL.get(number.casefold()) or int(number)


def _ranked_thing(read: Read, match: re.Match[str]) -> frozenset[str]:
    if match["thing"]:
        return frozenset({key_of(match["thing"])})
    if both := _AND_LAST.match(read.text, match.end()):
        return frozenset({key_of(both["thing"])})
    return frozenset(token.key for token in read.within(match.end(), len(read.text))[:1])
