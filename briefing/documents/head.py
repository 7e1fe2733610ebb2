"""Title, publisher, author and time of publication, from the lines around a plain text's article.

Each is None unless the text says it: a wrong publisher would merge two origins into one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.documents.dates import Stamp, read_stamp
from briefing.documents.shapes import Shape
from briefing.types import Role

_OUTLET_WORD = re.compile(
    r"\b(?:times|post|news|newspaper|journal|herald|tribune|guardian|daily|gazette|press|radio|tv|television|observer|chronicle|mail|telegraph|independent|standard|agency|media|magazine|review|today|weekly|broadcasting|wire|report|mirror|express|globe|star|sun|echo|courier|examiner|bulletin|dispatch|monitor|zeitung|nachrichten|presse|journal|gazeta|diario|corriere)\b|\.(?:com|org|net|co|de|fr|uk|news|info)\b|!",
    re.I,
)
_TITLE_SUFFIX = re.compile(r"^(?P<title>.{15,}?)\s+(?P<mark>[-–—|·»:])\s+(?P<outlet>[^-–—|·»]{2,40})$", re.S)
_SOURCE = re.compile(
    r"(?:source|quelle|fuente|fonte|originally published (?:in|on|by))\s*:\s*(?P<outlet>[^\s(,;|].{1,50}?)\s*$",
    re.I,
)
_NAME = r"(?:[Tt]he )?[A-Z][\w!-]*(?:\.[A-Za-z]\w*)*(?: (?:of (?:the )?|and |& )?[A-Z][\w!-]*){0,4}"
_BIO_OF = re.compile(
    rf"\b(?:is|was)\s+(?P<outlet>{_NAME}?)['’]s?\s+(?:[\w-]+\s+){{0,4}}?(?:reporter|correspondent|editor|writer|journalist|columnist|analyst)\b"
)
_BIO_FOR = re.compile(
    rf"\b(?:reporter|correspondent|editor|writer|journalist|columnist|reports|writes)\s+(?:for|at|with)\s+(?P<outlet>{_NAME})"
)
_TOLD = re.compile(
    rf"\b(?:told|tells?)\s+(?P<outlet>{_NAME}?)(?=[\s.,;:”\"]|$)(?P<end>\s*(?:[.,;”\"]|on\s|in\s|$))?"
)
_TOLD_NAME = re.compile(rf"\b(?:told|tells?)\s+(?P<outlet>{_NAME})")
_BY = re.compile(
    r"^\W*(?:(?:written|words|story|reporting|posted|published)\s+by|by|authors?|von|autor|par|por)\b\s*:?\s*(?P<name>[^|•·(\d]{3,80})",
    re.I,
)
_NAME_END = re.compile(r"\s*(?:,|\s[-–—|]\s|\bfor\b|\bin\b|\bat\b|\bon\b|\bpublished\b|\bupdated\b).*$", re.I)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|first published|veröffentlicht|publié|publicado|pubblicato)\b", re.I
)
_UPDATED = re.compile(r"\b(?:updated|modified|aktualisiert|mis à jour|actualizado|aggiornato)\b", re.I)
_DATELINE = re.compile(r"^(?:[A-ZÀ-Þ][\w.'’-]*,?\s+){1,4}[(–—-]?\s?(?=\w)")
_DATELINE_LENGTH = 70
_TOLD_TWICE = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What a document says about itself."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: Stamp | None = None


def read_head(text: str, shapes: Sequence[Shape], roles: Sequence[Role]) -> Head:
    """Read the head of a plain text whose pieces already have their roles."""
    headline = _headline(shapes, roles)
    title, suffix = (
        _split_title(shapes[headline].text, shapes, roles) if headline is not None else (None, None)
    )
    return Head(
        title=title,
        publisher=suffix or _publisher(text, shapes, roles, headline),
        author=_author(shapes, roles),
        published=_published(text, shapes, roles, headline),
    )


# Title
# -----


def _headline(shapes: Sequence[Shape], roles: Sequence[Role]) -> int | None:
    """Index of the first headline of four or more words before the article, else of any headline there."""
    top = [i for i in range(_first_body(roles)) if roles[i] is Role.HEADLINE]
    return next((i for i in top if len(shapes[i].words) >= 4), top[0] if top else None)


def _first_body(roles: Sequence[Role]) -> int:
    first = next((i for i, role in enumerate(roles) if role is Role.BODY), len(roles))
    # A summary may stand above the title.
    return next((i + 1 for i in range(first, min(first + 3, len(roles))) if roles[i] is Role.HEADLINE), first)


def _split_title(text: str, shapes: Sequence[Shape], roles: Sequence[Role]) -> tuple[str, str | None]:
    found = _TITLE_SUFFIX.match(text)
    if not found or len(found["outlet"].split()) > 5 or len(found["title"].split()) < 3:
        return text, None
    alone = any(
        role is Role.HEADLINE and shape.text == found["title"]
        for shape, role in zip(shapes, roles, strict=True)
    )
    outlet = found["outlet"].strip()
    if (
        found["mark"] == "|"
        or alone
        or (found["mark"] != ":" and _OUTLET_WORD.search(outlet) and outlet[:1].isupper())
    ):
        return found["title"], outlet
    return text, None


# Publisher
# ---------


def _publisher(text: str, shapes: Sequence[Shape], roles: Sequence[Role], headline: int | None) -> str | None:
    bylines = [shape.text for shape, role in zip(shapes, roles, strict=True) if role is Role.BYLINE]
    body = [shape.text for shape, role in zip(shapes, roles, strict=True) if role in (Role.BODY, Role.NOTICE)]
    return _masthead(shapes, headline) or _named_source(bylines) or _employer(bylines) or _told(body)


def _masthead(shapes: Sequence[Shape], headline: int | None) -> str | None:
    for shape in shapes[: headline or 0]:
        if (
            len(shape.words) <= 5
            and _OUTLET_WORD.search(shape.text)
            and not (shape.is_date_line or shape.is_furniture or shape.piece.bulleted or shape.is_by_line)
        ):
            return shape.text
    return None


def _named_source(bylines: Sequence[str]) -> str | None:
    found = [match["outlet"].strip(" .") for line in bylines if (match := _SOURCE.match(line))]
    return found[0] if len(set(found)) == 1 else None


def _employer(bylines: Sequence[str]) -> str | None:
    for line in bylines:
        found = _BIO_OF.search(line) or _BIO_FOR.search(line)
        if found:
            return found["outlet"].strip(" .")
    return None


def _told(body: Sequence[str]) -> str | None:
    """Find the outlet that officials "told": twice or more, and named for nothing else but its reporting."""
    joined = "\n".join(body)
    counted = Counter(found["outlet"].rstrip(".’'") for found in _TOLD_NAME.finditer(joined))
    for outlet, times in counted.most_common(3):
        if times >= _TOLD_TWICE and _is_own_voice(outlet, joined):
            return outlet
    return None


def _is_own_voice(outlet: str, text: str) -> bool:
    name = re.escape(outlet)
    told = len(re.findall(rf"\b(?:told|tells?)\s+{name}\b", text))
    own = len(
        re.findall(
            rf"\b(?:after|since|when|following|before)\s+{name}\s+(?:reported|published|revealed|asked|contacted)\b",
            text,
            re.I,
        )
    )
    return len(re.findall(rf"\b{name}(?!\w)", text)) == told + own


# Author
# ------


def _author(shapes: Sequence[Shape], roles: Sequence[Role]) -> str | None:
    for shape, role in zip(shapes, roles, strict=True):
        if role is Role.BYLINE and (found := _BY.match(shape.text)):
            name = _NAME_END.sub("", found["name"]).strip(" .:–—-")
            if _is_person(name):
                return name
    return _name_above_date(shapes, roles) or _presented(shapes, roles)


def _is_person(name: str) -> bool:
    parts = name.split()
    return (
        1 <= len(parts) <= 8
        and name[:1].isupper()
        and sum(part[:1].isupper() for part in parts) >= len(parts) / 2
    )


def _name_above_date(shapes: Sequence[Shape], roles: Sequence[Role]) -> str | None:
    for index, shape in enumerate(shapes[: -1 or None]):
        dated = index + 1 < len(shapes) and shapes[index + 1].is_date_line
        if dated and roles[index] is Role.BYLINE and shape.is_name and not _OUTLET_WORD.search(shape.text):
            return shape.text
    return None


def _presented(shapes: Sequence[Shape], roles: Sequence[Role]) -> str | None:
    for shape, role in zip(shapes, roles, strict=True):
        if role is Role.BYLINE and shape.is_biography:
            name = re.split(r"\s+(?:is|was|has|covers|writes|works|reports|serves|joined)\b", shape.text)[0]
            return name if _is_person(name) and len(name.split()) >= 2 else None
    return None


# Time of publication
# -------------------


def _published(
    text: str, shapes: Sequence[Shape], roles: Sequence[Role], headline: int | None
) -> Stamp | None:
    found = [
        (_rank(shapes[index].text, index, headline), index, stamp)
        for index in _date_lines(shapes, roles)
        if (stamp := read_stamp(shapes[index].text, text))
    ]
    if found:
        return min(found, key=lambda item: item[:2])[2]
    return _dateline(shapes, roles, text)


def _date_lines(shapes: Sequence[Shape], roles: Sequence[Role]) -> Iterator[int]:
    first = _first_body(roles)
    for index, role in enumerate(roles):
        if role is Role.BYLINE and (index <= first + 4 or _PUBLISHED.search(shapes[index].text)):
            yield index


def _rank(line: str, index: int, headline: int | None) -> int:
    """Prefer what says "published", then what stands below the title, then an update, then a page's own date."""
    if _PUBLISHED.search(line):
        return 0
    if _UPDATED.match(line):
        return 2
    return 1 if headline is None or index > headline else 3


def _dateline(shapes: Sequence[Shape], roles: Sequence[Role], text: str) -> Stamp | None:
    """Read "RIVERTON, March 3, 2021 (Agency) —" at the start of the first paragraph."""
    first = next((i for i, role in enumerate(roles) if role is Role.BODY), None)
    if first is None:
        return None
    opening = re.match(r"[^.!?]{0,70}?[–—-]{1,2}\s", shapes[first].text)
    return read_stamp(opening.group(), text) if opening and opening.group()[:3].isupper() else None
