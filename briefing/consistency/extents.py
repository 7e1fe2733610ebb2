"""How many of a kind: "all bridges" of evidence that says most, "the charges" of two of the five."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing import values
from briefing.consistency.passages import Passage
from briefing.consistency.reading import SAME_THING, Read, finding, key_of, share
from briefing.types import Finding, FindingKind


def extents(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report a claim about more of a kind than the evidence tells of, or about few where it tells of many."""
    for own in stated.quantifiers:
        of = key_of(own.of)
        given = [
            other
            for read in shown
            if share(stated.keys, read.keys) >= SAME_THING
            for other in read.quantifiers
            if of and key_of(other.of) == of
        ]
        if given and not any(_bears_out(own.extent, other.extent) for other in given):
            yield finding(FindingKind.NUMBER_DIFFERS, f"the evidence says {given[0].text}", own.start, own.end)


# Parts and exceptions
# --------------------

_THE = r"(?:the|its|his|her|their|these|those|our)"
_NUMBER = r"(?:[\d.,]*\d%?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty)"
_PART = re.compile(
    rf"\b(?P<part>(?<![\w.,])[\w.,-]+(?<!one)\s(?:percent\s|per\scent\s)?of\s{_THE}(?:\s(?:other|{_NUMBER}))?)"
    r"\s(?P<of>[^\W\d_][\w’'-]+)",
    re.I,
)
_PORTION = re.compile(
    rf"(?:{_NUMBER}|dozens?|hundreds|percent|cent|half|thirds?|quarters?|fifth|most|many|some|several|few|parts?|handful)\b",
    re.I,
)
_WHOLE = re.compile(rf"(?<!\bof\s)\b{_THE}\s(?:[\w,]+\s)?$", re.I)
_SOME_OF = re.compile(rf"\bof\s{_THE}\s(?:[\w,]+\s)?$", re.I)
_BUT = re.compile(
    r"\b(?P<all>no\s?body|no\sone|none|all|every(?:one|body)|every\s\w+|no\s\w+)"
    r"(?:\s(?:but|bar)|(?:\s[\w’'-]+){0,6}?\s(?:except|other\sthan|apart\sfrom|save\sfor))\b",
    re.I,
)
_ALL = re.compile(r"\b(?:no\s?body|no\sone|none|all|every\w*|no\s\w+)\b", re.I)
_EXCEPTING = re.compile(r"\b(?:but|except|bar|other than|apart from|save for|only|alone)\b", re.I)


def parts(stated: Read, shown: Sequence[Read], _: Sequence[Passage]) -> Iterator[Finding]:
    """Report "the charges" of evidence that says two of the five, and "nobody" of nobody but the captain."""
    for read in shown:
        # "The jobs are to go by 2026" may speak of the part; so all words of the claim must be of the passage.
        if not stated.keys <= read.keys:
            continue
        for match in _PART.finditer(read.text):
            portion = _PORTION.match(match["part"])
            if portion and (place := _as_a_whole(stated, key_of(match["of"]))) and not _is_told(portion[0], stated):
                yield finding(FindingKind.NUMBER_DIFFERS, f"the evidence says {match['part']}", *place)
                return
        excepted, own = _BUT.search(read.text), _ALL.search(stated.text)
        if excepted and own and not _EXCEPTING.search(stated.text):
            yield finding(FindingKind.NUMBER_DIFFERS, f"the evidence says “{excepted[0]}”", own.start(), own.end())
            return


def _as_a_whole(stated: Read, of: str) -> tuple[int, int] | None:
    """Where a claim speaks of all of which the evidence speaks of a part; "the man" may be the part itself."""
    for token in stated.tokens:
        word = stated.text[token.start : token.end].casefold()
        if of and token.key == of and (word.endswith("s") or word in ("people", "men", "women", "children")):
            before = stated.text[: token.start]
            if _WHOLE.search(before) and not _SOME_OF.search(before):
                return token.start, token.end
    return None


def _is_told(portion: str, stated: Read) -> bool:
    return portion.casefold() in stated.text.casefold()


def _bears_out(claimed: values.Extent, given: values.Extent) -> bool:
    if claimed is values.Extent.FEW:
        return given <= values.Extent.SOME
    # "Several" and "various" are many to one writer and some to the next.
    return given >= (values.Extent.SOME if claimed is values.Extent.MANY else claimed)
