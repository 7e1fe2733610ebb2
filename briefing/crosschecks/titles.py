"""Find persons to whom the sources of one story give titles that nobody holds at once.

Pure. A person is a full name and every surname, initial or spelling that goes with it in these texts. Says
that the titles differ and who gives which, never which is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from briefing.crosschecks.citable import Citable
from briefing.crosschecks.scopes import GENERATION
from briefing.terms import content_terms
from briefing.types import Assessment, Dispute, DisputeKind, DisputeValue, Document, Evidence, Match, Sentence
from briefing.values.gazetteer import word_set
from briefing.values.roles import FORMER
from briefing.values.titles import Title, read_titles, titles_conflict
from briefing.values.variants import same_name


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mention:
    """A title of a person in a source."""

    source: str
    title: Title
    age: int | None
    """Of the person, where it stands beside the name anywhere in the source."""
    evidence: Evidence
    told: frozenset[str]
    """What its sentence tells besides: terms without those of title and name."""


def title_disputes(documents: Sequence[Document], sentences: Sequence[Sentence]) -> tuple[Dispute, ...]:
    """Return one dispute for every person whose title differs between sources of one story.

    `documents` are those of the story, `sentences` its citable sentences: a title elsewhere does not count. A
    source that gives both titles is at odds with nobody. `id` and `story` are left empty.
    """
    citable = Citable(sentences)
    mentions = [mention for document in documents for mention in _mentions(document, citable)]
    found = (_dispute(person, held) for person, held in _by_person(mentions))
    return tuple(dispute for dispute in found if dispute is not None)


def _mentions(document: Document, citable: Citable) -> Iterable[_Mention]:
    ages = {m["name"]: int(m["age"]) for m in _AGED.finditer(document.text)}
    for title in read_titles(document.text):
        start, end = title.span
        sentence = citable.sentence(document.id, start)
        if sentence is not None and end <= sentence.end:
            evidence = Evidence(
                source=document.id, start=start, end=end, text=document.text[start:end], match=Match.EXACT
            )
            age = next((years for name, years in ages.items() if same_name(name, title.person.text)), None)
            besides = frozenset(content_terms(sentence.text)) - {*content_terms(evidence.text)}
            yield _Mention(source=document.id, title=title, age=age, evidence=evidence, told=besides)


_AGED = re.compile(
    r"(?P<name>\b[^\W\d_a-z][\w’'.-]+(?: [^\W\d_a-z][\w’'.-]+){0,3}),? (?:\(|aged )?(?P<age>[1-9]\d)(?=[,.;)])"
)


def _by_person(mentions: Sequence[_Mention]) -> list[tuple[str, list[_Mention]]]:
    """Group mentions by full names; a surname joins the one full name it agrees with, or stands alone."""
    people: list[tuple[str, list[_Mention]]] = []
    for mention in sorted(mentions, key=lambda m: -len(m.title.person.words)):
        name = mention.title.person.text
        own = [group for group in people if same_name(group[0], name)]
        if len(own) == 1:
            own[0][1].append(mention)
        elif not own:
            people.append((name, [mention]))
    return people


def _dispute(person: str, mentions: Sequence[_Mention]) -> Dispute | None:
    at_odds = _at_odds(mentions)
    ages = [mention.age for mention in mentions if mention.age is not None]
    if not at_odds or (ages and max(ages) - min(ages) > GENERATION):
        return None
    return Dispute(
        id="",
        story="",
        about=f"title of {person}",
        kind=DisputeKind.TITLE,
        assessment=Assessment.OPEN,
        values=_values([mention for mention in mentions if (mention.source, _office(mention.title)) in at_odds]),
        note="The sources give this person offices that exclude each other.",
    )


_Office = tuple[object, ...]


def _office(title: Title) -> _Office:
    """All of a title that decides what it excludes."""
    return title.head, title.modifiers, title.fields, title.duties, title.country


def _at_odds(mentions: Sequence[_Mention]) -> set[tuple[str, _Office]]:
    """Return (source, office) where another source's office excludes it, and neither source also gives the other's.

    Offices are compared, of which a person has few, and not mentions.
    """
    told: dict[_Office, list[_Mention]] = {}
    for mention in mentions:
        told.setdefault(_office(mention.title), []).append(mention)
    titles = {office: held[-1].title for office, held in told.items()}
    givers = {office: {mention.source for mention in held} for office, held in told.items()}
    giving = {a: set[str]().union(*(givers[b] for b in titles if _is_said_by(titles[a], titles[b]))) for a in titles}
    found: set[tuple[str, _Office]] = set()
    for a, b in combinations(titles, 2):
        if titles_conflict(titles[a], titles[b]) or _are_told_alike(told[a], told[b]):
            ours, theirs = givers[a] - giving[b], givers[b] - giving[a]
            found |= {(source, a) for source in ours if theirs - {source}}
            found |= {(source, b) for source in theirs if ours - {source}}
    return found


_LEAST_ALIKE, _FEWEST_SHARED = 0.5, 3
# Words for one post, of which each source has its own.
_ALIKE = (
    word_set("leader head chief director president chair manager founder owner boss coordinator organiser editor"),
    word_set("professor doctor scientist expert analyst economist author engineer historian biologist geologist")
    | word_set("physicist astronomer meteorologist archaeologist chemist surgeon researcher adviser director"),
    word_set("politician lawmaker senator representative candidate leader activist lawyer minister deputy official"),
    word_set("officer sergeant detective inspector constable official captain superintendent chief sheriff"),
    word_set("adviser aide official diplomat envoy spokesperson lawyer negotiator ambassador"),
)


def _are_told_alike(ours: Sequence[_Mention], theirs: Sequence[_Mention]) -> bool:
    """Whether the first few mentions of two offices have some that stand for one another."""
    pairs = product(ours[:_MOST_COMPARED], theirs[:_MOST_COMPARED])
    return any(a.source != b.source and _stand_for_one_another(a, b) for a, b in pairs)


_MOST_COMPARED = 8


def _stand_for_one_another(a: _Mention, b: _Mention) -> bool:
    """Whether two sentences tell the same of a person under unlike titles: "the pilot, Bell, said", "the leader …".

    A source that edits another's sentence has its own words for a post; beyond those the title is another one.
    """
    one, other = ({*title.head.split()} for title in (a.title, b.title))
    former = [bool(FORMER & {*title.modifiers}) for title in (a.title, b.title)]
    if one & other or former[0] != former[1] or any(one & words and other & words for words in _ALIKE):
        return False
    shared = a.told & b.told
    return len(shared) >= _FEWEST_SHARED and len(shared) >= _LEAST_ALIKE * min(len(a.told), len(b.told))


def _is_said_by(title: Title, other: Title) -> bool:
    """Whether who gives the other title gives this one too, perhaps in short."""
    return title.head == other.head and not titles_conflict(title, other)


def _values(mentions: Sequence[_Mention]) -> tuple[DisputeValue, ...]:
    given: dict[str, list[_Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (len(m.source), m.source, m.evidence.start)):
        given.setdefault(mention.title.title, []).append(mention)
    for short in [title for title in given if " " not in title]:
        # "Director" says no other than "director of the authority" does; beside two fuller ones it may be either.
        own = given[short][0].title
        fuller = [held for title, held in given.items() if title != short and _is_said_by(own, held[0].title)]
        if len(fuller) == 1:
            fuller[0].extend(given.pop(short))
    return tuple(
        DisputeValue(
            value=held[0].title.text,
            sources=tuple(dict.fromkeys(mention.source for mention in held)),
            evidence=tuple(mention.evidence for mention in held),
        )
        for held in given.values()
    )
