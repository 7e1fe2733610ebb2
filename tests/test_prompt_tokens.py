"""The prompts stay short: a floor under what the whole model path may send, repair included."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.prompt_tokens import chunks, measure
from briefing.pipeline import read
from briefing.sources import ReadLimits
from tests.conftest import EXAMPLES

PLACES = ("Kell", "Orrin", "Marrow", "Pell", "Selby")


@pytest.fixture
def articles(tmp_path: Path) -> list[str]:
    """Five reports of one flood, each of about 450 words: shorter than most."""
    for number, place in enumerate(PLACES, start=1):
        told = [
            f"On day {day} of the flood in the Orrin valley {day * 41 + number} people left their homes near {place}, "
            f"and the district office said that the water at the old bridge stood {day + 3} centimetres above normal."
            for day in range(1, 13)
        ]
        (tmp_path / f"{number}.txt").write_text("\n\n".join(told), encoding="utf-8")
    return [str(path) for path in sorted(tmp_path.iterdir())]


def test_five_articles_cost_at_most_1_6_times_their_text_with_one_claim_in_ten_failing(articles: list[str]) -> None:
    figures = measure(articles, failing=0.1)
    assert figures["articles"] == 5
    assert figures["failed"] >= 1
    assert figures["calls"] == 2
    assert figures["ratio"] <= 1.6
    assert figures["ratio"] < figures["per_chunk"]


def test_every_failure_costs_and_none_costs_a_second_briefing(articles: list[str]) -> None:
    none, some, all_ = (measure(articles, failing=share) for share in (0.0, 0.5, 1.0))
    assert none["failed"] == 0
    assert none["ours"] < some["ours"] < all_["ours"]
    assert all_["failed"] == all_["claims"]
    assert all_["ours"] < 2 * none["ours"]


def test_chunks_are_counted_document_by_document() -> None:
    citable = read((str(EXAMPLES),), limits=ReadLimits()).sentences
    length = sum(len(sentence.text) + 1 for sentence in citable)
    assert length / 1_000 <= chunks(citable) <= length / 1_000 + 6
    assert chunks(citable[:1]) == 1
