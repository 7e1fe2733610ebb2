"""Print a briefing: Markdown by a template, `briefing.json` by its schema.

Templates compute nothing: this file turns the `Briefing` into short, already numbered values. Whatever came
from a source is hostile here, and goes through `escape_markdown` or the JSON encoder on its way out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePath
from typing import Any

import jinja2

from briefing.resources import folder
from briefing.types import (
    CITABLE,
    Answer,
    Assessment,
    Briefing,
    CheckedClaim,
    ClaimStanding,
    Dispute,
    DisputeKind,
    Document,
    Evidence,
    Finding,
    Match,
    PublishedClaim,
    Relay,
    Span,
    Standing,
    Stories,
    StorySection,
    Verdict,
)

SCHEMA = "briefing/1"


# Escaping
# --------

_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~^$&])")
_MARKDOWN_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=#])")
_ADDRESS = re.compile(r"(?<=\w)(:)(?=//)|(?<=\bwww)(\.)|(?<=\w)(@)(?=\w)", re.I)


def escape_markdown(text: str) -> str:
    """Return `text` as one line of Markdown that shows exactly these characters and does nothing else.

    Line breaks become spaces, control and bidirectional characters become visible, and nothing in the text
    can open a link, an image, HTML, a list, a heading, a footnote or a table cell.

    >>> escape_markdown("[x](http://a.b) <b>|")
    '\\\\[x\\\\](http\\\\://a.b) \\\\<b\\\\>\\\\|'
    >>> escape_markdown("2022. It rained\\u202e")
    '2022\\\\. It rained⟨U+202E⟩'
    """
    text = show_controls(" ".join(text.split()))
    text = _MARKDOWN_SPECIAL.sub(r"\\\1", text)
    text = _ADDRESS.sub(lambda m: "\\" + m.group(), text)
    return _MARKDOWN_START.sub(lambda m: rf"{m[1]}\{m[2]}" if m[1] else rf"\{m[3]}", text)


def show_controls(text: str) -> str:
    """Make characters visible that would steer a terminal or reorder a line; letters and emoji stay.

    >>> show_controls("red\\x1b[31m")
    'red⟨U+001B⟩[31m'
    """
    return "".join(f"⟨U+{ord(ch):04X}⟩" if _steers(ch) else ch for ch in text)


def _steers(ch: str) -> bool:
    # Zero-width joiners belong to emoji and to several scripts; U+00AD only hints at a line break.
    return unicodedata.category(ch) in {"Cc", "Cf", "Co", "Cn"} and ch not in "\u200d\u200c\u00ad"


# Values for the template
# -----------------------


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
            )
        return self._numbers[key]


def display_name(document: Document) -> str:
    """Name a source for a reader in a few words: its publisher, else its file."""
    return document.publisher or PurePath(document.location).stem


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else ""


def markdown(briefing: Briefing) -> str:
    """Print the briefing as Markdown with footnotes; ends with one line break."""
    documents = {document.id: document for document in briefing.documents}
    notes = _Notes(documents)
    sections = [_section(section, briefing, documents, notes) for section in briefing.sections]
    text = (
        _environment()
        .get_template("briefing.md.j2")
        .render(
            title=briefing.title,
            as_of=f"{_day(briefing.as_of)}, {briefing.as_of:%H:%M} UTC",
            head=_head(briefing),
            drafter=briefing.drafter,
            sections=sections,
            withheld=[_withheld(claim) for claim in briefing.withheld],
            withheld_why=_count(f.kind.value for claim in briefing.withheld for f in claim.findings),
            refused=len(briefing.refused),
            sources=[_source(document, briefing) for document in briefing.documents],
            unread=briefing.unread,
            not_covered=len(briefing.not_covered),
            not_shown=len(briefing.not_shown),
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
    section: StorySection, briefing: Briefing, documents: Mapping[str, Document], notes: _Notes
) -> dict[str, Any]:
    claims = {claim.checked.id: claim for claim in briefing.claims}
    disputes = {dispute.id: dispute for dispute in briefing.disputes}
    return {
        "title": section.story.title,
        "articles": len(section.story.sources),
        "origins": section.origins,
        "lead": [_claim(claims[i], documents, notes) for i in section.lead],
        "claims": [_claim(claims[i], documents, notes) for i in section.claims],
        "disputes": [_dispute(disputes[i], documents, notes) for i in section.disputes],
    }


def _claim(claim: PublishedClaim, documents: Mapping[str, Document], notes: _Notes) -> dict[str, Any]:
    evidence = (*claim.checked.evidence, *claim.standing.corroboration)
    names = dict.fromkeys(display_name(documents[item.source]) for item in evidence)
    return {
        "text": claim.checked.text,
        "marks": notes.marks(evidence),
        "told_by": list(names),
        "standing": _standing(claim.standing, len(names)),
        "reservation": _reservation(claim.checked),
    }


def _standing(standing: ClaimStanding, tellers: int) -> str:
    if standing.standing is Standing.DISPUTED:
        return f"**disputed**, see {', '.join(standing.disputes)}"
    if standing.standing is Standing.CORROBORATED:
        return plural(standing.origins, "origin")
    return "single source" if tellers == 1 else "one origin"


def _reservation(claim: CheckedClaim) -> str:
    if claim.verdict is not Verdict.PARTLY:
        return ""
    if claim.answers.entailed is Answer.NOT_CHECKED:
        return "reworded; its figures, dates and names were checked, its meaning was not"
    return "supported in part"


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
        "note": grouped(dispute.note),
        "rows": [
            {
                "value": grouped(value.value) if dispute.kind is DisputeKind.QUANTITY else value.value,
                "names": [f"{display_name(documents[s])} ({s})" for s in value.sources],
                "quote": _in_context(value.evidence[0], documents),
                "marks": notes.marks(value.evidence),
            }
            for value in dispute.values
        ],
    }


def _in_context(evidence: Evidence, documents: Mapping[str, Document]) -> str:
    return in_context(documents[evidence.source].text, evidence.start, evidence.end)


def _withheld(claim: CheckedClaim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "verdict": claim.verdict.value,
        "why": [_why(f, claim.text) for f in claim.findings],
    }


def _why(finding: Finding, text: str) -> str:
    words = text[finding.start : finding.end]
    return f"{finding.kind.value} “{words}”: {finding.detail}" if words and words != text else finding.detail


def _count(kinds: Iterable[str]) -> list[str]:
    return [f"{kind} × {n}" for kind, n in sorted(Counter(kinds).items(), key=lambda pair: (-pair[1], pair[0]))]


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
        "sha256": document.sha256.removeprefix("sha256:")[:12],
    }


def _origin(source: str, briefing: Briefing) -> str:
    told = dict.fromkeys(
        f"relays {relay.outlet}" + (f" ({relay.relays})" if relay.relays else "")
        for relay in briefing.stories.relays
        if relay.source == source
    )
    return "; ".join(told) or "its own"


# The manifest
# ------------

# JSON leaves these as they are, and a terminal obeys them.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


def manifest(briefing: Briefing) -> str:
    """Print `briefing.json`: indented, keys in the order of the schema, ends with one line break."""
    return to_json(manifest_values(briefing))


def to_json(values: object) -> str:
    """Print JSON that is readable, stable, and safe to show on a terminal."""
    text = json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False)
    return _UNSAFE_IN_JSON.sub(_json_escape, text) + "\n"


def _json_escape(match: re.Match[str]) -> str:
    return json.dumps(match.group(), ensure_ascii=True)[1:-1]


def manifest_values(briefing: Briefing) -> dict[str, Any]:
    """Return the manifest as plain values, for `json` and for the schema."""
    return {
        "schema": SCHEMA,
        "title": briefing.title,
        "as_of": briefing.as_of.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "drafter": briefing.drafter,
        "sources": source_values(briefing.documents, briefing.stories),
        "stories": [
            {
                "id": section.story.id,
                "title": section.story.title,
                "sources": list(section.story.sources),
                "origins": section.origins,
                "lead": list(section.lead),
            }
            for section in briefing.sections
        ],
        "claims": [_published_values(claim) for claim in briefing.claims],
        "disputes": [_dispute_values(dispute) for dispute in briefing.disputes],
        "withheld": [_checked_values(claim) for claim in briefing.withheld],
        "not_covered": [_span_values(span) for span in briefing.not_covered],
        "not_shown": [_span_values(span) for span in briefing.not_shown],
        "refused": [{"story": r.story, "error": r.error, "reply": r.reply} for r in briefing.refused],
        "unread": [{"location": u.location, "error": u.error, "hint": u.hint} for u in briefing.unread],
        "usage": {
            "calls": briefing.usage.calls,
            "prompt_tokens": briefing.usage.prompt_tokens,
            "completion_tokens": briefing.usage.completion_tokens,
            "cached_tokens": briefing.usage.cached_tokens,
            "cost_usd": briefing.usage.cost_usd,
        },
        "provenance": {
            "version": briefing.provenance.version,
            "prompts": dict(briefing.provenance.prompts),
            "checker": dict(briefing.provenance.checker),
            "model": dict(briefing.provenance.model),
        },
    }


def source_values(documents: Sequence[Document], stories: Stories) -> list[dict[str, Any]]:
    """Return how each source was read and what it relays, as plain values for JSON."""
    origin_of = dict(stories.origins)
    story_of = {source: story.id for story in stories.stories for source in story.sources}
    relays: dict[str, list[Relay]] = {}
    for relay in stories.relays:
        relays.setdefault(relay.source, []).append(relay)
    return [
        _document_values(document, relays.get(document.id, []))
        | {"story": story_of[document.id], "origin": origin_of[document.id]}
        for document in documents
    ]


def _document_values(document: Document, relays: Sequence[Relay]) -> dict[str, Any]:
    return {
        "id": document.id,
        "location": document.location,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "media_type": document.media_type,
        "encoding": document.encoding,
        "extractor": document.extractor,
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "published": document.published.isoformat() if document.published else None,
        "published_precision": document.published_precision,
        "language": document.language,
        "relays": sorted({relay.relays for relay in relays if relay.relays}),
        "relayed": [{"outlet": r.outlet, "relays": r.relays, "start": r.start, "end": r.end} for r in relays],
        "notices": [{"kind": n.kind, "start": n.start, "end": n.end} for n in document.notices],
        "blocks": [{"role": b.role.value, "start": b.start, "end": b.end} for b in document.blocks],
        "warnings": list(document.warnings),
    }


def _published_values(claim: PublishedClaim) -> dict[str, Any]:
    return _checked_values(claim.checked) | {
        "standing": claim.standing.standing.value,
        "origins": claim.standing.origins,
        "corroboration": _evidence_values(claim.standing.corroboration),
        "disputes": list(claim.standing.disputes),
    }


def _checked_values(claim: CheckedClaim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "story": claim.story,
        "text": claim.text,
        "verdict": claim.verdict.value,
        "standing": None,
        "origins": 0,
        "score": claim.score,
        "answers": {
            "located": claim.answers.located.value,
            "consistent": claim.answers.consistent.value,
            "entailed": claim.answers.entailed.value,
        },
        "decided_by": claim.decided_by,
        "moved_from": list(claim.moved_from),
        "evidence": _evidence_values(claim.evidence),
        "findings": [
            {"kind": f.kind.value, "detail": f.detail, "start": f.start, "end": f.end} for f in claim.findings
        ],
    }


def _evidence_values(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [
        {"source": e.source, "start": e.start, "end": e.end, "text": e.text, "match": e.match.value} for e in evidence
    ]


def _dispute_values(dispute: Dispute) -> dict[str, Any]:
    return {
        "id": dispute.id,
        "story": dispute.story,
        "about": dispute.about[:1].upper() + dispute.about[1:],
        "kind": dispute.kind.value,
        "assessment": dispute.assessment.value,
        "note": dispute.note,
        "values": [
            {"value": v.value, "sources": list(v.sources), "evidence": _evidence_values(v.evidence)}
            for v in dispute.values
        ],
    }


def _span_values(span: Span) -> dict[str, Any]:
    return {"source": span.source, "start": span.start, "end": span.end}
