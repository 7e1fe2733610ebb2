"""docs/daily.md: its settings are those that there are, and each mistake is told as it says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from briefing.plan.faults import TABLES
from briefing.plan.loading import mistakes
from briefing.plan.starter import starter_text
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "daily.md").read_text(encoding="utf-8")
FEEDS = 'feeds = ["https://news.example/rss"]'
#: What tables hold so that nothing else is wrong with them.
REST = {
    "[[daily.topic]]": {"name": '"Ferries"', "keywords": '["ferry"]'},
    "[daily.mail]": {
        "host": '"smtp.example.org"',
        "from": '"a@example.org"',
        "to": '["b@example.org"]',
        "user": '"me"',
    },
    "[daily.webhook]": {"address": '"https://hooks.example/"'},
}


def tables() -> dict[str, list[list[str]]]:
    """The rows of every table of the page, by the first words of its head."""
    found: dict[str, list[list[str]]] = {}
    for table in re.findall(r"(?:^\|.*\n)+", PAGE, re.M):
        head, _, *rows = ([cell.strip() for cell in line.strip("|\n").split(" | ")] for line in table.splitlines())
        found[head[0].partition(",")[0]] = rows
    return found


ROWS = tables()["where"]


def said(folder: Path, where: str, what: str) -> str:
    """Write lines where they belong, and return the only thing that is said, which is about them."""
    lines = what.split(" ↵ ")
    rest = [f"{name} = {value}" for name, value in REST.get(where, {}).items() if not what.startswith(f"{name} =")]
    before = [] if where == "at the top" else ["[daily]", FEEDS, *([] if where == "[daily]" else [where]), *rest]
    after = ["[daily]", FEEDS] if where == "at the top" else []
    path = folder / "briefing.toml"
    path.write_text("\n".join([*before, *lines, *after, ""]), encoding="utf-8")
    (found,) = mistakes(path)
    assert len(before) < found.line <= len(before) + len(lines)
    spoken = f"{found.message} ({found.hint})".replace(str(folder), "…")
    return f"{found.key}: {spoken}" if found.key else spoken


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1].strip("`"))
def test_each_mistake_is_told_as_the_page_says(tmp_path: Path, row: list[str]) -> None:
    where, what, expected = row
    assert said(tmp_path, where.strip("`"), what.strip("`")) == expected


def test_there_is_a_mistake_for_every_table_and_for_syntax() -> None:
    assert {where.strip("`") for where, _, _ in ROWS} == {"at the top", *TABLES} - {""}
    assert sum(not re.match(r"[\w.\[\]]+: ", expected) for _, _, expected in ROWS) >= 7


@pytest.mark.parametrize("head", [head for head in TABLES if head])
def test_every_setting_is_on_the_page_with_the_default_of_the_file_to_start_from(head: str) -> None:
    rows = tables()[f"in `{head}`"]
    subtables = ("topic", "mail", "webhook") if head == "[daily]" else ()
    assert [row[0].strip("`") for row in rows] == [name for name in TABLES[head] if name not in subtables]
    starter = tomllib.loads(re.sub(r"(?m)^#(?=\S)", "", starter_text()))["daily"]
    table = starter if head == "[daily]" else starter[head.strip("[]").partition(".")[2]]
    for name, default, _ in ((row[0].strip("`"), *row[1:]) for row in rows):
        value = (table[0] if isinstance(table, list) else table)[name]
        if default.startswith("`"):
            given = tomllib.loads(f"value = {default.strip('`')}")["value"]
            assert value == (["inbox"] if name == "folders" else given), name
