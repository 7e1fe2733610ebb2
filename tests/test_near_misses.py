"""How many disputes of two reports are none, and how many real ones are found: floors, as measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.common import read_rows
from benchmarks.near_misses import TOLD, main, measure
from briefing.entailment import load

#: By split, of those that nothing was made with: wrong disputes an event at most, with the model and by the
#: rules alone; of the real ones the least share found with the model, and how much more that is than without it.
FLOORS = {
    "first": (0.51, 1.09, 0.63, 0.05),
    "last": (2.01, 5.26, 0.72, 0.02),
    "alike": (0.34, 0.42, 0.23, 0.08),
    "contradictions": (0.09, 0.09, 0.12, 0.04),
    "denials_once": (0.38, 0.05, 0.5, 0.34),
}


@pytest.mark.parametrize("split", FLOORS)
def test_the_model_takes_wrong_disputes_away_and_finds_real_ones(split: str) -> None:
    rows = [row for row in read_rows(TOLD) if row["split"] == split]
    assert len(rows) == (24 if split == "denials_once" else 12)
    rules, both = measure(rows, None), measure(rows, load())
    most_wrong, most_wrong_by_rules, least_found, least_more = FLOORS[split]
    assert both["wrong_per_event"] <= most_wrong
    assert rules["wrong_per_event"] <= most_wrong_by_rules
    assert both["found"] >= least_found
    assert both["found"] - rules["found"] >= least_more


def test_every_pair_that_is_listed_is_there_and_no_near_miss_is_one() -> None:
    for row in read_rows(TOLD):
        same, near = ({(i, j) for i, j, *_ in row[name]} for name in ("same", "near_miss"))
        assert not same & near, row["id"]
        assert all(row["a"][i].strip() and row["b"][j].strip() for i, j in same | near), row["id"]


def test_figures_are_printed_for_every_split_and_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = tmp_path / "few.jsonl"
    firsts = {row["split"]: row for row in read_rows(TOLD)}
    few.write_text("".join(f"{json.dumps(row)}\n" for row in firsts.values()), encoding="utf-8")
    assert main([str(few), "--json"]) == 0
    assert {split: set(ways) for split, ways in json.loads(capsys.readouterr().out).items()} == {
        split: {"rules", "with_model"} for split in firsts
    }
