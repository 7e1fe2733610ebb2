"""Decisions outlive runs, are stale exactly when what they are about is another, and are never lost nor changed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.decisions import EVIDENCE_CHANGED, WORDS_CHANGED, Entry, Subject, folded, standings, subject_of
from briefing.errors import ConfigError, StoreError
from briefing.store import open_store
from briefing.types import Action, Answer, Answers, CheckedClaim, Document, Evidence, Match, Verdict

AT = datetime(2031, 3, 6, tzinfo=UTC)
PASSED = Answers(located=Answer.PASS, consistent=Answer.PASS, entailed=Answer.PASS)
words = st.text(min_size=1, max_size=30).filter(lambda text: text.strip() != "")


def document(identifier: str, publisher: str | None) -> Document:
    return Document(
        id=identifier,
        location=f"{identifier}.txt",
        sha256="sha256:0",
        text="",
        text_sha256="sha256:0",
        media_type="text/plain",
        encoding="utf-8",
        extractor="decode/1",
        publisher=publisher,
    )


def claim(text: str, evidence: list[tuple[str, int, str]], identifier: str = "C1") -> CheckedClaim:
    return CheckedClaim(
        id=identifier,
        story="T1",
        text=text,
        verdict=Verdict.SUPPORTED,
        answers=PASSED,
        decided_by="verbatim",
        evidence=tuple(
            Evidence(source=s, start=start, end=start + len(t), text=t, match=Match.EXACT) for s, start, t in evidence
        ),
    )


def entry(subject: Subject, action: Action, at: int = 0, **more: str) -> Entry:
    values = {"text": None, "comment": None, "who": "ann", "id": f"{at}"} | more
    return Entry(subject=subject, action=action, when=AT + timedelta(milliseconds=at), claim="It rained.", **values)  # type: ignore[arg-type]


# What a decision is about


@settings(deadline=None)
@given(
    words,
    st.lists(st.tuples(st.sampled_from("AB"), words), min_size=1, max_size=4),
    st.integers(0, 99).map(random.Random),
)
def test_ids_order_offsets_and_other_sources_make_no_difference(
    text: str, cited: list[tuple[str, str]], chance: random.Random
) -> None:
    """Each outlet's document has another number in the second run, and stands at other offsets."""
    first = {"S1": document("S1", "A"), "S2": document("S2", "B")}
    second = {"S7": document("S7", "A"), "S3": document("S3", "B"), "S1": document("S1", "C")}
    before = claim(text, [("S1" if outlet == "A" else "S2", 0, said) for outlet, said in cited])
    shuffled = chance.sample(cited, len(cited))
    after = claim(text, [("S7" if o == "A" else "S3", chance.randrange(1000), said) for o, said in shuffled], "C9")
    assert subject_of(before, first) == subject_of(after, second)


@settings(deadline=None)
@given(words, words, words)
def test_other_words_of_claim_or_evidence_are_another_subject(text: str, said: str, other: str) -> None:
    documents = {"S1": document("S1", "A"), "S2": document("S2", None)}
    subject = subject_of(claim(text, [("S1", 0, said)]), documents)
    same = " ".join(other.split()) == " ".join(said.split())
    changed = subject_of(claim(text, [("S1", 0, other)]), documents)
    assert changed.claim == subject.claim
    if not same:
        # Compared as the subject is: letters composed, white space folded.
        folds = {" ".join(unicodedata.normalize("NFC", each).split()) for each in (said, other)}
        assert (changed.evidence != subject.evidence) == (len(folds) == 2)
    elsewhere = subject_of(claim(text, [("S2", 0, said)]), documents)
    assert elsewhere.evidence != subject.evidence, "the same words by another outlet"


def test_white_space_and_composed_letters_are_no_change() -> None:
    documents = {"S1": document("S1", None)}
    one = subject_of(claim("A cafe\u0301  burnt.", [("S1", 0, "It\nburnt.")]), documents)
    two = subject_of(claim("A caf\u00e9 burnt.", [("S1", 5, "It burnt.")]), documents)
    assert one == two


# What a history adds up to

actions = st.lists(st.sampled_from(list(Action)), max_size=8)
ONE = Subject(claim="c1", evidence="e1")
KEYED = Subject(claim="sha256:" + "0" * 64, evidence="sha256:" + "1" * 64)


def history(done: list[Action]) -> list[Entry]:
    return [
        entry(ONE, action, at, **({"comment": f"said {at}"} if action is Action.COMMENT else {}))
        for at, action in enumerate(done)
    ]


@settings(deadline=None)
@given(actions, st.integers(0, 99).map(random.Random))
def test_the_last_word_counts_whatever_order_entries_come_in(done: list[Action], chance: random.Random) -> None:
    entries = history(done)
    since = done[len(done) - done[::-1].index(Action.CLEAR) :] if Action.CLEAR in done else done
    decided = [action for action in since if action is not Action.COMMENT]
    result = folded(chance.sample(entries, len(entries)))
    if not since:
        assert result is None
    else:
        assert result
        assert result.action is (decided[-1] if decided else Action.COMMENT)
        assert bool(result.comment) == (Action.COMMENT in since)


# When one is stale


def test_the_same_words_on_other_evidence_are_stale() -> None:
    held = standings({"C1": Subject(claim="c1", evidence="e2")}, [entry(ONE, Action.ACCEPT)])
    assert held["C1"].stale == EVIDENCE_CHANGED


def test_other_words_on_the_same_evidence_are_stale() -> None:
    held = standings({"C1": Subject(claim="c2", evidence="e1")}, [entry(ONE, Action.ACCEPT)])
    assert held["C1"].stale == WORDS_CHANGED


def test_a_claim_whose_subject_is_still_there_lends_its_decision_to_no_other() -> None:
    subjects = {"C1": ONE, "C2": Subject(claim="c2", evidence="e1"), "C3": Subject(claim="c1", evidence="e3")}
    held = standings(subjects, [entry(ONE, Action.REJECT)])
    assert set(held) == {"C1"}


def test_a_new_decision_hides_the_stale_one_and_taking_it_back_does_not_bring_it_up_again() -> None:
    now = Subject(claim="c1", evidence="e2")
    entries = [entry(ONE, Action.ACCEPT, 0), entry(now, Action.REJECT, 1)]
    assert standings({"C1": now}, entries)["C1"].stale is None
    assert standings({"C1": now}, [*entries, entry(now, Action.CLEAR, 2)]) == {}


keys = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")).map(lambda k: Subject(claim=k[0], evidence=k[1]))


@settings(deadline=None)
@given(
    st.lists(keys, min_size=1, max_size=5, unique=True),
    st.lists(st.tuples(keys, st.sampled_from(list(Action))), max_size=8),
)
def test_what_holds_is_current_only_for_the_very_same_subject(
    present: list[Subject], done: list[tuple[Subject, Action]]
) -> None:
    entries = [entry(subject, action, at) for at, (subject, action) in enumerate(done) if action is not Action.COMMENT]
    subjects = {f"C{n}": subject for n, subject in enumerate(present)}
    held = standings(subjects, entries)
    for identifier, subject in subjects.items():
        own = [e for e in entries if e.subject == subject]
        standing = held.get(identifier)
        if own:
            assert (standing.decision if standing else None) == folded(own)
            assert standing is None or standing.stale is None
        elif standing:
            gone = [e.subject for e in entries if e.subject not in present]
            shared = "claim" if standing.stale == EVIDENCE_CHANGED else "evidence"
            assert any(getattr(other, shared) == getattr(subject, shared) for other in gone)


# The store


def test_nothing_that_was_decided_can_be_changed_or_deleted(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        store.decisions.record(ONE, action=Action.ACCEPT, who="ann", claim="It rained.")
        for statement in ("UPDATE decisions SET who = 'bo'", "DELETE FROM decisions"):
            with pytest.raises(StoreError, match="decisions are kept"), store._database.writing() as connection:
                connection.execute(statement)
        assert [e.who for e in store.decisions.entries()] == ["ann"]


def test_a_later_entry_has_a_later_time_even_when_the_clock_runs_behind(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        many = [store.decisions.record(ONE, action=Action.ACCEPT, who="ann", claim="x") for _ in range(5)]
    assert [e.when for e in many] == sorted({e.when for e in many})


def test_two_stores_that_exchange_their_lines_agree(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.sqlite") as first, open_store(tmp_path / "b.sqlite") as second:
        first.decisions.record(KEYED, action=Action.ACCEPT, who="ann", claim="It rained. \u202e=1")
        second.decisions.record(KEYED, action=Action.EDIT, who="bo", claim="It rained.", text="It poured.")
        lines = first.decisions.lines().splitlines()
        assert (second.decisions.take(lines).new, second.decisions.take(lines).new) == (1, 0)
        assert second.decisions.take(lines).known == 1
        first.decisions.take(second.decisions.lines().splitlines())
        assert first.decisions.entries() == second.decisions.entries()
        assert first.decisions.lines() == second.decisions.lines()


@pytest.mark.parametrize("field", ["who", "action", "text", "at", "claim", "claim_key", "salt", "id"])
def test_a_line_that_was_altered_is_refused_with_all_the_others(tmp_path: Path, field: str) -> None:
    with open_store(tmp_path / "a.sqlite") as first, open_store(tmp_path / "b.sqlite") as second:
        for _ in range(2):
            first.decisions.record(KEYED, action=Action.ACCEPT, who="ann", claim="It rained.")
        good, line = first.decisions.lines().splitlines()
        other = {"action": "reject", "text": "It poured.", "at": "2031-03-06T00:00:00.000+00:00"}
        altered = json.loads(line) | {field: other.get(field, "sha256:" + "2" * 64)}
        with pytest.raises(ConfigError, match="line 2"):
            second.decisions.take([good, json.dumps(altered)])
        assert second.decisions.entries() == ()


@pytest.mark.parametrize("line", ["{", "[]", "null", "{}", '{"id": 1}', "\x00"])
def test_what_is_no_line_of_ours_is_refused(tmp_path: Path, line: str) -> None:
    with open_store(tmp_path / "a.sqlite") as store, pytest.raises(ConfigError, match="line 1"):
        store.decisions.take([line])


RECORDER = """
import sys
from pathlib import Path
from briefing.decisions import Subject
from briefing.store import open_store
from briefing.types import Action
with open_store(Path(sys.argv[1])) as store:
    while True:
        entry = store.decisions.record(
            Subject(claim="c", evidence="e"), action=Action.ACCEPT, who="ann", claim="It rained."
        )
        print(entry.id, flush=True)
"""


def test_what_was_said_to_be_kept_is_there_after_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with subprocess.Popen([sys.executable, "-c", RECORDER, str(path)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        told = [running.stdout.readline().strip() for _ in range(20)]
        running.kill()
        told += [line.strip() for line in running.stdout if line.endswith("\n")]
    with open_store(path) as store:
        kept = {e.id for e in store.decisions.entries()}
    assert set(told) <= kept


def test_threads_that_decide_at_once_lose_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:

        def decide(who: str) -> None:
            for _ in range(10):
                store.decisions.record(ONE, action=Action.ACCEPT, who=who, claim="It rained.")

        threads = [threading.Thread(target=decide, args=(who,)) for who in ("ann", "bo", "cleo")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        entries = store.decisions.entries()
    assert len({e.id for e in entries}) == 30
    assert len({e.when for e in entries}) == 30


def test_entries_about_something_else_are_left_aside(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        kept = store.decisions.record(ONE, action=Action.ACCEPT, who="ann", claim="x")
        store.decisions.record(Subject(claim="c9", evidence="e9"), action=Action.ACCEPT, who="ann", claim="y")
        assert store.decisions.entries([replace(ONE, claim="c2")]) == (kept,)
