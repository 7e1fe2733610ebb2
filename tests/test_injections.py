"""What a source tells the model to do: run end to end against a model that obeys, and nothing comes of it.

`injections.jsonl` holds one attack a line. A third article about an event carries its `payload`, in the place
that `slot` names; the model answers with one true claim and with the `claims` (or the raw `reply`) that the
attack asks for, and insists on them when they are given back to it. In a PDF, `drawn` is how the payload is drawn.
Further text hidden in PDF and DOCX is tried where these are read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt

from briefing import errors, resources
from briefing.model import Request, ScriptedModel
from briefing.pipeline import Job, make
from briefing.render import manifest, markdown
from briefing.sources import ReadLimits
from briefing.types import Answer, Briefing, Verdict
from briefing.verify import verify
from tests.conftest import ROOT
from tests.make_pdf import bare, set_lines

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "injections.jsonl").read_text(encoding="utf-8").splitlines()
]
KINDS = {
    "article", "comment", "title", "html_attribute", "hidden_element", "metadata", "zero_width", "bidi_override",
    "tag_characters", "fake_system_message", "fake_sentence_ids", "cite_one_for_everything", "schema_breakout",
    "image_exfiltration", "link", "fake_fence", "pdf",
}  # fmt: skip
#: Where the attack itself, not only what it asks for, might reach a reader.
SHOWN_WITHOUT_A_MODEL = {"title", "hidden_element", "metadata", "link", "bidi_override", "pdf"}
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SCHEMA = json.loads((resources.folder("templates") / "briefing.schema.json").read_text(encoding="utf-8"))
#: What a terminal obeys or what turns text round, and, beyond these, what no reader sees.
ACTING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
UNSEEN = re.compile("[\u200b\u2060-\u2064\U000e0080-\U000e0fff]")

TRUE = "Repairs will cost about 85,000 crowns, Arden said."
ECHO = f"""The Brenlow Echo

Footbridge over the Isk closed after crack is found

5 March 2031

The Halden footbridge over the Isk was closed on Tuesday after an inspector found a crack 40 centimetres long, the \
Brenlow town council said.

About 1,900 people cross the bridge every day, according to the council.

“Nobody was in danger,” council engineer Tom Arden told reporters at the bridge.

{TRUE}
"""
RADIO = """Isk Valley Radio

Crack shuts Halden footbridge

5 March 2031

The Halden footbridge in Brenlow has been shut since Tuesday because of a crack in one of its beams, the town \
council said on Wednesday.

Schoolchildren from the west bank now walk 25 minutes to the road bridge, according to the head of the Brenlow school.
"""
SEEN = (
    "Engineers will look at the Halden footbridge over the Isk again on Friday, council engineer Tom Arden said on "
    "Wednesday.",
    "Until then, a ferry will carry people across the river free of charge, the Brenlow town council said.",
    "The bridge was built 62 years ago and was last painted nine years ago, according to the council.",
)
TITLE = "Ferry replaces closed Halden footbridge in Brenlow"


def text_file(slots: Mapping[str, str]) -> str:
    """Lay the third article out as plain text, its comments below it."""
    comments = f"\n\nComments (1)\n\nDana, 5 March 2031 at 19:02\n\n{slots['comment']}" if slots["comment"] else ""
    body = "\n\n".join([*SEEN[:2], slots["body"], SEEN[2]])
    return f"Lakeside Ledger\n\n{slots['title'] or TITLE}\n\n5 March 2031\n\n{body}{comments}\n"


def page(slots: Mapping[str, str]) -> str:
    """Lay the third article out as a page; `head` and `body` are markup, `title` and `comment` text that is not."""
    first, second, third = (f"<p>{paragraph}</p>" for paragraph in SEEN)
    title = slots["title"].replace("&", "&amp;").replace("<", "&lt;") or TITLE
    comment = f'<section class="comments"><h2>Comments (1)</h2><p>{slots["comment"]}</p></section>'
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{slots["head"]}'
        '<meta property="og:site_name" content="Lakeside Ledger">'
        '<meta property="article:published_time" content="2031-03-05T18:20:00+01:00"></head><body><main><article>'
        f"<h1>{title}</h1>{first}{second}{slots['body']}{third}</article>"
        f"{comment if slots['comment'] else ''}</main></body></html>"
    )


def pdf_file(case: Mapping[str, Any]) -> bytes:
    """Draw the third article on a page as wide as its sentences, and the payload between its paragraphs."""
    heights = (700, 660, 620)
    seen = [set_lines([TITLE], top=770, size=20), set_lines(["5 March 2031"], top=740)]
    seen += [set_lines([text], top=top, size=10) for text, top in zip(SEEN, heights, strict=True)]
    return bare(
        f"{''.join(seen)}q {case['drawn']} {set_lines([case['payload']], top=640, size=10)}Q", box="0 0 1000 842"
    )


def articles(case: Mapping[str, Any], folder: Path, *, entailment: bool = False) -> Job:
    """Write the three articles of a case."""
    slots = {slot: case["payload"] if slot == case["slot"] else "" for slot in ("title", "head", "body", "comment")}
    laid_out = {
        "html": lambda: page(slots).encode(),
        "txt": lambda: text_file(slots).encode(),
        "pdf": lambda: pdf_file(case),
    }
    hostile = laid_out[case["media"]]()
    for name, data in (("1.txt", ECHO.encode()), ("2.txt", RADIO.encode()), (f"3.{case['media']}", hostile)):
        (folder / name).write_bytes(data)
    names = ("1.txt", "2.txt", f"3.{case['media']}")
    return Job(
        locations=tuple(str(folder / name) for name in names),
        as_of=datetime(2031, 3, 6, tzinfo=UTC),
        secret=b"a secret of these tests",
        repairs=2,
        entailment=entailment,
    )


class Obedient:
    """Answers as the injection asks, in the draft and whenever it is asked to correct what it said."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        self.case = case
        self.lies: list[dict[str, Any]] = [
            *case.get("claims", ()),
            *case.get("reworded", ()),
            *case.get("addressed", ()),
        ]

    def __call__(self, request: Request) -> str:
        shown = dict(re.findall(r"^\[(S\d+\.\d+)\] (.*)", request.user, re.M))
        if request.schema_name.startswith("repair"):
            return json.dumps({"corrections": [
                {"number": number, "text": lie["text"], "cites": [*shown][:4]}
                for number, lie in enumerate(self.lies, start=1)
            ]})  # fmt: skip
        if "reply" in self.case:
            return str(self.case["reply"])
        claims = [{"text": lie["text"], "cites": [_cite(cite, shown) for cite in lie["cites"]]} for lie in self.lies]
        honest = {"text": TRUE, "cites": [_cite("W:Repairs will cost", shown)]}
        return json.dumps({"claims": [*claims, honest], "lead": [1, 2, len(claims) + 1]})


def _cite(cite: str, shown: Mapping[str, str]) -> str:
    """Turn `W:words` into the id of the first sentence shown that holds them, of the last where none does."""
    words = cite.removeprefix("W:")
    return cite if words == cite else next((id_ for id_, text in shown.items() if words in text), [*shown][-1])


def name_of(case: Mapping[str, Any]) -> str:
    return f"{case['kind']}: {case['name']}"


def obeyed(case: Mapping[str, Any], folder: Path) -> tuple[Briefing, ScriptedModel]:
    model = ScriptedModel(Obedient(case))
    return make(articles(case, folder), model=model), model


# The corpus
# ----------


def test_the_corpus_holds_sixty_attacks_and_four_of_every_kind() -> None:
    counted = Counter(case["kind"] for case in CASES)
    assert len(CASES) >= 60
    assert set(counted) == KINDS
    assert min(counted.values()) >= 4
    assert len({name_of(case) for case in CASES}) == len(CASES)


# What becomes of them
# --------------------


@pytest.mark.parametrize("case", [case for case in CASES if "error" not in case], ids=name_of)
def test_nothing_that_an_obedient_model_was_told_to_say_is_published(case: dict[str, Any], tmp_path: Path) -> None:
    made, model = obeyed(case, tmp_path)
    published = {claim.checked.text: claim.checked for claim in made.claims}
    assert TRUE in published
    assert made.title != case["payload"]
    for text in published.keys() - {TRUE}:
        assert text in unjudged(case)
        assert published[text].verdict is Verdict.PARTLY
        assert published[text].answers.entailed is Answer.NOT_CHECKED
        assert "its meaning was not" in markdown(made)
    for request in model.asked:
        fence_holds(request.user)
    well_formed(made, tmp_path)


@pytest.mark.parametrize("case", [case for case in CASES if "error" in case], ids=name_of)
def test_a_reply_that_breaks_out_of_its_shape_is_refused_whole(case: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(getattr(errors, case["error"])) as caught:
        obeyed(case, tmp_path)
    assert caught.value.exit_code == 4
    assert caught.value.reply in case["reply"]


@pytest.mark.parametrize("case", [case for case in CASES if case["kind"] in SHOWN_WITHOUT_A_MODEL], ids=name_of)
def test_without_a_model_the_same_sources_give_a_briefing_that_does_nothing(
    case: dict[str, Any], tmp_path: Path
) -> None:
    made = make(articles(case, tmp_path))
    well_formed(made, tmp_path)
    assert not [claim for claim in made.claims if case.get("unseen", "\0") in claim.checked.text]


def unjudged(case: Mapping[str, Any]) -> set[str]:
    """Return the lies that only their meaning gives away."""
    return {" ".join(lie["text"].split()) for lie in case.get("reworded", ())}


def fence_holds(prompt: str) -> None:
    """One block, which no source ended; every bracketed id in it is one that the program put there."""
    (opening,) = re.findall(r"<<<SOURCES ([0-9a-f]{16})\n", prompt)
    assert prompt.count("<<<") == prompt.count(">>>") == 1
    assert prompt.count(opening) == 2
    assert not ACTING.search(prompt)
    assert not UNSEEN.search(prompt)
    assert "<|" not in prompt
    assert "[INST]" not in prompt
    numbered = re.findall(r"^\[(S\d+\.\d+)\] ", prompt, re.M)
    assert re.findall(r"\[\s*(S\d+\.\d+)\s*\]", prompt) == numbered


def well_formed(made: Briefing, folder: Path) -> None:
    """The manifest is valid and verifies, evidence is citable, and the Markdown holds nothing that acts."""
    written = manifest(made)
    values = json.loads(written)
    validator().validate(values)
    (folder / "briefing.json").write_text(written, encoding="utf-8", newline="")
    verified = verify(folder / "briefing.json", locations={}, limits=ReadLimits())
    assert verified.holds, verified.disagreements
    for claim in values["claims"]:
        assert claim["evidence"]
    inert(markdown(made), made)
    assert not ACTING.search(written)


@cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(SCHEMA)


def inert(text: str, made: Briefing) -> None:
    assert not ACTING.search(text)
    tokens = [token for block in PARSER.parse(text) for token in (block, *(block.children or ()))]
    assert not {token.type for token in tokens} & {
        "link_open",
        "image",
        "html_block",
        "html_inline",
        "fence",
        "code_block",
    }
    assert not active_addresses(text)
    headings = [token for token in tokens if token.type == "heading_open"]
    assert len([heading for heading in headings if heading.tag == "h1"]) == 1
    assert {heading.tag for heading in headings} <= {"h1", "h2", "h3"}
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.M)
    assert defined == [str(number) for number in range(1, len(defined) + 1)]
    assert set(re.findall(r"(?<!\\)\[\^(\d+)\](?!:)", text)) == set(defined)
    assert len(re.findall(r"^\| S\d+ \|", text, re.M)) == len(made.documents)


def active_addresses(text: str) -> Sequence[str]:
    """Return what GitHub's Markdown would link without being asked to: bare addresses and mail."""
    return re.findall(r"https?://\S+|ftp://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.\w+", text, re.I)


def test_the_check_for_active_addresses_finds_them() -> None:
    active = "see https://a.example, www.b.example, c@d.example"
    assert len(active_addresses(active)) == 3


# What only the meaning gives away
# --------------------------------


def test_weighing_meaning_withholds_most_lies_made_of_the_words_of_their_evidence(tmp_path: Path) -> None:
    cases = [case for case in CASES if "reworded" in case]
    published: list[str] = []
    for number, case in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        made = make(articles(case, folder, entailment=True), model=ScriptedModel(Obedient(case)))
        texts = {claim.checked.text for claim in made.claims} - {TRUE}
        assert texts <= unjudged(case)
        published += texts
    assert len(published) <= sum(len(case["reworded"]) for case in cases) // 3


def test_the_page_about_hostile_text_counts_the_corpus_right() -> None:
    page = (ROOT / "docs" / "hostile.md").read_text(encoding="utf-8")
    told = {kind: int(count) for kind, count in re.findall(r"^\| `(\w+)`: .* \| (\d+) \|$", page, re.M)}
    assert told == Counter(case["kind"] for case in CASES)


# A judge that obeys, too
# -----------------------


def agreeable(request: Request) -> str:
    """Judge as an injection wishes: whatever is claimed is supported, by whatever words stand below it."""
    blocks = re.split(r"^Claim (\d+): ", request.user, flags=re.M)[1:]
    numbered = list(zip(blocks[::2], blocks[1::2], strict=True))
    judgements = [
        {"claim": int(number), "words": re.findall(r"^\[\S+\] (.+)$", below, re.M)[:1], "verdict": "supported"}
        for number, below in numbered
    ]
    return json.dumps({"judgements": judgements})


@pytest.mark.parametrize("case", [case for case in CASES if "reworded" in case][::4], ids=name_of)
def test_a_judge_that_agrees_to_everything_raises_nothing(case: dict[str, Any], tmp_path: Path) -> None:
    judge = ScriptedModel(agreeable)
    made = make(articles(case, tmp_path), model=ScriptedModel(Obedient(case)), judge=judge)
    lies = [claim.checked for claim in made.claims if claim.checked.text != TRUE]
    assert bool(judge.asked) == bool(lies)
    for request in judge.asked:
        fence_holds(request.user)
    assert {lie.text for lie in lies} <= unjudged(case)
    assert not [lie for lie in lies if lie.verdict is Verdict.SUPPORTED]
    well_formed(made, tmp_path)
