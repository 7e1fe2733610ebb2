"""Defaults, file, environment, arguments: the later wins, and each value knows where it was set."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import Config, load, store_path, without_password
from briefing.errors import ConfigError


def test_later_places_win_and_say_so(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('max_claims = 3\nmodel = "from-file"\n', encoding="utf-8")
    config = load({"max_claims": 9}, environ={"BRIEFING_MODEL": "from-env"}, folder=tmp_path)
    assert (config.max_claims, config.model, config.context_tokens) == (9, "from-env", None)
    assert config.set_by["max_claims"] == "argument"
    assert config.set_by["model"] == "environment BRIEFING_MODEL"
    assert config.set_by["context_tokens"] == "default"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("max_claim = 3", "max_claim"),
        ("max_claims = '3'", "max_claims"),
        ("max_claims = 0", "max_claims"),
        ("base_url = 'ftp://x'", "base_url"),
        ("max_claims = ", "briefing.toml"),
        ("max_cost = -0.5", "max_cost"),
        ("max_cost = nan", "max_cost"),
        ("timeout = 0", "timeout"),
        ("repairs = 3", "repairs"),
        ("jobs = 0", "jobs"),
        ('store = "a\\u0000b"', "store"),
        ("store = ''", "store"),
    ],
    ids=[
        "unknown name",
        "text for a number",
        "out of range",
        "not http",
        "not TOML",
        "less than nothing",
        "not a number",
        "no time at all",
        "more repairs than are made",
        "nobody to ask",
        "a path that no file can have",
        "no path",
    ],
)
def test_a_wrong_file_is_refused_naming_the_setting_and_the_place(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "briefing.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=named) as caught:
        load({}, environ={}, folder=tmp_path)
    assert "briefing.toml" in caught.value.subject


def test_the_environment_may_spell_numbers_and_nothing_else() -> None:
    nowhere = Path("/nonexistent")
    assert load({}, environ={"BRIEFING_MAX_CLAIMS": "7"}, folder=nowhere).max_claims == 7
    with pytest.raises(ConfigError, match="BRIEFING_MAX_CLAIMS"):
        load({}, environ={"BRIEFING_MAX_CLAIMS": "seven"}, folder=nowhere)


def test_limits_on_cost_are_none_unless_set_and_may_be_zero(tmp_path: Path) -> None:
    assert (load({}, environ={}, folder=tmp_path).max_cost, load({}, environ={}, folder=tmp_path).max_tokens) == (
        None,
    ) * 2
    (tmp_path / "briefing.toml").write_text("max_cost = 1\nmax_tokens = 0\ntimeout = 30\n", encoding="utf-8")
    config = load({"run_timeout": 0.5}, environ={"BRIEFING_MAX_COST": "0.25"}, folder=tmp_path)
    assert (config.max_cost, config.max_tokens, config.timeout, config.run_timeout) == (0.25, 0, 30, 0.5)


def test_the_store_lies_where_it_is_told_or_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", "/home/ali")
    assert store_path(Config()) == tmp_path / "briefing" / "calls.sqlite3"
    assert store_path(Config(store="~/calls")) == Path("/home/ali/calls")


def test_what_may_be_a_secret_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('OPENAI_API_KEY = "sk-secret-123"', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load({}, environ={}, folder=tmp_path)
    assert "sk-secret" not in str(caught.value)
    with pytest.raises(ConfigError) as caught:
        load({}, environ={"OPENAI_BASE_URL": "user:secret@host"}, folder=Path("/nonexistent"))
    assert "secret" not in str(caught.value)
    assert without_password("https://user:secret@host/v1") == "https://…@host/v1"


def test_a_key_is_no_setting(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('api_key = "k"', encoding="utf-8")
    with pytest.raises(ConfigError, match="api_key"):
        load({}, environ={}, folder=tmp_path)
