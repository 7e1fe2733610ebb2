"""A manifest read back is the briefing that was printed; one of another shape is refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import ManifestError
from briefing.pipeline import Job, make
from briefing.render import manifest, manifest_values, markdown
from briefing.reread import briefing_from_manifest
from briefing.types import (
    Action,
    Box,
    Briefing,
    Decision,
    Refusal,
    Review,
    StaleDecision,
    Unread,
    Usage,
)
from tests.conftest import EXAMPLES

AS_OF = datetime(2031, 3, 6, 9, 30, tzinfo=UTC)


@cache
def made() -> Briefing:
    return make(Job(locations=(str(EXAMPLES), "missing.txt"), as_of=AS_OF))


def reread(briefing: Briefing) -> Briefing:
    texts = {document.id: document.text for document in briefing.documents}
    return briefing_from_manifest(json.loads(manifest(briefing)), texts, subject="briefing.json")


def test_a_manifest_read_back_is_the_briefing_itself() -> None:
    assert reread(made()) == made()
    assert markdown(reread(made())) == markdown(made())


text = st.text(max_size=20)
moments = st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1))  # noqa: DTZ001
decisions = st.builds(
    Decision,
    action=st.sampled_from([Action.ACCEPT, Action.REJECT, Action.EDIT, Action.COMMENT]),
    who=text,
    when=moments,
    text=st.none() | text,
    comment=st.none() | text,
    was=st.none() | text,
)
reviews = st.builds(
    Review,
    by=st.lists(text, max_size=2).map(tuple),
    on=moments,
    signed_off=st.booleans(),
    accepted=st.integers(0, 9),
    edited=st.integers(0, 9),
    rejected=st.integers(0, 9),
    undecided=st.integers(0, 9),
    stale=st.lists(st.builds(StaleDecision, claim=st.just("C1"), decision=decisions, because=text), max_size=2).map(
        tuple
    ),
)
usages = st.builds(
    Usage,
    calls=st.integers(0, 9),
    cost_usd=st.none() | st.just(0) | st.floats(0, 9).map(lambda cost: round(cost, 9)),
    unreported=st.integers(0, 2),
)
#: As a reply or a file name may bring them.
broken = st.text(alphabet=st.characters(), max_size=10) | st.just("\ud800")


@given(
    title=text,
    decision=st.none() | decisions,
    review=st.none() | reviews,
    usage=usages,
    refused=st.lists(st.builds(Refusal, story=text, error=text, reply=broken), max_size=2).map(tuple),
    unread=st.lists(st.builds(Unread, location=broken, error=text, hint=text), max_size=2).map(tuple),
    box=st.builds(
        Box,
        page=st.integers(1, 9),
        left=st.floats(0, 9),
        bottom=st.floats(0, 9),
        right=st.floats(0, 9),
        top=st.floats(0, 9),
    ),
)
@settings(max_examples=25, deadline=None)
def test_whatever_it_holds_printing_it_again_gives_the_same(
    title: str,
    decision: Decision | None,
    review: Review | None,
    usage: Usage,
    refused: tuple[Refusal, ...],
    unread: tuple[Unread, ...],
    box: Box,
) -> None:
    first, *rest = made().claims
    document, *documents = made().documents
    boxed = replace(
        document, blocks=tuple(replace(block, boxes=(box,)) for block in document.blocks), left_out=((3, "-\n"),)
    )
    briefing = replace(
        made(),
        title=title,
        claims=(replace(first, checked=replace(first.checked, decision=decision)), *rest),
        documents=(boxed, *documents),
        review=review,
        usage=usage,
        refused=refused,
        unread=unread,
    )
    assert manifest(reread(briefing)) == manifest(briefing)


def broken_by(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    values = json.loads(manifest(made()))
    change(values)
    return dict(values)


CHANGES: list[tuple[str, Callable[[dict[str, Any]], None]]] = [
    ("claims.0.verdict", lambda v: v["claims"][0].update(verdict="true")),
    ("claims.0.origins", lambda v: v["claims"][0].update(origins="3")),
    ("claims.0.id", lambda v: v["claims"][0].update(id="C1<script>")),
    ("claims.0.evidence.0.start", lambda v: v["claims"][0]["evidence"][0].pop("start")),
    ("sources.0.blocks.0.role", lambda v: v["sources"][0]["blocks"][0].update(role="gospel")),
    ("as_of", lambda v: v.update(as_of="yesterday")),
    ("unread", lambda v: v.update(unread=[{"location": 1}])),
    ("refused", lambda v: v.pop("refused")),
    ("review", lambda v: v.update(review={"by": "me"})),
    ("S99", lambda v: v["claims"][0]["evidence"][0].update(source="S99")),
    ("is no span", lambda v: v["not_covered"][0].update(start=9, end=2)),
    ("which is no story", lambda v: v["claims"][0].update(story="T9")),
    ("opens T1", lambda v: v["stories"][0]["lead"].append("C99")),
    ("which is no dispute", lambda v: v["claims"][0]["disputes"].append("D99")),
    ("there twice", lambda v: v["claims"].append(v["claims"][0])),
    ("each of its sources once", lambda v: v["stories"][0]["sources"].pop()),
    ("nobody gives", lambda v: v["disputes"][0]["values"][0]["evidence"].clear()),
]


@pytest.mark.parametrize(("said", "change"), CHANGES, ids=[said for said, _ in CHANGES])
def test_what_is_wrong_with_a_manifest_is_said(said: str, change: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(ManifestError) as refused:
        briefing_from_manifest(broken_by(change), {}, subject="b.json")
    assert said in str(refused.value)


def test_keys_of_a_later_version_are_no_fault() -> None:
    def add(values: dict[str, Any]) -> None:
        values["later"] = 1
        values["claims"][0]["later"] = [1]
        values["claims"][0]["evidence"][0]["later"] = None

    assert manifest_values(briefing_from_manifest(broken_by(add), {}, subject="b.json")) == manifest_values(made())


def test_a_manifest_in_a_file_is_read_with_its_sources(tmp_path: Path) -> None:
    from tests.review_server import articles, made_in, read_again

    path = made_in(tmp_path / "out", articles(tmp_path))
    read = read_again(path)
    assert read.verification.holds
    assert manifest(read.briefing) == path.read_text(encoding="utf-8")
    assert read.sound == {document.id for document in read.briefing.documents}
