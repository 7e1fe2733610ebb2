"""PDF files for tests, drawn line by line, so that a test knows where each word is printed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

PAGE = (595.0, 842.0)
LEADING = 1.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """Where text flows: its left edge, its top, its width and its lowest foot, in points."""

    left: float = 72.0
    top: float = 740.0
    width: float = 450.0
    foot: float = 90.0


ONE = (Column(),)
TWO = (Column(width=210.0), Column(left=310.0, width=210.0))


def wrapped(paragraph: str, width: float, size: float) -> list[str]:
    """Break a paragraph into lines of at most `width` points; a long word is parted by a hyphen, as printers do."""
    lines: list[str] = []
    line = ""
    for word in paragraph.split():
        tried = f"{line} {word}".strip()
        if stringWidth(tried, "Helvetica", size) <= width:
            line = tried
            continue
        cut = len(word) // 2
        if (
            len(word) >= 10
            and "-" not in word
            and stringWidth(f"{line} {word[:cut]}-".strip(), "Helvetica", size) <= width
        ):
            lines.append(f"{line} {word[:cut]}-".strip())
            line = word[cut:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def article(
    paragraphs: Sequence[str],
    *,
    title: str = "",
    columns: Sequence[Column] = ONE,
    head: str = "",
    numbered: bool = False,
    size: float = 10.0,
    between: float = 6.0,
) -> bytes:
    """Set an article in columns, over as many pages as it takes."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PAGE)
    places = _Places(canvas, columns, head, numbered)
    if title:
        canvas.setFont("Helvetica-Bold", 2 * size)
        canvas.drawString(columns[0].left, 770, title)
    for paragraph in paragraphs:
        for line in wrapped(paragraph, columns[0].width, size):
            left, foot = places.next_line(size)
            canvas.setFont("Helvetica", size)
            canvas.drawString(left, foot, line)
        places.skip(between)
    places.finish()
    return buffer.getvalue()


class _Places:
    """Hands out the places of lines, column by column and page by page."""

    def __init__(self, canvas: Canvas, columns: Sequence[Column], head: str, numbered: bool) -> None:
        self.canvas, self.columns, self.head, self.numbered = canvas, columns, head, numbered
        self.page, self.column, self.foot = 1, 0, columns[0].top
        self._open()

    def _open(self) -> None:
        if self.head:
            self.canvas.setFont("Helvetica", 8)
            self.canvas.drawString(72, 810, self.head)

    def next_line(self, size: float) -> tuple[float, float]:
        self.foot -= LEADING * size
        if self.foot < self.columns[self.column].foot:
            self.column += 1
            if self.column == len(self.columns):
                self._close()
                self.canvas.showPage()
                self.page, self.column = self.page + 1, 0
                self._open()
            self.foot = self.columns[self.column].top - LEADING * size
        return self.columns[self.column].left, self.foot

    def skip(self, points: float) -> None:
        self.foot -= points

    def _close(self) -> None:
        if self.numbered:
            self.canvas.setFont("Helvetica", 8)
            self.canvas.drawString(290, 40, str(self.page))

    def finish(self) -> None:
        self._close()
        self.canvas.save()


def bare(content: str, *, box: str = "0 0 595 842", page: str = "", catalog: str = "") -> bytes:
    """One page written by hand, with a stream of drawing operators in which `/F` is Helvetica."""
    stream = content.encode("latin-1")
    objects = (
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {page} "
        "/Resources << /Font << /F 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    data = b"%PDF-1.7\n"
    places = []
    for number, item in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, item)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
    return data + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(data)


def set_lines(lines: Sequence[str], *, left: float = 60.0, top: float, size: float = 9.0, leading: float = 11.0) -> str:
    """Drawing operators that set lines below each other; an empty one leaves a gap."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    return f"BT /F {size} Tf {leading} TL {left} {top} Td {shown}ET\n"
