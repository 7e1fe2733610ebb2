"""Is a changed date, speaker or age reported as a dispute, and nothing else: planted in real stories.

    python -m benchmarks.differences FILE… [--json]

Each line of a file is one story, `{"story", "articles": [{"id", "text"}]}`. In every story a date, or the name of who
said something, is changed in one article where another article tells the same: a date when the two sentences share
five terms, a speaker when the quotations are alike. Figures: `date_recall` and `speaker_recall`, the share of these
changes that some dispute sets apart from the other article; `date_extra_per_story` and so on, how many disputes of
each kind are reported on average in the stories as they are. Each extra one is printed: some of them are real.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, permutations
from pathlib import Path
from typing import Any

from benchmarks.common import Figures, mean, plain_document, read_rows
from briefing.crosschecks.dates import date_disputes
from briefing.crosschecks.polarity import polarity_disputes
from briefing.crosschecks.quantities import quantity_disputes
from briefing.crosschecks.refutations import refutations
from briefing.crosschecks.speakers import attribution_disputes
from briefing.sentences import split
from briefing.terms import content_terms
from briefing.types import Dispute, Document, Sentence
from briefing.values import (
    Moment,
    QuantityKind,
    Quotation,
    compatible,
    read_moments,
    read_quantities,
    read_quotations,
    same_name,
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHARED_TERMS = 5
_QUOTED_WORDS = 5
_PLANTS_PER_STORY = 3
_NOBODY = "Odran Keswick"
_YEARS = 3
_AGES = range(12, 111)
Compare = Callable[[Sequence[Document], Sequence[Sentence]], tuple[Dispute, ...]]
_COMPARISONS: dict[str, Compare] = {
    "date": date_disputes,
    "speaker": attribution_disputes,
    "polarity": polarity_disputes,
    "refutation": refutations,
    "age": lambda documents, sentences: tuple(d for d in quantity_disputes(documents, sentences) if _is_of_age(d)),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Plant:
    """A change of one article, and where another article tells what it changes."""

    article: str
    start: int
    end: int
    new: str
    other: str
    other_start: int
    other_end: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each file; print a table and every extra dispute, or with `--json` one object."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.differences", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    results = {path.name: measure(read_rows(path), quiet=options.json) for path in options.files}
    if options.json:
        print(json.dumps({"files": results, "mean": mean(list(results.values()))}, indent=2))
        return 0
    for name, figures in results.items():
        print(f"{name}\n  " + "  ".join(f"{figure} {value:.3f}" for figure, value in figures.items()))
    return 0


def measure(stories: Sequence[dict[str, Any]], *, quiet: bool = True) -> Figures:
    """Return recall of what was planted, how much was planted, and how much is reported where nothing was."""
    told = [
        [plain_document(str(article["id"]), str(article["text"])) for article in story["articles"]]
        for story in stories
        if len(story["articles"]) > 1
    ]
    figures: Figures = {}
    for name, plants_of in (("date", date_plants), ("speaker", speaker_plants), ("age", age_plants)):
        found = [
            is_found(plant, documents, _COMPARISONS[name])
            for documents in told
            for plant in islice(plants_of(documents), _PLANTS_PER_STORY)
        ]
        figures |= {f"{name}_recall": sum(found) / max(1, len(found)), f"{name}_planted": float(len(found))}
    for name, compare in _COMPARISONS.items():
        extras = [dispute for documents in told for dispute in compare(documents, split(documents))]
        figures[f"{name}_extra_per_story"] = len(extras) / len(told)
        for dispute in () if quiet else extras:
            print(f"  extra {name}: {dispute.about}: " + " against ".join(value.value for value in dispute.values))
    return figures


# Plants
# ------


def date_plants(documents: Sequence[Document]) -> Iterator[Plant]:
    """Yield changes of a day that another article gives too, in a sentence of like content."""
    dated = [(sentence, moment) for sentence in split(documents) for moment in read_moments(sentence.text)]
    for (sentence, moment), (other, same) in permutations(dated, 2):
        new = _another_day(moment)
        shared = {*content_terms(sentence.text)} & {*content_terms(other.text)} - {*content_terms(moment.text)}
        told = new and _another_day(same) and sentence.source != other.source
        if new and told and len(shared) >= _SHARED_TERMS and compatible(moment, same):
            yield Plant(
                article=sentence.source,
                start=sentence.start + moment.start,
                end=sentence.start + moment.end,
                new=new,
                other=other.source,
                other_start=other.start + same.start,
                other_end=other.start + same.end,
            )


def _another_day(moment: Moment) -> str | None:
    """Return the mention with another weekday, or another day of the month, where it has just one of the two."""
    if moment.weekday is not None and moment.month is None and moment.text in _DAYS:
        return _DAYS[(moment.weekday + 3) % len(_DAYS)]
    if moment.day is not None and moment.weekday is None and moment.text.count(str(moment.day)) == 1:
        return moment.text.replace(str(moment.day), str(moment.day % 24 + 4))
    return None


def speaker_plants(documents: Sequence[Document]) -> Iterator[Plant]:
    """Yield changes of the named speaker of a quotation that another article gives to the same one."""
    said = [(d.id, quotation) for d in documents for quotation in read_quotations(d.text) if _is_said(quotation)]
    for (source, quotation), (other, same) in permutations(said, 2):
        if source != other and _is_alike(quotation.text, same.text) and _is_one(quotation, same):
            yield Plant(
                article=source,
                start=quotation.speaker_start or 0,
                end=quotation.speaker_end or 0,
                new=_NOBODY,
                other=other,
                other_start=same.start,
                other_end=same.end,
            )


def age_plants(documents: Sequence[Document]) -> Iterator[Plant]:
    """Yield changes, by three years, of an age that an article tells once and another tells too."""
    told = [
        (sentence, age)
        for sentence in split(documents)
        for age in read_quantities(sentence.text)
        if age.kind is QuantityKind.AGE and age.unit == "year" and age.low in _AGES and str(age.low) in age.text
    ]
    often = Counter((sentence.source, age.low) for sentence, age in told)
    for sentence, age in told:
        same = next((o for o in told if o[0].source != sentence.source and o[1].low == age.low), None)
        if same and often[sentence.source, age.low] == 1 and not any(o.low == age.low + _YEARS for _, o in told):
            at = sentence.start + age.start + age.text.index(str(age.low))
            yield Plant(
                article=sentence.source,
                start=at,
                end=at + len(str(age.low)),
                new=str(age.low + _YEARS),
                other=same[0].source,
                other_start=same[0].start + same[1].start,
                other_end=same[0].start + same[1].end,
            )


def _is_of_age(dispute: Dispute) -> bool:
    return dispute.about.startswith("age")


def _is_said(quotation: Quotation) -> bool:
    named = (quotation.speaker or "").split()[-1:]
    return len(quotation.text.split()) >= _QUOTED_WORDS and any(word[0].isupper() for word in named)


def _is_one(a: Quotation, b: Quotation) -> bool:
    return same_name(a.speaker or "", b.speaker or "")


def _is_alike(a: str, b: str) -> bool:
    return "".join(filter(str.isalnum, a.casefold())) == "".join(filter(str.isalnum, b.casefold()))


def is_found(plant: Plant, documents: Sequence[Document], compare: Compare) -> bool:
    """Whether some dispute has the planted change under one value and the other article's words under another."""
    changed = [
        plain_document(d.id, d.text[: plant.start] + plant.new + d.text[plant.end :]) if d.id == plant.article else d
        for d in documents
    ]
    planted = (plant.article, plant.start, plant.start + len(plant.new))
    true = (plant.other, plant.other_start, plant.other_end)
    for dispute in compare(changed, split(changed)):
        spans = [[(e.source, e.start, e.end) for e in value.evidence] for value in dispute.values]
        holding = {i for i, value in enumerate(spans) if _overlaps(value, planted)}
        if holding and {i for i, value in enumerate(spans) if _overlaps(value, true)} - holding:
            return True
    return False


def _overlaps(spans: Sequence[tuple[str, int, int]], wanted: tuple[str, int, int]) -> bool:
    return any(source == wanted[0] and start < wanted[2] and wanted[1] < end for source, start, end in spans)


if __name__ == "__main__":
    sys.exit(main())
