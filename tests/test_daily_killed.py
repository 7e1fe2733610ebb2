"""A run may be killed anywhere: the next one finishes the day, loses nothing, and sends nothing twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.feed_server import FeedServer, Told, feeding
from tests.test_daily_story import LOCK, PIER

pytestmark = [
    pytest.mark.block_network(allowed_hosts=["127.0.0.1"]),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork"),
]
FERRY = Told(
    name="ferry",
    title="Ferry fares rise in April",
    text="Ferry fares will rise by 4 per cent in April, the council of Saltmere decided on Monday.\n\n"
    "A season ticket will cost 310 crowns, treasurer Olga Brandt said.",
    full=False,
)


@pytest.fixture(scope="module")
def web() -> Iterator[FeedServer]:
    with feeding() as server:
        server.tells("courier", PIER, FERRY)
        server.tells("lantern", LOCK)
        yield server


def killed(web: FeedServer, folder: Path, every: int, then: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.daily_killed", str(folder), str(every), then]
    feeds = [web.feed("courier"), web.feed("lantern")]
    done = subprocess.run([*command, *feeds], cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def test_the_next_run_leaves_what_an_undisturbed_one_leaves(web: FeedServer, tmp_path: Path) -> None:
    *ended, whole = killed(web, tmp_path, 3, "same")
    assert not whole["killed"]
    assert len(ended) > 8
    assert len(whole["files"]) > 10
    for each in ended:
        assert each["killed"]
        where = f"killed after {each['steps']} steps"
        assert each["files"] == whole["files"], where
        assert each["articles"] == whole["articles"], where
        assert each["editions"] == whole["editions"], where
        assert each["deliveries"] == whole["deliveries"] == ["2025-03-04 done"], where


def test_a_day_that_was_cut_off_is_finished_and_sent_by_the_run_of_the_next(web: FeedServer, tmp_path: Path) -> None:
    *ended, whole = killed(web, tmp_path, 7, "next")
    day = {name: digest for name, digest in whole["files"].items() if name.startswith("briefs/2025-03-04/")}
    assert len(day) > 10
    for each in ended:
        where = f"killed after {each['steps']} steps"
        if "2025-03-04" in each["articles"]:
            assert {name: each["files"].get(name) for name in day} == day, where
            assert "2025-03-04 done" in each["deliveries"], where
        assert "2025-03-05" in "".join(each["editions"]), where


def test_only_a_run_that_is_killed_while_it_sends_sends_again(web: FeedServer, tmp_path: Path) -> None:
    sent = [each["sent"] for each in killed(web, tmp_path, 2, "same")]
    assert all(days in (["2025-03-04"], ["2025-03-04"] * 2) for days in sent)
    # Between what goes out and its receipt there is one step or two: opening what stands for the wire, and its answer.
    assert sum(len(days) == 2 for days in sent) <= 2
