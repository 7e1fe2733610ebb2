"""Quotations are planted in texts at known offsets; what is found must be exactly there."""

from __future__ import annotations

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from briefing.errors import ConfigError
from briefing.spans import Located, NotLocated, Reason, Tolerance, evidence, find, fold
from briefing.types import Match

# What folding treats specially, crowded together, so that random texts meet the awkward neighbours.
AWKWARD = (
    "aB ßİıiIﬁﬃŉ \t\r\n\u00a0\u3000\u00ad\u200b\u200d\ufeff\ufe0f"
    "-–—−'’‘`\"“”„«»…½²①\u0301\u0307\u0308\u0323\u0345"
    "éÅΣςﷺ漢字かガｶﾞ한한ไทย👨👩🏽𝔘𐐀0123.,"
)
DEFAULT = Tolerance()
texts = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters(codec="utf-8")), max_size=60)
words = st.lists(st.text(st.sampled_from("abcdefghij éßİ漢👩"), min_size=1, max_size=9), min_size=6, max_size=14).map(
    " ".join
)


def located(quotation: str, text: str, tolerance: Tolerance = DEFAULT) -> tuple[Located, ...]:
    """The places found, for tests in which there must be some."""
    found = find(quotation, text, tolerance=tolerance)
    assert found, found
    return found


def pieces(quotation: str, text: str) -> list[str]:
    """The characters at the places found."""
    return [text[place.start : place.end] for place in located(quotation, text)]


# The fold and its map
# --------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“No”, she said — ‘never’ …", "\"no\", she said - 'never' ..."),
        ("two\r\n\r\n\tlines\u00a0\u2009here", "two lines here"),
        ("evacu\u00adate the\u200b dis\u2060trict", "evacuate the district"),
        ("ﬁnal oﬃce", "final office"),
        ("STRASSE Straße", "strasse strasse"),
        ("İzmir IZMIR i\u0307zmir", "izmir izmir izmir"),
        ("cafe\u0301 CAFÉ", "café café"),
        ("１２ ｋｍ", "12 km"),
        ("ｶﾞ 각", "ガ 각"),
        ("1939−1945, 1939--1945", "1939-1945, 1939-1945"),
    ],
)
def test_variants_of_print_fold_together(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10²", "102"),
        ("3½", "31/2"),
        ("CO₂", "CO2"),
        ("①", "1"),
        ("résumé", "resume"),
        ("ı", "i"),
        ("6'", '6"'),
    ],
)
def test_what_says_something_else_stays_apart(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_every_character_folds_to_something_that_folding_leaves_alone() -> None:
    for code in range(sys.maxunicode + 1):
        ch = chr(code)
        if unicodedata.category(ch) in {"Cn", "Co", "Cs"} or 0x4E00 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3:
            continue
        once = fold(ch).text
        assert fold(once).text == once, hex(code)


@given(texts)
@example("İ\u0307x")
@example("a \u200b\u00ad b")
@example("\u0301e\u00ad\u0301")
def test_the_map_is_monotone_and_covers_whole_characters(text: str) -> None:
    folded = fold(text)
    ranges = [folded.original(i, i + 1) for i in range(len(folded.text))]
    for (start, end), (next_start, next_end) in pairwise(ranges):
        assert (start, end) == (next_start, next_end) or end <= next_start
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    covered = {at for start, end in ranges for at in range(start, end)}
    assert all(fold(text[at]).text == "" for at in set(range(len(text))) - covered)


@given(texts, st.data())
@example("e\u00ad\u0301 -\u00ad- x", None)
def test_a_range_of_whole_characters_folds_to_that_range_of_the_fold(text: str, data: st.DataObject | None) -> None:
    folded = fold(text)
    for start in range(len(folded.text)) if data is None else [data.draw(st.integers(0, len(folded.text)))]:
        end = len(folded.text) if data is None else data.draw(st.integers(start, len(folded.text)))
        if start < end and folded.is_whole(start, end):
            first, last = folded.original(start, end)
            assert fold(text[first:last]).text == folded.text[start:end]


@given(texts)
def test_composed_and_decomposed_texts_fold_alike(text: str) -> None:
    assume(not set(text) & set("\u00ad\u200b\u200d\ufeff\ufe0f"))  # these keep accents from composing
    composed = unicodedata.normalize("NFC", text)
    assert fold(composed).text == fold(unicodedata.normalize("NFD", composed)).text


@given(texts)
def test_a_fold_without_its_spots_is_the_text_itself(text: str) -> None:
    plain = "".join(ch for ch in text if ch.isascii() and ch.isalnum()).lower()
    assert fold(plain).text == plain
    assert [fold(plain).original(i, i + 1) for i in range(len(plain))] == [(i, i + 1) for i in range(len(plain))]


def test_expansions_map_back_to_the_one_character_they_came_from() -> None:
    folded = fold("aßc")
    assert folded.original(1, 3) == (1, 2)
    assert folded.original(2, 3) == (1, 2)
    assert folded.is_whole(1, 3)
    assert not folded.is_whole(2, 3)


def test_a_range_outside_the_fold_is_refused() -> None:
    with pytest.raises(IndexError, match="folded characters"):
        fold("short").original(3, 9)


@pytest.mark.parametrize(
    "unit", ["plain words and nothing else, ", "“ﬁn”—é e\u0301 \u00ad\r\n\r\n ß ", "漢字かな交じり文。"]
)
def test_a_million_characters_fold_and_map_back(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    folded = fold(text)
    assert folded.original(len(folded.text) - 1, len(folded.text))[1] == len(text.rstrip("\u00ad"))


# Finding
# -------


@given(texts, texts, texts)
def test_what_stands_there_as_it_is_is_found_exactly(before: str, quotation: str, after: str) -> None:
    assume(fold(quotation.strip()).text.strip())
    text = before + quotation + after
    found = located(quotation, text, Tolerance(whole_words=False))
    assert found[0].match is Match.EXACT
    assert {text[place.start : place.end] for place in found if place.match is Match.EXACT} == {quotation.strip()}
    wanted = len(before) + len(quotation) - len(quotation.lstrip())
    assert wanted in {place.start for place in found}


@given(texts, texts)
def test_a_folded_match_folds_to_the_folded_quotation(text: str, quotation: str) -> None:
    assume(fold(quotation).text.strip())
    found = find(quotation, text + "\n" + quotation.upper() + " " + text, tolerance=Tolerance(whole_words=False))
    everything = text + "\n" + quotation.upper() + " " + text
    for place in found or ():
        if place.match is Match.FOLDED:
            piece = everything[place.start : place.end]
            assert fold(piece).text == fold(quotation.strip()).text.strip()


@given(words, words, words)
def test_a_planted_span_comes_back_with_its_exact_offsets(before: str, quotation: str, after: str) -> None:
    printed = quotation.replace(" ", "\r\n\u00a0").replace("e", "\u00ade")
    text = f"{before} | «{printed}» | {after}"
    at = len(before) + 4
    places = {(place.start, place.end) for place in located(quotation, text)}
    start = at + len(printed) - len(printed.lstrip("\r\n\u00a0\u00ad"))
    assert any(start <= a and b <= at + len(printed) for a, b in places)
    assert fold(quotation).text.strip() in {fold(text[a:b]).text for a, b in places}


@pytest.mark.parametrize(
    ("quotation", "text", "piece"),
    [
        (
            '"We will not go," he said',
            "Then: “We will not\ngo,” he said again.",
            "“We will not\ngo,” he said",
        ),
        ("istanbul talks", "The İstanbul talks failed.", "İstanbul talks"),
        ("office in Strasse 5", "An oﬃce in Straße 5 burnt.", "oﬃce in Straße 5"),
        ("cafe\u0301 de Lys", "at the café de Lys, they", "café de Lys"),
        ("the family 👨‍👩‍👧 left", "So the family 👨👩👧 left.", "the family 👨👩👧 left"),
        ("会談は中止", "首脳会談は中止となった", "会談は中止"),
        ("re-elected in 2019-20", "was re‑elected in 2019–20 by", "re‑elected in 2019–20"),
        ("evacuated", "They were evacu\u00adated.", "evacu\u00adated"),
        ("𝔘𝔫𝔦", "the uni there", "uni"),
    ],
)
def test_differences_of_print_do_not_hide_a_quotation(quotation: str, text: str, piece: str) -> None:
    assert pieces(quotation, text) == [piece]
    assert located(quotation, text)[0].score == 100.0


def test_all_occurrences_are_kept_and_the_exact_ones_come_first() -> None:
    text = 'It “rained” all day. It "rained" all day. It  rained  all day. It “rained”  all day.'
    found = located('"rained" all day', text)
    assert [(place.match, text[place.start : place.end]) for place in found] == [
        (Match.EXACT, '"rained" all day'),
        (Match.FOLDED, "“rained” all day"),
        (Match.FOLDED, "“rained”  all day"),
    ]


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("50", "He paid 1500 crowns."),
        ("3", "About 3,000 people stayed."),
        ("000", "About 3,000 people stayed."),
        ("3", "Rates rose to 3.5 per cent."),
        ("5", "Rates rose to 3.5 per cent."),
        ("art", "The party began."),
        ("cafe", "The cafe\u0301 closed."),
        ("evacu", "They were evacu\u00adated."),
    ],
)
def test_a_piece_of_a_word_or_number_is_not_found(quotation: str, text: str) -> None:
    found = find(quotation, text)
    assert isinstance(found, NotLocated)
    assert found.reason is Reason.TOO_SHORT
    assert not found


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("3", "Of 3, two left."),
        ("3", "There were 3."),
        ("3,000", "Some 3,000."),
        ("$5", "paid $5.00 or $5 each"),
    ],
)
def test_a_whole_number_is_found_beside_punctuation(quotation: str, text: str) -> None:
    assert pieces(quotation, text) == [quotation]


def test_a_character_is_never_cut_in_two() -> None:
    found = find("s", "Maß", tolerance=Tolerance(whole_words=False))
    assert isinstance(found, NotLocated)


SENTENCE = "The harbour commission of Port Velm approved the new breakwater on Tuesday after a long debate."
FILLER = "Nothing of the sort was said in Quarl, where the bakers had gone on strike over flour prices. "


@pytest.mark.parametrize(
    "quotation",
    [
        "The harbor comission of Port Velm aproved the new breakwater on Tusday after a long debate.",
        "The harbour commission of Port Velm approved the new on Tuesday after a long debate.",
        "The harbour commission of Port Velm has approved the new breakwater on Tuesday after a long debate.",
        "he harbour commission of Port Velm approved the new breakwater on Tuesday after a long debat",
        "Then harbour commission of Port Velm approved the new breakwater on Tuesday after a long debatee",
    ],
)
def test_a_slightly_altered_quotation_is_found_with_the_ends_of_its_words(quotation: str) -> None:
    text = FILLER * 3 + SENTENCE + "\n\n" + FILLER * 3
    [place] = located(quotation, text)
    assert place.match is Match.FUZZY
    assert text[place.start : place.end].rstrip(".") == SENTENCE.rstrip(".")
    assert 85 <= place.score < 100


def test_a_passage_printed_twice_is_found_twice_when_altered() -> None:
    text = SENTENCE + " " + FILLER + SENTENCE
    found = located(SENTENCE.replace("commission", "comission"), text)
    assert [place.start for place in found] == [0, len(text) - len(SENTENCE)]


def test_a_changed_number_is_located_all_the_same_so_it_must_be_compared() -> None:
    text = FILLER + "The town sheltered about 150,000 people during the flood."
    [place] = located("The town sheltered about 15,000 people during the flood.", text)
    assert place.match is Match.FUZZY
    assert place.score > 95


def test_what_is_not_there_says_what_came_nearest() -> None:
    text = FILLER * 5 + SENTENCE
    found = find("The harbour commission of Old Tamm closed the breakwater on Friday after a storm.", text)
    assert isinstance(found, NotLocated)
    assert found.reason is Reason.BELOW_CUTOFF
    assert found.nearest is not None
    assert found.nearest.score < 85
    unlike = find("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich", text)
    assert isinstance(unlike, NotLocated)
    assert unlike.reason is Reason.NOTHING_ALIKE


def test_a_cutoff_above_100_accepts_nothing_fuzzy() -> None:
    altered = SENTENCE.replace("commission", "comission")
    assert find(altered, SENTENCE)
    assert not find(altered, SENTENCE, tolerance=Tolerance(cutoff=101))


def test_texts_of_more_than_255_different_characters_are_aligned() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 2_000)))
    few = text[700:760]
    [place] = located(few[:30] + "木" + few[30:], text)
    assert (place.start, place.end) == (700, 760)
    many = text[100:500]
    [place] = located(many[:200] + "々" + many[200:], text)
    assert place.start in range(98, 103)
    assert place.end in range(496, 504)


def test_a_quotation_longer_than_the_text_is_not_found_in_it() -> None:
    assert not find(SENTENCE * 3, SENTENCE)
    assert not find(SENTENCE, "")


@pytest.mark.parametrize("quotation", ["", " \n\t", "\u200b\u00ad", "\u00a0"])
def test_a_quotation_without_visible_characters_is_an_error_with_a_hint(quotation: str) -> None:
    with pytest.raises(ConfigError) as caught:
        find(quotation, SENTENCE)
    assert caught.value.hint


def test_a_folded_text_serves_many_quotations() -> None:
    assert find("port velm", fold(SENTENCE)) == find("port velm", SENTENCE)


def test_evidence_quotes_the_text_it_points_into() -> None:
    text = FILLER + SENTENCE.replace(" ", "\n")
    [place] = located("the HARBOUR commission", text)
    found = evidence("S3", text, place)
    assert (found.source, found.match) == ("S3", Match.FOLDED)
    assert found.text == text[found.start : found.end] == "The\nharbour\ncommission"


@pytest.mark.parametrize("text", ["a" * 200_000, "ab " * 70_000, "\u00ad" * 200_000 + "x", "e" + "\u0301" * 200_000])
def test_monotonous_texts_do_not_stall(text: str) -> None:
    # Without a bound on its work this would not come back.
    assert isinstance(find("aba abba abab aba", text), tuple | NotLocated)
