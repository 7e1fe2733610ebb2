"""MIME taken apart: the parts of a mail or a saved page, and the bytes of each. Nothing of it is run or followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from itertools import islice
from typing import TYPE_CHECKING

from briefing.errors import SourceUnsupported

_MOST_PARTS = 1_000
_TOO_DEEP = "MIME parts nested too deeply"
_HINT = "save its text as a .txt file"

_LONGEST_FIELD = 4_000


if TYPE_CHECKING:  # generic for the type checker alone
    _Policy = EmailPolicy[EmailMessage]
else:
    _Policy = EmailPolicy


class _FieldsCutToLength(_Policy):
    # The grammar's parser takes time by the square of a field's length, and runs each time that the field is asked for:
    # one of 25 kB cost ten seconds. What names a part, its sender or its day stands at a field's beginning.
    def header_fetch_parse(self, name: str, value: str) -> str:
        read: str = super().header_fetch_parse(name, value[:_LONGEST_FIELD])
        return read


def parsed(data: bytes, location: str) -> EmailMessage:
    """Parse a message. Raises SourceUnsupported for one that nests too deeply to be one."""
    try:
        message = message_from_bytes(data, policy=_FieldsCutToLength())
    except RecursionError as error:
        raise SourceUnsupported(location, _TOO_DEEP, hint=_HINT) from error
    return message


def leaves(message: EmailMessage, location: str) -> list[EmailMessage]:
    """Return the parts that hold something themselves, in order; messages in it are leaves too."""
    try:
        found = list(islice(_leaves(message), _MOST_PARTS + 1))
    except RecursionError as error:
        raise SourceUnsupported(location, _TOO_DEEP, hint=_HINT) from error
    if len(found) > _MOST_PARTS:
        raise SourceUnsupported(location, f"more than {_MOST_PARTS:,} MIME parts", hint=_HINT)
    return found


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    pending = [message]
    while pending:
        part = pending.pop()
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            pending.extend(reversed([child for child in part.get_payload() if isinstance(child, EmailMessage)]))
        else:
            yield part


def content(part: EmailMessage) -> bytes:
    """Return the bytes of a part, its transfer encoding undone as far as it is sound."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def charset(part: EmailMessage) -> str | None:
    """Return the encoding that a part names, or None."""
    named = part.get_content_charset()
    return named if named and re.fullmatch(r"[\w.:-]{2,40}", named, re.A) else None


def field(message: EmailMessage, name: str) -> str:
    """Return a header, decoded, on one line; empty where it is missing or cannot be read.

    The standard parser raises a dozen kinds of errors at headers made to break it.
    """
    try:
        value = str(message.get(name, ""))
    except Exception:  # noqa: BLE001 - see above
        value = ""
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())[:1_000]
