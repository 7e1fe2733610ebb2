"""`briefing check`: a text that somebody else wrote, sentence by sentence, against the sources."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import main
from briefing.pipeline import TextCheck, check_text
from briefing.show.checked import text_check
from briefing.sources import ReadLimits
from briefing.texts import Piece, Shelf, Stated, read_statements
from briefing.types import FindingKind, Standing, TextAnswer, Verdict
from tests.conftest import EXAMPLES

SOURCES = [str(path) for path in sorted(EXAMPLES.glob("0*"))]

TEXT = """# What is known of Tarvysh Dam

1. Some 4,000 people have left Kostrel and the villages below Tarvysh Dam since Sunday night, after divers found water \
seeping beneath a spillway gate, the Nerra Basin Authority said on Monday.[^1]
2. **The authority puts the cost of the repair at 83 million crowns.** [2, 3]
3. The authority has ordered everyone to leave Kostrin, the market town 30 kilometres downstream.

> The orchestra of Avelin will play for the engineers in May.

[^1]: The Nerra Valley Courier, 4 March 2025.
"""


@pytest.fixture(scope="module")
def result() -> TextCheck:
    return check_text(TEXT, SOURCES, limits=ReadLimits())


def test_each_sentence_gets_a_verdict_in_the_order_of_the_text(result: TextCheck) -> None:
    verdicts = [(claim.text.split()[0], claim.verdict) for claim in result.checked[1:5]]
    assert verdicts == [
        ("Some", Verdict.SUPPORTED),
        ("The", Verdict.CONTRADICTED),
        ("The", Verdict.CONTRADICTED),
        ("The", Verdict.UNSUPPORTED),
    ]


def test_findings_say_what_is_wrong(result: TextCheck) -> None:
    kinds = [{finding.kind for finding in claim.findings} for claim in result.checked]
    assert FindingKind.NUMBER_DIFFERS in kinds[2]
    assert FindingKind.NEGATION_DIFFERS in kinds[3]
    assert FindingKind.NOT_LOCATED in kinds[4]


def test_a_supported_claim_on_which_sources_disagree_says_so(result: TextCheck) -> None:
    standing = result.standings[result.checked[1].id]
    assert standing.standing is Standing.DISPUTED
    assert set(standing.disputes) <= {dispute.id for dispute in result.disputes}


def test_marks_and_citations_are_no_part_of_a_claim_and_places_point_into_the_text(result: TextCheck) -> None:
    for stated in result.stated:
        assert not set("*#>^") & set(stated.claim.text)
        assert [TEXT[at] for at in stated.at if not TEXT[at].isspace()] == list(stated.claim.text.replace(" ", ""))
    assert [s.claim.text for s in result.stated if "4 March 2025" in s.claim.text and not s.not_checkable] == []


def stated_in(text: str) -> tuple[Stated, ...]:
    return tuple(s for s in read_statements([Piece(text=text)], Shelf(())) if not s.not_checkable)


def test_a_label_in_brackets_is_no_footnote() -> None:
    lines = "[Update]: The gate has failed.\n[^1]: The Courier, 4 March.\n[2]: https://a.example/b\n"
    assert [s.claim.text for s in stated_in(lines)] == ["[Update]: The gate has failed."]


@given(st.text(alphabet=st.sampled_from("aB1 .\n|-*_[]()^#>:;“”²`~<>/x") | st.characters(), max_size=200))
def test_any_text_yields_claims_in_order_within_it(text: str) -> None:
    stated = read_statements([Piece(text=text)], Shelf(()))
    assert all(0 <= s.start < s.end <= len(text) for s in stated)
    assert [s.start for s in stated] == sorted(s.start for s in stated)
    # Half a character is shown as one that stands for it.
    whole = re.sub("[\ud800-\udfff]", "\ufffd", text)
    for s in stated:
        assert all(ch == " " or whole[at] == ch for at, ch in zip(s.at, s.claim.text, strict=True) if at >= 0)


def run(tmp_path: Path, *options: str) -> tuple[int, str]:
    (tmp_path / "text.md").write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path / "text.md"), *options, "--sources", *SOURCES])
    return done.exit_code, done.output


def test_the_command_prints_evidence_findings_and_a_summary(tmp_path: Path) -> None:
    code, output = run(tmp_path)
    assert code == 0
    assert "\n✗ 2. **The authority puts the cost of the repair at ⟦83 million crowns⟧.**" in output
    assert "number differs: " in output
    assert "\n4 claims: " in output


def test_the_command_prints_claims_as_in_the_manifest_and_strict_fails(tmp_path: Path) -> None:
    code, output = run(tmp_path, "--json", "--strict")
    assert code == 1
    claims = json.loads(output)["claims"]
    assert [claim["id"] for claim in claims] == ["C1", "C2", "C3", "C4", "C5", "C6"]
    assert claims[1]["evidence"][0]["match"] == "exact"
    assert {"verdict", "answers", "findings", "standing", "start", "end"} <= claims[1].keys()


def test_a_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"caf\xe9 closed")
    done = CliRunner().invoke(main, ["check", str(tmp_path / "x.txt"), "--sources", *SOURCES])
    assert done.exit_code == 3
    assert "not UTF-8 at byte 3" in done.output


def test_a_claim_that_nobody_decided_on_says_how_likely_it_is() -> None:
    told = "About four thousand people had to leave Kostrel and villages near it."
    found = check_text(told, SOURCES, limits=ReadLimits())
    (claim,) = found.checked
    assert (claim.verdict, claim.score is not None) == (Verdict.PARTLY, True)
    assert found.answered[0].answer is TextAnswer.UNSURE
    assert not found.answered[0].flagged
    assert not found.holds
    printed = text_check(found)
    assert f"chance {claim.score:.0%}" in " ".join(printed.split())
    assert printed.startswith("? ")
    assert "⟦" not in printed
