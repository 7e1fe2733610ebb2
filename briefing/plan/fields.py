"""What one setting of a plan may be: each function takes what the file says, and returns what is meant.

They raise pydantic's error with what is wrong and what to do about it, and repeat nothing that may be a secret. No I/O.
"""

from __future__ import annotations

import difflib
import re
from datetime import time, timedelta
from email.utils import parseaddr
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic_core import PydanticCustomError

from briefing.addresses import target
from briefing.config import abridged
from briefing.errors import AddressRefused
from briefing.fetch import is_address, shown

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_OUTSIDE = "take it out; set PGPASSWORD in the environment, or write a ~/.pgpass"
_LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
_HOURS = {"hour": 1, "hours": 1, "day": 24, "days": 24, "week": 168, "weeks": 168}
#: More than anybody follows a story; less than what a date can hold.
_LONGEST = timedelta(days=3660)


def wrong(message: str, hint: str) -> PydanticCustomError:
    """Return the error that says what is wrong with a value, and what to do."""
    return PydanticCustomError("plan", "{said}", {"said": message, "hint": hint})


def line(text: str) -> str:
    """Text of one line that says something."""
    if _CONTROL.search(text):
        raise wrong("a line break or another sign that cannot be printed", "write it on one line")
    if not text.strip():
        raise wrong("an empty text", "write something or take it out")
    if len(text) > 1_000:
        raise wrong(f"{len(text):,} characters", "at most 1,000")
    return text


# Addresses and paths
# -------------------


def masked(text: str) -> str:
    """Return an address or a path as it may be printed, even where a slip of the pen makes it none.

    >>> masked("https:/me:hunter2@news.example/rss"), masked("news.example/rss?token=8f3c")
    ('…@news.example/rss', 'news.example/rss?token=…')
    """
    # What is longer is no address, and the pattern below takes time by the square of it.
    text = text[:1_000]
    behind = re.search(r"[?#]", text)
    if behind and not is_address(text):
        text = text[: behind.start()] + shown(f"x://x{text[behind.start() :]}").removeprefix("x://x")
    return re.sub(r"[^\s/@:]+:(?!//)[^\s@]*@", "…@", shown(text))


def named(text: str) -> str:
    """Return a value as a message may repeat it."""
    return abridged(masked(text))


def address(text: str) -> str:
    """An address that can be fetched, as far as its spelling tells."""
    line(text)
    scheme, _, rest = masked(text).partition("://")
    if is_address(text) and scheme.lower() not in ("http", "https"):
        raise wrong(f"{named(text)} begins with neither http:// nor https://", f"write https://{rest}")
    try:
        target(text, allow_private=True)
    except AddressRefused as error:
        raise wrong(f"{named(text)}: {error.message}", error.hint) from error
    return text


def feed(text: str) -> str:
    """An address, or the path of a saved feed."""
    return address(text) if is_address(text) else line(text)


def page(text: str) -> str:
    """An address."""
    if not is_address(text):
        line(text)
        raise wrong(f"{named(text)} is no address", "write https:// before it; files and folders stand in `folders`")
    return address(text)


def path(text: str) -> str:
    """A path."""
    if is_address(text):
        raise wrong(f"{named(text)} is an address", "pages stand in `pages`, feeds in `feeds`")
    return line(text)


def site(text: str) -> str:
    """The address of a folder; ends with a slash."""
    parts = urlsplit(address(text))
    if parts.query or parts.fragment:
        raise wrong(f"{named(text)} has a query or a fragment", "write the address of the folder alone")
    return text if text.endswith("/") else f"{text}/"


def hook(text: str) -> str:
    """Where something is posted to; not shown, because it may be all that keeps others out."""
    try:
        target(line(text), allow_private=True)
    except AddressRefused as error:
        if "@" in text:
            raise wrong("a user or a password stands in it", "set BRIEFING_WEBHOOK_SECRET, which signs it") from error
        raise wrong("this is no address that can be posted to", "write it from https:// on") from error
    return text


def memory(text: str) -> str:
    """A path, or the address of a PostgreSQL database without a password."""
    line(text)
    if re.search(r"(?:^|[?&\s])(?:ssl)?password\s*=", text, re.I):
        raise wrong("a password stands in it", _OUTSIDE)
    if re.match(r"postgres(?:ql)?:", text) and not is_address(text):
        raise wrong("two slashes are missing", "write postgresql://user@host/database")
    if not is_address(text):
        return text
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise wrong(f"{named(text)} is no address", "look at its host and port") from error
    if parts.scheme not in ("postgresql", "postgres"):
        raise wrong(
            f"{abridged(parts.scheme + '://')} is no memory", "write a path, or postgresql://user@host/database"
        )
    if parts.password is not None:
        raise wrong("a password stands in it", _OUTSIDE)
    if len(parts.path) < 2:
        raise wrong(f"{named(text)} names no database", "write postgresql://user@host/database")
    return text


# Times and languages
# -------------------


def zone(text: str) -> ZoneInfo:
    """A time zone by its name in the IANA database.

    >>> zone("Europe/Prague")
    zoneinfo.ZoneInfo(key='Europe/Prague')
    """
    names = _zones()
    if text not in names:
        raise wrong(f"{named(text)} is no time zone", _near(text, names) or "write it as Europe/Prague, or UTC")
    return ZoneInfo(text)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _near(text: str, names: frozenset[str]) -> str | None:
    by_fold = {name.casefold().rpartition("/")[2]: name for name in sorted(names)} | {n.casefold(): n for n in names}
    close = difflib.get_close_matches(text.casefold()[:60], sorted(by_fold), n=1, cutoff=0.75)
    return f"did you mean {by_fold[close[0]]}?" if close else None


def hour(value: str | time) -> time:
    """An hour of the day.

    >>> hour("05:00")
    datetime.time(5, 0)
    """
    if isinstance(value, time):
        return value
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value, re.A)
    if not found:
        raise wrong(f"{named(value)} is no hour", 'write it as "05:00", from 00:00 to 23:59')
    return time(int(found[1]), int(found[2]))


def duration(text: str) -> timedelta:
    """A stretch of time in hours, days or weeks.

    >>> duration("36 hours")
    datetime.timedelta(days=1, seconds=43200)
    """
    found = re.fullmatch(r"\s*([0-9]{1,5})\s*([a-z]+)\s*", text, re.A | re.I)
    unit = found and _HOURS.get(found[2].lower())
    if not found or not unit:
        raise wrong(f"{named(text)} is no stretch of time", 'write "36 hours", "3 days" or "2 weeks"')
    span = timedelta(hours=int(found[1]) * unit)
    if not timedelta(hours=1) <= span <= _LONGEST:
        raise wrong(f"{named(text)} is too short or too long", "from 1 hour to 3,660 days")
    return span


def language(text: str) -> str:
    """Two letters of ISO 639-1.

    >>> language("EN")
    'en'
    """
    code = text.lower()
    if code not in _LANGUAGES:
        of_two = re.match(r"([a-z]{2})[-_]", code)
        known = of_two is not None and of_two[1] in _LANGUAGES
        hint = f'write "{code[:2]}"' if known else "two letters of ISO 639-1, such as en, de or uk"
        raise wrong(f"{named(text)} is no language code", hint)
    return code


# Mail
# ----


def mailbox(text: str) -> str:
    """An e-mail address, with a name before it or without.

    >>> mailbox("Night desk <desk@example.org>")
    'Night desk <desk@example.org>'
    """
    line(text)
    found = parseaddr(text)[1]
    if not re.fullmatch(r"[^\s@<>,;:]+@[^\s@<>,;:]+", found):
        raise wrong(f"{named(text)} is no e-mail address", 'write "desk@example.org" or "Desk <desk@example.org>"')
    return text


def host(text: str) -> str:
    """The name of a server."""
    line(text)
    if is_address(text) or re.search(r"[\s/@\\]", text):
        raise wrong("this is no name of a server", 'write the name alone: "smtp.example.org"')
    if re.search(r":\d+$", text) and text.count(":") == 1:
        raise wrong(f"{named(text)} holds a port", "write it apart: port = 587")
    return text
