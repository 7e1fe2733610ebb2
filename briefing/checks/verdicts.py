"""From findings and a probability to three answers, and from those to a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.checks.policy import CheckPolicy
from briefing.checks.trials import Trial
from briefing.consistency import CONTRADICTIONS, evidence_of
from briefing.types import Answer, Answers, CheckedClaim, Claim, Finding, FindingKind, Verdict

_UNLOCATED = frozenset({FindingKind.NOT_LOCATED, FindingKind.CITES_EXCLUDED_BLOCK})


def objected(trial: Trial, policy: CheckPolicy) -> bool:
    """Whether the rules found something that withholds a claim."""
    return any(finding.kind not in policy.tolerated for finding in trial.findings)


def contradicted(trial: Trial) -> bool:
    """Whether the evidence tells something else, not merely less."""
    return any(finding.kind in CONTRADICTIONS for finding in trial.findings)


def publishable(trial: Trial, policy: CheckPolicy) -> bool:
    """Whether a claim may be published on the strength of this trial."""
    return not objected(trial, policy) and (trial.score is None or trial.score >= policy.withhold)


def sure(trial: Trial, policy: CheckPolicy) -> bool:
    """Whether nothing speaks against a claim, and the model of meaning, where there is one, for it."""
    return not objected(trial, policy) and (trial.score is None or trial.score >= policy.publish)


def answers(trial: Trial, policy: CheckPolicy) -> Answers:
    """Read the three answers off a trial."""
    if trial.verbatim:
        return Answers(located=Answer.PASS, consistent=Answer.PASS, entailed=Answer.PASS)
    if any(finding.kind in _UNLOCATED for finding in trial.findings):
        return Answers(located=Answer.FAIL, consistent=Answer.NOT_CHECKED, entailed=Answer.NOT_CHECKED)
    consistent = Answer.FAIL if objected(trial, policy) else Answer.PASS
    return Answers(located=Answer.PASS, consistent=consistent, entailed=_entailed(trial.score, policy))


def _entailed(score: float | None, policy: CheckPolicy) -> Answer:
    """Between the two lines nobody has decided: that is `not_checked`, never a pass."""
    if score is None or policy.withhold <= score < policy.publish:
        return Answer.NOT_CHECKED
    return Answer.PASS if score >= policy.publish else Answer.FAIL


def verdict(given: Answers, findings: Sequence[Finding]) -> Verdict:
    """Read the verdict off the three answers. What was not checked never makes a claim `supported`.

    >>> verdict(Answers(located=Answer.PASS, consistent=Answer.PASS, entailed=Answer.NOT_CHECKED), ())
    <Verdict.PARTLY: 'partly'>
    """
    if given.consistent is Answer.FAIL and any(f.kind in CONTRADICTIONS for f in findings):
        return Verdict.CONTRADICTED
    if Answer.FAIL in (given.located, given.consistent, given.entailed):
        return Verdict.UNSUPPORTED
    if given.located is Answer.NOT_CHECKED or given.consistent is Answer.NOT_CHECKED:
        return Verdict.NOT_CHECKED
    return Verdict.SUPPORTED if given.entailed is Answer.PASS else Verdict.PARTLY


def checked(claim: Claim, trial: Trial, policy: CheckPolicy, *, moved_from: tuple[str, ...] = ()) -> CheckedClaim:
    """Return the claim with everything that this trial says of it."""
    given = answers(trial, policy)
    findings = trial.findings + _meaning(claim, trial, given)
    return CheckedClaim(
        id=claim.id,
        story=claim.story,
        text=claim.text,
        verdict=verdict(given, findings),
        answers=given,
        decided_by="verbatim" if trial.verbatim else "rules" if trial.score is None else "rules and entailment",
        evidence=trial.verbatim or tuple(evidence_of(sentence) for sentence in trial.cited),
        findings=findings,
        score=None if trial.score is None else round(trial.score, 3),
        moved_from=moved_from,
    )


def _meaning(claim: Claim, trial: Trial, given: Answers) -> tuple[Finding, ...]:
    if given.entailed is not Answer.FAIL or trial.score is None:
        return ()
    detail = f"the chance that its evidence bears it out is put at {trial.score:.0%}"
    return (Finding(kind=FindingKind.NOT_ENTAILED, detail=detail, start=0, end=len(claim.text)),)
