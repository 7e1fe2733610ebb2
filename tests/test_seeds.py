"""The seed articles, where they stand beside the checkout: what the briefing must show of them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.pipeline import Job, make
from briefing.render import manifest
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="the seed articles do not stand beside this checkout")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "briefing.json"
    job = Job(locations=tuple(map(str, SEEDS)), as_of=datetime(2022, 2, 18, tzinfo=UTC))
    path.write_text(manifest(make(job)), encoding="utf-8")
    return path


def test_the_scorer_finds_nothing_missing(made: Path) -> None:
    scorer = [sys.executable, str(SHARED / "tools" / "score_seeds.py"), str(made)]
    result = subprocess.run(scorer, capture_output=True, text=True, check=False)
    missed = [line for line in result.stdout.splitlines() if line.startswith("MISS")]
    assert missed == []
    assert result.returncode == 0, result.stderr


def test_every_published_claim_is_a_sentence_of_its_source(made: Path) -> None:
    for claim in json.loads(made.read_text(encoding="utf-8"))["claims"]:
        assert claim["verdict"] == "supported"
        assert claim["decided_by"] == "verbatim"
