"""Shared by all tests: strict cassettes, the seed articles where they stand beside the checkout, small builders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from briefing import entailment
from tests.browser import AXE, NO_AXE, NO_BROWSER, chromium, launched
from tests.postgres import NO_POSTGRES, PostgresServer, programs, serving

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
if "PYTEST_XDIST_WORKER" in os.environ:
    # Each worker has a model: together they would run more threads than there are cores, at half the speed.
    entailment.MAX_THREADS = 1
NO_PRE_COMMIT = "git or pre-commit is not there, which the recipe for it is run by"


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, Any]:
    """Match everything that was sent, keep no secret, play each interaction once."""
    return {
        "match_on": ["method", "scheme", "host", "port", "path", "query", "body"],
        "filter_headers": ["authorization", "cookie", "openai-organization", "openai-project", "user-agent"],
        "allow_playback_repeats": False,
    }


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    """All cassettes lie in one folder at the top."""
    return str(ROOT / "cassettes")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of a module; they are skipped where there is none."""
    if chromium() is None:
        pytest.skip(NO_BROWSER)
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for what keeps people out of a page."""
    if not AXE.is_file():
        pytest.skip(NO_AXE)
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of its own for the tests of a worker; they are skipped where there is none."""
    folder = programs()
    if folder is None:
        pytest.skip(NO_POSTGRES)
    with serving(folder) as server:
        yield server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what could not be tested on this machine."""
    for missing in (NO_BROWSER, NO_AXE, NO_POSTGRES, NO_PRE_COMMIT):
        skipped = [r for r in terminalreporter.stats.get("skipped", []) if missing in str(r.longrepr)]
        if skipped:
            terminalreporter.write_line(f"!!! {len(skipped)} TESTS NOT RUN: {missing}", red=True, bold=True)
