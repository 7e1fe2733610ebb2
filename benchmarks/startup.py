"""Whole-process time of the commands that should feel instant.

    python -m benchmarks.startup FILE… [--json]

Runs `briefing --help`, `briefing make FILE…` and, for comparison, a bare interpreter; the best of several runs
counts, since other work on the machine only ever adds.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time

RUNS = 7


def best(arguments: list[str]) -> float:
    """Return the shortest of several whole-process times, in seconds."""
    return min(_once(arguments) for _ in range(RUNS))


def _once(arguments: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603 - our own command
    return time.perf_counter() - started


def main() -> None:
    """Print a line per command, or with --json the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = {
        "interpreter": best(["-c", "pass"]),
        "help": best(["-m", "briefing", "--help"]),
        "make": best(["-m", "briefing", "make", *arguments.files]),
    }
    if arguments.json:
        print(json.dumps({"seconds": figures}, indent=1))
        return
    for name, seconds in figures.items():
        print(f"{name:<12} {seconds:6.3f} s")


if __name__ == "__main__":
    main()
