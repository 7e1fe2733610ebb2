"""What a checked text is split into, and which sources its citations mean."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefing.errors import TextNotRead
from briefing.texts import Kind, Piece, Shelf, Stated, read_pieces, read_statements
from briefing.types import Document


def document(number: int, location: str, publisher: str | None = None, **more: object) -> Document:
    made: dict[str, object] = {
        "id": f"S{number}",
        "location": location,
        "publisher": publisher,
        "sha256": "",
        "text": "",
        "text_sha256": "",
        "media_type": "text/plain",
        "encoding": "utf-8",
        "extractor": "decode/1",
    }
    return Document(**(made | more))  # type: ignore[arg-type]


SHELF = Shelf(
    (
        document(1, "a/one.txt", "The Harbour Post", title="Ferry sinks off Lodd in heavy fog"),
        document(2, "b/radio.html", "Radio Tessaly", address="https://www.tessaly.example/news/17/"),
        document(3, "c/03-alpine-wire.txt"),
        document(4, "d/four.txt", "The Harbour Post", published=datetime(2031, 5, 9, tzinfo=UTC)),
    )
)


def read(text: str) -> tuple[Stated, ...]:
    return read_statements([Piece(text=text)], SHELF)


def cited(text: str) -> list[tuple[str, list[tuple[str, ...]]]]:
    return [(s.claim.text, [c.sources for c in s.citations]) for s in read(text) if not s.not_checkable]


@pytest.mark.parametrize(
    ("mark", "sources"),
    [
        ("[2]", [("S2",)]),
        ("[2, 3]", [("S2",), ("S3",)]),
        ("[1-3]", [("S1",), ("S2",), ("S3",)]),
        ("[2][3]", [("S2",), ("S3",)]),
        ("【2†source】", [("S2",)]),
        ("[S3]", [("S3",)]),
        ("<sup>2</sup>", [("S2",)]),
        ("(Radio Tessaly)", [("S2",)]),
        ("(Source: Radio Tessaly; Alpine Wire)", [("S2",), ("S3",)]),
        ("(Harbour Post)", [("S1", "S4")]),
        ("(The Harbour Post, 9 May 2031)", [("S4",)]),
        ("([Radio](https://tessaly.example/news/17))", [("S2",)]),
        ("[source](b/radio.html)", [("S2",)]),
        ("(https://tessaly.example/news/17#top)", [("S2",)]),
        ("<https://tessaly.example/news/17>", [("S2",)]),
        ("([Post](one.txt), [Wire](03-alpine-wire.txt))", [("S1",), ("S3",)]),
        ("(“Ferry sinks off Lodd in heavy fog”)", [("S1",)]),
        ("[one.txt]", [("S1",)]),
        ("[b/radio.html, one.txt]", [("S1", "S2")]),
        ("[one.txt; b/radio.html]", [("S1",), ("S2",)]),
        ("[Radio Tessaly]", [("S2",)]),
        ("[other.txt]", [()]),
        ("(Reuters)", [()]),
        ("(AP)", [()]),
        ("(Axios)", [()]),
        ("(Meridian Courier)", [()]),
        ("[9]", [()]),
        ("(https://other.example/x)", [()]),
    ],
)
def test_citations_of_every_kind_find_their_sources_and_are_no_words_of_the_claim(
    mark: str, sources: list[tuple[str, ...]]
) -> None:
    assert cited(f"The ferry sank {mark}. It was old.") == [("The ferry sank.", sources), ("It was old.", [])]
    assert cited(f"The ferry sank. {mark} It was old.") == [("The ferry sank.", sources), ("It was old.", [])]


def test_a_raised_number_cites_and_a_unit_does_not() -> None:
    assert cited("It sank.² The slick covers 3 km².") == [("It sank.", [("S2",)]), ("The slick covers 3 km².", [])]


def test_an_outlet_behind_a_dash_at_the_end_of_a_line_is_cited() -> None:
    assert cited("> “It sank.” — *Radio Tessaly*\n") == [("“It sank.”", [("S2",)])]
    assert cited("It sank. — Radio Tessaly, The Harbour Post\n") == [("It sank.", [("S1", "S2", "S4")])]
    assert cited("The ferry sank – nobody was hurt") == [("The ferry sank – nobody was hurt", [])]


def test_a_bold_label_before_a_whole_sentence_is_printed_and_not_checked() -> None:
    text = "- **Rescue:** Some forty people were saved off Lodd.\n- **Cost:** 38 million crowns in all\n"
    assert [(s.claim.text, text[s.start : s.end][:9]) for s in read(text)] == [
        ("Some forty people were saved off Lodd.", "**Rescue:"),
        ("Cost: 38 million crowns in all", "**Cost:**"),
    ]


def test_an_office_in_a_table_is_read_as_one() -> None:
    assert cited("| Who | Role |\n|---|---|\n| Ana Bell | Water Minister |\n") == [("Ana Bell, Water Minister", [])]


def test_a_heading_that_is_a_title_with_a_day_claims_nothing() -> None:
    assert cited("# Morning briefing, 26 November 2031\n\nIt sank.\n") == [("It sank.", [])]
    assert cited("# Forty drown off Lodd\n") == [("Forty drown off Lodd", [])]


@pytest.mark.parametrize("mark", ["https://[", "(https://[::x)", "[a](https://[)", "[b](http://a:99999999/)"])
def test_an_address_that_is_none_is_reported(mark: str) -> None:
    assert [sources for _, sources in cited(f"It sank {mark} on Monday.")] == [[()]]


def test_a_word_is_not_taken_for_a_file_of_that_name() -> None:
    assert cited("Two ships sank (one of them old, one new) off Lodd (one).")[0][1] == []
    assert cited("It sank (Four).")[0][1] == [("S4",)]


def test_parentheses_that_name_no_outlet_stay_words() -> None:
    told = "The World Food Programme (WFP) and the captain (who has left the Harbour Post) agreed (in part)."
    assert cited(told) == [(told, [])]


@pytest.mark.parametrize(
    "told",
    [
        "It was the Associated Press (AP).",
        "The members of the United Nations agreed (UN).",
        "It sank in spring (2023).",
        "She won the seat (Smith).",
        "It sank on the first day (Monday).",
        "He [the captain] left with it [sic].",
        "[Update] It sank.",
        "The captain [see note] told [Radio Tessaly] that it sank.",
    ],
)
def test_ordinary_parentheses_and_an_editors_brackets_stay_words(told: str) -> None:
    assert cited(told) == [(told, [])]


def test_a_name_is_taken_for_an_outlet_where_the_text_cites_by_name_elsewhere() -> None:
    told = "It sank (Radio Tessaly). It was old (Meridian). It left France (Germany). The UN met (UN)."
    assert cited(told) == [
        ("It sank.", [("S2",)]),
        ("It was old.", [()]),
        ("It left France (Germany).", []),
        ("The UN met (UN).", []),
    ]


def covered(text: str) -> list[tuple[str, list[tuple[str, ...]], list[tuple[str, ...]]]]:
    told = (s for s in read(text) if not s.not_checkable)
    return [(s.claim.text, [c.sources for c in s.citations], [c.sources for c in s.covered_by]) for s in told]


def test_a_citation_covers_the_sentences_before_it_as_far_as_the_last_one_of_its_paragraph() -> None:
    assert covered("It sank. It was old (Radio Tessaly).\n\nIt rose.") == [
        ("It sank.", [], [("S2",)]),
        ("It was old.", [("S2",)], []),
        ("It rose.", [], []),
    ]
    assert covered("It sank [1]. It was old. It was blue [2]. It rose.") == [
        ("It sank.", [("S1",)], []),
        ("It was old.", [], [("S2",)]),
        ("It was blue.", [("S2",)], []),
        ("It rose.", [], []),
    ]


def test_a_source_that_a_sentence_tells_of_covers_that_sentence_alone() -> None:
    assert covered("It sank. The captain told [Radio Tessaly](b/radio.html) that it was old.")[0][2] == []


def test_the_first_line_of_a_source_names_it() -> None:
    shelf = Shelf((document(1, "x/notice-7.txt", text="City of Lodd\n\nThe quay is closed.\n"),))
    (stated,) = read_statements([Piece(text="The quay is closed (City of Lodd, 9 May).")], shelf)
    assert [(c.sources, c.by) for c in stated.citations] == [(("S1",), "first line")]


def test_pictures_before_lines_part_them_and_are_no_words() -> None:
    text = "🚢 The ferry sank [1].\n⏱️ It took an hour [2].\n- 1️⃣ It was *old* 👍🏽.\n"
    assert cited(text) == [("The ferry sank.", [("S1",)]), ("It took an hour.", [("S2",)]), ("It was old.", [])]


def test_a_label_that_is_no_name_and_nobody_s_is_no_part_of_the_sentence_behind_it() -> None:
    told = {
        "Rescue work: Some forty people were saved off Lodd.": "Some forty people were saved off Lodd.",
        "- **Rescue:** some forty people were saved off Lodd.": "some forty people were saved off Lodd.",
        "Brandt: The ferry was the safest ship of all.": "Brandt: The ferry was the safest ship of all.",
        "The captain: The ferry was the safest ship of all.": "The captain: The ferry was the safest ship of all.",
        "Cost: 38 million crowns.": "Cost: 38 million crowns.",
    }
    assert {text: cited(text)[0][0] for text in told} == told


def test_a_bare_item_is_read_with_the_line_that_it_completes() -> None:
    text = "The following towns were hit [2]:\n\n- Avelin\n- Tarn and Lodd\n- Marrow was hit twice [1]\n"
    assert covered(text) == [
        ("The following towns were hit: Avelin", [], [("S2",)]),
        ("The following towns were hit: Tarn and Lodd", [], [("S2",)]),
        ("Marrow was hit twice", [("S1",)], []),
    ]
    items = [s for s in read(text) if s.kind is Kind.ITEM]
    assert [text[s.start : s.end] for s in items] == ["Avelin", "Tarn and Lodd", "Marrow was hit twice [1]"]


def test_a_bare_item_that_completes_nothing_claims_nothing() -> None:
    found = read("Key points:\n\n- Avelin\n- 40 dead off Lodd\n")
    assert [(s.claim.text, s.not_checkable) for s in found] == [
        ("Key points:", "leads in to what follows"),
        ("Avelin", "an item that names a topic"),
        ("40 dead off Lodd", ""),
    ]


@pytest.mark.parametrize(
    "listed",
    [
        "Sources:\n[1] Radio Tessaly\n[2] The Harbour Post, 9 May 2031\n",
        "## References\n\n1. Radio Tessaly\n2. [Post](d/four.txt)\n",
        "**Sources**\n- Radio Tessaly\n- four.txt\n",
        "[1]: https://tessaly.example/news/17\n[2]: four.txt\n",
        "[1] Radio Tessaly\n[2] four.txt\n\nWould you like more?",
    ],
)
def test_a_list_of_sources_overrules_their_order(listed: str) -> None:
    found = read(f"It sank [1]. It was old [2].\n\n{listed}")
    assert [s.claim.text for s in found if not s.not_checkable] == ["It sank.", "It was old."]
    assert [c.sources for s in found for c in s.citations] == [("S2",), ("S4",)]


def test_a_number_that_the_list_does_not_define_is_not_taken_for_the_order() -> None:
    (stated,) = (s for s in read("It sank [3].\n\nSources:\n[1] Radio Tessaly\n") if not s.not_checkable)
    (citation,) = stated.citations
    assert (citation.sources, citation.by) == ((), "the text defines no reference 3")


def test_a_list_of_sources_without_a_title_is_one_also_where_not_all_of_it_is_cited() -> None:
    found = read("It sank [2].\n\n[1] The Evening Post\n[2] Radio Tessaly\n[3] A third one\n")
    assert [(s.claim.text, [c.sources for c in s.citations]) for s in found if not s.not_checkable] == [
        ("It sank.", [("S2",)])
    ]
    uncited = read("It sank.\n\n[1] It was old.\n[2] It was slow.\n")
    assert len([s for s in uncited if not s.not_checkable]) == 3


def test_footnotes_and_reference_links_are_followed() -> None:
    text = "It sank.[^n] [The Post][p] saw it.\n\n[^n]: Radio Tessaly, May 2031.\n[p]: one.txt\n"
    assert cited(text) == [("It sank.", [("S2",)]), ("The Post saw it.", [("S1",)])]


def test_what_claims_nothing_is_not_checkable() -> None:
    text = (
        "Sure, here you go!\n\nHere is a summary of the articles:\n\n## Background\n\n- It sank.\n\n"
        "```\ncode = 1\n```\n\nWho will pay?\n\nLet me know if you need more.\n\nSources:\n1. Radio Tessaly\n"
    )
    assert [(s.claim.text, s.kind) for s in read(text) if not s.not_checkable] == [("It sank.", Kind.ITEM)]


@pytest.mark.parametrize(
    ("heading", "checked"),
    [
        ("Background", False),
        ("What we know", False),
        ("**Tarvel Dam: what we know**", False),
        ("Minister resigns over ferry", True),
        ("Ferry: minister says why she resigned", True),
    ],
)
def test_a_heading_is_checked_when_it_states_something(heading: str, checked: bool) -> None:
    head, _ = read(f"## {heading}\n\nIt sank.\n")
    assert bool(head.not_checkable) is not checked


def test_a_hard_wrapped_paragraph_and_a_quotation_are_read_across_their_lines() -> None:
    text = "The ferry sank\noff Lodd. It was\nold.\n\n> Nobody\n> was hurt.\n"
    assert [words for words, _ in cited(text)] == ["The ferry sank off Lodd.", "It was old.", "Nobody was hurt."]


def test_cells_are_read_in_the_light_of_their_row_and_column() -> None:
    table = "| Ship | Lost | Saved | Source |\n|---|---:|---|---|\n| Anna | 3 | 40 | [2] |\n| Bela | – | all | 1 |\n"
    found = [s for s in read(table) if not s.not_checkable]
    assert [s.claim.text for s in found] == ["Anna, Lost: 3", "Anna, Saved: 40", "Bela: all"]
    assert [[c.sources for c in s.citations] for s in found] == [[("S2",)], [("S2",)], [("S1",)]]
    assert [table[s.start : s.end] for s in found] == ["3", "40", "all"]


def given(values: object) -> list[tuple[str, str, list[tuple[str, ...]]]]:
    pieces = read_pieces(json.dumps(values), "x.json")
    found = read_statements(pieces, SHELF)
    for stated in found:
        value: object = values
        for key in stated.path.split("/")[1:]:
            value = value[int(key)] if isinstance(value, list) else value[key]  # type: ignore[index]
        assert isinstance(value, str)
        assert value[stated.start : stated.end].split()[0] == stated.claim.text.split()[0]
    return [(s.claim.text, s.path, [c.sources for c in s.citations]) for s in found]


def test_claims_of_another_tool_keep_their_place_in_its_json() -> None:
    claims = [
        {"claim": "It sank.", "sources": [2, "one.txt"]},
        {"statement": "It was old.", "references": [{"url": "https://tessaly.example/news/17"}]},
        "Nobody was hurt.",
    ]
    assert given({"claims": claims}) == [
        ("It sank.", "/claims/0/claim", [("S2",), ("S1",)]),
        ("It was old.", "/claims/1/statement", [("S2",)]),
        ("Nobody was hurt.", "/claims/2", []),
    ]


def test_a_manifest_cites_by_the_places_of_its_own_sources() -> None:
    sources = [{"id": "S1", "location": "elsewhere/radio.html", "publisher": "Radio Tessaly", "title": None}]
    claim = {"text": "It sank.", "evidence": [{"source": "S1", "start": 0, "end": 8, "text": "It sank."}]}
    values = {"schema": "briefing/1", "sources": sources, "claims": [claim]}
    assert given(values) == [("It sank.", "/claims/0/text", [("S2",)])]


def test_an_answer_with_citations_numbers_them() -> None:
    values = {"answer": "It sank [1]. It was old [2].", "citations": ["https://tessaly.example/news/17", "one.txt"]}
    assert given(values) == [("It sank.", "/answer", [("S2",)]), ("It was old.", "/answer", [("S1",)])]


def test_annotations_of_a_chat_completion_cite_where_they_stand() -> None:
    content = "It sank. It was old."
    note = {"url": "https://tessaly.example/news/17", "title": "News", "start_index": 9, "end_index": 20}
    message = {"content": content, "annotations": [{"type": "url_citation", "url_citation": note}]}
    path = "/choices/0/message/content"
    assert given({"choices": [{"message": message}]}) == [("It sank.", path, []), ("It was old.", path, [("S2",)])]


def test_a_list_of_strings_is_a_list_of_claims() -> None:
    assert given(["It sank.", "It was old [2]."]) == [("It sank.", "/0", []), ("It was old.", "/1", [("S2",)])]


@pytest.mark.parametrize("values", [{"rows": [1, 2]}, {}, [], [1], {"claims": []}, {"choices": [{}]}])
def test_json_of_an_unknown_shape_is_refused_and_says_what_was_looked_for(values: object) -> None:
    with pytest.raises(TextNotRead, match=r"x\.json: .* looked for a briefing\.json, \{\"claims\""):
        read_pieces(json.dumps(values), "x.json")


def test_prose_in_brackets_is_no_json() -> None:
    assert read_pieces("[Update] It sank.", "x")[0].text == "[Update] It sank."
