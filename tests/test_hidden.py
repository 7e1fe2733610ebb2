"""What a style takes out of sight is not read, and what it leaves in sight is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.documents.flatten import flatten, parse

BEFORE = "The bridge was closed on Monday."


def seen(markup: str) -> list[str]:
    tree, _ = parse(f"<p>{BEFORE}</p>{markup}<p>It opens again on Friday.</p>")
    assert tree is not None
    return [part.text for part in flatten(tree)][1:-1]


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "DISPLAY : NONE !important", "visibility:collapse", "opacity:0", "opacity: 0.00", "font-size:0",
        "font-size:0em", "color:transparent", "color:rgba(0, 0, 0, 0)", "color:#FFF;background-color:white",
        "color:black;background:#000000", "left:-9999px;position:absolute", "text-indent:-1000em", "top:-200vh",
        "clip:rect(0 0 0 0)", "clip:rect(1px, 1px, 1px, 1px)", "clip-path:inset(50%)", "height:0;overflow:hidden",
        "max-width:1px;overflow:hidden", "transform:scale(0)",
    ],
)  # fmt: skip
def test_a_style_that_hides_hides_all_that_is_within(style: str) -> None:
    assert seen(f'<div style="{style}"><p>Not <b>seen</b>.</p></div>') == []
    assert seen(f"<p>Seen <span style='{style}'>not</span> here.</p>") == ["Seen here."]
    assert seen(f"<style>.a1 {{ {style} }}</style><p class='x a1'>Not seen.</p>") == []


@pytest.mark.parametrize(
    "style",
    [
        "display:block", "visibility:visible", "opacity:.8", "opacity:1.0", "font-size:0.9em", "font-size:10px",
        "color:#fff", "color:#fff;background:#000", "color:rgba(0,0,0,0.5)", "color:rgba(10,20,0)", "left:-20px",
        "text-indent:-1em", "height:0", "height:40px;overflow:hidden", "overflow:hidden", "transform:scale(0.5)",
        "clip:auto", "clip-path:inset(0)", "margin:0", "", ";;:", "display",
    ],
)  # fmt: skip
def test_a_style_that_leaves_text_in_sight_changes_nothing(style: str) -> None:
    assert seen(f'<p style="{style}">Seen.</p>') == ["Seen."]


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        (".a{display:none}", True),
        ("p{color:red}.b,.a,#c{display:none}", True),
        ("/* .a */ .a /* now */ { display:none }", True),
        ("#i{display:none}", True),
        ("@media print{.a{display:none}}", False),
        ("@media (max-width:1px){.a{display:none}} .b{}", False),
        (".b .a{display:none}", False),
        (".a:hover{display:none}", False),
        ("div.a{display:none}", False),
        ("/* .a{display:none} */", False),
        (".a{color:red}}.b{display:none", False),
    ],
)
def test_of_a_style_sheet_only_rules_for_one_class_or_id_count(sheet: str, hidden: bool) -> None:
    text = f"<style>{sheet}</style><p class='a' id='i'>Maybe.</p>"
    assert seen(text) == ([] if hidden else ["Maybe."])


def test_a_style_sheet_for_another_medium_hides_nothing() -> None:
    assert seen("<style media='print'>.a{display:none}</style><p class='a'>Seen.</p>") == ["Seen."]


@pytest.mark.parametrize("name", ["sr-only", "visually-hidden", "big screen-reader-text"])
def test_text_for_screen_readers_alone_is_not_read(name: str) -> None:
    assert seen(f"<p class='{name}'>Not seen.</p>") == []


@given(st.text(st.sampled_from("{}/*.#a:;,\\ \n@\"'"), max_size=80))
def test_no_style_sheet_is_too_broken_to_read(sheet: str) -> None:
    assert seen(f"<style>{sheet}</style><p>Seen.</p>") == ["Seen."]


@pytest.mark.parametrize(
    "sheet", ["a" * 300_000, "/*" * 150_000, "{" * 300_000, "}" * 300_000, ".a{display:none}" * 20_000]
)
def test_a_flood_in_a_style_sheet_is_read_in_one_pass(sheet: str) -> None:
    assert seen(f"<style>{sheet}</style><p>Seen.</p>") == ["Seen."]
