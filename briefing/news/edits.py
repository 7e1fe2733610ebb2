"""What became of the sources of published claims: corrected, edited, or gone.

A span that has moved and reads as before is not edited. Nothing here decides that what a source now says is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.consistency import CONTRADICTIONS, evidence_of, inconsistencies, passage_of
from briefing.news.carrying import Before, Today, Told
from briefing.news.wording import given
from briefing.spans import Tolerance, find
from briefing.terms import content_terms
from briefing.types import Change, ChangeKind, Evidence, Given, Sentence
from briefing.values import Quantity, canonical, read_quantities, same_amount

_AS_IT_STANDS = Tolerance(cutoff=101)
_SAME_SENTENCE = 0.5
"""Least share of the terms of both sentences that are in both, for one to be the other rewritten."""


def withdrawn(today: Today, before: Before) -> Iterator[Change]:
    """Yield the claims that rest on an article that is no longer there."""
    for told in _latest(before.claims):
        gone = tuple(e for e in told.claim.evidence if today.keys.get(e.source) in today.withdrawn)
        if gone:
            left = {today.keys[e.source] for e in told.spans} - today.withdrawn
            note = "Other sources that were given for it are still there." if left else ""
            yield Change(
                kind=ChangeKind.SOURCE_WITHDRAWN,
                about=told.claim.text,
                before=_spans_given(gone, today),
                told=told.earlier,
                note=note,
            )


def rewritten(today: Today, before: Before) -> Iterator[Change]:
    """Yield the claims whose sentence reads otherwise in today's version of the article that they rest on.

    It is corrected when it differs by value, a figure, a date, a name's title or a denial; else edited.
    """
    for told in _latest(before.claims):
        for span in told.claim.evidence:
            now = today.newest.get(span.source, span.source)
            if now == span.source or now not in today.fresh:
                continue
            if not find(span.text, today.by_id[now].text, tolerance=_AS_IT_STANDS):
                yield _rewritten(told, span, _nearest(span.text, today.told_by[now]), today)
                break


def _rewritten(told: Told, span: Evidence, now: Sentence | None, today: Today) -> Change:
    if now is None:
        note = "The article no longer has this sentence, nor one like it."
        kind, before, after = ChangeKind.SOURCE_EDITED, _spans_given([span], today), ()
        return Change(kind=kind, about=told.claim.text, before=before, after=after, told=told.earlier, note=note)
    document, old = today.by_id[now.source], today.by_id[span.source]
    was = old.published.date() if old.published else None
    against = inconsistencies(span.text, [passage_of(now, document)], published=was)
    differs = next((f for f in against if f.kind in CONTRADICTIONS), None)
    values = _figures_apart(span.text, now.text)
    corrected = differs is not None or values is not None
    value, other = values or (span.text, now.text)
    return Change(
        kind=ChangeKind.CORRECTED if corrected else ChangeKind.SOURCE_EDITED,
        about=told.claim.text,
        claims=today.claims_on([evidence_of(now)]),
        before=(Given(value=value, day=today.days[span.source], evidence=(span,)),),
        after=(Given(value=other, day=today.day, evidence=(evidence_of(now),)),),
        told=told.earlier,
        note="The article has been changed without a notice." if corrected else "",
    )


def _figures_apart(was: str, now: str) -> tuple[str, str] | None:
    """Return the amount that only the first gives and the one of its kind that only the other gives, if any."""
    old, new = ([q for q in read_quantities(text) if q.comparable] for text in (was, now))
    lost = [q for q in old if not any(same_amount(q, other) for other in new)]
    come = [q for q in new if not any(same_amount(q, other) for other in old)]
    pairs = [(a, b) for a in lost for b in come if (a.kind, a.unit) == (b.kind, b.unit)]
    return (canonical(pairs[0][0]), canonical(pairs[0][1])) if len(pairs) == 1 else None


def _nearest(text: str, sentences: Iterable[Sentence]) -> Sentence | None:
    """Return the sentence that this one may have become, if any is alike enough."""
    terms = frozenset(content_terms(text))
    alike = [(_likeness(terms, frozenset(content_terms(s.text))), s) for s in sentences]
    share, nearest = max(alike, key=lambda each: each[0], default=(0.0, None))
    return nearest if share >= _SAME_SENTENCE else None


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / ((len(a) + len(b)) or 1)


# Correction notices
# ------------------

_RETRACTS = re.compile(
    r"\b(?:(?:earlier|previous|original|prior|initial|first) (?:version|article|story|report|post|headline|edition)"
    r"|incorrectly|mistakenly|erroneously|wrongly|misstated|misidentified|originally|in error)\b",
    re.I,
)
_NOT = re.compile(r"(?:, not|\band not|\brather than|\binstead of) (?P<wrong>(?:\S+ ){0,7}?\S+?)(?=[.,;]|$)", re.I)
# "She is its treasurer": nobody knows who without the sentence before.
_POINTS_BACK = re.compile(r"(?:he|she|it|they|his|her|its|their|this|that|these|those)\b", re.I)
_SAID_OF_NOTICES = frozenset(
    content_terms(
        "correction corrected earlier previous original version this article story report post said stated gave "
        "incorrectly mistakenly erroneously wrongly misstated misidentified originally clarification updated editor "
        "note"
    )
)
_TOLD_WRONG = 0.6
"""Share of the terms of what a notice calls wrong that a claim must hold to have told it."""
_ABOUT_IT = 0.4
"""Share of the terms of what a notice puts right that a claim must hold to be about it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wrong:
    """What a notice says was wrong."""

    text: str
    subject: frozenset[str]
    """Terms of what it is said of, where only a few words are called wrong: "Harrow speaks for one, not the other"."""

    @property
    def terms(self) -> frozenset[str]:
        """Its terms without the words of every notice."""
        return frozenset(content_terms(self.text)) - _SAID_OF_NOTICES


@dataclass(frozen=True, kw_only=True, slots=True)
class _Correction:
    """What one notice says."""

    source: str
    right: tuple[Sentence, ...]
    """The sentences that say how it is; where none does, all of the notice."""
    shown: tuple[Sentence, ...]
    """Those that a reader needs to understand them."""
    wrong: tuple[_Wrong, ...]

    @property
    def told(self) -> str:
        """How it is, in its words, without how it is not."""
        return " ".join(_NOT.sub(" ", s.text) for s in self.right)


def corrected_by_notice(today: Today, before: Before) -> Iterator[Change]:
    """Yield the claims that a correction notice of today says are wrong, whoever published what they rest on."""
    notices = [c for source in sorted(today.fresh, key=_number) for c in _corrections(source, today)]
    for told in _latest(before.claims):
        for notice in notices:
            if _tells_what_was_wrong(told, notice) or _differs(told, notice, today):
                yield _corrected(told, notice, today)
                break


def _number(source: str) -> tuple[int, str]:
    return len(source), source


def _corrections(source: str, today: Today) -> Iterator[_Correction]:
    """Yield the correction notices of a source that no earlier version of it had."""
    document = today.by_id[source]
    for notice in document.notices:
        own = [s for s in today.told_by[source] if notice.start <= s.start < notice.end]
        if notice.kind != "correction" or not own or _stood_before(source, own, today):
            continue
        right = tuple(s for s in own if not _RETRACTS.search(s.text) or _NOT.search(s.text))
        retracted = (s.text for s in own if _RETRACTS.search(s.text) and not _NOT.search(s.text))
        wrong = [_Wrong(text=text, subject=frozenset()) for text in retracted]
        wrong += [_Wrong(text=m["wrong"], subject=_subject(s.text)) for s in own for m in _NOT.finditer(s.text)]
        points_back = bool(right) and _POINTS_BACK.match(right[0].text)
        yield _Correction(
            source=source,
            right=right or tuple(own),
            shown=tuple(own) if points_back else right or tuple(own),
            wrong=tuple(wrong),
        )


def _stood_before(source: str, own: Sequence[Sentence], today: Today) -> bool:
    older = [d for d in today.documents if today.keys[d.id] == today.keys[source] and d.id != source]
    return any(all(find(s.text, d.text, tolerance=_AS_IT_STANDS) for s in own) for d in older)


def _tells_what_was_wrong(told: Told, notice: _Correction) -> bool:
    """Whether a claim says what a notice says was wrong, with every figure of it."""
    claim = frozenset(content_terms(told.claim.text))
    right = frozenset(t for s in notice.right for t in content_terms(s.text))
    for wrong in notice.wrong:
        terms = wrong.terms
        about = bool(wrong.subject & claim) and len(claim & right) >= _A_FEW if wrong.subject else len(terms) > _A_FEW
        figures = [q for q in read_quantities(wrong.text) if q.comparable]
        if terms and about and len(terms & claim) >= _TOLD_WRONG * len(terms) and _gives(told.claim.text, figures):
            return not right <= claim
    return False


def _subject(text: str) -> frozenset[str]:
    """The first terms of a sentence of a notice: what it is about."""
    return frozenset([term for term in content_terms(text) if term not in _SAID_OF_NOTICES][:_A_FEW])


_A_FEW = 2


def _gives(text: str, figures: Sequence[Quantity]) -> bool:
    own = read_quantities(text) if figures else ()
    return all(any(same_amount(figure, q) for q in own) for figure in figures)


def _differs(told: Told, notice: _Correction, today: Today) -> bool:
    """Whether a claim differs by value from what a notice puts right."""
    claim = frozenset(content_terms(told.claim.text))
    document = today.by_id[notice.source]
    for sentence in notice.right:
        terms = frozenset(content_terms(sentence.text)) - _SAID_OF_NOTICES
        if _NOT.search(sentence.text) or len(terms & claim) < max(_A_FEW, _ABOUT_IT * len(terms)):
            continue
        against = inconsistencies(told.claim.text, [passage_of(sentence, document)])
        if any(finding.kind in CONTRADICTIONS for finding in against):
            return True
    return False


def _corrected(told: Told, notice: _Correction, today: Today) -> Change:
    spans = tuple(evidence_of(s) for s in notice.shown)
    shown = " ".join(s.text for s in notice.shown)
    value, other = _figures_apart(told.claim.text, notice.told) or (told.claim.text, shown)
    before = _spans_given(told.claim.evidence, today)
    return Change(
        kind=ChangeKind.CORRECTED,
        about=told.claim.text,
        claims=today.claims_on(spans),
        before=tuple(replace(then, value=value) for then in before),
        after=(Given(value=other, day=today.day, evidence=spans),),
        told=told.earlier,
        note="It is put right in a correction notice.",
    )


# What was told
# -------------


def _latest(claims: Sequence[Told]) -> tuple[Told, ...]:
    """The claims in the order they were told; one that was told on two days, as it was told last."""
    return tuple({told.claim.text: told for told in claims}.values())


def _spans_given(spans: Iterable[Evidence], today: Today) -> tuple[Given, ...]:
    return given((" ".join(span.text.split()), today.days[span.source], span) for span in spans)
