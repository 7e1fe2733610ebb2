"""Read the reporting clauses of a text: who is said to say it.

Pure; English reporting verbs. A speaker is given as the text writes it ("the minister", "she"): who that is, is not
resolved. All offsets are half-open ranges of code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from briefing.values.gazetteer import word_set
from briefing.values.words import DOTTED, word_forms

Strength = Literal["neutral", "strong", "weak", "denial"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """A reporting clause: who is said to say it. The span covers speaker and verb."""

    start: int
    end: int
    speaker: str
    speaker_start: int
    speaker_end: int
    verb: str
    """As written, lower case: "said", "according to"."""
    strength: Strength
    """"strong" announces or confirms, "weak" claims or suggests, "denial" denies."""


_VERBS: dict[Strength, str] = {
    "neutral": """
        said says say saying told tells tell added adds noted notes wrote writes tweeted posted stated states
        explained explains replied replies asked asks recalled recalls continued remarked commented observed
        described reported reports report testified stressed stresses emphasized emphasised reiterated quipped
        joked concluded argued argues urged urges responded
    """,
    "strong": """
        announced announces confirmed confirms declared declares revealed reveals disclosed admitted admits
        acknowledged acknowledges conceded warned warns vowed promised pledged insisted insists maintained
        maintains
    """,
    "weak": """
        claimed claims claim alleged alleges suggested suggests speculated predicted predicts believes
        believed estimated estimates thinks thought hinted complained complains accused
    """,
    "denial": "denied denies deny denying",
}
_STRENGTH: dict[str, Strength] = {verb: strength for strength, verbs in _VERBS.items() for verb in verbs.split()}
#: Verbs that report only before words in quotation marks: "called the plan “reckless”".
_QUOTING = word_set("called calls found finds spoke praised branded dubbed criticised criticized hailed")
_MARKS = frozenset({'"', "“", "‘", "'", "«"})
_NEAR_MARK = 8
_STRENGTH |= dict.fromkeys(_QUOTING, "neutral")
_REPORTING = frozenset(_STRENGTH) | {"according", "words"}
_NOUNISH = word_set("report reports claims claim estimates notes states asks promises")
_ACCORDING = re.compile(r"\b(?:according to|in the words of)\s+", re.IGNORECASE)
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-'’.&][^\W_]+)*|[^\w\s]|\n")
_AFTER_NOUN = word_set("of about from on by is are was were has have had will")
_NO_OBJECT = word_set("by at as")
_PRONOUNS = word_set("he she they it we i you who one")
_DETERMINERS = word_set("""
    the a an his her its their our this that another some several many two three four five one both all no
    any
""")
_LINKS = word_set("of for from at in with on to")
_AUXILIARY = word_set("""
    has have had also later then previously reportedly repeatedly earlier already initially however
    publicly now further separately subsequently recently once is was are were been being be will would
    could may might did does do not never again simply just still even always often only first flatly
    categorically strongly vehemently
""")
_BE = word_set("is are was were been being be")
_WALLS = word_set("""
    and but that which when while as if because so or than then after before until since although though
    where whether said says told by into over about during against under between
""")
_NOT_SPEAKERS = word_set("that in to on it there this no yes dryly how why whether")
_LONGEST_SPEAKER = 12


class _Tok(NamedTuple):
    start: int
    end: int
    text: str
    low: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


@lru_cache(maxsize=4_096)
def read_attributions(text: str) -> tuple[Attribution, ...]:
    """Return the reporting clauses of `text`, in order.

    >>> clauses = read_attributions("It is safe, the mayor said, according to a radio host.")
    >>> [(clause.speaker, clause.verb) for clause in clauses]
    [('the mayor', 'said'), ('a radio host', 'according to')]
    """
    words = word_forms(text)
    if _REPORTING.isdisjoint(words):
        return ()
    tokens = [_Tok(m.start(), m.end(), m[0], m[0].casefold()) for m in _TOKEN.finditer(text)]
    found = [*_verb_clauses(text, tokens), *_according(text)]
    return tuple(sorted(found, key=lambda clause: (clause.start, clause.end)))


def _verb_clauses(text: str, tokens: Sequence[_Tok]) -> Iterator[Attribution]:
    for at, token in enumerate(tokens):
        if not _reports(tokens, at):
            continue
        speaker = (None if _closes_apposition(tokens, at) else _inverted(tokens, at)) or _subject(tokens, at)
        if speaker is not None:
            yield _attribution(text, tokens[speaker[0]].start, tokens[speaker[1] - 1].end, token)


def _closes_apposition(tokens: Sequence[_Tok], at: int) -> bool:
    """ "Ana Bell, the captain, said the engine failed": the comma before the verb ends what opened after a subject."""
    if not at or tokens[at - 1].text != ",":
        return False
    opening = next((i for i in range(at - 2, max(-1, at - 16), -1) if tokens[i].text in _ENDS | {","}), -1)
    if opening < 1 or tokens[opening].text != ",":
        return False
    begins = next((i + 1 for i in range(opening - 1, -1, -1) if tokens[i].text in _ENDS | {","}), 0)
    subject = tokens[begins:opening]
    return 0 < len(subject) <= _LONGEST_SUBJECT and not any(token.low in _VERBAL for token in subject)


_ENDS = frozenset({".", "!", "?", ";", ":", "”", '"', "“", "\n"})
_LONGEST_SUBJECT = 6
#: Words that show that what stands before a comma is a clause, not whom a clause is about.
_VERBAL = _AUXILIARY | word_set("that it he she they we i there if when while because as")


def _reports(tokens: Sequence[_Tok], at: int) -> bool:
    """Whether a token is a reporting verb, and no noun ("the report"), name ("United States") or passive."""
    token = tokens[at]
    if token.text in _QUOTING and not any(t.text in _MARKS for t in tokens[at + 1 : at + 1 + _NEAR_MARK]):
        return False
    if token.text not in _STRENGTH or (token.text in _NOUNISH and _is_noun(tokens, at)):
        return False
    return at + 1 == len(tokens) or tokens[at + 1].low not in _NO_OBJECT


def _attribution(text: str, start: int, end: int, verb: _Tok) -> Attribution:
    return Attribution(
        start=min(start, verb.start),
        end=max(end, verb.end),
        speaker=text[start:end],
        speaker_start=start,
        speaker_end=end,
        verb=verb.low,
        strength=_STRENGTH[verb.low],
    )


def _is_noun(tokens: Sequence[_Tok], at: int) -> bool:
    """ "The report", "such claims are": a determiner stands before, or no object can follow."""
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return not at or before in _DETERMINERS | _LINKS | _WALLS or after in _AFTER_NOUN


def _subject(tokens: Sequence[_Tok], at: int) -> tuple[int, int] | None:
    """The tokens [first, last) of the noun phrase before a verb, its auxiliaries skipped."""
    end = at
    while end and tokens[end - 1].low in _AUXILIARY:
        end -= 1
    if _BE & {token.low for token in tokens[end:at]} and not tokens[at].low.endswith("ing"):
        return None  # "the crew was told": who is told does not speak
    if end and tokens[end - 1].text in (",", ")"):
        end = _before_apposition(tokens, end - 1)
    first = _noun_phrase_start(tokens, end)
    if first and tokens[first - 1].low in _LINKS:
        first = _capitals_start(tokens, first, end)
    if first == end or not any(token.is_word for token in tokens[first:end]):
        return None
    return first, end


def _before_apposition(tokens: Sequence[_Tok], closing: int) -> int:
    """ "Ana Bell, the minister, said": the index after "Bell"; `closing` + 1 when there is none."""
    opening = "," if tokens[closing].text == "," else "("
    for at in range(closing - 1, max(-1, closing - 14), -1):
        if tokens[at].text == opening:
            return at
        if tokens[at].text in (".", "!", "?", ";", "”", '"', "“"):
            break
    return closing + 1


def _capitals_start(tokens: Sequence[_Tok], first: int, end: int) -> int:
    """ "In a film Ana Bell said": the capitalised words that end a phrase, when others come before them."""
    at = end
    while at > first and tokens[at - 1].text[0].isupper():
        at -= 1
    return at if at < end else first


def _noun_phrase_start(tokens: Sequence[_Tok], end: int) -> int:
    """Walk back over one noun phrase; "of", "for", "from", "at" carry on into the phrase before."""
    at = end
    while at > max(0, end - _LONGEST_SPEAKER):
        token = tokens[at - 1]
        if not token.is_word or token.low in _WALLS or token.low in _AUXILIARY or token.low in _STRENGTH:
            break
        if token.low in _PRONOUNS and token.low != "one":
            return at - 1 if at == end else at
        at -= 1
        if token.low in _DETERMINERS and not (at and tokens[at - 1].low in _LINKS | _DETERMINERS):
            break
    while at < end and tokens[at].low in _LINKS:
        at += 1
    return at


def _inverted(tokens: Sequence[_Tok], at: int) -> tuple[int, int] | None:
    """ "…, said the mayor.": the noun phrase after a verb that follows a comma or a closing mark."""
    before = tokens[at - 1].text if at else ""
    if before not in (",", "”", '"', "’", "'", "»", "-", "–", "—", "?", "!") or at + 1 >= len(tokens):
        return None
    first = at + 1
    if tokens[first].low in _NOT_SPEAKERS or tokens[first].low.endswith("ing"):
        return None
    last = first
    while last < min(len(tokens), first + _LONGEST_SPEAKER) and _carries_on(tokens, last, first):
        last += 1
    while last > first and tokens[last - 1].low in _LINKS | _DETERMINERS:
        last -= 1
    return (first, last) if last > first else None


def _carries_on(tokens: Sequence[_Tok], at: int, first: int) -> bool:
    token = tokens[at]
    if _is_dotted(tokens, at, first):
        return True
    if not token.is_word or token.low in _WALLS or token.low in _AUXILIARY or token.low in _STRENGTH:
        return False
    if at > first and tokens[at - 1].low in _PRONOUNS:
        return False
    return token.low not in ("in", "on", "to", "with") or at == first


def _is_dotted(tokens: Sequence[_Tok], at: int, first: int) -> bool:
    """The point of "Dr. Ana Bell" and of "J. Bell"."""
    if tokens[at].text != "." or at == first or at + 1 >= len(tokens) or not tokens[at + 1].text[0].isupper():
        return False
    before = tokens[at - 1]
    return before.low in DOTTED or (len(before.text) == 1 and before.text.isupper())


_SPEAKER_END = re.compile(r"[,.;:!?\n\"”“)](?=\s|$)|\s--|\s+(?:and|who|which|that|but|as|after|when|said|says)\b|$")


def _according(text: str) -> Iterator[Attribution]:
    for match in _ACCORDING.finditer(text):
        found = _SPEAKER_END.search(text, match.end())
        speaker = text[match.end() : found.start() if found else len(text)].rstrip()
        if speaker:
            yield Attribution(
                start=match.start(),
                end=match.end() + len(speaker),
                speaker=speaker,
                speaker_start=match.end(),
                speaker_end=match.end() + len(speaker),
                verb=" ".join(match.group().casefold().split()),
                strength="neutral",
            )
