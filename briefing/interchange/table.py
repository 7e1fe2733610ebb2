"""Claims as comma-separated values (RFC 4180), for people who live in spreadsheets.

A spreadsheet runs a cell that begins like a formula. Such a cell gets an apostrophe in front, which spreadsheets take
as "this is text"; and so does a cell that begins with apostrophes before such a sign, so that taking one away again
always gives back what was there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

from briefing.decisions import Standing
from briefing.render import show_controls
from briefing.types import Briefing, CheckedClaim, ClaimStanding, Evidence

COLUMNS = (
    "id",
    "story",
    "text",
    "verdict",
    "standing",
    "origins",
    "score",
    "findings",
    "sources",
    "evidence",
    "decision",
    "who",
)
# The full-width signs begin a formula in spreadsheets that are set to Japanese or Chinese.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def table(briefing: Briefing, held: Mapping[str, Standing], *, bom: bool = False) -> str:
    """Return a row per claim, published ones first; lines end with CR and LF.

    `held` is what reviewers decided, by claim id. `bom` puts in front what Excel knows UTF-8 by.
    """
    printed = io.StringIO()
    writer = csv.writer(printed, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for claim in briefing.claims:
        writer.writerow(_row(claim.checked, claim.standing, held))
    for withheld in briefing.withheld:
        writer.writerow(_row(withheld, None, held))
    return ("\ufeff" if bom else "") + printed.getvalue()


def _row(claim: CheckedClaim, standing: ClaimStanding | None, held: Mapping[str, Standing]) -> list[str]:
    decision, who = _decision(claim, held)
    evidence: tuple[Evidence, ...] = claim.evidence + (standing.corroboration if standing else ())
    cells = (
        claim.id,
        claim.story,
        claim.text,
        claim.verdict.value,
        standing.standing.value if standing else "withheld",
        str(standing.origins if standing else 0),
        "" if claim.score is None else str(claim.score),
        _lines(f"{finding.kind.value}: {finding.detail}" for finding in claim.findings),
        " ".join(dict.fromkeys(e.source for e in evidence)),
        _lines(dict.fromkeys(e.text for e in evidence)),
        decision,
        who,
    )
    return [guarded(_shown(cell)) for cell in cells]


def _decision(claim: CheckedClaim, held: Mapping[str, Standing]) -> tuple[str, str]:
    standing = held.get(claim.id)
    if standing:
        return f"{standing.decision.action.value}{' (stale)' if standing.stale else ''}", standing.decision.who
    return (claim.decision.action.value, claim.decision.who) if claim.decision else ("", "")


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _shown(text: str) -> str:
    """Make what would steer a terminal visible; a line break stays one."""
    return "\n".join(show_controls(line) for line in text.replace("\r\n", "\n").split("\n"))


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs.

    >>> guarded('=HYPERLINK("http://x")'), guarded("3 - 2"), guarded("'=1")
    ('\\'=HYPERLINK("http://x")', '3 - 2', "''=1")
    """
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what `guarded` was given.

    >>> unguarded("'=1"), unguarded("'tis")
    ('=1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell
