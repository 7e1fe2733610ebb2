"""robots.txt as RFC 9309 has it: which paths a host keeps programs from, and how long they should wait. Pure.

Not `urllib.robotparser`, which takes the first rule that matches instead of the longest and knows no wildcards; and no
regular expressions, which a hostile file could keep busy for hours: rules are matched piece by piece in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_letters, digits, punctuation
from urllib.parse import quote

#: What we are called there.
PRODUCT = "briefing"
#: RFC 9309 wants at least 500 KiB read; what follows is not.
MOST_BYTES = 512 * 1024
_MOST_RULES = 10_000
_ESCAPED = re.compile(rb"%([0-9a-fA-F]{2})")
_UNRESERVED = (ascii_letters + digits + "-._~").encode()
_PRINTABLE = punctuation


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Allow or disallow the paths that a pattern matches."""

    allow: bool
    pieces: tuple[bytes, ...]
    """The pattern between its wildcards."""
    to_the_end: bool
    """Whether it ended in `$`."""

    @property
    def length(self) -> int:
        """How exact it is: in bytes of its pattern."""
        return sum(map(len, self.pieces)) + len(self.pieces) - 1

    def matches(self, path: bytes) -> bool:
        """Say whether a path begins as the pattern says; the leftmost place for each piece is as good as any."""
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        at = len(first)
        last = others.pop() if others and self.to_the_end else None
        for piece in others:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if last is not None:
            return len(path) - len(last) >= at and path.endswith(last)
        return not self.to_the_end or at == len(path)


@dataclass(frozen=True, kw_only=True, slots=True)
class Robots:
    """What one host's file says to us."""

    rules: tuple[Rule, ...] = ()
    delay_s: float | None = None
    """`Crawl-delay`, which no standard has and many files do."""

    def allows(self, path: str) -> bool:
        """Say whether a path, with its query, may be asked for: the longest rule decides, and a tie allows.

        >>> robots = read_robots(b"User-agent: *\\nDisallow: /a\\nAllow: /a/open*.html$")
        >>> [robots.allows(path) for path in ("/b", "/a/b", "/a/open-1.html", "/a/open-1.html?x")]
        [True, False, True, False]
        """
        normal = _normal(path)
        best = max(
            ((rule.length, rule.allow) for rule in self.rules if rule.matches(normal)),
            default=(0, True),
        )
        return best[1] or normal == b"/robots.txt"


#: Where nothing is said, all is allowed.
OPEN = Robots()


def read_robots(data: bytes) -> Robots:
    """Read the groups for us, or else those for everybody; what cannot be read is skipped.

    >>> read_robots(b"User-agent: other\\nDisallow: /\\n\\nUser-agent: Briefing\\nCrawl-delay: 3").delay_s
    3.0
    """
    ours = Robots()
    everybody = Robots()
    named = False
    for agents, lines in _groups(data[:MOST_BYTES].removeprefix(b"\xef\xbb\xbf")):
        if PRODUCT in agents:
            named, ours = True, _joined(ours, lines)
        elif "*" in agents:
            everybody = _joined(everybody, lines)
    return ours if named else everybody


def _groups(data: bytes) -> Iterator[tuple[set[str], list[tuple[str, bytes]]]]:
    """Yield each group: the products that it names in a row, and the lines that follow."""
    agents: set[str] = set()
    lines: list[tuple[str, bytes]] = []
    for name, value in _lines(data):
        if name == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = set(), []
            agents.add(_product(value))
        elif agents:
            lines.append((name, value))
    yield agents, lines


def _lines(data: bytes) -> Iterator[tuple[str, bytes]]:
    for line in data.replace(b"\r", b"\n").split(b"\n"):
        name, colon, value = line.partition(b"#")[0].partition(b":")
        known = name.strip().lower().decode("latin-1")
        if colon and known in {"user-agent", "allow", "disallow", "crawl-delay"}:
            yield known, value.strip()


def _product(value: bytes) -> str:
    """Cut a version off: `Briefing/1.0 (news)` names briefing."""
    return value.decode("latin-1").lower().partition("/")[0].partition(" ")[0]


def _joined(before: Robots, lines: Iterable[tuple[str, bytes]]) -> Robots:
    rules = list(before.rules)
    delay = before.delay_s
    for name, value in lines:
        if name == "crawl-delay":
            delay = _seconds(value) or delay
        # An empty rule matches nothing.
        elif value and len(rules) < _MOST_RULES:
            rules.append(_rule(value, allow=name == "allow"))
    return Robots(rules=tuple(rules), delay_s=delay)


def _seconds(value: bytes) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if 0 < seconds < float("inf") else None


def _rule(value: bytes, *, allow: bool) -> Rule:
    bare = value.removesuffix(b"$")
    pieces = tuple(_normal(piece) for piece in bare.split(b"*"))
    return Rule(allow=allow, pieces=pieces, to_the_end=bare != value)


def _normal(path: str | bytes) -> bytes:
    """Write a path in one of the ways to escape it, so that `/%7ejoe` and `/~joe` compare equal.

    >>> _normal("/%7ejoe/a%2fb/é")
    b'/~joe/a%2Fb/%C3%A9'
    """
    data = path.encode() if isinstance(path, str) else path
    return _ESCAPED.sub(_unescaped, quote(data, safe=_PRINTABLE).encode())


def _unescaped(escaped: re.Match[bytes]) -> bytes:
    """Undo an escape that was not needed; a slash or a star that is escaped is part of a name, and stays so."""
    byte = bytes.fromhex(escaped[1].decode())
    return byte if byte in _UNRESERVED else escaped[0].upper()
