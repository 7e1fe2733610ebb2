"""Give claims that failed a check back to the model, with what was found and the sentences that would settle it.

Only the claims that failed go back, never the briefing. A correction meets the same checks as the draft. The
claim it corrects stays withheld, with its findings, whatever becomes of the correction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from briefing.calls import Calls, refusal, usage_of
from briefing.claims.drafted import folded_text
from briefing.claims.revised import Check, Revised
from briefing.claims.settling import Settling
from briefing.errors import ModelError, ReplyError
from briefing.fencing import fenced, numbered
from briefing.model import Reply, Request
from briefing.prompts import MAX_CITES, REPAIR_SCHEMA, DraftedClaim, Rendered, RepairReply, read_repair, render
from briefing.types import PUBLISHED, CheckedClaim, Claim, Finding, Refusal, Sentence, Stories

_PROMPT = "repair_claims"
#: The most claims in one call: replies about more are longer than small models keep up.
_BATCH = 12
#: Tokens of sentences shown for one claim: about three of English news. The first that it cites is always shown.
_SENTENCE_TOKENS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    """A claim that failed, what was found, and the sentences that would settle it."""

    claim: Claim
    found: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Correction:
    """What failed, and what the model wrote instead."""

    of: Claim
    claim: DraftedClaim


def repair(
    draft: Revised,
    stories: Stories,
    sentences: Sequence[Sentence],
    calls: Calls,
    *,
    check: Check,
    rounds: int,
) -> Revised:
    """Have the claims that failed corrected, at most `rounds` times, with one call per story and round.

    A correction stands behind the claim that it corrects and names it in `corrects`; where that one opened its
    story, a correction that passes does so instead. A call that fails leaves its claims withheld, is kept as a
    `Refusal`, and is not made again. Raises no `ModelError`.
    """
    failing = [claim for claim in draft.checked if _fails(claim)]
    if not failing:
        return draft
    hidden = frozenset(draft.draft.not_shown)
    desk = _Desk([s for s in sentences if s.id not in hidden], stories, calls)
    for _ in range(rounds):
        draft, failing = _round(draft, failing, desk, check)
        if not failing:
            break
    return draft


def _round(
    draft: Revised, failing: Sequence[CheckedClaim], desk: _Desk, check: Check
) -> tuple[Revised, list[CheckedClaim]]:
    """Ask once about all that fail; return what became of it, and the corrections that fail in their turn."""
    claims = {claim.id: claim for claim in draft.draft.claims}
    batches = desk.batches([(claims[checked.id], checked) for checked in failing])
    answers = desk.calls.ask([desk.request(batch) for batch in batches])
    corrections: list[_Correction] = []
    refused: list[Refusal] = []
    for batch, answer in zip(batches, answers, strict=True):
        read = _read(batch, answer)
        errors = (read,) if isinstance(read, ModelError) else read.refused
        refused += [refusal(batch[0].claim.story, error, about="repair") for error in errors]
        if isinstance(read, RepairReply):
            found = sorted(read.corrections.items())
            corrections += [_Correction(of=batch[number - 1].claim, claim=claim) for number, claim in found]
    new, repeated = _numbered(corrections, draft.draft.claims)
    checked = [replace(c, corrects=of) for of, c in zip(new, check(tuple(new.values())), strict=True)]
    draft = draft.asked(desk.empty, usage_of(answers)).refusing((*refused, *repeated))
    return _with_corrections(draft, new, checked), [claim for claim in checked if _fails(claim)]


def _fails(claim: CheckedClaim) -> bool:
    """Whether something was found that a model could be told."""
    return claim.verdict not in PUBLISHED and bool(claim.findings)


# One call
# --------


class _Desk:
    """What all calls of a repair share."""

    def __init__(self, sentences: Iterable[Sentence], stories: Stories, calls: Calls) -> None:
        self.calls = calls
        self.empty = _prompt(fenced([], secret=b""))
        self._settling = Settling(sentences, stories.stories)
        self._room, _ = calls.room(self.empty, REPAIR_SCHEMA, reply=calls.reply_tokens(_BATCH))

    def batches(self, failing: Sequence[tuple[Claim, CheckedClaim]]) -> list[list[_Case]]:
        """Share the claims out over calls: one per story, more where they do not fit."""
        cases = [self._case(claim, checked) for claim, checked in failing]
        told = groupby(cases, key=lambda case: case.claim.story)
        return [batch for _, story in told for batch in _filled(story, self._tokens, self._room)]

    def request(self, batch: Sequence[_Case]) -> Request:
        """Make the call about these claims, numbered from 1; a sentence is shown with the first that it settles."""
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        shown: set[str] = set()
        for number, case in enumerate(batch, start=1):
            lines = [(sentence.id, sentence.text) for sentence in case.sentences if sentence.id not in shown]
            groups.append((_heading(number, case, shown), lines))
            shown.update(sentence.id for sentence in case.sentences)
        prompt = _prompt(fenced(groups, secret=self.calls.secret))
        return Request(
            system=prompt.system,
            user=prompt.user,
            schema_name=_PROMPT,
            schema=REPAIR_SCHEMA,
            max_tokens=self.calls.reply_tokens(len(batch)),
        )

    def _case(self, claim: Claim, checked: CheckedClaim) -> _Case:
        found = "; ".join(dict.fromkeys(_plain(finding, claim.text) for finding in checked.findings))
        return _Case(claim=claim, found=found, sentences=tuple(self._fitting(self._settling.sentences_for(claim))))

    def _fitting(self, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
        left = _SENTENCE_TOKENS
        for place, sentence in enumerate(sentences):
            tokens = self._sentence_tokens(sentence)
            if tokens <= left or (place == 0 and tokens <= self._room // 2):
                left -= tokens
                yield sentence

    def _tokens(self, case: _Case) -> int:
        heading = _heading(_BATCH, case, [sentence.id for sentence in case.sentences])
        return self.calls.line_tokens(heading) + sum(map(self._sentence_tokens, case.sentences))

    def _sentence_tokens(self, sentence: Sentence) -> int:
        return self.calls.line_tokens(numbered(sentence.id, sentence.text))


def _prompt(claims: str) -> Rendered:
    return render(_PROMPT, claims=claims, max_cites=MAX_CITES)


def _filled(cases: Iterable[_Case], tokens: Callable[[_Case], int], room: int) -> list[list[_Case]]:
    batches: list[list[_Case]] = []
    used = 0
    for case in cases:
        cost = tokens(case)
        if not batches or len(batches[-1]) == _BATCH or used + cost > room:
            batches.append([])
            used = 0
        batches[-1].append(case)
        used += cost
    return batches


def _heading(number: int, case: _Case, shown: Collection[str]) -> str:
    above = [sentence.id for sentence in case.sentences if sentence.id in shown]
    also = f" See {', '.join(above)}." if above else ""
    return f"Claim {number}: {case.claim.text} Found: {case.found}.{also}"


def _plain(finding: Finding, text: str) -> str:
    """Say in words what was found.

    >>> from briefing.types import FindingKind
    >>> finding = Finding(kind=FindingKind.NUMBER_DIFFERS, detail="the evidence says 400", start=0, end=5)
    >>> _plain(finding, "4,000 people left.")
    'number differs: “4,000”, the evidence says 400'
    """
    words = text[finding.start : finding.end]
    about = f"“{words}”, " if words and words != text else ""
    return f"{finding.kind.value.replace('_', ' ')}: {about}{finding.detail}"


def _read(batch: Sequence[_Case], answer: Reply | ModelError) -> RepairReply | ModelError:
    if isinstance(answer, ModelError):
        return answer
    shown = {sentence.id for case in batch for sentence in case.sentences}
    try:
        return read_repair(answer, numbers=range(1, len(batch) + 1), shown=shown)
    except ReplyError as error:
        return error


# All answers together
# --------------------


def _numbered(
    corrections: Iterable[_Correction], claims: Sequence[Claim]
) -> tuple[dict[str, Claim], tuple[Refusal, ...]]:
    """Number the corrections on from the claims, by the id of what each corrects; refuse what was said before."""
    said = {(claim.story, folded_text(claim.text)): claim.id for claim in claims}
    last = max((int(claim.id[1:]) for claim in claims), default=0)
    new: dict[str, Claim] = {}
    repeated: list[Refusal] = []
    for correction in corrections:
        of, claim = correction.of, correction.claim
        key = (of.story, folded_text(claim.text))
        if key in said and (said[key] != of.id or set(claim.cites) == set(of.cites)):
            repeated.append(
                Refusal(story=of.story, error=f"repair: {of.id} says what {said[key]} said", reply=claim.text)
            )
            continue
        new[of.id] = Claim(id=f"C{last + len(new) + 1}", story=of.story, text=claim.text, cites=claim.cites)
        said[key] = new[of.id].id
    return new, tuple(repeated)


def _with_corrections(draft: Revised, new: Mapping[str, Claim], checked: Iterable[CheckedClaim]) -> Revised:
    """Put each correction behind what it corrects, and those that pass into the lead in its place."""
    after = {claim.corrects: claim for claim in checked}
    in_order = tuple(c for first in draft.checked for c in (first, after.get(first.id)) if c is not None)
    first_of: dict[str, str] = {}
    for claim in in_order:
        first_of[claim.id] = first_of[claim.corrects] if claim.corrects else claim.id
    passing = {first_of[claim.id]: claim.id for claim in in_order if claim.corrects and claim.verdict in PUBLISHED}
    claims = (*draft.draft.claims, *new.values())
    return Revised(draft=replace(draft.draft, claims=claims), checked=in_order).leading(passing)
