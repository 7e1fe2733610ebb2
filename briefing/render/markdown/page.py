"""Print a briefing as Markdown: number the footnotes, name the sources, hand short values to the template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import PurePath
from typing import Any

import jinja2

from briefing.fetch import is_address
from briefing.fragments import is_linkable, link
from briefing.prices import dollars
from briefing.render.escaping import escape_markdown
from briefing.resources import folder
from briefing.types import (
    CITABLE,
    COMPARED_LANGUAGES,
    Action,
    Answer,
    Assessment,
    Briefing,
    CheckedClaim,
    ClaimStanding,
    Decision,
    Dispute,
    DisputeKind,
    Document,
    Evidence,
    Finding,
    Match,
    PublishedClaim,
    Review,
    Standing,
    StorySection,
    Verdict,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Note:
    """One footnote: a span of a source, numbered in the order of first use."""

    number: int
    source: str
    name: str
    date: str
    start: int
    end: int
    quote: str
    match: str
    link: str
    """Opens the page at these words; empty unless the source was fetched from the web."""


class _Notes:
    """Hands out footnote numbers; the same span keeps its number."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._numbers: dict[tuple[str, int, int], _Note] = {}

    def marks(self, evidence: Iterable[Evidence]) -> str:
        return "".join(f"[^{self._note(item).number}]" for item in evidence)

    def all(self) -> list[_Note]:
        return list(self._numbers.values())

    def _note(self, item: Evidence) -> _Note:
        key = (item.source, item.start, item.end)
        if key not in self._numbers:
            document = self._documents[item.source]
            self._numbers[key] = _Note(
                number=len(self._numbers) + 1,
                source=item.source,
                name=display_name(document),
                date=_day(document.published),
                start=item.start,
                end=item.end,
                quote=item.text,
                match="" if item.match is Match.EXACT else item.match.value,
                link=_link(document, item),
            )
        return self._numbers[key]


def _link(document: Document, item: Evidence) -> str:
    """Only a page that was fetched is known to stand there; a file, or an article of a feed, may name any address."""
    if not is_linkable(document.location) or re.search(r"#\d+$", document.location):
        return ""
    return link(document.address or document.location, document.text, item.start, item.end) or ""


def display_name(document: Document) -> str:
    """Name a source for a reader in a few words: its publisher, else its file."""
    return name_of(document.publisher, document.location)


def name_of(publisher: str | None, location: str) -> str:
    """Name a source by its publisher, else by its host, else by its file.

    >>> name_of(None, "night/lantern.html"), name_of(None, "https://www.news.example/a.html")
    ('lantern', 'news.example')
    """
    host = location.split("/")[2].removeprefix("www.") if is_address(location) else ""
    return publisher or host or PurePath(location).stem


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else ""


def markdown(briefing: Briefing, *, with_comments: bool = False) -> str:
    """Print the briefing as Markdown with footnotes; ends with one line break.

    What reviewers said about claims that are published is printed only with `with_comments`.
    """
    documents = {document.id: document for document in briefing.documents}
    notes = _Notes(documents)
    claims = {claim.checked.id: claim for claim in briefing.claims}
    disputes = {dispute.id: dispute for dispute in briefing.disputes}
    sections = [
        _section(section, claims, disputes, documents, notes, _Reviewed(with_comments)) for section in briefing.sections
    ]
    failed = [claim for claim in briefing.withheld if not _is_rejected(claim)]
    corrected = _corrected(briefing)
    text = (
        _environment()
        .get_template("briefing.md.j2")
        .render(
            title=briefing.title,
            as_of=f"{_day(briefing.as_of)}, {briefing.as_of:%H:%M} UTC",
            head=_head(briefing),
            misjudged=len(briefing.provenance.misjudged),
            sections=sections,
            review=_review(briefing.review) if briefing.review else None,
            withheld=[_withheld(claim, corrected) for claim in failed],
            withheld_why=_count(f.kind.value for claim in failed for f in claim.findings),
            rejected=[_rejected(claim) for claim in briefing.withheld if _is_rejected(claim)],
            refused=len(briefing.refused),
            sources=[_source(document, briefing) for document in briefing.documents],
            unread=briefing.unread,
            not_covered=len(briefing.not_covered),
            not_shown=len(briefing.not_shown),
            usage=_usage(briefing),
            notes=notes.all(),
        )
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _environment() -> jinja2.Environment:
    # Autoescape is for HTML and would do nothing for Markdown: every value of a source passes `md` instead.
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates"), encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escape_markdown
    environment.filters["n"] = plural
    environment.filters["quoted"] = quoted
    return environment


def quoted(text: str) -> str:
    """Put a source's words between quotation marks, unless they bring their own.

    >>> quoted("It rained."), quoted("“It rained,” she said.")
    ('“It rained.”', '“It rained,” she said.')
    """
    return text if text.startswith(("“", '"', "«", "„")) else f"“{text}”"


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Count something in words.

    >>> plural(1, "story", "stories"), plural(1200, "claim")
    ('1 story', '1,200 claims')
    """
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def _head(briefing: Briefing) -> list[str]:
    origins = len({origin for _, origin in briefing.stories.origins})
    parts = [plural(len(briefing.documents), "source") + ", " + plural(origins, "origin")]
    if len(briefing.sections) > 1:
        parts.append(plural(len(briefing.sections), "story", "stories"))
    parts.append(plural(len(briefing.claims), "claim"))
    parts.append(plural(len(briefing.disputes), "disagreement"))
    parts.append(f"{len(briefing.withheld)} withheld")
    return parts


def _section(
    section: StorySection,
    claims: Mapping[str, PublishedClaim],
    disputes: Mapping[str, Dispute],
    documents: Mapping[str, Document],
    notes: _Notes,
    reviewed: _Reviewed,
) -> dict[str, Any]:
    lead = [_claim(claims[i], documents, notes, reviewed) for i in section.lead]
    return {
        "title": section.story.title,
        "articles": len(section.story.sources),
        "origins": section.origins,
        "lead": lead,
        "lead_notes": _lead_notes(lead),
        "claims": [_claim(claims[i], documents, notes, reviewed) for i in section.claims],
        "disputes": [_dispute(disputes[i], documents, notes) for i in section.disputes],
        "not_compared": _not_compared(section, documents),
    }


def _claim(
    claim: PublishedClaim, documents: Mapping[str, Document], notes: _Notes, reviewed: _Reviewed
) -> dict[str, Any]:
    evidence = (*claim.checked.evidence, *claim.standing.corroboration)
    names = dict.fromkeys(display_name(documents[item.source]) for item in evidence)
    return {
        "text": claim.checked.text,
        "marks": notes.marks(evidence),
        "told_by": list(names),
        "standing": _standing(claim.standing, len(names)),
        "reservation": "; ".join(filter(None, (_reservation(claim.checked), reviewed(claim.checked.decision)))),
    }


def _not_compared(section: StorySection, documents: Mapping[str, Document]) -> list[str]:
    """Name the sources of a story told by several whose figures and titles nobody compared."""
    foreign = [s for s in section.story.sources if documents[s].language not in COMPARED_LANGUAGES]
    return foreign if len(section.story.sources) > 1 else []


def _lead_notes(lead: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Say who tells the lead and how it stands, once for claims of which both are the same."""
    notes = []
    for claim in lead:
        told_by = ", ".join(claim["told_by"])
        notes.append({"told_by": told_by, "standing": claim["standing"], "reservation": claim["reservation"]})
    return [note for i, note in enumerate(notes) if note not in notes[:i]]


def _standing(standing: ClaimStanding, tellers: int) -> str:
    if standing.standing is Standing.DISPUTED:
        return f"**disputed**, see {', '.join(standing.disputes)}"
    if standing.standing is Standing.CORROBORATED:
        return plural(standing.origins, "origin")
    return "single source" if tellers == 1 else "one origin"


def _reservation(claim: CheckedClaim) -> str:
    if claim.verdict is not Verdict.PARTLY:
        return ""
    found = [finding.detail for finding in claim.findings]
    if claim.score is not None:
        found.insert(0, f"reworded; the chance that its evidence bears it out is put at {claim.score:.0%}")
    elif claim.answers.entailed is Answer.NOT_CHECKED:
        found.insert(0, "reworded; its figures, dates and names were checked, its meaning was not")
    return "; ".join(found) or "supported in part"


_CONTEXT = 60
_FIGURE = re.compile(r"(?<![\d.,])\d{4,}(?![\d.,]*\d)")


def grouped(text: str) -> str:
    """Set off thousands in the figures of a dispute: it holds no years.

    >>> grouped("about 12000")
    'about 12,000'
    """
    return _FIGURE.sub(lambda m: f"{int(m.group()):,}", text)


def in_context(text: str, start: int, end: int) -> str:
    """Return the span with some words of its line on either side, cut between words and marked where cut.

    >>> in_context("One two three.", 4, 7)
    'One two three.'
    """
    left = max(text.rfind("\n", 0, start) + 1, start - _CONTEXT)
    line_end = text.find("\n", end)
    right = min(len(text) if line_end < 0 else line_end, end + _CONTEXT)
    before, after = text[left:start], text[end:right]
    if left and text[left - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if right < len(text) and text[right] not in "\r\n":
        after = after.rpartition(" ")[0] + "…"
    return (before + text[start:end] + after).strip()


def _dispute(dispute: Dispute, documents: Mapping[str, Document], notes: _Notes) -> dict[str, Any]:
    assessed = {
        Assessment.LIKELY_SLIP: "likely a slip",
        Assessment.SUPERSEDED: "superseded",
        Assessment.OPEN: "open",
    }
    return {
        "id": dispute.id,
        "about": dispute.about[:1].upper() + dispute.about[1:],
        "assessment": assessed[dispute.assessment],
        "note": grouped(dispute.note[:1].upper() + dispute.note[1:]),
        "proposed_by": dispute.proposed_by,
        "rows": [
            {
                "value": grouped(value.value) if dispute.kind is DisputeKind.QUANTITY else value.value,
                "names": [_dated_name(documents[s]) for s in value.sources],
                "quote": _in_context(value.evidence[0], documents),
                "marks": notes.marks(value.evidence),
            }
            for value in dispute.values
        ],
    }


def _dated_name(document: Document) -> str:
    date = f", {_day(document.published)}" if document.published else ""
    return f"{display_name(document)} ({document.id}{date})"


def _in_context(evidence: Evidence, documents: Mapping[str, Document]) -> str:
    return in_context(documents[evidence.source].text, evidence.start, evidence.end)


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """Says in a few words what a reviewer did about a claim that is published."""

    with_comments: bool

    def __call__(self, decision: Decision | None) -> str:
        if decision is None:
            return ""
        done = {Action.ACCEPT: "reviewed", Action.EDIT: f"edited by {decision.who}"}.get(decision.action, "")
        said = f"{decision.who}: {quoted(decision.comment)}" if self.with_comments and decision.comment else ""
        return "; ".join(filter(None, (done, said)))


def _is_rejected(claim: CheckedClaim) -> bool:
    return claim.decision is not None and claim.decision.action is Action.REJECT


def _rejected(claim: CheckedClaim) -> dict[str, str]:
    decision = claim.decision
    return {
        "text": claim.text,
        "who": decision.who if decision else "",
        "reason": (decision and decision.comment) or "no reason given",
    }


def _review(review: Review) -> dict[str, Any]:
    counts = {
        "accepted": review.accepted,
        "edited": review.edited,
        "rejected": review.rejected,
        "undecided": review.undecided,
    }
    return {
        "by": review.by,
        "signed_off": review.signed_off,
        "on": _day(review.on),
        "counts": [f"{count:,} {done}" for done, count in counts.items()],
        "stale": [
            {"claim": s.claim, "action": s.decision.action.value, "who": s.decision.who, "because": s.because}
            for s in review.stale
        ],
    }


def _corrected(briefing: Briefing) -> frozenset[str]:
    """Return the ids of withheld claims of which a correction is published."""
    corrects = {claim.id: claim.corrects for claim in (*briefing.withheld, *(c.checked for c in briefing.claims))}
    found: set[str] = set()
    for claim in briefing.claims:
        corrected = claim.checked.corrects
        while corrected:
            found.add(corrected)
            corrected = corrects.get(corrected)
    return frozenset(found)


def _withheld(claim: CheckedClaim, corrected: Collection[str]) -> dict[str, Any]:
    return {
        "text": claim.text,
        "verdict": claim.verdict.value,
        "why": [_why(f, claim.text) for f in claim.findings],
        "corrected": claim.id in corrected,
        "edited_by": claim.decision.who if claim.decision and claim.decision.action is Action.EDIT else "",
    }


def _why(finding: Finding, text: str) -> str:
    words = text[finding.start : finding.end]
    return f"{finding.kind.value} “{words}”: {finding.detail}" if words and words != text else finding.detail


def _count(kinds: Iterable[str]) -> list[str]:
    return [f"{kind} × {n}" for kind, n in sorted(Counter(kinds).items(), key=lambda pair: (-pair[1], pair[0]))]


def _usage(briefing: Briefing) -> str:
    """Say what the model was asked, and what that cost; nothing when none was asked."""
    usage = briefing.usage
    if not usage.calls and not usage.unreported:
        return ""
    cached = f" ({usage.cached_tokens:,} of them cached)" if usage.cached_tokens else ""
    lost = f", {plural(usage.unreported, 'more answer')} lost on the way, perhaps charged" if usage.unreported else ""
    price = "price not known" if usage.cost_usd is None else dollars(usage.cost_usd)
    return (
        f"{briefing.drafter.removeprefix('model:')} in {plural(usage.calls, 'call')}{lost}: "
        f"{usage.prompt_tokens:,} tokens of prompt{cached} and {usage.completion_tokens:,} of reply, {price}"
    )


def _source(document: Document, briefing: Briefing) -> dict[str, Any]:
    excluded = Counter(block.role.value for block in document.blocks if block.role not in CITABLE)
    return {
        "id": document.id,
        "title": document.title or "",
        "publisher": document.publisher or "",
        "location": document.location,
        "date": _day(document.published),
        "origin": _origin(document.id, briefing),
        "notices": list(dict.fromkeys(notice.kind for notice in document.notices)),
        "excluded": [f"{n} {role}" for role, n in sorted(excluded.items(), key=lambda p: (-p[1], p[0]))],
        "warnings": document.warnings,
    }


def _origin(source: str, briefing: Briefing) -> str:
    told = dict.fromkeys(
        f"relays {relay.outlet}" + (f" ({relay.relays})" if relay.relays else "")
        for relay in briefing.stories.relays
        if relay.source == source
    )
    return "; ".join(told) or "its own"
