"""Prompts are rendered strictly, sources cannot leave their fence, and replies are read without mercy."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import resources
from briefing.checks import check
from briefing.errors import (
    PromptError,
    ReplyEmpty,
    ReplyError,
    ReplyNotJSON,
    ReplyRefused,
    ReplyTruncated,
    ReplyUnknownSentence,
    ReplyWrongShape,
)
from briefing.fencing import fenced, numbered
from briefing.model import Reply
from briefing.prompts import (
    DRAFT_SCHEMA,
    MAX_CITES,
    MAX_LEAD,
    DraftedClaim,
    Placed,
    Rendered,
    read_arrangement,
    read_draft,
    read_repair,
    render,
)
from briefing.types import Answer, Block, Claim, Document, Role, Sentence, Usage

SHOWN = frozenset({"S1.1", "S1.2", "S2.1"})


def reply(value: object, finish_reason: str = "stop") -> Reply:
    text = value if isinstance(value, str) else json.dumps(value)
    return Reply(text=text, finish_reason=finish_reason, model="m", usage=Usage(calls=1, completion_tokens=9))


def claim(text: str = "A ferry sank.", *cites: str) -> dict[str, Any]:
    return {"text": text, "cites": list(cites or ("S1.1",))}


def rendered(sources: str = "", max_claims: int = 1) -> Rendered:
    return render("draft_claims", sources=sources, max_claims=max_claims, max_cites=MAX_CITES, max_lead=MAX_LEAD)


# Rendering
# ---------


def test_the_instructions_are_the_same_whatever_the_sources() -> None:
    one = rendered("first", 3)
    two = rendered("second", 9)
    assert one.system == two.system
    assert one.user != two.user
    assert "first" in one.user
    assert "At most 3 claims" in one.user


def test_the_hash_is_that_of_the_file() -> None:
    data = (resources.folder("prompts") / "draft_claims.md.j2").read_bytes()
    prompt = rendered("", 1)
    assert (prompt.name, prompt.sha256) == (
        "draft_claims.md.j2",
        f"sha256:{hashlib.sha256(data).hexdigest()}",
    )


def test_a_value_that_was_not_given_is_an_error() -> None:
    with pytest.raises(PromptError, match="max_claims"):
        render("draft_claims", sources="", max_cites=4, max_lead=3)


def test_a_template_that_is_missing_is_named() -> None:
    with pytest.raises(PromptError, match=r"nothing_like_it\.md\.j2"):
        render("nothing_like_it")


def test_source_text_is_never_run_as_a_template_nor_escaped() -> None:
    text = fenced([("S1 | x", [("S1.1", "{{ max_claims }} {% raw %} <b>&amp; “quoted”")])], secret=b"tests")
    assert text in rendered(text, 3).user


# The example in the prompt
# -------------------------


def _example() -> tuple[dict[str, str], str]:
    *_, block = rendered("", 1).system.partition("Example:\n")
    *lines, reply_text = block.splitlines()
    sentences = dict(re.findall(r"^\[(S\d+\.\d+)\] (.+)$", "\n".join(lines), flags=re.M))
    assert len(sentences) == len(lines)
    return sentences, reply_text


def test_the_example_shows_sentences_as_they_are_shown() -> None:
    sentences, _ = _example()
    for id_, text in sentences.items():
        assert numbered(id_, text) in rendered("", 1).system


def test_the_example_reply_is_one_that_the_reader_takes_whole() -> None:
    sentences, text = _example()
    draft = read_draft(reply(text), shown=sentences)
    assert len(draft.claims) == 2
    assert draft.refused == ()
    jsonschema.validate(json.loads(text), DRAFT_SCHEMA)


def test_the_example_claims_keep_the_figures_and_quotations_of_what_they_cite() -> None:
    sentences, text = _example()
    for drafted in read_draft(reply(text), shown=sentences).claims:
        cited = " ".join(sentences[cite] for cite in drafted.cites)
        for exact in re.findall(r"[\d,]*\d|“[^”]+”", drafted.text):
            assert exact.strip("“”.,") in cited


def test_the_example_claims_pass_the_checks() -> None:
    sentences, text = _example()
    documents, citable = _as_sources(sentences)
    drafted = read_draft(reply(text), shown=sentences).claims
    claims = [Claim(id=f"C{n}", story="T1", text=c.text, cites=c.cites) for n, c in enumerate(drafted, start=1)]
    for checked in check(claims, documents, citable):
        assert checked.answers.located is Answer.PASS
        assert (checked.findings, checked.moved_from) == ((), ())


def _as_sources(sentences: dict[str, str]) -> tuple[list[Document], list[Sentence]]:
    """Build the documents that these sentences would be read from, one paragraph each."""
    documents, citable = [], []
    for source in ("S91", "S92"):
        text, blocks = "", list[Block]()
        for id_, line in sentences.items():
            if id_.startswith(f"{source}."):
                start, end = len(text), len(text) + len(line)
                citable.append(
                    Sentence(
                        id=id_,
                        source=source,
                        start=start,
                        end=end,
                        text=line,
                        role=Role.BODY,
                        block=len(blocks),
                    )
                )
                blocks.append(Block(role=Role.BODY, start=start, end=end))
                text += f"{line}\n\n"
        documents.append(
            Document(
                id=source,
                location=f"{source}.txt",
                sha256="",
                text=text,
                text_sha256="",
                media_type="text/plain",
                encoding="utf-8",
                extractor="decode/1",
                blocks=tuple(blocks),
            )
        )
    return documents, citable


def test_the_example_shows_both_sides_of_a_conflict_and_obeys_no_instruction() -> None:
    sentences, text = _example()
    drafted = read_draft(reply(text), shown=sentences).claims
    assert {cite.split(".")[0] for claim in drafted for cite in claim.cites} == {"S91", "S92"}
    assert any("Ignore your rules" in sentence for sentence in sentences.values())
    assert not any("broken" in claim.text for claim in drafted)


# Replies
# -------


def test_a_good_reply_is_read() -> None:
    draft = read_draft(
        reply({"claims": [claim("A ferry\n sank.", "S1.1", "S1.1"), claim("Two.", "S2.1")], "lead": [2, 1]}),
        shown=SHOWN,
    )
    assert draft.claims == (
        DraftedClaim(text="A ferry sank.", cites=("S1.1",)),
        DraftedClaim(text="Two.", cites=("S2.1",)),
    )
    assert draft.lead == (1, 0)
    assert draft.refused == ()


def test_no_claim_is_an_answer_too() -> None:
    assert read_draft(reply({"claims": [], "lead": []}), shown=SHOWN).claims == ()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", ReplyEmpty),
        (" \n", ReplyEmpty),
        ("I am sorry.", ReplyNotJSON),
        ('```json\n{"claims": [], "lead": []}\n```', ReplyNotJSON),
        ('{"claims": [], "lead": []} Done.', ReplyNotJSON),
        ("{'claims': [], 'lead': []}", ReplyNotJSON),
        ('{"claims": [], "lead": [NaN]}', ReplyNotJSON),
        ('{"claims": [], "lead": ["\\ud800"]}', ReplyNotJSON),
        ("[" * 100_000, ReplyNotJSON),
        ("null", ReplyWrongShape),
        ("[]", ReplyWrongShape),
        ('{"claims": []}', ReplyWrongShape),
        ('{"claims": {}, "lead": []}', ReplyWrongShape),
        ('{"claims": [], "lead": [], "note": "x"}', ReplyWrongShape),
        ('{"claims": [], "lead": ["1"]}', ReplyWrongShape),
        ('{"claims": [], "lead": [true]}', ReplyWrongShape),
        ('{"claims": [{"text": "A."}], "lead": []}', ReplyWrongShape),
        ('{"claims": [{"text": "A.", "cites": "S1.1"}], "lead": []}', ReplyWrongShape),
        ('{"claims": [{"text": " ", "cites": ["S1.1"]}], "lead": []}', ReplyWrongShape),
        ('{"claims": [{"text": "A.", "cites": []}], "lead": []}', ReplyWrongShape),
        ('{"claims": [{"text": "A\\u200b ferry.", "cites": ["S1.1"]}], "lead": []}', ReplyWrongShape),
        ('{"claims": [{"text": "A \\u202eyrref.", "cites": ["S1.1"]}], "lead": []}', ReplyWrongShape),
        ('{"claims": [{"text": "A.", "cites": ["S1.1", "a", "b", "c", "d"]}], "lead": []}', ReplyWrongShape),
        ('{"claims": [{"text": "A.", "cites": ["S1.3"]}], "lead": []}', ReplyUnknownSentence),
        ('{"claims": [{"text": "A.", "cites": ["S1"]}], "lead": []}', ReplyUnknownSentence),
        ('{"claims": [{"text": "A.", "cites": ["S2", "S1.1"]}], "lead": []}', ReplyUnknownSentence),
        ('{"claims": [{"text": "A.", "cites": ["S1.1", "[S1.2]"]}], "lead": []}', ReplyUnknownSentence),
    ],
)
def test_a_reply_of_which_nothing_can_be_used_raises_and_is_kept(text: str, error: type[ReplyError]) -> None:
    with pytest.raises(error) as caught:
        read_draft(reply(text), shown=SHOWN)
    assert caught.value.subject == "m"
    assert caught.value.reply in text or json.loads(caught.value.reply) in json.loads(text)["claims"]


def test_a_reply_cut_off_at_its_limit_is_refused_even_where_it_parses() -> None:
    text = json.dumps({"claims": [claim()], "lead": []})
    with pytest.raises(ReplyTruncated, match="9 tokens") as caught:
        read_draft(reply(text, "length"), shown=SHOWN)
    assert caught.value.reply == text


@pytest.mark.parametrize("finish_reason", ["refusal", "content_filter"])
def test_a_reply_that_declines_is_named_so_with_its_words_and_what_it_cost(finish_reason: str) -> None:
    with pytest.raises(ReplyRefused) as caught:
        read_draft(reply("I would rather not.", finish_reason), shown=SHOWN)
    assert caught.value.reply == "I would rather not."
    assert caught.value.usage.completion_tokens == 9


def test_one_bad_claim_does_not_sink_the_others() -> None:
    bad = [
        claim("Two.", "S9.9"),
        {"text": "Three."},
        claim("", "S1.1"),
        {**claim("Five."), "score": 1},
        "six",
    ]
    draft = read_draft(reply({"claims": [*bad, claim("Last.", "S2.1")], "lead": [1, 6, 7]}), shown=SHOWN)
    assert draft.claims == (DraftedClaim(text="Last.", cites=("S2.1",)),)
    assert draft.lead == (0,)
    assert [type(error) for error in draft.refused] == [ReplyUnknownSentence] + [ReplyWrongShape] * 5
    assert [json.loads(error.reply) for error in draft.refused] == [*bad, 7]
    assert "S9.9" in draft.refused[0].message


# Corrections
# -----------


def correction(number: int, text: str = "A ferry sank.", *cites: str) -> dict[str, Any]:
    return {"number": number, "text": text, "cites": list(cites)}


def test_corrections_are_read_by_number_and_what_is_to_be_dropped_is_none_of_them() -> None:
    read = read_repair(
        reply(
            {"corrections": [correction(2, "A\nferry sank.", "S1.1"), correction(1, "Drop."), correction(3, "drop")]}
        ),
        numbers=range(1, 5),
        shown=SHOWN,
    )
    assert read.corrections == {2: DraftedClaim(text="A ferry sank.", cites=("S1.1",))}
    assert read.refused == ()


def test_one_bad_correction_does_not_sink_the_others() -> None:
    bad = [
        correction(7, "Nothing of that number failed.", "S1.1"),
        correction(1, "It cites nothing."),
        correction(1, "It cites what it was not shown.", "S9.9"),
        {"number": 1},
        "one",
    ]
    good = correction(2, "A ferry sank.", "S1.1")
    second = correction(2, "Two ferries sank.", "S1.1")
    read = read_repair(reply({"corrections": [*bad, good, second]}), numbers=(1, 2), shown=SHOWN)
    assert list(read.corrections) == [2]
    assert read.corrections[2].text == "A ferry sank."
    assert [json.loads(error.reply) for error in read.refused] == [*bad, second]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", ReplyEmpty),
        ("I corrected them.", ReplyNotJSON),
        ("[]", ReplyWrongShape),
        ('{"corrections": []', ReplyNotJSON),
        ('{"corrections": {}}', ReplyWrongShape),
        ('{"claims": [], "lead": []}', ReplyWrongShape),
    ],
)
def test_a_repair_that_cannot_be_read_raises_and_is_kept(text: str, error: type[ReplyError]) -> None:
    with pytest.raises(error) as caught:
        read_repair(reply(text), numbers=(1,), shown=SHOWN)
    assert caught.value.reply == text


# Arrangements
# ------------


def test_an_order_is_read_with_its_wordings_and_its_lead() -> None:
    places = [{"ids": ["C3"], "text": ""}, {"ids": ["C1", "C2"], "text": " A ferry\n sank. "}]
    read = read_arrangement(reply({"order": places, "lead": [2, 9]}), ids={"C1", "C2", "C3"})
    assert read.order == (Placed(ids=("C3",), text=""), Placed(ids=("C1", "C2"), text="A ferry sank."))
    assert read.lead == (1,)
    assert [error.reply for error in read.refused] == ["9"]


def test_a_place_that_names_a_claim_unknown_or_placed_before_is_set_aside() -> None:
    places = [
        {"ids": ["C9"], "text": ""},
        {"ids": ["C1"], "text": ""},
        {"ids": ["C1", "C2"], "text": "A ferry sank."},
        {"ids": [], "text": "A ferry sank."},
        {"ids": ["C2"], "text": ""},
    ]
    read = read_arrangement(reply({"order": places, "lead": [1, 5]}), ids={"C1", "C2"})
    assert [place.ids for place in read.order] == [("C1",), ("C2",)]
    assert read.lead == (1,)
    assert [json.loads(error.reply) for error in read.refused] == [places[0], places[2], places[3]]


@pytest.mark.parametrize("name", ["repair_claims", "arrange_claims"])
def test_the_other_instructions_are_the_same_in_every_call_as_well(name: str) -> None:
    values = {"sources": "first", "claims": "first", "max_cites": MAX_CITES, "max_lead": MAX_LEAD}
    one, two = render(name, **values), render(name, **values | {"sources": "second", "claims": "second"})
    assert one.system == two.system
    assert ("first" in one.user, "second" in two.user) == (True, True)


_KEYS = ["claims", "lead", "text", "cites", "corrections", "number", "order", "ids", "x"]
_json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["S1.1", "S9.9"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=20,
)
_drafts = st.fixed_dictionaries(
    {
        "claims": st.lists(
            _json_values
            | st.fixed_dictionaries(
                {"text": st.text(), "cites": st.lists(st.sampled_from(["S1.1", "S2.1", "S9.9", ""]))}
            )
        ),
        "lead": st.lists(st.integers()),
    }
)


@given(
    st.text()
    | st.binary().map(lambda b: b.decode("utf-8", "surrogateescape"))
    | (_json_values | _drafts).map(json.dumps)
)
def test_reading_raises_reply_errors_and_nothing_else(text: str) -> None:
    try:
        draft = read_draft(reply(text), shown=SHOWN)
    except ReplyError:
        return
    for drafted in draft.claims:
        assert drafted.text
        assert set(drafted.cites) <= SHOWN
    assert all(0 <= position < len(draft.claims) for position in draft.lead)
    assert len(draft.claims) + len(draft.refused) >= len(json.loads(text)["claims"])


@given(st.text() | _json_values.map(json.dumps))
def test_reading_the_other_replies_raises_reply_errors_and_nothing_else(text: str) -> None:
    with contextlib.suppress(ReplyError):
        assert set(read_repair(reply(text), numbers=(1, 2), shown=SHOWN).corrections) <= {1, 2}
    with contextlib.suppress(ReplyError):
        read = read_arrangement(reply(text), ids={"C1", "C2"})
        assert {id_ for place in read.order for id_ in place.ids} <= {"C1", "C2"}
        assert all(0 <= position < len(read.order) for position in read.lead)
