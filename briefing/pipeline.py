"""The stages in order, on one screen. Each finished stage is reported; nothing else happens here."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from briefing import (
    __version__,
    checks,
    claims,
    crosschecks,
    documents,
    judging,
    proposing,
    sentences,
    sources,
    stories,
    texts,
)
from briefing.assemble import Material, assemble
from briefing.claims import Admit, Calls, Revised
from briefing.entailment import load
from briefing.errors import NothingToBrief, SourceError
from briefing.fetch import Fetcher
from briefing.model import Model, Request
from briefing.sources import Keep, ReadLimits
from briefing.texts import Kind, Piece, Stated
from briefing.types import (
    BORNE_OUT,
    PUBLISHED,
    AnsweredClaim,
    Briefing,
    CheckedClaim,
    Claim,
    ClaimStanding,
    Dispute,
    Document,
    Draft,
    Evidence,
    Provenance,
    Sentence,
    Source,
    Stories,
    TextAnswer,
    Unread,
    Verdict,
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
    one_story: bool = False
    """Whether whoever chose the sources says that all tell of one event; else they are grouped."""
    limits: ReadLimits = field(default_factory=ReadLimits)
    repairs: int = 1
    """How often a model may correct a claim that fails a check."""
    jobs: int = 1
    """How many calls to the model may be under way at once."""
    entailment: bool = True
    """Whether the entailment model that ships weighs the meaning of reworded claims; else the rules decide alone."""
    cross_check: bool = False
    """Whether the model is asked for contradictions between sources that the rules may not see."""
    secret: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    """What makes the marker lines around text of sources unpredictable; the same one gives the same prompts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Everything known before a word is drafted."""

    documents: tuple[Document, ...]
    sentences: tuple[Sentence, ...]
    stories: Stories
    unread: tuple[Unread, ...]


def make(
    job: Job,
    *,
    model: Model | None = None,
    judge: Model | None = None,
    report: Report = lambda _stage, _detail: None,
    admit: Admit = lambda _requests: None,
    fetcher: Fetcher | None = None,
    keep: Keep = lambda _data, _kind: None,
) -> Briefing:
    """Run every stage. Raises NothingToBrief when no citable sentence was left, ModelError when the model failed.

    `judge` is asked about what the checks leave open. `admit` is called with the calls of the draft before the first
    is made, and may raise. `keep` is called with the bytes that a later check cannot read again from where they came.
    """
    reading = read(job.locations, limits=job.limits, one_story=job.one_story, fetcher=fetcher, report=report, keep=keep)
    if not reading.sentences:
        raise _nothing(reading)
    return brief(reading, job, model=model, judge=judge, report=report, admit=admit)


def brief(
    reading: Reading,
    job: Job,
    *,
    untold: Collection[str] | None = None,
    model: Model | None = None,
    judge: Model | None = None,
    report: Report = lambda _stage, _detail: None,
    admit: Admit = lambda _requests: None,
) -> Briefing:
    """Run the stages after reading. Raises ModelError when the model failed.

    `untold` are the ids of the sentences that claims are drafted from, and that count as not covered where none is;
    the checks and the comparisons see all. None is every sentence.
    """
    telling = [s for s in reading.sentences if untold is None or s.id in untold]
    drafted = _draft(reading, telling, job, model, admit)
    report("claims", f"{len(drafted.claims)} drafted by {drafted.drafter}")
    draft, checked = _checked(drafted, reading, job, model)
    judged = judging.judge(checked, reading.documents, judge, secret=job.secret, jobs=job.jobs) if judge else None
    if judged:
        draft, checked = judging.noted(draft, judged), judged.checked
        report("judging", ", ".join(f"{name} {value}" for name, value in judging.summary(judged)))
    published = tuple(claim for claim in checked if claim.verdict in PUBLISHED)
    report("checks", f"{len(published)} of {len(checked)} may be published")
    proposals = _proposals(reading, job, model)
    draft = proposing.noted(draft, proposals) if proposals.prompts else draft
    crosscheck = crosschecks.crosscheck(
        published,
        reading.documents,
        reading.sentences,
        reading.stories,
        proposals.pairs,
        comparison=load() if job.entailment else None,
    )
    report("crosschecks", f"{len(crosscheck.disputes)} disputes")
    material = Material(
        documents=reading.documents,
        sentences=tuple(telling),
        stories=reading.stories,
        draft=draft,
        checked=checked,
        crosscheck=crosscheck,
        unread=reading.unread,
    )
    return assemble(material, title=job.title, as_of=job.as_of, provenance=_provenance(draft, checked, job, judged))


@dataclass(frozen=True, kw_only=True, slots=True)
class TextCheck:
    """What checking a given text found; claims in the order of the text."""

    reading: Reading
    pieces: tuple[Piece, ...]
    """The text: one piece, or the values of a JSON that are prose."""
    stated: tuple[Stated, ...]
    answered: tuple[AnsweredClaim, ...]
    """One for each of `stated`."""
    standings: Mapping[str, ClaimStanding]
    """By claim id, for the claims that evidence bears out."""
    disputes: tuple[Dispute, ...]

    @property
    def checked(self) -> tuple[CheckedClaim, ...]:
        """The checks that the answers rest on."""
        return tuple(claim.checked for claim in self.answered)

    @property
    def holds(self) -> bool:
        """Whether every claim is supported by what it cites, and by anything at all where it cites nothing.

        A text without any claim does not hold: nothing was checked.
        """
        told = [claim.answer for claim in self.answered if claim.answer is not TextAnswer.NOT_CHECKABLE]
        return bool(told) and all(answer in BORNE_OUT for answer in told)

    def disputes_about(self, claim: AnsweredClaim) -> tuple[Dispute, ...]:
        """Return what the sources disagree on in the very sentences that tell a supported claim."""
        standing = self.standings.get(claim.checked.id)
        if standing is None or claim.checked.verdict is not Verdict.SUPPORTED:
            return ()
        told = checks.telling(claim.checked, claim.checked.evidence)
        return tuple(d for d in self.disputes if d.id in standing.disputes and _touches(d, told))


def _touches(dispute: Dispute, told: Sequence[Evidence]) -> bool:
    given = [evidence for value in dispute.values for evidence in value.evidence]
    return any(g.source == t.source and g.start < t.end and g.end > t.start for g in given for t in told)


def check_text(
    text: str,
    locations: Sequence[str],
    *,
    limits: ReadLimits | None = None,
    entailment: bool = True,
    fetcher: Fetcher | None = None,
    name: str = "the text",
) -> TextCheck:
    """Check every claim of `text` against the sources it cites, then against all.

    `name` stands for the text in errors. Raises TextNotRead for JSON of an unknown shape, NothingToBrief when no
    source could be read.
    """
    meaning = load() if entailment else None
    pieces = texts.read_pieces(text, name)
    reading = read(locations, limits=limits or ReadLimits(), fetcher=fetcher)
    if not reading.sentences:
        raise _nothing(reading)
    stated = texts.read_statements(pieces, texts.Shelf(reading.documents))
    answered = checks.answer_all([_asked(s) for s in stated], reading.documents, reading.sentences, entailment=meaning)
    answered = tuple(replace(a, checked=_in_story(a.checked, reading.stories)) for a in answered)
    borne_out = [claim.checked for claim in answered if claim.checked.verdict in PUBLISHED]
    crosscheck = crosschecks.crosscheck(
        borne_out, reading.documents, reading.sentences, reading.stories, comparison=meaning
    )
    return TextCheck(
        reading=reading,
        pieces=pieces,
        stated=stated,
        answered=answered,
        standings={standing.claim: standing for standing in crosscheck.standings},
        disputes=crosscheck.disputes,
    )


def _asked(stated: Stated) -> checks.Asked:
    cited = stated.citations or stated.covered_by
    sources = frozenset(source for citation in cited for source in citation.sources)
    cites = bool(stated.citations)
    return checks.Asked(
        claim=stated.claim,
        sources=sources,
        cites=cites,
        checkable=not stated.not_checkable,
        heading=stated.kind is Kind.HEADING,
    )


def _in_story(claim: CheckedClaim, found: Stories) -> CheckedClaim:
    story_of = {source: story.id for story in found.stories for source in story.sources}
    return replace(claim, story=story_of[claim.evidence[0].source] if claim.evidence else found.stories[0].id)


def read(
    locations: Sequence[str],
    *,
    limits: ReadLimits,
    one_story: bool = False,
    fetcher: Fetcher | None = None,
    report: Report = lambda _stage, _detail: None,
    keep: Keep = lambda _data, _kind: None,
) -> Reading:
    """Run the stages from sources to stories. Without a `fetcher` no address is read."""
    found, unread = sources.collect(locations, limits=limits, fetcher=fetcher, keep=keep)
    report("sources", f"{len(found)} read, {len(unread)} not")
    readable, unreadable = _read_documents(found)
    report("documents", f"{sum(len(d.blocks) for d in readable)} blocks in {len(readable)} documents")
    citable = sentences.split(readable)
    report("sentences", f"{len(citable)} citable")
    grouped = stories.together(readable, citable) if one_story and readable else stories.group(readable, citable)
    report("stories", f"{len(grouped.stories)} stories, {len(grouped.relays)} relays")
    return Reading(documents=readable, sentences=citable, stories=grouped, unread=unread + unreadable)


_PARTLY_READ = "what is there was used; for the rest, save the whole article and name that"


def _read_documents(found: Iterable[Source]) -> tuple[tuple[Document, ...], tuple[Unread, ...]]:
    readable: list[Document] = []
    unreadable: list[Unread] = []
    for source in found:
        document = documents.document_or_error(source)
        if isinstance(document, SourceError):
            unreadable.append(sources.as_unread(document))
            continue
        readable.append(document)
        if document.shortfall:
            unreadable.append(Unread(location=document.location, error=document.shortfall, hint=_PARTLY_READ))
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


def planned(job: Job, *, model: Model, fetcher: Fetcher | None = None) -> tuple[Request, ...]:
    """Return the calls that `make` would begin with, and make none. Raises NothingToBrief as it would."""
    reading = read(job.locations, limits=job.limits, one_story=job.one_story, fetcher=fetcher)
    if not reading.sentences:
        raise _nothing(reading)
    return claims.planned_requests(
        reading.stories, reading.documents, reading.sentences, _calls(job, model), max_claims=job.max_claims
    )


def _calls(job: Job, model: Model) -> Calls:
    return Calls(model=model, secret=job.secret, jobs=job.jobs)


def _draft(reading: Reading, telling: Sequence[Sentence], job: Job, model: Model | None, admit: Admit) -> Draft:
    if model is None or not telling:
        return claims.draft_extractive(reading.stories, telling, max_claims=job.max_claims)
    return claims.draft_with_model(
        reading.stories,
        reading.documents,
        telling,
        _calls(job, model),
        max_claims=job.max_claims,
        admit=admit,
    )


def _checked(draft: Draft, reading: Reading, job: Job, model: Model | None) -> tuple[Draft, tuple[CheckedClaim, ...]]:
    """Check the draft; a model may correct what fails, and put in order what it wrote in parts."""
    meaning = load() if job.entailment else None

    def check(claims: Sequence[Claim]) -> tuple[CheckedClaim, ...]:
        return checks.check(claims, reading.documents, reading.sentences, reading.stories.stories, entailment=meaning)

    revised = Revised(draft=draft, checked=check(draft.claims))
    if model is not None:
        calls = _calls(job, model)
        revised = claims.repair(revised, reading.stories, reading.sentences, calls, check=check, rounds=job.repairs)
        revised = claims.arrange(revised, calls, check=check)
    return revised.draft, revised.checked


def _proposals(reading: Reading, job: Job, model: Model | None) -> proposing.Proposals:
    if model is None or not job.cross_check:
        return proposing.Proposals()
    return proposing.propose(reading.stories, reading.documents, reading.sentences, _calls(job, model))


def _provenance(draft: Draft, checked: Iterable[CheckedClaim], job: Job, judged: judging.Judged | None) -> Provenance:
    """Say who drafted and who checked, and how the checker did on claims planted for it.

    The entailment model takes the test only where it had a say: to load it takes longer than all the rest of a
    briefing of verbatim sentences.
    """
    meaning = load() if job.entailment else None
    tested = checks.self_test(entailment=meaning if any(claim.score is not None for claim in checked) else None)
    return Provenance(
        version=__version__,
        prompts=draft.prompts,
        checker=(
            *checks.CHECKER,
            ("entailment", meaning.name if meaning else "none"),
            ("self_test", str(tested)),
            *(judging.summary(judged) if judged else ()),
        ),
        misjudged=tested.wrong,
        model=draft.model,
    )
