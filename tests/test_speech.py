"""Quotations, reporting clauses, hedges, negations and opposites are read where they stand, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.values.hedges import read_hedges
from briefing.values.polarity import is_negated, read_directions, read_negations
from briefing.values.quotations import read_quotations
from briefing.values.speech import read_attributions

QUOTATIONS = [
    ('"We leave at dawn," said the harbour pilot.', "We leave at dawn,", "the harbour pilot"),
    ("“We leave at dawn,” Bell said.", "We leave at dawn,", "Bell"),
    ("“We leave at dawn,” Ana Bell, the pilot, said on Monday.", "We leave at dawn,", "Ana Bell"),
    ("“We leave at dawn,” he told Radio Quito.", "We leave at dawn,", "he"),
    ("Ana Bell said: “We leave at dawn. Nobody stays.”", "We leave at dawn. Nobody stays.", "Ana Bell"),
    ("The minister told reporters, “We leave at dawn.”", "We leave at dawn.", "The minister"),
    ("Bell said that the crew would “leave at dawn, come what may”.", "leave at dawn, come what may", "Bell"),
    ("According to Ana Bell, “the crew leaves at dawn”.", "the crew leaves at dawn", "Ana Bell"),
    ("“The crew leaves at dawn,” according to the port authority.", "The crew leaves at dawn,", "the port authority"),
    ("« Nous partons », said the pilot.", " Nous partons ", "the pilot"),
    ("„Wir fahren bald los“, said the pilot.", "Wir fahren bald los", "the pilot"),
    ("‘We leave at dawn,’ said the pilot.", "We leave at dawn,", "the pilot"),
    ("'We leave at dawn,' the pilot said.", "We leave at dawn,", "the pilot"),
    ("'It's the crew's choice to leave,' the pilot said.", "It's the crew's choice to leave,", "the pilot"),
    ("“Do we leave at dawn?” asked Bell.", "Do we leave at dawn?", "Bell"),
    ("“We must leave!” Bell insisted.", "We must leave!", "Bell"),
    ("“We leave at dawn” – Bell said.", "We leave at dawn", "Bell"),
    ('The pilot warned that "no ship is safe in such a gale".', "no ship is safe in such a gale", "The pilot"),
    (
        '"No ship is safe," a spokesman for the port authority added.',
        "No ship is safe,",
        "a spokesman for the port authority",
    ),
    ("“No ship is safe,” one of the pilots said.", "No ship is safe,", "one of the pilots"),
    ("“No ship is safe,” said the head of the port, Ana Bell.", "No ship is safe,", "the head of the port"),
    ("“No ship is safe,” the agency has repeatedly said.", "No ship is safe,", "the agency"),
    ("She said: 'No ship is safe.' The pilot told the crew.", "No ship is safe.", "She"),
    ("Bell said, “No ship is safe,” and the pilot told the crew.", "No ship is safe,", "Bell"),
    ("Bell, who leads the crew, said, “No ship is safe.”", "No ship is safe.", "Bell"),
    ("Bell denied that she had “ordered the crew to sail”.", "ordered the crew to sail", "Bell"),
]


@pytest.mark.parametrize(("text", "inner", "speaker"), QUOTATIONS)
def test_a_quotation_is_read_with_its_speaker(text: str, inner: str, speaker: str) -> None:
    [quotation] = read_quotations(text)
    assert (quotation.text, quotation.speaker) == (inner, speaker)
    assert not quotation.scare


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("The “smart” bridge closed.", "smart"),
        ("Its so-called “peace unit” left.", "peace unit"),
        ("The film “The Long Night” opened.", "The Long Night"),
        ("The 'smart' bridge closed.", "smart"),
    ],
)
def test_a_few_marked_words_without_a_speaker_are_scare_quotes(text: str, inner: str) -> None:
    [quotation] = read_quotations(text)
    assert (quotation.text, quotation.speaker, quotation.scare) == (inner, None, True)


@pytest.mark.parametrize(
    "text",
    [
        "The pilots’ boats and the city’s port didn’t open.",
        "The pilots' boats and the city's port didn't open in the '90s.",
        "Rock 'n' roll at five o'clock.",
        'A 27" screen and a 6\' 2" man.',
        "He said he would leave.",
        "",
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text: str) -> None:
    assert read_quotations(text) == ()


def test_two_parts_of_one_quotation_share_their_speaker() -> None:
    text = "“We leave,” Bell said. “Nobody stays.”\n\n“I stay,” Tom Ray replied."
    assert [(q.text, q.speaker) for q in read_quotations(text)] == [
        ("We leave,", "Bell"),
        ("Nobody stays.", "Bell"),
        ("I stay,", "Tom Ray"),
    ]


def test_a_quotation_ends_before_the_next_one_opens() -> None:
    text = "Nobody should be 'cowards' Some moan like 'old women' about it."
    assert [q.text for q in read_quotations(text)] == ["cowards", "old women"]


def test_a_quotation_that_a_paragraph_leaves_open_ends_with_it() -> None:
    text = "“We leave at dawn, said the first.\n\n“Nobody stays,” Bell said."
    assert [q.text for q in read_quotations(text)] == ["We leave at dawn, said the first.", "Nobody stays,"]


ATTRIBUTIONS = [
    ("The mayor said the bridge was safe.", "The mayor", "said", "neutral"),
    ("The bridge was safe, officials said.", "officials", "said", "neutral"),
    ("The bridge was safe, said the mayor of Quito.", "the mayor of Quito", "said", "neutral"),
    ("According to the port authority, it was safe.", "the port authority", "according to", "neutral"),
    ("The mayor denied that it was safe.", "The mayor", "denied", "denial"),
    ("Two senior Danish officials told the paper it was safe.", "Two senior Danish officials", "told", "neutral"),
    ("Ana Bell announced on Monday that it was safe.", "Ana Bell", "announced", "strong"),
    ("The builder has claimed that it was safe.", "The builder", "claimed", "weak"),
    ("She warned that it was not.", "She", "warned", "strong"),
    ("Quito Radio reported that it was safe.", "Quito Radio", "reported", "neutral"),
]


@pytest.mark.parametrize(("text", "speaker", "verb", "strength"), ATTRIBUTIONS)
def test_a_reporting_clause_names_speaker_and_verb(text: str, speaker: str, verb: str, strength: str) -> None:
    [clause] = read_attributions(text)
    assert (clause.speaker, clause.verb, clause.strength) == (speaker, verb, strength)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was safe.",
        "The report of the crew was long.",
        "Such claims are rare.",
        "The crew was told to leave.",
        "The United States left.",
        "The picture was posted by Bell.",
        "The notes from Quito were lost.",
    ],
)
def test_a_statement_without_a_reporting_verb_has_no_attribution(text: str) -> None:
    assert read_attributions(text) == ()


HEDGES = [
    ("The ferry reportedly sank.", ["reportedly"]),
    ("The ferry may have sunk.", ["may"]),
    ("It might sink, and could burn.", ["might", "could"]),
    ("He is said to have fled.", ["is said to"]),
    ("It is estimated that ten fled.", ["It is estimated"]),
    ("The crew appears to be safe.", ["appears to"]),
    ("She is expected to resign.", ["is expected to"]),
    ("Radio Quito could not confirm the report.", ["could not confirm"]),
    ("The report could not be independently verified.", ["could not be independently verified"]),
    ("Unconfirmed reports spoke of ten dead.", ["Unconfirmed"]),
    ("The crew is believed to be safe.", ["is believed to"]),
    ("The ferry sank in May.", []),
    ("The ferry sank on May 3.", []),
    ("About 30 people left.", []),
    ("The ferry sank.", []),
]


@pytest.mark.parametrize(("text", "expected"), HEDGES)
def test_hedges_are_read_and_plain_statements_have_none(text: str, expected: list[str]) -> None:
    assert [hedge.text for hedge in read_hedges(text)] == expected


NEGATIONS = [
    ("The mayor did not resign.", "not", " resign"),
    ("The mayor didn't resign.", "not", " resign"),
    ("The mayor can’t resign.", "not", " resign"),
    ("The mayor cannot resign, but may leave.", "not", " resign"),
    ("No bridge was closed.", "no", " bridge was closed"),
    ("There are no plans to close it.", "no", " plans to close it"),
    ("The bridge is no longer open.", "no longer", " open"),
    ("She never closed it; it rusted.", "never", " closed it"),
    ("They left without a permit.", "without", " a permit"),
    ("None of the crew left.", "none", " of the crew left"),
    ("Nobody left.", "no one", " left"),
    ("No one left.", "no one", " left"),
    ("Neither ship left.", "neither", " ship left"),
    ("Nothing was found.", "nothing", " was found"),
    ("The mayor denied taking money.", "deny", " taking money"),
    ("The mayor failed to appear.", "fail", " appear"),
    ("The mayor refused to appear.", "refuse", " appear"),
    ("The mayor declined to comment.", "refuse", " comment"),
    ("A strike is unlikely this week.", "unlikely", " this week"),
    ("The crew was unable to leave.", "unable", " leave"),
    ("The mayor ruled out a strike.", "rule out", " a strike"),
    ("Peru has yet to answer.", "yet to", " answer"),
    ("Peru has reportedly yet to answer.", "yet to", " answer"),
    ("The crew hardly slept.", "hardly", " slept"),
    ("They sold it rather than mend it.", "instead of", " mend it"),
    ("It did not rain, and the crew left.", "not", " rain"),
    ("It did not stop in the U.S. on Monday.", "not", " stop in the U.S. on Monday"),
]
AFFIRMATIONS = [
    "The mayor resigned.",
    "Not only the mayor resigned.",
    "There is no doubt that she resigned.",
    "She resigned, no matter what.",
    "He lives at No. 5.",
    "He lives at No 10.",
    "A no-fly zone was set up.",
    "No, she resigned.",
    "No fewer than ten left.",
    "Without doubt she resigned.",
    "It was none other than Bell.",
    "It was nothing but rain.",
    "It rained, not least in Quito.",
    "Never mind the rain.",
    "The knot was tied in November.",
    "Note the notary's nose.",
    "The failure of the bank was noted.",
    "It is likely to rain.",
    "He cannoned into the wall.",
    "She was asked whether or not she resigned.",
    "Nora and Norman resigned.",
    "Nevertheless she resigned.",
    "She denoted the place.",
    "It is not just a bridge.",
    "",
]


@pytest.mark.parametrize(("text", "cue", "scope"), NEGATIONS)
def test_a_negation_is_read_with_the_rest_of_its_clause(text: str, cue: str, scope: str) -> None:
    [negation] = read_negations(text)
    assert (negation.cue, text[negation.scope_start : negation.scope_end]) == (cue, scope)


@pytest.mark.parametrize("text", AFFIRMATIONS)
def test_words_that_only_look_like_a_negation_deny_nothing(text: str) -> None:
    assert read_negations(text) == ()


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("She did not pay.", "pay", True),
        ("She never denied paying.", "paying", False),
        ("She did not refuse to pay.", "pay", False),
        ("She did not leave, but paid.", "paid", False),
        ("She paid.", "paid", False),
    ],
)
def test_two_negations_undo_each_other(text: str, word: str, negated: bool) -> None:
    assert is_negated(read_negations(text), text.index(word)) is negated


DIRECTIONS = [
    ("Prices rose.", [("level", 1)]),
    ("Prices fell.", [("level", -1)]),
    ("Prices were up.", [("level", 1)]),
    ("Shares went down 3%.", [("level", -1)]),
    ("More people came.", [("amount", 1)]),
    ("Fewer people came.", [("amount", -1)]),
    ("More than 30 people came.", []),
    ("He set up a shop and sat down.", []),
    ("It rained before noon.", [("order", -1)]),
    ("The port opened after the gale.", [("access", 1), ("order", 1)]),
    ("The port was closed.", [("access", -1)]),
    ("The club lost.", [("outcome", -1)]),
    ("The bill was rejected.", [("stance", -1)]),
    ("The crew slept.", []),
]


@pytest.mark.parametrize(("text", "expected"), DIRECTIONS)
def test_words_with_an_opposite_are_read_with_their_sign(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(direction.family, direction.sign) for direction in read_directions(text)] == expected


WORDS = st.sampled_from(
    "Bell the mayor said , . ’ ' \" “ ” « » „ ‘ \n not n't didn't never no No. but according to told : may could up 3 "
    "denied ß İ 東京 ; — (".split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


@given(TEXTS)
def test_every_span_slices_the_text(text: str) -> None:
    for quotation in read_quotations(text):
        assert text[quotation.start : quotation.end] == quotation.text
        if quotation.speaker is not None:
            assert text[quotation.speaker_start : quotation.speaker_end] == quotation.speaker
    for clause in read_attributions(text):
        assert text[clause.speaker_start : clause.speaker_end] == clause.speaker
        assert clause.start <= clause.speaker_start < clause.speaker_end <= clause.end
    for hedge in read_hedges(text):
        assert text[hedge.start : hedge.end] == hedge.text
    for direction in read_directions(text):
        assert text[direction.start : direction.end] == direction.text


@given(TEXTS)
def test_cues_never_overlap_and_scopes_follow_them(text: str) -> None:
    at = 0
    for negation in read_negations(text):
        assert at <= negation.start < negation.end == negation.scope_start <= negation.scope_end <= len(text)
        at = negation.end
