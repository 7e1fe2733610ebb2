"""Find persons to whom the sources of one story give titles that nobody holds at once.

Pure. A person is a full name and every surname, initial or spelling that goes with it in these texts. Says
that the titles differ and who gives which, never which is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.types import Assessment, Dispute, DisputeKind, DisputeValue, Document, Evidence, Match, Sentence
from briefing.values.titles import Title, read_titles, titles_conflict
from briefing.values.variants import same_name


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mention:
    """A title of a person in a source."""

    source: str
    title: Title
    evidence: Evidence


def title_disputes(documents: Sequence[Document], sentences: Sequence[Sentence]) -> tuple[Dispute, ...]:
    """Return one dispute for every person whose title differs between sources of one story.

    `documents` are those of the story, `sentences` its citable sentences: a title elsewhere does not count. A
    source that gives both titles is at odds with nobody. `id` and `story` are left empty.
    """
    mentions = [mention for document in documents for mention in _mentions(document, sentences)]
    found = (_dispute(person, held) for person, held in _by_person(mentions))
    return tuple(dispute for dispute in found if dispute is not None)


def _mentions(document: Document, sentences: Sequence[Sentence]) -> Iterable[_Mention]:
    spans = [(sentence.start, sentence.end) for sentence in sentences if sentence.source == document.id]
    for title in read_titles(document.text):
        start, end = title.span
        if any(first <= start and end <= last for first, last in spans):
            evidence = Evidence(
                source=document.id, start=start, end=end, text=document.text[start:end], match=Match.EXACT
            )
            yield _Mention(source=document.id, title=title, evidence=evidence)


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
    at_odds = [mention for mention in mentions if any(_at_odds(mention, other, mentions) for other in mentions)]
    if not at_odds:
        return None
    return Dispute(
        id="",
        story="",
        about=f"title of {person}",
        kind=DisputeKind.TITLE,
        assessment=Assessment.OPEN,
        values=_values(at_odds),
        note="The sources give this person offices that exclude each other.",
    )


def _at_odds(one: _Mention, other: _Mention, mentions: Sequence[_Mention]) -> bool:
    """Whether two sources give titles that exclude each other, and neither of them also gives the other's."""
    if one.source == other.source or not titles_conflict(one.title, other.title):
        return False
    return not _gives(one.source, other.title, mentions) and not _gives(other.source, one.title, mentions)


def _gives(source: str, title: Title, mentions: Sequence[_Mention]) -> bool:
    return any(
        mention.source == source and mention.title.head == title.head and not titles_conflict(mention.title, title)
        for mention in mentions
    )


def _values(mentions: Sequence[_Mention]) -> tuple[DisputeValue, ...]:
    given: dict[str, list[_Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (len(m.source), m.source, m.evidence.start)):
        given.setdefault(mention.title.title, []).append(mention)
    return tuple(
        DisputeValue(
            value=held[0].title.text,
            sources=tuple(dict.fromkeys(mention.source for mention in held)),
            evidence=tuple(mention.evidence for mention in held),
        )
        for held in given.values()
    )
