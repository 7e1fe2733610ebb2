"""A `briefing.json` as values again: read strictly, and held against its sources as they are today.

What the manifest says of its sources it says only; spans and hashes are compared by `verify`, and texts come from the
sources alone. Printing the `Briefing` that is returned gives the manifest again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import ManifestError
from briefing.sources import ReadLimits
from briefing.types import (
    Briefing,
    Change,
    CheckedClaim,
    ClaimStanding,
    Document,
    Provenance,
    PublishedClaim,
    Refusal,
    Relay,
    Review,
    Span,
    StaleDecision,
    Stories,
    Story,
    StorySection,
    Unread,
    Usage,
)
from briefing.verify import HINT, Verification, read_manifest, recheck

if TYPE_CHECKING:
    from briefing.manifest_shape import ClaimShape, ManifestShape, PublishedShape, SourceShape, StoryShape


@dataclass(frozen=True, kw_only=True, slots=True)
class Reread:
    """A manifest, what it says as values, and what its sources say today."""

    path: Path
    values: Mapping[str, Any]
    """The file itself, for who prints it as it is."""
    briefing: Briefing
    """Its documents are as the manifest describes them, with the texts of today; one that is not `sound` has none."""
    documents: tuple[Document, ...]
    """Sources as they read today, as far as their bytes are the same as ever."""
    verification: Verification

    @property
    def sound(self) -> frozenset[str]:
        """Ids of the sources that are as they were."""
        return frozenset(document.id for document in self.documents)

    def problem(self, where: str) -> str | None:
        """Say what is wrong with a source or with the spans of a claim, by its id; None when nothing is."""
        everything = (*self.verification.unreadable, *self.verification.disagreements)
        return next((p.message for p in everything if p.where.partition(" ")[0] == where), None)


def reread(path: Path, *, locations: Mapping[str, str], limits: ReadLimits) -> Reread:
    """Read a manifest and its sources again. Raises ManifestError naming the field at fault.

    `locations` says where a source now lies, by id, as for `verify`.
    """
    values = read_manifest(path)
    values["schema"] = values.pop("schema_")
    checked = recheck(values, beside=path.parent, locations=locations, limits=limits)
    changed = {p.where for p in checked.verification.disagreements}
    sound = tuple(document for document in checked.documents.values() if document.id not in changed)
    texts = {document.id: document.text for document in sound}
    return Reread(
        path=path,
        values=values,
        briefing=briefing_from_manifest(values, texts, subject=str(path)),
        documents=sound,
        verification=checked.verification,
    )


def briefing_from_manifest(values: Mapping[str, Any], texts: Mapping[str, str], *, subject: str) -> Briefing:
    """Return the `Briefing` that prints these values. A document whose text is not given has an empty one.

    Raises ManifestError, with `subject` and the field, when the values are of another shape or name one another
    wrongly.
    """
    from briefing.manifest_shape import manifest_shape

    shape = manifest_shape(_without_foreign_text(values), subject)
    claims = tuple(_published(claim) for claim in shape.claims)
    made = Briefing(
        title=shape.title,
        as_of=shape.as_of,
        drafter=shape.drafter,
        documents=tuple(_document(source, texts.get(source.id, "")) for source in shape.sources),
        stories=_stories(shape),
        sections=tuple(_section(story, shape) for story in shape.stories),
        claims=claims,
        disputes=shape.disputes,
        withheld=tuple(_checked(claim) for claim in shape.withheld),
        not_covered=shape.not_covered,
        not_shown=shape.not_shown,
        unread=tuple(Unread(**each) for each in _texts(values, "unread", Unread, subject)),
        refused=tuple(Refusal(**each) for each in _texts(values, "refused", Refusal, subject)),
        usage=Usage(**shape.usage.model_dump()),
        provenance=_provenance(shape),
        review=_review(shape),
        news=shape.news,
    )
    for wrong in _wrong_references(made):
        raise ManifestError(subject, wrong, hint=HINT)
    return made


def _without_foreign_text(values: Mapping[str, Any]) -> str:
    """Print the values without the lists that may hold lone surrogates of a reply or a file name."""
    return json.dumps({key: value for key, value in values.items() if key not in ("unread", "refused")})


def _texts(values: Mapping[str, Any], key: str, kind: type, subject: str) -> Iterator[dict[str, str]]:
    names = [field.name for field in fields(kind)]
    listed = values.get(key)
    for each in listed if isinstance(listed, list) else [None]:
        if not isinstance(each, dict) or not all(isinstance(each.get(name), str) for name in names):
            raise ManifestError(f"{subject}: {key}", f"not a list of {', '.join(names)}", hint=HINT)
        yield {name: each[name] for name in names}


def _document(source: SourceShape, text: str) -> Document:
    known = {field.name: getattr(source, field.name) for field in fields(Document) if field.name in source.plain()}
    return Document(**known, text=text, found_in=tuple(source.found_in.items()))


def _stories(shape: ManifestShape) -> Stories:
    return Stories(
        stories=tuple(Story(id=story.id, title=story.title, sources=story.sources) for story in shape.stories),
        relays=tuple(
            Relay(source=source.id, outlet=relay.outlet, relays=relay.relays, start=relay.start, end=relay.end)
            for source in shape.sources
            for relay in source.relayed
        ),
        origins=tuple((source.id, source.origin) for source in shape.sources),
    )


def _section(story: StoryShape, shape: ManifestShape) -> StorySection:
    return StorySection(
        story=Story(id=story.id, title=story.title, sources=story.sources),
        lead=story.lead,
        claims=tuple(c.id for c in shape.claims if c.story == story.id and c.id not in story.lead),
        disputes=tuple(d.id for d in shape.disputes if d.story == story.id),
        origins=story.origins,
    )


def _checked(claim: ClaimShape) -> CheckedClaim:
    return CheckedClaim(**{field.name: getattr(claim, field.name) for field in fields(CheckedClaim)})


def _published(claim: PublishedShape) -> PublishedClaim:
    standing = ClaimStanding(
        claim=claim.id,
        standing=claim.standing,
        origins=claim.origins,
        corroboration=claim.corroboration,
        disputes=claim.disputes,
    )
    return PublishedClaim(checked=_checked(claim), standing=standing)


def _provenance(shape: ManifestShape) -> Provenance:
    given = shape.provenance
    checker = {key: value for key, value in given.checker.items() if isinstance(value, str)}
    misjudged = given.checker.get("misjudged", ())
    return Provenance(
        version=given.version,
        prompts=tuple(given.prompts.items()),
        checker=tuple(checker.items()),
        model=tuple(given.model.items()),
        misjudged=misjudged if isinstance(misjudged, tuple) else (misjudged,),
    )


def _review(shape: ManifestShape) -> Review | None:
    given = shape.review
    if given is None:
        return None
    return Review(
        by=given.by,
        on=given.on,
        signed_off=given.signed_off,
        accepted=given.accepted,
        edited=given.edited,
        rejected=given.rejected,
        undecided=given.undecided,
        stale=tuple(StaleDecision(claim=s.claim, because=s.because, decision=s.decision()) for s in given.stale),
    )


# What names what


def _wrong_references(made: Briefing) -> Iterator[str]:
    """Yield what would send a reader of the values nowhere."""
    sources = {document.id for document in made.documents}
    stories = {story.id: story for story in made.stories.stories}
    claims = {claim.checked.id: claim.checked for claim in made.claims}
    disputes = {dispute.id for dispute in made.disputes}
    yield from _twice(made)
    yield from (f"{span.source}: no such source" for span in _spans(made) if span.source not in sources)
    yield from (f"{span.source}[{span.start}:{span.end}] is no span" for span in _spans(made) if span.end < span.start)
    for checked in (*claims.values(), *made.withheld):
        if checked.story not in stories:
            yield f"{checked.id} is of {checked.story}, which is no story"
    for section in made.sections:
        strange = [i for i in section.lead if i not in claims or claims[i].story != section.story.id]
        yield from (f"{i} opens {section.story.id}, and is none of its claims" for i in strange)
    for claim in made.claims:
        strange = [d for d in claim.standing.disputes if d not in disputes]
        yield from (f"{claim.checked.id} names {d}, which is no dispute" for d in strange)
    listed = sorted(source for story in stories.values() for source in story.sources)
    if listed != sorted(sources):
        yield "its stories do not hold each of its sources once"
    yield from (f"{d.id} is of {d.story}, which is no story" for d in made.disputes if d.story not in stories)
    yield from _wrong_news(made, sources, disputes)
    yield from (f"{d.id} has a value that nobody gives" for d in made.disputes if not all(v.evidence for v in d.values))


def _wrong_news(made: Briefing, sources: Collection[str], disputes: Collection[str]) -> Iterator[str]:
    known = {claim.checked.id for claim in made.claims} | {claim.id for claim in made.withheld}
    for change in _changes(made):
        yield from (f"what is new names {c}, which is no claim" for c in change.claims if c not in known)
        if change.dispute is not None and change.dispute not in disputes:
            yield f"what is new names {change.dispute}, which is no dispute"
    days = made.news.days if made.news else ()
    yield from (f"what is new names {source}, which is no source" for source, _ in days if source not in sources)


def _twice(made: Briefing) -> Iterator[str]:
    ids = [
        *(document.id for document in made.documents),
        *(story.id for story in made.stories.stories),
        *(claim.checked.id for claim in made.claims),
        *(claim.id for claim in made.withheld),
        *(dispute.id for dispute in made.disputes),
    ]
    yield from (f"{one} is there twice" for one in dict.fromkeys(ids) if ids.count(one) > 1)


def _spans(made: Briefing) -> Iterable[Span]:
    disputes = [e for dispute in made.disputes for value in dispute.values for e in value.evidence]
    claims = [e for claim in made.claims for e in (*claim.checked.evidence, *claim.standing.corroboration)]
    withheld = [e for claim in made.withheld for e in claim.evidence]
    named = [Span(source=s, start=0, end=0) for d in made.disputes for v in d.values for s in v.sources]
    news = [e for change in _changes(made) for given in (*change.before, *change.after) for e in given.evidence]
    evidence = [Span(source=e.source, start=e.start, end=e.end) for e in (*claims, *withheld, *disputes, *news)]
    return (*made.not_covered, *made.not_shown, *evidence, *named)


def _changes(made: Briefing) -> tuple[Change, ...]:
    return made.news.changes if made.news else ()
