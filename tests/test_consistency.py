"""Rules by value, one small case each way: what the evidence bears out in other words, and what it does not."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

import pytest

from briefing.consistency import Passage, inconsistencies
from briefing.consistency.reading import read
from briefing.consistency.sides import sides
from briefing.types import FindingKind as Kind
from training.frames import read_frames


def found(text: str, *evidence: str, published: date | None = None) -> set[Kind]:
    passages = [Passage(text=words, published=published) for words in evidence]
    return {finding.kind for finding in inconsistencies(text, passages)}


# Figures
# -------

BORNE_OUT = [
    ("The harbour is 1.2 kilometres long.", "The harbour, 1,200 metres long, was dug by hand."),
    ("It was rebuilt in two weeks.", "It was rebuilt in a space of 14 days."),
    ("The islanders waited a total of three months.", "The islanders waited for 90 days."),
    ("The ship carried 3 tonnes of salt.", "The ship carried 3,000 kg of salt."),
    ("Ada Korrin, 31, opened the lock.", "The 31-year-old Ada Korrin opened the lock."),
    ("The lock cost £4 million.", "The lock cost 4 million pounds."),
    ("The lock cost 22,500,000 dollars.", "The lock cost $22.5 million."),
    ("Some 15,000 crates were lost.", "About 15k crates were lost at sea."),
    ("About 1.2 million crates were lost.", "In all, 1 234 567 crates were lost."),
    ("The repair took two and a half hours.", "The repair took 2½ hours."),
    ("The price rose by 1.57 percent.", "The price rose 1,57 percent."),
    ("Twenty-four boats sank.", "Two dozen boats sank."),
    ("A third of the boats sank.", "Of the boats, 33 percent sank."),
    ("Nearly two million meals were served.", "The kitchen served 1.9 million meals."),
    ("Seven people were hurt in the tunnel.", "Three adults and four children were hurt in the tunnel."),
    ("Catches fell by 50 percent.", "Catches halved."),
    ("He rang two times.", "He rang twice."),
    ("Marrow won by three goals to one.", "Marrow won 3-1."),
    ("It froze to -12 degrees.", "It froze: minus 12 °C was measured."),
    ("One sailor in five has a boat.", "Twenty percent of sailors have a boat."),
    ("The series ends with season five.", "The series ends after its fifth season."),
    ("The keeper has ten years' service.", "The keeper has served for a decade."),
    ("The shop lost 25 percent of its trade.", "The shop lost a quarter of its trade."),
    ("The lock is 12 m across at its widest.", "The lock is up to 12 metres wide."),
    ("It will stay at 25 degrees or above.", "It will not fall below 25 °C."),
    ("The 24 - year - old won £ 50 m .", "Ada Korrin, a 24-year-old, won £50 million."),
    ("This is the eighth season of the Marrow fair.", "The eighth and final season of the Marrow fair has begun."),
    ("It may cost between the range of $90 million and $100 million.", "It may cost $90 million to $100 million."),
    ("She kept the lock for one year.", "She kept the lock for a year."),
    ("The level rose from 3 metres to 5 metres.", "From 3 metres the level went up to 5 metres."),
    ("Fourteen residents are missing.", "14 people are missing."),
    ("The storm sank 14 boats.", "The storm sank 14 vessels."),
    ("Fourteen households had to leave.", "Some 30 people, 14 families in all, had to leave."),
    ("They may now sail at 16 instead of 18.", "The law lowers the age for sailing from 18 to 16."),
]
NOT_BORNE_OUT = [
    ("The harbour is 12 kilometres long.", "The harbour, 1,200 metres long, was dug by hand."),
    ("Ada Korrin, 41, opened the lock.", "The 31-year-old Ada Korrin opened the lock."),
    ("The lock cost £40 million.", "The lock cost 4 million pounds."),
    ("The price rose by 57 percent.", "The price rose 1,57 percent."),
    ("Twelve boats sank.", "Two dozen boats sank."),
    ("The suspects are 19 to 43 years old.", "The suspects are between 19 and 34 years old."),
    ("Inflation went from 6 percent to 8 percent.", "Inflation went to 6 percent from 8 percent."),
    ("It may ship 40,000 tonnes a week.", "It may ship 40,000 tonnes a month."),
    ("The firm expects $9 million, not $7 million.", "The firm expects $7 million rather than $9 million."),
    ("Fourteen people are missing.", "The army has installed 14 pumps on the crest."),
    ("The flood swept away 40 cows.", "The flood swept away 40 cars and two cows."),
    ("They may now sail at 18 instead of 16.", "The law lowers the age for sailing from 18 to 16."),
    ("It is her first book.", "It is her third book."),
    ("The lock cost nearly triple the estimate.", "The lock cost almost twice the estimate."),
    ("About 3,000 left Pell and 10,000 stayed there.", "About 10,000 left Pell and 3,000 stayed there."),
    ("It froze to -2 degrees.", "It froze: minus 12 °C was measured."),
    ("The series ends with season four.", "The series ends after its fifth season."),
    ("The keeper has twenty years' service.", "The keeper has served for a decade."),
    ("The shop lost 20 percent of its trade.", "The shop lost a quarter of its trade."),
    ("It will stay at 25 degrees or below.", "It will not fall below 25 °C."),
    ("The 42 - year - old won £ 50 m .", "Ada Korrin, a 24-year-old, won £50 million."),
]


EXTENTS = [
    ("All bridges in Marrow were damaged.", "Most bridges in Marrow were damaged.", False),
    ("Everybody left the ward.", "Nearly everyone left the ward.", False),
    ("Most of the crew were saved.", "Some of the crew were saved.", False),
    ("Few houses on Pell burned.", "Many houses on Pell burned.", False),
    ("Some of the crew were saved.", "All the crew were saved.", True),
    ("Many houses on Pell burned.", "Several houses on Pell burned.", True),
    ("All crew were saved.", "Some crew were hurt, and all crew were saved.", True),
    ("All over Pell some 40 houses burned.", "Some 40 houses burned on Pell, most likely by arson.", True),
]


@pytest.mark.parametrize(("text", "evidence", "same"), EXTENTS)
def test_whoever_says_more_of_a_kind_than_the_evidence_is_found(text: str, evidence: str, same: bool) -> None:
    assert found(text, evidence) == (set() if same else {Kind.NUMBER_DIFFERS})


def test_a_number_is_bound_to_what_it_counts_beside_another() -> None:
    evidence = "Officers arrested one Dane and two Finns on Pell."
    assert found("Officers arrested one Finn on Pell.", evidence) == {Kind.NUMBER_DIFFERS}
    assert found("Officers arrested one Dane on Pell.", evidence) == set()


@pytest.mark.parametrize(("text", "evidence"), BORNE_OUT, ids=[case[0] for case in BORNE_OUT])
def test_a_figure_is_borne_out_by_its_value_in_whatever_form(text: str, evidence: str) -> None:
    assert found(text, evidence) == set()


@pytest.mark.parametrize(("text", "evidence"), NOT_BORNE_OUT, ids=[case[0] for case in NOT_BORNE_OUT])
def test_a_figure_of_another_value_or_of_another_thing_is_found(text: str, evidence: str) -> None:
    assert found(text, evidence) & {Kind.NUMBER_DIFFERS, Kind.NUMBER_ABSENT}


# Times
# -----


def test_a_weekday_says_nothing_of_a_year() -> None:
    evidence = "Pell and Marrow met on Tuesday. A like treaty ended in 2021."
    assert found("A treaty between them ended in 2012.", *evidence.split(". ")) == {Kind.DATE_DIFFERS}
    assert found("A treaty between them ended in 2021.", *evidence.split(". ")) == set()


def test_relative_days_are_reckoned_from_the_day_of_publication() -> None:
    evidence = "The port reopened on Wednesday; a tug will come tomorrow."
    day = date(2025, 6, 12)
    assert found("The port reopened on 11 June 2025.", evidence, published=day) == set()
    assert found("A tug will come to the port on June 13.", evidence, published=day) == set()
    assert found("A tug will come to the port on June 15.", evidence, published=day) == {Kind.DATE_DIFFERS}


def test_a_weekday_follows_from_another_and_the_days_between() -> None:
    evidence = "The port reopened on Wednesday, two days after a crane fell."
    assert found("A crane fell on Monday.", evidence) == set()
    assert found("A crane fell on Saturday.", evidence) == {Kind.DATE_DIFFERS}


# Names and titles
# ----------------

NAMES = [
    ("Kiev and Warsaw agreed on grain.", "Kyiv and Warsaw agreed on grain.", True),
    ("Iraq sent an envoy to Vienna.", "Iran sent an envoy to Vienna.", False),
    ("B. Johnston kept goal for Marrow.", "Boris Johnston kept goal for Marrow.", True),
    ("Boris Johnson kept goal for Marrow.", "Boris Johnston kept goal for Marrow.", False),
    ("R. Straus kept goal for Marrow.", "Leopold Straus kept goal for Marrow.", False),
    ("Korrin of the Greens won.", "Green candidate Ada Korrin won.", True),
    ("Inaki Goni plays for Pell.", "Iñaki Goñi plays for Pell.", True),
    ("Artificial intelligence (AI) reads the scans.", "Artificial intelligence reads the scans.", True),
    ("Artificial intelligence (AI) reads the scans.", "Artificial light falls on the scans.", False),
    ("A DRV costs 40 crowns.", "DRVs cost 40 crowns.", True),
    ("Korrin's foes marched on Sunday.", "The anti-Korrin camp, her foes, marched on Sunday.", True),
    ("Korrin painted the bridge .", "Erl painted the bridge , and more .", False),
]


@pytest.mark.parametrize(("text", "evidence", "same"), NAMES, ids=[case[0] for case in NAMES])
def test_a_name_is_known_in_its_other_spellings_and_no_further(text: str, evidence: str, same: bool) -> None:
    assert found(text, evidence) == (set() if same else {Kind.NAME_ABSENT})


TITLES = [
    ("Tomas Erl, who used to be mayor, was jailed.", True),
    ("Tomas Erl, once mayor, was jailed.", True),
    ("Tomas Erl, the mayor, was jailed.", False),
    ("Former judge Tomas Erl was jailed.", False),
]


def test_a_name_that_stands_elsewhere_only_does_not_help_the_sentence_that_has_another() -> None:
    told = "The council has not asked anyone to leave Kostrin, the town downstream."
    elsewhere = "Rain fell in Kostrel on Sunday."
    assert found("The council has not asked anyone to leave Kostrel, the town downstream.", told, elsewhere)
    assert not found("The council has not asked anyone to leave Kostrin, the town downstream.", told, elsewhere)


def test_two_halves_of_a_name_set_apart_are_one_name_and_findings_stand_in_the_text_as_given() -> None:
    passages = [Passage(text="The ferry left Marrow-Pell at nine.")]
    assert not inconsistencies("The ferry left Marrow - Pell at nine .", passages)
    text = "The ferry left Marrow - Pell at nine , said Ada Korrin ."
    (finding,) = (f for f in inconsistencies(text, passages) if f.kind is Kind.NAME_ABSENT)
    assert text[finding.start : finding.end] == "Ada Korrin"


@pytest.mark.parametrize(("text", "same"), TITLES, ids=[case[0] for case in TITLES])
def test_an_office_and_whether_it_is_over_must_be_those_of_the_evidence(text: str, same: bool) -> None:
    assert found(text, "Former mayor Tomas Erl was jailed.") == (set() if same else {Kind.TITLE_DIFFERS})


def test_an_occupation_is_compared_like_an_office() -> None:
    evidence = "A court acquitted nurse Ada Korrin of theft."
    assert found("Ada Korrin, a nurse, was acquitted of theft.", evidence) == set()
    assert found("Ada Korrin, a teacher, was acquitted of theft.", evidence) == {Kind.TITLE_DIFFERS}


# Negation and direction
# ----------------------

POLARITY = [
    ("Nobody died in the storm on Pell.", "No deaths were reported in the storm on Pell.", set()),
    ("Deaths were reported in the storm on Pell.", "No deaths were reported in the storm on Pell.", "negation"),
    ("Pell's mayor rules out that the dam will hold.", "Pell's mayor does not rule out that the dam will hold.", "n"),
    ("The mayor is n't leaving Pell.", "The mayor isn't leaving Pell.", set()),
    ("The storm lost strength over Pell.", "The storm weakened over Pell.", set()),
    ("The storm gained strength over Pell.", "The storm weakened over Pell.", "direction"),
    ("Wheat climbed to its highest price since May.", "Wheat fell to its lowest price since May.", "direction"),
    ("The engine failed after it hit the old rock.", "The engine failed before it hit the old rock.", "direction"),
    ("After it hit the rock, the engine failed.", "The engine failed after it hit the rock.", set()),
    ("The lock isn't just a ruin.", "The lock is not just a ruin.", set()),
    ("The crew did not know that the lock had burst.", "The crew was unaware that the lock had burst.", set()),
    ("Fewer visitors came after the news.", "Visitor numbers have risen after the news.", "direction"),
]
UNSEEN = "Ada Korrin said there was no sign so far that the lock had been forced."
POLARITY += [
    ("Ada Korrin said the lock had been forced.", UNSEEN, "negation"),
    ("According to Ada Korrin no sign was found that the lock had been forced.", UNSEEN, set()),
    ("There was a leak at the lock.", "Divers found no evidence of a leak at the lock.", "negation"),
    ("Divers found no leak at the lock.", "Divers found no evidence of a leak at the lock.", set()),
]
SIDES = {
    "negation": {Kind.NEGATION_DIFFERS},
    "n": {Kind.NEGATION_DIFFERS},
    "direction": {Kind.CONTRADICTED_BY_EVIDENCE},
}


@pytest.mark.parametrize(("text", "evidence", "side"), POLARITY, ids=[case[0] for case in POLARITY])
def test_what_is_denied_or_turned_round_is_found_and_no_rewording_of_it(
    text: str, evidence: str, side: str | set[Kind]
) -> None:
    assert found(text, evidence) == (SIDES[side] if isinstance(side, str) else side)


def test_to_find_evidence_is_at_odds_with_there_being_none_and_to_look_for_it_is_not() -> None:
    told = "There is no evidence of a crime, Sergeant Reid Bell said."
    assert Kind.NEGATION_DIFFERS in found("Police have found evidence of a crime.", told)
    assert Kind.NEGATION_DIFFERS not in found("Police looked for evidence of a crime.", told)


def test_a_denial_about_something_else_denies_nothing() -> None:
    passages = ("The ferry left Pell at noon.", "The mayor did not say when the lock would open.")
    assert found("The ferry left Pell at noon and the mayor waved.", *passages) == set()


# Sides
# -----

EXCHANGED = [
    ("The bank sued the ministry.", "The ministry sued the bank on Monday."),
    ("The bank was sued by Ada Korrin.", "Ada Korrin was sued by the bank over a loan."),
    (
        "Ada Korrin has accused the Harbour Trust of fraud.",
        "The Trust accused its director, Ada Korrin, of fraud.",
    ),
    ("It was Korrin whom the trust accused of fraud.", "Ada Korrin accused the trust of fraud."),
    ("The council called Bell.", "Tom Bell told the paper that he had called the council twice."),
    ("The agency alerted a customer.", "The agency, which was alerted by a customer, knew nothing."),
    ("The visitors defeated Marrow.", "Marrow beat the visitors."),
    ("Kostrel Bank earned more than Marrow.", "Marrow earned more than Kostrel Bank."),
    ("It was colder in Pell than in Kostrel.", "It was colder in Kostrel than in Pell."),
]
NOT_EXCHANGED = [
    ("The bank was sued by the ministry.", "The ministry sued the bank on Monday."),
    ("The ministry met the bank.", "The bank met the ministry."),
    ("The bank earned less than Marrow.", "Marrow earned more than the bank."),
    ("It was warmer in Pell than in Kostrel.", "It was colder in Kostrel than in Pell."),
    ("The bank was sold to the trust.", "The bank was bought by the trust."),
    ("Osei left Marrow for Pell.", "Osei joined Pell from Marrow."),
    ("The council accused the bank of fraud.", "The bank was accused of fraud by the council."),
    ("Pell is not as large as Kostrel.", "Kostrel is larger than Pell."),
    ("Said the minister: the bank is sound.", "The bank is sound, said the minister."),
    ("The storm hit the island and the ferry.", "The island was hit by the storm, the ferry too."),
]


@pytest.mark.parametrize(("text", "evidence"), EXCHANGED)
def test_two_sides_that_are_exchanged_are_found(text: str, evidence: str) -> None:
    assert Kind.CONTRADICTED_BY_EVIDENCE in found(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), NOT_EXCHANGED)
def test_what_is_told_from_its_other_end_is_not_exchanged(text: str, evidence: str) -> None:
    assert not found(text, evidence) - {Kind.ATTRIBUTION_LOST}


def test_no_statement_told_in_another_way_is_taken_for_one_with_its_sides_exchanged() -> None:
    frames, slots = read_frames()
    names = {"p": ("Ada Korrin", "the mayor"), "o": ("Norvik Bank", "the council"), "t": ("Albion", "the visitors")}
    exchanged = 0
    for frame in frames:
        a, b = names.get(frame.kinds[0], ("Kestra", "Dorn"))
        for told, evidence in product(frame.ways, repeat=2):
            shown = read(_filled(evidence, slots, a=a, b=b), None)
            assert not list(sides(read(_filled(told, slots, a=a, b=b), None), [shown], ())), (told, evidence)
            exchanged += bool(list(sides(read(_filled(told, slots, a=b, b=a), None), [shown], ())))
    assert exchanged > 350


MISPLACED = [
    ("Bell came in 2008 and was chief from 1999.", "Bell came in 1999 and was chief from 2008.", Kind.DATE_DIFFERS),
    (
        "Born in Kostrel, Erl began his career in New Marrow.",
        "Born in New Marrow, Erl began his career in Kostrel and stayed.",
        Kind.CONTRADICTED_BY_EVIDENCE,
    ),
    (
        "The cast has Ada Korrin as Rosa and Tom Bell as Lina.",
        "The cast has Tom Bell as Rosa and Ada Korrin as Lina.",
        Kind.CONTRADICTED_BY_EVIDENCE,
    ),
    ("Erl made 4 goals and 17 passes a game.", "Erl made 17 goals and 4 passes a game.", Kind.NUMBER_DIFFERS),
    (
        "The ferry left Pell on Monday and sank on Friday.",
        "The ferry left Pell on Friday and sank on Monday.",
        Kind.DATE_DIFFERS,
    ),
]
IN_PLACE = [
    ("Chief from 2008, Bell came in 1999.", "Bell came in 1999 and was chief from 2008."),
    ("Works by Ada Korrin or Tom Bell are shown in Pell.", "Works by Tom Bell or Ada Korrin are shown in Pell."),
    ("Marrow News named Ada Korrin woman of the year.", "Ada Korrin was named woman of the year by Marrow News."),
    ("Erl, 45, and Bell, 50, met.", "Bell, 50, met Erl, 45."),
]


@pytest.mark.parametrize(("text", "evidence", "kind"), MISPLACED)
def test_two_values_in_each_others_place_are_found(text: str, evidence: str, kind: Kind) -> None:
    assert kind in found(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), IN_PLACE)
def test_two_values_told_in_another_order_keep_their_place(text: str, evidence: str) -> None:
    assert found(text, evidence) == set()


def test_what_two_rules_find_is_told_once() -> None:
    passage = Passage(text="Erl made 17 goals and 4 passes a game.")
    findings = inconsistencies("Erl made 4 goals and 17 passes a game.", [passage])
    assert len({(f.kind, f.start, f.end) for f in findings}) == len(findings)


def _filled(way: str, slots: dict[str, tuple[str, ...]], **names: str) -> str:
    text = re.sub(r"\{(\w+)\}", lambda slot: names.get(slot[1]) or slots.get(slot[1], ("300",))[0], way)
    return f"{text[0].upper()}{text[1:]}."


# What has not happened
# ---------------------

NOT_DONE = [
    ("The army seized Marrow on Monday.", "The army tried to seize Marrow on Monday."),
    ("Korrin closed the port of Pell.", "Korrin threatened to close the port of Pell."),
    ("Tomas Erl resigned.", "The opposition called for the resignation of Tomas Erl."),
    ("The ministry recalled the drug.", "Doctors urged the ministry to recall the drug."),
    ("The council has banned cars in Marrow.", "The council is considering a ban on cars in Marrow."),
    ("The two sides held talks.", "The two sides agreed to hold talks."),
    ("Parliament raised the voting age.", "Parliament will debate a bill that would raise the voting age."),
    ("The strike will begin on Monday.", "The strike will begin on Monday unless talks succeed."),
    ("The dam will overflow.", "If the rain continues, the dam will overflow."),
    ("The plane hit a tower.", "The plane nearly hit a tower."),
    ("The law allowed hunting.", "The law would have allowed hunting, but it was vetoed."),
]
AS_TOLD = [
    ("The army attempted to seize Marrow on Monday.", ["The army tried to seize Marrow on Monday."]),
    ("Erl's resignation was demanded.", ["The opposition called for the resignation of Tomas Erl."]),
    ("The two sides will hold talks.", ["The two sides agreed to hold talks."]),
    ("The line stays closed until May.", ["The line will be closed until May."]),
    ("The army seized Marrow.", ["The army managed to seize Marrow."]),
    (
        "The ministry recalled the drug.",
        ["Doctors urged the ministry to recall the drug.", "The ministry recalled the drug."],
    ),
    ("The leaders spoke of the war in Pell.", ["The leaders discussed the war in Pell."]),
    ("The crew pumped in order to save the ship.", ["The crew pumped in order to save the ship, the captain wrote."]),
]


@pytest.mark.parametrize(("text", "evidence"), NOT_DONE)
def test_what_is_only_tried_or_wanted_or_to_come_is_not_done(text: str, evidence: str) -> None:
    assert Kind.HEDGE_LOST in found(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), AS_TOLD)
def test_what_is_told_as_it_is_is_no_loss(text: str, evidence: list[str]) -> None:
    assert Kind.HEDGE_LOST not in found(text, *evidence)


PARTS = [
    ("Prosecutors dropped the charges.", "Prosecutors dropped two of the five charges.", False),
    ("The 40 passengers were hurt.", "Ten of the 40 passengers were hurt.", False),
    ("Nobody left the ship.", "Nobody but the captain left the ship.", False),
    ("Everyone aboard the ferry was saved.", "Everyone aboard the ferry except the captain was saved.", False),
    ("Two of the charges were dropped.", "Prosecutors dropped two of the five charges.", True),
    ("The jobs are to go by May.", "The firm will cut 2,300 of its 9,100 jobs by May.", True),
    ("The man was hurt.", "One of the men was hurt.", True),
]


@pytest.mark.parametrize(("text", "evidence", "same"), PARTS)
def test_a_part_is_not_the_whole(text: str, evidence: str, same: bool) -> None:
    assert (Kind.NUMBER_DIFFERS in found(text, evidence)) is not same


HOLDERS = [
    ("The minister resigned on Monday.", "An adviser to the minister resigned on Monday.", False),
    ("Ada Korrin was jailed for fraud.", "The brother of Ada Korrin was jailed for fraud.", False),
    ("Ada Korrin was jailed for fraud.", "Ada Korrin's brother was jailed for fraud.", False),
    ("Erl was jailed.", "Erl, whose brother was jailed, won the seat.", False),
    ("Ada Korrin's brother was jailed for fraud.", "The brother of Ada Korrin was jailed for fraud.", True),
    ("Erl won the seat.", "Erl, whose brother was jailed, won the seat.", True),
    ("The company opposed the plan.", "A spokesman for the company said that the company opposed the plan.", True),
]


@pytest.mark.parametrize(("text", "evidence", "same"), HOLDERS)
def test_what_somebodys_relation_did_is_not_told_of_him(text: str, evidence: str, same: bool) -> None:
    assert (Kind.NOT_ENTAILED in found(text, evidence)) is not same


COMPARED = [
    ("Pell Zoo had more visitors last year than this.", "Fewer people visited Pell Zoo this year than last.", True),
    ("Pell Zoo had more visitors this year than last.", "Fewer people visited Pell Zoo this year than last.", False),
    ("More than half of the oaks are alive.", "Nearly half of the oaks have died.", True),
]


@pytest.mark.parametrize(("text", "evidence", "same"), COMPARED)
def test_now_and_then_compared_from_either_end(text: str, evidence: str, same: bool) -> None:
    assert (Kind.CONTRADICTED_BY_EVIDENCE in found(text, evidence)) is not same


# Speech
# ------


def test_the_same_words_by_the_holder_of_an_office_are_by_the_same_person() -> None:
    evidence = ("Judge Ada Korrin sentenced him on Friday.", "“You sold this city,” Korrin told him.")
    assert found("“You sold this city,” the judge told him.", *evidence) == set()
    assert found("“You sold this city,” Tomas Erl told him.", *evidence, "Tomas Erl left.") == {Kind.SPEAKER_DIFFERS}


def test_whom_a_speaker_cites_is_not_who_speaks() -> None:
    told = "Lock keeper Tom Bell said observers had reported no leak."
    assert Kind.SPEAKER_DIFFERS in found(
        "Ada Korrin said that observers had reported no leak.", told, "Ada Korrin left."
    )
    assert not found("Tom Bell said that observers had reported no leak.", told)
    assert not found("Observers reported no leak.", told)


@pytest.mark.parametrize(
    ("before", "speaker", "kinds"),
    [
        ("Councillor Ada Korrin wants an inquiry.", "Ada Korrin", set()),
        ("Councillor Ada Korrin wants an inquiry.", "the councillor", set()),
        ("Councillor Ada Korrin wants an inquiry.", "Mayor Tomas Erl", {Kind.SPEAKER_DIFFERS}),
        ("Mayor Tomas Erl met Ada Korrin.", "Ada Korrin", set()),
        ("She had met Tomas Erl.", "Ada Korrin", set()),
        ("Divers looked at the lock.", "Ada Korrin", set()),
    ],
)
def test_whom_a_pronoun_means_is_who_the_sentence_before_opens_with(
    before: str, speaker: str, kinds: set[Kind]
) -> None:
    passage = Passage(text="“Somebody knew the lock was failing,” she said.", before=before)
    other = Passage(text="Mayor Tomas Erl and Councillor Ada Korrin left.")
    told = f"“Somebody knew the lock was failing,” {speaker} said."
    assert {finding.kind for finding in inconsistencies(told, [passage, other])} == kinds


def test_words_left_out_with_dots_do_not_alter_a_quotation() -> None:
    evidence = "“We are, all of us, tired of the harbour,” Ada Korrin said."
    assert found("“We are … tired of the harbour,” Ada Korrin said.", evidence) == set()
    assert found("“We are … fond of the harbour,” Ada Korrin said.", evidence) == {Kind.QUOTATION_ALTERED}


def test_a_verb_that_only_reports_beside_quotation_marks_names_the_speaker() -> None:
    evidence = "The union called the plan “a declaration of war”."
    assert found("The union called the plan “a declaration of war”.", evidence) == set()
    assert found("The company called the plan “a declaration of war”.", evidence) == {Kind.SPEAKER_DIFFERS}


def test_who_a_description_describes_is_not_guessed() -> None:
    evidence = "The striker said he would leave Pell in May."
    assert found("Tomas Erl said he would leave Pell in May.", evidence) <= {Kind.NAME_ABSENT}


TWO_SPEAKERS = ("Divers told Erl that the lock had burst.", "The search goes on until Friday, Korrin told the paper.")


def test_each_of_two_speakers_is_held_against_what_he_or_she_says() -> None:
    joined = "Divers told Erl that the lock had burst, while the search goes on until Friday, Korrin told the paper."
    exchanged = "Divers told Erl that the search goes on until Friday, while the lock had burst, Korrin told the paper."
    assert found(joined, *TWO_SPEAKERS) == set()
    assert Kind.SPEAKER_DIFFERS in found(exchanged, *TWO_SPEAKERS)


HEDGED = "The harbour's engineers expect the gate to open on Friday."


def test_the_most_that_something_may_be_is_not_what_it_is() -> None:
    assert Kind.HEDGE_LOST in found("The lock is 12 m across.", "The lock is up to 12 metres wide.")


def test_certainty_that_the_evidence_does_not_have_is_found() -> None:
    assert found("The gate is guaranteed to open on Friday, engineers said.", HEDGED) >= {Kind.HEDGE_LOST}
    assert found("The gate is expected to open on Friday.", HEDGED) == set()
    assert found("The gate should open on Friday.", HEDGED) == set()
    exact = "The gate opened exactly at noon."
    assert found("Engineers expect the gate to open on Friday; it opened exactly at noon.", HEDGED, exact) == set()


@pytest.mark.parametrize("text", ["Bell, 5-9, said so.", "A, 3-4, of", "-", "’s", "n't", "5 - 9 - 2 to 3 million"])
def test_odd_texts_break_no_rule(text: str) -> None:
    for finding in inconsistencies(text, [Passage(text=text), Passage(text="")]):
        assert finding.end <= len(text)
