"""Lists, series and repeated templates are no disputes; one list told twice, with a line that differs, is."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.crosschecks.quantities import quantity_disputes
from briefing.pipeline import Job, make
from briefing.render import MOST_VALUES, manifest_values, markdown, review_page
from briefing.sentences import split
from briefing.types import Briefing, Dispute
from tests import test_review_page
from tests.build import document

TOWNS = ("Orlo", "Kolm", "Veshti", "Nerra", "Brask", "Deller", "Tamsin", "Marrow")
PATTERNS = {
    "weather": "In {town} the wind reached {number} kilometres an hour.",
    "results": "{town} Rovers beat {other} United in front of {number} spectators.",
    "markets": "{town} Mills shares fell to {number} crowns in quiet trading.",
    "counts": "Rescuers counted {number} residents evacuated from the {town} district of the valley.",
}


def told(pattern: str, numbers: list[int]) -> str:
    pairs = zip(TOWNS, (*TOWNS[1:], TOWNS[0]), numbers, strict=True)
    return " ".join(PATTERNS[pattern].format(town=town, other=other, number=number) for town, other, number in pairs)


def disputes(*texts: str) -> tuple[Dispute, ...]:
    documents = [document(text, id=f"S{n}", published=None) for n, text in enumerate(texts, start=1)]
    return quantity_disputes(documents, split(documents))


def some(rng: random.Random) -> list[int]:
    return rng.sample(range(20, 9_000), len(TOWNS))


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("sources", [2, 10, 50])
def test_the_lists_of_many_days_are_no_disputes(pattern: str, sources: int) -> None:
    rng = random.Random(sources)  # noqa: S311
    assert disputes(*(told(pattern, some(rng)) for _ in range(sources))) == ()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_one_list_told_twice_is_in_dispute_where_a_line_differs(pattern: str) -> None:
    numbers = some(random.Random(5))  # noqa: S311
    other = [*numbers[:3], numbers[3] + 777, *numbers[4:]]
    [dispute] = disputes(told(pattern, numbers), told(pattern, other))
    assert {value.value.split()[0] for value in dispute.values} == {str(numbers[3]), str(numbers[3] + 777)}


def test_lines_about_other_places_are_not_compared() -> None:
    here = "Orlo counted 30 flooded houses. Kolm counted 45 flooded houses. Nerra counted 61 flooded houses."
    there = "Brask counted 34 flooded houses. Deller counted 49 flooded houses. Tamsin counted 72 flooded houses."
    assert disputes(here, there) == ()


def test_a_number_that_every_source_tells_anew_is_no_dispute() -> None:
    assert disputes(*(f"Police said {n} people were evacuated from the harbour of Orlo." for n in range(20, 60))) == ()


def wide(values: int) -> list[str]:
    """Three sources for each of so many values."""
    words = ("Police said {} people", "The mayor said that {} people", "By her count {} people")
    numbers = [100 + 37 * n for n in range(values)]
    return [f"{word.format(n)} were evacuated from the flooded harbour of Orlo." for n in numbers for word in words]


def test_a_question_that_is_widely_in_dispute_keeps_every_value() -> None:
    [dispute] = disputes(*wide(12))
    assert len(dispute.values) == 12
    assert all(len(value.sources) == 3 for value in dispute.values)


# What is printed of a wide dispute
# ---------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    folder = tmp_path_factory.mktemp("wide")
    for number, text in enumerate(wide(12)):
        Path(folder, f"{number:02}.txt").write_text(f"{text}\n", encoding="utf-8")
    return make(Job(locations=(str(folder),), as_of=datetime(2031, 3, 6, tzinfo=UTC)))


def test_of_a_wide_dispute_some_values_are_printed_and_the_others_counted(made: Briefing) -> None:
    [dispute] = manifest_values(made)["disputes"]
    assert len(dispute["values"]) == 12
    [table] = [part for part in markdown(made).split("\n\n") if part.startswith("| Value")]
    assert len(table.splitlines()) == 2 + MOST_VALUES
    assert f"And {12 - MOST_VALUES} more values, in the manifest and on the review page." in markdown(made)


def test_what_is_not_printed_has_no_footnote_there_and_none_on_the_page(made: Briefing) -> None:
    page = review_page(manifest_values(made), {document.id: document.text for document in made.documents})
    assert len(test_review_page.data_of(page)["briefing"]["disputes"][0]["values"]) == 12
    test_review_page.test_its_footnotes_are_those_of_the_markdown(made, page)
