"""Which sentences of today tell something that no earlier brief told, and no earlier article of the story.

A sentence is told when what was told before holds most of its words, weighed by how rare they are, and when nothing
in it differs by value: a figure, a date, a name, a quotation or a denial of its own makes a sentence new, however
much of it is old. To drop what is new is the worse mistake, so every rule leans towards new.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.consistency import CONTRADICTIONS, Passage, inconsistencies
from briefing.crosschecks.shares import Shares
from briefing.entailment import Entailment, Pair
from briefing.news.carrying import Before
from briefing.terms import content_terms
from briefing.types import COMPARED_LANGUAGES, Document, FindingKind, Sentence
from briefing.values import Moment, compatible, read_moments, read_negations, read_quantities, same_amount


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldPolicy:
    """When a sentence counts as told."""

    least_held: float = 0.65
    """Share of its terms, weighted by rarity among what was told, that must be in what was told.

    Of 2,234 sentences of public stories split into two days at random, 60 that were dropped were read, as were 37 that
    0.65 drops and 0.75 does not: five of the 97 told something new, three of which count as new since denials are
    compared.
    """
    least_of_one: float = 0.4
    """Share that one passage must hold to count among those that tell it."""
    passages: int = 3
    """How many passages together may tell it."""
    candidates: int = 8
    """How many passages that hold most are looked at."""
    least_of_short: float = 0.8
    """The same for a short sentence: one word of it may be all that is new."""
    long: int = 7
    """Terms of a sentence that is not short; somebody whom only another sentence names makes it no news."""
    most_numbers: int = 40
    """A sentence with more is a table, and told again only word by word: to compare its values takes too long."""
    other_language: float = 0.95
    """`least_held` where the values of a language are not read."""
    entailed: float = 0.5
    """Least log-odds of the entailment model that what was told bears a sentence out which it holds too few words of.

    Of the same sentences 29 more were dropped so by the weights of an earlier version; all were read, and one of them
    told something new.
    """
    tolerated: frozenset[FindingKind] = frozenset({FindingKind.ATTRIBUTION_LOST})
    """Another report of the same may leave out who said it."""

    def needed(self, terms: int) -> float:
        """Return the share that must be held of a sentence of so many terms."""
        return self.least_held if terms >= self.long else self.least_of_short


@dataclass(frozen=True, kw_only=True, slots=True)
class _Passage:
    """A stretch that was told."""

    passage: Passage
    terms: frozenset[str]


def untold(
    sentences: Sequence[Sentence],
    before: Before,
    documents: Sequence[Document],
    *,
    earlier: Sequence[Sentence] = (),
    entailment: Entailment | None = None,
    policy: ToldPolicy = ToldPolicy(),
) -> frozenset[str]:
    """Return the ids of the `sentences` that tell something new.

    `sentences` are the citable ones of today's articles, `documents` those of today's briefing, `earlier` the citable
    sentences of its articles of earlier days: what stood there and was not chosen then is no news either. Without
    `earlier`, only what briefs told counts as told. With `entailment`, what was told in other words is recognised too.
    """
    by_id = {document.id: document for document in documents}
    told = _Shelf(_passages(before, earlier, by_id))
    return frozenset(s.id for s in sentences if not told.tells(s, by_id[s.source], policy, entailment))


def _passages(before: Before, earlier: Iterable[Sentence], documents: Mapping[str, Document]) -> Iterator[Passage]:
    for told in before.claims:
        rests_on = documents.get(told.claim.evidence[0].source) if told.claim.evidence else None
        yield _passage(told.claim.text, rests_on)
        yield from (_passage(span.text, documents.get(span.source)) for span in told.spans)
    yield from (_passage(sentence.text, documents[sentence.source]) for sentence in earlier)


def _passage(text: str, document: Document | None) -> Passage:
    if document is None:
        return Passage(text=text)
    return Passage(text=text, published=_day_of(document), outlets=_outlets(document))


def _day_of(document: Document) -> date | None:
    return document.published.date() if document.published else None


def _outlets(document: Document) -> tuple[str, ...]:
    return (document.publisher,) if document.publisher else ()


class _Shelf:
    """All that was told, by its terms."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._told = [_Passage(passage=p, terms=frozenset(content_terms(p.text))) for p in dict.fromkeys(passages)]
        self._shares = Shares([each.passage.text for each in self._told])
        self._verbatim: dict[str, list[Passage]] = defaultdict(list)
        for each in self._told:
            self._verbatim[_one_line(each.passage.text)].append(each.passage)
        self._words = frozenset(w for each in self._told for w in _words(each.passage.text))

    def tells(self, sentence: Sentence, document: Document, policy: ToldPolicy, entailment: Entailment | None) -> bool:
        """Whether a sentence only repeats."""
        terms = frozenset(content_terms(sentence.text))
        if not terms:
            return True
        verbatim = self._verbatim.get(_one_line(sentence.text), ())
        if any(not _has_new_day(sentence.text, _day_of(document), [passage]) for passage in verbatim):
            return True
        if len(_NUMBER.findall(sentence.text)) > policy.most_numbers:
            return False
        read = document.language in COMPARED_LANGUAGES
        needed = policy.needed(len(terms)) if read else policy.other_language
        for told in self._groups(sentence.text, terms, needed, policy):
            if not read:
                return _numbers(sentence.text) <= {n for p in told for n in _numbers(p.text)}
            if self._same_by_value(sentence, document, told, policy):
                return True
        return read and entailment is not None and self._means_the_same(sentence, document, policy, entailment)

    def _means_the_same(
        self, sentence: Sentence, document: Document, policy: ToldPolicy, entailment: Entailment
    ) -> bool:
        """Whether what was told that is nearest to a sentence bears it out, by value and in the model's eyes."""
        shares = self._shares.holding(sentence.text)
        nearest = sorted(shares, key=lambda i: (-shares[i], i))[: policy.passages]
        if not nearest or shares[nearest[0]] < policy.least_of_one:
            return False
        told = [self._told[i].passage for i in nearest]
        if not self._same_by_value(sentence, document, told, policy):
            return False
        (log_odds,) = entailment.scores([Pair(" ".join(p.text for p in told), sentence.text)])
        return log_odds >= policy.entailed

    def _groups(
        self, text: str, terms: frozenset[str], needed: float, policy: ToldPolicy
    ) -> Iterator[tuple[Passage, ...]]:
        """Yield passages that hold enough of the terms: each that does alone, then the fewest that do together."""
        shares = self._shares.holding(text)
        nearest = sorted(shares, key=lambda i: (-shares[i], i))[: policy.candidates]
        near = [i for i in nearest if shares[i] >= policy.least_of_one]
        alone = [i for i in near if shares[i] >= needed]
        yield from ((self._told[i].passage,) for i in alone)
        together: list[int] = []
        held: frozenset[str] = frozenset()
        for _ in range(policy.passages):
            best = max(near, key=lambda i: (self._gain(i, terms, held), -i), default=None)
            if best is None or not self._gain(best, terms, held):
                break
            together.append(best)
            held |= self._told[best].terms & terms
        if len(together) > 1 and self._shares.weigh(held) >= needed * self._shares.weigh(terms):
            yield tuple(self._told[i].passage for i in together)

    def _same_by_value(
        self, sentence: Sentence, document: Document, told: Sequence[Passage], policy: ToldPolicy
    ) -> bool:
        text, written = sentence.text, _day_of(document)
        long = len(set(content_terms(text))) >= policy.long
        for finding in inconsistencies(text, told, published=written):
            # Who said it may be named in another sentence of the same story.
            known = finding.kind is FindingKind.NAME_ABSENT and _words(text[finding.start : finding.end]) <= self._words
            if finding.kind not in policy.tolerated and not (known and long):
                return False
        own = Passage(text=text, published=written, outlets=_outlets(document))
        new = _has_new_day(text, written, told) or _has_new_figure(text, told) or _has_new_denial(text, told)
        return not new and not any(_denies(passage, own) for passage in told)

    def _gain(self, i: int, terms: frozenset[str], held: frozenset[str]) -> float:
        return self._shares.weigh((self._told[i].terms & terms) - held)


# By value
# --------


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(content_terms(text))


def _has_new_denial(text: str, told: Sequence[Passage]) -> bool:
    """Whether the first word that it denies is denied nowhere in what was told."""
    given = {term for p in told for denied in _each_denied(p.text) for term in denied}
    return any(denied[0] not in given for denied in _each_denied(text))


def _each_denied(text: str) -> list[tuple[str, ...]]:
    """The terms that each negation governs, in order."""
    scopes = (content_terms(text[n.scope_start : n.scope_end]) for n in read_negations(text))
    return [terms for terms in scopes if terms]


def _denies(told: Passage, own: Passage) -> bool:
    """Whether what was told says otherwise than the sentence: the rules are not the same both ways.

    Days are compared one way alone: what was told may name more of them, "said on Monday" after "left on Sunday".
    """
    found = inconsistencies(told.text, [own], published=told.published)
    return any(finding.kind in CONTRADICTIONS and finding.kind is not FindingKind.DATE_DIFFERS for finding in found)


def _has_new_day(text: str, written: date | None, told: Sequence[Passage]) -> bool:
    """Whether it names a day that what was told does not: "on Thursday" of this week is not that of last week."""
    days = [moment for moment in read_moments(text, written) if _is_day(moment)]
    given = [moment for p in told for moment in read_moments(p.text, p.published)] if days else []
    return any(not any(compatible(day, other) for other in given) for day in days)


def _is_day(moment: Moment) -> bool:
    return moment.first is not None and moment.first == moment.last


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))


def _has_new_figure(text: str, told: Sequence[Passage]) -> bool:
    """Whether a number of it was never told, as digits or as the same amount."""
    given = frozenset[str]().union(*(_numbers(p.text) for p in told))
    amounts = [q for p in told for q in read_quantities(p.text)]
    moments = [(m.start, m.end) for m in read_moments(text)]
    known = [(q.start, q.end) for q in read_quantities(text) if any(same_amount(q, other) for other in amounts)]
    return any(
        match[0] not in given and not any(a <= match.start() < b for a, b in (*moments, *known))
        for match in _NUMBER.finditer(text)
    )
