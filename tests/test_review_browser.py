"""The review page in a real browser, opened from disk: chosen, filtered, attacked, narrowed, printed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.pipeline import Job, make
from briefing.render import manifest_values, review_page, show_controls
from tests.browser import Watched, open_page
from tests.conftest import EXAMPLES
from tests.manifests import briefing_values, claim_values, source_values
from tests.told import followed

AS_OF = datetime(2031, 3, 6, tzinfo=UTC)
LIT = "[...document.querySelectorAll('#text .lit.current')].map((e) => e.textContent).join('')"

Opened = Callable[..., Watched]


@pytest.fixture(scope="module")
def values() -> dict[str, Any]:
    return manifest_values(_made())


def _made() -> Any:
    return make(Job(locations=(str(EXAMPLES), "missing.txt"), as_of=AS_OF))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = _made()
    path = tmp_path_factory.mktemp("page") / "review.html"
    page = review_page(manifest_values(made), {document.id: document.text for document in made.documents})
    path.write_text(page, encoding="utf-8", newline="")
    return path


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens pages, and afterwards holds each to what a page from disk may do: say nothing and ask for nothing."""
    watched: list[Watched] = []

    def open_it(path: Path, fragment: str = "", **how: Any) -> Watched:
        watched.append(open_page(browser, path.as_uri() + fragment, **how))
        return watched[-1]

    yield open_it
    for one in watched:
        assert one.said == []
        assert one.violations() == 0
        assert [url for url in one.asked if not url.startswith("file:") and url != "data:,"] == []
        one.page.context.close()


def chosen(page: Page) -> str:
    return page.locator(".item.chosen").get_attribute("data-id") or ""


def test_it_opens_with_the_first_claim_beside_its_evidence(
    opened: Opened, example: Path, values: dict[str, Any]
) -> None:
    page = opened(example).page
    assert page.title() == f"Review: {values['title']}"
    assert chosen(page) == values["stories"][0]["lead"][0]
    assert page.locator("#panel-claims .item").count() == len(values["claims"])


def test_every_span_of_every_claim_is_lit_as_the_manifest_has_it(
    opened: Opened, example: Path, values: dict[str, Any]
) -> None:
    page = opened(example).page
    spans = []
    for claim in values["claims"]:
        spans += [(claim["id"], i, e["text"]) for i, e in enumerate([*claim["evidence"], *claim["corroboration"]])]
    shown = page.evaluate(
        """(spans) => spans.map(([id, span]) => {
            document.querySelector(`[data-id=${id}] > .id`).click();
            document.querySelector(`.item.chosen .jump[data-item=${id}][data-span="${span}"]`).click();
            return """
        + LIT
        + ";})",
        [[claim, index] for claim, index, _ in spans],
    )
    assert shown == [text for _, _, text in spans]


def test_keys_move_through_claims_and_around_their_evidence(
    opened: Opened, example: Path, values: dict[str, Any]
) -> None:
    page = opened(example).page
    first, second = page.evaluate(
        "[...document.querySelectorAll('#panel-claims .item')].slice(0, 2).map((e) => e.dataset.id)"
    )
    page.keyboard.press("j")
    assert chosen(page) == second
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert chosen(page) == first
    told_twice = next(c for c in values["claims"] if len(c["evidence"]) + len(c["corroboration"]) == 2)
    while chosen(page) != told_twice["id"]:
        page.keyboard.press("j")
    texts = [e["text"] for e in (*told_twice["evidence"], *told_twice["corroboration"])]
    seen = [page.evaluate(LIT)]
    for _ in range(2):
        page.keyboard.press("Enter")
        seen.append(page.evaluate(LIT))
    assert seen == [texts[0], texts[1], texts[0]]


def test_a_sentence_of_a_source_leads_to_all_claims_that_rest_on_it(
    opened: Opened, example: Path, values: dict[str, Any]
) -> None:
    page = opened(example).page
    claim = values["claims"][3]
    evidence = claim["evidence"][0]
    page.select_option("#which", evidence["source"])
    page.locator("#text .held", has_text=evidence["text"][:40]).first.click()
    owners = {
        c["id"]
        for c in values["claims"]
        for e in (*c["evidence"], *c["corroboration"])
        if e["source"] == evidence["source"] and e["start"] < evidence["end"] and e["end"] > evidence["start"]
    }
    told = set(page.evaluate("[...document.querySelectorAll('#rests [data-go]')].map((e) => e.dataset.go)"))
    assert claim["id"] in owners
    assert owners == {one for one in told if one.startswith("C")}
    assert chosen(page) in owners


def test_a_comment_says_that_it_may_support_nothing(opened: Opened, example: Path) -> None:
    page = opened(example).page
    page.select_option("#which", "S2")
    comment = page.locator("#text .block.comment .block-text").first
    comment.click()
    assert "Read as comment: it may support no claim." in page.inner_text("#rests")
    assert page.locator("#text .block.comment.greyed .role").first.inner_text() == "comment"


def test_notices_and_disputed_values_are_marked_in_the_source(opened: Opened, example: Path) -> None:
    page = opened(example).page
    page.select_option("#which", "S1")
    assert page.locator("#text .block.notice .role").all_inner_texts() == ["update", "correction"]
    assert page.locator("#text .of-dispute", has_text="12,000 others").get_attribute("data-marks") == "D2"


def test_withheld_claims_are_listed_with_why_and_lead_to_what_they_cited(opened: Opened, tmp_path: Path) -> None:
    text = "Twelve houses were flooded. Forty boats were lost."
    finding = {"kind": "number_differs", "detail": "the evidence says twelve", "start": 0, "end": 8}
    held = claim_values(2, text, (0, 27), verdict="contradicted", standing=None)
    held["text"] = "Thirteen houses were flooded."
    values = briefing_values(source_values(text), [claim_values(1, text, (28, 50))], withheld=[held])
    held["findings"] = [finding]
    page = opened(written(tmp_path, values, text)).page
    page.click("#tab-withheld")
    page.click("#panel-withheld .id")
    assert page.evaluate(LIT) == "Twelve houses were flooded."
    assert page.inner_text(".item.chosen .words mark") == "Thirteen"
    assert "Number differs: “Thirteen” — the evidence says twelve" in page.inner_text(".item.chosen .findings")
    page.select_option("[data-filter=verdict]", "supported")
    assert page.inner_text("#tab-withheld") == "Withheld 0 of 1"
    page.locator("#text .held", has_text="Twelve").click()
    assert chosen(page) == "C2"


def test_a_claim_without_evidence_lights_nothing_and_enter_does_no_harm(opened: Opened, tmp_path: Path) -> None:
    text = "Twelve houses were flooded."
    held = claim_values(2, text, (0, 27), verdict="unsupported", standing=None) | {"evidence": []}
    values = briefing_values(source_values(text), [claim_values(1, text, (0, 27))], withheld=[held])
    page = opened(written(tmp_path, values, text), "#C2").page
    assert chosen(page) == "C2"
    assert page.evaluate(LIT) == ""
    page.keyboard.press("Enter")
    assert "rests on nothing that was found" in page.inner_text(".item.chosen")


def test_filters_and_search_list_what_the_manifest_says(opened: Opened, example: Path, values: dict[str, Any]) -> None:
    page = opened(example).page
    disputed = {c["id"] for c in values["claims"] if c["standing"] == "disputed"}
    page.select_option("[data-filter=standing]", "disputed")
    assert listed(page) == disputed
    page.select_option("[data-filter=source]", "S1")
    assert listed(page) == {
        c["id"]
        for c in values["claims"]
        if c["id"] in disputed and any(e["source"] == "S1" for e in (*c["evidence"], *c["corroboration"]))
    }
    page.click("#clear")
    page.keyboard.press("/")
    page.keyboard.type("38 MILLION crowns")
    assert listed(page) == {c["id"] for c in values["claims"] if "38 million crowns" in json.dumps(c)}
    page.keyboard.press("Escape")
    assert len(listed(page)) == len(values["claims"])


def listed(page: Page) -> set[str]:
    return set(
        page.evaluate(
            "[...document.querySelectorAll('#panel-claims .item')]"
            ".filter((e) => e.checkVisibility()).map((e) => e.dataset.id)"
        )
    )


def test_disputes_lead_to_the_span_of_each_value(opened: Opened, example: Path, values: dict[str, Any]) -> None:
    page = opened(example).page
    page.click("#tab-disputes")
    for dispute in values["disputes"]:
        row = page.locator(f"#panel-disputes [data-id={dispute['id']}]")
        evidence = [e for value in dispute["values"] for e in value["evidence"]]
        for index, one in enumerate(evidence):
            row.locator(".jump").nth(index).click()
            assert page.evaluate(LIT) == one["text"]
            assert page.input_value("#which") == one["source"]


def test_what_is_new_leads_to_the_spans_that_it_rests_on(opened: Opened, tmp_path: Path) -> None:
    made = _made()
    path = tmp_path / "review.html"
    values = manifest_values(replace(made, news=followed(made)))
    path.write_text(review_page(values, {d.id: d.text for d in made.documents}), encoding="utf-8", newline="")
    page = opened(path).page
    expect(page.locator("#tab-news")).to_have_text("New 6")
    page.click("#tab-news")
    expect(page.locator("#panel-news .intro")).to_contain_text("6 changes since Wednesday 5 March.")
    changed = page.locator("#panel-news .item", has_text="People left:")
    changed.locator(".id").click()
    before, after = (values["news"]["changes"][1][side][0]["evidence"][0] for side in ("before", "after"))
    assert page.evaluate(LIT) == before["text"]
    changed.locator(".jump").nth(1).click()
    assert page.evaluate(LIT) == after["text"]


def test_a_first_brief_has_no_tab_for_news(opened: Opened, example: Path) -> None:
    assert opened(example).page.locator("#tab-news").count() == 0


def test_gaps_and_unread_sources_are_listed_and_reachable(
    opened: Opened, example: Path, values: dict[str, Any]
) -> None:
    page = opened(example).page
    page.click("#tab-gaps")
    assert page.locator("#panel-gaps .item").count() == len(values["not_covered"])
    page.locator("#panel-gaps .item .id").last.click()
    last = values["not_covered"][-1]
    assert page.input_value("#which") == last["source"]
    assert len(page.evaluate(LIT)) == last["end"] - last["start"]
    page.click("#tab-sources")
    assert "missing.txt" in page.inner_text("#panel-sources .unread")


def test_help_opens_by_key_and_button_and_names_every_key_that_works(opened: Opened, example: Path) -> None:
    page = opened(example).page
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('help').open")
    keys = page.inner_text("#keys")
    assert "next in the list" in keys
    assert "accept" not in keys
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('help').open")
    page.click("#ask")
    page.uncheck("#keys-on")
    page.click("#help-close")
    before = chosen(page)
    page.keyboard.press("j")
    assert chosen(page) == before


def test_the_theme_follows_the_system_until_it_is_chosen(opened: Opened, example: Path) -> None:
    page = opened(example, scheme="dark").page
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(ground)
    page.keyboard.press("t")
    light = page.evaluate(ground)
    assert dark != light
    page.reload()
    assert page.evaluate(ground) == light


def test_a_narrow_window_shows_one_pane_and_leads_from_evidence_to_source(opened: Opened, example: Path) -> None:
    page = opened(example, width=400, height=800).page
    assert not page.locator("#right").is_visible()
    page.locator(".item.chosen .jump").first.click()
    assert page.locator("#text .lit.current").first.is_visible()
    assert not page.locator("#left").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.click("[data-pane=left]")
    assert page.locator("#left").is_visible()


def test_on_paper_every_claim_stands_with_its_evidence(opened: Opened, example: Path, values: dict[str, Any]) -> None:
    page = opened(example).page
    page.emulate_media(media="print")
    expect(page.locator(".claim .detail:empty")).to_have_count(0)
    printed = page.inner_text("body")
    for claim in values["claims"]:
        assert claim["text"] in printed
        for evidence in (*claim["evidence"], *claim["corroboration"]):
            assert f"characters {evidence['start']}–{evidence['end']}" in printed
            assert evidence["text"] in printed
    assert "Filter" not in printed
    assert "undefined" not in printed


def test_an_address_names_a_claim(opened: Opened, example: Path, values: dict[str, Any]) -> None:
    wanted = values["claims"][7]["id"]
    assert chosen(opened(example, f"#{wanted}").page) == wanted


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(opened: Opened, example: Path, axe: str, scheme: str) -> None:
    page = opened(example, scheme=scheme).page
    page.evaluate(axe)
    for step in ("", "#tab-disputes", "#tab-gaps", "#tab-sources", "#ask"):
        if step:
            page.click(step)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []


# What nobody well-meaning writes
# -------------------------------

HOSTILE = (
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "[press](javascript:window.hacked=1) ![x](https://127.0.0.1/x.png)",
    '<a href="javascript:window.hacked=1">press</a><svg onload=window.hacked=1>',
    "Turned \u202e around \u2066 and \u200f back, a bell \x07, a page \x0c",
    "``` \n# heading\n| a | b |\n<!-- --> ]]> {{ 7*7 }} ${7*7} &lt;b&gt;",
    "A line separator \u2028 and a paragraph separator \u2029 stand here.",
)


def written(folder: Path, values: dict[str, Any], text: str) -> Path:
    path = folder / "review.html"
    path.write_text(review_page(values, {"S1": text}), encoding="utf-8", newline="")
    return path


def test_hostile_text_is_shown_as_text_wherever_it_stands(opened: Opened, tmp_path: Path) -> None:
    text = "\n".join(HOSTILE)
    claims = []
    for number, words in enumerate(HOSTILE, start=1):
        at = text.index(words)
        finding = {"kind": "name_absent", "detail": words, "start": 0, "end": 5}
        claims.append(claim_values(number, text, (at, at + len(words)), findings=[finding], wordings=[words]))
    everywhere = {name: HOSTILE[number] for number, name in enumerate(("title", "publisher", "author", "address"))}
    source = source_values(text, location=HOSTILE[2], **everywhere, warnings=list(HOSTILE))
    unread = [{"location": words, "error": words, "hint": words} for words in HOSTILE]
    misjudged = {"version": "0", "checker": {"misjudged": list(HOSTILE)}}
    values = briefing_values(source, claims, title=HOSTILE[0], withheld=[], unread=unread, provenance=misjudged)
    values["stories"][0]["title"] = HOSTILE[1]
    page = opened(written(tmp_path, values, text)).page
    for number, words in enumerate(HOSTILE, start=1):
        page.evaluate(f"document.querySelector('[data-id=C{number}] > .id').click()")
        assert page.evaluate(LIT) == seen(words)
    for tab in ("disputes", "withheld", "gaps", "sources"):
        page.click(f"#tab-{tab}")
    page.emulate_media(media="print")
    assert page.evaluate("window.hacked") is None
    tags = page.evaluate("[...new Set([...document.querySelectorAll('main *')].map((e) => e.localName))]")
    assert not set(tags) & {"script", "img", "svg", "a", "iframe"}
    attributes = page.evaluate("[...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())")
    assert [name for name in attributes if name.startswith("on")] == []
    assert not {"\u202e", "\u2066", "\u200f"} & set(page.content().partition('id="data"')[0])
    assert "Not verified." in page.inner_text("#warning")


def seen(words: str) -> str:
    """What is seen of a source's words: steering characters by their names, lines and tabs as they are."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(ch if ch in "\n\t" else show_controls(ch) for ch in lines)


def test_offsets_are_code_points_whatever_stands_before_them(opened: Opened, tmp_path: Path) -> None:
    draw = random.Random(7)  # noqa: S311 - not a secret
    letters = ["a", "Ω", "😀", "𝔊", "👩🏽‍🚀", "\r\n", "e\u0301", "م", "\u202e", "\n", " "]
    text = "".join(draw.choices(letters, k=4000))
    spans: list[tuple[int, int]] = []
    while len(spans) < 60:
        start = draw.randrange(len(text) - 50)
        end = start + draw.randrange(1, 50)
        # No span of ours ends inside a line break.
        if "\r" not in (text[start - 1 : start], text[end - 1 : end]):
            spans.append((start, end))
    claims = [claim_values(number, text, span) for number, span in enumerate(spans, start=1)]
    page = opened(written(tmp_path, briefing_values(source_values(text), claims), text)).page
    lit = page.evaluate(
        "(count) => Array.from({length: count}, (_, i) => {"
        f" document.querySelector(`[data-id=C${{i + 1}}] > .id`).click(); return {LIT}; }})",
        len(spans),
    )
    assert lit == [seen(text[start:end]) for start, end in spans]
    assert page.inner_text("#text .block-text").count("\r") == 0


def test_words_of_a_finding_are_marked_by_code_points(opened: Opened, tmp_path: Path) -> None:
    text = "😀 Some 4,000 people left 𝔊ostrel."
    start = text.index("4,000")
    finding = {"kind": "number_differs", "detail": "it says 40", "start": start, "end": start + 5}
    claims = [claim_values(1, text, (0, len(text)), verdict="partly", findings=[finding])]
    page = opened(written(tmp_path, briefing_values(source_values(text), claims), text)).page
    assert page.inner_text(".item.chosen .words mark") == "4,000"
    assert page.locator(".item.chosen .words").evaluate("(e) => e.firstChild.textContent") == "😀 Some "


def test_a_line_of_a_megabyte_is_shown_and_found(opened: Opened, tmp_path: Path) -> None:
    text = "lorem ipsum " * 87_000
    at = 900_007
    claims = [claim_values(1, text, (at, at + 400))]
    page = opened(written(tmp_path, briefing_values(source_values(text), claims), text)).page
    assert page.evaluate(LIT) == text[at : at + 400]
    assert page.evaluate("document.querySelector('#text').textContent.length") == len(text)
    in_sight = "document.querySelector('.lit.current').getBoundingClientRect().top"
    assert 0 < page.evaluate(in_sight) < 800


def test_a_source_whose_text_is_not_at_hand_is_shown_by_its_quotations(opened: Opened, tmp_path: Path) -> None:
    text = "Twelve houses were flooded."
    values = briefing_values(source_values(text), [claim_values(1, text, (0, len(text)))])
    path = tmp_path / "review.html"
    path.write_text(review_page(values, {}), encoding="utf-8")
    page = opened(path).page
    assert "not at hand" in page.inner_text("#text")
    assert text in page.inner_text("#text")
