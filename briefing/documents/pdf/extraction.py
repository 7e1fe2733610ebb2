"""Have a PDF read by the worker, within limits of time and memory; what it gives, checked."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.documents.reading import LEAVE_OUT
from briefing.errors import SourceBroken, SourceEncrypted

_WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True, kw_only=True, slots=True)
class PDFLimits:
    """What reading one PDF may cost. The library that reads it is in C: these hold whatever it does."""

    pages: int = 2_000
    characters: int = 5_000_000
    seconds: float = 60.0
    megabytes: int = 2_048
    """Of address space; where the system cannot limit it, there is no limit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A run of text without white space, where it stands in the page's text and on the page."""

    start: int
    end: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """Of its font as it is printed, in points."""
    hidden: int
    """0, or why nobody sees it: see `worker.py`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page as the worker read it."""

    number: int
    """Counted from 1."""
    width: float
    height: float
    images: int
    pictured: float
    """Share of the page that pictures take up; more than 1 where they lie on each other."""
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Extracted:
    """What could be read of a file."""

    pages: tuple[Page, ...]
    count: int
    """How many pages the file has."""
    title: str | None
    author: str | None


def extract(data: bytes, location: str, limits: PDFLimits) -> Extracted:
    """Read a PDF in a process of its own. Raises SourceEncrypted and SourceBroken."""
    command = [sys.executable, "-I", str(_WORKER), *map(str, (limits.pages, limits.characters, limits.megabytes))]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with numbers for arguments
            command,
            input=data,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"not read after {limits.seconds:g} seconds"
        raise SourceBroken(location, message, hint=LEAVE_OUT) from error
    if done.returncode:
        message = f"the program that reads PDFs gave up on it (exit code {done.returncode})"
        raise SourceBroken(location, message, hint=LEAVE_OUT)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise _refused(location, str(answer["error"]))
    return _extracted(answer)


def _refused(location: str, said: str) -> SourceBroken | SourceEncrypted:
    if "password" in said.lower():
        hint = "save a copy without a password, or the words of the article as a .txt file"
        return SourceEncrypted(location, "the file is encrypted and wants a password", hint=hint)
    return SourceBroken(location, "the file is not a whole PDF", hint="fetch or save it again")


def _extracted(answer: dict[str, Any]) -> Extracted:
    metadata = answer["metadata"]
    return Extracted(
        pages=tuple(_page(number, page) for number, page in enumerate(answer["pages"], start=1)),
        count=answer["count"],
        title=metadata.get("Title"),
        author=metadata.get("Author"),
    )


_FIELDS = ("start", "end", "left", "bottom", "right", "top", "size", "hidden")


def _page(number: int, values: dict[str, Any]) -> Page:
    return Page(
        number=number,
        width=values["width"],
        height=values["height"],
        images=values["images"],
        pictured=values["pictured"],
        text=values["text"],
        words=tuple(Word(**dict(zip(_FIELDS, word, strict=True))) for word in values["words"]),
    )
