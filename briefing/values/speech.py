"""Read who says what: quotations with their speakers, reporting clauses, and hedges.

Pure; English reporting verbs, quotation marks of most languages. A speaker is given as the text writes it
("the minister", "she"): who that is, is not resolved. All offsets are half-open ranges of code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.values.gazetteer import word_set

Strength = Literal["neutral", "strong", "weak", "denial"]
HedgeKind = Literal["reported", "possible", "unconfirmed", "expected", "appearance"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotation:
    """Words between quotation marks; the span excludes the marks."""

    start: int
    end: int
    text: str
    speaker: str | None
    """As the text writes it; None when no reporting clause stands beside the quotation."""
    speaker_start: int | None
    speaker_end: int | None
    scare: bool
    """Three words or fewer and no reporting clause: a title, a nickname, a distancing."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Hedge:
    """Words that hold a statement back from being a fact."""

    start: int
    end: int
    text: str
    kind: HedgeKind


# Reporting clauses
# -----------------

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
_NOUNISH = word_set("report reports claims claim estimates notes states asks promises")
_ACCORDING = re.compile(r"\b(?:according to|in the words of)\s+", re.IGNORECASE)
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-'’.&][^\W_]+)*|[^\w\s]|\n")
_AFTER_NOUN = word_set("of about from on by is are was were has have had will")
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
_WALLS = word_set("""
    and but that which when while as if because so or than then after before until since although though
    where whether said says told by into over about during against under between
""")
_NOT_SPEAKERS = word_set("that in to on it there this no yes dryly how why whether")
_LONGEST_SPEAKER = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tok:
    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        return self.text.casefold()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def read_attributions(text: str) -> tuple[Attribution, ...]:
    """Return the reporting clauses of `text`, in order.

    >>> clauses = read_attributions("It is safe, the mayor said, according to a radio host.")
    >>> [(clause.speaker, clause.verb) for clause in clauses]
    [('the mayor', 'said'), ('a radio host', 'according to')]
    """
    tokens = [_Tok(start=m.start(), end=m.end(), text=m.group()) for m in _TOKEN.finditer(text)]
    found = [*_verb_clauses(text, tokens), *_according(text)]
    return tuple(sorted(found, key=lambda clause: (clause.start, clause.end)))


def _verb_clauses(text: str, tokens: Sequence[_Tok]) -> Iterator[Attribution]:
    for at, token in enumerate(tokens):
        if not _reports(tokens, at):
            continue
        speaker = _inverted(tokens, at) or _subject(tokens, at)
        if speaker is not None:
            yield _attribution(text, tokens[speaker[0]].start, tokens[speaker[1] - 1].end, token)


def _reports(tokens: Sequence[_Tok], at: int) -> bool:
    """Whether a token is a reporting verb, and no noun ("the report"), name ("United States") or passive."""
    token = tokens[at]
    if token.text not in _STRENGTH or (token.text in _NOUNISH and _is_noun(tokens, at)):
        return False
    return at + 1 == len(tokens) or tokens[at + 1].low != "by"


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
    if not token.is_word or token.low in _WALLS or token.low in _AUXILIARY or token.low in _STRENGTH:
        return False
    if at > first and tokens[at - 1].low in _PRONOUNS:
        return False
    return token.low not in ("in", "on", "to", "with") or at == first


def _according(text: str) -> Iterator[Attribution]:
    for match in _ACCORDING.finditer(text):
        end = re.compile(
            r"[,.;:!?\n\"”“)](?=\s|$)|\s--|\s+(?:and|who|which|that|but|as|after|when|said|says)\b|$"
        ).search(text, match.end())
        stop = end.start() if end else len(text)
        if stop > match.end():
            yield Attribution(
                start=match.start(),
                end=stop,
                speaker=text[match.end() : stop],
                speaker_start=match.end(),
                speaker_end=stop,
                verb=" ".join(match.group().casefold().split()),
                strength="neutral",
            )


# Hedges
# ------


def _pattern(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{' '.join(alternatives.split())})\b".replace("| ", "|"), re.IGNORECASE)


_HEDGES: tuple[tuple[HedgeKind, re.Pattern[str]], ...] = (
    (
        "reported",
        _pattern(
            """reportedly|allegedly|purportedly|supposedly|apparently|rumou?red|alleged|
            (?:is|are|was|were) (?:said|reported|thought|believed|understood|alleged|rumou?red) to|
            believed to|thought to|said to (?:be|have)"""
        ),
    ),
    (
        "unconfirmed",
        _pattern(
            r"""unconfirmed|unverified|yet to (?:be )?(?:confirm|verif)\w*|
            (?:(?:could|can|did|has|have|had) ?not|(?:could|ca|has|have|did)n['’]t)
            (?:been |be )?(?:independently |immediately )?(?:confirm|verif)\w*"""
        ),
    ),
    (
        "possible",
        _pattern(
            """may|might|could|possibly|perhaps|probably|presumably|potentially|likely|possible that|
            it is possible|suspected"""
        ),
    ),
    (
        "expected",
        _pattern(
            """it (?:is|was) (?:estimated|believed|thought|understood|expected)|
            (?:is|are|was|were) (?:expected|likely|due|set|poised) to|expected to"""
        ),
    ),
    ("appearance", _pattern("(?:appear(?:s|ed)?|seem(?:s|ed)?) (?:to|that|as)")),
)


def read_hedges(text: str) -> tuple[Hedge, ...]:
    """Return what holds a statement back from being a fact, in order; "about 30" belongs to its number.

    >>> [(h.text, h.kind) for h in read_hedges("The ferry reportedly sank; it may have hit a rock.")]
    [('reportedly', 'reported'), ('may', 'possible')]
    """
    found = [
        Hedge(start=match.start(), end=match.end(), text=match.group(), kind=kind)
        for kind, pattern in _HEDGES
        for match in pattern.finditer(text)
        if match.group() != "May"
    ]
    found.sort(key=lambda hedge: (hedge.start, -hedge.end))
    kept: list[Hedge] = []
    for hedge in found:
        if not kept or hedge.start >= kept[-1].end:
            kept.append(hedge)
    return tuple(kept)


# Quotations
# ----------

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‹": "›", "「": "」", "『": "』"}
_SHORT = 3
#: Words that may stand between a reporting clause and the second part of its quotation: "told Radio Quito on Monday".
_CARRIED = 6


def read_quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of `text`, in order, with the speaker that a reporting clause beside them names.

    >>> [quotation] = read_quotations('"We leave at dawn," said the harbour pilot.')
    >>> quotation.text, quotation.speaker
    ('We leave at dawn,', 'the harbour pilot')
    """
    clauses = read_attributions(text)
    spans = [span for line in _lines(text) for span in _quoted(text, *line)]
    found: list[Quotation] = []
    before: Attribution | None = None
    for at, (start, end) in enumerate(spans):
        left = spans[at - 1][1] if at else 0
        right = spans[at + 1][0] if at + 1 < len(spans) else len(text)
        clause = _clause_of(text, start, end, left, right, clauses) or _carried_on(text, start, left, before)
        found.append(_quotation(text, start, end, clause))
        before = clause
    return tuple(found)


def _carried_on(text: str, start: int, left: int, clause: Attribution | None) -> Attribution | None:
    """The clause of the quotation before, when it stands between the two and nothing else does: “…,” X said. “…”"""
    if clause is None or clause.start < left or "\n" in text[left:start]:
        return None
    return clause if len(text[clause.end : start].split()) <= _CARRIED else None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\r]+", text):
        yield match.span()


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the inner spans of the quotations in one line; an unclosed one reaches to the line's end."""
    at = start
    while at < end:
        close = _closing(text, at, start, end)
        if close is None:
            at += 1
            continue
        if close > at + 1 and text[at + 1 : close].strip():
            yield at + 1, close
        at = close + 1


def _closing(text: str, at: int, start: int, end: int) -> int | None:
    """Where the quotation that opens at `at` closes, or None when none opens there."""
    mark = text[at]
    if mark in _PAIRS:
        ends = [found for close in _PAIRS[mark] if (found := text.find(close, at + 1, end)) >= 0]
        return min(ends, default=end if mark == "“" else None)
    before, after = text[at - 1 : at] if at > start else "", text[at + 1 : at + 2]
    if not after or after.isspace() or (before and (before.isalnum() or before in "”’")):
        return None
    if mark == '"':
        found = text.find('"', at + 1, end)
        return found if found >= 0 else None
    if mark in "‘'":
        return _single(text, at, end)
    return None


def _single(text: str, at: int, end: int) -> int | None:
    """A single mark closes after a word or a stop and before a space or a stop; apostrophes inside do not."""
    if not text[at + 1 : at + 3].isalpha() and text[at + 1 : at + 2] not in "IAO":
        return None  # "'90s", "rock 'n' roll"
    if text[at + 1 : at + 4].casefold() in ("tis", "twa", "em ", "til"):
        return None
    closers = [m.start() for m in re.finditer(r"(?<=[\w.,!?…])[’'](?=[\s.,;:!?)\]—–-]|$)", text[at + 1 : end])]
    opener = text.find("‘", at + 1, end)
    inside = [c + at + 1 for c in closers if opener < 0 or c + at + 1 < opener]
    stops = [c for c in inside if text[c - 1] in ".,!?…"]
    plain = [c for c in inside if text[c - 1] not in "sS"]
    return next(iter(stops or plain or inside), None) if not (stops and plain) else min(stops[0], plain[0])


def _clause_of(
    text: str, start: int, end: int, left: int, right: int, clauses: Sequence[Attribution]
) -> Attribution | None:
    """The reporting clause right after the quotation, else right before it."""
    after = [c for c in clauses if end <= c.start < right and not re.search(r"[.!?\n]", text[end + 1 : c.start])]
    if after and after[0].start - end < 60 and _closes_with_comma(text, end):
        return after[0]
    before = [c for c in clauses if left <= c.start and c.end <= start]
    if before and not re.search(r"[.!?\n](?=\s)|\n", text[before[-1].end : start]):
        return before[-1]
    return None


def _closes_with_comma(text: str, end: int) -> bool:
    return text[end - 1] in ",?!—-" or text[end + 1 : end + 2] in (",", " ")


def _quotation(text: str, start: int, end: int, clause: Attribution | None) -> Quotation:
    inner = text[start:end]
    return Quotation(
        start=start,
        end=end,
        text=inner,
        speaker=clause.speaker if clause else None,
        speaker_start=clause.speaker_start if clause else None,
        speaker_end=clause.speaker_end if clause else None,
        scare=clause is None and len(inner.split()) <= _SHORT,
    )
