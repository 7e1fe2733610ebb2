"""Draft without a model: choose the sentences that a reader needs, word for word.

The method is greedy coverage of weighted concepts (Gillick and Favre 2009, "A Scalable Global Model for
Summarization"): a concept is a content term or a pair of neighbouring ones, it weighs more the more
documents of the story use it, and each counts once, so that a second telling of the same adds nothing.
The gain only ever shrinks, so a heap with late re-evaluation picks exactly what a full scan would, and
the cost stays close to linear in the text.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.terms import content_terms
from briefing.types import Claim, Draft, Role, Sentence, Stories, Story
from briefing.values import read_negations


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtractPolicy:
    """What makes a sentence worth printing.

    Set by hand on the five seed articles and the examples, until the facts that their gold files name were told:
    how well that carries over to other stories is not measured.
    """

    min_words: int = 6
    max_words: int = 60
    length_exponent: float = 0.7
    """Gain is divided by words to this power: 0 favours long sentences, 1 favours short ones."""
    lead_exponent: float = 0.4
    """The same for the lead, which may be longer because it says more."""
    relay_weight: float = 0.5
    """What a sentence weighs that only passes on what another source tells; one that tells more weighs more."""
    late_weight: float = 0.7
    """What the last sentence of a document weighs against the first."""
    figures_bonus: float = 0.35
    """For a sentence with a figure, and again for one with a name inside it."""
    least_new: float = 0.33
    """Share of a sentence's own weight that must be new."""
    least_gain: float = 0.05
    """Stop when the next sentence gains less than this share of what the first one did."""
    first_bonus: float = 0.6
    """For the first sentence of a document, when the lead is chosen."""
    opening: int = 3
    """The lead is one of the first so many sentences of its document: that is where news says what happened."""
    lead_longest: int = 45
    """Words of the longest sentence that may be the lead. A relay's opening leads only when there is no other."""
    lead_words: int = 45
    """The lead takes a second sentence only up to this many words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    sentence: Sentence
    text: str
    concepts: frozenset[str]
    words: int
    prior: float
    place: float
    """How far into its document it stands, from 0 to 1."""
    opens: bool
    """Whether it may be the lead."""


# Openings that point back at a sentence the reader would not see.
_DANGLING = re.compile(
    r"(?:he|she|it|they|him|her|his|its|their|this|that|these|those|such|both|another|others|neither|either|"
    r"but|and|or|so(?! far)|yet|also|however|instead|moreover|furthermore|therefore|thus|hence|then|still|"
    r"nevertheless|nonetheless|otherwise|similarly|likewise|besides|here|there,|in (?:doing|response)|"
    r"for (?:example|instance)|as a result|after (?:that|this)|(?:says|said) the|"
    r"the (?:same|latter|former|other|two|move|decision|statement|news|message|publication|article|report|"
    r"source|official|officials))\b",
    re.I,
)
# A correction says first what was wrong: its sentences mean the opposite of themselves when they stand alone.
_RETRACTS = re.compile(
    r"\b(?:earlier|previous|original|prior) (?:version|article|story|report|post|headline)\b"
    r"|\b(?:incorrectly|mistakenly|erroneously|wrongly|misstated|misidentified|originally (?:said|stated|reported))\b",
    re.I,
)
_LABEL = re.compile(r"[A-Z][\w’'-]*(?: [\w’'-]+){0,3}: (?=[\"“‘]?[A-Z0-9])")
_BULLETS = "•·▪▫◦‣⁃■□●○*–—- \t"
_ENDS = re.compile(r"[.!…。！।؟][\"”’»)\]]*$")
_FIGURE = re.compile(r"\d")
_NAME_INSIDE = re.compile(r"\S [\"“]?[A-Z][a-z]")
_QUOTES = (("“", "”"), ("«", "»"))


def draft_extractive(
    stories: Stories,
    sentences: Sequence[Sentence],
    *,
    max_claims: int,
    policy: ExtractPolicy = ExtractPolicy(),
) -> Draft:
    """Draft at most `max_claims` claims per story, each the text of one sentence of its sources.

    The claims of a story stand in reading order, its lead first. The same input gives the same draft.
    """
    by_source: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        by_source.setdefault(sentence.source, []).append(sentence)
    relayed: dict[str, list[str | None]] = {}
    for relay in stories.relays:
        relayed.setdefault(relay.source, []).append(relay.relays)
    claims: list[Claim] = []
    leads: list[tuple[str, tuple[str, ...]]] = []
    for story in stories.stories:
        candidates = _candidates(story, by_source, relayed, policy)
        lead, rest = _in_reading_order(_choose(candidates, max_claims, policy), policy)
        drafted = [
            Claim(id=f"C{len(claims) + n}", story=story.id, text=c.text, cites=(c.sentence.id,))
            for n, c in enumerate((*lead, *rest), start=1)
        ]
        claims += drafted
        leads.append((story.id, tuple(claim.id for claim in drafted[: len(lead)])))
    return Draft(drafter="extractive", claims=tuple(claims), leads=tuple(leads))


# Which sentences may stand alone
# -------------------------------


def stands_alone(text: str, policy: ExtractPolicy = ExtractPolicy()) -> bool:
    """Say whether a reader understands the sentence without the one before it.

    >>> stands_alone("The council of Marrow Bay closed the bridge on Tuesday.")
    True
    >>> stands_alone("It will stay closed until the inspectors have finished.")
    False
    """
    words = len(text.split())
    if not policy.min_words <= words <= policy.max_words or not _ENDS.search(text):
        return False
    bare = text.lstrip("\"“‘'«( ")
    if _DANGLING.match(bare) or bare[:1].islower():
        return False
    return text.count('"') % 2 == 0 and all(text.count(opening) == text.count(closing) for opening, closing in _QUOTES)


def without_label(text: str) -> str:
    """Drop a bullet, and a kicker such as "Why it matters:", from the front of a sentence.

    >>> without_label("The big picture: Rail traffic has doubled since May.")
    'Rail traffic has doubled since May.'
    >>> without_label("Marrow Bay, 3:15 p.m.: a ferry left.")
    'Marrow Bay, 3:15 p.m.: a ferry left.'
    >>> without_label("• The pier will open in May.")
    'The pier will open in May.'
    """
    text = text.lstrip(_BULLETS)
    label = _LABEL.match(text)
    return text[label.end() :] if label else text


def _candidates(
    story: Story,
    by_source: Mapping[str, Sequence[Sentence]],
    relayed: Mapping[str, Sequence[str | None]],
    policy: ExtractPolicy,
) -> list[_Candidate]:
    concepts = {
        source: frozenset(c for s in by_source.get(source, ()) for c in _concepts(s.text)) for source in story.sources
    }
    found: list[_Candidate] = []
    for source in story.sources:
        outlets = relayed.get(source, ())
        told = frozenset().union(*(concepts.get(other, frozenset()) for other in outlets if other))
        relays = _Relayed(any=bool(outlets), unknown=None in outlets, told=told)
        found += _of_source(by_source.get(source, ()), relays, policy)
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Relayed:
    """What a source passes on from others."""

    any: bool
    unknown: bool
    """Whether some of it comes from an outlet that was not given, so that nobody can say which."""
    told: frozenset[str]
    """Concepts of the originals that were given."""


def _of_source(sentences: Sequence[Sentence], relayed: _Relayed, policy: ExtractPolicy) -> Iterator[_Candidate]:
    """Yield the sentences of one source that stand alone."""
    seen = set()
    for index, sentence in enumerate(sentences):
        text = without_label(sentence.text)
        # A standfirst that the page prints twice must not count as said twice.
        retracts = sentence.role is Role.NOTICE and _RETRACTS.search(text)
        if text in seen or retracts or not stands_alone(text, policy):
            continue
        seen.add(text)
        concepts, words, place = _concepts(text), len(text.split()), index / len(sentences)
        passed_on = 1.0 if relayed.unknown else len(concepts & relayed.told) / max(len(concepts), 1)
        early = index < policy.opening and words <= policy.lead_longest
        yield _Candidate(
            sentence=sentence,
            text=text,
            concepts=concepts,
            words=words,
            prior=_prior(text, place, passed_on, policy),
            place=place,
            opens=early and sentence.role is Role.BODY and not relayed.any,
        )


def _prior(text: str, place: float, passed_on: float, policy: ExtractPolicy) -> float:
    """What a sentence is worth whatever the others say; `place` and `passed_on` run from 0 to 1."""
    origin = 1 - (1 - policy.relay_weight) * passed_on
    position = 1 - (1 - policy.late_weight) * place
    telling = 1 + policy.figures_bonus * (bool(_FIGURE.search(text)) + bool(_NAME_INSIDE.search(text)))
    return origin * position * telling


def _concepts(text: str) -> frozenset[str]:
    """Return the content terms of a sentence and their neighbouring pairs; what it denies is another concept."""
    denied = [(n.scope_start, n.scope_end) for n in read_negations(text)]
    cuts = sorted({0, len(text), *(at for scope in denied for at in scope)})
    concepts: set[str] = set()
    for start, end in pairwise(cuts):
        mark = "not " if any(a <= start and end <= b for a, b in denied) else ""
        terms = content_terms(text[start:end])
        concepts |= {mark + term for term in terms} | {f"{mark}{a} {b}" for a, b in pairwise(terms)}
    return frozenset(concepts)


# Which of them to print
# ----------------------


def _concept_weights(candidates: Iterable[_Candidate]) -> dict[str, float]:
    """Weigh each concept by the documents that use it, then by the sentences that do."""
    by_document: dict[str, set[str]] = {}
    by_sentence: Counter[str] = Counter()
    for candidate in candidates:
        by_sentence.update(candidate.concepts)
        for concept in candidate.concepts:
            by_document.setdefault(concept, set()).add(candidate.sentence.source)
    return {
        concept: _kind_weight(concept) * (len(users) - 1 + 0.25 * math.log2(1 + by_sentence[concept]))
        for concept, users in by_document.items()
    }


def _kind_weight(concept: str) -> float:
    """A pair, or a word denied, says more about what happened than a word does; a figure says more than either."""
    if " " in concept:
        return 1.0
    return 3.0 if concept[0].isdigit() else 0.4


def _choose(candidates: Sequence[_Candidate], most: int, policy: ExtractPolicy) -> list[_Candidate]:
    """Take the best opening first, then whatever adds most to what is already told."""
    if not candidates:
        return []
    weights = _concept_weights(candidates)
    own = [_weight(c.concepts, weights) for c in candidates]
    scale = [c.prior / c.words**policy.length_exponent for c in candidates]
    first = max(
        range(len(candidates)), key=lambda i: (candidates[i].opens, _lead_gain(candidates[i], own[i], policy), -i)
    )
    chosen = [candidates[first]]
    covered = set(candidates[first].concepts)
    heap = [(-weight * scale[i], i) for i, weight in enumerate(own) if i != first]
    heapq.heapify(heap)
    while heap and len(chosen) < most:
        _, i = heapq.heappop(heap)
        new = _weight(candidates[i].concepts - covered, weights)
        if new < policy.least_new * own[i]:
            continue
        gain = new * scale[i]
        if heap and gain < -heap[0][0]:
            heapq.heappush(heap, (-gain, i))
            continue
        if gain < policy.least_gain * own[first] * scale[first]:
            break
        chosen.append(candidates[i])
        covered |= candidates[i].concepts
    return chosen


def _lead_gain(candidate: _Candidate, weight: float, policy: ExtractPolicy) -> float:
    first = 1 + policy.first_bonus * (candidate.place == 0)
    return weight * candidate.prior * first / math.pow(candidate.words, policy.lead_exponent)


def _weight(concepts: Iterable[str], weights: Mapping[str, float]) -> float:
    # Exactly rounded: a plain sum over a set would differ from run to run with the order of its hashes.
    return math.fsum(weights[concept] for concept in concepts)


def _in_reading_order(chosen: Sequence[_Candidate], policy: ExtractPolicy) -> tuple[list[_Candidate], list[_Candidate]]:
    """Open with the most telling sentences; then follow the order in which the sources tell it."""
    lead = list(chosen[:1])
    if len(chosen) > 1 and chosen[1].opens and chosen[0].words + chosen[1].words <= policy.lead_words:
        lead.append(chosen[1])
    rest = sorted(
        chosen[len(lead) :],
        key=lambda c: (c.sentence.role == Role.NOTICE, c.place, len(c.sentence.source), c.sentence.source),
    )
    return lead, rest
