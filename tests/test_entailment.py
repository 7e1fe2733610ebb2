"""The entailment model that ships, and what the checks make of its scores."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing import entailment
from briefing.checks import POLICY, check, self_test
from briefing.checks.clauses import clauses
from briefing.checks.weighing import probability
from briefing.entailment import MAX_TOKENS, Entailment, Pair, load
from briefing.errors import WeightsMissing
from briefing.types import Answer, CheckedClaim, FindingKind, Verdict
from tests.build import claim, document, split

WEIGHTS = Path(entailment.__file__).with_name("weights")
TOLD = "The harbour council of Marrow voted on Tuesday to rebuild the old lock. The work will take two years."


class Fixed:
    """An entailment model with one opinion."""

    name = "fixed"

    def __init__(self, log_odds: float) -> None:
        self._log_odds = log_odds
        self.asked: list[Pair] = []

    def scores(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        self.asked += pairs
        return (self._log_odds,) * len(pairs)


def judged(text: str, model: Entailment, *, told: str = TOLD, cite: bool = True, language: str = "en") -> CheckedClaim:
    doc = replace(document(told), language=language)
    found = split([doc])
    cites = [sentence.id for sentence in found] if cite else []
    return check([claim(text, *cites)], [doc], found, entailment=model)[0]


# The model
# ---------


def test_the_weights_are_small_and_named_by_their_digest() -> None:
    files = [file for file in WEIGHTS.iterdir() if file.suffix in {".onnx", ".json"}]
    assert sum(file.stat().st_size for file in files) < 60_000_000
    digest = sha256((WEIGHTS / "entailment.onnx").read_bytes()).hexdigest()
    assert load().name == f"entailment-{digest[:12]}"


def test_a_pair_scores_the_same_whatever_is_scored_beside_it() -> None:
    pairs = [Pair(TOLD, "Marrow's council wants the lock rebuilt."), Pair(TOLD, "Rain."), Pair(TOLD * 3, "The lock.")]
    alone = [entailment.LocalEntailment(WEIGHTS).scores([pair])[0] for pair in pairs]
    assert list(entailment.LocalEntailment(WEIGHTS).scores(pairs)) == alone


@settings(deadline=None, max_examples=20)
@given(passage=st.text(max_size=200), statement=st.text(max_size=200))
def test_any_two_texts_get_a_finite_score(passage: str, statement: str) -> None:
    (score,) = load().scores([Pair(passage, statement)])
    assert abs(score) < 100


def test_a_statement_longer_than_the_model_reads_is_still_scored() -> None:
    (score,) = load().scores([Pair("A dyke broke.", "water " * 3 * MAX_TOKENS)])
    assert abs(score) < 100


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match=r"entailment\.onnx.*reinstall"):
        load(tmp_path)


def test_a_file_that_was_made_for_other_weights_compares_nothing(tmp_path: Path) -> None:
    for path in (*WEIGHTS.glob("*.onnx"), WEIGHTS / "tokenizer.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "VERSION").write_text("0123456789ab")
    model = load(tmp_path)
    assert model.scores([Pair("It rained.", "It rained.")])
    with pytest.raises(WeightsMissing, match=r"comparing\.onnx.*not made for .*0123456789ab"):
        model.of_one_question([Pair("It rained.", "It snowed.")])


@pytest.mark.parametrize("arguments", [["examples/01-nerra-valley-courier.txt"], ["examples", "--no-entailment"]])
def test_a_briefing_with_nothing_to_weigh_or_compare_never_loads_the_model(arguments: list[str]) -> None:
    program = (
        "import sys; from briefing.cli import main\n"
        f"try: main(['make', *{arguments}, '--as-of', '2031-03-06'])\n"
        "except SystemExit: print('onnxruntime' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.strip().endswith("False")


# What the checks make of it
# --------------------------


def test_a_likely_claim_is_supported_and_says_how_likely() -> None:
    found = judged("Marrow's harbour council decided to rebuild the lock.", Fixed(9.0))
    assert (found.verdict, found.answers.entailed) == (Verdict.SUPPORTED, Answer.PASS)
    assert found.score is not None
    assert found.score > POLICY.publish
    assert found.decided_by == "rules and entailment"


def test_an_unlikely_claim_is_withheld_for_its_meaning() -> None:
    found = judged("Marrow's harbour council will rebuild the lock on its own account.", Fixed(-9.0))
    assert found.verdict is Verdict.UNSUPPORTED
    assert [finding.kind for finding in found.findings] == [FindingKind.NOT_ENTAILED]


def test_between_the_lines_nobody_has_decided() -> None:
    middle = (POLICY.withhold + POLICY.publish) / 2
    scores = [step / 10 for step in range(-90, 90)]
    model = Fixed(min(scores, key=lambda score: abs(probability(score) - middle)))
    found = judged("The harbour council of Marrow voted to rebuild the old lock.", model)
    assert (found.verdict, found.answers.entailed) == (Verdict.PARTLY, Answer.NOT_CHECKED)


def test_a_rule_vetoes_whatever_the_model_says() -> None:
    model = Fixed(9.0)
    found = judged("The harbour council of Marrow voted on Friday to rebuild the old lock.", model)
    assert found.verdict is Verdict.CONTRADICTED
    assert not model.asked


def test_the_model_is_asked_about_exactly_what_is_cited() -> None:
    model = Fixed(9.0)
    found = judged("Marrow's harbour council decided to rebuild the lock.", model)
    assert [pair.passage for pair in model.asked] == [" ".join(evidence.text for evidence in found.evidence)]


def test_a_sentence_word_for_word_needs_no_model() -> None:
    model = Fixed(-9.0)
    assert judged("The work will take two years.", model).verdict is Verdict.SUPPORTED
    assert not model.asked


def test_a_claim_in_a_language_the_model_was_not_trained_on_is_not_weighed() -> None:
    model = Fixed(9.0)
    found = judged("Marrow's harbour council decided to rebuild the lock.", model, language="uk")
    assert (found.verdict, found.score, model.asked) == (Verdict.PARTLY, None, [])


@pytest.mark.parametrize("cite", [True, False])
def test_where_nobody_can_weigh_it_a_claim_must_share_as_many_words_as_without_a_model(cite: bool) -> None:
    wish = "Marrow's harbour council wants better buses, schools, flats, parks and trams."
    loose = judged(wish, Fixed(9.0), cite=cite, language="uk")
    assert loose.verdict is Verdict.UNSUPPORTED
    assert FindingKind.NOT_LOCATED in {finding.kind for finding in loose.findings}


def test_without_a_citation_the_likeliest_evidence_is_looked_for() -> None:
    found = judged("Marrow's harbour council decided to rebuild the lock.", Fixed(9.0), cite=False)
    assert found.verdict is Verdict.SUPPORTED
    assert "rebuild" in found.evidence[0].text


def test_the_contrary_in_nearly_its_words_counts_more_than_a_sentence_that_decides_nothing() -> None:
    told = "Engineers came when divers had found damage beside the gate. Divers found no new damage to the gate."
    found = judged("Divers found new damage to the gate.", Fixed(0.0), told=told, cite=False)
    assert found.verdict is Verdict.CONTRADICTED
    assert found.evidence[0].text == "Divers found no new damage to the gate."


class Knows(Fixed):
    """An entailment model that is sure of one passage and of no other."""

    def __init__(self, passage: str) -> None:
        super().__init__(0.0)
        self.passage = passage

    def scores(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        self.asked += pairs
        return tuple(9.0 if pair.passage == self.passage else 0.0 for pair in pairs)


def looked_up(text: str, told: str, passage: str) -> tuple[Verdict, list[str]]:
    found = judged(text, Knows(passage), told=told, cite=False)
    return found.verdict, [evidence.text for evidence in found.evidence]


REGISTERS = "None of them held the title deeds of Marrow, which are kept on the third floor."
TRADERS = "Three traders told the Post that they had seen smoke in March."
RECORD = "The Post has not seen any record of their calls."


def test_a_claim_that_stays_undecided_is_held_against_a_clause_and_the_whole_sentence_is_shown() -> None:
    clause = "the title deeds of Marrow, which are kept on the third floor."
    text = "The title deeds of Marrow are kept on the third floor."
    assert looked_up(text, REGISTERS, clause) == (Verdict.SUPPORTED, [REGISTERS])


@given(st.text(alphabet=st.sampled_from("aA ,;:.which and but—"), max_size=1_200))
@example("A" * 990 + "), which ")
@example("a; " * 333)
@settings(deadline=1_000)
def test_clauses_are_parts_of_any_sentence_and_found_at_once(text: str) -> None:
    assert all(0 <= start < end <= len(text) and end - start < len(text) for start, end in clauses(text))


def test_a_claim_that_stays_undecided_is_held_against_its_sentence_with_the_one_before_it() -> None:
    text = "The Post has not seen any record of the traders' calls."
    told = f"The market of Marrow burned down. {TRADERS} {RECORD} Nobody was hurt."
    assert looked_up(text, told, f"{TRADERS} {RECORD}") == (Verdict.SUPPORTED, [TRADERS, RECORD])


def test_a_claim_that_stays_undecided_is_held_against_its_sentence_with_the_first_of_its_source() -> None:
    first, sentence = "The old lock of Marrow is to be rebuilt.", "The work will take about two years."
    told = f"{first} Divers looked at it on Monday. {sentence}"
    text = "The rebuilding of the lock will take about two years."
    assert looked_up(text, told, f"{first} {sentence}") == (Verdict.SUPPORTED, [first, sentence])


class Reads(Fixed):
    """An entailment model whose opinion hangs on whether a passage has some words."""

    def __init__(self, words: str) -> None:
        super().__init__(9.0)
        self.words = words

    def scores(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        self.asked += pairs
        return tuple(-9.0 if self.words in pair.passage else 9.0 for pair in pairs)


def test_a_sentence_that_bears_a_claim_out_is_weighed_beside_what_its_source_tells_besides() -> None:
    model = Reads("was wrong")
    told = "The lock of Marrow holds, the council thought in June. It was wrong about the lock of Marrow, divers found."
    found = judged("The lock of Marrow still holds.", model, told=told, cite=False)
    assert {pair.passage for pair in model.asked} > {told}
    assert found.verdict is Verdict.PARTLY
    assert found.score == pytest.approx(0.6, abs=0.02)


def test_context_does_not_say_who_speaks() -> None:
    first, last = "Fishers of Marrow caught 400 tonnes of stock.", "Ada Korrin said the stock was not collapsing."
    told = f"{first} The stock is watched from Marrow. {last}"
    assert looked_up("A fisher said the stock was not collapsing.", told, f"{first} {last}")[0] is Verdict.PARTLY
    assert looked_up("The stock of Marrow was not collapsing.", told, f"{first} {last}")[0] is Verdict.SUPPORTED


def test_other_articles_and_another_tense_are_no_other_statement() -> None:
    told = "Crew of the Anna pumped the cellar dry on Monday."
    found = judged("The crew of the Anna had pumped the cellar dry on Monday.", load(), told=told)
    assert (found.score or 0) > 0.9


# The test of itself
# ------------------


def test_the_checker_passes_its_own_test_with_and_without_the_model() -> None:
    assert self_test().passed
    assert self_test(entailment=load()).passed


@pytest.mark.parametrize("log_odds", [-9.0, 9.0])
def test_a_model_that_says_the_same_of_everything_fails_it(log_odds: float) -> None:
    assert not self_test(entailment=Fixed(log_odds)).passed


def test_a_policy_that_publishes_everything_fails_it() -> None:
    lax = replace(POLICY, tolerated=frozenset(FindingKind), withhold=0.0)
    tested = self_test(policy=lax)
    assert not tested.passed
