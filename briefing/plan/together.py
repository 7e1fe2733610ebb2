"""What is wrong with settings that are right one by one, and what they name that is not there.

Takes the file as it stands, right or wrong: what is not of the form that it should have is passed over here.
"""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from briefing.config import DAILY
from briefing.fetch import is_address
from briefing.plan.faults import Wrong
from briefing.plan.fields import masked, named
from briefing.plan.places import Path as Loc
from briefing.plan.shape import located


def check(daily: Mapping[str, Any], folder: Path) -> Iterator[Wrong]:
    """Yield everything; paths count from `folder`.

    >>> [wrong.message for wrong in check({"only_topics": True}, Path("/"))]
    ['neither feeds nor pages nor folders', 'only_topics without a topic leaves nothing']
    """
    if not any(daily.get(name) for name in ("feeds", "pages", "folders")):
        yield Wrong(
            loc=(DAILY,), message="neither feeds nor pages nor folders", hint="name at least one to read", absent=True
        )
    if daily.get("only_topics") is True and not daily.get("topic"):
        hint = "add a [[daily.topic]], or take it out"
        yield Wrong(
            loc=(DAILY, "only_topics"), message="only_topics without a topic leaves nothing", hint=hint, absent=True
        )
    yield from _twice(daily)
    yield from _mail(_table(daily.get("mail")))
    yield from _not_there(daily, folder)
    yield from _own_output(daily, folder)
    yield from _own_memory(daily.get("memory"), folder)


def _twice(daily: Mapping[str, Any]) -> Iterator[Wrong]:
    for name in ("feeds", "pages", "folders", "languages"):
        yield from _repeated([((DAILY, name, n), text) for n, text in _texts(daily.get(name))])
    yield from _repeated([((DAILY, "mail", "to", n), text) for n, text in _texts(_table(daily.get("mail")).get("to"))])
    topics = enumerate(map(_table, _list(daily.get("topic"))))
    names = [((DAILY, "topic", n, "name"), topic["name"]) for n, topic in topics if isinstance(topic.get("name"), str)]
    yield from _repeated([(loc, " ".join(name.split()).casefold()) for loc, name in names])


def _repeated(texts: list[tuple[Loc, str]]) -> Iterator[Wrong]:
    seen: Counter[str] = Counter()
    for loc, text in texts:
        if seen[text]:
            said = f"{named(text)} stands here already"
            yield Wrong(loc=loc, message=said, hint="take one of them out")
        seen[text] += 1


def _mail(mail: Mapping[str, Any]) -> Iterator[Wrong]:
    if mail.get("security") == "none" and mail.get("user"):
        said = "a user without security would send the password for all to read"
        yield Wrong(
            loc=(DAILY, "mail", "security"), message=said, hint='write "starttls" or "tls", or take out the user'
        )


def _not_there(daily: Mapping[str, Any], folder: Path) -> Iterator[Wrong]:
    for name in ("feeds", "folders"):
        for n, place in _paths(daily.get(name), folder):
            folder_there = _is_folder(place)
            if folder_there is None:
                said = f"nothing stands at {masked(place)}"
                hint = "make it, or mend the path, which counts from the folder of this file"
                if name == "feeds":
                    hint += "; an address begins with https://"
                yield Wrong(loc=(DAILY, name, n), message=said, hint=hint, passing=True)
            elif name == "feeds" and folder_there:
                yield Wrong(loc=(DAILY, name, n), message=f"{masked(place)} is a folder", hint="write it under folders")


def _own_output(daily: Mapping[str, Any], folder: Path) -> Iterator[Wrong]:
    output = daily.get("output", "briefs")
    if not isinstance(output, str) or "\0" in output or is_address(output):
        return
    at = Path(located(output, folder))
    if _is_folder(at) is False:
        yield Wrong(loc=(DAILY, "output"), message=f"{at} is a file", hint="name a folder for the briefs")
    for n, place in _paths(daily.get("folders"), folder):
        if at.is_relative_to(place):
            said = f"the briefs go into {at}, so tomorrow they would be read as articles"
            yield Wrong(
                loc=(DAILY, "folders", n),
                message=said,
                hint="read and write in folders apart, such as inbox and briefs",
            )


def _own_memory(memory: object, folder: Path) -> Iterator[Wrong]:
    if isinstance(memory, str) and not is_address(memory) and _is_folder(located(memory, folder)):
        said = f"{masked(located(memory, folder))} is a folder"
        yield Wrong(loc=(DAILY, "memory"), message=said, hint="name a file in it, which need not be there yet")


def _is_folder(place: str | Path) -> bool | None:
    """Say whether a folder stands there; None when nothing does, or nothing that may be looked at."""
    try:
        return stat.S_ISDIR(Path(place).stat().st_mode)
    except (OSError, ValueError):
        return None


def _paths(value: object, folder: Path) -> Iterator[tuple[int, str]]:
    for n, text in _texts(value):
        if text.strip() and "\0" not in text and not is_address(text):
            yield n, located(text, folder)


def _texts(value: object) -> Iterator[tuple[int, str]]:
    yield from ((n, text) for n, text in enumerate(_list(value)) if isinstance(text, str))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
