"""Cut a text into the words that names are made of, and tell which of them English uses as common words.

Pure; English. All offsets are half-open ranges of code points into the text as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii

from briefing.values.gazetteer import HONORIFICS, MONTHS, WEEKDAYS, word_set
from briefing.values.roles import head_at

DATES = MONTHS | WEEKDAYS


class Word(NamedTuple):
    """A token of the text that may be part of a name."""

    start: int
    end: int
    text: str
    folded: str
    capital: bool
    opens: bool
    """Whether a sentence, a line or a quotation begins with it."""
    beside_number: bool


# Full stops belong to "U.S."; apostrophes and hyphens join: "O'Neil", "al-Amin".
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|[^\W_]+(?:[’'‘ʼ`][^\W_]+|[-‐‑][^\W_]+|&[^\W_]+)*")
#: What a model writes for a word that it does not have.
_UNKNOWN = "UNK"
_POSSESSIVE = re.compile(r"[’'ʼ`][sS]$")
_OPENERS = re.compile(r"(?:^|[.!?…:;]|[\n\r•*]|\s[-–—]|^[-–—])[\s\"'“”‘’«»„()\[\]]*$|[\"“«„(\[]\s*$|(?<!\w)[‘']\s*$")
_REGULAR_ENDING = re.compile(r".{3,}(?:ing|ed|ly|tions?|ments?|ness|ized|ised)$")


# Words that open a sentence without ever belonging to the name after them.
FUNCTION_WORDS = word_set("""
    a an the this that these those it its he she they we you i his her their our your my in on at by for
    from to of with without within into onto over under after before during since until till while when
    where why how who whom whose which what if unless although though because as and or but nor so yet yes
    no not never also even only just then than there here now once again still some any all each every
    both either neither many much most more few several other another such one two three four five six
    seven eight nine ten about above across against among around behind below beneath beside between
    beyond despite down except inside like near off out outside past per through throughout toward towards
    up upon via is are was were be been has have had do does did can could will would shall should may
    might must let today yesterday tomorrow tonight meanwhile however moreover furthermore nonetheless likewise
    insofar instead perhaps maybe
    earlier later last next first second third soon ago according amid citing unlike thus hence whether
    asked say says said well oh ah why please see read watch photo photos image video file update updated
    source sources editor's note breaking exclusive former ex then late
""")


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return English words that open sentences without being names, folded.

    >>> "licence" in common_words(), "kostrel" in common_words()
    (True, False)
    """
    path = Path(__file__).with_name("common_words.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return a word in ASCII and lower case, without full stops and possessive.

    >>> fold_word("Šefčovič’s"), fold_word("U.S.")
    ('sefcovic', 'us')
    """
    plain = anyascii(_POSSESSIVE.sub("", word)).casefold()
    return plain.replace(".", "").replace("`", "'").strip("' ")


_LONG = 6


@lru_cache(maxsize=65_536)
def is_common(folded: str) -> bool:
    common = common_words()
    return (
        folded in common
        or folded in FUNCTION_WORDS
        or folded.removesuffix("s") in common
        or folded.removesuffix("es") in common
        or (len(folded) > _LONG and folded.removesuffix("al") in common)
        or bool(_REGULAR_ENDING.match(folded))
    )


def read_words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order, cut where a hyphen joins a name to something else.

    >>> [word.text for word in read_words("A Quito-based man of al-Amin's")]
    ['A', 'Quito', 'based', 'man', 'of', 'al-Amin']
    """
    return tuple(_read_words(text))


def _read_words(text: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        raw = match[0]
        if raw.isalpha() and raw.islower() and raw.isascii():
            yield Word(match.start(), match.end(), raw, raw, capital=False, opens=False, beside_number=False)
        else:
            yield from (_word(text, start, end) for start, end in _spans_of(match))


_PLAIN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+")


@lru_cache(maxsize=4_096)
def word_forms(text: str) -> frozenset[str]:
    """Return every run of letters in `text`, folded: what each reader looks at first, to see if it has work to do.

    >>> sorted(word_forms("The U.S. didn't say."))
    ['didn', 'say', 't', 'the', 'us']
    """
    words = frozenset(_PLAIN.findall(text.casefold().replace("ı", "i")))
    return words if text.isascii() and "." not in text else frozenset(fold_word(word) for word in words)


def _spans_of(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Cut "Kyiv-based" and "pro-Russian" at the hyphen; keep "Ben-Zvi", "al-Amin", "COVID-19"."""
    start, text = match.start(), match.group()
    pieces = _HYPHEN.split(text)
    if len(pieces) == 1:
        yield match.span()
        return
    title = head_at([fold_word(piece) for piece in pieces], 0)
    if not title and (not _is_mixed(pieces) or _ARTICLE.match(text)):
        yield match.span()
        return
    for piece in pieces:
        yield start, start + len(piece)
        start += len(piece) + 1


_HYPHEN = re.compile("[-‐‑]")


def _is_mixed(pieces: Sequence[str]) -> bool:
    """Whether a small common word is joined to a capital: "pro-Russian", "Quito-based", not "Chun-ying"."""
    small = [piece for piece in pieces if piece[:1].islower()]
    return 0 < len(small) < len(pieces) and (
        pieces[0][:1].islower() or all(is_common(piece.casefold()) for piece in small)
    )


_ARTICLE = re.compile(r"(?:al|el|as|ad|an|ar|at|ash|ez|ul|d|l)[-‐‑'’]", re.IGNORECASE)
_INNER_CAPITAL = re.compile(r"(?:(?:al|el|as|ad|an|ar|at|ash|ez)[-‐‑]|[a-z]{1,2}['’]?)(?=[A-Z])")


def _word(text: str, start: int, end: int) -> Word:
    raw = text[start:end]
    if raw[-1] in "sS" and _POSSESSIVE.search(raw):
        end -= 2
        raw = text[start:end]
    folded = fold_word(raw)
    capital = (raw[0].isupper() and raw != _UNKNOWN) or (not raw.islower() and bool(_INNER_CAPITAL.match(raw)))
    return Word(
        start=start,
        end=end,
        text=raw,
        folded=folded,
        capital=capital,
        opens=capital and (_opens(text, start) or _follows_quotation(text, start, folded)),
        beside_number=capital and folded in DATES and _beside_number(text, start, end),
    )


_NUMBER_AFTER = re.compile(r"[.,]?[ \u00a0]?\d")
_NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?: of)?[ ,\u00a0-]{1,2}$")


def _beside_number(text: str, start: int, end: int) -> bool:
    return bool(_NUMBER_AFTER.match(text, end) or _NUMBER_BEFORE.search(text, max(0, start - 8), start))


_ABBREVIATED = re.compile(
    r"(?:\b(?:[^\W\d_]|mrs?|ms|dr|st|mt|gen|lt|col|sgt|capt|sen|rep|gov|prof|rev|jr|sr|vs|no)|\.[^\W\d_])\.\s$",
    re.IGNORECASE,
)


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start]
    return bool(_OPENERS.search(before)) and not _ABBREVIATED.search(before) if start else True


def _follows_quotation(text: str, start: int, folded: str) -> bool:
    """A function word with a capital after a closing mark opens a sentence: “… enough.” But the mayor …"""
    return folded in FUNCTION_WORDS and text[max(0, start - 2) : start] in _CLOSED


_CLOSED = frozenset({"” ", '" ', "’ ", "' ", ") "})


DOTTED = HONORIFICS | word_set("st mt jr sr gen lt col sgt capt sen rep gov maj adm rev hon ft no")
