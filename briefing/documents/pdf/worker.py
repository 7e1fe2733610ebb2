"""Read the words of a PDF with pdfium, as a program of its own: PDF on standard input, JSON on standard output.

It imports nothing of this package, so that it starts fast and can be stopped, or crash, without taking anything else
along. One page is `{"width", "height", "images", "pictured", "text", "words": [[start, end, left, bottom, right, top,
size, hidden], …]}`: offsets are code points of `text`, lengths are points from the lower left corner of the page as it
is shown, and `hidden` is 0 or why nobody sees the word. U+FFFE stands for the hyphen at a line's end inside a word, and
for the line's end. `pictured` is the share of the page that pictures take up.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from typing import Any

SEEN, INVISIBLE, WHITE, TINY, OUTSIDE = range(5)
#: Text rendering modes of PDF that leave no mark on the page: "invisible", and "add to the clipping path" alone.
_UNPAINTED = (3, 7)
_LEAST_WHITE = 250
_LEAST_HEIGHT = 1.0
"""Points."""
_HYPHEN = "\ufffe"

#: left, bottom, right, top; points.
Box = tuple[float, float, float, float]


def main(arguments: list[str]) -> int:
    """Read within the limits given as three numbers: pages, characters, megabytes of address space."""
    most_pages, most_characters, most_megabytes = (int(argument) for argument in arguments)
    _limit_memory(most_megabytes)
    try:
        print(json.dumps(_document(sys.stdin.buffer.read(), most_pages, most_characters)))
    except _pdfium().PdfiumError as error:
        print(json.dumps({"error": str(error)}))
    return 0


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _pdfium() -> Any:
    import pypdfium2

    return pypdfium2


def _document(data: bytes, most_pages: int, most_characters: int) -> dict[str, object]:
    document = _pdfium().PdfDocument(data)
    pages: list[dict[str, object]] = []
    count, left = len(document), most_characters
    for number in range(min(count, most_pages)):
        if left <= 0:
            break
        page = document[number]
        pages.append(_page(page, left))
        left -= len(str(pages[-1]["text"]))
        page.close()
    metadata = {name: str(value) for name, value in document.get_metadata_dict(skip_empty=True).items()}
    return {"pages": pages, "count": count, "metadata": metadata}


def _page(page: Any, most_characters: int) -> dict[str, object]:
    raw = _pdfium().raw
    text_page = page.get_textpage()
    count = min(raw.FPDFText_CountChars(text_page), most_characters)
    text, places = _text(raw, text_page, count)
    box, degrees = page.get_bbox(), page.get_rotation()
    words = [
        [start, end, *_word(raw, text_page, text[start:end], (places[start], places[end - 1]), box, degrees)]
        for start, end in _spans(text)
    ]
    _, _, width, height = _turned(box, box, degrees)
    images = [_seen_of(image, box) for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    text_page.close()
    return {
        "width": width,
        "height": height,
        "images": len(images),
        "pictured": sum(images) / max(width * height, 1.0),
        "text": text,
        "words": words,
    }


def _seen_of(image: Any, page: Box) -> float:
    """Return the area that a picture takes up on the page; of one inside a form, that of the form."""
    while image.container is not None:
        image = image.container
    left, bottom, right, top = image.get_bounds()
    width = min(right, page[2]) - max(left, page[0])
    return float(max(width, 0.0) * max(min(top, page[3]) - max(bottom, page[1]), 0.0))


def _text(raw: Any, text_page: Any, count: int) -> tuple[str, list[int]]:
    """Return the text, and for each of its code points the character of pdfium that it begins with."""
    text: list[str] = []
    places: list[int] = []
    index = 0
    while index < count:
        code = raw.FPDFText_GetUnicode(text_page, index)
        used = 1
        if 0xD800 <= code < 0xDC00 and index + 1 < count:
            low = raw.FPDFText_GetUnicode(text_page, index + 1)
            if 0xDC00 <= low < 0xE000:
                code, used = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), 2
        text.append(_character(raw, text_page, index, code))
        places.append(index)
        index += used
    return "".join(text), places


def _character(raw: Any, text_page: Any, index: int, code: int) -> str:
    if code in (0x2, 0xFFFE) or (code == 0x2D and raw.FPDFText_IsHyphen(text_page, index) == 1):
        return _HYPHEN
    return "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else chr(code)


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the words: runs without white space, cut at the hyphens that end lines."""
    spans: list[tuple[int, int]] = []
    start = -1
    for index, character in enumerate(text):
        if start < 0 and not character.isspace() and character != _HYPHEN:
            start = index
        elif start >= 0 and (character.isspace() or character == _HYPHEN):
            spans.append((start, index))
            start = -1
    if start >= 0:
        spans.append((start, len(text)))
    return spans


def _word(raw: Any, text_page: Any, word: str, at: tuple[int, int], page: Box, degrees: int) -> list[float]:
    first = at[0]
    ends = [_box(raw, text_page, index) for index in at]
    left, bottom = min(b[0] for b in ends), min(b[1] for b in ends)
    right, top = max(b[2] for b in ends), max(b[3] for b in ends)
    size = _size(raw, text_page, first)
    # A full stop is low at any size.
    tiny = min(size, top - bottom) < _LEAST_HEIGHT and any(character.isalnum() for character in word)
    hidden = _hidden(raw, text_page, first, (left, bottom, right, top), page) or (TINY if tiny else SEEN)
    values = (*_turned((left, bottom, right, top), page, degrees), size)
    return [*(round(value, 2) for value in values), hidden]


def _turned(box: Box, page: Box, degrees: int) -> Box:
    """Return where a box is seen, from the lower left corner of the page as it is shown: turned clockwise."""
    left, bottom, right, top = box[0] - page[0], box[1] - page[1], box[2] - page[0], box[3] - page[1]
    width, height = page[2] - page[0], page[3] - page[1]
    if degrees == 90:
        return bottom, width - right, top, width - left
    if degrees == 180:
        return width - right, height - top, width - left, height - bottom
    return (height - top, left, height - bottom, right) if degrees == 270 else (left, bottom, right, top)


def _size(raw: Any, text_page: Any, index: int) -> float:
    """Return the size of the font as it is printed: what the file names may be scaled."""
    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(text_page, index, matrix) else 1.0
    return float(raw.FPDFText_GetFontSize(text_page, index)) * scale


def _box(raw: Any, text_page: Any, index: int) -> Box:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _hidden(raw: Any, text_page: Any, index: int, own: Box, page: Box) -> int:
    if own[2] <= page[0] or own[0] >= page[2] or own[3] <= page[1] or own[1] >= page[3]:
        return OUTSIDE
    if raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text_page, index)) in _UNPAINTED:
        return INVISIBLE
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if raw.FPDFText_GetFillColor(text_page, index, red, green, blue, alpha) and (
        alpha.value == 0 or min(red.value, green.value, blue.value) >= _LEAST_WHITE
    ):
        return WHITE
    return SEEN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
