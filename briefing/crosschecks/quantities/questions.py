"""Whether two numbers answer the same question: unit, noun, verb, day and context."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from briefing.crosschecks.contrasts import Words, are_contrasted, words_of
from briefing.crosschecks.quantities.agreement import QuantityPolicy, is_far, is_one_value, is_resembling, is_transposed
from briefing.crosschecks.quantities.mentions import GENERAL, GENERIC, Mention
from briefing.crosschecks.scopes import GENERATION, NEARLY_ONE_AGE, apart, is_part
from briefing.kin import kin_of
from briefing.terms import content_terms
from briefing.types import Relay, Sentence
from briefing.values import QuantityKind, compatible, same_name
from briefing.values.quantities.verbs import lemma


class Context:
    """Rarity of terms in the story, and which mentions share them."""

    def __init__(
        self, mentions: Sequence[Mention], sentences: Sequence[Sentence], relays: Sequence[Relay] = ()
    ) -> None:
        self._mentions = mentions
        self._relays: dict[tuple[str, str | None], list[Relay]] = defaultdict(list)
        for relay in relays:
            self._relays[relay.source, relay.relays].append(relay)
        frequency: Counter[str] = Counter()
        for sentence in sentences:
            frequency.update(set(content_terms(sentence.text)))
        self._weights = {t: math.log1p(len(sentences) / n) for t, n in frequency.items()}

        self._totals = {id(mention): self._weight(mention.terms) for mention in mentions}

    def _weight(self, terms: Iterable[str]) -> float:
        # fsum rounds once, so the order in which a set is walked does not matter.
        return math.fsum(self._weights.get(term, 0.0) for term in terms)

    def shared(self, a: Mention, b: Mention) -> float:
        """Share of the weight of the poorer sentence that the other one has too."""
        least = min(self._totals[id(a)], self._totals[id(b)])
        return self._weight(a.terms & b.terms) / least if least else 0.0

    def is_relayed(self, a: Mention, b: Mention) -> bool:
        """Whether the sentence of one names the source of the other as the one that reports it."""
        return any(
            one.sentence.start <= relay.start < one.sentence.end or relay.outlet in one.sentence.text
            for one, other in ((a, b), (b, a))
            for relay in self._relays.get((one.source, other.source), ())
        )

    def pairs(self, policy: QuantityPolicy) -> Iterator[tuple[Mention, Mention]]:
        """Yield pairs of mentions of different sources with the same unit and a term in common.

        A mention is paired with the earlier ones that share most terms with it, up to a fixed number.
        """
        postings: dict[tuple[tuple[QuantityKind, str], str], list[int]] = defaultdict(list)
        for i, mention in enumerate(self._mentions):
            met: Counter[int] = Counter()
            for term in mention.terms.union(mention.nouns):
                places = postings[mention.measure, term]
                met.update(places[-policy.postings :])
                places.append(i)
            others = (j for j in met if self._mentions[j].source != mention.source)
            for j in heapq.nlargest(policy.postings, others, key=lambda j: (met[j], j)):
                yield self._mentions[j], mention


def strength(a: Mention, b: Mention, context: Context, given: Given, policy: QuantityPolicy) -> float:
    """Return how surely the two answer one question; below 1 they do not.

    It is the share of context that they have in common over the share that their nouns and verbs ask for.
    """
    if _other_day(a, b) or _other_period(a, b) or a.is_condition != b.is_condition:
        return 0.0
    least = _least_context(a, b, given, policy)
    if least is None:
        return 0.0
    if context.is_relayed(a, b):
        least *= policy.relayed
    if is_resembling(a.quantity, b.quantity):
        least *= policy.resembling
    elif is_transposed(a.quantity, b.quantity):
        least *= policy.transposed
    elif _of_other_scope(a, b):
        return 0.0
    elif is_far(a.quantity, b.quantity):
        least = max(2 * least, policy.far)
    sure = (context.shared(a, b) + _TINY) / (least + _TINY)
    other = sure >= 1 and not is_resembling(a.quantity, b.quantity) and _are_of_two_things(a, b)
    return 0.0 if other else sure


_TINY = 0.01


def _least_context(a: Mention, b: Mention, given: Given, policy: QuantityPolicy) -> float | None:
    """Return how much context must agree given nouns and verbs, or None when no amount would do."""
    nouns, verbs = nouns_agree(a, b), a.verb == b.verb and bool(a.verb)
    if nouns is False:
        return policy.other_noun
    if a.quantity.kind is QuantityKind.AGE:
        return _least_of_ages(a, b, given, policy)
    if a.quantity.kind is QuantityKind.DURATION:
        return policy.duration
    if not nouns:
        unsaid = a.quantity.kind is QuantityKind.MONEY and not (a.verb and b.verb)
        least = policy.same_verb if verbs else policy.money if unsaid else policy.neither
    elif verbs:
        least = policy.same_noun_and_verb
    else:
        least = policy.other_verb if a.verb and b.verb else policy.same_noun
    if nouns and given.is_only_one(a, b):
        two_acts = bool(a.verb and b.verb) and not verbs and not is_resembling(a.quantity, b.quantity)
        least = min(least, policy.only_one_other_act if two_acts else policy.only_one)
    return min(least, policy.beside) if a.figures & b.figures else least


def _least_of_ages(a: Mention, b: Mention, given: Given, policy: QuantityPolicy) -> float | None:
    if nouns_agree(a, b) and not are_generations_apart(a, b):
        return policy.same_person
    if _do_other_things(a, b):
        return policy.other_noun
    return policy.only_age if given.is_only_age(a, b) and _may_be_of_one(a, b) else policy.duration


def are_generations_apart(a: Mention, b: Mention) -> bool:
    """Whether two ages are rather those of two people."""
    return abs(_amount(a) - _amount(b)) > GENERATION and not is_resembling(a.quantity, b.quantity)


def _may_be_of_one(a: Mention, b: Mention) -> bool:
    """Whether two ages are near, or those of a thing, and not those of a welder and of a cook."""
    if abs(_amount(a) - _amount(b)) > NEARLY_ONE_AGE and min(_amount(a), _amount(b)) <= _OLDEST:
        return False
    one, other = a.described, b.described
    return not (one and other) or one == other or bool({one, other} & GENERAL)


def _do_other_things(a: Mention, b: Mention) -> bool:
    """Whether two whom nobody names are told of by no act in common: one woman was arrested, one is in hospital."""
    someone = not (a.head or b.head) and min(_amount(a), _amount(b)) <= _OLDEST
    return someone and not a.acts & b.acts


def nouns_agree(a: Mention, b: Mention) -> bool | None:
    """Say whether two phrases name the same things; None when one is silent or general."""
    if not a.head or not b.head:
        return None
    if a.names and b.names and a.head == b.head and not a.names & b.names:
        return False
    modifiers_a, modifiers_b = set(a.nouns[:-1]), set(b.nouns[:-1])
    if a.head == b.head:
        exclusive = modifiers_a and modifiers_b and not modifiers_a & modifiers_b
        return None if exclusive or (a.head in GENERIC and modifiers_a != modifiers_b) else True
    if a.head in b.nouns or b.head in a.nouns:
        return True
    loosely = a.head in GENERIC or b.head in GENERIC or a.quantity.kind in _LOOSELY_NAMED
    return None if loosely or kin_of(a.head).get(b.head, 0) >= _NEARLY_THE_SAME else False


_OLDEST = 125
"""Years that nobody has lived."""
_NEARLY_THE_SAME = 0.85
"""Cosine of two nouns one of which may well stand for the other: homes and houses, not men and women."""
# What an amount of money or time is for has many names: "the surgery cost", "the procedure cost".
_LOOSELY_NAMED = frozenset({QuantityKind.MONEY, QuantityKind.DURATION, QuantityKind.PERCENT, QuantityKind.MEASURE})


def _other_day(a: Mention, b: Mention) -> bool:
    """Whether both sentences name days and no day of one can be a day of the other."""
    if not a.moments or not b.moments:
        return False
    return not any(compatible(m, n) is not False for m in a.moments for n in b.moments)


def _other_period(a: Mention, b: Mention) -> bool:
    """Whether both sentences name periods and none alike: revenue of a quarter, revenue of a year."""
    return bool(a.periods and b.periods) and not a.periods & b.periods


def _of_other_scope(a: Mention, b: Mention) -> bool:
    """Whether the sentences speak of two parts, a part and the whole, or a day and a longer time."""
    small, large = sorted((a, b), key=_amount)
    day_and_period = any(
        one.moments and not one.periods and other.periods and not other.moments for one, other in ((a, b), (b, a))
    )
    some = small.is_some_of and not large.is_some_of
    return (
        some or a.is_more != b.is_more or apart(a.scope, b.scope) or is_part(small.scope, large.scope) or day_and_period
    )


def _are_of_two_things(a: Mention, b: Mention) -> bool:
    """Whether the sentences are alike but for the word that says what each number is of."""

    def may_be_one(ours: Words, theirs: Words) -> bool:
        # Verbs are compared by themselves.
        verbs = a.quantity.predicate in map(lemma, ours) and b.quantity.predicate in map(lemma, theirs)
        general = any({*content_terms(word)} & GENERIC for word in (*ours, *theirs))
        return verbs or general or same_name(" ".join(ours), " ".join(theirs))

    return are_contrasted(words_of(a.sentence.text), words_of(b.sentence.text), may_be_one)


def _amount(mention: Mention) -> Decimal:
    return mention.quantity.low


class Given:
    """Which source gives which values for a noun or verb, anywhere."""

    def __init__(self, mentions: Sequence[Mention], policy: QuantityPolicy) -> None:
        self._policy = policy
        self._lone: dict[tuple[int, str], bool] = {}
        self._by_source: dict[tuple[str, tuple[QuantityKind, str]], list[Mention]] = defaultdict(list)
        for mention in sorted((m for m in mentions if not m.is_retracted), key=_amount):
            self._by_source[mention.source, mention.measure].append(mention)

    def reconciles(self, a: Mention, b: Mention) -> bool:
        """Whether one of the two sources also gives the value of the other, for the same things."""
        return self.gives(a.source, b) or self.gives(b.source, a)

    def gives(self, source: str, wanted: Mention) -> bool:
        """Whether a source gives the value of a mention, for the same things."""
        low = wanted.quantity.low
        # Wider than any rounding that makes two amounts one.
        reach = max(Decimal(1), abs(low) / 8)
        own = self._by_source[source, wanted.measure]
        near = own[bisect_left(own, low - reach, key=_amount) : bisect_right(own, low + reach, key=_amount)]
        return any(
            nouns_agree(mention, wanted) is not False
            and is_one_value(mention.quantity, wanted.quantity, self._policy.given_near)
            for mention in near
        )

    def is_only_one(self, a: Mention, b: Mention) -> bool:
        """Whether each of the two sources counts this noun once, what both give alike left aside.

        Small numbers are no help: "two guards" are many different pairs of them.
        """
        specific = bool(a.head) and a.head == b.head and not (a.is_general or b.is_general)
        large = min(a.quantity.high, b.quantity.high) >= self._policy.large
        return specific and large and self._is_lone(a, b.source) and self._is_lone(b, a.source)

    def is_only_age(self, a: Mention, b: Mention) -> bool:
        """Whether each of the two sources tells one age, what both give alike left aside."""
        return all(
            is_one_value(own.quantity, mention.quantity, self._policy.given_near) or self.gives(other.source, own)
            for mention, other in ((a, b), (b, a))
            for own in self._by_source[mention.source, mention.measure]
        )

    def _is_lone(self, mention: Mention, other: str) -> bool:
        key = (id(mention), other)
        if key not in self._lone:
            self._lone[key] = not any(
                own.head == mention.head
                and not is_one_value(own.quantity, mention.quantity, self._policy.near)
                and not self.gives(other, own)
                for own in self._by_source[mention.source, mention.measure]
            )
        return self._lone[key]
