"""How long it takes to read articles: 1,000 of 4 kB, as plain text and as pages.

    python -m benchmarks.reading FOLDER [--articles 1000] [--json]

The articles are made from the plain-text ones in FOLDER, with words and figures of their own, as `benchmarks.growth`
makes them, and filled up to 4 kB; as pages they stand between menus, links and a footer. Reading is everything from
bytes to a document with roles, head and language. Prints seconds and MB of bytes a second.
"""

from __future__ import annotations

import argparse
import html
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.growth import articles
from briefing.documents import read_document
from briefing.sources import media_type, sha256
from briefing.types import Source

_BYTES = 4_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Read both kinds; print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--articles", type=int, default=1_000, help="how many of each kind")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args(arguments)
    texts = [filled(text) for text in articles(options.folder, options.articles)]
    figures = {
        "text": measured([text.encode() for text in texts], "a.txt"),
        "page": measured([as_page(text).encode() for text in texts], "a.html"),
    }
    if options.json:
        print(json.dumps(figures, indent=2))
        return 0
    for kind, values in figures.items():
        print(f"{kind:<6}" + "".join(f"  {name} {value:.2f}" for name, value in values.items()))
    return 0


def filled(text: str) -> str:
    """Repeat the paragraphs of a text until it has 4 kB.

    >>> len(filled("One. " * 30)) >= 4_000
    True
    """
    times = -(-_BYTES // max(1, len(text.encode())))
    return "\n\n".join([text] * times)[: _BYTES + 200]


def as_page(text: str) -> str:
    """Put a text into the middle of a page."""
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n") if part.strip())
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(20))
    return (
        f"<!DOCTYPE html><html><head><title>News</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>News of the day</h1>{paragraphs}</article><footer><p>About us</p></footer></body></html>"
    )


def measured(pages: Sequence[bytes], name: str) -> dict[str, float]:
    """Read every one; return seconds of the clock, and MB a second."""
    sources = [
        Source(id=f"S{n}", location=name, data=data, sha256=sha256(data), media_type=media_type(data, name))
        for n, data in enumerate(pages, start=1)
    ]
    read_document(sources[0])
    started = time.perf_counter()
    for source in sources:
        read_document(source)
    seconds = time.perf_counter() - started
    return {"articles": len(sources), "seconds": seconds, "mb_per_second": sum(map(len, pages)) / 1e6 / seconds}


if __name__ == "__main__":
    sys.exit(main())
