"""The generators of training pairs, on invented text: what they keep out, what follows, what does not."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import tokenizers

from benchmarks.claims import auroc
from briefing.entailment import MAX_TOKENS
from briefing.retrieval import PassagePolicy
from briefing.terms import content_terms
from tests.conftest import ROOT
from training import corpus, corrupt, joining, rewrite, wordlists
from training.accounts import FOLDER as ACCOUNTS
from training.accounts import drawn, read_events
from training.events import from_events
from training.frames import Frame, from_frames, read_frames
from training.grammar import Token, Tokens, entities, render
from training.labelled import from_claims
from training.pairs import NOT_ENTAILED, pick, shown
from training.synthetic import Library, generate
from training.written import from_strangers, from_written, read_written


def lots(seed: int) -> Random:
    return Random(seed)  # noqa: S311


_TIGHT = {",", ".", "n't", "%", ")", ";"}


def parsed(rows: str) -> Tokens:
    """Read `text/tag/dep/head[/ent]` a word; a name goes on while its kind does."""
    cells = [row.split("/") for row in rows.split()]
    found: list[Token] = []
    for at, (text, tag, dep, head, *ent) in enumerate(cells):
        following = cells[at + 1][0] if at + 1 < len(cells) else "."
        kind = ent[0] if ent else ""
        found.append(
            Token(
                i=at,
                text=text,
                space=following not in _TIGHT and text not in {"(", "$"},
                lemma=_LEMMAS.get(text, text.lower()),
                tag=tag,
                dep=dep,
                head=int(head),
                ent=kind,
                begins=bool(kind) and (not found or found[-1].ent != kind),
            )
        )
    return tuple(found)


_LEMMAS = {
    "said": "say",
    "closed": "close",
    "sued": "sue",
    "was": "be",
    "rose": "rise",
    "moved": "move",
    "left": "leave",
}

APPOSITION = parsed(
    "Ann/NNP/compound/1/PERSON Bell/NNP/nsubj/9/PERSON ,/,/punct/1 a/DT/det/4 teacher/NN/appos/1 from/IN/prep/4 "
    "Lerwin/NNP/pobj/5/GPE ,/,/punct/1 quietly/RB/advmod/9 left/VBD/ROOT/9 the/DT/det/11 council/NN/dobj/9 "
    "on/IN/prep/9 Monday/NNP/pobj/12/DATE ././punct/9"
)
CLOSED = parsed(
    "The/DT/det/1 council/NN/nsubj/2 closed/VBD/ROOT/2 the/DT/det/5 old/JJ/amod/5 road/NN/dobj/2 "
    "in/IN/prep/2 May/NNP/pobj/6/DATE ././punct/2"
)
REPORTED = parsed(
    "Ann/NNP/compound/1/PERSON Bell/NNP/nsubj/2/PERSON said/VBD/ROOT/2 the/DT/det/4 road/NN/nsubj/7 could/MD/aux/7 "
    "soon/RB/advmod/7 reopen/VB/ccomp/2 ././punct/2"
)
COUNTED = parsed(
    "About/RB/advmod/1 1,200/CD/nummod/2/CARDINAL homes/NNS/nsubj/3 lost/VBD/ROOT/3 power/NN/dobj/3 after/IN/prep/3 "
    "prices/NNS/nsubj/7 rose/VBD/pcomp/5 12/CD/nummod/9/PERCENT %/NN/dobj/7/PERCENT ././punct/3"
)
SUED = parsed(
    "Tarn/NNP/compound/1/ORG Shipping/NNP/nsubj/2/ORG sued/VBD/ROOT/2 Osk/NNP/compound/4/ORG Rail/NNP/dobj/2/ORG "
    "over/IN/prep/2 the/DT/det/7 bridge/NN/pobj/5 ././punct/2"
)
PRONOUN = parsed(
    "She/PRP/nsubj/1 moved/VBD/ROOT/1 to/IN/prep/1 Osk/NNP/pobj/2/GPE in/IN/prep/1 April/NNP/pobj/4/DATE ././punct/1"
)
DOCUMENT = (
    APPOSITION,
    CLOSED,
    REPORTED,
    COUNTED,
    SUED,
    parsed(
        "Nine/CD/nummod/1/CARDINAL ferries/NNS/nsubj/2 reached/VBD/ROOT/2 Dorrin/NNP/dobj/2/GPE with/IN/prep/2 "
        "Ian/NNP/compound/6/PERSON Crewe/NNP/pobj/4/PERSON ././punct/2"
    ),
)


def around(tokens: Tokens) -> corrupt.Surroundings:
    others = tuple(other for other in DOCUMENT if other is not tokens)
    told = render(tokens)
    return corrupt.Surroundings(evidence=told, told=told, document=others, elsewhere=others)


@pytest.mark.parametrize(
    ("rewriting", "tokens", "expected"),
    [
        (rewrite.drop_appositive, APPOSITION, "Ann Bell quietly left the council on Monday."),
        (rewrite.appositive_as_sentence, APPOSITION, "Ann Bell is a teacher from Lerwin."),
        (rewrite.to_passive, CLOSED, "The old road was closed by the council in May."),
        (rewrite.front_closing, CLOSED, "In May, the council closed the old road."),
        (rewrite.attribute_first, REPORTED, "According to Ann Bell, the road could soon reopen."),
        (rewrite.attribute_last, REPORTED, "The road could soon reopen, Ann Bell said."),
        (rewrite.surname, REPORTED, "Bell said the road could soon reopen."),
    ],
)
def test_a_rewriting_gives_exactly_the_sentence_that_follows(
    rewriting: rewrite.Rewriting, tokens: Tokens, expected: str
) -> None:
    changed = rewriting(tokens, lots(0))
    assert changed is not None
    assert render(changed) == expected


@pytest.mark.parametrize("rewriting", [rewrite.drop_opening, rewrite.first_conjunct, rewrite.factive_clause])
def test_a_rewriting_that_does_not_apply_says_so(rewriting: rewrite.Rewriting) -> None:
    assert rewriting(REPORTED, lots(0)) is None


def test_parts_of_a_negated_sentence_are_never_taken_to_follow() -> None:
    negation = replace(CLOSED[2], text="not", dep="neg")
    assert rewrite.is_plain(CLOSED)
    assert not rewrite.is_plain((*CLOSED[:2], negation, *CLOSED[2:]))


def test_a_number_is_rewritten_to_the_same_value() -> None:
    written = {render(rewrite.number_format(COUNTED, lots(seed)) or ()) for seed in range(30)}
    assert "About 1.2 thousand homes lost power after prices rose 12%." in written
    assert "About 1,200 homes lost power after prices rose 12 per cent." in written
    assert len(written) == 3


def test_a_word_inside_quotation_marks_is_not_replaced_by_a_synonym() -> None:
    spoken = parsed("\"/``/punct/3 The/DT/det/2 firm/NN/nsubj/3 closed/VBD/ROOT/3 \"/''/punct/3 ././punct/3")
    assert rewrite.synonym(spoken, lots(0)) is None
    assert rewrite.synonym(spoken[1:4], lots(0)) is not None


@pytest.mark.parametrize(
    ("change", "tokens", "expected"),
    [
        (corrupt.swap_roles, SUED, {"Osk Rail sued Tarn Shipping over the bridge."}),
        (corrupt.exchange, SUED, {"Osk Rail sued Tarn Shipping over the bridge."}),
        (corrupt.strengthen, REPORTED, {"Ann Bell said the road will soon reopen."}),
        (
            corrupt.swap_speaker,
            REPORTED,
            {f"{name} said the road could soon reopen." for name in ("Tarn Shipping", "Osk Rail", "Ian Crewe")},
        ),
        (
            corrupt.flip,
            COUNTED,
            {
                "About 1,200 homes lost power before prices rose 12%.",
                "About 1,200 homes lost power after prices fell 12%.",
                "About 1,200 homes gained power after prices rose 12%.",
                "About 1,200 homes won power after prices rose 12%.",
                "About 1,200 homes found power after prices rose 12%.",
                "About 1,200 homes saved power after prices rose 12%.",
            },
        ),
        (
            corrupt.negate,
            CLOSED,
            {"The council did not close the old road in May.", "The council never closed the old road in May."},
        ),
    ],
)
def test_a_change_touches_what_it_names_and_nothing_else(
    change: corrupt.Corruption, tokens: Tokens, expected: set[str]
) -> None:
    for seed in range(20):
        changed = change(tokens, around(tokens), lots(seed))
        assert changed is None or render(changed) in expected
    assert any(change(tokens, around(tokens), lots(seed)) for seed in range(20))


@pytest.mark.parametrize("tokens", DOCUMENT)
def test_no_change_gives_the_claim_back(tokens: Tokens) -> None:
    for seed in range(40):
        kind_and_claim = corrupt.corrupt(tokens, around(tokens), lots(seed))
        if kind_and_claim is not None:
            kind, changed, label = kind_and_claim
            assert render(changed) != render(tokens), kind
            assert label in {1, 2, 3}


def test_a_swapped_name_is_of_the_same_kind_and_not_the_same_person() -> None:
    for seed in range(20):
        changed = corrupt.swap_name(REPORTED, around(REPORTED), lots(seed))
        assert changed is not None
        assert [entity.text for entity in entities(changed)] == ["Ian Crewe"]


def test_a_pronoun_is_resolved_only_to_the_one_person_who_is_the_subject_before() -> None:
    joined = joining.resolved(APPOSITION, PRONOUN, lots(0))
    assert joined is not None
    assert render(joined) == "Ann Bell moved to Osk in April."
    assert joining.resolved(CLOSED, PRONOUN, lots(0)) is None


def test_two_sentences_with_one_subject_fuse() -> None:
    joined = joining.fused(APPOSITION, PRONOUN, lots(0))
    assert joined is not None
    assert render(joined).endswith("left the council on Monday and moved to Osk in April.")


def test_the_pronoun_of_the_wrong_person_is_somebody_the_evidence_does_not_show() -> None:
    wrong = joining.mistaken(PRONOUN, DOCUMENT, render(APPOSITION), lots(0))
    assert wrong is not None
    assert render(wrong) == "Ian Crewe moved to Osk in April."


def test_evidence_covers_the_rare_words_first_and_keeps_what_is_given() -> None:
    sentences = ["The road was dry.", "The road to Dorrin flooded.", "The road was wide.", "Bell left."]
    assert pick("The road to Dorrin is long.", sentences)[0] == 1
    assert pick("The road to Dorrin flooded.", sentences, (3,))[0] == 3
    assert shown(sentences, [3, 0]) == "The road was dry. Bell left."


def test_evidence_stays_within_its_words() -> None:
    sentences = [f"Dorrin {'word ' * 30}{at}." for at in range(8)]
    assert len(pick("Dorrin word", sentences, words=70)) == 2


def labelled(claim: str, *, supported: bool, spans: tuple[tuple[int, int], ...] = ()) -> corpus.Labelled:
    document = "A ferry left Lerwin at nine in the morning. Nobody on it was hurt."
    return corpus.Labelled(
        dataset="bump", document=document, claim=claim, supported=supported, spans=spans, cluster="one"
    )


def test_a_supported_claim_has_only_supported_sentences() -> None:
    pairs = list(from_claims([labelled("A ferry left Lerwin. Nobody on it was hurt.", supported=True)]))
    assert [(pair.b, pair.y) for pair in pairs] == [("A ferry left Lerwin.", 0), ("Nobody on it was hurt.", 0)]


def test_an_unsupported_claim_of_two_sentences_says_nothing_of_either() -> None:
    assert not list(from_claims([labelled("A ferry left Lerwin. Two on it were hurt.", supported=False)]))


def test_the_one_sentence_that_no_supported_claim_tells_is_the_unsupported_one() -> None:
    told = labelled("A ferry left Lerwin.", supported=True)
    pairs = list(from_claims([labelled("A ferry left Lerwin. Two on it were hurt.", supported=False), told]))
    assert [(pair.b, pair.y) for pair in pairs] == [("Two on it were hurt.", 3), ("A ferry left Lerwin.", 0)]


def test_marks_tell_which_sentence_is_unsupported() -> None:
    text = "A ferry left Lerwin. Two on it were hurt."
    pairs = list(from_claims([labelled(text, supported=False, spans=((21, 24),))]))
    assert [pair.y for pair in pairs] == [0, 3]


def data_folder(root: Path, *, shared: str, own: str) -> Path:
    names = {*corpus.CLAIM_FILES, *corpus.PAIR_FILES, *corpus.KEPT_OUT}
    for name in names:
        (root / name).parent.mkdir(exist_ok=True)
        (root / f"{name}.jsonl").write_text("", encoding="utf-8")
    _write(root / "claims/goyal21.jsonl", shared)
    _write(root / "claims/bump.jsonl", shared, own)
    return root


def _write(path: Path, *documents: str) -> None:
    rows = [{"doc": document, "claim": "A ferry left.", "label": 1, "meta": {}} for document in documents]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_a_document_that_evaluation_holds_is_never_trained_on(tmp_path: Path) -> None:
    shared = "A ferry left Lerwin at nine in the morning and nobody on it was hurt."
    own = "The council closed the old road in May after stones had fallen on it twice."
    claims = corpus.read_claims(data_folder(tmp_path, shared=shared, own=own))
    assert [claim.document for claim in claims] == [own]


def test_no_file_is_both_trained_on_and_kept_out() -> None:
    assert not {*corpus.CLAIM_FILES, *corpus.PAIR_FILES} & {*corpus.KEPT_OUT}


def test_a_share_of_documents_is_kept_to_calibrate_on() -> None:
    names = [f"cluster {number}" for number in range(2_000)]
    kept = {name for name in names if corpus.is_calibration(name)}
    assert 0.12 < len(kept) / len(names) < 0.18


def test_the_same_seed_makes_the_same_pairs_and_about_half_follow() -> None:
    text = "\n".join(render(tokens) for tokens in DOCUMENT)
    document = corpus.Prose(cluster="one", text=text)
    library = Library.of([document], {render(tokens): tokens for tokens in DOCUMENT})
    pairs = generate(library, lots(7), 60)
    assert pairs == generate(library, lots(7), 60)
    assert 0.25 < sum(pair.y == 0 for pair in pairs) / len(pairs) < 0.6
    assert len({(pair.a, pair.b) for pair in pairs}) == len(pairs)


FRAMES, SLOTS = read_frames()


@pytest.mark.parametrize("frame", FRAMES, ids=[frame.ways[0] for frame in FRAMES])
def test_a_statement_told_in_two_ways_keeps_its_sides(frame: Frame) -> None:
    """Each way has both sides, and none is another way with the sides exchanged."""
    exchanged = {re.sub(r"\{([ab])\}", lambda side: "{b}" if side[1] == "a" else "{a}", way) for way in frame.ways}
    assert not exchanged & {*frame.ways}
    assert len({*frame.ways}) == len(frame.ways)
    for way in frame.ways:
        slots = re.findall(r"\{(\w+)\}", way)
        assert sorted(slot for slot in slots if slot in "ab") == ["a", "b"]
        assert {*slots} - {"a", "b"} <= SLOTS.keys()


def test_half_of_the_pairs_about_who_did_what_follow_and_the_seed_makes_them() -> None:
    text = "\n".join(render(tokens) for tokens in DOCUMENT)
    library = Library.of([corpus.Prose(cluster="one", text=text)], {render(t): t for t in DOCUMENT})
    pairs = list(from_frames(library, lots(7), 300))
    assert pairs == list(from_frames(library, lots(7), 300))
    assert sum(pair.y == 0 for pair in pairs) == len(pairs) / 2


def test_no_word_is_listed_as_the_same_as_itself_or_as_its_own_opposite() -> None:
    for verb, verbs in wordlists.SAME_VERBS.items():
        assert not set(verbs) & {verb[0], *wordlists.OPPOSED_VERBS.get(verb, ())}
    for word, words in wordlists.SAME_WORDS.items():
        assert not set(words) & {word, *wordlists.OPPOSED_WORDS.get(word, ())}


def test_what_was_tried_or_asked_for_does_not_bear_out_that_it_was_done() -> None:
    text = "\n".join(render(tokens) for tokens in DOCUMENT)
    library = Library.of([corpus.Prose(cluster="one", text=text)], {render(t): t for t in DOCUMENT})
    pairs = list(from_events(library, lots(7), 400))
    assert pairs == list(from_events(library, lots(7), 400))
    assert len(pairs) == 400
    assert 0.4 < sum(pair.y == 0 for pair in pairs) / len(pairs) < 0.6
    for pair in pairs:
        assert pair.b not in pair.a or pair.y == 3 or "told so" in pair.kind, "what is entailed is told otherwise"
        assert not {*"{}"} & {*pair.a, *pair.b}
    kinds = {pair.kind.split(",")[0] for pair in pairs}
    assert {"event tried", "event done", "event asked", "event on condition", "event stage"} <= kinds


def test_every_written_passage_has_statements_of_both_kinds_and_fits_the_model() -> None:
    passages = [passage for some in read_written() for passage in some]
    tokenizer = tokenizers.Tokenizer.from_file(str(ROOT / "briefing" / "weights" / "tokenizer.json"))
    tokenizer.no_truncation()
    assert len({passage.text for passage in passages}) == len(passages) > 2_000
    for passage in passages:
        follow, others = set(passage.follow), set(passage.others)
        assert follow, passage.text
        assert others, passage.text
        assert not follow & others, passage.text
        assert passage.text not in follow | others
        longest = max(follow | others, key=len)
        if not passage.is_article:
            assert len(tokenizer.encode(passage.text, longest).ids) <= MAX_TOKENS, passage.text


def test_a_statement_about_an_article_is_shown_with_what_the_checker_finds_there_and_some_with_one_sentence() -> None:
    passages = [passage for some in read_written() for passage in some]
    articles = [passage for passage in passages if passage.is_article]
    pairs = list(from_written(articles, lots(1)))
    assert {pair.kind for pair in pairs} == {"article"}
    assert len(pairs) == sum(len(article.follow) + len(article.others) for article in articles) > 5_000
    lengths = [len(pair.a.split()) for pair in pairs]
    # A sentence that is longer than the model reads is shown alone, and cut.
    assert sum(length > PassagePolicy().words for length in lengths) < 0.01 * len(lengths)
    alone = [pair for pair in pairs if len(pair.a.split()) < 40]
    assert 0.1 < len(alone) / len(pairs) < 0.3
    assert 0.35 < sum(pair.y == 0 for pair in alone) / len(alone) < 0.65


def test_neither_new_words_nor_copied_ones_tell_whether_a_written_statement_follows() -> None:
    passages, aside = read_written()
    assert 0.05 < len(aside) / len(passages) < 0.2
    pairs = list(from_written(passages, lots(7)))
    assert pairs == list(from_written(passages, lots(7)))
    terms = [({*content_terms(pair.b)}, {*content_terms(pair.a)}) for pair in pairs]
    shares = [len(said & held) / max(1, len(said)) for said, held in terms]
    assert 0.4 < auroc(shares, [pair.y == 0 for pair in pairs]) < 0.6


def test_a_statement_about_another_article_names_nothing_and_has_a_word_that_the_article_has_not() -> None:
    passages, _ = read_written()
    articles = [passage for passage in passages if passage.is_article][:120]
    told = {statement: article.text for article in articles for statement in article.follow}
    pairs = list(from_strangers(articles, lots(3)))
    assert len(pairs) > 100
    assert {(pair.kind, pair.y) for pair in pairs} == {("article of another", NOT_ENTAILED)}
    for pair in pairs:
        assert not any(ch.isupper() or ch.isdigit() for ch in pair.b[1:]), pair.b
        assert pair.a not in told[pair.b]
        assert {*content_terms(pair.b)} - {*content_terms(pair.a)}
        assert {*content_terms(pair.b)} & {*content_terms(pair.a)}


def test_every_event_is_told_twice_and_what_answers_one_question_is_in_both_accounts() -> None:
    events = [event for path in sorted(ACCOUNTS.rglob("*.jsonl")) for event in read_events(path)]
    assert len({event.id for event in events}) == len(events) == 192 + 128 + 126 + 110 + 126
    for event in events:
        one, other = event.accounts
        assert all(sentence.strip() for sentence in (*one, *other)), event.id
        assert event.same <= {*event.pairs()}, event.id
        assert len(event.same) >= 4, event.id
        assert event.differ <= event.same, event.id
        assert event.near_misses <= {*event.pairs()} - event.same, event.id


def test_sentences_of_two_accounts_are_drawn_both_ways_round_with_others_that_share_their_words() -> None:
    [event, *_] = read_events(ACCOUNTS / "local.jsonl")
    one, other = event.accounts
    rows = list(drawn(event, lots(3)))
    assert rows == list(drawn(event, lots(3)))
    together = {(row["a"], row["b"]) for row in rows if row["y"]}
    assert {pair for i, j in event.same for pair in ((one[i], other[j]), (other[j], one[i]))} <= together
    assert len(rows) - sum(row["y"] for row in rows) >= 6 * len(event.same)


def test_whether_two_values_are_one_says_nothing_of_the_question() -> None:
    told = {1: 0, 0: 0}
    for event in read_events(ACCOUNTS / "near_misses" / "courts.jsonl"):
        sentences = {sentence for account in event.accounts for sentence in account}
        for row in drawn(event, lots(3)):
            new = [text for text in (row["a"], row["b"]) if text not in sentences]
            assert len(new) <= 1
            # A sentence with another value; all else in it is as it was.
            assert all(any(_bare(text) == _bare(sentence) for sentence in sentences) for text in new), row
            told[row["y"]] += len(new)
    assert min(told.values()) > 60


def test_two_answers_are_where_they_were_written_and_where_another_value_was_put_in() -> None:
    [event, *_] = read_events(ACCOUNTS / "alike" / "courts.jsonl")
    one, other = event.accounts
    rows = list(drawn(event, lots(3)))
    told = {frozenset((row["a"], row["b"])) for row in rows if row["d"]}
    assert {frozenset((one[i], other[j])) for i, j in event.differ} <= told
    assert all(row["y"] for row in rows if row["d"])
    assert all(row["d"] for row in rows if row["y"] and not {row["a"], row["b"]} <= {*one, *other})


def _bare(text: str) -> str:
    return re.sub(r"\d[\d,]*(?:\.\d+)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", "_", text)


def test_near_misses_are_drawn_as_pairs_without_a_question_in_common() -> None:
    [event, *_] = read_events(ACCOUNTS / "near_misses" / "courts.jsonl")
    one, other = event.accounts
    apart = {(row["a"], row["b"]) for row in drawn(event, lots(3)) if not row["y"]}
    assert len(event.near_misses) >= 10
    for i, j in event.near_misses:
        assert {(one[i], other[j]), (other[j], one[i])} <= apart
