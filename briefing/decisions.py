"""What reviewers decided: what a decision is about, what a history of them adds up to, and when one is stale. Pure.

A decision is about a *subject*: the words of a claim, and its evidence, that is which outlet says what in which words.
Ids, order, offsets, places and corroboration by others do not count; so a decision outlives every run that finds the
same words on the same evidence.

- A claim whose subject has a history has the decision that the history adds up to, and it is *current*.
- Else, a decision about a subject that the briefing no longer has is *stale* at the claim that has its words on
  other evidence; and, if there is none such, at every claim that has its evidence and other words.
- A stale decision is shown, and applied to nothing.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.types import Action, Briefing, CheckedClaim, Decision, Document

EVIDENCE_CHANGED = "the same words rest on other evidence now"
WORDS_CHANGED = "the same evidence is told in other words now"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a decision is about: two content addresses."""

    claim: str
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that one reviewer did. Entries are only ever added."""

    id: str
    """Content address of everything else, and of a random part that tells twins apart."""
    subject: Subject
    action: Action
    text: str | None
    comment: str | None
    who: str
    when: datetime
    """In UTC, to the millisecond; later than every entry about the subject that its store knew."""
    claim: str
    """The claim as the reviewer saw it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What holds for one claim."""

    decision: Decision
    stale: str | None
    """Why it is applied to nothing; None when it is current."""


def subject_of(claim: CheckedClaim, documents: Mapping[str, Document]) -> Subject:
    """Return what a decision about this claim would be about.

    White space and the two ways to write an accented letter make no difference to either half; the order in which
    evidence is cited, and citing the same words twice, make none.
    """
    cited = {(_folded(documents[e.source].publisher or ""), _folded(e.text)) for e in claim.evidence}
    return Subject(claim=_address(_folded(claim.text)), evidence=_address(sorted(cited)))


def subjects_of(briefing: Briefing) -> dict[str, Subject]:
    """Return what decisions about each claim of a briefing would be about, by claim id; withheld ones too."""
    documents = {document.id: document for document in briefing.documents}
    everything = [*(claim.checked for claim in briefing.claims), *briefing.withheld]
    return {claim.id: subject_of(claim, documents) for claim in everything}


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _address(values: object) -> str:
    return f"sha256:{hashlib.sha256(json.dumps(values, ensure_ascii=True).encode()).hexdigest()}"


def folded(history: Iterable[Entry]) -> Decision | None:
    """Return what everything that was done about one subject adds up to, latest last whatever order it comes in.

    The last accept, reject or edit counts, with the last comment; a comment alone decides nothing; what came before
    a `clear` is withdrawn. None when nothing is left.
    """
    decided: Entry | None = None
    said: Entry | None = None
    for entry in sorted(history, key=lambda one: (one.when, one.id)):
        if entry.action is Action.CLEAR:
            decided = said = None
        elif entry.action is not Action.COMMENT:
            decided = entry
        if entry.comment:
            said = entry
    last = decided or said
    if last is None:
        return None
    return Decision(
        action=last.action, who=last.who, when=last.when, text=last.text, comment=said.comment if said else None
    )


def standings(subjects: Mapping[str, Subject], entries: Iterable[Entry]) -> dict[str, Standing]:
    """Return what holds for each claim, by its id, as the head of this file says; claims with nothing are left out."""
    histories: dict[Subject, list[Entry]] = defaultdict(list)
    for entry in entries:
        histories[entry.subject].append(entry)
    present = set(subjects.values())
    gone = {subject: decision for subject, h in histories.items() if subject not in present and (decision := folded(h))}
    words = {subject.claim for subject in present}
    found: dict[str, Standing] = {}
    for claim, subject in subjects.items():
        if subject in histories:
            decision = folded(histories[subject])
            if decision:
                found[claim] = Standing(decision=decision, stale=None)
        elif stale := _stale(subject, gone, words):
            found[claim] = stale
    return found


def _stale(subject: Subject, gone: Mapping[Subject, Decision], words: set[str]) -> Standing | None:
    same_words = [decision for other, decision in gone.items() if other.claim == subject.claim]
    if same_words:
        return Standing(decision=_last(same_words), stale=EVIDENCE_CHANGED)
    same_evidence = [
        decision for other, decision in gone.items() if other.evidence == subject.evidence and other.claim not in words
    ]
    return Standing(decision=_last(same_evidence), stale=WORDS_CHANGED) if same_evidence else None


def _last(decisions: Sequence[Decision]) -> Decision:
    return max(decisions, key=lambda decision: (decision.when, decision.who, decision.action))
