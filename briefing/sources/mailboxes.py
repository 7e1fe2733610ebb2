"""A mailbox: the mails in it, one behind the other, each beginning at a line "From …"."""

from __future__ import annotations

import re

from briefing.sources.part import Part

_FROM = re.compile(rb"(?:\A|\n\r?\n)(From \S+ +\S[^\n]* \d{4}\r?\n)(?=[A-Za-z][\w-]+:)")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_ID = re.compile(rb"^Message-ID:\s*(<[!-~]{1,250}>)\s*$", re.I | re.M)


def mails(data: bytes) -> tuple[Part, ...]:
    """Return the mails of a mailbox: what stands between its lines "From …", to the byte."""
    found = list(_FROM.finditer(data))
    ends = [match.start(1) for match in found[1:]] + [len(data)]
    return tuple(
        Part(
            number=number,
            data=(mail := data[match.end(1) : end]),
            media_type="message/rfc822",
            key=_message_id(mail),
        )
        for number, (match, end) in enumerate(zip(found, ends, strict=True), 1)
    )


def _message_id(mail: bytes) -> str | None:
    found = _ID.search(_END_OF_HEAD.split(mail, 1)[0])
    return found[1].decode("ascii") if found else None
