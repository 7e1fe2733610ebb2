"""Whether two amounts of different days answer one question: as for disputes, and of the same event, place and doer.

Between two days more happens than between two reports of one day: a second fire, the dead of another town, the next
quarter. So nouns must agree, other acts and other doers tell of something else, and what differs by time alone, how
things stood by Monday and by Friday, is one question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.crosschecks.dates.dated import is_event
from briefing.crosschecks.quantities.agreement import QuantityPolicy
from briefing.crosschecks.quantities.mentions import ACTS, Mention
from briefing.crosschecks.quantities.questions import Context, Given, strength
from briefing.terms import content_terms
from briefing.types import Sentence
from briefing.values import (
    Moment,
    QuantityKind,
    read_attributions,
    read_moments,
    read_names,
    read_quantities,
    same_name,
)
from briefing.values.quantities.verbs import lemma

# Stricter than for disputes. Set by hand on invented stories; on 45 public stories split into two days at random, where
# nothing but the reports differs, no amount changes.
POLICY = QuantityPolicy(
    same_noun_and_verb=0.1,
    same_noun=0.35,
    other_verb=0.75,
    same_verb=0.4,
    neither=2.0,
    duration=0.5,
    only_one=2.0,
    beside=2.0,
    resembling=1.0,
)
_REVISED = 0.4
"""Share of context that is enough where today says that an amount was raised or cut to another."""


class Questions:
    """How surely two amounts answer one question."""

    def __init__(self, mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> None:
        self._context = Context(mentions, sentences)
        self.given = Given(mentions, POLICY)
        self._names: dict[str, frozenset[str]] = {}
        self._doers: dict[Mention, frozenset[str]] = {}

    def sure(self, told: Mention, now: Mention) -> float:
        """Return how surely; below 1 they do not."""
        if self._names_apart(told, now) or _are_two_events(told, now) or self._have_other_doers(told, now):
            return 0.0
        if _acts_apart(told, now) and {told.verb, now.verb} <= ACTS:
            return 0.0
        shared = self._context.shared(told, now)
        if _is_revised(told, now):
            return shared / _REVISED
        if _nouns_apart(told, now) or (_acts_apart(told, now) and shared < POLICY.other_verb):
            return 0.0
        return strength(told, now, self._context, self.given, POLICY)

    def _have_other_doers(self, told: Mention, now: Mention) -> bool:
        """Whether both say who does it and nothing of that is alike: what the army sends is not the Red Cross's."""
        if told.verb != now.verb:
            return False
        for mention in (told, now):
            if mention not in self._doers:
                self._doers[mention] = _doer(mention)
        one, other = self._doers[told], self._doers[now]
        return bool(one and other) and not one & other

    def _names_apart(self, a: Mention, b: Mention) -> bool:
        """Whether both sentences name something and nothing alike: the dead of one town are not those of another."""
        here, there = self._named(a), self._named(b)
        return bool(here and there) and not any(same_name(x, y) for x in here for y in there)

    def _named(self, mention: Mention) -> frozenset[str]:
        """The words of the names in its sentence but for those of who says so."""
        known = self._names.get(mention.sentence.id)
        if known is None:
            text = mention.sentence.text
            aside = [(said.start, said.end) for said in read_attributions(text)]
            aside += [(q.start, q.end) for q in read_quantities(text)]
            names = (n for n in read_names(text) if not any(a <= n.start < b for a, b in aside))
            known = self._names[mention.sentence.id] = frozenset(word for name in names for word in name.words)
        return known


def _acts_apart(a: Mention, b: Mention) -> bool:
    return bool(a.verb and b.verb) and a.verb != b.verb


def _nouns_apart(a: Mention, b: Mention) -> bool:
    """Whether both count something named, and nothing of it is the same: tickets of adults and of children."""
    return bool(a.nouns and b.nouns) and a.quantity.kind is not QuantityKind.COUNT and not {*a.nouns} & {*b.nouns}


# Of which event
# --------------

# "The second survey asked 2,010": of an event that is not the one before.
_OTHER = re.compile(
    r"\b(?:second|third|fourth|fifth|another|separate|different|other)\b(?!\s(?:day|time|night|week|month|year|hour)s?\b)",
    re.I,
)
_NIGHT = re.compile(
    r"\b(?:overnight|last night|the night before|during the night|in the night|this morning|early in the day)\b", re.I
)


def _are_two_events(told: Mention, now: Mention) -> bool:
    if bool(_OTHER.search(_before(told))) != bool(_OTHER.search(_before(now))):
        return True
    dates = [m.document.published.date() if m.document.published else None for m in (told, now)]
    nights = all(_NIGHT.search(m.sentence.text) for m in (told, now))
    return nights and None not in dates and dates[0] != dates[1]


def _before(mention: Mention) -> str:
    return mention.sentence.text[: mention.quantity.start]


# How many there are, and how many there have been so far, is counted anew every day: the day is that of the count.
_STANDING = frozenset("stay wait miss live hold stand work shelter sleep treat need lack".split())
_SO_FAR = re.compile(
    r"\b(?:since|so far|to date|now|by|as of|in all|in total|altogether|total|toll|still|already|has|have)\b", re.I
)


def on_event_days(mentions: Iterable[Mention]) -> list[Mention]:
    """Leave only the days and months in which something happened.

    The day of a report or of a count is no part of the question.
    """
    days: dict[str, tuple[Moment, ...]] = {}
    found = []
    for mention in mentions:
        key = mention.sentence.id
        if key not in days:
            days[key] = _event_days(mention)
        found.append(replace(mention, moments=() if mention.verb in _STANDING else days[key]))
    return found


def _event_days(mention: Mention) -> tuple[Moment, ...]:
    text, document = mention.sentence.text, mention.document
    if _SO_FAR.search(text):
        return ()
    said = read_attributions(text)
    moments = read_moments(text, document.published.date() if document.published else None)
    return tuple(m for m in moments if is_event(m, said, text))


# "Three more boats" and "another strike killed nine" count anew; they replace no figure.
_ANEW_BEFORE = re.compile(r"\b(?:another|further|additional|extra|new)\s(?:about\s|some\s)?$", re.I)
_ANEW_AFTER = re.compile(r"^\S*\s(?:more|further|additional|new)\b", re.I)
# "Has lasted four days": it says what day it is.
_GOES_ON = re.compile(r"\b(?:has|have|had|for|after|in its|into its)\s(?:\w+\s){0,3}$", re.I)


# "7.1 percent a year earlier": no news of today.
_FORMERLY = re.compile(
    r"[^.,;]{0,30}\b(?:(?:an?|one|two|three|ten) (?:day|week|month|quarter|year|decade)s? (?:earlier|ago|before)"
    r"|last (?:month|quarter|year)|in the (?:previous|same) (?:month|quarter|year))\b",
    re.I,
)


def counts_anew(mention: Mention) -> bool:
    """Whether a number is added to others, grows by the day as such, or is of old: it replaces nothing."""
    text, q = mention.sentence.text, mention.quantity
    if _FORMERLY.match(text, q.end):
        return True
    if q.kind is QuantityKind.DURATION and _GOES_ON.search(text, 0, q.start):
        return True
    return bool(_ANEW_BEFORE.search(text, 0, q.start) or _ANEW_AFTER.match(text[q.start : q.end + 12]))


# By whom
# -------

_CLAUSE = re.compile(r"[,;:—]\s|\b(?:that|and|but|which|who|when|while|after|before|because)\s")
_REVISED_TO = re.compile(
    r"\b(?:raised|increased|lifted|cut|lowered|reduced|revised|doubled|corrected|put up|put down|risen|rose|grown|grew"
    r"|climbed|fallen|fell|dropped|shrunk|gone up|come down)\b[^.;]{0,40}?\bto\s"
    r"(?:about\s|around\s|some\s)?$",
    re.I,
)


def _is_revised(told: Mention, now: Mention) -> bool:
    """Whether today says that an amount of these things was brought, or came, from another to this one."""
    same_things = not _nouns_apart(told, now) and (not told.head or told.head in {*now.nouns, *now.terms})
    return told.measure == now.measure and same_things and bool(_REVISED_TO.search(_before(now)))


def _doer(mention: Mention) -> frozenset[str]:
    """The terms between the beginning of the clause and the verb, where the number stands behind its verb."""
    text, verb = mention.sentence.text, mention.quantity.predicate
    words = list(re.finditer(r"[\w’'-]+", text[: mention.quantity.start]))
    at = next((w.start() for w in reversed(words) if verb and lemma(w[0]) == verb), None)
    if at is None:
        return frozenset()
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, at)), default=0)
    return frozenset(content_terms(text[start:at]))
