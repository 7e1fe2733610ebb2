"""Pages as browsers save them, and a briefing made of one of each kind, verified."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.documents import read_document
from briefing.errors import SourceUnsupported
from briefing.sources import ReadLimits, collect, sha256
from briefing.types import Document, Source
from tests.test_feeds import ATOM
from tests.test_mail import mail

FIRST = "The harbour bridge was closed on Monday after inspectors found cracks in two of its beams."
SECOND = "Repairs will take six weeks, the council said on Tuesday, and the ferry runs until then."
PAGE = (
    f"<html><head><title>T</title></head><body><h1>Caf=C3=A9 bridge</h1><p>{FIRST}</p>\n<p>{SECOND}</p></body></html>"
)
AT = "https://times.example/bridge"


def saved(page: str = PAGE, *, start: str = "", end: str = "\r\n--B--\r\n") -> bytes:
    picture = (
        "--B\r\nContent-Type: text/html\r\nContent-ID: <frame>\r\n\r\n<html><p>An advertisement frame</p></html>\r\n"
    )
    return (
        f"From: <Saved by a browser>\r\nSnapshot-Content-Location: {AT}\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="B"{start}\r\n\r\n'
        f"{picture if start else ''}--B\r\nContent-Type: text/html\r\nContent-ID: <page>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {AT}\r\n\r\n{page}{end}"
    ).encode()


def document(data: bytes) -> Document:
    return read_document(
        Source(id="S1", location="a.mhtml", data=data, sha256=sha256(data), media_type="multipart/related")
    )


def test_the_page_is_read_where_it_stood() -> None:
    page = document(saved())
    assert page.text == f"Café bridge\n\n{FIRST}\n\n{SECOND}"
    assert page.address == AT
    assert ("address", "mhtml Content-Location") in page.found_in


def test_the_named_root_comes_before_the_first_page() -> None:
    assert "advertisement" not in document(saved(start='; start="<page>"')).text


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    page = document(saved(end=""))
    assert "breaks off" in " ".join(page.warnings)
    assert FIRST in page.text


def test_a_saved_page_without_html_is_named() -> None:
    with pytest.raises(SourceUnsupported, match="without HTML"):
        document(saved().replace(b"text/html\r\nContent-ID", b"image/png\r\nContent-ID"))


def test_the_folder_beside_a_saved_page_holds_no_articles(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    for folder in ("page_files", "notes_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text(PAGE, encoding="utf-8")
    sources, _ = collect([str(tmp_path)], limits=ReadLimits())
    assert [str(Path(s.location).relative_to(tmp_path)) for s in sources] == ["notes_files/frame.html", "page.html"]


def test_a_folder_with_one_of_each_kind_makes_a_briefing_that_holds(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    article = {"title": "Bridge closed", "text": f"{FIRST}\n\n{SECOND}", "url": AT, "publisher": "Ellery Times"}
    (folder / "a.jsonl").write_text(f"{json.dumps(article)}\n{{\n{json.dumps(article | {'id': 2})}\n", encoding="utf-8")
    (folder / "b.json").write_text(json.dumps({"articles": [article]}), encoding="utf-8")
    (folder / "c.xml").write_bytes(ATOM)
    (folder / "d.eml").write_bytes(bytes(mail(text=f"{FIRST}\n\n{SECOND}")))
    (folder / "e.mhtml").write_bytes(saved())
    (folder / "f.html").write_text(PAGE, encoding="utf-8")
    (folder / "g.txt").write_text(f"Bridge closed\n\n{FIRST}\n\n{SECOND}\n", encoding="utf-8")
    (folder / "package.json").write_text('{"name": "x", "version": "1"}', encoding="utf-8")
    runner = CliRunner()
    made = runner.invoke(main, ["make", str(folder), "-o", str(out)])
    assert made.exit_code == 0, made.output
    manifest = json.loads((out / "briefing.json").read_text(encoding="utf-8"))
    assert [Path(source["location"]).name for source in manifest["sources"]] == [
        *("a.jsonl#1", "a.jsonl#3", "b.json", "c.xml", "d.eml", "e.mhtml", "f.html", "g.txt"),
    ]
    assert [Path(unread["location"]).name for unread in manifest["unread"]] == ["a.jsonl#2"]
    verified = runner.invoke(main, ["verify", str(out / "briefing.json")])
    assert "everything holds" in verified.output
    (folder / "a.jsonl").write_text(json.dumps(article), encoding="utf-8")
    verified = runner.invoke(main, ["verify", str(out / "briefing.json")])
    assert "the bytes have changed since" in verified.output
