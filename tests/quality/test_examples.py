"""The briefing of the example articles, scored against `examples/gold.json`.

An anchor is a run of characters of one article; a span hits it when the two overlap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing.pipeline import Job, make
from briefing.types import Briefing, Dispute, Document, Evidence, Role
from tests.conftest import EXAMPLES

Gold = dict[str, Any]


@pytest.fixture(scope="module")
def gold() -> Gold:
    loaded: Gold = json.loads((EXAMPLES / "gold.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return make(Job(locations=(str(EXAMPLES),), as_of=datetime(2025, 3, 8, tzinfo=UTC), max_claims=20))


@pytest.fixture(scope="module")
def documents(briefing: Briefing) -> dict[str, Document]:
    """By the two digits that open the file name."""
    return {Path(document.location).name[:2]: document for document in briefing.documents}


def _places(document: Document, anchor: str) -> Iterator[tuple[int, int]]:
    at = document.text.find(anchor)
    while at >= 0:
        yield at, at + len(anchor)
        at = document.text.find(anchor, at + 1)


def _hits(document: Document, anchor: str, evidence: Iterable[Evidence]) -> list[Evidence]:
    places = list(_places(document, anchor))
    mine = [e for e in evidence if e.source == document.id]
    return [e for e in mine if any(e.start < end and e.end > start for start, end in places)]


def _claimed(briefing: Briefing) -> list[Evidence]:
    return [e for claim in briefing.claims for e in claim.checked.evidence]


def _disputed(briefing: Briefing) -> list[Evidence]:
    return [e for dispute in briefing.disputes for value in dispute.values for e in value.evidence]


def _anchors(gold: Gold) -> Iterator[tuple[str, str]]:
    for section in ("never_cite", "opinion"):
        yield from ((prefix, anchor) for prefix, anchors in gold[section].items() for anchor in anchors)
    for prefix, notices in gold["notices"].items():
        yield from ((prefix, notice["anchor"]) for notice in notices)
    for fact in gold["must_cover"]:
        yield from ((prefix, anchor) for prefix, anchor in fact["any"])


def test_every_article_is_read(briefing: Briefing, documents: dict[str, Document]) -> None:
    assert sorted(documents) == ["01", "02", "03", "04", "05", "06"]
    assert not briefing.unread


def test_every_anchor_that_may_be_cited_stands_in_the_text(gold: Gold, documents: dict[str, Document]) -> None:
    # An extractor may leave out what a page only frames its article with.
    kept = [(p, a) for p, a in _anchors(gold) if not (p == "03" and a in gold["never_cite"]["03"])]
    assert not [(prefix, anchor) for prefix, anchor in kept if anchor not in documents[prefix].text]


def test_furniture_captions_and_comments_are_not_cited(
    gold: Gold, briefing: Briefing, documents: dict[str, Document]
) -> None:
    cited = _claimed(briefing) + _disputed(briefing)
    barred = [(prefix, anchor) for prefix, anchors in gold["never_cite"].items() for anchor in anchors]
    assert not [(p, a) for p, a in barred if _hits(documents[p], a, cited)]


def test_furniture_captions_and_comments_may_not_be_cited(gold: Gold, documents: dict[str, Document]) -> None:
    barred = [(prefix, anchor) for prefix, anchors in gold["never_cite"].items() for anchor in anchors]
    assert not [(p, a) for p, a in barred if _roles(documents[p], a) & {Role.BODY, Role.NOTICE}]


def test_what_must_be_covered_may_be_cited(gold: Gold, documents: dict[str, Document]) -> None:
    facts = [(prefix, anchor) for fact in gold["must_cover"] for prefix, anchor in fact["any"]]
    assert not [(p, a) for p, a in facts if not _roles(documents[p], a) <= {Role.BODY, Role.NOTICE}]


def test_opinion_is_not_stated_as_fact(gold: Gold, briefing: Briefing, documents: dict[str, Document]) -> None:
    opinions = [(prefix, anchor) for prefix, anchors in gold["opinion"].items() for anchor in anchors]
    assert not [(p, a) for p, a in opinions if _hits(documents[p], a, _claimed(briefing))]


def _roles(document: Document, anchor: str) -> set[Role]:
    places = list(_places(document, anchor))
    return {b.role for b in document.blocks if any(b.start < end and b.end > start for start, end in places)}


def test_the_five_tell_one_story_and_the_sixth_another(
    gold: Gold, briefing: Briefing, documents: dict[str, Document]
) -> None:
    story = {source: story.id for story in briefing.stories.stories for source in story.sources}
    of = {prefix: story[document.id] for prefix, document in documents.items()}
    assert len({of[prefix] for prefix in gold["stories"]["together"]}) == 1, of
    assert all(of[a] != of[b] for a, b in gold["stories"]["apart"]), of


def test_days_of_publication_are_read(gold: Gold, documents: dict[str, Document]) -> None:
    found = {prefix: documents[prefix].published for prefix in gold["published"]}
    days = {prefix: when.date().isoformat() if when else None for prefix, when in found.items()}
    assert days == gold["published"]


def test_notices_are_found(gold: Gold, documents: dict[str, Document]) -> None:
    for prefix, wanted in gold["notices"].items():
        for notice in wanted:
            (start, _), *_ = _places(documents[prefix], notice["anchor"])
            kinds = {n.kind for n in documents[prefix].notices if n.start <= start < n.end}
            assert notice["kind"] in kinds, notice["anchor"]


def test_relays_are_found(gold: Gold, briefing: Briefing, documents: dict[str, Document]) -> None:
    found = {(relay.source, relay.relays) for relay in briefing.stories.relays}
    assert {(documents[d["source"]].id, documents[d["relays"]].id) for d in gold["derived"]} <= found


def test_the_main_facts_are_covered(gold: Gold, briefing: Briefing, documents: dict[str, Document]) -> None:
    told = _claimed(briefing)
    covered = {f["id"] for f in gold["must_cover"] for p, a in f["any"] if _hits(documents[p], a, told)}
    assert {f["id"] for f in gold["must_cover"]} - covered == set()


def test_the_disputes_are_reported(gold: Gold, briefing: Briefing, documents: dict[str, Document]) -> None:
    missed = [d["id"] for d in gold["disputes"] if not _is_reported(d, briefing.disputes, documents)]
    assert not missed, briefing.disputes


def _is_reported(wanted: Gold, disputes: Iterable[Dispute], documents: dict[str, Document]) -> bool:
    return any(dispute.kind == wanted["kind"] and _divides(dispute, wanted, documents) for dispute in disputes)


def _divides(dispute: Dispute, wanted: Gold, documents: dict[str, Document]) -> bool:
    """Each side stands among the values, and no value holds all sides."""
    placed = [_values_of(side, dispute, documents) for side in wanted["sides"]]
    return all(placed) and not set.intersection(*placed)


def _values_of(side: list[list[str]], dispute: Dispute, documents: dict[str, Document]) -> set[int]:
    return {
        index
        for index, value in enumerate(dispute.values)
        for prefix, wanted in side
        if documents[prefix].id in value.sources and _same(wanted, value.value)
    }


def _same(wanted: str, given: str) -> bool:
    if not wanted.isdigit():
        return wanted in given.casefold()
    return wanted == "".join(ch for ch in given if ch.isdigit() or ch == ".").rstrip(".")


def test_spellings_and_later_figures_are_no_disputes(gold: Gold, briefing: Briefing) -> None:
    values = [(d.id, [value.value.casefold() for value in d.values]) for d in briefing.disputes]
    wrong = [(id_, names) for names in gold["not_disputes"] for id_, given in values if _only(names, given)]
    assert not wrong, values


def _only(names: list[str], given: list[str]) -> bool:
    """All the names, and nothing else, are the values."""
    return all(any(name in value for value in given) for name in names) and all(
        any(name in value for name in names) for value in given
    )
