"""What a day of articles costs the memory: to keep, to ask for, to have back, and on the disk.

    python -m benchmarks.memory [ADDRESS] [--articles N] [--json]

Without an address in a file of its own, which is deleted. Texts are of random words, which compress worse than news do.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from briefing.days import Article
from briefing.memory import open_memory
from briefing.sources import sha256
from briefing.types import Block, Document, Role

DAY = date(2031, 3, 4)
_PARAGRAPHS, _WORDS = 15, 45
#: Of feeds with 100 items each, kept feed by feed as they come.
_BATCH = 100


def articles(number: int) -> Iterator[Article]:
    """Make articles of some 4.4 kB that no two runs make otherwise."""
    dice = random.Random(3)
    words = ["".join(dice.choices("etaoinshrdlucmfwypvbgkjqxz", k=dice.randint(2, 9))) for _ in range(5_000)]
    for n in range(number):
        paragraphs = [" ".join(dice.choices(words, k=_WORDS)) for _ in range(_PARAGRAPHS)]
        yield _article(n, paragraphs)


def _article(number: int, paragraphs: list[str]) -> Article:
    key = f"https://feed-{number % 200}.example/news/2031/03/04/{number}-words-of-a-headline"
    text, blocks = "\n\n".join(paragraphs), list[Block]()
    for paragraph in paragraphs:
        start = blocks[-1].end + 2 if blocks else 0
        blocks.append(Block(role=Role.BODY, start=start, end=start + len(paragraph)))
    digest = sha256(text.encode())
    document = Document(
        id="S0",
        location=key,
        sha256=digest,
        text=text,
        text_sha256=digest,
        media_type="text/html",
        encoding="utf-8",
        extractor="benchmark/1",
        title="Words of a headline",
        publisher="The Feed",
        published=datetime(2031, 3, 4, 4, tzinfo=UTC),
        published_precision="second",
        found_in=(("title", "meta og:title"), ("published", "meta article:published_time")),
        language="en",
        blocks=tuple(blocks),
    )
    arrived = datetime(2031, 3, 4, 5, tzinfo=UTC) + timedelta(seconds=number // _BATCH)
    return Article(key=key, fingerprint=digest, day=DAY, arrived=arrived, place=key[:30], document=document)


def measure(where: str, number: int) -> dict[str, float]:
    """Keep articles in a new memory, and ask for them in every way that a run does."""
    figures: dict[str, float] = {"articles": number}
    made = list(articles(number))
    keys = [article.key for article in made]

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        figures[name] = time.perf_counter() - began

    with open_memory(where) as memory:
        with timed("keep_s"):
            for start in range(0, number, _BATCH):
                memory.keep(made[start : start + _BATCH])
        del made
        with timed("fingerprints_s"):
            known = memory.fingerprints(keys)
        before = _peak()
        with timed("articles_s"):
            found = memory.articles(DAY)
        figures["articles_mb"] = max(0.0, _peak() - before)
        with timed("latest_s"):
            latest = memory.latest(keys, upto=DAY)
        with timed("export_s"):
            memory.export(io.BytesIO())
    # Opened again, because its log is folded in when it is closed.
    with open_memory(where) as memory:
        counts = memory.counts()
    figures["missing"] = 3 * number - len(known) - len(found) - len(latest)
    figures["text_mb"], figures["stored_mb"] = counts.text_bytes / 1e6, counts.store_bytes / 1e6
    figures["peak_mb"] = _peak()
    return figures


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", nargs="?", help="an empty schema of a PostgreSQL database; else a file is made")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(given.address or str(Path(folder) / "memory.sqlite3"), given.articles)
    if given.json:
        print(json.dumps({"files": {"memory": figures}, "mean": figures}))
    else:
        print("\n".join(f"{name:>16}  {value:,.2f}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
