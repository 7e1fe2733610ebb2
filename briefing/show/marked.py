"""A text that was checked, as Markdown with footnotes and as one HTML page.

Whatever the text and the sources hold is shown as text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache

import jinja2

from briefing.pipeline import TextCheck
from briefing.render import escape_markdown, show_controls
from briefing.resources import folder
from briefing.show.checked import LABELS, Quote, Row, rows, summary
from briefing.texts import Kind
from briefing.types import BORNE_OUT, TextAnswer

_NUMBER = re.compile(r"\d{1,3}[.)]")


def text_check_markdown(result: TextCheck, name: str) -> str:
    """Print the text with a sign and a footnote after each claim; words that are not borne out are bold."""
    found = rows(result)
    lines = [f"# Check of {escape_markdown(name)}", "", escape_markdown(summary(result)), ""]
    for group in _groups(found):
        lines += [_opening(group[0]) + " ".join(_claim(row) for row in group), ""]
    lines += [line for row in found if row.answer is not TextAnswer.NOT_CHECKABLE for line in _footnote(row)]
    return "\n".join(lines).rstrip() + "\n"


def _groups(found: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows of one paragraph after the other."""
    group: list[Row] = []
    for row in found:
        if row.opens and group:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _opening(row: Row) -> str:
    mark = {Kind.HEADING: "## ", Kind.ITEM: "- ", Kind.CELL: "- "}.get(row.kind, "")
    if _NUMBER.fullmatch(row.label):
        return f"{row.label} "
    mark += f"{escape_markdown(row.label)} " if row.label else ""
    return mark + (f"{escape_markdown(row.head)}: " if row.head else "")


def _claim(row: Row) -> str:
    text = "".join(_marked(words) if marked else _kept(words) for words, marked in row.parts)
    return text if row.answer is TextAnswer.NOT_CHECKABLE else f"{text} {row.sign}[^{row.id}]"


def _marked(words: str) -> str:
    return f"**{escape_markdown(words)}**"


def _kept(words: str) -> str:
    """Escape words, and keep the white space at their ends: it parts them from what is marked."""
    inside = escape_markdown(words)
    before = " " if words[:1].isspace() else ""
    return before + inside + (" " if inside and words[-1:].isspace() else "")


def _footnote(row: Row) -> Iterator[str]:
    notes = [LABELS[row.answer], *row.notes]
    quotes = "; ".join(_quoted(quote) for quote in row.quotes)
    told = "; ".join(escape_markdown(note) for note in notes)
    yield f"[^{row.id}]: {told}" + (f"; {quotes}" if quotes else "")


def _quoted(quote: Quote) -> str:
    where = f"{quote.what}: " if quote.what else ""
    name, text = escape_markdown(quote.name), escape_markdown(quote.text)
    return f"{where}{quote.source} {name} {quote.start}–{quote.end}: “{text}”"


def text_check_page(result: TextCheck, name: str) -> str:
    """Print one HTML file that needs no network and no script: the text, and beneath each paragraph its evidence."""
    style = (folder("templates") / "check" / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template().render(
        name=name,
        style=style,
        style_hash=f"'sha256-{digest}'",
        summary=summary(result),
        groups=list(_groups(rows(result))),
        labels=LABELS,
        fine=BORNE_OUT,
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates") / "check", encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["shown"] = lambda text: show_controls(" ".join(text.split()))
    # White space between words and marks stays; only what steers is made visible.
    environment.filters["kept"] = lambda text: show_controls(" ".join(f"x{text}x".split())[1:-1])
    return environment.get_template("page.html.j2")
