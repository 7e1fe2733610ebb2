"""Read the words under which an event is only tried, wanted, asked for or to come: "tried to", "called for", "will".

Pure; English. What stands under them did not happen by that text. "Managed to" and "was forced to" tell that it did
and are not read; words of doubt ("may", "reportedly") are hedges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ProspectKind = Literal["wanted", "named", "coming", "conditional"]
"""To do something; a noun for what is to be done ("called for the resignation"); the future; on a condition."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """Words that keep an event from having happened; it is told from `end` on, but for a condition."""

    start: int
    end: int
    text: str
    kind: ProspectKind


_IRREGULAR = {
    "seek": "seeks seeking sought",
    "beg": "begs begging begged",
    "try": "tries trying tried",
    "press": "presses pressing pressed",
    "push": "pushes pushing pushed",
}


def _verbs(bases: str) -> str:
    """Return a pattern for the forms of verbs."""
    forms = [form for base in bases.split() for form in (base, *_inflected(base))]
    return "|".join(sorted(forms, key=len, reverse=True))


def _inflected(base: str) -> list[str]:
    if base in _IRREGULAR:
        return _IRREGULAR[base].split()
    stem = base.removesuffix("e")
    return [f"{base}s", f"{stem}ed", f"{stem}ing"]


# Whoever does only this to an act has not done the act. The second need a noun for it, and no "to".
_TOWARDS = _verbs(
    "try attempt seek threaten offer propose want wish hope urge ask demand order press advise encourage invite beg"
)
_OF = _verbs("consider propose demand seek discuss debate contemplate threaten suggest recommend oppose")
_FOR = _verbs("call push plead campaign press ask")
_ACTS = "(?:attempt|bid|effort|plan|proposal|threat|call|demand|request|offer|bill|motion|appeal|plea|application)s?"
# "Urged the ministry to recall": the act begins after "to".
_TO = r"(?:\s[\w’'-]+){0,6}?\sto\s(?!(?:the|an?|his|her|its|their|this|that|these|those|be)\b)(?=[a-z])"
_NEARLY = r"(?:nearly|almost)\s(?=(?:hit|lost|won|fell|broke|sank|struck|died)\b)"
_COMING = (
    r"will|would|shall|(?:is|are|was|were) (?:about |going |due |set |ready )?to(?! blame)|agree[sd]? to|"
    r"vow(?:s|ed)? to|promise[sd]? to|pledge[sd]? to|prepar(?:es|ed|ing) to|intend(?:s|ed)? to|plan(?:s|ned)? to"
)
_PATTERNS: tuple[tuple[ProspectKind, str], ...] = (
    ("wanted", rf"(?<!in\s)(?<!-)\b(?:{_TOWARDS}|call(?:s|ed|ing)? on){_TO}"),
    ("wanted", rf"\b{_ACTS}(?:\sto\s(?=[a-z])|\sthat\swould\b)"),
    ("wanted", rf"\bwould have\b|\b{_NEARLY}"),
    ("named", rf"(?<!-)\b(?:{_OF}|(?:{_FOR}) for)\b"),
    ("named", rf"\b{_ACTS}\sfor\b"),
    ("coming", rf"\b(?:{_COMING})\b"),
    ("conditional", r"(?<!even\s)(?<!as\s)\b(?:if|unless|provided that|on condition that)\b"),
)
_PROSPECTS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _PATTERNS)
_QUESTION = re.compile(r"\b(?:ask|wonder|know|see|clear|unclear|say|doubt|check|determine|decide|matter)\w*\s$", re.I)


def read_prospects(text: str) -> tuple[Prospect, ...]:
    """Return the words under which an event is not told to have happened, in order.

    >>> [(p.text, p.kind) for p in read_prospects("They tried to leave and called for help; the port will open.")]
    [('tried to', 'wanted'), ('called for', 'named'), ('will', 'coming')]
    """
    found = [
        Prospect(match.start(), match.end(), match.group().strip(), kind)
        for kind, pattern in _PROSPECTS
        for match in pattern.finditer(text)
        if not (kind == "conditional" and _QUESTION.search(text, max(0, match.start() - 16), match.start()))
    ]
    kept: list[Prospect] = []
    for prospect in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or prospect.start >= kept[-1].end:
            kept.append(prospect)
    return tuple(kept)
