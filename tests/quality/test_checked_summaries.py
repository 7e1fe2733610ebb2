"""How many planted errors `briefing check` finds in summaries, and how many true sentences it flags.

The summaries of `examples/` were written before the checker was run on them; what they taught was mended. The second
set, about another event, was measured once and nothing was changed for it.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from briefing.pipeline import TextCheck, check_text
from briefing.types import BORNE_OUT, AnsweredClaim
from tests.conftest import EXAMPLES

CASES: dict[str, Any] = json.loads(Path(__file__).with_name("checked_summaries.json").read_text(encoding="utf-8"))
ARTICLES = [str(path) for path in sorted(EXAMPLES.glob("0*"))]


def outcome(claim: AnsweredClaim) -> str:
    """What a reader of the output sees first."""
    if claim.answer in BORNE_OUT:
        return "passed"
    return "flagged" if claim.flagged else "undecided"


def measured(text: str, planted: dict[str, str], sources: list[str]) -> Counter[str]:
    """Count outcomes: `lie flagged`, `true passed` and so on."""
    result: TextCheck = check_text(text, sources)
    counts: Counter[str] = Counter()
    for stated, claim in zip(result.stated, result.answered, strict=True):
        if not stated.not_checkable:
            lies = [kind for kind, words in planted.items() if words in text[stated.start : stated.end]]
            counts[f"{'lie' if lies else 'true'} {outcome(claim)}"] += 1
    return counts


@pytest.fixture(scope="module")
def examples() -> Counter[str]:
    totals: Counter[str] = Counter()
    for case in CASES["examples"]:
        totals += measured(case["text"], {case["kind"]: case["planted"]}, ARTICLES)
    return totals


def test_every_planted_error_in_summaries_of_the_examples_is_flagged(examples: Counter[str]) -> None:
    lies = {name: count for name, count in examples.items() if name.startswith("lie")}
    assert lies == {"lie flagged": len(CASES["examples"])}


def test_no_true_sentence_of_them_is_flagged_and_few_are_left_undecided(examples: Counter[str]) -> None:
    assert examples["true flagged"] == 0
    assert examples["true undecided"] <= 6
    assert examples["true passed"] >= 37


def test_summaries_of_another_event_are_judged_nearly_as_well(tmp_path: Path) -> None:
    held_out = CASES["held_out"]
    for name, text in held_out["sources"].items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    sources = [str(tmp_path / name) for name in held_out["sources"]]
    totals = Counter[str]()
    for case in held_out["summaries"]:
        totals += measured(case["text"], case["planted"], sources)
    # One hedge lost is missed ("could be expected within about" told as "will come within"); one true sentence is
    # flagged ("by the end of January" for "by the end of the month").
    assert totals["lie flagged"] >= 9
    assert totals["true flagged"] <= 1
    assert totals["true undecided"] <= 4
