"""Where the brief of a story lies: a name that is safe in a path and in an address, and says what it is about. Pure."""

from __future__ import annotations

import re

from anyascii import anyascii

_LONGEST = 60


def folder_of(rank: int, title: str) -> str:
    """Return the name of a story's folder; ASCII letters, digits and hyphens, whatever the title holds.

    >>> folder_of(1, "Ferry runs aground off Nerra: 40 hurt"), folder_of(12, "../../etc/passwd")
    ('01-ferry-runs-aground-off-nerra-40-hurt', '12-etc-passwd')
    >>> folder_of(3, "Паром сел на мель"), folder_of(4, "???")
    ('03-parom-sel-na-mel', '04-story')
    """
    words = re.findall(r"[a-z0-9]+", anyascii(title[:500]).lower())
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        name = longer
    return f"{rank:02d}-{name or 'story'}"
