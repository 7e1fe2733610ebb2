"""A model may say that two sentences contradict each other; the values in them decide whether they do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from briefing.calls import Calls
from briefing.crosschecks import crosscheck
from briefing.errors import ModelUnavailable
from briefing.model import Reply, Request, ScriptedModel
from briefing.proposing import Proposals, propose
from briefing.types import DisputeKind, Document, ProposedPair, Sentence, Stories, Story, Usage
from tests.build import document, sentence, split

SECRET = b"proposals"
ARDEN = document(
    "Seven cracks ran along the keel of the tanker, the coastguard said.",
    "The ferry line will resume on Friday.",
    "Nobody of the crew was hurt.",
    "The mayor thanked the pilots.",
    id="S1",
)
SELBY = document(
    "With their lamps the divers met four cracks under the stern.",
    "Ferries, the company wrote, start running once more on Sunday.",
    "Two of the crew were hurt when they jumped.",
    "It rained all day.",
    id="S2",
)
DOCUMENTS = (ARDEN, SELBY)
SENTENCES = split(DOCUMENTS)
STORIES = Stories(
    stories=(Story(id="T1", title="Tanker", sources=("S1", "S2")),), relays=(), origins=(("S1", "a"), ("S2", "b"))
)


def asked(*pairs: tuple[str, str]) -> tuple[Proposals, ScriptedModel]:
    named = [{"first": first, "second": second} for first, second in pairs]
    model = ScriptedModel([json.dumps({"pairs": named})])
    return propose(STORIES, DOCUMENTS, SENTENCES, Calls(model=model, secret=SECRET)), model


def disputes_of(*pairs: tuple[str, str]) -> list[tuple[DisputeKind, str | None, list[str]]]:
    proposals, _ = asked(*pairs)
    found = crosscheck((), DOCUMENTS, SENTENCES, STORIES, proposals.pairs).disputes
    return [(d.kind, d.proposed_by, [value.value for value in d.values]) for d in found]


CRACKS = sentence(SENTENCES, "Seven cracks"), sentence(SENTENCES, "four cracks")
FERRIES = sentence(SENTENCES, "resume"), sentence(SENTENCES, "once more")


def test_what_the_rules_do_not_see_is_found_when_proposed_and_says_who_proposed_it() -> None:
    assert disputes_of() == []
    assert disputes_of(CRACKS) == [(DisputeKind.QUANTITY, "scripted", ["7", "4"])]


@pytest.mark.parametrize(
    "pair",
    [
        (CRACKS[0], FERRIES[1]),
        (sentence(SENTENCES, "Nobody"), CRACKS[1]),
        (CRACKS[0], FERRIES[0]),
        (CRACKS[0], CRACKS[0]),
    ],
)
def test_a_pair_without_values_at_odds_is_not_believed(pair: tuple[str, str]) -> None:
    assert disputes_of(pair) == []


def test_a_value_that_the_other_source_gives_too_is_no_dispute_whoever_proposes_it() -> None:
    both = document(*(SELBY.text.split("\n\n")[0],), "The log spoke of seven cracks.", id="S2")
    sentences = split((ARDEN, both))
    pair = ProposedPair(
        first=sentence(sentences, "Seven cracks ran"), second=sentence(sentences, "four cracks"), by="scripted"
    )
    assert crosscheck((), (ARDEN, both), sentences, STORIES, [pair]).disputes == ()


def test_what_the_rules_found_is_not_reported_twice() -> None:
    twin = document(ARDEN.text.split("\n\n")[0].replace("Seven", "Nine"), id="S2")
    sentences = split((ARDEN, twin))
    pair = ProposedPair(first=sentences[0].id, second=sentence(sentences, "Nine"), by="scripted")
    [dispute] = crosscheck((), (ARDEN, twin), sentences, STORIES, [pair]).disputes
    assert dispute.proposed_by is None


def test_only_sentences_with_something_to_compare_are_shown() -> None:
    _, model = asked()
    [request] = model.asked
    assert "Seven cracks" in request.user
    assert "thanked the pilots" not in request.user


def test_a_pair_of_sentences_that_were_not_shown_is_refused_and_the_others_are_kept() -> None:
    proposals, _ = asked(CRACKS, ("S1.1", "S7.1"))
    assert [(pair.first, pair.second) for pair in proposals.pairs] == [CRACKS]
    assert "S7.1" in proposals.refused[0].error


def test_a_call_that_fails_costs_nothing_but_its_proposals() -> None:
    def fail(_: Request) -> str | Reply:
        raise ModelUnavailable("scripted", "no answer", hint="wait", usage=Usage(unreported=1))

    calls = Calls(model=ScriptedModel(fail), secret=SECRET)
    proposals = propose(STORIES, DOCUMENTS, SENTENCES, calls)
    assert proposals.pairs == ()
    assert proposals.usage.unreported == 1
    assert "no answer" in proposals.refused[0].error


def test_nobody_is_asked_about_a_story_of_one_source_or_in_a_language_that_is_not_compared() -> None:
    model = ScriptedModel([])
    alone = replace(STORIES, stories=tuple(Story(id=f"T{d.id[1:]}", title="", sources=(d.id,)) for d in DOCUMENTS))
    assert propose(alone, DOCUMENTS, SENTENCES, Calls(model=model, secret=SECRET)) == Proposals()
    german = (ARDEN, replace(SELBY, language="de"))
    assert propose(STORIES, german, SENTENCES, Calls(model=model, secret=SECRET)) == Proposals()


def long_story(count: int) -> tuple[tuple[Document, ...], tuple[Sentence, ...]]:
    documents = tuple(
        document(*(f"Pier {n} of harbour {id_} took {n + 20} ships." for n in range(count)), id=id_)
        for id_ in ("S1", "S2")
    )
    return documents, split(documents)


def test_a_long_story_is_shown_in_batches_that_fit_and_each_has_sentences_of_both_sources() -> None:
    documents, sentences = long_story(150)
    model = ScriptedModel(lambda _: '{"pairs": []}', context_tokens=2_000)
    propose(STORIES, documents, sentences, Calls(model=model, secret=SECRET))
    shown = [_ids(request.user) for request in model.asked]
    assert len(shown) > 1
    assert {id_ for ids in shown for id_ in ids} == {s.id for s in sentences}
    assert all({id_.split(".")[0] for id_ in ids} == {"S1", "S2"} for ids in shown)


def _ids(prompt: str) -> Sequence[str]:
    return [line[1:].split("]")[0] for line in prompt.splitlines() if line.startswith("[S")]
