"""Digits that are no amounts: years, clock times, scores, telephone numbers, and the names of things.

Each pattern says which kind it is. What is not found here may be an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.values.moments import read_moments
from briefing.values.quantities.model import QuantityKind

_DESIGNATORS = (
    "article|section|paragraph|clause|chapter|page|pages|pp|p|line|lane|row|seat|room|suite|floor|gate|platform|terminal|pier|"
    "building|block|apartment|apt|unit|hall|route|highway|interstate|motorway|road|autobahn|exit|junction|flight|"
    "train|bus|channel|radio|tv|fm|number|no|nos|nr|num|figure|fig|table|step|version|release|build|phase|part|volume|vol|issue|episode|"
    "season|series|round|stage|heat|lap|game|match|race|level|tier|grade|class|category|group|type|model|mark|mk|size|"
    "question|item|point|rule|act|bill|law|order|resolution|amendment|proposition|title|protocol|code|zip|area|zone|sector|"
    "district|ward|precinct|unit|squadron|brigade|division|battalion|regiment|company|team|day|week|"
    "sample|case|patient|docket|ref|id|isbn|doi|rfc|agenda|formula|apollo|boeing|airbus|falcon|windows|android|ios|iphone|"
    "galaxy|playstation|xbox|group|psalm|verse|opus|symphony|box|lot|track|chart|slide|note|footnote|appendix|annex|"
    "schedule|exhibit|form|catch|agent|studio|world\\swar|super\\sbowl"
)
_MASKS: tuple[tuple[QuantityKind, str], ...] = (
    (QuantityKind.IDENTIFIER, r"\[\d{1,3}(?:,\s?\d{1,3})*\]"),
    (
        QuantityKind.IDENTIFIER,
        r"\+\d[\d\s().-]{6,}\d|\(\d{3}\)\s?\d{3}[-.\s]\d{4}|(?<!\d)\d{3}[-.]\d{3}[-.]\d{4}|(?<!\d)\d{3}-\d{4}(?!\d)|(?<![\w.,])(?<!\d\s)0\d{2,4}(?:(?:[\s-]\d{2,4}){2,}|[\s-]\d{5,8})|(?<![\w.,:/'’-])(?<!\d\s)0\d+(?![\w.,:/-])",
    ),
    (QuantityKind.IDENTIFIER, r"(?<![\w.,])\d+(?:\.\d+){2,}(?![\w,])(?!\.\d{3})"),
    (QuantityKind.IDENTIFIER, r"(?<!\w)\d+\s?[x×]\s?\d+(?:\s?[x×]\s?\d+)?(?:px)?\b"),
    (QuantityKind.IDENTIFIER, r"(?<![\d,.\w])\d{9,}(?![\d,.]\d)"),
    (QuantityKind.IDENTIFIER, r"(?<![\w,])(?:24/7|9/11|7/7|11/9)\b|(?<!\w)20/20\b"),
    # Letters before digits: G7, COVID-19, F-16, S2.14, but neither USD15 nor mid-1990s nor top-10.
    (
        QuantityKind.IDENTIFIER,
        r"(?<![\w$€£])(?!(?:USD|EUR|GBP|JPY|CNY|RMB|INR|RUB|NIS|ILS|CHF|AUD|CAD|Rs|US)\b|(?:USD|EUR|GBP|JPY|CNY|RMB|INR|RUB|NIS|ILS|CHF|AUD|CAD|Rs)\d)"
        r"(?:[A-Za-z]+\d[\w.-]*\w|[A-Za-z]+\d|[A-Z][A-Za-z]*[-–]\d+[A-Za-z]?(?![\w%,]))(?!\.\d)",
    ),
    (QuantityKind.IDENTIFIER, r"(?<!\w)\d+[A-Z]\w*\d\w*|(?<!\w)\d+[A-JL-Z]\b(?!\$)"),
    # A broadcaster by its channel: "10 News reporter Ann Lee", but neither "12 news sites" nor "300 News Corp jobs".
    (
        QuantityKind.IDENTIFIER,
        r"(?<![\w.,$€£])\d{1,3}(?= (?:(?:Action|Eyewitness) )?News\b(?! (?:Corp|International|Group|UK)\b))",
    ),
    # A list that numbers its items.
    (QuantityKind.IDENTIFIER, r"(?m:^[ \t]*)\(?\d{1,3}[.)](?=[ \t])"),
    (QuantityKind.ORDINAL, r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?:st|nd|rd|th)\b"),
    (
        QuantityKind.SCORE,
        r"(?<![\w.,/-])(?:\d{1,3})\s?[-–]\s?\d{1,3}(?=\s(?:win|victory|defeat|loss|draw|lead|vote|decision|ruling|thrashing|aggregate|triumph)\b)",
    ),
    (
        QuantityKind.SCORE,
        r"(?<=\s)(?<![\w.,/])(?:(?<=won )|(?<=win )|(?<=beat )|(?<=lost )|(?<=drew )|(?<=by )|(?<=voted )|(?<=score )|"
        r"(?<=lead )|(?<=led )|(?<=them )|(?<=was )|(?<=finished ))\d{1,3}[-–]\d{1,3}"
        r"(?![\w%]|\s(?:days|weeks|months|years|hours|minutes|per|million|billion))",
    ),
    (
        QuantityKind.DATE,
        r"(?<![\w.,])['’]\d0s\b|(?<=\b(?:the|his|her|mid)\s)\d0s\b|\b[1-9]0s\b|(?<=[ \t])['’]\d\d\b",
    ),
    (QuantityKind.DATE, r"(?<![\w.,])(?:1[89]|20)\d\d\s?[-–/]\s?(?:(?:1[89]|20)?\d\d)(?![\w.,]*\d)"),
    (
        QuantityKind.IDENTIFIER,
        # "order 12" names an order, "order 12 pumps" counts pumps; "Flight 12 passengers" names the flight.
        rf"\b(?:(?=[A-Z])(?i:{_DESIGNATORS})\.?\s#?|(?=[a-z])(?i:{_DESIGNATORS})\.?\s#?(?!\d+\s[a-z]{{2,}}s\b)|(?i:no)\.\s?)"
        r"\d[\d.]*(?<!\.)(?:[-–]\d+|[A-Za-z]\b)?(?![,.]?\d|\s?%"
        r"|\s?(?:percent|per\scent|km|miles?|million|billion|thousand|hundred|dozen)\b)",
    ),
)
_MASK_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _MASKS)


def not_amounts(text: str) -> list[tuple[int, int, QuantityKind]]:
    """Return the spans of digits that are no amounts, in order, without overlaps.

    >>> not_amounts("Flight 370 left at 9:40 in 2014.")
    [(0, 10, <QuantityKind.IDENTIFIER: 'identifier'>), (19, 23, <QuantityKind.CLOCK: 'clock'>), \
(27, 31, <QuantityKind.DATE: 'date'>)]
    """
    spans = [*_moments(text), *_masked(text)]
    kept: list[tuple[int, int, QuantityKind]] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, kind))
    return kept


def _moments(text: str) -> Iterator[tuple[int, int, QuantityKind]]:
    for moment in read_moments(text):
        if any(ch.isdigit() for ch in moment.text) and not moment.relative:
            clock = moment.time is not None and moment.month is None and moment.first is None
            yield moment.start, moment.end, QuantityKind.CLOCK if clock else QuantityKind.DATE


def _masked(text: str) -> Iterator[tuple[int, int, QuantityKind]]:
    for match in _ADDRESS.finditer(text):
        if _DIGIT.search(match[0]):
            yield match.start(), match.end(), QuantityKind.IDENTIFIER
    for start, end in _windows(text):
        for kind, pattern in _MASK_PATTERNS:
            for match in pattern.finditer(text, start, end):
                indent = len(match[0]) - len(match[0].lstrip())
                yield match.start() + indent, match.end(), kind


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[#@]\w+")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d[\d.,:/-]*")
_SPACE = re.compile(r"\s")
_BEFORE, _AFTER = 24, 40


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches around digits, ending at white space: nothing else of the text can match."""
    start = end = -1
    for match in _DIGITS.finditer(text):
        space = _SPACE.search(text, match.end() + _AFTER)
        stop = space.start() if space else len(text)
        if match.start() - _BEFORE > end:
            if end > 0:
                yield start, end
            start = max(0, match.start() - _BEFORE, end)
        end = stop
    if end > 0:
        yield start, end
