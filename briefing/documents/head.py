"""What a document says about itself, each field with where it was found.

A field is None unless something states it: a wrong publisher would merge two origins into one. A reader of any kind
of source makes a `Head`: from text with `read_head` (`text_head.py`), from fields that a feed, a file or a mail
states with `stated`, from several of these with `first_known`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from briefing.documents.dates import Stamp, is_later, read_stamp

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value, and where it was found: `text 120-141`, `meta og:title`, `json-ld datePublished`, `feed`, `file`."""

    value: T
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What a document says about itself; None where nothing says it."""

    title: Found[str] | None = None
    publisher: Found[str] | None = None
    author: Found[str] | None = None
    published: Found[Stamp] | None = None
    updated: Found[Stamp] | None = None
    address: Found[str] | None = None
    """Where on the web the article says that it stands."""
    warnings: tuple[str, ...] = ()

    @property
    def found_in(self) -> tuple[tuple[str, str], ...]:
        """(field, where it was found) for each field that is known."""
        known = ((name, getattr(self, name)) for name in FIELDS)
        return tuple((name, found.where) for name, found in known if found is not None)


#: The fields of a head that have a place, in the order of `Document.found_in`.
FIELDS = tuple(field.name for field in fields(Head) if field.name != "warnings")


def stated(
    where: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    published: datetime | str | None = None,
    updated: datetime | str | None = None,
) -> Head:
    """Make a head of what a feed, a file or a mail states in fields of its own. Empty strings state nothing.

    A time written out is read as on a page; what cannot be read for certain is left out.

    >>> head = stated("feed", title="Bridge closed", author=" ", published="2024-03-05T17:12:00Z")
    >>> head.title, head.author, head.published.value.precision
    (Found(value='Bridge closed', where='feed'), None, 'second')
    """
    words = {"title": title, "publisher": publisher, "author": author}
    times = {"published": published, "updated": updated}
    known: dict[str, Any] = {
        **{name: " ".join(value.split()) for name, value in words.items() if value},
        **{name: _stamp(value) for name, value in times.items() if value},
    }
    found: dict[str, Any] = {name: Found(value, where) for name, value in known.items() if value}
    return Head(**found)


def _stamp(value: datetime | str) -> Stamp | None:
    return read_stamp(value) if isinstance(value, str) else Stamp(when=value, precision="second")


def value_of(found: Found[T] | None) -> T | None:
    """Return the value without its place."""
    return None if found is None else found.value


def first_known(*heads: Head) -> Head:
    """Take each field from the first head that knows it, and the warnings of all."""
    known = {name: next((f for h in heads if (f := getattr(h, name)) is not None), None) for name in FIELDS}
    return Head(**known, warnings=tuple(dict.fromkeys(w for head in heads for w in head.warnings)))


def plausible(head: Head, now: datetime) -> Head:
    """Drop times more than a year after `now`, which has a zone, and say what is odd about those that are left."""
    latest = now.replace(tzinfo=None) + timedelta(days=366)
    stamps = {name: getattr(head, name) for name in ("published", "updated")}
    ahead = {name: found for name, found in stamps.items() if found and found.value.when.replace(tzinfo=None) > latest}
    dropped: dict[str, Any] = dict.fromkeys(ahead)
    odd = [
        f"{found.value.when.date()} lies in the future and is not when it was {name}." for name, found in ahead.items()
    ]
    if head.published and head.updated and not ahead and is_later(head.updated.value, head.published.value) is False:
        odd.append("The time of the update lies before that of publication.")
    return replace(head, **dropped, warnings=(*head.warnings, *odd))


def same_words(a: str, b: str) -> bool:
    """Say whether two names or titles differ at most in marks, case and white space.

    >>> same_words("The Port-Ellery Times", "THE PORT ELLERY TIMES"), same_words("", "")
    (True, False)
    """
    return bool(folded := _folded(a)) and folded == _folded(b)


def _folded(words: str) -> str:
    return "".join(ch for ch in words.casefold() if ch.isalnum())
