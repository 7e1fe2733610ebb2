"""The stages in order, on one screen. Each finished stage is reported; nothing else happens here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from briefing import __version__, checks, claims, crosschecks, documents, sentences, sources, stories
from briefing.assemble import PUBLISHED, Material, assemble
from briefing.claims import Stated
from briefing.errors import NothingToBrief, SourceError
from briefing.model import Model
from briefing.sources import ReadLimits
from briefing.types import (
    Briefing,
    CheckedClaim,
    ClaimStanding,
    Dispute,
    Document,
    Draft,
    Provenance,
    Sentence,
    Source,
    Stories,
    Unread,
)

#: Called with the name of a finished stage and one line about what it yielded.
Report = Callable[[str, str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What to brief and how."""

    locations: tuple[str, ...]
    as_of: datetime
    """With a time zone."""
    title: str | None = None
    max_claims: int = 15
    limits: ReadLimits = field(default_factory=ReadLimits)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Everything known before a word is drafted."""

    documents: tuple[Document, ...]
    sentences: tuple[Sentence, ...]
    stories: Stories
    unread: tuple[Unread, ...]


def make(job: Job, *, model: Model | None = None, report: Report = lambda _stage, _detail: None) -> Briefing:
    """Run every stage. Raises NothingToBrief when no citable sentence was left, ModelError when the model failed."""
    reading = read(job.locations, limits=job.limits, report=report)
    if not reading.sentences:
        raise _nothing(reading)
    draft = _draft(reading, job.max_claims, model)
    report("claims", f"{len(draft.claims)} drafted by {draft.drafter}")
    checked = checks.check(draft.claims, reading.documents, reading.sentences, reading.stories.stories)
    published = tuple(claim for claim in checked if claim.verdict in PUBLISHED)
    report("checks", f"{len(published)} of {len(checked)} may be published")
    crosscheck = crosschecks.crosscheck(published, reading.documents, reading.sentences, reading.stories)
    report("crosschecks", f"{len(crosscheck.disputes)} disputes")
    material = Material(
        documents=reading.documents,
        sentences=reading.sentences,
        stories=reading.stories,
        draft=draft,
        checked=checked,
        crosscheck=crosscheck,
        unread=reading.unread,
    )
    return assemble(material, title=job.title, as_of=job.as_of, provenance=_provenance(draft))


@dataclass(frozen=True, kw_only=True, slots=True)
class TextCheck:
    """What checking a given text found; claims in the order of the text."""

    reading: Reading
    stated: tuple[Stated, ...]
    checked: tuple[CheckedClaim, ...]
    standings: Mapping[str, ClaimStanding]
    """By claim id, for the claims that evidence bears out."""
    disputes: tuple[Dispute, ...]


def check_text(text: str, locations: Sequence[str], *, limits: ReadLimits) -> TextCheck:
    """Check every sentence of `text` against all the sources. Raises NothingToBrief when none could be read."""
    reading = read(locations, limits=limits)
    if not reading.sentences:
        raise _nothing(reading)
    story_of = {source: story.id for story in reading.stories.stories for source in story.sources}
    stated = claims.stated_claims(text, lambda line: sentences.spans(line, "en"))
    checked = tuple(
        replace(claim, story=story_of[claim.evidence[0].source] if claim.evidence else reading.stories.stories[0].id)
        for claim in checks.check([s.claim for s in stated], reading.documents, reading.sentences)
    )
    borne_out = [claim for claim in checked if claim.verdict in PUBLISHED]
    crosscheck = crosschecks.crosscheck(borne_out, reading.documents, reading.sentences, reading.stories)
    return TextCheck(
        reading=reading,
        stated=stated,
        checked=checked,
        standings={standing.claim: standing for standing in crosscheck.standings},
        disputes=crosscheck.disputes,
    )


def read(locations: Sequence[str], *, limits: ReadLimits, report: Report = lambda _stage, _detail: None) -> Reading:
    """Run the stages from sources to stories."""
    found, unread = sources.collect(locations, limits=limits)
    report("sources", f"{len(found)} read, {len(unread)} not")
    readable, unreadable = _read_documents(found)
    report("documents", f"{sum(len(d.blocks) for d in readable)} blocks in {len(readable)} documents")
    citable = sentences.split(readable)
    report("sentences", f"{len(citable)} citable")
    grouped = stories.group(readable, citable)
    report("stories", f"{len(grouped.stories)} stories, {len(grouped.relays)} relays")
    return Reading(documents=readable, sentences=citable, stories=grouped, unread=unread + unreadable)


def _read_documents(found: Iterable[Source]) -> tuple[tuple[Document, ...], tuple[Unread, ...]]:
    readable: list[Document] = []
    unreadable: list[Unread] = []
    for source in found:
        try:
            readable.append(documents.read_document(source))
        except SourceError as error:
            unreadable.append(sources.as_unread(error))
    return tuple(readable), tuple(unreadable)


def _nothing(reading: Reading) -> NothingToBrief:
    if reading.documents:
        where = ", ".join(document.location for document in reading.documents[:5])
        message = "no sentence of these sources may be cited: all of it reads as furniture, captions or comments"
        return NothingToBrief(where, message, hint="`briefing sources --blocks` shows how each was read")
    where = ", ".join(f"{u.location} ({u.error})" for u in reading.unread[:5]) or "no source"
    return NothingToBrief(
        where, "no source could be read", hint=reading.unread[0].hint if reading.unread else "name one"
    )


def _draft(reading: Reading, max_claims: int, model: Model | None) -> Draft:
    if model is None:
        return claims.draft_extractive(reading.stories, reading.sentences, max_claims=max_claims)
    return claims.draft_with_model(reading.stories, reading.documents, reading.sentences, model, max_claims=max_claims)


def _provenance(draft: Draft) -> Provenance:
    return Provenance(version=__version__, prompts=draft.prompts, checker=checks.CHECKER, model=draft.model)
