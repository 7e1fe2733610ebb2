"""What the model that ships finds that sources tell differently in other words, and what it is not asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.crosschecks import crosscheck
from briefing.entailment import Answers, Comparison, Pair, load
from briefing.pipeline import Job, make
from briefing.render import manifest_values, markdown, review_page
from briefing.types import Dispute, DisputeKind, Document, Stories, Story
from tests.build import document, split

FERRY = "The ferry was carrying 112 passengers on its afternoon crossing."
BOARDED = "When she cast off there were 121 people on board."


class Sure:
    """A model that is sure of some pairs, either way round, and remembers what it was asked."""

    answers_by = "answering-test"

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs, self.asked = {frozenset(pair) for pair in pairs}, list[Pair]()

    def answers(self, pairs: Sequence[Pair]) -> tuple[Answers, ...]:
        self.asked += pairs
        return tuple(Answers(each, each) for each in self.of_one_question(pairs))

    def of_one_question(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        return tuple(9.0 if {pair.passage, pair.statement} in self.pairs else -9.0 for pair in pairs)

    def scores(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        return (-9.0,) * len(pairs)


def found(*documents: Document, comparison: Comparison | None) -> tuple[Dispute, ...]:
    sources = tuple(each.id for each in documents)
    stories = Stories(
        stories=(Story(id="T1", title="Osk", sources=sources),),
        relays=(),
        origins=tuple((source, source) for source in sources),
    )
    return crosscheck((), documents, split(documents), stories, comparison=comparison).disputes


def values(disputes: Sequence[Dispute]) -> list[tuple[DisputeKind, list[str]]]:
    return [(dispute.kind, [value.value for value in dispute.values]) for dispute in disputes]


def test_what_the_model_is_sure_of_is_compared_by_its_figures() -> None:
    told = document(FERRY, "Rain fell.", id="S1"), document(BOARDED, id="S2")
    assert found(*told, comparison=None) == ()
    [dispute] = found(*told, comparison=Sure((FERRY, BOARDED)))
    assert values([dispute]) == [(DisputeKind.QUANTITY, ["112", "121"])]
    assert dispute.proposed_by == "answering-test"
    assert [[e.text for e in value.evidence] for value in dispute.values] == [
        ["112 passengers"],
        ["121 people"],
    ]


def test_dates_are_compared_too() -> None:
    told = "The pier opened on 3 May.", "It was on 9 May that the public was first let in."
    [dispute] = found(document(told[0], id="S1"), document(told[1], id="S2"), comparison=Sure(told))
    assert (dispute.kind, len(dispute.values)) == (DisputeKind.DATE, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The alarm howled for minutes.", "The siren kept silent."),
        (FERRY, FERRY),
        (FERRY, "There were 112 people on her."),
        (FERRY, "The ferry cost 121 million crowns."),
        (FERRY, "A captain spoke."),
    ],
)
def test_sentences_without_two_values_of_one_kind_are_not_asked_about(one: str, other: str) -> None:
    model = Sure((one, other))
    assert found(document(one, id="S1"), document(other, id="S2"), comparison=model) == ()
    assert model.asked == []


def test_what_one_source_tells_twice_is_not_asked_about() -> None:
    model = Sure((FERRY, BOARDED))
    assert found(document(FERRY, BOARDED, id="S1"), document("Rain fell.", id="S2"), comparison=model) == ()
    assert model.asked == []


def test_reports_of_different_days_may_both_be_right() -> None:
    of_day = [datetime(2031, 3, day, tzinfo=UTC) for day in (3, 6)]
    one, other = document(FERRY, id="S1"), document(BOARDED, id="S2")
    early, late = (replace(each, published=day) for each, day in zip((one, other), of_day, strict=True))
    model = Sure((FERRY, BOARDED))
    assert found(early, late, comparison=model) == ()
    assert len(found(early, replace(other, published=of_day[0]), comparison=model)) == 1


def test_a_source_that_gives_the_other_value_too_is_at_odds_with_nobody() -> None:
    told = document(FERRY, "The ferry was carrying 121 passengers, others say.", id="S1"), document(BOARDED, id="S2")
    assert found(*told, comparison=Sure((FERRY, BOARDED))) == ()


def test_what_the_rules_have_found_is_not_told_again() -> None:
    other = "The ferry was carrying 121 passengers on its afternoon crossing."
    told = document(FERRY, id="S1"), document(other, id="S2")
    [dispute] = found(*told, comparison=Sure((FERRY, other)))
    assert dispute.proposed_by is None


def test_a_sentence_goes_with_the_one_that_it_goes_with_best() -> None:
    class Graded(Sure):
        def of_one_question(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
            return (9.0,) * len(pairs)

        def answers(self, pairs: Sequence[Pair]) -> tuple[Answers, ...]:
            best = {FERRY, BOARDED}
            return tuple(Answers(9.0 if {p.passage, p.statement} == best else 7.0, 7.0) for p in pairs)

    told = document(FERRY, id="S1"), document("A bus took 131 passengers on to Osk.", BOARDED, id="S2")
    assert values(found(*told, comparison=Graded())) == [(DisputeKind.QUANTITY, ["112", "121"])]


def test_three_answers_to_one_question_are_one_dispute() -> None:
    third = "On board were 130 travellers, said the harbour master."
    told = document(FERRY, id="S1"), document(BOARDED, id="S2"), document(third, id="S3")
    model = Sure((FERRY, BOARDED), (FERRY, third))
    assert values(found(*told, comparison=model)) == [(DisputeKind.QUANTITY, ["112", "121", "130"])]


def test_lines_of_a_list_are_not_asked_about() -> None:
    rows = [f"{club} won {points} points on the last day." for club, points in (("Orl", 12), ("Osk", 15), ("Varn", 18))]
    other = "For the visitors 21 points were noted in the end."
    model = Sure((rows[0], other))
    assert found(document(*rows, id="S1"), document(other, id="S2"), comparison=model) == ()
    assert model.asked == []


def test_both_models_must_be_sure() -> None:
    class Doubtful(Sure):
        def of_one_question(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
            return (1.0,) * len(pairs)

        def answers(self, pairs: Sequence[Pair]) -> tuple[Answers, ...]:
            return (Answers(9.0, 9.0),) * len(pairs)

    told = document(FERRY, id="S1"), document(BOARDED, id="S2")
    assert found(*told, comparison=Doubtful((FERRY, BOARDED))) == ()


def test_less_is_asked_where_both_count_things_of_one_name() -> None:
    class Hopeful(Sure):
        def of_one_question(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
            return (2.5,) * len(pairs)

        def answers(self, pairs: Sequence[Pair]) -> tuple[Answers, ...]:
            return (Answers(9.0, 1.0),) * len(pairs)

    passengers = "When she cast off she had 121 passengers on board, said the harbour master."
    told = document(FERRY, id="S1"), document(passengers, id="S2")
    others = document(FERRY, id="S1"), document(BOARDED, id="S2")
    assert values(found(*others, comparison=Hopeful())) == []
    assert found(*told, comparison=None) == ()
    assert len(found(*told, comparison=Hopeful())) == 1


def test_how_many_pairs_are_asked_about_does_not_grow_without_end() -> None:
    told = [document(f"Fire destroyed {1_001 + 2 * n} houses.", id=f"S{n}") for n in range(1, 41)]
    model = Sure()
    found(*told, comparison=model)
    assert 100 < len(model.asked) <= 400


def test_the_shipped_model_finds_figures_in_other_words() -> None:
    one = "The strike has kept 12,000 children out of school, the union said."
    other = "The ministry counts 7,500 pupils who have had no lessons because of the walkout."
    told = document(one, id="S1"), document(other, id="S2")
    assert found(*told, comparison=None) == ()
    assert values(found(*told, comparison=load())) == [(DisputeKind.QUANTITY, ["12000", "7500"])]


def test_the_briefing_and_the_page_say_who_put_the_two_side_by_side(tmp_path: Path) -> None:
    told = {
        "a": "Teachers in Varn walked out for a second week on Monday.\n\nThe strike has kept 12,000 children out of "
        "school, the union said.\n",
        "b": "The walkout of the teachers in Varn went on on Monday.\n\nThe ministry counts 7,500 pupils who have had "
        "no lessons because of the walkout.\n",
    }
    for name, text in told.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    made = make(Job(locations=(str(tmp_path),), as_of=datetime(2031, 3, 6, tzinfo=UTC), one_story=True))
    said = f"Put side by side by the model {load().answers_by}."
    page = review_page(manifest_values(made), {document.id: document.text for document in made.documents})
    assert said in markdown(made)
    assert said in page
