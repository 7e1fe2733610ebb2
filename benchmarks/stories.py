"""Which articles belong together: stories against labels.

    python -m benchmarks.stories FILE… [--json]
    python -m benchmarks.stories --background FILE… > briefing/profiles/background.txt

Each line of a file is one story, `{"story", "articles": [{"id", "text"}]}`; all articles of a file are shuffled
together. Figures: B-cubed `precision`, `recall` and `f1`, unweighted over articles. The baseline is TF-IDF with
average linkage and the threshold that does best on this very file. `small` draws 2 to 8 articles, of one story and of
those most like it, as a user would give them, and asks of each pair whether it was rightly joined or kept apart.
The growth rows time recombined articles: sentences of five articles of the file and two invented names for each story.

With `--background`, the lines are `{"doc"}`, and what is printed is in how many of them each content term occurs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.common import Figures
from briefing.documents import read_document
from briefing.sentences import split
from briefing.stories import group
from briefing.terms import content_terms
from briefing.types import Block, Document, Role, Sentence, Source

_SEED = 20
_FEWEST_FOR_BACKGROUND = 4
Labels = Sequence[str]


# Data
# ----


def read(path: Path) -> tuple[list[str], list[str]]:
    """Return the texts of a file, shuffled, and the story of each."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = [(a["text"], str(row["story"])) for row in map(json.loads, lines) for a in row["articles"]]
    random.Random(_SEED).shuffle(pairs)
    return [text for text, _ in pairs], [story for _, story in pairs]


def documents_of(texts: Iterable[str]) -> list[Document]:
    """Read each text as a plain-text file of its own."""
    return [read_document(_source(number, text.encode())) for number, text in enumerate(texts, start=1)]


def _source(number: int, data: bytes) -> Source:
    return Source(
        id=f"S{number}",
        location=f"{number}.txt",
        data=data,
        sha256="sha256:" + hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
    )


def stories_of(documents: Sequence[Document], sentences: Sequence[Sentence]) -> list[str]:
    """Return the id of the story that each document was put into."""
    of = {source: story.id for story in group(documents, sentences).stories for source in story.sources}
    return [of[document.id] for document in documents]


# Figures
# -------


def b_cubed(found: Labels, wanted: Labels) -> Figures:
    """Return the mean over articles of the share of its group that belongs there, and of its story that is there.

    >>> b_cubed(["a", "a", "b"], ["x", "y", "y"])
    {'precision': 0.6666666666666666, 'recall': 0.6666666666666666, 'f1': 0.6666666666666666}
    """
    both, mine, theirs = Counter(zip(found, wanted, strict=True)), Counter(found), Counter(wanted)
    precision = sum(n * n / mine[a] for (a, _), n in both.items()) / len(found)
    recall = sum(n * n / theirs[b] for (_, b), n in both.items()) / len(found)
    return {"precision": precision, "recall": recall, "f1": _f1(precision, recall)}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pairwise(rounds: Iterable[tuple[Labels, Labels]]) -> Figures:
    """Return precision and recall of the pairs that were joined, and the share of rounds without a mistake."""
    right = joined = due = perfect = every = 0
    for found, wanted in rounds:
        pairs = [(i, j) for i in range(len(found)) for j in range(i)]
        a = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
        b = {pair for pair in pairs if wanted[pair[0]] == wanted[pair[1]]}
        right, joined, due = right + len(a & b), joined + len(a), due + len(b)
        perfect, every = perfect + (a == b), every + 1
    precision, recall = right / (joined or 1), right / (due or 1)
    return {"precision": precision, "recall": recall, "f1": _f1(precision, recall), "perfect": perfect / every}


# Baseline
# --------


def tf_idf(texts: Sequence[str]) -> list[list[float]]:
    """Return the matrix of cosines between the texts' TF-IDF vectors."""
    counts = [Counter(content_terms(text)) for text in texts]
    spread = Counter(term for count in counts for term in count)
    vectors = [_unit({t: n * (math.log((1 + len(texts)) / (1 + spread[t])) + 1) for t, n in c.items()}) for c in counts]
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    matrix = [[0.0] * len(texts) for _ in texts]
    for i, vector in enumerate(vectors):
        for term, weight in vector.items():
            for j, other in postings[term]:
                matrix[i][j] += weight * other
            postings[term].append((i, weight))
        for j in range(i):
            matrix[j][i] = matrix[i][j]
    return matrix


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {term: weight / length for term, weight in vector.items()}


def linked(matrix: Sequence[Sequence[float]], threshold: float) -> list[str]:
    """Cluster by average linkage over a full matrix: the textbook algorithm, cubic but for its row maxima."""
    rows = {i: {j: value for j, value in enumerate(row) if i != j} for i, row in enumerate(matrix)}
    members = {i: [i] for i in rows}
    while len(rows) > 1:
        best = {i: max(row, key=row.__getitem__) for i, row in rows.items()}
        a = max(best, key=lambda i: rows[i][best[i]])
        b = best[a]
        if rows[a][b] < threshold:
            break
        size_a, size_b = len(members[a]), len(members[b])
        gone = rows.pop(b)
        for c, row in rows.items():
            row.pop(b, None)
            if c != a:
                row[a] = rows[a][c] = (rows[a][c] * size_a + gone[c] * size_b) / (size_a + size_b)
        members[a] += members.pop(b)
    return _labels(members.values(), len(matrix))


def _labels(groups: Iterable[Sequence[int]], size: int) -> list[str]:
    labels = [""] * size
    for number, members in enumerate(groups):
        for index in members:
            labels[index] = str(number)
    return labels


def baseline(matrix: Sequence[Sequence[float]], wanted: Labels) -> tuple[float, Figures]:
    """Return the best threshold for these articles and the figures with it."""
    tried = ((t / 100, b_cubed(linked(matrix, t / 100), wanted)) for t in range(14, 36, 2))
    return max(tried, key=lambda each: each[1]["f1"])


# Small inputs
# ------------


def small_inputs(matrix: Sequence[Sequence[float]], wanted: Labels, rounds: int = 200) -> list[list[int]]:
    """Draw articles as a user gives them: some of one story, and one to three of those most like them."""
    rng = random.Random(_SEED)
    stories: dict[str, list[int]] = defaultdict(list)
    for index, story in enumerate(wanted):
        stories[story].append(index)
    told_twice = sorted(story for story, members in stories.items() if len(members) > 1)
    drawn = []
    for _ in range(rounds):
        members = stories[rng.choice(told_twice)]
        chosen = rng.sample(members, rng.randint(1, min(5, len(members))))
        others = sorted(set(range(len(wanted))) - set(members), key=lambda j: (-matrix[chosen[0]][j], j))
        drawn.append(chosen + rng.sample(others[:12], rng.randint(1, 3)))
    return drawn


def small(
    inputs: Iterable[Sequence[int]], documents: Sequence[Document], sentences: Sequence[Sentence], wanted: Labels
) -> Figures:
    """Group each of the inputs by itself and compare every pair in it with the labels."""
    of: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        of[sentence.source].append(sentence)
    rounds = []
    for chosen in inputs:
        some = [documents[i] for i in chosen]
        rounds.append((stories_of(some, [s for d in some for s in of[d.id]]), [wanted[i] for i in chosen]))
    return pairwise(rounds)


# Growth
# ------


def recombined(sentences: Sequence[Sentence], size: int) -> tuple[list[Document], list[Sentence]]:
    """Make documents of twelve sentences; five tell each story, drawing on the same five articles."""
    rng = random.Random(_SEED)
    of: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences:
        of[sentence.source].append(sentence.text)
    articles = [of[source] for source in sorted(of) if len(of[source]) > 5]
    documents, told = [], []
    for number in range(size):
        if number % 5 == 0:
            stock = [text for article in rng.sample(articles, 5) for text in article]
            names = f"Qu{number}an Vel{number}or"
        pieces = [f"{names} {text}" for text in rng.sample(stock, min(12, len(stock)))]
        document, parts = _assembled(f"S{number + 1}", pieces)
        documents.append(document)
        told += parts
    return documents, told


def _assembled(name: str, pieces: Sequence[str]) -> tuple[Document, list[Sentence]]:
    text = "\n".join(pieces)
    starts = [sum(len(piece) + 1 for piece in pieces[:i]) for i in range(len(pieces))]
    ends = [start + len(piece) for start, piece in zip(starts, pieces, strict=True)]
    document = Document(
        id=name,
        location=f"{name}.txt",
        sha256="sha256:",
        text=text,
        text_sha256="sha256:",
        media_type="text/plain",
        encoding="utf-8",
        extractor="recombined",
        blocks=(Block(role=Role.BODY, start=0, end=len(text)),),
    )
    return document, [
        Sentence(id=f"{name}.{i + 1}", source=name, start=a, end=b, text=text[a:b], role=Role.BODY, block=0)
        for i, (a, b) in enumerate(zip(starts, ends, strict=True))
    ]


def growth(sentences: Sequence[Sentence], sizes: Iterable[int]) -> list[tuple[int, float]]:
    """Return the seconds of processor time that grouping takes, by number of documents."""
    rows = []
    for size in sizes:
        documents, told = recombined(sentences, size)
        began = time.process_time()
        group(documents, told)
        rows.append((size, time.process_time() - began))
    return rows


# Command
# -------


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every file named and print a table, or with `--json` one object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object, without baseline and growth")
    parser.add_argument("--background", action="store_true", help="count terms for the shipped background")
    options = parser.parse_args(arguments)
    if options.background:
        print(count_background(options.files))
        return 0
    results = {path.name: _measure(path, brief=options.json) for path in options.files}
    if options.json:
        mean = {key: fmean(figures[key] for figures in results.values()) for key in ("precision", "recall", "f1")}
        print(json.dumps({"files": results, "mean": mean}, indent=2))
    return 0


def _measure(path: Path, *, brief: bool) -> Figures:
    texts, wanted = read(path)
    documents = documents_of(texts)
    sentences = split(documents)
    figures = b_cubed(stories_of(documents, sentences), wanted)
    if not brief:
        _print_row(path.name, "briefing.stories", figures)
        matrix = tf_idf(texts)
        threshold, best = baseline(matrix, wanted)
        _print_row(path.name, f"TF-IDF, fitted {threshold}", best)
        _print_row(path.name, "small", small(small_inputs(matrix, wanted), documents, sentences, wanted))
        for size, seconds in growth(sentences, (100, 1_000, 5_000)):
            print(f"{path.name}  growth  {size:>6,} documents  {seconds:7.2f} s")
    return figures


def _print_row(name: str, who: str, figures: Figures) -> None:
    print(f"{name}  {who:<20}", "  ".join(f"{key} {value:.3f}" for key, value in figures.items()), flush=True)


def count_background(paths: Iterable[Path]) -> str:
    """Return the rows of a background: articles counted, then each term and how many of them it occurs in."""
    texts = {json.loads(line)["doc"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()}
    beginnings = {content_terms(text)[:20]: text for text in sorted(texts, reverse=True)}
    counts = Counter(term for text in beginnings.values() for term in set(content_terms(text)))
    rows = [f"{term}\t{n}" for term, n in sorted(counts.items()) if n >= _FEWEST_FOR_BACKGROUND]
    return "\n".join([f"\t{len(beginnings)}", *rows])


if __name__ == "__main__":
    sys.exit(main())
