"""`briefing verify` trusts nothing but the sources and the manifest, and finds what was changed in either."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import ManifestError
from briefing.pipeline import Job, make
from briefing.render import manifest
from briefing.sources import ReadLimits
from briefing.verify import Verification, copy_name, verify
from tests.conftest import EXAMPLES


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Examples copied to `articles/` beside their manifest."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for path in EXAMPLES.glob("0*"):
        shutil.copy(path, articles)
    job = Job(locations=(str(articles),), as_of=datetime(2031, 3, 6, tzinfo=UTC))
    path = tmp_path / "briefing.json"
    path.write_text(manifest(make(job)), encoding="utf-8")
    return path


def check(path: Path, **moved: str) -> Verification:
    return verify(path, locations=moved, limits=ReadLimits())


def edit(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    values = json.loads(path.read_text(encoding="utf-8"))
    change(values)
    path.write_text(json.dumps(values), encoding="utf-8")


def test_an_untouched_briefing_holds(made: Path) -> None:
    result = check(made)
    assert result.holds
    assert result.sources == 6
    assert result.spans > 10


def test_a_moved_folder_is_found_beside_the_manifest(made: Path) -> None:
    def move(values: dict[str, Any]) -> None:
        for source in values["sources"]:
            source["location"] = "articles/" + Path(source["location"]).name

    edit(made, move)
    assert check(made).holds


def test_one_changed_character_of_a_source_is_noticed(made: Path) -> None:
    path = next((made.parent / "articles").glob("01*"))
    path.write_text(path.read_text(encoding="utf-8").replace("4,000", "4.000"), encoding="utf-8")
    where = {d.where.split("[")[0] for d in check(made).disagreements}
    assert "S1" in where
    assert any(" S1" in w for w in where)


def test_an_invented_quotation_is_noticed(made: Path) -> None:
    def invent(values: dict[str, Any]) -> None:
        values["claims"][0]["evidence"][0]["text"] = "Something else."

    edit(made, invent)
    assert {d.where.split()[0] for d in check(made).disagreements} == {"C1"}


def test_a_claim_whose_words_were_replaced_is_noticed(made: Path) -> None:
    def replace(values: dict[str, Any]) -> None:
        values["claims"][0]["text"] = "Nothing at all has happened in Kostrel."

    edit(made, replace)
    assert [d.where for d in check(made).disagreements] == ["C1"]


def test_evidence_from_a_source_that_is_not_listed_and_no_evidence_at_all_are_noticed(made: Path) -> None:
    def forge(values: dict[str, Any]) -> None:
        values["claims"][0]["evidence"][0]["source"] = "S99"
        values["claims"][1]["evidence"] = []

    edit(made, forge)
    assert {d.where for d in check(made).disagreements} == {"C1 S99", values_id(made, 1)}


def values_id(path: Path, index: int) -> str:
    return str(json.loads(path.read_text(encoding="utf-8"))["claims"][index]["id"])


def test_evidence_in_furniture_is_noticed_even_when_it_reads_the_same(made: Path) -> None:
    values = json.loads(made.read_text(encoding="utf-8"))
    source = next(s for s in values["sources"] if s["location"].endswith(".txt"))
    link = next(b for b in source["blocks"] if b["role"] == "furniture")
    text = Path(source["location"]).read_bytes().decode("utf-8")[link["start"] : link["end"]]

    def cite(v: dict[str, Any]) -> None:
        span = {"source": source["id"], "start": link["start"], "end": link["end"]}
        v["claims"][0]["evidence"] = [span | {"text": text, "match": "exact"}]

    edit(made, cite)
    assert any("furniture" in d.message for d in check(made).disagreements)


def test_a_source_that_is_gone_is_named_and_can_be_given_again(made: Path) -> None:
    path = next((made.parent / "articles").glob("02*"))
    elsewhere = made.parent / "elsewhere.txt"
    path.rename(elsewhere)
    result = check(made)
    assert [d.where for d in result.unreadable] == ["S2"]
    assert not result.disagreements
    assert check(made, S2=str(elsewhere)).holds


def test_a_copy_beside_the_manifest_stands_for_a_file_that_has_changed_since(made: Path) -> None:
    values = json.loads(made.read_text(encoding="utf-8"))
    source = values["sources"][0]
    article = Path(source["location"])
    copy = made.parent / copy_name(source["sha256"], "text/plain")
    copy.parent.mkdir()
    shutil.copy(article, copy)
    article.write_text("Something else.", encoding="utf-8")
    assert check(made).holds
    copy.write_text("Something else.", encoding="utf-8")
    assert {problem.where for problem in check(made).disagreements} >= {"S1"}


@pytest.mark.parametrize(
    ("text", "named"),
    [("no json", "not JSON"), ("[]", "dict"), ('{"schema": "other/1"}', "schema"), ("{}", "schema")],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=named):
        check(path)


def test_a_missing_manifest_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"gone\.json"):
        check(tmp_path / "gone.json")
