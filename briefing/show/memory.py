"""The memory of daily briefs as text: what is in it, how much that is, what was removed."""

from __future__ import annotations

from typing import Any

from briefing.memory import Counts
from briefing.render import plural, show_controls

#: Kind of row → what one of them is called, several of them, and what they are.
_WORDS = {
    "items": ("item", "items", "known by their fingerprints, articles or not"),
    "texts": ("text", "texts", "each once, however many articles have it"),
    "bodies": ("source", "sources", "bytes that articles were read from"),
    "articles": ("article", "articles", "versions that were read"),
    "editions": ("edition", "editions", "days that were told"),
    "validators": ("answer", "answers", "of servers: what to ask by whether something has changed"),
    "deliveries": ("delivery", "deliveries", "by mail and webhook"),
    "runs": ("run", "runs", "of briefing daily"),
}


def counts_values(where: str, counts: Counts) -> dict[str, Any]:
    """Return it for a program."""
    return {
        "memory": where,
        "rows": dict(counts.rows),
        "text_bytes": counts.text_bytes,
        "stored_bytes": counts.store_bytes,
        "days": [day.isoformat() for day in counts.days] if counts.days else None,
    }


def counts_page(where: str, counts: Counts) -> str:
    """Say what is in a memory."""
    lines = [show_controls(where)]
    lines += [f"{number:>12,}  {_named(kind, number):<10}  {_WORDS[kind][2]}" for kind, number in counts.rows.items()]
    if counts.days:
        lines.append(f"articles of {counts.days[0]} to {counts.days[1]}")
    lines.append(f"{size(counts.text_bytes)} of text, kept in {size(counts.store_bytes)}")
    return "\n".join(lines) + "\n"


def summary(counts: Counts) -> str:
    """Say in one line how much was carried or removed.

    >>> summary(Counts(rows={"articles": 2, "editions": 1, "runs": 0}, text_bytes=2_340))
    '2 articles, 1 edition; 2.3 kB of text'
    >>> summary(Counts(rows={"articles": 0}))
    'nothing'
    """
    parts = [f"{number:,} {_named(kind, number)}" for kind, number in counts.rows.items() if number]
    text = f"; {size(counts.text_bytes)} of text" if counts.text_bytes else ""
    return f"{', '.join(parts)}{text}" if parts else "nothing"


def _named(kind: str, number: int) -> str:
    one, several, _ = _WORDS[kind]
    return one if number == 1 else several


def size(number: int) -> str:
    """Write a number of bytes.

    >>> size(999), size(1_000), size(80_920_576), size(2_100_000_000)
    ('999 bytes', '1.0 kB', '80.9 MB', '2.1 GB')
    """
    for power, unit in ((9, "GB"), (6, "MB"), (3, "kB")):
        if number >= 10**power:
            return f"{number / 10**power:,.1f} {unit}"
    return plural(number, "byte")
