"""What the benchmarks share: reading labelled lines, plain documents, and the mean over files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.types import Block, Document, Role

Figures = dict[str, float]
_LINE = re.compile(r"\S[^\n]*")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def plain_document(name: str, text: str, *, published: str | None = None) -> Document:
    """Take a labelled text as it is: every line a body block, so that only what comes after reading is measured.

    `published` is an ISO date.
    """
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=name,
        location=name,
        sha256=digest,
        text=text,
        text_sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        extractor="lines/1",
        published=datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None,
        language="en",
        blocks=tuple(Block(role=Role.BODY, start=m.start(), end=m.end()) for m in _LINE.finditer(text)),
    )


def mean(results: Sequence[Figures]) -> Figures:
    """Return the unweighted mean over files of every figure, over those files that have it.

    >>> mean([{"keep": 0.5}, {"keep": 1.0, "f1": 0.5}])
    {'keep': 0.75, 'f1': 0.5}
    """
    names = dict.fromkeys(name for figures in results for name in figures)
    having = {name: [figures[name] for figures in results if name in figures] for name in names}
    return {name: sum(values) / len(values) for name, values in having.items()}
