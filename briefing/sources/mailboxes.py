"""A mailbox: the mails in it, one behind the other, each beginning at a line "From …"."""

from __future__ import annotations

import re

from briefing.sources.part import Part

_FROM = re.compile(rb"(?:\A|\n\r?\n)(From \S+ +\S[^\n]* \d{4}\r?\n)(?=[A-Za-z][\w-]+:)")


def mails(data: bytes) -> tuple[Part, ...]:
    """Return the mails of a mailbox: what stands between its lines "From …", to the byte."""
    found = list(_FROM.finditer(data))
    ends = [match.start(1) for match in found[1:]] + [len(data)]
    return tuple(
        Part(number=number, data=data[match.end(1) : end], media_type="message/rfc822")
        for number, (match, end) in enumerate(zip(found, ends, strict=True), 1)
    )
