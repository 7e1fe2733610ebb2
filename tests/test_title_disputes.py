"""A person with two offices that exclude each other is a dispute; short forms, spellings and namesakes are not."""

from __future__ import annotations

import pytest

from briefing.crosschecks.titles import title_disputes
from briefing.sentences import split
from briefing.types import Dispute, DisputeKind, Document, Role
from tests.build import document


def _document(number: int, text: str, role: Role = Role.BODY) -> Document:
    return document((role, text), id=f"S{number}", published=None)


def _disputes(*texts: str) -> tuple[Dispute, ...]:
    documents = [_document(number, text) for number, text in enumerate(texts, start=1)]
    return title_disputes(documents, split(documents))


DISPUTED = [
    (
        "Harbour Ministry Director General Ola Berg called the crew on Monday.",
        "Harbour Minister Ola Berg called the crew on Monday.",
    ),
    (
        "Ola Berg, the director-general of Norland's Foreign Ministry, called.",
        "Norland's foreign minister, Ola Berg, called.",
    ),
    ("Ambassador Ola Berg left.", "Ola Berg, a spokesman for the ministry, left."),
    ("Colonel Tom Ray led the search.", "Captain Tom Ray led the search."),
    ("Health Minister Ana Bell resigned.", "Trade Minister Ana Bell resigned."),
    ("President Ana Bell resigned.", "Ana Bell, the prime minister, resigned."),
    ("Governor Mikhail Orlov spoke.", "Mayor Michael Orlov spoke."),
    ("Mayor Ana Bell spoke. Everyone heard it.", "Ana Bell was late. Governor Bell spoke."),
    ("Deputy Foreign Minister Ola Berg called.", "Foreign Minister Berg called."),
    ("Ola Berg, the ferry's first mate, steered.", "Ola Berg, the ferry's captain, steered."),
    ("“Good,” said Ana Bell, Port Elm United's sporting director.", "Chief executive Ana Bell waved."),
    ("Ana Bell, who was the utility's chief accountant, left.", "Utility boss? Its chief engineer, Ana Bell, left."),
    ("Ana Bell, 47, operations director of the line, left.", "Head of flight safety Ana Bell left."),
    ("Ana Bell, director of operations, left.", "Ana Bell, director of safety, left."),
    ("Ana Bell, managing director of the works, left.", "Ana Bell, chief scientist of the works, left."),
    ("Ana Bell, who took over as head coach in May, wept.", "The club's technical director, Ana Bell, wept."),
]
UNDISPUTED = [
    ("Foreign Minister Ola Berg called.", "Norland's foreign minister, Ola Berg, called."),
    ("Director General Ola Berg called.", "Ola Berg, the director-general of the Foreign Ministry, called."),
    ("Spokesman Omar Hayek spoke.", "Spokesperson Omar Haiek spoke."),
    ("Minister Ana Bell left.", "Ambassador Tom Bell left."),
    ("Minister Ana Bell left.", "Former ambassador Ana Bell left."),
    ("Professor Ana Bell spoke.", "Ana Bell, director of the institute, spoke."),
    ("Party leader Ana Bell spoke.", "Prime Minister Ana Bell spoke."),
    ("Minister Ana Bell left.", "Ana Bell, a mother of two, left."),
    ("Minister Ana Bell met Ambassador Tom Ray.", "Ambassador Tom Ray met Minister Ana Bell."),
    ("Minister Bell met Ana Bell and Tom Bell.", "Ambassador Ana Bell met Minister Tom Bell."),
    ("President Ana Bell thanked the CEO.", "CEO Ana Bell thanked the staff."),
    ("Minister Ana Bell left.",),
    ("Ana Bell, director of the zoo, left.", "Ana Bell, director of operations at the zoo, left."),
    ("Ana Bell, head of operations, left.", "Operations director Ana Bell left."),
    ("Chief executive Ana Bell left.", "Ana Bell, managing director of the works, left."),
    ("Assistant professor Ana Bell spoke.", "Professor Ana Bell spoke."),
    ("Ana Bell, a former treasurer, left.", "Ana Bell, a former chief engineer, left."),
    ("The coach, Tom Ray, 52, knew it.", "The goalkeeper, Tom Ray, 19, was hurt."),
    ("", ""),
]


@pytest.mark.parametrize("texts", DISPUTED)
def test_offices_that_exclude_each_other_are_a_dispute(texts: tuple[str, ...]) -> None:
    [dispute] = _disputes(*texts)
    assert dispute.kind is DisputeKind.TITLE
    assert [value.sources for value in dispute.values] == [("S1",), ("S2",)]


@pytest.mark.parametrize("texts", UNDISPUTED)
def test_short_forms_spellings_and_other_people_are_no_dispute(texts: tuple[str, ...]) -> None:
    assert _disputes(*texts) == ()


def test_every_value_is_the_source_own_wording_with_title_and_name_as_evidence() -> None:
    texts = (
        "On Monday Harbour Ministry Director General Ola Berg called. Berg left.",
        "Ola Berg, the director-general of the Harbour Ministry, called.",
        "On Monday Harbour Minister Ola Berg called.",
    )
    [dispute] = _disputes(*texts)
    assert [(value.value, value.sources) for value in dispute.values] == [
        ("Harbour Ministry Director General", ("S1",)),
        ("director-general of the Harbour Ministry", ("S2",)),
        ("Harbour Minister", ("S3",)),
    ]
    for value in dispute.values:
        for evidence in value.evidence:
            assert texts[int(evidence.source[1:]) - 1][evidence.start : evidence.end] == evidence.text
            assert "Berg" in evidence.text
    assert dispute.about == "title of Ola Berg"


def test_an_office_in_short_is_no_value_of_its_own_unless_it_may_be_two() -> None:
    director, minister = "Ana Bell, director of the Harbour Office, spoke.", "Harbour Minister Ana Bell spoke."
    [dispute] = _disputes(director, minister, "Its director, Ana Bell, declined to comment.")
    assert [(value.value, value.sources) for value in dispute.values] == [
        ("director of the Harbour Office", ("S1", "S3")),
        ("Harbour Minister", ("S2",)),
    ]


def test_a_source_that_gives_both_titles_is_at_odds_with_nobody() -> None:
    both = "Mayor Ana Bell spoke. Later, Governor Ana Bell left."
    assert _disputes(both, "Governor Ana Bell spoke.") == ()


def test_former_offices_of_one_kind_are_compared_and_of_two_times_are_not() -> None:
    [dispute] = _disputes("Former Transport Minister Ana Bell left.", "Former Finance Minister Ana Bell left.")
    assert len(dispute.values) == 2
    assert _disputes("Former Transport Minister Ana Bell left.", "Governor Ana Bell left.") == ()


def test_sources_that_agree_stand_together_against_a_third() -> None:
    [dispute] = _disputes("Mayor Ana Bell spoke.", "Mayor Ana Bell spoke.", "Governor Ana Bell spoke.")
    assert [value.sources for value in dispute.values] == [("S1", "S2"), ("S3",)]


def test_a_surname_alone_joins_the_one_full_name_of_the_story() -> None:
    [dispute] = _disputes("Ana Bell is the mayor. Nobody knew.", "Ana Bell spoke. Ambassador Bell was late.")
    assert dispute.about == "title of Ana Bell"


def test_titles_outside_citable_sentences_do_not_count() -> None:
    documents = [_document(1, "Mayor Ana Bell spoke."), _document(2, "Governor Ana Bell spoke.", Role.COMMENT)]
    assert title_disputes(documents, split(documents)) == ()
