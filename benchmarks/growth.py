"""Time and memory of the extractive path against the number of articles: close to linear, or a stage is wrong.

    python -m benchmarks.growth FOLDER [--articles 10,100,1000] [--json]

Articles are made from those in FOLDER: each story takes their sentences with words, names and figures of its own, five
articles a story. Prints, per size, seconds per stage, milliseconds per article, and the ratio to the smallest.
Not timed in tests: machines differ; the ratio within one run is what counts.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import tempfile
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path

from briefing.pipeline import Job, make

ARTICLES_PER_STORY = 5


def articles(folder: Path, count: int) -> list[str]:
    """Make `count` articles, five a story, from the plain-text ones in `folder`.

    The articles of one story share made-up names, nouns and figures; two stories share only the small words of
    the language. The same folder and count give the same articles.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))][:ARTICLES_PER_STORY]
    return [_retold(texts[i % len(texts)], i // ARTICLES_PER_STORY) for i in range(count)]


def _retold(text: str, story: int) -> str:
    """Give every longer word and every figure the form it has in this story."""
    text = re.sub(r"[A-Za-z]{5,}", lambda m: _word(m.group(), story), text)
    return re.sub(r"(?<![\d:])\d(?=\d?,\d{3}|\d{2}\b)", lambda m: str(1 + (int(m.group()) + story) % 9), text)


def _word(word: str, story: int) -> str:
    if word.casefold() in _KEPT or word.endswith(("ly", "ing")):
        return word
    seed = zlib.crc32(f"{story} {word.casefold()}".encode())
    made = "".join(_SYLLABLES[(seed >> shift) % len(_SYLLABLES)] for shift in (0, 8, 16)) + word[-2:]
    return made.capitalize() if word[0].isupper() else made


_SYLLABLES = ("ba", "ko", "li", "mur", "ne", "sta", "vi", "tro", "sel", "gan", "du", "pre", "hor")
# Words that make it news, dates and page furniture: they carry the structure that the stages read.
_KEPT = frozenset(
    "about after before people minister director spokesperson according report reported reports officials update "
    "correction photo share comments leave reply subscribe monday tuesday wednesday thursday friday saturday sunday "
    "march february january metres million crowns remain earlier version article author editor their there which "
    "would could should around under since while where other others three seven".split()
)


def measure(texts: list[str]) -> dict[str, float]:
    """Run the pipeline once over files with these texts; seconds per stage and in all."""
    stages: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for i, text in enumerate(texts):
            Path(folder, f"{i:05}.txt").write_text(text, encoding="utf-8")
        last = started = time.perf_counter()

        def report(stage: str, _: str) -> None:
            nonlocal last
            now = time.perf_counter()
            stages[stage] = now - last
            last = now

        made = make(Job(locations=(folder,), as_of=datetime(2031, 3, 6, tzinfo=UTC)), report=report)
        stages["assemble"] = time.perf_counter() - last
        stages["all"] = time.perf_counter() - started
    if not made.claims:
        raise SystemExit("nothing was drafted: the articles are not what this benchmark expects")
    return stages


def main() -> None:
    """Print the table, or with --json the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", default="10,100,1000")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    rows = {}
    for count in map(int, arguments.articles.split(",")):
        stages = measure(articles(arguments.folder, count))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows[count] = {**stages, "ms_per_article": 1000 * stages["all"] / count, "peak_mb": memory}
    base = next(iter(rows.values()))["ms_per_article"]
    for row in rows.values():
        row["ratio"] = row["ms_per_article"] / base
    if arguments.json:
        print(json.dumps({"articles": rows}, indent=1))
        return
    for count, row in rows.items():
        print(f"{count:>6} articles  " + "  ".join(f"{name} {value:.2f}" for name, value in row.items()))


if __name__ == "__main__":
    main()
