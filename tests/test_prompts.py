"""Prompts are rendered strictly, sources cannot leave their fence, and replies are read without mercy."""

from __future__ import annotations

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
    ReplyError,
    ReplyNotJSON,
    ReplyTruncated,
    ReplyUnknownSentence,
    ReplyWrongShape,
)
from briefing.model import Reply
from briefing.prompts import (
    DRAFT_SCHEMA,
    MAX_CITES,
    MAX_LEAD,
    DraftedClaim,
    Rendered,
    fenced,
    read_draft,
    render,
    visible,
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
    assert "at most 3 claims" in one.user


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
    text = fenced([("S1 | x", [("S1.1", "{{ max_claims }} {% raw %} <b>&amp; “quoted”")])])
    assert text in rendered(text, 3).user


# The fence
# ---------


def test_every_sentence_is_one_line_between_the_markers() -> None:
    block = fenced([("S1 | A", [("S1.1", "one\r\ntwo"), ("S1.2", "three")]), ("S2 | B", [("S2.1", "four")])])
    first, *inner, last = block.split("\n")
    marker = first.removeprefix("<<<SOURCES ")
    assert re.fullmatch("[0-9a-f]{12}", marker)
    assert last == f"SOURCES {marker}>>>"
    assert inner == ["S1 | A", "[S1.1] one two", "[S1.2] three", "S2 | B", "[S2.1] four"]


def test_the_same_sentences_give_the_same_block_and_others_another_marker() -> None:
    block = fenced([("S1", [("S1.1", "one")])])
    assert fenced([("S1", [("S1.1", "one")])]) == block
    assert fenced([("S1", [("S1.1", "two")])]).split("\n")[0] != block.split("\n")[0]


@given(st.text(), st.text())
def test_no_text_can_end_the_block_or_begin_a_line(text: str, header: str) -> None:
    block = fenced([(header, [("S1.1", text)])])
    lines = block.splitlines()
    assert len(lines) == 4
    marker = lines[0].removeprefix("<<<SOURCES ")
    assert block.count(marker) == 2


@given(st.text())
def test_a_prompt_holds_nothing_that_cannot_be_seen(text: str) -> None:
    shown = visible(text)
    assert "\n" not in shown
    for hidden in "\x00\x1b\u200b\u202a\u202e\u2066\u2069\ufeff\u00ad\U000e0041\U000e0101":
        assert hidden not in shown


def test_what_was_hidden_is_written_out() -> None:
    assert visible("pay \u202e1,000\u202c to\u200b day\x1b[31m") == (
        "pay ⟨U+202E⟩1,000⟨U+202C⟩ to⟨U+200B⟩ day⟨U+001B⟩[31m"
    )
    assert visible("a\u200cb") == "a⟨U+200C⟩b"
    assert visible("a\U000e0101\U000e0041\u3164") == "a⟨U+E0101⟩⟨U+E0041⟩⟨U+3164⟩"


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍🚒", "क्‍ष", "Zoë’s “naïve” £5—10 %", "שלום, עולם", "北京市"])
def test_ordinary_writing_of_all_scripts_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


# The example in the prompt
# -------------------------


def _example() -> tuple[dict[str, str], str]:
    system = rendered("", 1).system
    block = system.split("<<<SOURCES example\n")[1].split("\nSOURCES example>>>")[0]
    sentences = dict(re.findall(r"^\[(S\d+\.\d+)\] (.+)$", block, flags=re.M))
    return sentences, system.split("and of a good reply to it:\n")[1]


def test_the_example_is_a_block_as_sources_are_shown() -> None:
    sentences, _ = _example()
    system = rendered("", 1).system
    headers = re.findall(r"^(S9\d) \| (.+)$", system, flags=re.M)
    groups = [
        (f"{source} | {rest}", [(i, t) for i, t in sentences.items() if i.startswith(f"{source}.")])
        for source, rest in headers
    ]
    body = fenced(groups).split("\n")[1:-1]
    assert "\n".join(body) in system


def test_the_example_reply_is_one_that_the_reader_takes_whole() -> None:
    sentences, text = _example()
    draft = read_draft(reply(text), shown=sentences)
    assert len(draft.claims) == 3
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
        ("", ReplyNotJSON),
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
        ('{"claims": [{"text": "A.", "cites": ["S1.1", "a", "b", "c", "d"]}], "lead": []}', ReplyWrongShape),
        ('{"claims": [{"text": "A.", "cites": ["S1.3"]}], "lead": []}', ReplyUnknownSentence),
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


_json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["S1.1", "S9.9"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["claims", "lead", "text", "cites", "x"]), inner, max_size=4)
    ),
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
