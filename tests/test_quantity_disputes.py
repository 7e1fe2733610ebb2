"""Which numbers of two sources are one question answered differently, and which are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.differences import age_plants
from benchmarks.disputes import disputes_of, is_found, main, undone
from briefing.crosschecks.quantities import quantity_disputes
from briefing.sentences import split
from briefing.types import Assessment, Dispute, DisputeKind, Document, Notice, Relay
from tests import build


def document(name: str, text: str, **more: object) -> Document:
    return replace(build.document(text, id=name, published=None), **more)  # type: ignore[arg-type]


def disputes(*texts: str) -> tuple[Dispute, ...]:
    documents = [document(f"S{n}", text) for n, text in enumerate(texts, start=1)]
    return quantity_disputes(documents, split(documents))


def values(dispute: Dispute) -> dict[str, tuple[str, ...]]:
    return {value.value: value.sources for value in dispute.values}


# Conflicts
# ---------

CONFLICTS = [
    (
        "Some 4,200 Veshtian sailors have left the port of Orlo since Monday.",
        "The ministry said 420 Veshtian sailors have left the port of Orlo.",
    ),
    (
        "The fire at the Marrow Bay mill killed 24 people on Friday.",
        "Firefighters said the fire at the Marrow Bay mill killed 42 people.",
    ),
    (
        "The harbour board will pay $3 million for the new crane, Tamsin Oakes said.",
        "Tamsin Oakes said the harbour board would pay $30 million for a new crane.",
    ),
    (
        "Ferry traffic in the strait had risen nearly 26 percent by the end of the season.",
        "By the end of the season, ferry traffic in the strait had risen nearly 62 percent.",
    ),
    (
        "Rescuers dropped 28 crates of blankets over the valley of Nerra.",
        "Over the valley of Nerra, rescuers dropped 280 crates of blankets.",
    ),
    ("Ines Farrow, 34, steered the boat.", "The boat was steered by Ines Farrow, 43, of Orlo."),
    (
        "The custom of the lantern boats of Orlo began over 100 years ago.",
        "In Orlo the custom of the lantern boats began over 300 years ago.",
    ),
    (
        "The felled oak of Orlo was thought to be over 1,800 years old.",
        "Woodcutters felled an oak of Orlo thought to be more than 700 years old.",
    ),
    (
        "Lume Textiles will make an initial bid of $15 a share, rising to $18 a share later.",
        "The first bid of Lume Textiles would be $24 a share, and it could pay $18 a share in the end.",
    ),
    (
        "The envoy told the council that more than 50 clerks refused to sign.",
        "More than 500 clerks refused to sign, the envoy told the council.",
    ),
    (
        "The cement works at Orlo employs 640 people, down from 900 last year.",
        "The cement works at Orlo employs 460 people, down from 900 last year.",
    ),
    (
        "The number of ferries at Orlo rose to 40 in spring, up from 28.",
        "The number of ferries at Orlo rose to 40 in spring, up from 26.",
    ),
    (
        "Some 2 thousand 700 sailors have left Orlo since Monday.",
        "Some 700 sailors have left Orlo since Monday.",
    ),
    (
        "Two thirds of the 1,850 people hired at the Orlo works live in the valley.",
        "A survey by the union of Orlo found a payroll of 1,580 people at the works, most of them without a letter.",
    ),
    (
        "The mill at Orlo was sold for $3.4 billion in shares on Monday.",
        "For the mill the buyers from the coast are paying $4.3 billion, part of it in shares.",
    ),
    (
        "Consumer prices in Norland rose 6.1% in May.",
        "In May consumer prices in Norland stood 6.8 per cent higher than a year before.",
    ),
    (
        "A count by drone shows 63 homes destroyed in the Orlo fire.",
        "A survey by drone found 36 houses destroyed in the Orlo fire.",
    ),
    (
        "The fund of Orlo has paid 44,053 crowns to the ferrymen.",
        "The fund of Orlo has paid 44 crowns to the ferrymen.",
    ),
]


@pytest.mark.parametrize(("a", "b"), CONFLICTS)
def test_different_answers_to_one_question_are_a_dispute(a: str, b: str) -> None:
    (dispute,) = disputes(a, b)
    assert dispute.kind is DisputeKind.QUANTITY
    assert sorted(values(dispute).values()) == [("S1",), ("S2",)]


@pytest.mark.parametrize(("a", "b"), CONFLICTS)
def test_the_order_of_the_sources_does_not_matter(a: str, b: str) -> None:
    assert len(disputes(b, a)) == 1


@pytest.mark.parametrize("text", [text for pair in CONFLICTS for text in pair])
def test_a_text_is_not_at_odds_with_its_copy(text: str) -> None:
    assert disputes(text, text) == ()


# No conflicts
# ------------

PEACEFUL = [
    (
        "The custom of the lantern boats of Orlo was given up two days ago.",
        "In Orlo the custom of the lantern boats was given up three days ago.",
    ),
    ("Fourteen vases of the Orlo museum are missing.", "Eleven of the vases of the Orlo museum were found again."),
    ("The hospital of Orlo has 610 beds.", "Our own hospital has offered twenty beds to whoever is in need."),
    ("Six of the nine judges of Orlo voted for the ban.", "Three of the judges of Orlo voted against the ban."),
    ("Ivo Lann, 52, became mayor of Orlo.", "Ivo Lann, 74, drove a tram in Orlo."),
    pytest.param(
        "Some 4,200 Veshtian sailors have left the port of Orlo since Monday.",
        "Around 4,300 Veshtian sailors have left the port of Orlo over the week.",
        id="a rounding",
    ),
    pytest.param(
        "The fire at the Marrow Bay mill killed more than 20 people.",
        "The fire at the Marrow Bay mill killed 24 people.",
        id="a bound and a value within it",
    ),
    pytest.param(
        "Dozens of people died in the fire at the Marrow Bay mill.",
        "The fire at the Marrow Bay mill: 48 people died.",
        id="dozens",
    ),
    pytest.param(
        "The repair of the Orlo lock will take 3-6 months.",
        "The repair of the Orlo lock will take 4 months.",
        id="a range and a value within it",
    ),
    pytest.param(
        "Three officials met in Orlo. The fire killed 24 people.",
        "The fire killed 24 people. Two clerks met in Orlo.",
        id="other things counted",
    ),
    pytest.param(
        "About 3,000 sailors have left Orlo, and 10,000 remain.",
        "Some 10,000 sailors remain in Orlo after 3,000 have left.",
        id="other verbs",
    ),
    pytest.param(
        "Patrols caught 12 smugglers near Orlo on 3 May 2021.",
        "Patrols caught 31 smugglers near Orlo on 9 June 2021.",
        id="other days",
    ),
    pytest.param(
        "If the dam breaks, 9,000 people will lose their homes in Nerra.",
        "In Nerra, 40 people will lose their homes.",
        id="a condition",
    ),
    pytest.param(
        "The Orlo mill earned $4 million in the first quarter.",
        "The Orlo mill earned $19 million last year.",
        id="other periods",
    ),
    pytest.param(
        "In 2014 Channel 9 showed it at 9:40 p.m.",
        "In 2017 Channel 4 showed it at 7:20 p.m.",
        id="years, names of things and clock times",
    ),
    pytest.param("Orlo won the match 2-1.", "Orlo won the match 3-1.", id="scores"),
    pytest.param(
        "The storm sank 12 boats at Orlo. The storm sank 30 boats in all.",
        "The storm sank 30 boats at Orlo.",
        id="a source that gives both",
    ),
    pytest.param("The mine paid $40 to each miner.", "The mine paid €90 to each miner.", id="other currencies"),
    pytest.param(
        "Police held 40 Danish sailors in Orlo.",
        "Police held 75 Polish sailors in Orlo.",
        id="exclusive modifiers",
    ),
    pytest.param(
        "The cement works at Orlo employs 640 people, down from 900 people in 2029.",
        "The group employs 18,000 people at its steel works in Kolm.",
        id="another unit, far larger",
    ),
    pytest.param(
        "The brigade has 640 soldiers, down from 900 before the flood.",
        "The army has 18,000 soldiers.",
        id="a part and the whole",
    ),
    pytest.param(
        "The cement works at Orlo employs 640 people, down from 900.",
        "The cement works at Orlo employed 900 people.",
        id="a number and the one before it",
    ),
    pytest.param(
        "Unemployment in Orlo fell to 5.1 percent from 5.6 percent in May.",
        "Unemployment in Orlo fell from 5.6 percent.",
        id="where a change began",
    ),
    pytest.param(
        "The Orlo mill earned $19 million in the first quarter of this year.",
        "The Orlo mill earned $44 million this year.",
        id="a part of a period",
    ),
    pytest.param(
        "Some 2 thousand 700 sailors have left Orlo since Monday.",
        "Some 2,700 sailors have left Orlo since Monday.",
        id="a number in two scales",
    ),
]


@pytest.mark.parametrize(("a", "b"), PEACEFUL)
def test_numbers_that_answer_other_questions_are_no_dispute(a: str, b: str) -> None:
    assert disputes(a, b) == ()


def test_one_source_alone_is_never_a_dispute() -> None:
    assert disputes("The fire killed 24 people. The fire killed 42 people.") == ()


def test_no_source_at_all_is_no_dispute() -> None:
    assert disputes() == ()


# What a dispute says
# -------------------

STORY = (
    "Only about 4,000 Veshtians have left Orlo so far, and about 9,000 other Veshtians remain in the valley.",
    "Although 4 Veshtian citizens have been evacuated since Sunday, the cabinet believes that about 9 people remain "
    "in the valley of Orlo.",
    "While 4,000 Veshtian citizens have evacuated since Sunday, the cabinet believes around 9,000 remain in Orlo.",
    "According to the ministry, around 4,100 Veshtians have been repatriated in seven days.",
)


def test_dropped_thousands_are_two_disputes_and_likely_slips() -> None:
    left, stayed = disputes(*STORY)
    assert values(left) == {"4000": ("S1", "S3"), "4": ("S2",), "about 4100": ("S4",)}
    assert values(stayed) == {"about 9000": ("S1", "S3"), "about 9": ("S2",)}
    assert left.assessment is stayed.assessment is Assessment.LIKELY_SLIP
    assert "1,000 times" in left.note


def test_a_dispute_names_its_question() -> None:
    left, stayed = disputes(*STORY)
    assert left.about == "Veshtian citizens evacuated"
    assert stayed.about == "Veshtians remaining"


def test_evidence_is_the_number_with_what_it_counts_and_slices_out_of_the_source() -> None:
    texts = {f"S{n}": text for n, text in enumerate(STORY, start=1)}
    found = [e for d in disputes(*STORY) for value in d.values for e in value.evidence]
    assert all(texts[e.source][e.start : e.end] == e.text for e in found)
    assert "4 Veshtian citizens" in [e.text for e in found]


def test_every_source_of_a_value_has_evidence_for_it() -> None:
    for dispute in disputes(*STORY):
        for value in dispute.values:
            assert set(value.sources) == {e.source for e in value.evidence}


def test_a_number_in_a_correction_supersedes() -> None:
    a, b = CONFLICTS[1]
    old = document("S1", a, published=datetime(2024, 3, 1))  # noqa: DTZ001
    new = document(
        "S2",
        b,
        published=datetime(2024, 3, 2),  # noqa: DTZ001
        notices=(Notice(kind="correction", start=0, end=len(b)),),
    )
    (dispute,) = quantity_disputes([old, new], split([old, new]))
    assert dispute.assessment is Assessment.SUPERSEDED


def test_a_correction_that_a_newer_article_contradicts_supersedes_nothing() -> None:
    a, b = CONFLICTS[1]
    new = document("S1", a, published=datetime(2024, 3, 3))  # noqa: DTZ001
    old = document(
        "S2",
        b,
        published=datetime(2024, 3, 2),  # noqa: DTZ001
        notices=(Notice(kind="correction", start=0, end=len(b)),),
    )
    (dispute,) = quantity_disputes([new, old], split([new, old]))
    assert dispute.assessment is Assessment.OPEN


def test_a_source_does_not_give_the_value_that_it_takes_back() -> None:
    kept, wrong = "The lake at Orlo will be lowered by six metres.", "The lake at Orlo will be lowered by nine metres."
    notice = "Correction: An earlier version said that the lake at Orlo will be lowered by nine metres. " + kept
    corrected = document("S1", notice, notices=(Notice(kind="correction", start=0, end=len(notice)),))
    documents = [corrected, document("S2", wrong)]
    (dispute,) = quantity_disputes(documents, split(documents))
    assert values(dispute) == {"6 m": ("S1",), "9 m": ("S2",)}
    assert dispute.assessment is Assessment.SUPERSEDED


def test_a_relay_with_another_number_is_named() -> None:
    documents = [document(f"S{n}", text) for n, text in enumerate(CONFLICTS[1], start=1)]
    relay = Relay(source="S2", outlet="The Lantern", relays="S1", start=0, end=5)
    (dispute,) = quantity_disputes(documents, split(documents), [relay])
    assert dispute.note == "S2 passes on what S1 reported, with another value."


def test_the_same_sources_give_the_same_disputes() -> None:
    assert disputes(*STORY) == disputes(*STORY)


# Whose age it is
# ---------------

AGES = [
    ("Ines Farrow, 34, steered the boat.", "Farrow, a 37-year-old nurse, spoke of luck."),
    ("Ines Farrow, 34, steered the boat.", "A coast guard pulled Ines Farrow out. The 37-year-old was unhurt."),
    ("Ines Farrow, 34, steered the boat.", "Rescuers found Farrow first. It was dark. She was 37."),
    (
        "Ines Farrow, 34, steered. Ines, 34, was cold.",
        "Nobody saw Ines Farrow before the 37-year-old’s light went out.",
    ),
    (
        "The woman, a 52-year-old resident of Osk, was freed from the press by firefighters.",
        "Firefighters freed the 55-year-old woman from the press in Osk.",
    ),
    (
        "A 19-year-old man was arrested over the mill fire.",
        "Police have arrested a 22-year-old man over the mill fire.",
    ),
]


@pytest.mark.parametrize(("a", "b"), AGES)
def test_an_age_is_compared_with_that_of_the_same_person(a: str, b: str) -> None:
    for told in ((a, b), (b, a)):
        [dispute] = disputes(*told)
        assert dispute.kind is DisputeKind.QUANTITY
        assert len(dispute.values) == 2


AGES_OF_OTHERS = [
    ("Ines Farrow, 34, steered the boat.", "Ines Farrow steered. Her 37-year-old cousin slept."),
    ("Ines Farrow, 34, steered the boat.", "Ines Farrow steered. The 37-year-old engineer slept."),
    (
        "Ines Farrow, 34, steered the boat.",
        "Ines Farrow steered. The engineer slept. It rained. The 37-year-old snored.",
    ),
    ("Ines Farrow, 34, steered the boat.", "Ines Farrow, 34, steered. The 37-year-old slept."),
    ("Ines Farrow, 34, steered the boat.", "Ines Farrow steered. The 43-year-old slept."),
    ("Ines Farrow, 34, and Ida Moll, 38, rowed.", "Farrow steered and Moll rowed. The 36-year-old slept."),
    ("One of those freed, a 29-year-old welder, spoke.", "One of those freed, a 32-year-old cook, spoke."),
    ("In Osk, a 29-year-old welder fell.", "In Osk, a 32-year-old cook fell."),
    ("Among the dead is a 12-year-old boy from Osk.", "A 14-year-old boy from Osk survived the crash with burns."),
    (
        "A 71-year-old passenger died of her injuries on Tuesday.",
        "A 69-year-old passenger was flown to hospital on Tuesday.",
    ),
]


@pytest.mark.parametrize(("a", "b"), AGES_OF_OTHERS)
def test_an_age_of_somebody_else_is_no_dispute(a: str, b: str) -> None:
    assert disputes(a, b) == disputes(b, a) == ()


# Properties and cost
# -------------------

NUMBERS = st.integers(21, 9_999).filter(lambda n: n % 10)


@given(NUMBERS, NUMBERS)
@settings(max_examples=60)
def test_exact_numbers_conflict_exactly_when_they_differ(a: int, b: int) -> None:
    text = "The fire at the Marrow Bay mill destroyed {:,} looms, Tamsin Oakes said."
    assert len(disputes(text.format(a), text.format(b))) == (a != b)


@given(st.lists(st.text(max_size=80), min_size=2, max_size=4))
@settings(max_examples=60)
def test_no_text_breaks_it(texts: Sequence[str]) -> None:
    for dispute in disputes(*texts):
        assert len(dispute.values) > 1


# The benchmark
# -------------

PLANTED = (
    '{"id": "a", "articles": [{"id": "x", "text": "The fire at the mill killed 42 people."}, '
    '{"id": "y", "text": "The fire at the mill killed 24 people."}], "planted": {"article": "x", "start": 28, '
    '"end": 30, "old": "24", "new": "42", "others": [["y", 28, 30]]}}\n'
)


def test_the_benchmark_counts_hits_and_extras(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stories.jsonl"
    file.write_text(PLANTED, encoding="utf-8")
    assert main([str(file), "--json"]) == 0
    printed = capsys.readouterr().out.replace(" ", "").replace("\n", "")
    assert '"stories.jsonl":{"recall":1.0,"extra_per_story":0.0}' in printed


def test_an_age_is_planted_where_an_article_tells_it_once_and_another_tells_it_too() -> None:
    told = [
        document("S1", "Ines Farrow, 34, steered the boat. Tom Ashby, 52, rowed."),
        document("S2", "Farrow, a 34-year-old nurse, spoke of luck. She is 34 years old."),
    ]
    [plant] = age_plants(told)
    assert (plant.article, told[0].text[plant.start : plant.end], plant.new, plant.other) == ("S1", "34", "37", "S2")


def test_an_undone_change_leaves_no_dispute() -> None:
    story = {
        "id": "a",
        "articles": [
            {"id": "x", "text": "The fire at the mill killed 42 people."},
            {"id": "y", "text": "The fire at the mill killed 24 people."},
        ],
        "planted": {"article": "x", "start": 28, "end": 30, "old": "24", "new": "42", "others": [["y", 28, 30]]},
    }
    assert is_found(story)
    assert disputes_of(undone(story)) == ()
