"""Bad input of every kind: what each gets stands in docs/bad-input.md, and nothing takes the other sources down."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from briefing.cli import main
from tests.conftest import ROOT
from tests.make_docx import docx, paragraph
from tests.make_pdf import article
from tests.page_server import page, serving

GOOD = (
    "Bridge at Lund closed\n\nThe bridge at Lund was closed on Monday after inspectors found a crack, it said.\n\n"
    "About 1,900 people cross it every day, according to the council. Repairs will cost 85,000 crowns.\n"
)
SENTENCE = "The shelter at Elm Bay was closed on Monday after inspectors found water in its foundations, Ana Bell said."
PAGE_START = "<!DOCTYPE html><html><head><title>Shelter</title></head><body><h1>Shelter closed</h1>"


def drawn(draw: Callable[[Canvas], object], **more: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **more)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bomb() -> bytes:
    return docx(parts={"word/document.xml": b" " * 50_000_000})


def encrypted() -> bytes:
    return drawn(lambda canvas: canvas.drawString(72, 700, SENTENCE), encrypt=StandardEncryption("secret"))


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
    return buffer.getvalue()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<rss><channel><title>&b;</title><item><title>&b;</title></item></channel></rss>"
)
#: By the name in the table: the file's name and its bytes.
CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a PDF cut off in its first half": ("a.pdf", lambda: article([SENTENCE] * 9)[:300]),
    "a PDF that wants a password": ("a.pdf", encrypted),
    "a scanned PDF without text": ("a.pdf", lambda: drawn(lambda canvas: canvas.rect(9, 9, 99, 99))),
    "a DOCX that unpacks to 50 MB": ("a.docx", bomb),
    "a DOCX cut off": ("a.docx", lambda: docx(paragraph(SENTENCE))[:-60]),
    "a feed of a billion laughs": ("a.xml", LAUGHS.encode),
    "a feed that is a page": ("a.rss", f"{PAGE_START}<p>{SENTENCE}</p></body></html>".encode),
    "a feed cut off": ("a.xml", lambda: b'<?xml version="1.0"?><rss version="2.0"><channel><title>Gaz'),
    "JSON without an article": ("a.json", lambda: b'{"name": "x", "version": 1}'),
    "JSON cut off": ("a.json", lambda: b'{"title": "Shelter closed", "text": "The shel'),
    "a page that was not found": (
        "a.html",
        f"{PAGE_START.replace('Shelter closed', '404')}<p>Page not found.</p></body></html>".encode,
    ),
    "a page that needs JavaScript": (
        "a.html",
        lambda: b"<!DOCTYPE html><html><body><p>Please enable JavaScript to view this page.</p></body></html>",
    ),
    "an empty page": ("a.html", lambda: b"<!DOCTYPE html><html><body></body></html>"),
    "a page of a million line breaks": ("a.html", f"{PAGE_START}{'<br>' * 1_000_000}".encode),
    "a tag with 100,000 attributes": (
        "a.html",
        f"{PAGE_START}<p {' '.join(f'a{n}=1' for n in range(100_000))}>x</p>".encode,
    ),
    "elements nested 100,000 deep": ("a.html", f"{PAGE_START}{'<div>' * 100_000}{SENTENCE}".encode),
    "a page in another charset than it says": (
        "a.html",
        f'{PAGE_START}<meta charset="utf-16"><p>{SENTENCE} Café.</p></body></html>'.encode,
    ),
    "a page cut off": ("a.html", f"{PAGE_START}<p>{SENTENCE}</p><p>Some 3,000 people had to le".encode),
    "an empty file": ("a.txt", lambda: b""),
    "white space": ("a.txt", lambda: b" \n\t\n" * 9),
    "a picture named as a text": ("a.txt", lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    "a ZIP archive": ("a.txt", zipped),
    "a gzip archive": ("a.txt", lambda: b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"),
    "bytes of a program": ("a.txt", lambda: b"\x00\x01\x02" * 999),
    "more than 20 MB": ("a.txt", lambda: b"x" * 20_000_001),
    "3 MB in one line": ("a.txt", lambda: b"word " * 600_000),
    "a mail of pictures alone": (
        "a.eml",
        lambda: b"MIME-Version: 1.0\nFrom: a@b.example\nSubject: x\nContent-Type: image/png\n\nAAAA\n",
    ),
}
ROW = re.compile(r"^\| (?P<name>[^|]+?) \| (?P<gets>[^|]+?) \|$", re.M)
TABLE = {
    row["name"]: row["gets"].strip("`") for row in ROW.finditer((ROOT / "docs" / "bad-input.md").read_text("utf-8"))
}


def test_every_case_stands_in_the_table_and_every_row_is_tried() -> None:
    assert set(TABLE) - {"input", "---"} == set(CASES)


def made(tmp_path: Path, *locations: str, options: tuple[str, ...] = ()) -> dict[str, object]:
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["make", *locations, "-o", str(out), "--no-entailment", *options])
    assert result.exit_code == 0, result.output
    values: dict[str, object] = json.loads((out / "briefing.json").read_text(encoding="utf-8"))
    return values


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gets_what_the_table_says_and_the_others_make_a_briefing(tmp_path: Path, name: str) -> None:
    file, data = CASES[name]
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / file).write_bytes(data())
    values = made(tmp_path, str(tmp_path / "good.txt"), str(tmp_path / file))
    sources, unread = values["sources"], values["unread"]
    assert isinstance(sources, list)
    assert isinstance(unread, list)
    said = [warning for source in sources[1:] for warning in source["warnings"]]
    said += [f"not read: {item['error']}" for item in unread]
    said += ["read, with no warning"] if len(sources) > 1 and not said else []
    assert any(TABLE[name] in line for line in said), said
    assert any("bridge at Lund" in claim["text"] for claim in values["claims"])  # type: ignore[attr-defined]


@pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
def test_a_folder_of_every_kind_and_an_address_make_one_briefing_that_holds(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    html = f"{PAGE_START}<p>{SENTENCE}</p><p>Some 3,000 people had to leave, Ana Bell said on Monday.</p></body></html>"
    mail = f"MIME-Version: 1.0\nFrom: Gazette <a@b.example>\nSubject: Shelter closed\n\n{SENTENCE}\n"
    saved = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="B"\n\n--B\n'
        f"Content-Type: text/html; charset=utf-8\nContent-Location: https://news.example/a\n\n{html}\n--B--\n"
    )
    feed = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Gazette</title><item><title>Shelter</title><link>https://news.example/b</link>"
        f"<content:encoded><![CDATA[<p>{SENTENCE}</p>]]></content:encoded></item></channel></rss>"
    )
    files: dict[str, bytes] = {
        "a.txt": GOOD.encode(),
        "b.md": f"# Shelter closed\n\n{SENTENCE}\n".encode(),
        "c.html": html.encode(),
        "d.mhtml": saved.encode(),
        "e.pdf": article([SENTENCE] * 3, title="Shelter closed"),
        "f.docx": docx(paragraph(SENTENCE)),
        "g.eml": mail.encode(),
        "h.json": json.dumps({"title": "Shelter closed", "text": SENTENCE}).encode(),
        "i.jsonl": f"{json.dumps({'title': 'Shelter', 'text': SENTENCE})}\n".encode() * 2,
        "j.xml": feed.encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with serving({"/a": page(html)}) as server:
        values = made(
            tmp_path, str(folder), server.at("/a"), options=("--allow-private", "--store", str(tmp_path / "s"))
        )
    sources = values["sources"]
    assert isinstance(sources, list)
    names = [source["location"].rsplit("/", 1)[-1] for source in sources]
    assert names == [*list(files)[:8], "i.jsonl#1", "i.jsonl#2", "j.xml", "a"]
    assert values["unread"] == []
    verified = CliRunner().invoke(main, ["verify", str(tmp_path / "out" / "briefing.json")])
    assert (verified.exit_code, "everything holds" in verified.output) == (0, True), verified.output
