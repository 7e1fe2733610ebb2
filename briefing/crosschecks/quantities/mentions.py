"""The numbers of a story that can be compared, each with what decides which question it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from briefing.crosschecks.scopes import Scope, scope_of
from briefing.terms import content_terms
from briefing.types import Document, Notice, Sentence
from briefing.values import Moment, Quantity, QuantityKind, canonical, read_moments, read_quantities
from briefing.values.quantities.verbs import REPORTING, lemma
from briefing.values.words import DATES, FUNCTION_WORDS

# Verbs that tell the same act in news.
_VERB_CLASS = {
    verb: verbs.split()[0]
    for verbs in (
        "leave evacuate repatriate flee depart exit escape rescue return",
        "remain stay be",
        "kill die murder massacre execute perish slay",
        "injure wound hurt hospitalise",
        "arrest detain jail capture imprison",
        "contact call ask approach consult see try visit",
        "cost spend pay price charge buy acquire purchase offer bid",
        "rise climb increase grow jump gain soar surge",
        "fall drop decline decrease sink slip plunge plummet tumble lose",
        "employ have hire",
        "send deploy dispatch amass mass",
        "destroy damage demolish flatten",
        "give provide grant donate award pledge",
        "begin start commence",
        "end finish stop halt cease",
    )
    for verb in verbs.split()
}
#: The verb that stands for each of these acts: two of them are two acts, whatever else is said in the same words.
ACTS = frozenset(_VERB_CLASS.values())


def act_of(word: str) -> str | None:
    """Return the verb that stands for the act that a word tells, or None where it is no verb.

    >>> act_of("fled"), act_of("evacuated"), act_of("bundle")
    ('leave', 'leave', None)
    """
    verb = lemma(word)
    return verb and _VERB_CLASS.get(verb, verb)


# Verbs that say nothing about the act.
_WEAK_VERBS = frozenset("include involve comprise consist follow make get go come number total".split())
_STATES = frozenset("remain have do name".split())
_WORD = re.compile(r"[^\W\d_]+")
# Nouns that stand for nearly any group of persons.
GENERIC = frozenset(
    content_terms("people person persons citizen national resident civilian individual man human member dead victim")
)
# Nouns that stand for nearly any one person.
GENERAL = GENERIC | frozenset(content_terms("woman girl boy youth teen teenager pensioner adult child local"))
_AFTER_AGE = re.compile(r"\s((?:[^\W\d_][\w’'-]*\s?)+)")


_PERIOD = re.compile(
    r"\b(?:this|last|next|past|previous|current|recent|per|each|every|an?|first|second|third|fourth|fiscal|full|two|"
    r"three|four|six|nine|(?:over|during|within|throughout) the)[\s-]"
    r"(?P<period>hour|day|week|month|quarter|half|year|decade)s?\b",
    re.I,
)
_PERIODS = "hour day week month quarter half year decade".split()
_CONDITION = re.compile(r"\b(?:if|unless|assuming|were to|would have)\b", re.I)
_WRONG_BEFORE = re.compile(
    r"\b(?:(?:earlier|previous|original|initial) version|previously|originally|initially|incorrect(?:ly)?|wrong(?:ly)?"
    r"|mistaken(?:ly)?|misstated|erroneous(?:ly)?)\b[^.;]*$|\b(?:not|instead of|rather than)\s(?:\w+\s)?$",
    re.I,
)
_ROUGHLY = r"(?:the\s|a\s|an\s|about\s|around\s|nearly\s|almost\s|some\s|more\sthan\s|over\s|just\s|under\s)*$"
_FORMER = re.compile(rf"\b(?:(?:down|up)\sfrom|compared\s(?:with|to)|as\sagainst|instead\sof)\s{_ROUGHLY}", re.I)
_FROM = re.compile(rf"\bfrom\s{_ROUGHLY}", re.I)
_MORE_BEFORE = re.compile(r"\b(?:another|further|additional|extra)\s(?:\w+\s)?$", re.I)
_MORE_AFTER = re.compile(r"\s(?:more|further|additional|extra)\b(?! than)", re.I)
_SOME_OF = re.compile(r"\sof\s(?:the|these|those|them|its|his|her|their)\b", re.I)
_CHANGING = frozenset(
    "rise climb increase grow jump gain soar surge fall drop decline decrease slip plunge cut raise".split()
)


@dataclass(frozen=True, eq=False)
class Mention:
    """One comparable number, with what decides whether it answers the same question as another."""

    document: Document
    sentence: Sentence
    quantity: Quantity
    terms: frozenset[str]
    figures: frozenset[str]
    """The other numbers of the sentence with what they count."""
    moments: tuple[Moment, ...]

    @property
    def source(self) -> str:
        return self.sentence.source

    @property
    def start(self) -> int:
        return self.sentence.start + self.quantity.start

    @cached_property
    def nouns(self) -> tuple[str, ...]:
        return content_terms(self.quantity.counted)

    @property
    def head(self) -> str:
        return self.nouns[-1] if self.nouns else ""

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words of the counted phrase: "Danish" in "Danish sailors"."""
        q = self.quantity
        phrase = self.sentence.text[q.counted_start or 0 : q.counted_end or 0].split()
        # The first word of a sentence is a capital anyway, and "January exports" are named by nobody.
        own = phrase[1:] if q.counted_start == 0 else phrase
        return frozenset(word.casefold() for word in own if word[0].isupper()) - DATES

    @cached_property
    def described(self) -> str:
        """Head of the noun phrase that an age stands before, as it is counted: the "nurse" of "a 34-year-old nurse"."""
        after = _AFTER_AGE.match(self.sentence.text, self.quantity.end)
        words = takewhile(lambda word: word.casefold() not in FUNCTION_WORDS, after[1].split()[:3] if after else ())
        return "".join(content_terms(" ".join(words))[-1:])

    @cached_property
    def acts(self) -> frozenset[str]:
        """What the sentence tells as done, by whomever; reports and verbs that say little are left out."""
        told = {act for word in _WORD.findall(self.sentence.text) if (act := act_of(word))}
        return frozenset(told - REPORTING - _WEAK_VERBS - _STATES)

    @property
    def is_general(self) -> bool:
        """Whether the noun fits nearly any group of persons: "people", and nations such as "Danes"."""
        last = self.quantity.counted_end
        word = self.sentence.text[:last].rsplit(None, 1)[-1] if last else ""
        return self.head in GENERIC or word[:1].isupper()

    @cached_property
    def verb(self) -> str:
        predicate = self.quantity.predicate
        return "" if predicate in _WEAK_VERBS else _VERB_CLASS.get(predicate, predicate)

    @cached_property
    def periods(self) -> frozenset[str]:
        """The shortest period that the sentence names: the "quarter" of "the third quarter of this year"."""
        named = {m["period"].casefold() for m in _PERIOD.finditer(self.sentence.text)}
        return frozenset(sorted(named, key=_PERIODS.index)[:1])

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self.sentence.text)

    @cached_property
    def is_more(self) -> bool:
        """Whether it comes on top of another number: "another 12", "12 more"."""
        text, q = self.sentence.text, self.quantity
        return bool(_MORE_BEFORE.search(text, 0, q.start) or _MORE_AFTER.match(text, q.end))

    @cached_property
    def is_some_of(self) -> bool:
        """Whether it counts some of what is known already: "eleven of the objects"."""
        return bool(_SOME_OF.match(self.sentence.text, self.quantity.end))

    @cached_property
    def is_condition(self) -> bool:
        return bool(_CONDITION.search(self.sentence.text))

    @cached_property
    def is_former(self) -> bool:
        """Whether it is what another number took the place of: 900 in "640, down from 900"."""
        return _is_former(self.sentence.text, self.quantity)

    @cached_property
    def notice(self) -> Notice | None:
        """The correction or update that it stands in."""
        return next((n for n in self.document.notices if n.start <= self.start < n.end), None)

    @cached_property
    def is_retracted(self) -> bool:
        """Whether a notice gives it as what was wrong: "an earlier version said nine"; "six, not nine"."""
        before = self.sentence.text[: self.quantity.start]
        return self.notice is not None and _WRONG_BEFORE.search(before) is not None

    @property
    def measure(self) -> tuple[QuantityKind, str]:
        return self.quantity.kind, self.quantity.unit


def read_mentions(documents: Sequence[Document], sentences: Sequence[Sentence]) -> list[Mention]:
    by_id = {document.id: document for document in documents}
    return [
        mention
        for sentence in sentences
        if sentence.source in by_id
        for mention in _of_sentence(by_id[sentence.source], sentence)
    ]


_DIGIT = re.compile(r"\d")


def _of_sentence(document: Document, sentence: Sentence) -> Iterator[Mention]:
    quantities = [q for q in read_quantities(sentence.text) if q.comparable and _is_telling(q, sentence.text)]
    if not quantities:
        return
    anchor = document.published.date() if document.published else None
    moments = tuple(m for m in read_moments(sentence.text, anchor) if m.first == m.last and m.first)
    terms = frozenset(t for t in content_terms(sentence.text) if not _DIGIT.search(t))
    figures = frozenset(_figure(q) for q in quantities)
    for before, bare in zip((None, *quantities), quantities, strict=False):
        q = _named_as(before, bare) if before and _is_former(sentence.text, bare) else bare
        own = frozenset(content_terms(q.counted)[-1:])
        yield Mention(
            document=document,
            sentence=sentence,
            quantity=q,
            terms=terms - own,
            figures=figures - {_figure(q)},
            moments=moments,
        )


def _is_former(text: str, q: Quantity) -> bool:
    before = text[: q.start]
    return bool(_FORMER.search(before) or (q.predicate in _CHANGING and _FROM.search(before)))


def _named_as(before: Quantity, q: Quantity) -> Quantity:
    """Give a bare number the noun of the one that it is compared with: "640 people, down from 900"."""
    if q.counted or (q.kind, q.unit) != (before.kind, before.unit):
        return q
    return replace(q, counted=before.counted, predicate=q.predicate or before.predicate)


def _figure(q: Quantity) -> str:
    """A number beside another one is context too: few sentences share "40 boats"."""
    return f"{canonical(q)} {q.counted}"


_OFFSET = re.compile(r"\s(?:earlier|later|before|after|afterwards)\b")
_AGO = re.compile(r"\sago\b")
# "Two days ago" says another thing tomorrow.
_LONG = frozenset({"year", "decade", "century"})


def _is_telling(q: Quantity, text: str) -> bool:
    """Whether the number could be told otherwise: "one", "two times" and "six days earlier" say little."""
    if q.kind is QuantityKind.DURATION:
        return not (_OFFSET.match(text, q.end) or (q.unit not in _LONG and _AGO.match(text, q.end)))
    return not (q.kind is QuantityKind.COUNT and (q.high <= 1 or q.counted in {"time", "way"}))
