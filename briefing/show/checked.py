"""A text that was checked, once more: marks in place, evidence beneath. For a terminal and for a program.

The other formats, in `marked`, print the same rows.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing import checks
from briefing.pipeline import TextCheck
from briefing.render import MOST_VALUES, claim_values, dispute_values, name_of, plural, show_controls, source_values
from briefing.show.readings import unread_values
from briefing.texts import Citation, Kind, Stated
from briefing.types import BORNE_OUT, AnsweredClaim, Dispute, Evidence, TextAnswer

SIGNS = {
    TextAnswer.SUPPORTED_BY_CITED: "✓",
    TextAnswer.SUPPORTED: "✓",
    TextAnswer.SUPPORTED_ELSEWHERE: "↷",
    TextAnswer.PARTLY: "~",
    TextAnswer.UNSURE: "?",
    TextAnswer.CONTRADICTED: "✗",
    TextAnswer.NOWHERE: "∅",
    TextAnswer.NOT_CHECKABLE: " ",
    TextAnswer.NOT_CHECKED: "·",
}
LABELS = {
    TextAnswer.SUPPORTED_BY_CITED: "supported by what it cites",
    TextAnswer.SUPPORTED: "supported, cites nothing",
    TextAnswer.SUPPORTED_ELSEWHERE: "supported, but not by what it cites",
    TextAnswer.PARTLY: "partly supported",
    TextAnswer.UNSURE: "not decided",
    TextAnswer.CONTRADICTED: "contradicted",
    TextAnswer.NOWHERE: "found nowhere",
    TextAnswer.NOT_CHECKABLE: "not checkable",
    TextAnswer.NOT_CHECKED: "not checked",
}
_WIDTH = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Evidence as it is printed."""

    source: str
    name: str
    start: int
    end: int
    text: str
    what: str
    """What it is, where it is not what the claim cites: `elsewhere`, or `closest` where nothing supports it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One claim as it is printed. All strings are as they came: whoever prints them escapes them."""

    id: str
    answer: TextAnswer
    kind: Kind
    opens: bool
    """Whether it begins a new paragraph, item or cell."""
    lead: str
    """What stands before it on its line and is no claim, such as `- ` or `## `."""
    parts: tuple[tuple[str, bool], ...]
    """Its text, cut where words begin or end that are not borne out (True)."""
    notes: tuple[str, ...]
    quotes: tuple[Quote, ...]

    @property
    def sign(self) -> str:
        """One character."""
        return SIGNS[self.answer]

    @property
    def label(self) -> str:
        """What an item or a reference is called, as it is written: `2.`, `[1]`, a picture; none for a mere bullet."""
        return self.lead.strip("-*+•‣–> \t") if self.kind in (Kind.ITEM, Kind.REFERENCE) else ""

    @property
    def head(self) -> str:
        """Of a cell, the cells before it in its row."""
        return ", ".join(self.lead.strip("| \t").split("|")) if self.kind is Kind.CELL else ""


def rows(result: TextCheck) -> tuple[Row, ...]:
    """Return every claim of the text in order, ready to be printed."""
    texts = {piece.path: piece.text for piece in result.pieces}
    found: list[Row] = []
    before: Stated | None = None
    for stated, claim in zip(result.stated, result.answered, strict=True):
        text = texts[stated.path]
        same = before is not None and before.path == stated.path
        gap = text[before.end if before and same else 0 : stated.start]
        opens = not same or "\n" in gap or "\r" in gap
        found.append(_row(result, stated, claim, text, opens=opens, lead=gap.splitlines()[-1] if gap.strip() else ""))
        before = stated
    return tuple(found)


def _row(result: TextCheck, stated: Stated, claim: AnsweredClaim, text: str, *, opens: bool, lead: str) -> Row:
    return Row(
        id=stated.claim.id,
        answer=claim.answer,
        kind=stated.kind,
        opens=opens,
        lead=lead,
        parts=tuple(_parts(stated, claim, text)),
        notes=tuple(dict.fromkeys(_notes(result, stated, claim))),
        quotes=tuple(_quotes(result, claim)),
    )


def places(stated: Stated, claim: AnsweredClaim) -> list[tuple[int, int]]:
    """Return where in the text the words stand that are not borne out: half-open, in order, never overlapping."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(claim.words):
        at = [a for a in stated.at[start:end] if stated.start <= a < stated.end]
        if at and (not found or min(at) >= found[-1][1]):
            found.append((min(at), max(at) + 1))
    return found


def _parts(stated: Stated, claim: AnsweredClaim, text: str) -> Iterator[tuple[str, bool]]:
    at = stated.start
    for start, end in places(stated, claim):
        yield from [(text[at:start], False)] if start > at else []
        yield text[start:end], True
        at = end
    if at < stated.end:
        yield text[at : stated.end], False


def _notes(result: TextCheck, stated: Stated, claim: AnsweredClaim) -> Iterator[str]:
    if stated.not_checkable:
        return
    for finding in claim.checked.findings:
        words = " ".join(claim.checked.text[finding.start : finding.end].split())
        about = f"“{words}”: " if words and words != claim.checked.text else ""
        yield f"{finding.kind.value.replace('_', ' ')}: {about}{finding.detail}"
    if claim.answer is TextAnswer.UNSURE:
        yield from _unsure(claim)
    if claim.answer is TextAnswer.CONTRADICTED and claim.elsewhere:
        yield "another source than those it cites supports it"
    for citation in stated.citations:
        if not citation.sources:
            yield f"citation {' '.join(citation.label.split())} means none of the sources: {citation.by}"
    yield from (_disagreement(dispute) for dispute in result.disputes_about(claim))


def _unsure(claim: AnsweredClaim) -> Iterator[str]:
    if claim.elsewhere:
        yield "what it cites does not tell it; another source may"
    chance = f", chance {claim.checked.score:.0%}" if claim.checked.score is not None else ""
    told = ", ".join(claim.checked.text[start:end] for start, end in checks.unshared(claim.checked))
    other = f"; in other words: {told}" if told else ""
    yield f"nothing speaks against it; whether the meaning follows was not settled{chance}{other}"


def _disagreement(dispute: Dispute) -> str:
    values = "; ".join(f"{value.value} ({', '.join(value.sources)})" for value in dispute.values[:MOST_VALUES])
    more = len(dispute.values[MOST_VALUES:])
    return f"the sources disagree on {dispute.about}: {values}" + (
        f"; and {plural(more, 'more value')}" if more else ""
    )


def _quotes(result: TextCheck, claim: AnsweredClaim) -> Iterator[Quote]:
    closest = "closest" if claim.answer is TextAnswer.NOWHERE else ""
    told = (*checks.telling(claim.checked, claim.checked.evidence), *checks.telling(claim.checked, claim.elsewhere))
    for evidence in dict.fromkeys(told):
        yield _quote(result, evidence, "elsewhere" if evidence in claim.elsewhere else closest)


def _quote(result: TextCheck, evidence: Evidence, what: str) -> Quote:
    document = next(d for d in result.reading.documents if d.id == evidence.source)
    return Quote(
        source=evidence.source,
        name=name_of(document.publisher, document.location),
        start=evidence.start,
        end=evidence.end,
        text=" ".join(evidence.text.split()),
        what=what,
    )


def summary(result: TextCheck) -> str:
    """Return one line: how many claims, how many of each answer."""
    counts = Counter(claim.answer for claim in result.answered)
    told = [f"{counts[answer]} {LABELS[answer]}" for answer in TextAnswer if counts[answer]]
    claims = len(result.answered) - counts[TextAnswer.NOT_CHECKABLE]
    return f"{plural(claims, 'claim')}: " + (", ".join(told) or "nothing to check")


def text_check(result: TextCheck) -> str:
    """Print the text again, a claim a paragraph with its sign, what is wrong and evidence beneath; then a summary.

    Words that are not borne out stand between ⟦ and ⟧.
    """
    lines: list[str] = []
    for row in rows(result):
        lines += [""] if lines and row.opens and row.kind is not Kind.REFERENCE else []
        text = row.lead.lstrip() + "".join(f"⟦{words}⟧" if marked else words for words, marked in row.parts)
        lines += _wrapped(f"{row.sign} ", text)
        if row.answer is not TextAnswer.NOT_CHECKABLE:
            lines += _beneath(row)
    lines += ["", *_wrapped("", summary(result))]
    return "".join(line + "\n" for line in lines)


def _beneath(row: Row) -> Iterator[str]:
    if row.answer not in BORNE_OUT:
        yield from _wrapped("    ", LABELS[row.answer])
    for note in row.notes:
        yield from _wrapped("    - ", note)
    for quote in row.quotes:
        where = f"{quote.what}: " if quote.what else ""
        yield from _wrapped("    ", f"{where}{quote.source} {quote.name} {quote.start}–{quote.end}: “{quote.text}”")


def _wrapped(first: str, text: str) -> list[str]:
    safe = show_controls(" ".join(text.split()))
    indent = " " * len(first)
    return textwrap.wrap(safe, _WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def text_check_values(result: TextCheck) -> dict[str, Any]:
    """Return the same as plain values for JSON: claims as in the manifest, each with its answer and its place."""
    return {
        "claims": [_values(result, *both) for both in zip(result.stated, result.answered, strict=True)],
        "summary": dict(Counter(claim.answer.value for claim in result.answered)),
        "disputes": dispute_values(result.disputes),
        "sources": source_values(result.reading.documents, result.reading.stories),
        "unread": unread_values(result.reading),
    }


def _values(result: TextCheck, stated: Stated, claim: AnsweredClaim) -> dict[str, Any]:
    return claim_values(claim.checked, result.standings.get(claim.checked.id)) | {
        "answer": claim.answer.value,
        "flagged": claim.flagged,
        "kind": stated.kind.value,
        "not_checkable": stated.not_checkable or None,
        "citations": [_citation(citation) for citation in stated.citations],
        "covered_by": [_citation(citation) for citation in stated.covered_by],
        "elsewhere": [{"source": e.source, "start": e.start, "end": e.end, "text": e.text} for e in claim.elsewhere],
        "words": [{"start": start, "end": end} for start, end in places(stated, claim)],
        "path": stated.path,
        "start": stated.start,
        "end": stated.end,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    c = citation
    return {"label": c.label, "start": c.start, "end": c.end, "sources": list(c.sources), "by": c.by}
