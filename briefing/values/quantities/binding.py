"""What a number counts, and under which verb: noun phrases and clauses found by their edges.

English only, without a tagger: the head of the phrase is the first plural noun after the number, the phrase ends
at a function word, a verb or punctuation, and a clause at a conjunction, a semicolon or a dash. What cannot be
bound stays empty; a wrong binding costs more than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.values.quantities.model import QuantityKind
from briefing.values.quantities.verbs import AUXILIARIES, REPORTING, is_noun_rather, lemma

_TOKEN = re.compile(r"[^\W\d_](?:[\w.’'-]*\w)?|\d[\d.,]*|[^\w\s]", re.UNICODE)
# A line that goes on with a small letter or a digit was only wrapped.
_BREAK = re.compile(r"\n(?![a-z\d])")
_REACH = 260
"""Characters looked at on either side of a number."""
_LONGEST_PHRASE = 6
_FUNCTION = frozenset(
    "a an the of in on at by for from with without to into onto over under after before since until till "
    "during as than and or but nor so because while when where who whom whose which that if though "
    "although unless through across between among against about around per via within near behind beyond "
    "despite toward towards upon off out up down not no this these those it its he she they them we us "
    "you i his her their our your my him there here also too only just even still already then now "
    "however yet both either neither each every all some any such more less most least today yesterday "
    "tomorrow tonight ago later earlier last next according amid amidst alongside inside outside".split()
)
_SKIPPED = frozenset(
    "other more additional further extra new different separate such total of the these those his her "
    "their our its another fellow".split()
)
_BOUNDARY = frozenset(
    "and but while although though because when where who which that if whereas after before until unless "
    "since as or nor whose".split()
)
_PLURALS = frozenset(
    "people men women children police personnel staff troops aircraft cattle sheep fish deer feet teeth "
    "mice geese servicemen servicewomen policemen firemen fishermen businessmen gunmen crew media data "
    "youth dead wounded injured missing homeless spacecraft militia clergy folk countrymen gendarmerie "
    "lawmen policewomen spokesmen salesmen".split()
)
_IRREGULAR_SINGULAR = {
    "people": "people",
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
    "wives": "wife",
    "lives": "life",
    "knives": "knife",
    "leaves": "leaf",
    "thieves": "thief",
    "wolves": "wolf",
    "halves": "half",
    "shelves": "shelf",
    "buses": "bus",
    "gases": "gas",
    "viruses": "virus",
    "crises": "crisis",
    "series": "series",
    "species": "species",
    "troops": "troop",
    "persons": "person",
}
_CONTINUES = frozenset(
    "arms sports sales savings goods communications operations systems affairs services rights".split()
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return self.text.casefold()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


@dataclass(frozen=True, slots=True)
class Binding:
    """The counted phrase with its span, and the verb."""

    counted: str = ""
    start: int | None = None
    end: int | None = None
    predicate: str = ""


def bind(text: str, start: int, end: int, *, kind: QuantityKind, one: bool = False) -> Binding:
    """Bind the number at `[start, end)`; `start` is where its approximator, if any, begins.

    >>> bind("While 3,000 young sailors have left, few", 6, 11, kind=QuantityKind.COUNT)
    Binding(counted='young sailor', start=12, end=25, predicate='leave')
    """
    ahead = _ahead(text, end)
    behind = _behind(text, start)
    plain = kind is QuantityKind.COUNT
    phrase, rest = _phrase(ahead, one=one) if plain else _measured_thing(ahead, kind, compound="-" in text[start:end])
    predicate, subject = _predicate(ahead if not phrase else rest, behind)
    if kind is QuantityKind.PERCENT and predicate in _STANDING:
        predicate = _moved(ahead, behind) or predicate
    if not phrase:
        phrase = _named_before(behind) or _subject(behind, subject)
    if not phrase:
        return Binding(predicate=predicate)
    return Binding(
        counted=" ".join([*(t.folded for t in phrase[:-1]), singular(phrase[-1].text)]),
        start=phrase[0].start,
        end=phrase[-1].end,
        predicate=predicate,
    )


_STANDING = frozenset({"", "be", "stand", "close", "end", "trade", "come", "finish"})
_MOVES = {"higher": "rise", "up": "rise", "lower": "fall", "down": "fall"}


def _moved(ahead: Sequence[_Token], behind: Sequence[_Token]) -> str:
    """ "Stood 6.8 per cent higher", "was down 3 %": what stands so has risen or fallen."""
    beside = [*ahead[:1], *behind[:1]]
    return next((_MOVES[token.folded] for token in beside if token.folded in _MOVES), "")


def _ahead(text: str, at: int) -> list[_Token]:
    stop = _BREAK.search(text, at, at + _REACH)
    return _tokens(text, at, stop.start() if stop else min(len(text), at + _REACH))


def _behind(text: str, at: int) -> list[_Token]:
    """Tokens before `at` in the same paragraph, nearest first."""
    first = max(0, at - _REACH)
    for line in _BREAK.finditer(text, first, at):
        first = line.end()
    return _tokens(text, first, at)[::-1]


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    return [_Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


# The counted phrase
# ------------------


_Phrase = tuple[tuple[_Token, ...], Sequence[_Token]]
"""The words of a phrase, and the tokens after it."""
_INNER_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve".split())


def _phrase(ahead: Sequence[_Token], *, one: bool) -> _Phrase:
    """Return the noun phrase that a plain number counts."""
    if len(ahead) > 1 and ahead[0].text in "-‑–" and ahead[1].is_word:
        return _compound(ahead)
    at = _opening(ahead)
    words = _noun_words(ahead[at:], one=one)
    if not words or not (one or _is_plural(words[-1])):
        return (), ahead
    return tuple(words), ahead[at + len(words) :]


def _compound(ahead: Sequence[_Token]) -> _Phrase:
    """Return "member" of "12-member panel", and nothing of "three-breasted"."""
    noun = not ahead[1].folded.endswith(("ed", "ing")) and ahead[1].folded not in _FUNCTION
    return (tuple(ahead[1:2]) if noun else ()), ahead[2:]


def _opening(ahead: Sequence[_Token]) -> int:
    """Return where the nouns begin: after "other", "of the", and the inner number of "3 of the 12 miners"."""
    at = 0
    while at < len(ahead) and ahead[at].folded in _SKIPPED:
        at += 1
    inner = 0 < at < len(ahead) and ahead[at - 1].folded in {"the", "of"}
    if inner and (ahead[at].text[0].isdigit() or ahead[at].folded in _INNER_NUMBERS):
        at += 1
    return at


def _noun_words(tokens: Sequence[_Token], *, one: bool) -> list[_Token]:
    words: list[_Token] = []
    for i, token in enumerate(tokens[:_LONGEST_PHRASE]):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if _ends_phrase(token, words, following) or (one and words and _is_finite(token)):
            break
        words.append(token)
        if not one and _is_plural(token) and not _goes_on(token, following):
            break
    return words


def _ends_phrase(token: _Token, words: Sequence[_Token], following: _Token | None) -> bool:
    folded = token.folded
    if not token.is_word:
        return token.text != "-" or not words
    if folded in _FUNCTION or folded in AUXILIARIES:
        return True
    # Several things do not "reports": a verb after a plural subject has no -s.
    if lemma(folded) is None or is_noun_rather(folded) or _is_plural(token):
        return False
    if words and not folded.endswith(("ed", "ing")):
        return not _is_plural(token) or _is_plural(words[-1])
    # A participle before a noun is an adjective: "12 wounded soldiers", "three remaining hostages".
    adjective = following is not None and following.is_word and not words and _is_plural(following)
    return not (adjective and folded.endswith(("ed", "ing", "en")))


def _is_finite(token: _Token) -> bool:
    return token.folded.endswith("s") and lemma(token.folded) is not None


def _is_plural(token: _Token) -> bool:
    folded = token.folded
    if folded in _PLURALS:
        return True
    if len(folded) < 4 or not folded.endswith("s") or folded.endswith(("ss", "us", "’s", "'s")):
        return False
    return not folded.endswith("is") or token.text[0].isupper()


def _goes_on(token: _Token, following: _Token | None) -> bool:
    if following is None or not following.is_word:
        return False
    if following.folded in _FUNCTION or following.folded in AUXILIARIES or not _is_plural(following):
        return False
    if token.folded in _CONTINUES:
        return True
    return following.folded not in _PLURALS and lemma(following.folded) is None


_OF_WHAT = {
    QuantityKind.MONEY: frozenset("in of worth per a an each for".split()),
    QuantityKind.PERCENT: frozenset("of in".split()),
}


def _measured_thing(ahead: Sequence[_Token], kind: QuantityKind, *, compound: bool) -> _Phrase:
    """What an amount with a unit is of: "$3 million in aid", "$15 a share", "5 km of pipe", "40% of the vote".

    `compound` is for amounts that stand as adjectives: "a 50-foot wall".
    """
    at = 0
    while at < len(ahead) and ahead[at].folded in _OF_WHAT.get(kind, {"of"}):
        at += 1
    linked = at > 0
    while linked and at < len(ahead) and ahead[at].folded in _SKIPPED | {"all", "every"}:
        at += 1
    words = _thing_words(ahead[at:], linked=linked)
    if not words or not (linked or compound or kind is QuantityKind.MONEY):
        return (), ahead
    return tuple(words), ahead[at + len(words) :]


def _thing_words(tokens: Sequence[_Token], *, linked: bool) -> list[_Token]:
    words: list[_Token] = []
    for i, token in enumerate(tokens[:_LONGEST_PHRASE]):
        # "in August" and "for illegally collecting" are no things.
        if not words and (token.folded.endswith(("ly", "ing")) or (linked and token.text[0].isupper())):
            break
        noun = bool(words) and lemma(token.folded) == token.folded
        if not noun and _ends_phrase(token, words, tokens[i + 1] if i + 1 < len(tokens) else None):
            break
        words.append(token)
    return words


_VAGUE = frozenset("total average maximum minimum rate lot number".split())


def _named_before(behind: Sequence[_Token]) -> tuple[_Token, ...]:
    """Return the noun phrase in "a toll of 24", "a speed of 200 km/h"."""
    if not behind or behind[0].folded != "of":
        return ()
    words: list[_Token] = []
    for token in behind[1:4]:
        if not token.is_word or token.folded in _FUNCTION or token.folded in AUXILIARIES:
            break
        words.append(token)
    if not words or words[0].folded in _VAGUE or (lemma(words[0].folded) and not is_noun_rather(words[0].folded)):
        return ()
    return tuple(words[::-1])


def singular(word: str) -> str:
    """Return the folded singular of an English noun.

    >>> [singular(w) for w in ("Cities", "women", "boxes", "glasses", "Danes", "people")]
    ['city', 'woman', 'box', 'glass', 'dane', 'people']
    """
    folded = word.casefold().removesuffix("'s").removesuffix("’s")
    if folded in _IRREGULAR_SINGULAR:
        return _IRREGULAR_SINGULAR[folded]
    if folded.endswith("men") and len(folded) > 4:
        return folded[:-2] + "an"
    if folded.endswith("ies") and len(folded) > 4:
        return folded[:-3] + "y"
    if folded.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return folded[:-2]
    if folded.endswith("s") and not folded.endswith(("ss", "us")) and len(folded) > 3:
        if folded.endswith("is") and not word[0].isupper():
            return folded
        return folded[:-1]
    return folded


# The verb
# --------


def _predicate(rest: Sequence[_Token], behind: Sequence[_Token]) -> tuple[str, int]:
    """Return the governing verb and its place in `behind`, -1 when it stands after the number."""
    after, finite = _verb_after(rest)
    before, place = _verb_before(behind)
    if after and finite:
        return after, -1
    if before and place <= 3:
        return before, place
    if after:
        return after, -1
    return before, place if before else -1


def _verb_after(rest: Sequence[_Token]) -> tuple[str, bool]:
    """Return the first verb right after the phrase, and whether an auxiliary or a finite form shows it."""
    finite = False
    for i, token in enumerate(rest[:14]):
        folded = token.folded
        if folded in AUXILIARIES:
            finite = True
            continue
        if not token.is_word or folded in _BOUNDARY or folded == "to":
            if folded in {"who", "that", "which"} and i == 0:
                continue
            break
        base = lemma(folded)
        if base is not None and not is_noun_rather(folded) and base not in {"be", "have"}:
            adjacent = i == 0 and not folded.endswith("ing")
            return base, finite or adjacent
    return "", False


def _verb_before(behind: Sequence[_Token]) -> tuple[str, int]:
    weak = ""
    weak_place = -1
    for i, token in enumerate(behind[:24]):
        folded = token.folded
        if token.text in ".;!?:" or (folded in _BOUNDARY - {"as", "or", "and"} and i > 0):
            break
        # "Helped in the cleaning and has 300 employees": what comes before is another clause.
        if weak and folded in {"or", "and"}:
            break
        base = lemma(folded) if token.is_word else None
        if base is None or _is_adjective(behind, i):
            continue
        noun = is_noun_rather(folded) and not _takes_verb(behind, i)
        if base in REPORTING or noun:
            if base == "have" and not weak:
                weak, weak_place = base, i
            continue
        return base, i
    return weak, weak_place


_BEFORE_NOUNS = frozenset("the a an of his her their its our my these those some many several all no".split())


def _is_adjective(behind: Sequence[_Token], i: int) -> bool:
    """Whether the verb form at `i` stands between an article or a number and a noun: "12 wounded soldiers"."""
    if i == 0 or i + 1 >= len(behind) or not behind[i].folded.endswith(("ed", "ing", "en")):
        return False
    earlier, later = behind[i + 1], behind[i - 1]
    opens = earlier.folded in _BEFORE_NOUNS or earlier.text[0].isdigit()
    return opens and later.is_word and later.folded not in _FUNCTION


_TAKES_VERB = AUXILIARIES | frozenset("to i we you he she they it who not".split())


def _takes_verb(behind: Sequence[_Token], i: int) -> bool:
    return i + 1 < len(behind) and behind[i + 1].folded in _TAKES_VERB


_CHANGES = frozenset(
    "rise climb fall drop stand reach increase jump grow soar surge total number exceed decrease double "
    "pass decline plunge plummet tumble hit top be cost amount come go remain shrink slip sink".split()
)


_COPULAS = frozenset("is was are were at being be been".split())


def _subject(behind: Sequence[_Token], place: int) -> tuple[_Token, ...]:
    """Return the subject of "the toll rose to 24": the noun phrase before a verb of reaching or changing."""
    at = place
    if at < 0 or lemma(behind[at].folded) not in _CHANGES:
        at = 0
        if not behind or behind[0].folded not in _COPULAS:
            return ()
    at += 1
    while at < len(behind) and (
        behind[at].folded in AUXILIARIES or behind[at].folded in {"since", "already", "now", "also"}
    ):
        at += 1
    words: list[_Token] = []
    while at < len(behind) and len(words) < 3 and behind[at].is_word and behind[at].folded not in _FUNCTION:
        words.append(behind[at])
        at += 1
    return tuple(words[::-1])
