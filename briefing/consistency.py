"""What in a statement its evidence does not bear out, value by value. Pure; shared by checks and crosschecks.

Figures, dates, names, titles, negation, quotations, speakers, hedges and direction are each read as values
from both texts and compared; strings never are (`3` is not in `3,000`). An empty answer means that these
rules found nothing, not that the meaning follows: that is entailment, and not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from briefing import values
from briefing.spans import fold
from briefing.terms import content_terms
from briefing.types import Document, Evidence, Finding, FindingKind, Match, Sentence
from briefing.values.roles import GENERIC

#: Findings that say that the evidence tells something else, not merely less.
CONTRADICTIONS = frozenset(
    {
        FindingKind.NUMBER_DIFFERS,
        FindingKind.DATE_DIFFERS,
        FindingKind.TITLE_DIFFERS,
        FindingKind.NEGATION_DIFFERS,
        FindingKind.SPEAKER_DIFFERS,
        FindingKind.CONTRADICTED_BY_EVIDENCE,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A stretch of evidence and what is needed to read it."""

    text: str
    published: date | None = None
    """The day that "today" and "on Wednesday" refer to."""
    outlets: tuple[str, ...] = ()
    """Names of its publisher: "Outlet reported" is borne out by the outlet's own text."""


def passage_of(sentence: Sentence, document: Document) -> Passage:
    """Read a sentence of a document as evidence."""
    return Passage(
        text=sentence.text,
        published=document.published.date() if document.published else None,
        outlets=(document.publisher,) if document.publisher else (),
    )


def evidence_of(sentence: Sentence, start: int = 0, end: int | None = None) -> Evidence:
    """Return a sentence, or the part of it from `start` to `end`, as evidence that reads exactly so."""
    text = sentence.text[start:end]
    at = sentence.start + start
    return Evidence(source=sentence.source, start=at, end=at + len(text), text=text, match=Match.EXACT)


@dataclass(frozen=True, slots=True)
class _Read:
    """One text with everything the rules look at, read once."""

    text: str
    quantities: tuple[values.Quantity, ...]
    moments: tuple[values.Moment, ...]
    names: tuple[values.Name, ...]
    titles: tuple[values.Title, ...]
    negations: tuple[values.Negation, ...]
    quotations: tuple[values.Quotation, ...]
    attributions: tuple[values.Attribution, ...]
    hedges: tuple[values.Hedge, ...]
    directions: tuple[values.Direction, ...]
    terms: frozenset[str]


@lru_cache(maxsize=8_192)
def _read(text: str, published: date | None) -> _Read:
    return _Read(
        text,
        values.read_quantities(text),
        values.read_moments(text, published),
        values.read_names(text),
        values.read_titles(text),
        values.read_negations(text),
        values.read_quotations(text),
        values.read_attributions(text),
        values.read_hedges(text),
        values.read_directions(text),
        frozenset(content_terms(text)),
    )


def inconsistencies(claim: str, passages: Sequence[Passage]) -> tuple[Finding, ...]:
    """Return every reason by value why the passages together do not bear out the claim, in the claim's order.

    >>> passage = Passage(text="Some 4,000 people have left Kostrel since Sunday.")
    >>> [f.kind.value for f in inconsistencies("4 people have left Kostrel since Sunday.", [passage])]
    ['number_differs']
    >>> inconsistencies("About 4,000 people have left Kostrel since Sunday.", [passage])
    ()
    """
    published = next((p.published for p in passages if p.published), None)
    stated = _read(claim, published)
    shown = [_read(passage.text, passage.published) for passage in passages]
    found = [finding for rule in _RULES for finding in rule(stated, shown, passages)]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.kind)))


_Rule = Callable[[_Read, Sequence[_Read], Sequence[Passage]], Iterator[Finding]]


def _finding(kind: FindingKind, detail: str, start: int, end: int) -> Finding:
    return Finding(kind=kind, detail=detail, start=start, end=end)


# Figures
# -------


def _figures(stated: _Read, shown: Sequence[_Read], _: Sequence[Passage]) -> Iterator[Finding]:
    given = [q for read in shown for q in read.quantities if q.comparable]
    for figure in (q for q in stated.quantities if q.comparable):
        bearing = [q for q in given if values.supports(figure, q)]
        rivals = [q for q in given if q not in bearing and _same_question(figure, q)]
        if any(_same_question(figure, q) for q in bearing) or (bearing and not rivals):
            continue
        yield _against(figure, rivals)


def _against(figure: values.Quantity, rivals: Sequence[values.Quantity]) -> Finding:
    start, end = figure.start, figure.end
    if not rivals:
        return _finding(FindingKind.NUMBER_ABSENT, "not in the evidence", start, end)
    if any((q.low, q.high) == (figure.low, figure.high) for q in rivals):
        return _finding(FindingKind.HEDGE_LOST, "the evidence gives it as approximate", start, end)
    return _finding(FindingKind.NUMBER_DIFFERS, f"the evidence says {rivals[0].text}", start, end)


def _same_question(a: values.Quantity, b: values.Quantity) -> bool:
    """Whether two figures count the same thing in the same act, as far as both say."""
    if a.kind != b.kind or a.unit != b.unit:
        return False
    if a.counted and b.counted and not _shares_a_word(a.counted, b.counted):
        return False
    if a.predicate and b.predicate:
        return a.predicate == b.predicate
    return bool(a.counted and b.counted)


def _shares_a_word(a: str, b: str) -> bool:
    return bool(set(content_terms(a)) & set(content_terms(b)))


# Dates
# -----


def _dates(stated: _Read, shown: Sequence[_Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    given = [moment for read in shown for moment in read.moments]
    for moment in stated.moments:
        if not (_same_clock(moment, given) if _is_clock(moment) else _same_day(moment, given, passages)):
            told = ", ".join(dict.fromkeys(o.text for o in given if _is_clock(o) == _is_clock(moment)))
            kind = FindingKind.DATE_DIFFERS if told else FindingKind.NOT_ENTAILED
            yield _finding(kind, f"the evidence says {told or 'nothing of when'}", moment.start, moment.end)


def _is_clock(moment: values.Moment) -> bool:
    """Whether it is a time of day and says nothing of the day."""
    vague = moment.first is None and not moment.readings and moment.weekday is None and moment.month is None
    return vague and moment.time is not None


def _same_clock(moment: values.Moment, given: Iterable[values.Moment]) -> bool:
    return any(moment.time == other.time for other in given)


def _same_day(moment: values.Moment, given: Iterable[values.Moment], passages: Iterable[Passage]) -> bool:
    dated = [other for other in given if not _is_clock(other)]
    if not dated:
        return any(_holds(moment, passage.published) for passage in passages)
    # "Thursday" is last week's in one sentence and next week's in another; the same words mean the same here.
    return any(
        moment.text.casefold() == other.text.casefold() or values.compatible(moment, other) is not False
        for other in dated
    )


def _holds(moment: values.Moment, day: date | None) -> bool:
    if day is None or moment.first is None or moment.last is None:
        return False
    return moment.first <= day <= moment.last


# Names and titles
# ----------------


def _names(stated: _Read, shown: Sequence[_Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    given = [name.text for read in shown for name in read.names]
    given += [outlet for passage in passages for outlet in passage.outlets]
    words = frozenset(word for read in shown for word in _words(read.text))
    figures = [(q.start, q.end) for q in stated.quantities]
    for name in stated.names:
        if any(start <= name.start and name.end <= end for start, end in figures):
            continue
        if any(values.same_name(name.text, other) for other in given):
            continue
        if all(word in words or any(values.same_name(word, o) for o in given) for word in _words(name.text)):
            continue
        yield _finding(FindingKind.NAME_ABSENT, "not in the evidence", name.start, name.end)


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?()[]\"“”‘’'").removesuffix("’s").removesuffix("'s").casefold() for word in text.split()]


def _titles(stated: _Read, shown: Sequence[_Read], _: Sequence[Passage]) -> Iterator[Finding]:
    given = [title for read in shown for title in read.titles]
    for title in stated.titles:
        same = [other for other in given if values.same_name(title.person.text, other.person.text)]
        if same and not any(_bears_out(title, other) for other in same):
            detail = f"the evidence says {same[0].text}"
            yield _finding(FindingKind.TITLE_DIFFERS, detail, title.start, title.end)


def _bears_out(title: values.Title, given: values.Title) -> bool:
    """A claim needs its own title in the evidence: that two can be held together is not enough here."""
    related = title.head == given.head or bool(GENERIC & {title.head, given.head})
    return related and not values.titles_conflict(title, given)


# Negation and direction
# ----------------------


def _negation(stated: _Read, shown: Sequence[_Read], _: Sequence[Passage]) -> Iterator[Finding]:
    denied_here = [(head, n) for n in stated.negations if (head := _denied(stated.text, n))]
    denied_there = [(read, head, n) for read in shown for n in read.negations if (head := _denied(read.text, n))]
    for head, negation in denied_here:
        if any(other == head or head in _scope(read.text, n) for read, other, n in denied_there):
            continue
        if any(head in read.terms for read in shown):
            kind, detail = FindingKind.NEGATION_DIFFERS, "the evidence does not deny it"
        else:
            kind, detail = FindingKind.NOT_ENTAILED, "the evidence says nothing of what is denied"
        yield _finding(kind, detail, negation.start, negation.end)
    if not denied_here:
        yield from _denied_only_there(stated, denied_there)


def _denied_only_there(stated: _Read, denied: Iterable[tuple[_Read, str, values.Negation]]) -> Iterator[Finding]:
    """What the evidence denies, the claim must not state."""
    for read, head, negation in denied:
        scope = _scope(read.text, negation)
        if head in stated.terms and len(scope & stated.terms) >= 0.6 * len(scope):
            detail = f"the evidence says “{read.text[negation.start : negation.end]}”"
            yield _finding(FindingKind.NEGATION_DIFFERS, detail, 0, len(stated.text))
            return


def _scope(text: str, negation: values.Negation) -> frozenset[str]:
    return frozenset(content_terms(text[negation.scope_start : negation.scope_end]))


def _denied(text: str, negation: values.Negation) -> str:
    """The first content term that a negation governs: what is denied, of all that it is denied of."""
    return next(iter(content_terms(text[negation.scope_start : negation.scope_end])), "")


def _directions(stated: _Read, shown: Sequence[_Read], _: Sequence[Passage]) -> Iterator[Finding]:
    given = [direction for read in shown for direction in read.directions]
    for direction in stated.directions:
        same = [other for other in given if other.family == direction.family]
        if same and all(other.sign != direction.sign for other in same):
            detail = f"the evidence says “{same[0].text}”"
            yield _finding(FindingKind.CONTRADICTED_BY_EVIDENCE, detail, direction.start, direction.end)


# Quotations, speakers, attribution, hedges
# -----------------------------------------


def _quotations(stated: _Read, shown: Sequence[_Read], _: Sequence[Passage]) -> Iterator[Finding]:
    for quotation in stated.quotations:
        wanted = _bare(quotation.text)
        holding = [read for read in shown if wanted in _bare(read.text)]
        if not holding:
            detail = "these words do not stand so in the evidence"
            yield _finding(FindingKind.QUOTATION_ALTERED, detail, quotation.start, quotation.end)
        elif quotation.speaker:
            yield from _speaker(quotation, wanted, holding)


def _bare(quotation: str) -> str:
    """Fold, and drop the punctuation that house styles move inside or outside of the closing mark."""
    return fold(quotation).text.strip(" .,;:!?…\"'")


def _speaker(quotation: values.Quotation, wanted: str, holding: Iterable[_Read]) -> Iterator[Finding]:
    speakers = [
        other.speaker
        for read in holding
        for other in read.quotations
        if other.speaker and (wanted in _bare(other.text) or _bare(other.text) in wanted)
    ]
    claimed = quotation.speaker or ""
    if speakers and not any(_same_speaker(claimed, speaker) for speaker in speakers):
        detail = f"the evidence gives it to {speakers[0]}"
        start, end = quotation.speaker_start, quotation.speaker_end
        yield _finding(FindingKind.SPEAKER_DIFFERS, detail, start or 0, end or len(claimed))


_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we"})


def _same_speaker(a: str, b: str) -> bool:
    if a.casefold() in _PRONOUNS or b.casefold() in _PRONOUNS:
        return True
    return values.same_name(a, b) or _shares_a_word(a, b)


def _attribution(stated: _Read, shown: Sequence[_Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    if stated.attributions:
        yield from _reporter(stated, shown, passages)
        return
    if any(q.speaker for q in stated.quotations):
        return
    told = [next((a for a in read.attributions if _governs(a, read, stated)), None) for read in shown]
    if told and told[0] and all(told):
        detail = f"the evidence gives it as what {told[0].speaker or 'somebody'} said"
        yield _finding(FindingKind.ATTRIBUTION_LOST, detail, 0, len(stated.text))


def _reporter(stated: _Read, shown: Sequence[_Read], passages: Sequence[Passage]) -> Iterator[Finding]:
    """Who says it must be who says it in the evidence, where the evidence names anybody."""
    given = [a.speaker for read in shown for a in read.attributions]
    outlets = [outlet for passage in passages for outlet in passage.outlets]
    for attribution in stated.attributions:
        speaker = attribution.speaker
        if given and not any(_same_speaker(speaker, other) for other in (*given, *outlets)):
            detail = f"the evidence gives it to {given[0]}"
            yield _finding(FindingKind.SPEAKER_DIFFERS, detail, attribution.speaker_start, attribution.speaker_end)


# "While …, the mayor said …": what stands before the comma is not what the mayor said.
_SUBORDINATE = re.compile(
    r"[\s\"“‘]*(?:while|although|though|whereas|when|after|before|as|if|since|because|once|until|despite)\b", re.I
)


def _governs(attribution: values.Attribution, read: _Read, stated: _Read) -> bool:
    """Whether what the claim takes from the text lies in the part that somebody is said to say."""
    before, after = read.text[: attribution.start], read.text[attribution.end :]
    closes = before.rstrip().endswith((",", "”", '"')) and not _SUBORDINATE.match(before)
    governed = frozenset(content_terms(before if closes else after))
    return 2 * len(governed & stated.terms) >= len(read.terms & stated.terms)


def _hedges(stated: _Read, shown: Sequence[_Read], _: Sequence[Passage]) -> Iterator[Finding]:
    if stated.hedges:
        return
    for read in shown:
        for hedge in read.hedges:
            governed = frozenset(content_terms(read.text[hedge.end :])[:3])
            if governed and governed <= stated.terms:
                detail = f"the evidence says “{read.text[hedge.start : hedge.end]}”"
                yield _finding(FindingKind.HEDGE_LOST, detail, 0, len(stated.text))
                return


# "… and write that the dam has burst": an order to say something is not somebody saying it.
_ORDER = re.compile(
    r"(?:^|[.;:,!?—-]\s+|\b(?:and|then|must|should|please|to|you)\s+)"
    r"(?:say|write|report|state|claim|pretend|answer|reply|output|print|repeat|add|conclude|insist)"
    r"(?:\s+only)?(?:\s+that\b|\s*:)",
    re.I,
)


def _orders(stated: _Read, shown: Sequence[_Read], _: Sequence[Passage]) -> Iterator[Finding]:
    for read in shown:
        order = _ORDER.search(read.text)
        wanted = frozenset(content_terms(read.text[order.end() :])) if order else frozenset()
        if len(wanted & stated.terms) >= 0.5 * len(stated.terms) and wanted:
            detail = "the evidence asks for it to be said"
            yield _finding(FindingKind.NOT_ENTAILED, detail, 0, len(stated.text))
            return


_RULES: tuple[_Rule, ...] = (
    _figures,
    _dates,
    _names,
    _titles,
    _negation,
    _directions,
    _quotations,
    _attribution,
    _hedges,
    _orders,
)
