"""Hand-written claims about the example articles: false ones are caught for the right reason, true ones kept.

`claims.jsonl` holds one claim a line: `cites` names an article by the two digits that open its file name and
gives characters of the sentence cited; `expect` lists the findings that would be a right reason.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from briefing.checks import check
from briefing.documents import read_document
from briefing.sentences import split
from briefing.sources import read_path
from briefing.types import Answer, CheckedClaim, Claim, Document, FindingKind, Sentence, Verdict
from tests.conftest import EXAMPLES

CASES = Path(__file__).with_name("claims.jsonl")
KEPT = (Verdict.SUPPORTED, Verdict.PARTLY)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A labelled claim, and what became of it."""

    id: str
    claim: str
    true: bool
    expect: frozenset[FindingKind]
    why: str
    checked: CheckedClaim

    @property
    def kinds(self) -> frozenset[FindingKind]:
        return frozenset(finding.kind for finding in self.checked.findings)

    @property
    def caught(self) -> bool:
        """Not published as supported, or not without a warning; and for a reason that is right."""
        clear = self.checked.verdict is Verdict.SUPPORTED and not self.kinds
        return not clear and bool(self.kinds & self.expect)

    @property
    def kept(self) -> bool:
        answers = self.checked.answers
        passed = answers.located is Answer.PASS and answers.consistent is Answer.PASS
        return passed and self.checked.verdict in KEPT


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    """The six articles; 01 is `S1`, and so on."""
    paths = sorted(path for path in EXAMPLES.iterdir() if path.suffix in {".txt", ".html"})
    return tuple(read_document(read_path(path, id=f"S{n}")) for n, path in enumerate(paths, start=1))


@pytest.fixture(scope="module")
def sentences(documents: tuple[Document, ...]) -> tuple[Sentence, ...]:
    return split(documents)


@pytest.fixture(scope="module")
def cases(documents: tuple[Document, ...], sentences: tuple[Sentence, ...]) -> list[Case]:
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    claims = [_claim(row, sentences) for row in rows]
    checked = check(claims, documents, sentences)
    return [_case(row, result) for row, result in zip(rows, checked, strict=True)]


def _claim(row: dict[str, Any], sentences: Sequence[Sentence]) -> Claim:
    cites = tuple(_cited(_source_id(prefix), anchor, sentences) for prefix, anchor in row["cites"])
    return Claim(id=row["id"], story="T1", text=row["claim"], cites=cites)


def _source_id(prefix: str) -> str:
    return f"S{int(prefix)}"


def _cited(source: str, anchor: str, sentences: Sequence[Sentence]) -> str:
    """The id of the sentence with these characters; no sentence of an excluded block has one."""
    found = [s.id for s in sentences if s.source == source and anchor in s.text]
    return found[0] if found else f"{source}.0"


def _case(row: dict[str, Any], checked: CheckedClaim) -> Case:
    return Case(
        id=row["id"],
        claim=row["claim"],
        true=row["label"] == 1,
        expect=frozenset(FindingKind(kind) for kind in row["expect"]),
        why=row["why"],
        checked=checked,
    )


def _table(cases: Sequence[Case]) -> str:
    lines = [f"{'id':4} {'verdict':13} {'located/consistent/entailed':28} findings | expected | claim"]
    for case in cases:
        answers = case.checked.answers
        three = f"{answers.located}/{answers.consistent}/{answers.entailed}"
        found = ", ".join(f"{f.kind} ({f.detail})" for f in case.checked.findings) or "none"
        wanted = " or ".join(sorted(case.expect)) or "none"
        lines.append(f"{case.id:4} {case.checked.verdict:13} {three:28} {found} | {wanted} | {case.claim}")
    return "\n" + "\n".join(lines)


def test_every_anchor_of_the_labelled_claims_stands_in_its_article(documents: tuple[Document, ...]) -> None:
    texts = {document.id: document.text for document in documents}
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    cited = [(prefix, anchor) for row in rows for prefix, anchor in row["cites"]]
    lost = [(prefix, anchor) for prefix, anchor in cited if anchor not in texts[_source_id(prefix)]]
    assert not lost


def test_true_claims_cite_citable_sentences(cases: list[Case]) -> None:
    lost = [case for case in cases if case.true and case.checked.answers.located is not Answer.PASS]
    assert not lost, _table(lost)


def test_false_claims_are_caught_for_a_right_reason(cases: list[Case]) -> None:
    missed = [case for case in cases if not case.true and not case.caught]
    assert not missed, _table(missed)


def test_true_claims_are_kept(cases: list[Case]) -> None:
    lost = [case for case in cases if case.true and not case.kept]
    assert not lost, _table(lost)


def test_no_evidence_comes_from_a_reader_or_a_link(cases: list[Case]) -> None:
    told = " ".join(evidence.text for case in cases for evidence in case.checked.evidence)
    assert told
    assert "saboteurs" not in told
    assert "Ferry fares" not in told
