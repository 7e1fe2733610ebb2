"""How dates and times are written: one alternation, whose group names say which form was met."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d,.]\d|\d)"
# Beside a number, a month in small letters is one too.
_MONTH_SMALL = rf"(?:{_MONTH}|january|february|april|june|july|august|september|october|november|december)"
_WEEKDAY = (
    r"(?:(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day"
    r"|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\b\.?(?=,? ?[A-Z\d]))"
)
_CLOCK = (
    r"(?:(?P<h>[01]?\d|2[0-4]):\s?(?P<m>[0-5]\d)(?::[0-5]\d)?(?:\s?(?P<ap>(?:[ap]m|[AP]M|[ap]\.m\.|[AP]\.M\.)(?!\w)))?(?![\d:])"
    r"|(?P<h2>1[0-2]|0?[1-9])(?:\.(?P<m2>[0-5]\d))?\s?(?P<ap2>(?:[ap]m|[AP]M|[ap]\.m\.|[AP]\.M\.)(?!\w))"
    r"|(?P<h3>[01]\d|2[0-3])[.:]?(?P<m3>[0-5]\d)(?=\s?(?:GMT|UTC|hrs|hours|CET|EST|EDT|BST)\b))"
)
_NUMBER = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several|an?"
_SPOKEN = (
    r"(?i:in|since|until|till|during|from|by|of|for|last|next|this|early|late|mid|before|after|through|to|and|between)"
)
_DATE_PATTERNS = (
    r"(?P<iso>(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?!\d)(?:T(?=\d))?)",
    r"(?P<ymd>(?P<yy>\d{4})/(?P<ym>\d{1,2})/(?P<yd>\d{1,2})(?!\d))",
    r"(?P<slash>(?P<s1>\d{1,2})/(?P<s2>\d{1,2})/(?P<s3>\d{4}|\d{2})(?![\d/]))",
    r"(?P<dot>(?P<d1>\d{1,2})\.\s?(?P<d2>\d{1,2})\.\s?(?P<d3>\d{4})(?!\d))",
    rf"(?P<dmy>(?:(?P<wd1>{_WEEKDAY}),?\s(?:the\s)?)?(?P<dd>{_NTH})(?:\s?[-–]\s?(?P<dd2>{_NTH}))?\s(?:of\s)?"
    rf"(?P<dm>{_MONTH_SMALL})(?:,?\s(?P<dy>{_YEAR}))?(?![a-z]))",
    rf"(?P<mdy>(?:(?P<wd2>{_WEEKDAY}),?\s)?(?P<mm>{_MONTH_SMALL})\s(?:the\s)?(?P<md>{_NTH})(?:\s?[-–]\s?(?P<md2>{_NTH}))?"
    rf"(?:,?\s(?P<my>{_YEAR}))?(?![\d:]|,\d|\.\d|\s?%))",
    rf"(?P<my2>(?P<mym>{_MONTH_SMALL}),?\s(?:of\s)?(?P<myy>{_YEAR}))",
    rf"(?P<mo>(?<=\b)(?P<mop>{_SPOKEN})[\s-](?P<mom>{_MONTH})(?![a-z]|,?\s(?:of\s)?\d))",
    rf"(?P<wk>(?:(?P<wkp>last|next|this(?:\scoming)?|past|previous|coming)\s)?(?P<wkd>{_WEEKDAY})(?![a-z]))",
    r"(?P<rel>(?i:yesterday|today|tomorrow|tonight|last\snight|the\s(?:day\sbefore|previous\sday|following\sday"
    r"|day\safter|next\sday)(?!\syesterday|\stomorrow)))",
    r"(?P<per>(?i:(?:(?P<edge>earlier|later)\s)?(?P<which>last|this|next|(?:the\s)?(?:past|previous|coming))\s"
    r"(?P<unit>week|month|year|weekend)\b))",
    rf"(?P<ago>(?i:(?P<agn>{_NUMBER})\s(?P<agu>day|week|month|year)s?\s(?:ago|earlier)\b))",
    r"(?P<dec>(?:1[5-9]|20)\d0s\b)",
    rf"(?P<clock>{_CLOCK})",
    rf"(?P<yr>(?<![\d,.$€£#/:-]){_YEAR}(?![\d%:/]|\s?(?:%|per\s?cent|percent)|[-–]\d{{1,2}}\b))",
)
#: A text with none of these and no digit mentions no time.
TIMELY = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thurs fri "
    "sat sun yesterday today tomorrow tonight night day week weekend month year days weeks months years".split()
)
#: Words that a mention can begin with, besides digits.
STARTS = TIMELY | frozenset(
    "in since until till during from by of for last next this early late mid before after through to and between past "
    "previous coming the earlier later one two three four five six seven eight nine ten eleven twelve a an "
    "several".split()
)
MENTION = re.compile(r"(?<![\w])(?:" + "|".join(_DATE_PATTERNS) + ")")
TIME_AFTER = re.compile(r",?\s?(?:at\s|T)?" + _CLOCK, re.I)
# A bare four-digit number is a year beside these, and where no counted noun follows.
YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|from|of|during|before|after|through|to|and|between|early|late|mid|year|the|circa|"
    r"around|autumn|fall|summer|spring|winter|election|back|for|as|season|class|©|copyright|(?:©|\(c\)))[\s-]*[(“\"'’]?$",
    re.I,
)
COUNTED_AFTER = re.compile(
    r"\s(?!(?:is|was|has|as|us|its|this|thus|his)\b)[a-z]{2,}(?<![su])s\b|\s(?:people|men|women)\b"
)
