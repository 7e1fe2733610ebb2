"""A PDF becomes one text: sentences whole over lines, columns and pages, and nothing citable that nobody sees."""

from __future__ import annotations

import io
import json
import random
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from briefing.documents import read_document
from briefing.documents.pdf import PDFLimits, read
from briefing.documents.pdf.extraction import extract
from briefing.documents.pdf.lines import Line
from briefing.documents.pdf.paragraphs import paragraphs_of
from briefing.errors import SourceBroken, SourceEncrypted, SourceError, SourceWithoutText
from briefing.pipeline import Job, make
from briefing.render import manifest, markdown
from briefing.sentences import split
from briefing.sources import ReadLimits, media_type, sha256
from briefing.spans import Located, NotLocated, find
from briefing.types import CITABLE, Box, Document, Role, Source
from briefing.verify import verify
from tests.make_pdf import ONE, TWO, Column, article, bare, set_lines

STORY = (
    "The harbour council closed the long-term shelter on Monday after inspectors found water in its foundations, said "
    "Ana Bell, who runs it. Some 3,000 people had to leave within the hour.",
    "Engineers will pump out the basement until Thursday. “Nobody is in danger tonight,” Bell told reporters.",
    "The investigation of the foundations will take three weeks, and the administration expects it to cost 4.5 million "
    "crowns. A decision about reconstruction is expected in September.",
)


def source(data: bytes, location: str = "a.pdf") -> Source:
    return Source(id="S1", location=location, data=data, sha256=sha256(data), media_type=media_type(data, location))


def document(data: bytes) -> Document:
    return read_document(source(data))


def drawn(draw: object) -> bytes:
    """One page on which `draw(canvas)` draws."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    draw(canvas)  # type: ignore[operator]
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def found_in(quotation: str, text: str) -> Sequence[Located]:
    """All places of a quotation, of which there must be one."""
    places = find(quotation, text)
    assert not isinstance(places, NotLocated)
    return places


def told(read_: Document) -> list[str]:
    return [" ".join(sentence.text.split()) for sentence in split([read_])]


# Text
# ----


def long_story(paragraphs: int) -> list[str]:
    rng = random.Random(5)  # noqa: S311
    words = "harbour council engineers inspected maintenance investigation pumps reported regional repairs".split()
    return [
        " ".join(
            f"Sentence {paragraph}/{number} tells that {' '.join(rng.choices(words, k=rng.randint(5, 18)))} went on."
            for number in range(rng.randint(2, 5))
        )
        for paragraph in range(paragraphs)
    ]


@pytest.mark.parametrize("columns", [ONE, TWO])
def test_sentences_are_whole_over_lines_columns_and_pages(columns: tuple[Column, ...]) -> None:
    paragraphs = long_story(60)
    wanted = [f"{part.strip()} went on." for text in paragraphs for part in text.split(" went on.") if part]
    data = article(paragraphs, columns=columns, head="The Harbour Gazette, 3 March 2031", numbered=True)
    found = told(document(data))
    whole = [sentence for sentence in wanted if sentence in found]
    assert len(whole) >= 0.99 * len(wanted)


def test_running_heads_and_page_numbers_are_furniture_behind_the_article() -> None:
    read_ = document(article(long_story(60), head="The Harbour Gazette", numbered=True))
    furniture = [read_.text[b.start : b.end] for b in read_.blocks if b.role is Role.FURNITURE]
    assert len(furniture) == 2 * max(box.page for block in read_.blocks for box in block.boxes)
    assert {"The Harbour Gazette", "1", "2"} <= set(furniture)
    last_body = max(b.end for b in read_.blocks if b.role is Role.BODY)
    assert all(b.start > last_body for b in read_.blocks if b.role is Role.FURNITURE)


def test_every_character_lies_in_one_block_with_a_box_on_its_page() -> None:
    read_ = document(article(STORY * 12, title="Shelter closed", columns=TWO, head="Gazette", numbered=True))
    covered = [at for block in read_.blocks for at in range(block.start, block.end)]
    assert len(covered) == len(set(covered))
    assert {at for at, ch in enumerate(read_.text) if not ch.isspace()} <= set(covered)
    for block in read_.blocks:
        assert block.boxes
        for box in block.boxes:
            assert 0 <= box.left < box.right <= 595
            assert 0 <= box.bottom < box.top <= 842


def test_a_paragraph_over_two_columns_has_a_box_in_each() -> None:
    read_ = document(article(long_story(20), columns=TWO))
    both = [block for block in read_.blocks if len(block.boxes) > 1]
    assert both
    first, second = both[0].boxes
    assert first.right < second.left or second.page > first.page


def test_words_that_a_line_parts_are_joined_and_the_hyphen_is_kept_in_a_list() -> None:
    read_ = document(article(STORY, columns=(Column(width=150.0),)))
    assert read_.left_out
    assert "foundations" in read_.text
    assert "investigation" in read_.text
    assert all(characters == "\ufffe" for _, characters in read_.left_out)


def test_what_was_left_out_put_back_gives_what_the_extractor_read() -> None:
    data = article(STORY, columns=(Column(width=150.0),))
    read_ = document(data)
    text = read_.text
    for at, characters in reversed(read_.left_out):
        text = text[:at] + characters + text[at:]
    [page] = extract(data, "a.pdf", PDFLimits()).pages
    assert text == page.text.rstrip("\r\n")


def test_a_compound_keeps_its_hyphen_at_a_line_end() -> None:
    def draw(canvas: Canvas) -> None:
        for at, line in enumerate(("It is a long-", "term problem of the foun-", "dations, said Ana Bell.")):
            canvas.drawString(72, 700 - 14 * at, line)

    assert "long-term problem of the foundations" in " ".join(document(drawn(draw)).text.split())


def test_a_quotation_over_a_hyphened_line_is_found() -> None:
    read_ = document(article(STORY, columns=(Column(width=150.0),)))
    found, *_ = found_in("The investigation of the foundations will take three weeks", read_.text)
    assert (
        read_.text[found.start : found.end].split()
        == "The investigation of the foundations will take three weeks".split()
    )


def test_the_large_line_on_top_is_the_title_and_its_place_is_said() -> None:
    read_ = document(article(STORY, title="Shelter closed after inspection"))
    assert read_.title == "Shelter closed after inspection"
    assert dict(read_.found_in)["title"].startswith("text ")


def test_when_a_file_was_made_is_not_when_it_was_published() -> None:
    assert document(article(STORY)).published is None


def test_reading_twice_gives_the_same() -> None:
    data = article(STORY * 4, columns=TWO, head="Gazette")
    assert document(data) == document(data)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.text("abcdefghij klm,.-“”3 é", min_size=1, max_size=200), min_size=1, max_size=6))
def test_whatever_is_set_every_span_reads_as_it_stands(paragraphs: list[str]) -> None:
    try:
        read_ = document(article(paragraphs, columns=TWO))
    except SourceWithoutText:
        return
    for sentence in split([read_]):
        assert read_.text[sentence.start : sentence.end] == sentence.text
    assert "\ufffe" not in read_.text


# Pages of other kinds
# --------------------

LEFT = ("The harbour council closed the shelter on", "Monday after inspectors found water in it.")
RIGHT = ("Engineers will pump out the basement until", "Thursday, and nobody is in danger tonight.")
#: What turns upright lines so that a page shown turned shows them upright.
TURNED = {0: "", 90: "0 1 -1 0 595 0 cm ", 180: "-1 0 0 -1 595 842 cm ", 270: "0 -1 1 0 0 842 cm "}


@pytest.mark.parametrize("degrees", TURNED)
def test_a_page_that_is_shown_turned_is_read_as_it_is_seen(degrees: int) -> None:
    height = 842.0 if degrees in (0, 180) else 595.0
    lines = set_lines(LEFT, top=height - 80) + set_lines(RIGHT, top=height - 120)
    lines += set_lines(RIGHT, left=330, top=height - 80)
    read_ = document(bare(TURNED[degrees] + lines, page=f"/Rotate {degrees}"))
    assert [read_.text[b.start : b.end].splitlines() for b in read_.blocks] == [[*LEFT], [*RIGHT], [*RIGHT]]
    (first,), (second,), (third,) = (block.boxes for block in read_.blocks)
    assert first.left == pytest.approx(60, abs=1)
    assert first.top == pytest.approx(height - 72, abs=3)
    assert second.top < first.bottom
    assert third.left == pytest.approx(330, abs=1)


def test_ligatures_and_other_scripts_are_read_as_letters() -> None:
    def draw(canvas: Canvas) -> None:
        registerFont(TTFont("Vera", "Vera.ttf"))
        canvas.setFont("Vera", 12)
        canvas.drawString(
            72, 700, "The floor was wet; the \ufb01re brigade pumped and \ufb02oated boats in the caf\u00e9."
        )

    read_ = document(drawn(draw))
    assert read_.text == "The floor was wet; the fire brigade pumped and floated boats in the caf\u00e9."


def test_scripts_and_attachments_of_a_file_are_passed_over() -> None:
    acts = "/OpenAction << /S /JavaScript /JS (while\\(1\\){}) >> /Names << /EmbeddedFiles << /Names [(a) 9 0 R] >> >>"
    read_ = document(bare(set_lines(LEFT, top=700), catalog=acts))
    assert told(read_) == [" ".join(LEFT)]


# What nobody sees
# ----------------

LIE = "The mayor has confessed to everything."


def hidden_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 500, LIE)


def hidden_mode(canvas: Canvas) -> None:
    text = canvas.beginText(72, 500)
    text.setTextRenderMode(3)
    text.textLine(LIE)
    canvas.drawText(text)


def hidden_small(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.1)
    canvas.drawString(72, 500, LIE)


def hidden_scaled(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(72, 500)
    canvas.scale(0.01, 0.01)
    canvas.drawString(0, 0, LIE)
    canvas.restoreState()


def hidden_off_page(canvas: Canvas) -> None:
    canvas.drawString(-900, 500, LIE)


def hidden_transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(72, 500, LIE)


@pytest.mark.parametrize(
    "hide", [hidden_white, hidden_mode, hidden_small, hidden_scaled, hidden_off_page, hidden_transparent]
)
def test_text_that_nobody_sees_is_read_and_never_citable(hide: object) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "The shelter was closed on Monday after an inspection, said Ana Bell.")
        hide(canvas)  # type: ignore[operator]

    read_ = document(drawn(draw))
    at = read_.text.index("The mayor")
    assert all(b.role not in CITABLE for b in read_.blocks if b.start <= at < b.end)
    assert any("nobody sees" in warning for warning in read_.warnings)
    assert told(read_) == ["The shelter was closed on Monday after an inspection, said Ana Bell."]


def test_a_scan_with_recognised_text_is_read_and_said_to_be_one() -> None:
    def draw(canvas: Canvas) -> None:
        from reportlab.lib.utils import ImageReader

        png = _grey_picture()
        canvas.drawImage(ImageReader(io.BytesIO(png)), 0, 0, 595, 842)
        text = canvas.beginText(72, 700)
        text.setTextRenderMode(3)
        text.textLine("The shelter was closed on Monday after an inspection.")
        canvas.drawText(text)

    read_ = document(drawn(draw))
    assert told(read_) == ["The shelter was closed on Monday after an inspection."]
    assert any("recognised" in warning for warning in read_.warnings)


def test_unseen_text_beside_a_small_picture_is_no_scan() -> None:
    def draw(canvas: Canvas) -> None:
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(io.BytesIO(_grey_picture())), 0, 0, 200, 200)
        hidden_mode(canvas)

    read_ = document(drawn(draw))
    assert told(read_) == []
    assert any("nobody sees" in warning for warning in read_.warnings)


def _grey_picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    header = (8).to_bytes(4, "big") * 2 + bytes((8, 0, 0, 0, 0))
    rows = zlib.compress(b"".join(b"\x00" + b"\x80" * 8 for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


# Bad files
# ---------


def picture_only(canvas: Canvas) -> None:
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(io.BytesIO(_grey_picture())), 0, 0, 595, 842)


def test_a_scan_without_text_is_named() -> None:
    with pytest.raises(SourceWithoutText, match="a scan"):
        document(drawn(picture_only))


def test_an_empty_page_is_named() -> None:
    with pytest.raises(SourceWithoutText, match="1 page without text"):
        document(drawn(lambda _: None))


def _encrypted(user: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(user, ownerPassword="owner", canPrint=0))
    canvas.drawString(72, 700, "The shelter was closed on Monday after an inspection.")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_file_that_wants_a_password_is_named_and_one_that_only_forbids_printing_is_read() -> None:
    with pytest.raises(SourceEncrypted, match="password"):
        document(_encrypted("secret"))
    assert told(document(_encrypted(""))) == ["The shelter was closed on Monday after an inspection."]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"\x00" * 5_000,
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
        b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
    ],
)
def test_what_only_begins_like_a_pdf_is_named(data: bytes) -> None:
    with pytest.raises((SourceBroken, SourceWithoutText)):
        document(data)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_a_file_cut_off_is_read_or_named(share: float) -> None:
    data = article(STORY * 6, title="Shelter closed")
    try:
        read_ = document(data[: int(share * len(data))])
    except (SourceBroken, SourceWithoutText):
        return
    assert read_.text


def test_pages_beyond_the_limit_are_left_out_and_that_is_said() -> None:
    read_ = read(source(article(long_story(60))), PDFLimits(pages=2))
    assert any(warning.startswith("Only the first 2 of ") for warning in read_.warnings)


def test_a_file_that_takes_too_long_or_too_much_memory_is_named_and_costs_no_more() -> None:
    data = article(STORY * 40)
    with pytest.raises(SourceBroken, match="not read after"):
        read(source(data), PDFLimits(seconds=0.01))
    with pytest.raises(SourceBroken, match="gave up"):
        read(source(data), PDFLimits(megabytes=8))


def test_two_thousand_pages_are_read_and_one_more_is_said_to_be_missing() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number in range(2_001):
        canvas.drawString(72, 700, f"Sentence {number} tells that the shelter was closed on Monday.")
        canvas.showPage()
    canvas.save()
    read_ = document(buffer.getvalue())
    assert read_.blocks[-1].boxes[0].page == 2_000
    assert read_.warnings == ("Only the first 2,000 of 2,001 pages were read.",)


def test_one_paragraph_of_very_many_lines_takes_time_in_proportion() -> None:
    def lines(count: int) -> list[Line]:
        box = Box(page=1, left=0.0, bottom=0.0, right=100.0, top=0.0)
        return [
            Line(
                page=1, start=20 * at, end=20 * at + 10, text="It is so.", size=10.0, hidden=False, hyphened=False,
                box=replace(box, bottom=-12.0 * at, top=10 - 12.0 * at),
            )
            for at in range(count)
        ]  # fmt: skip

    assert len(paragraphs_of(lines(2_000))) == 1
    started = time.perf_counter()
    # A hundred thousand lines took minutes when each looked at all before it.
    assert len(paragraphs_of(lines(100_000))) == 1
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    "content",
    ["q " * 100_000 + set_lines(LEFT, top=700), set_lines(LEFT, top=700) + "[" * 200_000, "/X Do " * 100_000],
)
def test_things_within_things_cost_little(content: str) -> None:
    try:
        read_ = document(bare(content))
    except SourceWithoutText:
        return
    assert told(read_) == [" ".join(LEFT)]


def test_a_page_of_any_size_is_read() -> None:
    assert told(document(bare(set_lines(LEFT, top=700), box="0 0 1000000000 1000000000"))) == [" ".join(LEFT)]


def test_a_wrong_place_of_the_cross_references_is_got_over() -> None:
    whole = article(STORY)
    data = whole[: whole.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF"
    assert document(data).text == document(whole).text


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_file_with_any_bytes_changed_is_read_or_named(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    data = bytearray(article(STORY, title="Shelter closed"))
    for _ in range(rng.randint(1, 40)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        read_ = document(bytes(data))
    except SourceError:
        return
    assert read_.text_sha256


def test_the_kind_is_found_from_the_content() -> None:
    data = article(STORY)
    assert media_type(data, "article.txt") == "application/pdf"
    assert media_type(b"\xef\xbb\xbf\n" + data, "article") == "application/pdf"
    assert media_type(b"The format begins with %PDF at its head.", "a.txt") == "text/plain"


def test_the_extractor_and_its_version_are_named() -> None:
    assert document(article(STORY)).extractor.startswith("pdf/1 pypdfium2/")


def test_a_briefing_of_a_pdf_reads_well_and_can_be_verified(tmp_path: Path) -> None:
    (tmp_path / "story.pdf").write_bytes(article(STORY, title="Shelter closed after inspection", columns=TWO))
    as_of = datetime(2031, 3, 6, tzinfo=UTC)
    made = make(Job(locations=(str(tmp_path),), as_of=as_of, entailment=False))
    assert "Some 3,000 people had to leave within the hour." in markdown(made)
    (tmp_path / "briefing.json").write_text(manifest(made), encoding="utf-8")
    values = json.loads(manifest(made))
    assert values["sources"][0]["blocks"][0]["boxes"][0]["page"] == 1
    assert verify(tmp_path / "briefing.json", locations={}, limits=ReadLimits()).holds
