"""Ask a second model about the claims that the checks leave open: a veto, and a vouch that must name its words.

It is shown a claim and the sentences it cites and nothing else. What it says is no more than a witness: an objection
lowers a verdict, an agreement raises one only where the words it names stand in the evidence and no rule objects, and
claims with a known answer, planted in every call, say whether it can be believed at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.errors import ModelError, ModelRefused, ModelUnavailable, ReplyError
from briefing.judging.batches import Batch, batches
from briefing.judging.planted import Planted
from briefing.judging.replies import JUDGE_SCHEMA, Opinion, Said, read_judgements
from briefing.judging.rulings import Judgement, JudgePolicy, Outcome, rule, uncertain
from briefing.model import Model, Reply, ask_all
from briefing.types import CheckedClaim, Document, Draft, Refusal, Usage

__all__ = ["JUDGE_SCHEMA", "JudgePolicy", "Judged", "Judgement", "Opinion", "Outcome", "judge", "noted", "summary"]

_DEFAULT = JudgePolicy()


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """All claims after judging, and everything that was said."""

    model: str
    """The judge's name."""
    checked: tuple[CheckedClaim, ...]
    """The claims as given, in their order, with the verdicts that the judge changed."""
    judgements: tuple[Judgement, ...] = ()
    not_judged: tuple[str, ...] = ()
    """Ids of uncertain claims of which no usable word came; their verdict stands as it was."""
    planted: tuple[bool, ...] = ()
    """For every planted claim of a readable reply, whether it was judged rightly."""
    refused: tuple[Refusal, ...] = ()
    usage: Usage = field(default_factory=Usage)
    prompts: tuple[tuple[str, str], ...] = ()
    """(name, `sha256:…`) of the template, when it was used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heard:
    """What one call yielded."""

    said: Mapping[str, Said]
    """By claim id."""
    planted: tuple[bool, ...]
    refused: tuple[Refusal, ...]
    usage: Usage


def judge(
    checked: Sequence[CheckedClaim],
    documents: Sequence[Document],
    model: Model,
    *,
    secret: bytes,
    policy: JudgePolicy = _DEFAULT,
    jobs: int = 1,
) -> Judged:
    """Ask `model` about every uncertain claim, at most `jobs` calls at a time, and apply what it says.

    Claims that stand word for word in a source, or that the checks withhold, are not asked about. A call that fails,
    or a reply that cannot be used, leaves its claims as they were and becomes a `Refusal`. When any planted claim is
    misjudged, nothing is raised. Raises `ModelUnavailable` or `ModelRefused` when that is all that every call gave.
    """
    asked = [claim for claim in checked if uncertain(claim, policy)]
    calls = batches(asked, documents, model, most=policy.per_call, secret=secret)
    answers = ask_all(model, [call.request for call in calls], jobs=jobs)
    _raise_if_unanswered(answers)
    heard = [_heard(call, answer) for call, answer in zip(calls, answers, strict=True)]
    said = {claim: words for one in heard for claim, words in one.said.items()}
    planted = tuple(right for one in heard for right in one.planted)
    ruled = {c.id: rule(c, said[c.id], policy, trusted=all(planted)) for c in asked if c.id in said}
    return Judged(
        model=model.name,
        checked=tuple(ruled[claim.id][0] if claim.id in ruled else claim for claim in checked),
        judgements=tuple(judgement for _, judgement in ruled.values()),
        not_judged=tuple(claim.id for claim in asked if claim.id not in said),
        planted=planted,
        refused=(*_too_long(asked, calls), *(refusal for one in heard for refusal in one.refused)),
        usage=sum((one.usage for one in heard), Usage()),
        prompts=tuple(dict.fromkeys(call.prompt for call in calls)),
    )


def summary(judged: Judged) -> tuple[tuple[str, str], ...]:
    """Return what the provenance of a run says of its judge.

    >>> summary(Judged(model="m", checked=(), planted=(True, False, True), not_judged=("C2",)))[1:]
    (('judged', '0 of 1'), ('judge_planted', '2 of 3 right: its agreement was ignored'))
    """
    said, right = len(judged.judgements), sum(judged.planted)
    ignored = "" if all(judged.planted) else ": its agreement was ignored"
    return (
        ("judge", judged.model),
        ("judged", f"{said} of {said + len(judged.not_judged)}"),
        ("judge_planted", f"{right} of {len(judged.planted)} right{ignored}"),
    )


def noted(draft: Draft, judged: Judged) -> Draft:
    """Add what judging cost, which prompt it took and what was refused to the record of the draft it was about."""
    return replace(
        draft,
        usage=draft.usage + judged.usage,
        refused=(*draft.refused, *judged.refused),
        prompts=tuple(dict.fromkeys((*draft.prompts, *judged.prompts))),
    )


def _raise_if_unanswered(answers: Sequence[Reply | ModelError]) -> None:
    # Not for a spent budget: it bought a draft, which is worth publishing unjudged.
    failures = [answer for answer in answers if isinstance(answer, ModelUnavailable | ModelRefused)]
    if failures and len(failures) == len(answers):
        raise failures[-1]


def _too_long(asked: Sequence[CheckedClaim], calls: Sequence[Batch]) -> list[Refusal]:
    shown = {claim.id for call in calls for claim in call.claims}
    error = "its evidence does not fit the judge's context"
    return [Refusal(story=c.story, error=f"{c.id}: {error}", reply="") for c in asked if c.id not in shown]


# One answer
# ----------


def _heard(call: Batch, answer: Reply | ModelError) -> _Heard:
    story = call.claims[0].story
    if isinstance(answer, ModelError):
        return _Heard(said={}, planted=(), refused=(_refusal(story, answer),), usage=answer.usage)
    try:
        read = read_judgements(answer, claims=len(call.items))
    except ReplyError as error:
        return _Heard(said={}, planted=(), refused=(_refusal(story, error),), usage=answer.usage)
    said = {judgement.number: judgement for judgement in read.said}
    items = list(enumerate(call.items, start=1))
    return _Heard(
        said={item.id: said[n] for n, item in items if isinstance(item, CheckedClaim) and n in said},
        planted=tuple(_is_right(item, said.get(n)) for n, item in items if isinstance(item, Planted)),
        refused=tuple(_refusal(_story(call, number), error) for number, error in read.refused),
        usage=answer.usage,
    )


def _is_right(planted: Planted, said: Said | None) -> bool:
    """Say whether a planted claim was judged as it should be; silence about it is not."""
    return said is not None and (said.opinion is Opinion.SUPPORTED) is planted.true


def _story(call: Batch, number: int | None) -> str:
    item = call.items[number - 1] if number else None
    return item.story if isinstance(item, CheckedClaim) else call.claims[0].story


def _refusal(story: str, error: ModelError) -> Refusal:
    reply = error.reply if isinstance(error, ReplyError) else ""
    return Refusal(story=story, error=f"{type(error).__name__}: {error.message}", reply=reply)
