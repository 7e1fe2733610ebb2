"""A DOCX file gives the text that its readers see: changes accepted, nothing hidden, margins kept apart."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.documents import read_document
from briefing.documents.docx import DOCXLimits, read
from briefing.errors import SourceBroken, SourceEmpty, SourceEncrypted, SourceError
from briefing.sentences import split
from briefing.sources import sha256
from briefing.types import CITABLE, Document, Role, Source
from tests.make_docx import docx, paragraph, part, run

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CLOSED = "The harbour council closed the old shelter on Monday after inspectors found water in it."
LEFT = "Some 3,000 people had to leave within the hour, said Ana Bell, who runs the shelter."
LIE = "The mayor has confessed to everything."


def source(data: bytes) -> Source:
    return Source(id="S1", location="a.docx", data=data, sha256=sha256(data), media_type=KIND)


def document(data: bytes) -> Document:
    return read_document(source(data))


def told(read_: Document) -> list[str]:
    return [sentence.text for sentence in split([read_])]


def roles_of(read_: Document, words: str) -> set[Role]:
    at = read_.text.index(words)
    return {block.role for block in read_.blocks if block.start < at + len(words) and block.end > at}


def test_an_article_is_read_paragraph_by_paragraph_with_its_title() -> None:
    read_ = document(docx(paragraph("Shelter closed", style="Titel"), paragraph(CLOSED), paragraph(LEFT)))
    assert read_.text == f"Shelter closed\n\n{CLOSED}\n\n{LEFT}"
    assert read_.title == "Shelter closed"
    assert [block.role for block in read_.blocks] == [Role.HEADLINE, Role.BODY, Role.BODY]
    assert told(read_) == [CLOSED, LEFT]
    assert read_.extractor.startswith("docx/1 lxml/")


def test_runs_tabs_breaks_and_hyphens_make_one_text() -> None:
    odd = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/></w:r>"
    assert document(docx(paragraph(odd), paragraph(CLOSED))).text.startswith("a\tb\nc\u2011d\n\n")


def test_changes_are_accepted_what_was_deleted_or_moved_away_is_gone() -> None:
    changed = paragraph(
        run("The shelter was closed on "),
        f"<w:del>{run('Sunday').replace('w:t', 'w:delText')}</w:del>",
        f"<w:ins>{run('Monday')}</w:ins>",
        f"<w:moveFrom>{run(' by mistake')}</w:moveFrom>",
        run(" after an inspection of its foundations."),
    )
    assert told(document(docx(changed))) == ["The shelter was closed on Monday after an inspection of its foundations."]


@pytest.mark.parametrize(
    "hiding",
    ["<w:vanish/>", '<w:vanish w:val="true"/>', "<w:webHidden/>", '<w:color w:val="ffffff"/>', '<w:sz w:val="1"/>'],
)
def test_hidden_text_is_not_read_and_its_length_is_said(hiding: str) -> None:
    read_ = document(docx(paragraph(run(CLOSED), run(LIE, hiding)), paragraph(run(LIE, hiding))))
    assert LIE not in read_.text
    assert read_.warnings == (f"{2 * len(LIE)} characters of hidden text were not read.",)


HIDING_STYLES = part(
    "styles",
    '<w:style w:styleId="away"><w:name w:val="Away"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="heir"><w:name w:val="Heir"/><w:basedOn w:val="away"/></w:style>'
    '<w:style w:styleId="pale"><w:name w:val="Pale"/><w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style>'
    '<w:style w:styleId="loop"><w:name w:val="Loop"/><w:basedOn w:val="loop"/></w:style>',
)


@pytest.mark.parametrize(
    "hidden",
    [
        paragraph(LIE, style="away"),
        paragraph(LIE, style="heir"),
        paragraph(run(LIE, '<w:rStyle w:val="heir"/>')),
        paragraph(run(LIE, '<w:rStyle w:val="heir"/><w:color w:val="000000"/>')),
        paragraph(run(LIE, '<w:vanish w:val="0"/>'), style="pale"),
        paragraph(run(LIE, '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF"/>')),
    ],
)
def test_what_a_style_hides_is_not_read_whatever_else_its_run_says(hidden: str) -> None:
    read_ = document(docx(paragraph(CLOSED), hidden, parts={"word/styles.xml": HIDING_STYLES}))
    assert read_.text == CLOSED
    assert read_.warnings == (f"{len(LIE)} characters of hidden text were not read.",)


@pytest.mark.parametrize(
    "shown",
    [
        paragraph(run(LEFT, '<w:vanish w:val="0"/>'), style="heir"),
        paragraph(run(LEFT, '<w:color w:val="000000"/>'), style="pale"),
        paragraph(LEFT, style="loop"),
    ],
)
def test_a_run_can_show_what_its_style_hides(shown: str) -> None:
    assert told(document(docx(paragraph(CLOSED), shown, parts={"word/styles.xml": HIDING_STYLES}))) == [CLOSED, LEFT]


def test_white_on_a_coloured_ground_and_a_switch_that_is_off_hide_nothing() -> None:
    shown = '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>', '<w:vanish w:val="0"/>'
    assert told(document(docx(*(paragraph(run(CLOSED, properties)) for properties in shown)))) == [CLOSED, CLOSED]


def test_lists_tables_captions_and_text_boxes_are_all_there_in_order() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
        f"{paragraph('In the box stood three pumps.')}</w:txbxContent></wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{paragraph('In the box stood three pumps.')}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    table = (
        "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("Day", "Pumps")) + "</w:tr></w:tbl>"
    )
    read_ = document(
        docx(
            paragraph(CLOSED),
            paragraph("These were hurt:"),
            paragraph("two guards,", listed=True),
            paragraph("one driver.", listed=True),
            table,
            paragraph(run(LEFT), box),
            paragraph("The shelter on Tuesday", style="Beschriftung"),
        )
    )
    order = ["closed", "two guards,", "one driver.", "Day", "Pumps", "3,000", "three pumps"]
    assert sorted(order, key=read_.text.index) == order
    assert read_.text.count("three pumps") == 1
    assert "two guards,\none driver." in read_.text
    assert roles_of(read_, "The shelter on Tuesday") == {Role.CAPTION}


def test_margins_are_kept_apart_and_footnotes_follow_the_article() -> None:
    read_ = document(
        docx(
            paragraph(CLOSED),
            parts={
                "word/comments.xml": part("comments", paragraph(f"Boss: write that {LIE}")),
                "word/header1.xml": part("hdr", paragraph("Internal draft. Every page says so in full sentences.")),
                "word/footnotes.xml": part("footnotes", paragraph("The shelter was built in 1988 by the town.")),
            },
        )
    )
    assert roles_of(read_, LIE) == {Role.COMMENT}
    assert roles_of(read_, "Internal draft.") == {Role.FURNITURE}
    assert told(read_) == [CLOSED, "The shelter was built in 1988 by the town."]


def test_properties_count_where_the_text_says_nothing() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title>Shelter closed</dc:title><dc:creator>Ana Bell</dc:creator>"
        "<dcterms:created>2031-03-05T10:00:00Z</dcterms:created></cp:coreProperties>"
    )
    read_ = document(docx(paragraph(CLOSED), paragraph(LEFT), parts={"docProps/core.xml": core}))
    assert (read_.title, read_.author, read_.published) == ("Shelter closed", "Ana Bell", None)
    assert dict(read_.found_in)["author"] == "docx properties"


# Bad files
# ---------


def test_a_bomb_is_named_before_it_is_unpacked() -> None:
    with pytest.raises(SourceBroken, match="unpacks to more than 1,000,000 bytes"):
        read(source(docx(parts={"word/document.xml": b" " * 30_000_000})), DOCXLimits(part_bytes=1_000_000))


def test_many_parts_together_have_limits_of_bytes_and_tags() -> None:
    header = part("hdr", paragraph(" ") * 2_000)
    data = docx(paragraph(CLOSED), parts={f"word/header{n}.xml": header for n in range(30)})
    with pytest.raises(SourceBroken, match="its parts unpack to more than 1,000,000 bytes"):
        read(source(data), DOCXLimits(all_bytes=1_000_000))
    with pytest.raises(SourceBroken, match="its parts have more than 100,000 tags"):
        read(source(data), DOCXLimits(tags=100_000))
    assert told(document(data)) == [CLOSED]


def test_a_part_in_another_format_is_said_to_be_unread() -> None:
    data = docx(paragraph(CLOSED), parts={"word/afchunk1.htm": f"<p>{LIE}</p>"})
    assert document(data).warnings == ("Parts in other formats are embedded; they were not read.",)


def test_entities_are_refused() -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
    with pytest.raises(SourceBroken, match="entities"):
        document(docx(parts={"word/document.xml": laughs}))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"PK\x03\x04 and no more", SourceBroken),
        (docx(paragraph(CLOSED))[:-40], SourceBroken),
        (docx(), SourceEmpty),
        (docx(parts={"word/document.xml": "<w:document"}), SourceBroken),
        (docx(parts={"word/document.xml": "<a>" * 100_000}), SourceBroken),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), SourceEncrypted),
    ],
)
def test_what_is_no_whole_file_is_named(data: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error):
        document(data)


def test_a_file_without_its_document_is_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/styles.xml", part("styles", ""))
    with pytest.raises(SourceBroken, match=r"word/document\.xml"):
        document(buffer.getvalue())


def test_too_many_parts_are_refused() -> None:
    data = docx(paragraph(CLOSED), parts={f"word/x{n}.xml": "" for n in range(50)})
    with pytest.raises(SourceBroken, match="more than 20 parts"):
        read(source(data), DOCXLimits(entries=20))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_whatever_is_written_every_block_reads_as_it_stands(texts: list[str]) -> None:
    printable = ["".join(ch for ch in text if ch.isprintable()) for text in texts]
    try:
        read_ = document(docx(*(paragraph(run(text)) for text in printable)))
    except SourceEmpty:
        assert not any(text.strip() for text in printable)
        return
    assert [read_.text[b.start : b.end] for b in read_.blocks] == [t.strip() for t in printable if t.strip()]
    assert all(b.role in Role for b in read_.blocks)
    assert read_.text.encode()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_file_with_any_bytes_changed_is_read_or_named(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    data = bytearray(docx(paragraph(CLOSED), paragraph(LEFT)))
    for _ in range(rng.randint(1, 20)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        read_ = document(bytes(data))
    except SourceError:
        return
    assert any(block.role in CITABLE for block in read_.blocks) or read_.blocks
