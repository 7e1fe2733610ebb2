"""DOCX files for tests, written part by part, so that a test can say what a word processor would not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
STYLES = {"berschrift1": "heading 1", "Titel": "Title", "Beschriftung": "caption", "Listenabsatz": "List Paragraph"}


def run(text: str, properties: str = "") -> str:
    """One run of text; `properties` is what stands in its `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", listed: bool = False) -> str:
    """A paragraph of runs, or of plain texts."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>' if listed else ""
    inner = "".join(item if item.startswith("<w:") else run(item) for item in runs)
    return f"<w:p><w:pPr>{named}{numbered}</w:pPr>{inner}</w:p>"


def part(root: str, body: str) -> str:
    """A part with one root element around the body."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{body}</w:{root}>'


def docx(*body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A file with this body, the usual styles, and further parts by name; a part given replaces the usual one."""
    styles = "".join(f'<w:style w:styleId="{id_}"><w:name w:val="{name}"/></w:style>' for id_, name in STYLES.items())
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types/>',
        "word/document.xml": part("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/styles.xml": part("styles", styles),
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
