"""What one source tells and another denies in other words: what a denial denies, and what the shipped models say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from briefing.crosschecks import crosscheck
from briefing.crosschecks.denials import told_and_denied
from briefing.crosschecks.denials.reading import read_denials
from briefing.entailment import Answers, Comparison, Pair, load
from briefing.types import Dispute, DisputeKind, Document, Stories, Story
from tests.build import document, split


class Believing:
    """A model that takes all for one question with two answers, and believes what is told and no denial of it."""

    answers_by = "answering-test"

    def __init__(self, *told: str) -> None:
        self.told, self.asked = {*told}, list[Pair]()

    def answers(self, pairs: Sequence[Pair]) -> tuple[Answers, ...]:
        return (Answers(9.0, 9.0),) * len(pairs)

    def of_one_question(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        return (9.0,) * len(pairs)

    def scores(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        self.asked += pairs
        believed = [pair.passage in self.told and not _denies(pair.statement) for pair in pairs]
        return tuple(3.0 if each else -3.0 for each in believed)


def _denies(text: str) -> bool:
    return not {"not", "never", "no", "denied", "dismissed"}.isdisjoint(text.casefold().split())


def denied(text: str) -> list[str]:
    [sentence] = split([document(text)])
    return [denial.denied for denial in read_denials(sentence)]


def found(*told: str | Document, comparison: Comparison | None) -> list[list[list[str]]]:
    documents = [each if isinstance(each, Document) else document(each, id=f"S{n}") for n, each in enumerate(told, 1)]
    disputes = told_and_denied(documents, split(documents), comparison or load())
    assert {dispute.kind for dispute in disputes} <= {DisputeKind.POLARITY}
    return [[[e.text for e in value.evidence] for value in dispute.values] for dispute in disputes]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The army denied shelling the clinic.", "The army shelling the clinic"),
        ("The minister denied having met the lobbyist.", "The minister having met the lobbyist"),
        ("Orl Rail denied that it would close the Osk line.", "Orl Rail would close the Osk line"),
        ("Orl Rail denies any closure of the Osk line", "closure of the Osk line — Orl Rail"),
        ("The palace dismissed reports of a secret wedding as nonsense.", "a secret wedding"),
        ("The palace rejected claims that the queen had abdicated.", "the queen had abdicated"),
        ("She called the story of a second will pure invention.", "a second will"),
        ("Reports that the mine will close were described by its owner as false.", "the mine will close"),
        ("The mayor did not take the money.", "The mayor did take the money"),
        ("The mayor hasn't resigned, his office said.", "The mayor has resigned"),
        ("Orl Rail said on Monday that it won't sell the Osk line.", "Orl Rail will sell the Osk line"),
        ("No money was paid, the ministry said.", "money was paid"),
        ("The two sides never discussed a truce.", "The two sides discussed a truce"),
        ("Nobody was arrested.", "someone was arrested"),
        ("None of the boats was found.", "some of the boats was found"),
        ("Neither the driver nor the guard was hurt.", "either the driver or the guard was hurt"),
        ("Not a single shot was fired.", "a single shot was fired"),
        ("The board refused to pay the fine.", "The board agreed to pay the fine"),
        ("The talks failed to produce a truce.", "The talks managed to produce a truce"),
        ("According to two guards on duty, the alarm did not sound.", "the alarm did sound"),
        ("The alarm did not sound, according to two guards on duty that night.", "The alarm did sound"),
        ('"Not one job will be lost in Osk," said Marit Oke, the spokeswoman.', "one job will be lost in Osk"),
        ("No threats were made to the U.S. families, he said.", "threats were made to the U.S. families"),
        ("The ice was thick and it did not break.", ""),
        ("Asker was never in danger, although the roof had come down.", "Asker was in danger"),
    ],
)
def test_what_is_denied_is_told_as_if_it_were_so(text: str, what: str) -> None:
    assert denied(text) == ([what] if what else [])


@pytest.mark.parametrize(
    "text",
    [
        "The mayor took the money.",
        "Did the mayor not take the money?",
        "The mayor will resign if no deal is reached.",
        "The ministry has not confirmed the talks.",
        "There was no evidence of a second gunman.",
        "Police did not say who had been arrested.",
        "The verdict has not been reached yet.",
        "No train will run before Monday.",
        "The factory no longer makes clocks.",
        "The judge denied bail.",
        "The judge denied his request for bail.",
        "She was denied entry.",
        "The parents were initially denied in their wish.",
        "The envoy did not deny the talks.",
        "The mayor denied the charges.",
        "He denied it.",
        "The council rejected the offer.",
        "Don't feed the bears.",
        "Not the mayor but the clerk signed.",
        "The bridge, which was not insured, fell.",
        "No residents or officials said the dam had failed.",
        "He was jailed for life with no chance of release.",
    ],
)
def test_what_denies_nothing_that_could_be_asked_about(text: str) -> None:
    assert denied(text) == []


def test_a_sentence_too_long_for_the_models_is_not_read() -> None:
    assert denied("No money was paid " + "to the clerk " * 100 + ".") == []


PLANS = "Orl Rail will close the Osk line, two people familiar with the plan said."


@pytest.mark.parametrize(
    ("told", "denies"),
    [
        (PLANS, "Orl Rail denied plans to close the Osk line."),
        ("The mayor took bribes from a builder, prosecutors said.", "The mayor denied taking bribes."),
        (
            "The army shelled the clinic in Varn on Tuesday.",
            "The army dismissed reports of shelling of the clinic in Varn.",
        ),
        ("The two leaders discussed a truce, an aide said.", "A truce did not come up between the two leaders."),
        ("The chief executive, Ana Ruiz, has resigned.", "Ana Ruiz has not resigned, a spokesman for the firm said."),
        ("Hackers stole customer data from Volta.", "Volta said no customer data were stolen."),
        ("Guards fired on the crowd, witnesses said.", "The guards never fired on the crowd, their captain said."),
        (
            "The state offered Northgate a loan of 60 million crowns last autumn, the economy ministry said.",
            "The economy ministry never offered Northgate a loan, a spokeswoman told this newspaper.",
        ),
        ("The dam in Orsk has failed.", "Authorities denied reports of the failure of the dam in Orsk."),
    ],
)
def test_the_shipped_models_find_what_is_denied_in_other_words(told: str, denies: str) -> None:
    [[stated, refuted]] = found(told, denies, comparison=load())
    assert stated == [told]
    assert len(refuted) == 1
    assert refuted[0].rstrip(".") in denies


@pytest.mark.parametrize(
    ("told", "denies"),
    [
        (PLANS, "Orl Rail denied that it had polluted the Osk river."),
        (PLANS, "Orl Rail declined to comment on the Osk line."),
        (
            "The mayor took bribes from a builder, prosecutors said.",
            "The mayor's deputy denied that she had taken the train.",
        ),
        ("The mayor was charged with bribery.", "The mayor denied the charges."),
        ("Orl Rail plans to close the Osk line.", "Orl Rail has not closed the Osk line."),
        ("All 40 passengers of the ferry escaped unharmed.", "No passenger of the ferry was harmed."),
        ("The rebels took the town of Varn.", "The rebels did not take the town of Orsk."),
        ("The union did not accept the offer.", "The union never accepted the offer."),
        ("Rumours that Ana Ruiz has resigned spread online.", "Ana Ruiz has not resigned."),
        ("Has Ana Ruiz resigned?", "Ana Ruiz has not resigned."),
    ],
)
def test_what_only_looks_like_a_denial_of_it_is_left_alone(told: str, denies: str) -> None:
    assert found(told, denies, comparison=load()) == []


TOLD, DENIED = "The dam in Orsk burst on Tuesday.", "The dam in Orsk did not burst on Tuesday."


def test_both_sides_are_shown_with_their_spans() -> None:
    assert found(TOLD, DENIED, comparison=Believing(TOLD)) == [[[TOLD], [DENIED.rstrip(".")]]]


def test_a_source_that_tells_both_is_at_odds_with_nobody() -> None:
    both = document(TOLD, DENIED, id="S2")
    assert found(TOLD, both, comparison=Believing(TOLD)) == []
    assert found(both, document(DENIED, id="S3"), comparison=Believing(TOLD)) == []


def test_what_one_outlet_has_from_another_joins_the_dispute() -> None:
    relayed = document(TOLD, id="S3"), document(DENIED, id="S4")
    model = Believing(TOLD)
    assert found(TOLD, DENIED, *relayed, comparison=model) == [[[TOLD, TOLD], [DENIED.rstrip("."), DENIED.rstrip(".")]]]


def test_what_was_not_so_days_before_may_be_so_now_but_who_replies_denies_it_still() -> None:
    def on(day: int, text: str, source: str) -> Document:
        return document(text, id=source, published=datetime(2031, 5, day, tzinfo=UTC))

    model = Believing(TOLD)
    assert found(on(9, TOLD, "S1"), on(5, DENIED, "S2"), comparison=model) == []
    assert len(found(on(9, TOLD, "S1"), on(8, DENIED, "S2"), comparison=model)) == 1
    reply = "The ministry denied that the dam in Orsk burst on Tuesday."
    assert len(found(on(5, TOLD, "S1"), on(9, reply, "S2"), comparison=model)) == 1


def test_how_much_is_asked_does_not_grow_without_end() -> None:
    gates = [f"The {name} gate of the dam in Orsk" for name in ("north", "south", "east", "west", "old", "new")]
    denials = [f"{gate} did not burst." for gate in gates]
    told = [document(*(denials if n % 2 else [f"{gate} burst." for gate in gates]), id=f"S{n}") for n in range(1, 41)]
    model = Believing()
    found(*told, comparison=model)
    assert 100 < len(model.asked) <= 2 * 20 * 40


def test_the_rules_alone_ask_nothing_and_what_they_find_is_not_told_twice() -> None:
    documents = document(TOLD, id="S1"), document(DENIED, id="S2")
    stories = Stories(
        stories=(Story(id="T1", title="Orsk", sources=("S1", "S2")),), relays=(), origins=(("S1", "S1"), ("S2", "S2"))
    )

    def disputes(comparison: Comparison | None) -> tuple[Dispute, ...]:
        return crosscheck((), documents, split(documents), stories, comparison=comparison).disputes

    [by_rules] = disputes(None)
    assert by_rules.proposed_by is None
    assert disputes(Believing(TOLD)) == (by_rules,)
