"""Read the words under which an event is only tried, wanted, asked for or to come: "tried to", "called for", "will".

Pure; English. What stands under them did not happen by that text. "Managed to" and "was forced to" tell that it did
and are not read; words of doubt ("may", "reportedly") are hedges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from briefing.values.words import word_forms

ProspectKind = Literal["wanted", "named", "coming", "conditional"]
"""To do something; a noun for what is to be done ("called for the resignation"); the future; on a condition."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """Words that keep an event from having happened; it is told from `end` on, but for a condition."""

    start: int
    end: int
    text: str
    kind: ProspectKind


# Verbs by base: whoever only does this to an act has not done the act. Those of the second list need no "to".
_TOWARDS = (
    "try attempt seek threaten offer propose want wish hope urge ask demand order press advise encourage invite beg"
)
_OF = "consider propose demand seek discuss debate contemplate threaten suggest recommend oppose"
_NOUNS = "attempt bid effort plan proposal threat call demand request offer bill motion appeal plea application"
_IRREGULAR = {"seek": "seeks seeking sought", "beg": "begs begging begged", "try": "tries trying tried"}
_COMING = (
    r"will|would|shall|(?:is|are|was|were) (?:about |going |due |set |ready )?to(?! blame)|agree[sd]? to|vow(?:s|ed)? to|"
    r"promise[sd]? to|pledge[sd]? to|prepar(?:es|ed|ing) to|intend(?:s|ed)? to|plan(?:s|ned)? to"
)


def _forms(bases: str) -> str:
    forms = [
        form
        for base in bases.split()
        for form in (base, *(_IRREGULAR.get(base) or f"{base}s {base}ed {base}ing {base[:-1]}ing {base}d").split())
    ]
    return "|".join(sorted(forms, key=len, reverse=True))


# "Urged the ministry to recall": the act begins after "to".
_TO = r"(?:\s[\w’'-]+){0,6}?\sto\s(?!(?:the|an?|his|her|its|their|this|that|these|those|be)\b)(?=[a-z])"
_PROSPECTS: tuple[tuple[ProspectKind, re.Pattern[str]], ...] = (
    ("wanted", re.compile(rf"(?<!in\s)(?<!-)\b(?:{_forms(_TOWARDS)}|call(?:s|ed|ing)? on){_TO}", re.I)),
    ("wanted", re.compile(rf"\b(?:{_NOUNS.replace(' ', 's?|')}s?)(?:\sto\s(?=[a-z])|\sthat\swould\b)", re.I)),
    (
        "wanted",
        re.compile(r"\bwould have\b|\b(?:nearly|almost)\s(?=(?:hit|lost|won|fell|broke|sank|struck|died)\b)", re.I),
    ),
    (
        "named",
        re.compile(rf"(?<!-)\b(?:{_forms(_OF)}|(?:call|push|plead|campaign|press|ask)(?:s|ed|ing)? for)\b", re.I),
    ),
    ("named", re.compile(rf"\b(?:{_NOUNS.replace(' ', 's?|')}s?)\sfor\b", re.I)),
    ("coming", re.compile(rf"\b(?:{_COMING})\b", re.I)),
    ("conditional", re.compile(r"(?<!even\s)(?<!as\s)\b(?:if|unless|provided that|on condition that)\b", re.I)),
)
_QUESTION = re.compile(r"\b(?:ask|wonder|know|see|clear|unclear|say|doubt|check|determine|decide|matter)\w*\s$", re.I)
_PROSPECTIVE = frozenset(
    f"{_forms(_TOWARDS)}|{_forms(_OF)}|will|would|shall|to|if|unless|provided|condition|call|calls|called|calling|push|"
    f"pushes|pushed|pushing|plead|pleads|pleaded|campaign|campaigned|{_NOUNS.replace(' ', '|')}|attempts|bids|efforts|"
    "plans|proposals|threats|demands|requests|offers|bills|motions|appeals|pleas|applications|nearly|almost".split("|")
)


def read_prospects(text: str) -> tuple[Prospect, ...]:
    """Return the words under which an event is not told to have happened, in order.

    >>> [(p.text, p.kind) for p in read_prospects("They tried to leave and called for help; the port will open.")]
    [('tried to', 'wanted'), ('called for', 'named'), ('will', 'coming')]
    """
    if _PROSPECTIVE.isdisjoint(word_forms(text)):
        return ()
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
