"""What earlier briefs told, carried over into today's: the same spans under the source ids of today's briefing.

Every briefing numbers its sources from S1, so that yesterday's S1 may be today's S4. An article is known from day to
day by its key, and one version of it by its fingerprint: by these two a span finds the same characters again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from briefing.consistency import evidence_of
from briefing.days import ToldStory
from briefing.types import (
    Change,
    CheckedClaim,
    ClaimStanding,
    Dispute,
    DisputeValue,
    Document,
    Earlier,
    Evidence,
    Given,
    PublishedClaim,
    Sentence,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """Which version of which article a source of today's briefing is."""

    source: str
    """Its id in today's briefing."""
    key: str
    fingerprint: str
    day: date
    """The day that it was read for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A claim that an earlier brief published; spans are of sources of today's briefing."""

    day: date
    folder: str
    claim: CheckedClaim
    standing: ClaimStanding

    @property
    def spans(self) -> tuple[Evidence, ...]:
        """Where sources tell it: what it rests on, then what corroborates it."""
        return (*self.claim.evidence, *self.standing.corroboration)

    @property
    def earlier(self) -> Earlier:
        """How a change names it."""
        return Earlier(day=self.day, folder=self.folder, claim=self.claim.id, text=self.claim.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldDispute:
    """A dispute that an earlier brief printed."""

    day: date
    dispute: Dispute


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """Everything that earlier briefs told of a thread, oldest first."""

    since: date | None = None
    """The last day it was told; None for a thread that begins today."""
    claims: tuple[Told, ...] = ()
    disputes: tuple[ToldDispute, ...] = ()
    changes: tuple[Change, ...] = ()
    """What earlier briefs said was new."""


@dataclass(frozen=True, kw_only=True)
class Today:
    """The briefing of today, which holds today's articles and those that earlier briefs of the thread rest on."""

    day: date
    documents: Sequence[Document]
    sentences: Sequence[Sentence]
    """Every citable sentence of `documents`."""
    versions: Sequence[Version]
    """One for each of `documents`."""
    claims: Sequence[PublishedClaim] = ()
    disputes: Sequence[Dispute] = ()
    untold: frozenset[str] = frozenset()
    """Ids of today's sentences that tell something new: what `untold` returned."""
    withdrawn: frozenset[str] = frozenset()
    """Keys of articles that are no longer there."""

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """The documents by source id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def days(self) -> Mapping[str, date]:
        """The day that each source was read for."""
        return {version.source: version.day for version in self.versions}

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The key of each source."""
        return {version.source: version.key for version in self.versions}

    @cached_property
    def newest(self) -> Mapping[str, str]:
        """The source that is the newest version of each source: of most, itself."""
        latest: dict[str, Version] = {}
        for version in sorted(self.versions, key=lambda v: (v.day, v.fingerprint)):
            latest[version.key] = version
        return {version.source: latest[version.key].source for version in self.versions}

    @cached_property
    def fresh(self) -> frozenset[str]:
        """The sources of today, each in its newest version."""
        return frozenset(s for s, day in self.days.items() if day == self.day and self.newest[s] == s)

    @cached_property
    def told_by(self) -> Mapping[str, tuple[Sentence, ...]]:
        """The citable sentences of each source."""
        found: dict[str, list[Sentence]] = {document.id: [] for document in self.documents}
        for sentence in self.sentences:
            found[sentence.source].append(sentence)
        return {source: tuple(own) for source, own in found.items()}

    @cached_property
    def news_spans(self) -> tuple[Evidence, ...]:
        """The sentences of today that tell something new."""
        return tuple(evidence_of(s) for s in self.sentences if s.id in self.untold)

    def same_house(self, one: str, other: str) -> bool:
        """Whether two sources are versions of one article, or of one publisher; who has none is its own house."""
        publisher = self.by_id[one].publisher
        same_article = self.keys[one] == self.keys[other]
        return same_article or (publisher is not None and publisher == self.by_id[other].publisher)

    def claims_on(self, spans: Iterable[Evidence]) -> tuple[str, ...]:
        """Return the ids of today's claims that rest on any of the spans."""
        wanted = tuple(spans)
        return tuple(c.checked.id for c in self.claims if overlap(c.checked.evidence, wanted))


def overlap(some: Iterable[Evidence], others: Sequence[Evidence]) -> bool:
    """Whether any span of the one lies partly in a span of the other."""
    return any(a.source == b.source and a.start < b.end and b.start < a.end for a in some for b in others)


class Spans:
    """Spans by their source, of which there may be many."""

    def __init__(self, spans: Iterable[Evidence]) -> None:
        self._of: dict[str, list[Evidence]] = defaultdict(list)
        for span in dict.fromkeys(spans):
            self._of[span.source].append(span)

    def meet(self, span: Evidence) -> bool:
        """Whether a span lies partly in one of them."""
        return overlap([span], self._of.get(span.source, ()))


def told_spans(before: Before) -> Spans:
    """Return all that earlier briefs showed: of claims, of what was new, and of disputes."""
    values = [value.evidence for change in before.changes for value in change.after]
    values += [side.evidence for told in before.disputes for side in told.dispute.values]
    return Spans(span for spans in (*(told.spans for told in before.claims), *values) for span in spans)


def carry(told: Iterable[tuple[date, ToldStory]], versions: Iterable[Version]) -> Before:
    """Return what the editions of a thread told, under the source ids of today's briefing.

    `told` are the thread's stories with their days, oldest first. A span of an article that is not among `versions`
    is left out; the claim stays, with the words it was told in.

    >>> from briefing.types import Answer, Answers, Match, Standing, Verdict
    >>> from briefing.days import ToldClaim
    >>> span = Evidence(source="S1", start=0, end=15, text="The lock shut.", match=Match.EXACT)
    >>> checked = CheckedClaim(id="C1", story="T1", text="The lock shut.", verdict=Verdict.SUPPORTED,
    ...     answers=Answers(located=Answer.PASS, consistent=Answer.PASS, entailed=Answer.PASS),
    ...     decided_by="verbatim", evidence=(span,))
    >>> standing = ClaimStanding(claim="C1", standing=Standing.SINGLE_SOURCE, origins=1)
    >>> story = ToldStory(thread="2031-06-02/1", rank=1, folder="01-lock", title="Lock shut",
    ...     sources=(("S1", "https://gazette.example/lock", "sha256:1"),),
    ...     claims=(ToldClaim(checked=checked, standing=standing),))
    >>> now = Version(source="S4", key="https://gazette.example/lock", fingerprint="sha256:1", day=date(2031, 6, 2))
    >>> before = carry([(date(2031, 6, 2), story)], [now])
    >>> before.since, before.claims[0].claim.evidence[0].source
    (datetime.date(2031, 6, 2), 'S4')
    """
    place = {(version.key, version.fingerprint): version.source for version in versions}
    since: date | None = None
    claims: list[Told] = []
    disputes: list[ToldDispute] = []
    changes: list[Change] = []
    for day, story in told:
        since = day
        of = {source: place[key, mark] for source, key, mark in story.sources if (key, mark) in place}
        for each in story.claims:
            claim = replace(each.checked, evidence=_moved(each.checked.evidence, of))
            standing = replace(each.standing, corroboration=_moved(each.standing.corroboration, of))
            claims.append(Told(day=day, folder=story.folder, claim=claim, standing=standing))
        disputes += [ToldDispute(day=day, dispute=_moved_dispute(dispute, of)) for dispute in story.disputes]
        changes += [_moved_change(change, of) for change in (story.news.changes if story.news else ())]
    return Before(since=since, claims=tuple(claims), disputes=tuple(disputes), changes=tuple(changes))


def _moved(evidence: Iterable[Evidence], of: Mapping[str, str]) -> tuple[Evidence, ...]:
    return tuple(replace(item, source=of[item.source]) for item in evidence if item.source in of)


def _moved_dispute(dispute: Dispute, of: Mapping[str, str]) -> Dispute:
    return replace(dispute, values=tuple(_moved_value(value, of) for value in dispute.values))


def _moved_value(value: DisputeValue, of: Mapping[str, str]) -> DisputeValue:
    sources = tuple(of[source] for source in value.sources if source in of)
    return replace(value, sources=sources, evidence=_moved(value.evidence, of))


def _moved_change(change: Change, of: Mapping[str, str]) -> Change:
    return replace(change, before=_moved_given(change.before, of), after=_moved_given(change.after, of))


def _moved_given(given: Iterable[Given], of: Mapping[str, str]) -> tuple[Given, ...]:
    return tuple(replace(each, evidence=_moved(each.evidence, of)) for each in given)
