"""Shared by all tests: strict cassettes, the seed articles where they stand beside the checkout, small builders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


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
