"""Read the addresses in a text: of pages, of mailboxes, and of whatever else a reader could be sent to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """An address as the text writes it; the span leaves out the punctuation of the sentence around it."""

    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """What two spellings of one address share: small letters, no `https://`, no `www.`, no solidus at the end.

        >>> [address.key for address in read_addresses("https://www.Example.org/A/ or mailto:ann@example.org")]
        ['example.org/a', 'ann@example.org']
        """
        return _SCHEME.sub("", self.text.casefold()).removeprefix("www.").rstrip("/")


_SCHEME = re.compile(r"\A(?:https?|ftp|mailto):(?://)?")
#: Endings that a bare host name is taken for one by; any other needs `www.` or a path behind it. A dot between
#: small letters alone is a slip of the keyboard more often than an address.
_ENDINGS = "com|org|net|info|biz|io|eu|gov|edu|int|news|co\\.[a-z]{2}|com\\.[a-z]{2}"
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}"
_REST = r"[^\s<>\[\]()\"“”]*"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:"
    rf"(?:https?|ftp)://{_REST}"
    rf"|(?:mailto|javascript|data|tel):[^\s\[\]\"“”]+"
    rf"|[\w.+-]{{1,64}}@{_HOST}[a-z]{{2,24}}"
    rf"|www\.{_HOST}[a-z]{{2,24}}(?:[/?#]{_REST})?"
    rf"|{_HOST}(?:(?:{_ENDINGS})(?:[/?#]{_REST})?|[a-z]{{2,24}}/{_REST})(?![\w.-]*\w)"
    rf")",
    re.I,
)
_AFTER = ".,;:!?…'’*_)"


def read_addresses(text: str) -> tuple[Address, ...]:
    """Return the addresses of `text`, in order.

    >>> [address.text for address in read_addresses("Pay at pay.example.org/now, or write to ann@example.org.")]
    ['pay.example.org/now', 'ann@example.org']
    >>> read_addresses("At 7 p.m. the U.S. team led 3.5 to 2, he said.Then it rained. See and/or.")
    ()
    """
    found = []
    for match in _ADDRESS.finditer(text):
        written = match[0].rstrip(_AFTER)
        found.append(Address(start=match.start(), end=match.start() + len(written), text=written))
    return tuple(found)
