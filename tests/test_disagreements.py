"""What the program finds of disagreements that four outlets tell in their own words: floors, as measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.common import read_rows
from benchmarks.disagreements import TOLD, documents_of, main, measure

ROWS = read_rows(TOLD)
#: For each split the least share found, in all and of what is told nearly alike, and the most that is none: an extra
#: dispute a story, and of what was planted to look like one.
FLOORS = {
    "first": {"found": 0.55, "near": 0.9, "extra_per_story": 0.26, "trapped": 0.0},
    "seen": {"found": 0.55, "near": 0.9, "extra_per_story": 0.09, "trapped": 0.02},
    "last": {"found": 0.55, "near": 0.95, "extra_per_story": 0.17, "trapped": 0.0},
    "held": {"found": 0.55, "near": 0.8, "extra_per_story": 0.26, "trapped": 0.0},
    "once": {"found": 0.49, "near": 0.9, "extra_per_story": 0.26, "trapped": 0.06},
}


@pytest.mark.parametrize("name", FLOORS)
def test_disagreements_told_in_other_words_are_found_and_little_else(name: str) -> None:
    figures, floors = measure([row for row in ROWS if row["split"] == name]), FLOORS[name]
    assert figures["found"] >= floors["found"]
    assert figures["near"] >= floors["near"]
    assert figures["extra_per_story"] <= floors["extra_per_story"]
    assert figures["trapped"] <= floors["trapped"]
    # Articles of one event are put together, and none with those of another.
    assert figures["joined"] >= 0.63
    assert figures["precision"] == 1


def test_every_side_stands_in_its_article() -> None:
    for row in ROWS:
        texts = {document.id: document.text for document in documents_of(row)}
        for planted in (*row["disagreements"], *row["traps"]):
            assert all(side["quote"] in texts[side["article"]] for side in planted["sides"])
            assert len({side["article"] for side in planted["sides"]}) > 1


def test_the_table_names_every_split(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = tmp_path / "few.jsonl"
    firsts = {row["split"]: row for row in reversed(ROWS)}
    few.write_text("".join(f"{json.dumps(row)}\n" for row in firsts.values()), encoding="utf-8")
    assert main([str(few)]) == 0
    assert {line.partition(":")[0] for line in capsys.readouterr().out.splitlines()} == {*FLOORS}
