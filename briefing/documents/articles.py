"""An article that JSON states: its title and text laid out as one text, its head from the fields beside them.

What the fields say is the publisher's word: it stands before anything that the text seems to say, and a date that
cannot be read for certain stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from briefing import articles
from briefing.articles import Fields
from briefing.documents import roles
from briefing.documents.dates import Stamp
from briefing.documents.flatten import Part, Region
from briefing.documents.head import Found, Head, first_known, stated, value_of
from briefing.documents.linked_data import names
from briefing.documents.markup import Page, read_fragment
from briefing.documents.metadata import persons, stated_time
from briefing.documents.pieces import Piece, cut
from briefing.documents.reading import LEAVE_OUT, Read
from briefing.documents.shapes import Shape
from briefing.documents.text_head import read_head
from briefing.errors import SourceEmpty
from briefing.types import CITABLE, Role, Source

_MARKED_UP = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|blockquote|figure|table|article|section|a)\s*>|<br\s*/?>", re.I)
# How a well-known aggregator ends the texts that it cuts.
_CUT = re.compile(r"(?:…|\.\.\.)?\s*\[\+(\d+) chars\]\s*$")
_CLOSE = 0.5
_VALUE = 300


def read(source: Source) -> Read:
    """Lay out an article. Raises SourceUnsupported, SourceNotAnArticle, SourceNotText and SourceEmpty."""
    text, encoding = articles.decode(source.data, source.location)
    fields, _ = articles.value_at(text, len(text) - len(text.lstrip("\ufeff \t\r\n")), source.location)
    if not articles.is_article(fields):
        raise articles.no_article(source.location)
    page, shortfall = _laid_out(fields)
    if not any(piece.text for piece in page.pieces):
        raise SourceEmpty(source.location, "the article has no words", hint=LEAVE_OUT)
    head = _head(fields)
    return Read(
        text=page.text,
        pieces=page.pieces,
        roles=page.roles,
        head=_with_text(head, page),
        encoding=encoding,
        extractor=f"article/1 {page.extractor}",
        warnings=(*_unsound(text, fields), *page.warnings),
        shortfall=shortfall,
        language=_language(fields),
    )


# The text
# --------


def _laid_out(fields: Fields) -> tuple[Page, str | None]:
    title = _title(fields)
    found = articles.text_field(fields)
    if found is None:
        # Only a summary; `is_article` saw to it that there is one.
        summary = _summary(fields) or ""
        page = _in_markup(summary, title, None) if _MARKED_UP.search(summary) else _in_text(summary, title, None)
        return page, _teaser(page)
    key, words = found
    words = articles.sound(words)
    standfirst = _standfirst(fields, words)
    marked_up = "html" in key.lower() or _MARKED_UP.search(words) or _is_rendered(fields[key])
    page = _in_markup(words, title, standfirst) if marked_up else _in_text(words, title, standfirst)
    return page, _teaser(page) if _CUT.search(words) else None


def _teaser(page: Page) -> str:
    length = sum(len(p.text) for p, role in zip(page.pieces, page.roles, strict=True) if role in CITABLE)
    return f"teaser only: {length:,} characters"


def _title(fields: Fields) -> str | None:
    found = articles.first_words(fields, articles.TITLES)
    return " ".join(articles.sound(found[1]).split()) if found else None


def _summary(fields: Fields) -> str | None:
    found = articles.first_words(fields, articles.SUMMARIES)
    return articles.sound(found[1]) if found else None


def _standfirst(fields: Fields, body: str) -> str | None:
    """Return the summary unless the text says it too: feeds repeat the first paragraph, cut in the middle."""
    summary = " ".join(_TAGS.sub(" ", _summary(fields) or "").split())
    opening = summary[: max(20, int(len(summary) * _CLOSE))].casefold()
    repeated = opening in " ".join(_TAGS.sub(" ", body).split()).casefold()
    return None if repeated or summary.endswith(("…", "...", "[…]")) else summary or None


_TAGS = re.compile(r"<[^<>]*>")


def _is_rendered(value: Any) -> bool:
    return isinstance(value, dict) and "rendered" in value


def _in_markup(markup: str, title: str | None, standfirst: str | None) -> Page:
    above = [Part(text=title, tag="h1", region=Region.PLAIN, linked=0.0)] if title else []
    above += [Part(text=standfirst, tag="p", region=Region.PLAIN, linked=0.0)] if standfirst else []
    return read_fragment(markup, above)


def _in_text(body: str, title: str | None, standfirst: str | None) -> Page:
    opening = body.lstrip()[: len(title or "") + 1].strip()
    above = [title] if title and opening != title else []
    text = "\n\n".join([*above, *([standfirst] if standfirst else []), body])
    pieces = cut(text)
    return Page(text=text, pieces=pieces, roles=_roles(pieces, title), extractor="decode/1")


def _roles(pieces: Sequence[Piece], title: str | None) -> Sequence[Role]:
    shapes = [Shape(piece) for piece in pieces]
    assigned = list(roles.assign(shapes))
    if title and pieces and pieces[0].text == title:
        assigned[0] = Role.HEADLINE
    if any(role in CITABLE for role in assigned):
        return assigned
    # The file says that this is the article's text, however short.
    return [
        role if role in (Role.HEADLINE, Role.OPINION) or shape.is_furniture or shape.is_caption else Role.BODY
        for role, shape in zip(assigned, shapes, strict=True)
    ]


# The head
# --------


def _head(fields: Fields) -> Head:
    feed = fields.get("feed")
    where = "feed" if isinstance(feed, dict) else "json"
    publisher = _publisher(fields, where)
    known = Head(
        publisher=publisher, author=_author(fields, where, value_of(publisher)), address=_address(fields, where)
    )
    heads = [known]
    if title := articles.first_words(fields, articles.TITLES):
        heads.append(stated(f"{where} {title[0]}", title=articles.sound(title[1])))
    return first_known(*heads, *_times(fields, where))


def _publisher(fields: Fields, where: str) -> Found[str] | None:
    found = ((key, name) for key, value in articles.stated(fields, articles.PUBLISHERS) for name in names(value))
    return next(
        (Found(articles.sound(name[:_VALUE]), f"{where} {key}") for key, name in found if "://" not in name), None
    )


def _author(fields: Fields, where: str, outlet: str | None) -> Found[str] | None:
    for key, value in articles.stated(fields, articles.AUTHORS):
        stated_names = [articles.sound(name[:_VALUE]) for name in names(value)]
        if people := list(dict.fromkeys(persons(stated_names, outlet or ""))):
            return Found(", ".join(people), f"{where} {key}")
    return None


def _address(fields: Fields, where: str) -> Found[str] | None:
    for key, value in articles.stated(fields, articles.ADDRESSES):
        if isinstance(value, str) and _is_web(articles.sound(value.strip())):
            return Found(articles.sound(value.strip()), f"{where} {key}")
    return None


def _is_web(written: str) -> bool:
    try:
        parts = urlsplit(written)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and len(written) <= 2_000
    except ValueError:
        return False


def _times(fields: Fields, where: str) -> Iterator[Head]:
    published, unread = _time(fields, articles.PUBLISHED, where)
    updated, unsure = _time(fields, articles.UPDATED, where)
    yield Head(published=published, updated=updated, warnings=(*unread, *unsure))


def _time(fields: Fields, keys: Sequence[str], where: str) -> tuple[Found[Stamp] | None, list[str]]:
    found = [(key, value) for key, value in articles.stated(fields, keys) if not isinstance(value, dict | list)]
    for key, value in found:
        if stamp := stated_time(articles.sound(str(value))[:_VALUE]):
            return Found(stamp, f"{where} {key}"), []
    return None, [_unread(key, value) for key, value in found[:1]]


def _unread(key: str, value: Any) -> str:
    return f"The date under {key} cannot be read for certain: {articles.sound(str(value))[:60]!r}."


def _with_text(head: Head, page: Page) -> Head:
    """Add what the text itself says, of nothing that the fields state."""
    seen = read_head(page.text, [Shape(piece) for piece in page.pieces], page.roles)
    # A date that a field gives and nobody can read is not replaced by one of the text.
    unsure = head.published is None and bool(head.warnings)
    seen = replace(seen, warnings=(), published=None if unsure or head.published else seen.published)
    updated = seen.updated if seen.updated != head.published else None
    return first_known(head, replace(seen, updated=updated))


def _language(fields: Fields) -> str | None:
    found = articles.first_words(fields, articles.LANGUAGES)
    code = re.match(r"[a-z]{2}(?=$|[-_])", found[1].strip().lower()) if found else None
    return code[0] if code else None


def _unsound(text: str, fields: Fields) -> Iterator[str]:
    feed = fields.get("feed")
    if isinstance(feed, dict) and (warning := articles.words(feed.get("warning"))):
        yield articles.sound(warning)
    if articles.sound(text) != text:
        yield "Bytes that are not UTF-8 stand as U+FFFD."
    elif any(isinstance(value, str) and articles.sound(value) != value for value in fields.values()):
        yield "Halves of characters stand as U+FFFD."
    repeated = getattr(fields, "repeated", ())
    if repeated:
        yield f"The key {articles.sound(repeated[0])[:60]!r} stands in it twice; the last value counts."
