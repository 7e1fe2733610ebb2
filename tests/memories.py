"""Values that a memory keeps, for its tests: made plainly, and made of anything that their types allow."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from briefing.days import Article, Edition, ToldClaim, ToldStory, Validator
from briefing.sources import sha256
from briefing.types import (
    Answer,
    Answers,
    CheckedClaim,
    ClaimStanding,
    Evidence,
    Match,
    Standing,
    Verdict,
)
from tests.build import document

MONDAY = date(2031, 3, 3)
TUESDAY = date(2031, 3, 4)
WEDNESDAY = date(2031, 3, 5)
FIVE = datetime(2031, 3, 4, 5, tzinfo=UTC)


def article(
    key: str = "https://ferry.example/1",
    text: str = "The ferry ran aground at noon.",
    *,
    print_: str | None = None,
    day: date = TUESDAY,
    arrived: datetime = FIVE,
) -> Article:
    """One version of one article; its fingerprint is the digest of its text, unless another is given."""
    return Article(
        key=key,
        fingerprint=print_ or sha256(text.encode("utf-8", "surrogatepass")),
        day=day,
        arrived=arrived,
        place="https://ferry.example/rss",
        document=replace(document(text, id="S0", title="Ferry aground"), location=key),
    )


def claim(text: str, source: str = "S1") -> ToldClaim:
    """A published claim, borne out by the first characters of a source."""
    return ToldClaim(
        checked=CheckedClaim(
            id="C1",
            story="T1",
            text=text,
            verdict=Verdict.SUPPORTED,
            answers=Answers(located=Answer.PASS, consistent=Answer.PASS, entailed=Answer.NOT_CHECKED),
            decided_by="rules",
            evidence=(Evidence(source=source, start=0, end=len(text), text=text, match=Match.EXACT),),
        ),
        standing=ClaimStanding(claim="C1", standing=Standing.SINGLE_SOURCE, origins=1),
    )


def edition(day: date = TUESDAY, *rests_on: Article, title: str = "Ferry desk") -> Edition:
    """A day's brief of one story."""
    story = ToldStory(
        thread=f"{day}/1",
        rank=1,
        folder="01-ferry-aground",
        title="Ferry aground",
        sources=tuple((f"S{n}", a.key, a.fingerprint) for n, a in enumerate(rests_on, 1)),
        claims=(claim("The ferry ran aground at noon."),),
        terms={"ferry": 0.8, "aground": 0.6},
    )
    as_of = datetime(day.year, day.month, day.day, 5, 30, tzinfo=UTC)
    return Edition(day=day, as_of=as_of, title=title, stories=(story,), read=len(rests_on))


def validator(address: str = "https://ferry.example/rss", etag: str = '"a"') -> Validator:
    """What a server said of a feed."""
    return Validator(
        address=address,
        etag=etag,
        last_modified="",
        content_type="text/xml",
        sha256=sha256(etag.encode()),
        fetched=FIVE,
    )


# Of anything
# -----------

#: Any code points, lone surrogates and NUL too. Two halves of a pair side by side cannot come from outside: whatever
#: reads them makes one character of them.
anything = st.text(st.characters(), max_size=12) | st.text(st.sampled_from("\ud83d\x00\\'\"\n%?{}"), max_size=6)
_ZONES: Any = st.none() | st.builds(timezone, st.integers(-1439, 1439).map(lambda minutes: timedelta(minutes=minutes)))
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: anything,
    bool: st.booleans(),
    int: st.integers(0, 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: st.datetimes(min_value=datetime(1900, 1, 1), timezones=_ZONES),  # noqa: DTZ001 - with any zone or none
    date: st.dates(min_value=date(1900, 1, 1)),
}


@cache
def made(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type, by the types of its fields."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return st.builds(kind, **{item.name: made(hints[item.name]) for item in fields(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    origin, of = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of(*(st.none() if one is type(None) else made(one) for one in of))
    if origin is Mapping:
        return st.dictionaries(made(of[0]), made(of[1]), max_size=3)
    if of[1:] == (...,):
        return st.lists(made(of[0]), max_size=2).map(tuple)
    return st.tuples(*map(made, of))
