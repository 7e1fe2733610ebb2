"""The planted pairs and the page of findings: what the rules alone catch, and what they leave alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from benchmarks.claims import PROBES, measure_probe
from benchmarks.common import plain_document, read_rows
from briefing.checks import check
from briefing.consistency import Passage, inconsistencies
from briefing.entailment import load
from briefing.sentences import split
from briefing.types import FindingKind, Role
from tests.build import claim, document
from tests.conftest import ROOT

Row = dict[str, Any]
PROBE, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH = (read_rows(path) for path in PROBES.values())
#: Left to the model of meaning, or to whether the claim is located at all.
MEANING = {"not_entailed", "not_located"}


@pytest.mark.parametrize(
    ("probe", "least"),
    [(PROBE, 480), (SECOND, 280), *((probe, 160) for probe in (THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH))],
)
def test_every_pair_is_one_true_and_one_false_claim_about_one_text(probe: list[Row], least: int) -> None:
    assert len(probe) >= least
    for true, false in zip(probe[::2], probe[1::2], strict=True):
        assert (true["label"], false["label"]) == (1, 0)
        assert all(true[field] == false[field] for field in ("doc", "kind", "split", "dataset"))
        assert true["claim"] != false["claim"]
        # A summary copies too: whoever wrote the last two was not told to reword.
        assert probe in (SIXTH, SEVENTH, EIGHTH) or true["claim"] not in true["doc"], "a true claim is a rewording"


def test_every_kind_of_finding_that_plain_text_can_show_has_pairs() -> None:
    kinds = {row["kind"] for row in PROBE}
    assert kinds == {kind.value for kind in FindingKind} - {"cites_excluded_block"}
    assert len({row["id"] for row in PROBE}) == len(PROBE)


def test_every_third_pair_is_held_back() -> None:
    splits = [row["split"] for row in PROBE[::2]]
    assert splits == [("seen", "seen", "held")[at % 3] for at in range(len(splits))]


def kept(row: Row) -> bool:
    """Whether no rule objects when every sentence of the text is evidence; a lost attribution alone is no objection."""
    published = date.fromisoformat(row["published"]) if "published" in row else None
    passages = [Passage(text=s.text, published=published) for s in split([plain_document("S1", row["doc"])])]
    tolerated = {FindingKind.ATTRIBUTION_LOST} - {row["kind"]}
    return all(finding.kind in tolerated for finding in inconsistencies(row["claim"], passages))


@pytest.fixture(scope="module")
def shares() -> dict[str, tuple[float, float]]:
    """(share of true claims kept, share of false claims caught) for each split and each kind that rules decide."""
    counted: dict[str, Counter[tuple[int, bool]]] = defaultdict(Counter)
    for row in PROBE:
        if row["kind"] not in MEANING:
            for name in (row["split"], row["kind"]):
                counted[name][row["label"], kept(row)] += 1
    return {
        name: (
            counts[1, True] / (counts[1, True] + counts[1, False]),
            counts[0, False] / (counts[0, True] + counts[0, False]),
        )
        for name, counts in counted.items()
    }


# Floors, a little under what was measured. Rules were mended on the seen pairs; the held ones were only counted.
FLOORS = {
    "seen": (0.98, 0.88),
    "held": (0.89, 0.75),
    "number_absent": (0.9, 1.0),
    "number_differs": (0.92, 0.92),
    "date_differs": (0.92, 0.95),
    "name_absent": (0.95, 1.0),
    "title_differs": (0.95, 0.8),
    "negation_differs": (0.95, 0.73),
    "quotation_altered": (1.0, 1.0),
    "speaker_differs": (0.95, 0.58),
    "hedge_lost": (0.95, 0.7),
    "contradicted_by_evidence": (1.0, 0.67),
}


@pytest.mark.parametrize("name", FLOORS)
def test_rules_keep_and_catch_no_less_than_they_did(name: str, shares: dict[str, tuple[float, float]]) -> None:
    least_kept, least_caught = FLOORS[name]
    assert shares[name][0] >= least_kept
    assert shares[name][1] >= least_caught


# The page of findings
# --------------------

COMMENT = "*(a reader's comment)* "


def examples() -> Iterator[tuple[str, str, str, str]]:
    for line in (ROOT / "docs" / "findings.md").read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\| `(\w+)` \| (.+) \| (.+) \| (.+) \|", line):
            yield match[1], match[2], match[3], match[4]


EXAMPLES = list(examples())


@pytest.mark.parametrize(("kind", "evidence", "text", "detail"), EXAMPLES, ids=[example[0] for example in EXAMPLES])
def test_the_example_of_a_finding_gives_that_finding_and_no_other(
    kind: str, evidence: str, text: str, detail: str
) -> None:
    role = Role.COMMENT if evidence.startswith(COMMENT) else Role.BODY
    doc = document((role, evidence.removeprefix(COMMENT)), published=None)
    (result,) = check([claim(text, "S1.1")], [doc], split([doc]))
    assert [(f.kind.value, f.detail) for f in result.findings] == [(kind, detail)]


def test_the_page_has_one_example_of_every_finding() -> None:
    assert sorted(kind for kind, *_ in EXAMPLES) == sorted(kind.value for kind in FindingKind)


def test_findings_come_in_the_order_of_the_claim() -> None:
    passage = Passage(text="Some 4,000 people have left Marrow since Sunday, Ada Korrin said.")
    found = inconsistencies("About 300 people have left Pell since Monday, Tomas Erl said.", [passage])
    assert len(found) > 2
    assert all(one.start <= other.start for one, other in pairwise(found))


# Of rules and model together, a little on the safe side of what was measured: shares of true claims, and of false ones
# withheld, at least so large, and of false ones called supported at most so large. `held` pairs were only counted.
TOGETHER: dict[str, tuple[list[Row], dict[str, dict[str, float]]]] = {
    "first": (
        PROBE,
        {"all": {"kept": 0.93, "caught": 0.845, "supported": 0.63, "false_supported": 0.035}, "held": {"bacc": 0.86}},
    ),
    "second": (SECOND, {"all": {"bacc": 0.815, "supported": 0.475, "false_supported": 0.045}, "held": {"bacc": 0.8}}),
    "third": (
        THIRD,
        {
            "all": {"bacc": 0.775, "supported": 0.425, "false_supported": 0.115},
            "held": {"bacc": 0.71, "false_supported": 0.18},
        },
    ),
    "fourth": (FOURTH, {"all": {"kept": 0.57, "caught": 0.425, "false_supported": 0.265}, "held": {"bacc": 0.535}}),
    "fifth": (FIFTH, {"all": {"bacc": 0.59, "supported": 0.385, "false_supported": 0.1}, "held": {"bacc": 0.6}}),
    "sixth": (SIXTH, {"all": {"bacc": 0.72, "supported": 0.735, "false_supported": 0.14}}),
    "seventh": (SEVENTH, {"all": {"bacc": 0.655, "supported": 0.485, "false_supported": 0.115}}),
    "eighth": (EIGHTH, {"all": {"bacc": 0.575, "supported": 0.345, "false_supported": 0.075}}),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_rules_and_model_together_hold_their_floors(name: str) -> None:
    """As `benchmarks.claims` measures it: without a citation, so that the evidence has to be found as well."""
    probe, floors = TOGETHER[name]
    measured = measure_probe(probe, load())
    for part, figures in floors.items():
        for figure, floor in figures.items():
            found = measured[part][figure]
            assert found <= floor if figure == "false_supported" else found >= floor, (part, figure, found)
