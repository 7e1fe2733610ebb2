"""Time and memory of the extractive path against the number of articles: close to linear, or a stage is wrong.

    python -m benchmarks.growth FOLDER [--articles 10,100,1000] [--json]

Articles are made from those in FOLDER: each story takes their sentences with its own names and figures, five
articles a story. Prints, per size, seconds per stage, milliseconds per article, and the ratio to the smallest.
Not timed in tests: machines differ; the ratio within one run is what counts.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from briefing.pipeline import Job, make

ARTICLES_PER_STORY = 5


def articles(folder: Path, count: int, *, seed: int = 0) -> list[str]:
    """Make `count` articles; those of one story share renamed proper nouns and figures.

    Deterministic for a seed; the vocabulary of different stories is disjoint where it counts.
    """
    rng = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    made: list[str] = []
    for story in range(-(-count // ARTICLES_PER_STORY)):
        names: dict[str, str] = {}
        for text in texts[:ARTICLES_PER_STORY] * ARTICLES_PER_STORY:
            if len(made) >= min(count, (story + 1) * ARTICLES_PER_STORY):
                break
            made.append(_renamed(text, story, names, rng))
    return made


def _renamed(text: str, story: int, names: dict[str, str], rng: random.Random) -> str:
    def rename(match: re.Match[str]) -> str:
        word = match.group()
        if word not in names:
            names[word] = "".join(
                rng.choice(("ba", "ko", "li", "mur", "ne", "sta", "vi")) for _ in range(3)
            ).title()
        return names[word] + (str(story) if len(word) > 9 else "")

    return re.sub(r"(?<=[a-z,] )[A-Z][a-z]{3,}", rename, text)


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
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
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
