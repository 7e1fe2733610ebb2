"""Links that open a page at the words they quote: text fragments, `#:~:text=[prefix-,]start[,end][,-suffix]`.

A browser looks for the words without regard to case and white space, at the bounds of words, and lights the first
place that fits. So words around a quotation are given only where it would otherwise light another one. What our text
of a page and the browser's do not share, such as a caption that stands between, no link can know.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

#: Code points. Longer quotations are given by their first and last words, as are those of several paragraphs: a browser
#: finds words in one paragraph only.
_WHOLE = 200
_ENDS = 5
_MOST_AROUND = 12
_ADDRESS = re.compile(r"https?://[^/?#\s@]+(?:[/?#]\S*)?", re.I)
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~")
_IN_ADDRESS = _PLAIN | frozenset(b"-:/?#@!$&*+,;=%")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fragment:
    """What a browser is to look for. Only `start` must be there; `prefix` and `suffix` are not lit."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        """Print it as it stands in an address.

        >>> str(Fragment(start="well-known, true & false", prefix="It is"))
        'It%20is-,well%2Dknown%2C%20true%20%26%20false'
        """
        parts = [f"{_encoded(self.prefix)}-"] if self.prefix else []
        parts.append(_encoded(self.start))
        parts += [_encoded(self.end)] if self.end else []
        parts += [f"-{_encoded(self.suffix)}"] if self.suffix else []
        return ",".join(parts)


def is_linkable(address: str | None) -> TypeGuard[str]:
    """Say whether something is an address of the web that a link may lead to: nothing else is ever made a link."""
    return address is not None and _ADDRESS.fullmatch(address) is not None and address.isprintable()


def link(address: str | None, text: str, start: int, end: int) -> str | None:
    """Return the link to `text[start:end]` on the page at `address`; None for what is no address of the web.

    >>> link("https://news.example/a#top", "It rained. The dam held.", 11, 24)
    'https://news.example/a#top:~:text=The%20dam%20held.'
    >>> link("javascript:alert(1)", "It rained.", 0, 10) is None
    True
    """
    if not is_linkable(address) or not text[start:end].strip():
        return None
    safe = "".join(chr(b) if b in _IN_ADDRESS else f"%{b:02X}" for b in address.encode("utf-8", "replace"))
    # Nothing may be left of directives that the address brings along.
    safe = safe.partition(":~:")[0]
    return f"{safe}{'' if '#' in safe else '#'}:~:text={fragment(text, start, end)}"


def fragment(text: str, start: int, end: int) -> Fragment:
    """Return the shortest fragment that lights `text[start:end]` and nothing before it.

    Where even a dozen words on each side do not tell two places apart, the words are the same, and so is what is read.

    >>> str(fragment("It rained. So it was. It rained. Then not.", 22, 32))
    'was.-,It%20rained.'
    """
    page = _Page(text)
    wanted = page.at(start, end)
    choices = list(_choices(text, start, end))
    return next((each for each in choices if page.found(each) == [wanted]), choices[-1])


def _choices(text: str, start: int, end: int) -> Iterator[Fragment]:
    """Yield fragments for the span, each with more of what stands around it than the one before."""
    quote = text[start:end].strip()
    first, last = _ends(quote)
    before, after = _line_before(text, start), _line_after(text, end)
    yield Fragment(start=first, end=last)
    for count in range(1, _MOST_AROUND + 1):
        prefix, suffix = _short(before[-count:]), _short(after[:count])
        if prefix:
            yield Fragment(start=first, end=last, prefix=prefix)
        if suffix:
            yield Fragment(start=first, end=last, suffix=suffix)
        if prefix and suffix:
            yield Fragment(start=first, end=last, prefix=prefix, suffix=suffix)


def _short(words: list[str]) -> str:
    together = " ".join(words)
    return together if len(together) <= _WHOLE else ""


def _ends(quote: str) -> tuple[str, str]:
    lines = quote.splitlines()
    if len(lines) == 1 and len(quote) <= _WHOLE:
        return " ".join(quote.split()), ""
    first, last = lines[0].split(), lines[-1].split()
    if len(lines) == 1 and len(first) < 2 * _ENDS:
        return " ".join(first), ""
    return " ".join(first[:_ENDS]), " ".join(last[-_ENDS:])


def _line_before(text: str, start: int) -> list[str]:
    """Return the words before, of this line or else of the last one that has any: none crosses a paragraph."""
    lines = text[:start].splitlines()
    return next((words for line in reversed(lines) if (words := line.split())), [])


def _line_after(text: str, end: int) -> list[str]:
    lines = text[end:].splitlines()
    return next((words for line in lines if (words := line.split())), [])


class _Page:
    """A text as a browser searches it: in lower case, every run of white space one space."""

    def __init__(self, text: str) -> None:
        self._origin: list[int] = []
        folded: list[str] = []
        for m in re.finditer(r"\s+|\S", text):
            lower = " " if m.group().isspace() else m.group().lower()
            folded.append(lower)
            self._origin += [m.start()] * len(lower)
        self._folded = "".join(folded)

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the text stands here, without white space at its ends."""
        first, last = bisect_left(self._origin, start), bisect_left(self._origin, end)
        found = self._folded[first:last]
        return first + len(found) - len(found.lstrip()), first + len(found.rstrip())

    def found(self, wanted: Fragment) -> list[tuple[int, int]]:
        """Return the first two places that fit."""
        start, end = wanted.start.lower(), wanted.end.lower()
        places: list[tuple[int, int]] = []
        at = self._folded.find(start)
        while at >= 0 and len(places) < 2:
            last = self._folded.find(end, at + len(start)) + len(end) if end else at + len(start)
            if last < at + len(start):
                break
            if self._fits(at, last, wanted):
                places.append((at, last))
            at = self._folded.find(start, at + 1)
        return places

    def _fits(self, start: int, end: int, wanted: Fragment) -> bool:
        before = self._folded[max(0, start - len(wanted.prefix) - 1) : start]
        after = self._folded[end : end + len(wanted.suffix) + 1]
        bounded = not (before[-1:].isalnum() and self._folded[start].isalnum())
        bounded = bounded and not (after[:1].isalnum() and self._folded[end - 1].isalnum())
        prefixed = before.rstrip().endswith(wanted.prefix.lower())
        return bounded and prefixed and after.lstrip().startswith(wanted.suffix.lower())


def _encoded(text: str) -> str:
    return "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in text.encode("utf-8", "replace"))
