"""Read damaged input of every kind until the time is up, and report what no reader should do.

    python -m benchmarks.fuzz [--minutes 1] [--seed 0] FILE…

The files are examples of the kinds to read; each try takes one, damages it (bytes flipped, cut, doubled, spliced with
another, tags and brackets nested) and reads it as `briefing sources` would, in a process that is stopped after a while.
Reported are anything raised but a SourceError, reading that takes too long, blocks that overlap or leave characters
out, and text that cannot be encoded. The same seed tries the same.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from briefing.documents import read_document
from briefing.errors import SourceError
from briefing.sentences import split
from briefing.sources import ReadLimits, collect
from briefing.types import Document

_SECONDS = 20.0
_TRIES_A_PROCESS = 200
_LARGEST = 200_000
_NESTING = (b"<div>", b"[", b'{"a":', b"<b><i>", b"<!--", b"Content-Type: multipart/mixed; boundary=B\n\n--B\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz; the exit code is 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=None, metavar="FOLDER", help="write what was found there")
    options = parser.parse_args(arguments)
    examples = {path: path.read_bytes() for path in options.files}
    ends, tries, found = time.monotonic() + 60 * options.minutes, 0, 0
    while time.monotonic() < ends:
        seeds = range(options.seed + tries, options.seed + tries + _TRIES_A_PROCESS)
        for seed, report in in_a_process(examples, seeds):
            if report:
                found += 1
                print(f"seed {seed}: {report}", flush=True)
                keep(options.keep, examples, seed)
            tries += 1
            if time.monotonic() >= ends:
                break
    print(f"{tries:,} tries, {found} findings")
    return 1 if found else 0


def keep(folder: Path | None, examples: dict[Path, bytes], seed: int) -> None:
    """Write the input of a try, by its seed."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        suffix, data = damaged(examples, seed)
        (folder / f"{seed}{suffix}").write_bytes(data)


# Running
# -------


def in_a_process(examples: dict[Path, bytes], seeds: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield (seed, report) of each try; a try that takes too long ends its process, and the next begins another."""
    left = list(seeds)
    while left:
        near, far = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=_work, args=(examples, left, far), daemon=True)
        process.start()
        try:
            while left:
                if not near.poll(_SECONDS):
                    yield left.pop(0), f"not read after {_SECONDS:g} seconds"
                    break
                yield left.pop(0), near.recv()
        except EOFError:
            yield left.pop(0), "the process died"
        finally:
            process.kill()
            process.join()


def _work(examples: dict[Path, bytes], seeds: Sequence[int], answers: Connection) -> None:
    for seed in seeds:
        suffix, data = damaged(examples, seed)
        answers.send(report_of(suffix, data))


def report_of(suffix: str, data: bytes) -> str:
    """Read the data as a file of this ending; say what went wrong, nothing when nothing did.

    >>> report_of(".txt", b"It rained.")
    ''
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        path.write_bytes(data)
        try:
            sources, unread = collect([str(path)], limits=ReadLimits())
            for one in unread:
                if one.error.startswith("its reader failed"):
                    return one.error
            for source in sources[:20]:
                try:
                    wrong = broken_promise(read_document(source))
                except SourceError:
                    continue
                if wrong:
                    return wrong
        except Exception:  # noqa: BLE001 - to find what is raised is what it is for
            return traceback.format_exc(limit=-3).replace("\n", " ")
    return ""


def broken_promise(document: Document) -> str:
    """Say which promise about a document does not hold."""
    document.text.encode()
    end = 0
    for block in document.blocks:
        if block.start < end or block.end <= block.start or block.end > len(document.text):
            return f"block {block.start}–{block.end} after {end}"
        end = block.end
    covered = bytearray(len(document.text))
    for block in document.blocks:
        covered[block.start : block.end] = b"\x01" * (block.end - block.start)
    bare = [at for at, ch in enumerate(document.text) if ch.isalnum() and not covered[at]]
    if bare:
        return f"character {bare[0]} lies in no block"
    wrong = [s.id for s in split([document]) if document.text[s.start : s.end] != s.text]
    return f"sentence {wrong[0]} reads otherwise" if wrong else ""


# Damage
# ------


def damaged(examples: dict[Path, bytes], seed: int) -> tuple[str, bytes]:
    """Return a file's ending and its damaged bytes.

    >>> damaged({Path("a.txt"): b"It rained."}, 1) == damaged({Path("a.txt"): b"It rained."}, 1)
    True
    """
    chance = random.Random(seed)
    path = chance.choice(sorted(examples))
    data = bytearray(examples[path])
    for _ in range(chance.randint(1, 4)):
        chance.choice(_DAMAGES)(chance, data, examples)
    suffix = path.suffix if chance.random() < 0.9 else chance.choice(sorted(examples)).suffix
    return suffix, bytes(data[:_LARGEST])


def _flip(chance: random.Random, data: bytearray, _: dict[Path, bytes]) -> None:
    for _try in range(chance.randint(1, 30)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(chance: random.Random, data: bytearray, _: dict[Path, bytes]) -> None:
    start = chance.randint(0, len(data))
    del data[start : start + chance.choice([1, 10, 100, len(data)])]


def _double(chance: random.Random, data: bytearray, _: dict[Path, bytes]) -> None:
    start = chance.randint(0, len(data))
    part = data[start : start + chance.choice([1, 20, 400])]
    data[start:start] = part * chance.choice([1, 3, 300])


def _splice(chance: random.Random, data: bytearray, examples: dict[Path, bytes]) -> None:
    other = examples[chance.choice(sorted(examples))]
    start = chance.randint(0, len(other))
    at = chance.randint(0, len(data))
    data[at:at] = other[start : start + chance.choice([10, 200, 3_000])]


def _nest(chance: random.Random, data: bytearray, _: dict[Path, bytes]) -> None:
    at = chance.randint(0, len(data))
    data[at:at] = chance.choice(_NESTING) * chance.choice([3, 300, 5_000])


def _letters(chance: random.Random, data: bytearray, _: dict[Path, bytes]) -> None:
    strange = chance.choice(["\u202e", "\ufeff", "\u0301" * 50, "\u2028", "𝟛", "ﷺ", "\x85", "\r", "İ", "\ud7ff"])
    at = chance.randint(0, len(data))
    data[at:at] = strange.encode() * chance.choice([1, 50])


_DAMAGES: tuple[Callable[[random.Random, bytearray, dict[Path, bytes]], None], ...] = (
    _flip,
    _cut,
    _double,
    _splice,
    _nest,
    _letters,
)

if __name__ == "__main__":
    sys.exit(main())
