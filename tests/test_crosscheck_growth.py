"""What comparing sources costs, in calls and not in seconds: in proportion to what they say, whatever they say."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from briefing.crosschecks.dates import date_disputes
from briefing.crosschecks.polarity import polarity_disputes
from briefing.crosschecks.quantities import quantity_disputes
from briefing.crosschecks.refutations import refutations
from briefing.crosschecks.speakers import attribution_disputes
from briefing.crosschecks.titles import title_disputes
from briefing.sentences import split
from briefing.types import Document
from tests.build import document

COMPARISONS: list[Callable[..., object]] = [
    quantity_disputes,
    title_disputes,
    date_disputes,
    attribution_disputes,
    polarity_disputes,
    refutations,
]
FEWER, MORE = 200, 400
_PARAGRAPH = (
    "{town} harbour was closed on {day} by {office} {name}, who did {perhaps}open the old pier road again. "
    "“We will keep this harbour open for the people of the valley,” said {name}. "
    "Some {number} people were evacuated from {town} harbour. The report that the pier was closed is {truth}."
)
_CHOICES = {
    "town": ("Orlo", "Kolm", "Veshti", "Nerra"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday"),
    "office": ("Health Minister", "Trade Minister", "Mayor", "Governor"),
    "name": ("Ana Bell", "Tom Kern", "Ida Oake"),
    "perhaps": ("", "not "),
    "truth": ("a hoax", "well known"),
}


def told(sources: int) -> list[Document]:
    """Make sources that say nearly the same as all others, so that everything meets everything."""
    rng = random.Random(4)  # noqa: S311
    texts = (
        _PARAGRAPH.format(number=rng.randint(10, 9_000), **{key: rng.choice(own) for key, own in _CHOICES.items()})
        for _ in range(sources)
    )
    return [document(text, id=f"S{number}", published=None) for number, text in enumerate(texts, start=1)]


def calls(compare: Callable[..., object], documents: list[Document]) -> int:
    """Count the functions that a comparison calls, those of the interpreter included."""
    sentences = split(documents)
    count = 0

    def tally(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        compare(documents, sentences)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("compare", COMPARISONS, ids=lambda compare: compare.__name__)
def test_twice_the_sources_cost_about_twice_the_work(compare: Callable[..., object]) -> None:
    few, many = (calls(compare, told(size)) for size in (FEWER, MORE))
    # What grows with the square takes four times as much; 2.5 are seen at most, while what is looked at fills up.
    assert many < 3 * few
