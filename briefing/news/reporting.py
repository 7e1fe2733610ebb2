"""What is new about a story, in the order in which a reader wants to know it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.crosschecks.apart import OneQuestion
from briefing.entailment import Comparison
from briefing.news.amounts import Amounts
from briefing.news.carrying import Before, Today, overlap
from briefing.news.disagreeing import opened, settled, turned
from briefing.news.edits import corrected_by_notice, rewritten, withdrawn
from briefing.news.offices import changed_offices
from briefing.news.schedule import put_off
from briefing.news.wording import given
from briefing.types import Change, ChangeKind, Evidence, Given, News

_ORDER = (
    ChangeKind.CORRECTED,
    ChangeKind.CHANGED_VALUE,
    ChangeKind.DISPUTE_OPENED,
    ChangeKind.DISPUTE_SETTLED,
    ChangeKind.SOURCE_EDITED,
    ChangeKind.SOURCE_WITHDRAWN,
    ChangeKind.NEW_FACT,
)


def news(today: Today, before: Before, comparison: Comparison | None = None) -> News:
    """Say what changed since the thread was last told, every change with the spans that show it.

    With a `comparison`, amounts and dates in sentences that it takes for those of two things are no change.
    """
    if before.since is None:
        return News(since=None)
    changes = [change for change in _changes(today, before, comparison) if not _was_reported(change, before)]
    facts = _new_facts(today, changes)
    in_order = sorted([*changes, *facts], key=lambda change: _ORDER.index(change.kind))
    own = [s for s in today.sentences if s.source in today.fresh]
    return News(
        since=before.since,
        changes=tuple(in_order),
        told_again=sum(s.id not in today.untold for s in own),
        days=tuple((v.source, v.day) for v in today.versions if v.day != today.day),
    )


def _changes(today: Today, before: Before, comparison: Comparison | None) -> list[Change]:
    amounts = Amounts(today, before)
    corrected = list(corrected_by_notice(today, before))
    seen = {change.told for change in corrected}
    edits = [change for change in rewritten(today, before) if change.told not in seen]
    values = [*(amounts.told_as(*pair) for pair in amounts.changes()), *put_off(today, before)]
    if comparison:
        question = OneQuestion(today.sentences, comparison)
        values = [v for v in values if question.may_be_answered_by([_spans(v.before), _spans(v.after)])]
    values += changed_offices(today, before)
    noticed, values = _merged(corrected, [*values, *turned(today, before)])
    edited = [change for change in edits if change.kind is not ChangeKind.CORRECTED]
    unnoticed = [change for change in edits if change not in edited]
    # A value that other articles of today give as well has changed; what only the one article has, it has put right.
    wide = [v for v in values if not _is_of(v, unnoticed)]
    unnoticed, _ = _merged([c for c in unnoticed if not _is_of(c, wide)], [v for v in values if v not in wide])
    explained = [*noticed, *unnoticed, *wide]
    return [
        *explained,
        *opened(today, before, amounts, explained),
        *settled(today, before, amounts),
        *edited,
        *withdrawn(today, before),
    ]


def _merged(corrected: Iterable[Change], values: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """Put a change of value into the correction that is about the same; return the corrections and what is left."""
    left = list(values)
    found: list[Change] = []
    for change in corrected:
        same = [value for value in left if _is_same(value, change)]
        left = [value for value in left if value not in same]
        found.append(_with_values(change, same))
    return found, left


def _with_values(correction: Change, same: Sequence[Change]) -> Change:
    """Add where today's articles give the value that a correction puts right."""
    if not same:
        return correction
    claims = dict.fromkeys([*correction.claims, *(claim for value in same for claim in value.claims)])
    spans = [given for value in (correction, *same) for given in value.after]
    return replace(correction, about=same[0].about, claims=tuple(claims), after=_together(spans))


def _is_same(value: Change, correction: Change) -> bool:
    """Whether both take one value back and give one instead."""
    taken = overlap(_spans(value.before), _spans(correction.before))
    return taken and bool({given.value for given in value.after} & {given.value for given in correction.after})


def _is_of(change: Change, others: Sequence[Change]) -> bool:
    """Whether all the spans of today that a change shows are among those of the others."""
    told = [span for other in others for span in _spans(other.after)]
    return bool(told) and all(overlap([span], told) for span in _spans(change.after))


def _spans(values: Iterable[Given]) -> list[Evidence]:
    return [span for value in values for span in value.evidence]


def _together(values: Iterable[Given]) -> tuple[Given, ...]:
    return given((value.value, value.day, span) for value in values for span in value.evidence)


def _was_reported(change: Change, before: Before) -> bool:
    """Whether an earlier brief reported the same of the same claim."""
    return any(
        other.kind is change.kind
        and other.told is not None
        and change.told is not None
        and other.told.text == change.told.text
        and [value.value for value in other.after] == [value.value for value in change.after]
        for other in before.changes
    )


def _new_facts(today: Today, changes: Iterable[Change]) -> Iterator[Change]:
    """Yield today's claims that tell something new and that no other change tells."""
    covered = {claim for change in changes for claim in change.claims}
    for published in today.claims:
        claim = published.checked
        if claim.id not in covered and overlap(claim.evidence, today.news_spans):
            yield Change(kind=ChangeKind.NEW_FACT, about=claim.text, claims=(claim.id,))
