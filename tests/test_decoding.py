"""The text is the file as it stands; what is no text is refused by name."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.documents import read_document
from briefing.documents.decoding import decode, decode_markup
from briefing.errors import SourceEmpty, SourceNotText, SourceUnsupported
from briefing.types import Source

SENTENCE = "The ferry to Port Ellery was cancelled on Monday.\n"


def source(data: bytes, media_type: str = "text/plain") -> Source:
    """Wrap bytes as a source."""
    return Source(id="S1", location="a.txt", data=data, sha256="sha256:", media_type=media_type)


@pytest.mark.parametrize(
    "data",
    [
        b"one\r\ntwo\rthree\nfour",
        "café, naïve — “quoted”".encode(),
        codecs.BOM_UTF8 + "Überschrift".encode(),
        codecs.BOM_UTF16_LE + "Überschrift".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Überschrift".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "Überschrift".encode("utf-32-le"),
        "Der Bürgermeister erklärte, die Brücke müsse für längere Zeit gesperrt bleiben. ".encode("latin-1") * 20,
    ],
    ids=["newlines", "utf-8", "utf-8 mark", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1"],
)
def test_the_recorded_encoding_gives_the_text_again(data: bytes) -> None:
    decoded = decode(data, "a.txt")
    assert data.decode(decoded.encoding) == decoded.text


@given(st.text(min_size=1).filter(lambda text: not text.isspace()))
def test_any_utf8_text_without_control_characters_is_kept_as_it_stands(text: str) -> None:
    kept = "".join(ch for ch in text if ch >= " " and ch not in "\x7f\ufeff" and not "\ud800" <= ch <= "\udfff")
    data = (SENTENCE + kept).encode()
    assert decode(data, "a.txt").text == SENTENCE + kept


def test_a_byte_order_mark_stays_at_the_start_and_outside_every_block() -> None:
    document = read_document(source(codecs.BOM_UTF8 + SENTENCE.encode()))
    assert document.text.startswith("\ufeff")
    assert [block.start for block in document.blocks] == [1]


def test_a_few_stray_bytes_are_replaced_counted_and_located() -> None:
    good = "Übermäßig große Brücken wären für die Gemeinde unbezahlbar. " * 10
    data = good.encode() + b"\xff" + good.encode() + b"\xfe"
    decoded = decode(data, "a.txt")
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 2
    assert decoded.warnings[0].startswith(f"2 broken UTF-8 sequence(s), the first at byte {len(good.encode())}")


def test_a_replacement_character_that_was_in_the_file_is_not_counted_as_broken() -> None:
    data = ("Ärger über Öl, täglich größer. " * 10 + "\ufffd").encode() + b"\xff"
    assert decode(data, "a.txt").warnings[0].startswith("1 broken")


def test_sound_utf8_gives_no_warning() -> None:
    assert decode("Ärger über Öl".encode(), "a.txt").warnings == ()


def test_a_guessed_encoding_is_said_to_be_guessed() -> None:
    data = ("Der Bürgermeister erklärte, die Brücke bleibe gesperrt. " * 20).encode("cp1252")
    decoded = decode(data, "a.txt")
    assert "Bürgermeister" in decoded.text
    assert decoded.warnings == (f"Not UTF-8; the encoding was guessed to be {decoded.encoding}.",)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"\x7fELF\x02\x01", "program"),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
        (b"some text\x00with a hole", "control bytes"),
        (b"\x01\x02\x03\x04\x05\x06\x07" * 20, "control bytes"),
    ],
)
def test_what_is_no_text_is_refused_by_name_with_a_next_step(data: bytes, name: str) -> None:
    with pytest.raises(SourceNotText) as caught:
        read_document(source(data))
    assert name in caught.value.message
    assert caught.value.subject == "a.txt"
    assert ".txt" in caught.value.hint


@pytest.mark.parametrize("data", [b" \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n\n", "\u2003\xa0\n".encode()])
def test_white_space_alone_is_empty(data: bytes) -> None:
    with pytest.raises(SourceEmpty):
        read_document(source(data))


@pytest.mark.parametrize("text", ["BZhang left Gifford at noon.", "MZ 90 is the bus to take.", "RIFF raff left early."])
def test_prose_that_opens_like_a_magic_number_is_text(text: str) -> None:
    assert decode(text.encode(), "a.txt").text == text


def test_an_unknown_kind_of_text_is_refused() -> None:
    with pytest.raises(SourceUnsupported):
        read_document(source(b"x", "application/x-unheard-of"))


def test_a_page_is_decoded_by_the_charset_it_declares() -> None:
    data = '<html><head><meta charset="windows-1251"></head><p>Мост закрыт</p>'.encode("cp1251")
    assert "Мост закрыт" in decode_markup(data, "a.html").text


def test_a_page_that_declares_another_charset_but_is_utf8_is_utf8() -> None:
    data = '<meta charset="iso-8859-1"><p>Brücke</p>'.encode()
    assert decode_markup(data, "a.html").text.endswith("<p>Brücke</p>")


@pytest.mark.parametrize("name", ["no-such-codec", "zip", "rot13", "unicode_escape"])
def test_a_charset_that_is_no_text_encoding_is_not_obeyed(name: str) -> None:
    data = f'<meta charset="{name}"><p>caf'.encode() + b"\xe9 au lait, cr\xe8me br\xfbl\xe9e</p>" * 5
    assert "café" in decode_markup(data, "a.html").text
