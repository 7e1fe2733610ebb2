"""From make over decisions to a published briefing, and back again after sources have changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from briefing.cli import main
from briefing.edits import Edits
from briefing.resources import folder
from tests.review_server import Reviewing, articles, read_again, reviewing

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

Run = Callable[..., Result]
HOSTILE = '<script>alert(1)</script> [x](http://evil.example) |`*_ \u202e =HYPERLINK("http://evil.example")'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs commands in a folder with the examples, and a store beside them."""
    articles(tmp_path)
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> Result:
        env = {"BRIEFING_STORE": str(tmp_path / "s.sqlite")}
        return CliRunner(env=env).invoke(main, [str(word) for word in words], catch_exceptions=False)

    return command


def make(run: Run) -> dict[str, Any]:
    assert run("make", "articles", "-o", "out", "--as-of", "2031-03-06").exit_code == 0
    return manifest("out")


def manifest(where: str) -> dict[str, Any]:
    return dict(json.loads(Path(where, "briefing.json").read_text(encoding="utf-8")))


def review(tmp_path: Path, *, who: str = "ann") -> Any:
    return reviewing(tmp_path / "out" / "briefing.json", tmp_path / "s.sqlite", who=who)


def with_words(values: dict[str, Any], words: str) -> str:
    return str(next(claim["id"] for claim in values["claims"] if words in claim["text"]))


def render(run: Run, *words: str, code: int = 0) -> tuple[dict[str, Any], str]:
    result = run("render", "-o", "published", "--as-of", "2031-03-07", *words)
    assert result.exit_code == code, result.output
    return manifest("published"), Path("published", "briefing.md").read_text(encoding="utf-8")


def decide(server: Reviewing, values: dict[str, Any]) -> dict[str, str]:
    """One of each; returns which."""
    ids = {
        "accept": values["stories"][0]["lead"][0],
        "reject": with_words(values, "38 million crowns"),
        "good edit": with_words(values, "About 12,000 others"),
        "bad edit": with_words(values, "1,500 beds is open"),
        "comment": with_words(values, "Water Minister"),
    }
    server.decide(ids["accept"], "accept")
    server.decide(ids["reject"], "reject", comment="The figure is last year's.")
    server.decide(ids["good edit"], "edit", text="About 12,000 others remain in the valley.")
    server.decide(ids["bad edit"], "edit", text="A shelter with 2,500 beds is open in Lodvin.")
    server.decide(ids["comment"], "comment", comment="Call her office.")
    return ids


def test_what_was_decided_is_what_is_published(run: Run, tmp_path: Path) -> None:
    values = make(run)
    with review(tmp_path) as server:
        ids = decide(server, values)
    published, markdown = render(run, "--signed-off-by", "Ann Lee")
    claims = {claim["id"]: claim for claim in published["claims"]}
    withheld = {claim["id"]: claim for claim in published["withheld"]}
    assert claims[ids["accept"]]["decision"]["action"] == "accept"
    assert claims[ids["good edit"]]["text"] == "About 12,000 others remain in the valley."
    assert "most of them on higher ground" in claims[ids["good edit"]]["decision"]["was"]
    before = next(claim for claim in values["claims"] if claim["id"] == ids["good edit"])
    assert claims[ids["good edit"]]["disputes"] == before["disputes"] != []
    assert claims[ids["good edit"]]["standing"] == "disputed"
    # Without "on higher ground" another outlet says the same.
    assert (before["origins"], claims[ids["good edit"]]["origins"]) == (1, 2)
    assert withheld[ids["reject"]]["decision"]["comment"] == "The figure is last year's."
    assert {f["kind"] for f in withheld[ids["bad edit"]]["findings"]} & {"number_absent", "number_differs"}
    assert claims[ids["comment"]]["decision"]["comment"] == "Call her office."
    assert (
        "*Reviewed and signed off by Ann Lee on 7 March 2031: 1 accepted, 2 edited, 1 rejected, "
        f"{len(values['claims']) - 4} undecided.*"
    ) in markdown
    assert "*withheld by reviewer* ann: The figure is last year's." in markdown
    assert "; edited by ann" in markdown
    assert "reviewed)." in markdown
    assert "Call her office" not in markdown
    jsonschema.validate(
        published, json.loads((folder("templates") / "briefing.schema.json").read_text(encoding="utf-8"))
    )
    assert run("verify", "published/briefing.json").exit_code == 0
    assert Path("published/review.html").is_file()
    assert f"\n{ids['bad edit']}" not in markdown


def test_comparing_again_finds_what_the_draft_found(run: Run, tmp_path: Path) -> None:
    make(run)
    read = read_again(tmp_path / "out" / "briefing.json")
    published = [claim.checked for claim in read.briefing.claims]
    again = Edits(read, entailment=False).standings(published)
    assert again == {claim.checked.id: claim.standing for claim in read.briefing.claims}


def test_comments_are_printed_when_asked_for(run: Run, tmp_path: Path) -> None:
    values = make(run)
    with review(tmp_path) as server:
        decide(server, values)
    _, markdown = render(run, "--with-comments")
    assert "ann: “Call her office.”" in markdown


def test_without_decisions_the_briefing_is_the_same_and_says_so(run: Run) -> None:
    values = make(run)
    published, markdown = render(run)
    assert published.pop("review")["undecided"] == len(values["claims"])
    assert published == values
    line = f"*Not reviewed: 0 accepted, 0 edited, 0 rejected, {len(values['claims'])} undecided.*\n\n"
    assert markdown.replace(line, "") == Path("out/briefing.md").read_text(encoding="utf-8")


def test_a_lead_that_is_rejected_leaves_the_sections_whole(run: Run, tmp_path: Path) -> None:
    values = make(run)
    with review(tmp_path) as server:
        for claim in values["stories"][0]["lead"]:
            server.decide(claim, "reject")
    published, markdown = render(run)
    assert published["stories"][0]["lead"] == []
    assert "no reason given" in markdown
    assert run("verify", "published").exit_code in (0, 2)
    assert len(published["not_covered"]) >= len(values["not_covered"])


def test_decisions_outlive_a_run_with_another_source_and_are_stale_when_one_is_edited(run: Run, tmp_path: Path) -> None:
    values = make(run)
    rests = "About 12,000 others"
    with review(tmp_path) as server:
        ids = decide(server, values)
    texts = {claim["id"]: claim["text"] for claim in values["claims"]}

    # A source more, in front of all others: every id moves.
    Path("articles/00-first.txt").write_text(
        "A circus came to Ullen.\n\nIt has two bears and a band of nine.\n", encoding="utf-8"
    )
    again = make(run)
    listed = json.loads(run("decisions", "--json").output)["decisions"]
    by_text = {claim["id"]: claim["text"] for claim in (*again["claims"], *again["withheld"])}
    assert {by_text[d["claim"]] for d in listed if d["state"] == "current"} == {texts[i] for i in ids.values()}
    moved = next(source["id"] for source in again["sources"] if "01-" in source["location"])
    assert moved != "S1"

    # One source is edited, and an edit of a claim on it is not applied any more.
    first = next(Path("articles").glob("01-*"))
    text = first.read_text(encoding="utf-8")
    assert rests in text
    first.write_text(text.replace(rests, "About 13,000 others"), encoding="utf-8")
    refused = run("render")
    assert refused.exit_code == 2
    assert "changed since" in refused.stderr
    changed = make(run)
    published, _ = render(run)
    held = json.loads(run("decisions", "--json").output)["decisions"]
    by_text = {claim["id"]: claim["text"] for claim in (*changed["claims"], *changed["withheld"])}
    current = {by_text[d["claim"]] for d in held if d["state"] == "current"}
    assert current == {texts[i] for name, i in ids.items() if name != "good edit"}
    assert all(claim["text"] != "About 12,000 others remain in the valley." for claim in published["claims"])
    assert len(json.loads(run("decisions", "--json", "--history").output)["decisions"]) == 4


def test_a_claim_whose_evidence_changed_is_stale_and_strict_says_so(run: Run, tmp_path: Path) -> None:
    """The same words, and another outlet says them now."""
    said = "The lake fell by two metres on Monday."
    Path("two").mkdir()
    for number, outlet in ((1, "The Ullen Post"), (2, "Brennholt Radio")):
        head = f'<html><head><meta property="og:site_name" content="{outlet}"></head>'
        more = "Engineers said that the gate of the dam at Tarvysh was leaking again."
        body = f"<body><article><h1>The lake at Tarvysh falls</h1><p>{said} {more}</p></article></body></html>"
        Path(f"two/{number}.html").write_text(head + body, encoding="utf-8")
    assert run("make", "two/1.html", "-o", "out").exit_code == 0
    claim = with_words(manifest("out"), said)
    with review(tmp_path) as server:
        server.decide(claim, "reject")
    assert run("make", "two/2.html", "-o", "out").exit_code == 0
    listed = run("decisions").output
    assert "stale: the same words rest on other evidence now" in listed
    published, markdown = render(run, "--strict", code=1)
    assert any(said in one["text"] for one in published["claims"])
    assert published["review"]["stale"][0]["action"] == "reject"
    assert "Decided before something changed, and not applied:" in markdown


def test_hostile_words_of_a_reviewer_are_only_words(run: Run, tmp_path: Path) -> None:
    values = make(run)
    first, second, third = (claim["id"] for claim in values["claims"][:3])
    with review(tmp_path, who=HOSTILE[:60]) as server:
        server.decide(first, "reject", comment=HOSTILE)
        server.decide(second, "accept")
        server.decide(second, "comment", comment=HOSTILE)
        server.decide(third, "edit", text=HOSTILE)
        page = server.get().body.decode()
    assert "<script>alert" not in page
    _, markdown = render(run, "--with-comments", "--signed-off-by", HOSTILE)
    html = MarkdownIt().enable("strikethrough").enable("table").render(markdown)
    assert "<script" not in html
    assert 'href="http://evil' not in html
    assert "\u202e" not in markdown
    for words in (("decisions",), ("decisions", "--json"), ("decisions", "export")):
        printed = run(*words).output
        assert "evil.example" in printed
        assert "\u202e" not in printed


def test_a_published_briefing_is_not_reviewed_again(run: Run) -> None:
    make(run)
    render(run)
    for words in (("render", "published"), ("decisions", "published"), ("review", "published", "--no-open")):
        result = run(*words)
        assert result.exit_code == 2
        assert "published after a review" in result.stderr


def test_the_reviewed_briefing_is_not_written_over(run: Run) -> None:
    make(run)
    before = Path("out/briefing.json").read_bytes()
    result = run("render", "-o", "out")
    assert result.exit_code == 2
    assert "another folder" in result.stderr
    assert Path("out/briefing.json").read_bytes() == before


def test_copies_of_what_cannot_be_read_again_go_along(run: Run, tmp_path: Path) -> None:
    text = "The lake fell by two metres.\n\nEngineers in Tarvysh said that the gate was leaking again on Monday.\n"
    env = {"BRIEFING_STORE": str(tmp_path / "s.sqlite")}
    assert CliRunner(env=env).invoke(main, ["make", "-", "-o", "out"], input=text).exit_code == 0
    render(run)
    assert run("verify", "published/briefing.json").exit_code == 0


def test_a_team_shares_its_decisions(run: Run, tmp_path: Path) -> None:
    values = make(run)
    with review(tmp_path) as server:
        decide(server, values)
    assert run("decisions", "export", "-o", "lines.jsonl").exit_code == 0
    other = ["--store", "other.sqlite"]
    assert "5 new" in run("decisions", "import", "lines.jsonl", *other).stderr
    assert "0 new, 5 known" in run("decisions", "import", "lines.jsonl", *other).stderr
    assert run("decisions", "list", "out", *other).output == run("decisions", "list", "out").output
    assert run("decisions", "export", *other).output == Path("lines.jsonl").read_text(encoding="utf-8")


def test_where_nothing_was_decided_nothing_is_made(run: Run, tmp_path: Path) -> None:
    make(run)
    assert run("decisions").output == "nothing was decided\n"
    assert run("decisions", "export").output == ""
    assert not (tmp_path / "s.sqlite").exists()
