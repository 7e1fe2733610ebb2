"""Parts of a sentence that state something by themselves: a relative clause with its noun, one of several statements.

A small model that reads a long sentence misses what stands in a clause of it. Pure, English, by punctuation: it finds
candidates, and whether one bears a claim out is decided elsewhere.

Claims are not cut up in the same way. That was tried on pairs of the probe's claims joined by "and": as many joined to
a false one passed for it (4 of 390) as joined to a true one (4 of 195).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_RELATIVE = re.compile(r",\s(?:which|who|whose|where)\s")
# The words that end before a relative clause and that it is about: "the land registers", "Ann Lee".
_NOUN = re.compile(
    r"(?:\b(?:the|a|an|its|his|her|their|this|these|those)\s(?:[\w’'-]+\s){0,4}[\w’'-]+|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,5})$"
)
_JOINT = re.compile(r",\s(?:and|but|while|although|though|whereas|after|before|as|because)\b|;|\s[–—]\s|:\s")
# What stands in one part of a sentence and holds back or turns round what stands in another.
_GOVERNS = re.compile(
    r"\b(?:if|unless|whether|would|could|may|might|not|no|never|none|nor|neither|without|den(?:y|ies|ied)|doubt\w*|"
    r"reject\w*|refus\w*|dismiss\w*|false\w*|untrue|feared?|hop(?:e|es|ed)|want(?:s|ed)?)\b",
    re.I,
)
_LEAST = 4
"""Words of a part that may state something."""
_LONGEST = 1_000
"""Characters of a sentence that is looked at; the model reads no more."""
_MOST = 8
"""Joints of one; with more it is a list, and its parts grow with their square."""


def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Return the parts of a sentence, half-open, shortest first.

    What another part may govern is none:

    >>> text = "If the gate fails, the town is lost, and the mayor has said so."
    >>> [text[start:end] for start, end in clauses(text)]
    ['If the gate fails, the town is lost']
    """
    if len(text) > _LONGEST:
        return ()
    found = {part for part in (*_relatives(text), *_joined(text)) if len(text[slice(*part)].split()) >= _LEAST}
    return tuple(sorted(found, key=lambda part: (part[1] - part[0], part)))


def _relatives(text: str) -> Iterator[tuple[int, int]]:
    for relative in _RELATIVE.finditer(text):
        noun = _NOUN.search(text[: relative.start()])
        if noun:
            end = text.find(",", relative.end())
            yield noun.start(), end if end >= 0 else len(text)


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands before or behind a joint, and between two."""
    joints = list(_JOINT.finditer(text))
    if len(joints) > _MOST:
        return
    starts = [0, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), len(text)]
    for first, start in enumerate(starts):
        for end in ends[first:]:
            rest = text[:start] + text[end:]
            if rest and not _GOVERNS.search(rest):
                yield start + (len(text[start:]) - len(text[start:].lstrip())), end
