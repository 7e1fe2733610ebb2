"""Mail: of a newsletter its page, of a letter its words, and never what somebody quotes."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.documents import read_document
from briefing.documents.mime import content, field, parsed
from briefing.errors import SourceEmpty, SourceError
from briefing.sources import ReadLimits, collect, read, sha256
from briefing.types import Document, Source

FIRST = "The harbour bridge was closed on Monday after inspectors found cracks in two of its beams."
SECOND = "Repairs will take six weeks, the council said on Tuesday, and the ferry runs until then."
PAGE = (
    f"<html><body><h1>Bridge closed</h1><p>{FIRST}</p><p>{SECOND}</p><p><a href='/u'>Unsubscribe</a></p></body></html>"
)


def mail(sender: str = "Ann Lee <ann@x.example>", text: str = FIRST, **fields: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["Subject"] = "Bridge closed"
    message["Date"] = "Wed, 06 Mar 2024 07:00:00 +0100"
    message["Message-ID"] = "<1@x.example>"
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def document(message: EmailMessage | bytes) -> Document:
    data = message if isinstance(message, bytes) else bytes(message)
    return read_document(Source(id="S1", location="a.eml", data=data, sha256=sha256(data), media_type="message/rfc822"))


def bodies(read_mail: Document) -> list[str]:
    return [read_mail.text[block.start : block.end] for block in read_mail.blocks if block.role == "body"]


def test_a_newsletter_is_read_from_its_page() -> None:
    message = mail("Ellery Morning News <news@ellery.example>", text="See this in a browser", List_Id="<news>")
    message.add_alternative(PAGE, subtype="html")
    newsletter = document(message)
    assert bodies(newsletter) == [FIRST, SECOND]
    assert (newsletter.title, newsletter.publisher, newsletter.author) == ("Bridge closed", "Ellery Morning News", None)
    assert newsletter.published is not None
    assert newsletter.published.isoformat() == "2024-03-06T07:00:00+01:00"
    assert ("published", "mail") in newsletter.found_in


@pytest.mark.parametrize(
    ("sender", "newsletter", "publisher", "author"),
    [
        ("Ann Lee <a@x.example>", False, None, "Ann Lee"),
        ("Ellery Post <a@x.example>", False, "Ellery Post", None),
        ("Ann Lee <a@x.example>", True, None, None),
        ("a@x.example", False, None, None),
        ("newsdesk <a@x.example>", True, "newsdesk", None),
    ],
)
def test_a_sender_is_an_outlet_or_a_person_or_nobody_says(
    sender: str, newsletter: bool, publisher: str | None, author: str | None
) -> None:
    read_mail = document(mail(sender, **({"List_Unsubscribe": "<https://x.example>"} if newsletter else {})))
    assert (read_mail.publisher, read_mail.author) == (publisher, author)


def test_quotations_and_signatures_support_nothing() -> None:
    quoted = f"On Tue, 5 Mar 2024 at 10:00, Bob wrote:\n> {SECOND}\n> Is that so?"
    text = f"{FIRST}\n\n{quoted}\n\n{SECOND}\n-- \nAnn Lee\nEllery\n"
    letter = document(mail(text=text))
    assert bodies(letter) == [FIRST, SECOND]
    assert letter.text == text


def test_what_stands_below_an_answer_without_marks_is_quoted_too() -> None:
    letter = document(mail(text=f"{FIRST}\n\nOn Tue, 5 Mar 2024 at 10:00, Bob wrote:\n\n{SECOND}\n"))
    assert bodies(letter) == [FIRST]


def test_a_forwarded_text_is_what_it_was_sent_for() -> None:
    above = "---------- Forwarded message ---------\nFrom: Ellery Post <a@x.example>\nSubject: Bridge\n\n"
    assert bodies(document(mail(text=f"{above}{FIRST}\n\n{SECOND}\n"))) == [FIRST, SECOND]


def test_soft_line_breaks_are_left_out_and_kept_beside_the_text() -> None:
    data = (
        b"From: Ann Lee <a@x.example>\r\nSubject: S\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
        b"The harbour bridge was closed on Monday after \r\ninspectors found cracks in two of its \r\nbeams.\r\n"
    )
    letter = document(data)
    assert bodies(letter) == [FIRST]
    text = letter.text
    for offset, characters in reversed(letter.left_out):
        text = text[:offset] + characters + text[offset:]
    assert text.encode() in data


def test_attachments_are_named_and_not_read() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="report.pdf")
    message.add_attachment("<p>Other</p>", subtype="html", filename="page.html")
    letter = document(message)
    assert bodies(letter) == [FIRST]
    assert letter.warnings == ("Attached and not read: report.pdf, page.html.",)


def test_a_mail_that_holds_only_another_is_read_as_that() -> None:
    outer = mail(text=" ")
    outer.add_attachment(mail("Ellery Post <p@x.example>", text=SECOND))
    assert (document(outer).publisher, bodies(document(outer))) == ("Ellery Post", [SECOND])


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "nonsense", "x" * 200])
def test_a_wrong_charset_costs_no_mail(charset: str) -> None:
    data = f"From: Ann Lee <a@x>\nSubject: S\nContent-Type: text/plain; charset={charset}\n\n".encode()
    assert "caf" in document(data + b"In the caf\xe9 nobody heard that the bridge was closed on Monday.\n").text


def test_mail_without_words_is_empty_and_says_what_is_attached() -> None:
    message = mail(text="")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(SourceEmpty, match=r"a\.pdf"):
        document(message)


@pytest.mark.parametrize(
    "data",
    [
        b"From: a\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(900)),
        b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5_000,
        b"From: a\n" + b"Content-Type: message/rfc822\n\nFrom: b\n" * 3_000,
        b"From: " + b"=?utf-8?q?" * 20_000 + b"\nSubject: s\n\nText\n",
        b"From: a\nSubject: s\nContent-Transfer-Encoding: base64\n\n" + b"AAAA" * 100_000,
        b"From: a\nDate: Wed, 99 Mar 99999 99:99:99 +9999\nSubject: =?x?b?/?=\n\nThe bridge was closed.\n",
    ],
    ids=["deep multiparts", "many parts", "mails in mails", "header", "base64", "date"],
)  # fmt: skip
def test_hostile_mail_is_read_or_a_named_error(data: bytes) -> None:
    try:
        text = document(data).text
    except SourceError as error:
        text = error.message
    assert text.encode()


@settings(deadline=None)
@given(st.lists(st.sampled_from(
    [b"From: a <b@c>\n", b"Content-Type: multipart/mixed; boundary=x\n", b"Content-Type: text/plain; charset=utf-7\n",
     b"Subject: =?utf-8?b?//8=?=\n", b"\n", b"--x\n", b"--x--\n", b"Text of it.\n", b"> quoted\n", b"-- \n", b"\xff\n",
     b"Content-Transfer-Encoding: base64\n", b"Content-Disposition: attachment; filename*=x''%ff\n"]
)))  # fmt: skip
def test_no_mail_makes_the_reader_raise_anything_else(lines: list[bytes]) -> None:
    try:
        text = document(b"From: a\n" + b"".join(lines)).text
    except SourceError as error:
        text = error.message
    assert text.encode()


def test_a_field_is_read_to_a_length_and_the_mail_in_full() -> None:
    mail = f"Subject: Ferry\nContent-Type: text/plain; {'a' * 9_000}=b\nX-Long: {'w ' * 9_000}\n\nIt rained.\n"
    message = parsed(mail.encode(), "a.eml")
    assert len(field(message, "X-Long")) <= 4_000
    assert (field(message, "Subject"), content(message)) == ("Ferry", b"It rained.\n")


def test_a_mailbox_gives_its_mails_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "old.mbox"
    mails = [bytes(mail(text=FIRST)), bytes(mail("Ellery Post <p@x>", text=SECOND))]
    path.write_bytes(b"".join(b"From a@x Wed Mar  6 07:00:00 2024\n" + one + b"\n" for one in mails))
    sources, unread = collect([str(path)], limits=ReadLimits())
    assert not unread
    assert [bodies(read_document(source)) for source in sources] == [[FIRST], [SECOND]]
    assert all(source.data in path.read_bytes() for source in sources)
    assert all(read(source.location, id=source.id, limits=ReadLimits()) == source for source in sources)
