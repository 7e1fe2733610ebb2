"""What lies on a reviewer's desk: one briefing, its sources read and verified once, and the decisions about it.

Knows nothing of HTTP. Everything may be called from many threads.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing import decisions, render
from briefing.decisions import Standing
from briefing.edits import Edits
from briefing.errors import DecisionRefused
from briefing.reread import Reread
from briefing.show.decided import standing_values
from briefing.store import DecisionLog
from briefing.types import PUBLISHED, Action, CheckedClaim

_UNSEEN = "reject it, comment on it, or run `briefing make` again"


class Desk:
    """One briefing under review."""

    def __init__(self, read: Reread, log: DecisionLog, *, entailment: bool) -> None:
        self._read = read
        self._log = log
        self._edits = Edits(read, entailment=entailment)
        briefing = read.briefing
        everything = [*(claim.checked for claim in briefing.claims), *briefing.withheld]
        self._claims: Mapping[str, CheckedClaim] = {claim.id: claim for claim in everything}
        self._subjects = decisions.subjects_of(briefing)
        self._as_read = _stamp(read.path)

    def page(self, base: str, who: str) -> str:
        """Return the page for one reviewer."""
        texts = {document.id: document.text for document in self._read.documents}
        return render.review_page(self._page_values(), texts, {"base": base, "who": who})

    def _page_values(self) -> dict[str, Any]:
        """Return the manifest with a warning at each source that is not what it was."""
        values = dict(self._read.values)
        values["sources"] = [
            {**source, "warnings": [*self._warnings(source["id"]), *source["warnings"]]} for source in values["sources"]
        ]
        return values

    def _warnings(self, source: str) -> list[str]:
        if source in self._read.sound:
            return []
        problem = self._read.problem(source) or "it could not be read"
        return [
            f"Not as it was when the briefing was made: {problem}. Claims that rest on it cannot be accepted or edited."
        ]

    def held(self) -> dict[str, Standing]:
        """Return what holds for each claim that anything was decided about."""
        return decisions.standings(self._subjects, self._log.entries(self._subjects.values()))

    def listed(self) -> list[dict[str, Any]]:
        """Return what holds as plain values."""
        return standing_values(self.held())

    def decide(
        self, claim: str, action: Action, who: str, *, text: str | None = None, comment: str | None = None
    ) -> dict[str, Any]:
        """Keep what a reviewer did, and return what holds then.

        Raises DecisionRefused, and StoreError when it was not kept.
        """
        found = self._claim(claim)
        self._require_unchanged()
        if action in (Action.ACCEPT, Action.EDIT):
            self._require_seen(found)
        if action is Action.ACCEPT and found.verdict not in PUBLISHED:
            message = "it did not pass the checks, and accepting does not publish it"
            raise DecisionRefused(
                claim, message, hint="edit it: an edit that passes the checks is published", conflict=True
            )
        if action is Action.EDIT and text == found.text:
            raise DecisionRefused(claim, "these are the words it has", hint="accept it")
        self._log.record(self._subjects[claim], action=action, who=who, claim=found.text, text=text, comment=comment)
        standing = self.held().get(claim)
        return standing_values({claim: standing})[0] if standing else _cleared(claim, who)

    def check(self, claim: str, text: str) -> dict[str, Any]:
        """Return the claim with `text` for its own as it would stand in the manifest. Raises DecisionRefused."""
        found = self._claim(claim)
        self._require_seen(found)
        return render.claim_values(self._edits.check(found, text), None)

    def _claim(self, claim: str) -> CheckedClaim:
        if claim not in self._claims:
            raise DecisionRefused(claim[:40], "there is no such claim", hint="open the page again")
        return self._claims[claim]

    def _require_seen(self, claim: CheckedClaim) -> None:
        """Refuse what would vouch for words that nobody can look at."""
        problem = self._read.problem(claim.id)
        unsound = next((e.source for e in claim.evidence if e.source not in self._read.sound), None)
        if unsound:
            problem = f"{unsound} is not what it was: {self._read.problem(unsound) or 'it could not be read'}"
        if problem:
            raise DecisionRefused(claim.id, problem, hint=_UNSEEN, conflict=True)

    def _require_unchanged(self) -> None:
        if _stamp(self._read.path) != self._as_read:
            message = "briefing.json was written again since this page was opened"
            raise DecisionRefused(
                str(self._read.path.name), message, hint="start `briefing review` again", conflict=True
            )


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _cleared(claim: str, who: str) -> dict[str, Any]:
    return {
        "claim": claim,
        "action": "clear",
        "text": None,
        "comment": None,
        "who": who,
        "when": None,
        "state": "current",
    }
