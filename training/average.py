"""Average the weights of runs that started from one another: a little better than the last, at no cost.

python -m training.average OUT.pt STATE.pt STATE.pt…
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, average, write."""
    parser = argparse.ArgumentParser(prog="python -m training.average")
    parser.add_argument("out", type=Path)
    parser.add_argument("states", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    states = [torch.load(path, map_location="cpu") for path in options.states]
    torch.save({name: sum(state[name] for state in states) / len(states) for name in states[0]}, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
