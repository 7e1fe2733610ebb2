"""Write training pairs for the entailment model: `python -m training.generate DATA OUT.jsonl --seed 0 --rows N`.

A line is `{"a": evidence, "b": claim, "y": 0 entailed | 1 neutral | 2 contradiction | 3 not entailed,
"kind": …, "w": weight}`. Beside OUT, OUT.calib.jsonl has what is kept aside to calibrate on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from random import Random

from training.corpus import is_calibration, prose, read_claims
from training.events import from_events
from training.frames import from_frames
from training.labelled import from_claims, from_pairs
from training.pairs import Pair
from training.synthetic import Library, generate, parse_all
from training.written import from_strangers, from_written, read_written, written_prose

_CALIBRATION_PAIRS = 1_000


def main() -> None:
    """Read the arguments and write both files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="the folder that holds claims/ and train/")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rows", type=int, default=40_000, help="how many pairs to write for training")
    parser.add_argument("--frames", type=int, default=0, help="how many of them about who did what to whom")
    parser.add_argument(
        "--events", type=int, default=0, help="how many about whether it happened, to how many and whom"
    )
    parser.add_argument("--parses", type=Path, default=None, help="where to keep the parsed sentences between runs")
    arguments = parser.parse_args()
    drawn = {"frames": arguments.frames, "events": arguments.events}
    training, calibration = make(arguments.data, arguments.seed, arguments.rows, parses=arguments.parses, **drawn)
    _write(arguments.out, training)
    _write(arguments.out.with_suffix(".calib.jsonl"), calibration)


def make(
    data: Path, seed: int, rows: int, *, frames: int, events: int, parses: Path | None
) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs to train on, `rows` of them, and those to calibrate on."""
    claims = read_claims(data)
    kept = [claim for claim in claims if is_calibration(claim.cluster)]
    used = [claim for claim in claims if not is_calibration(claim.cluster)]
    training = [*from_claims(used), *from_pairs(data)]
    written, written_aside = read_written()
    documents = (*prose(used), *written_prose(written)), (*prose(kept), *written_prose(written_aside))
    parsed = parse_all((*documents[0], *documents[1]), parses)
    library = Library.of(documents[0], parsed)
    training += from_frames(library, Random(seed), frames)
    training += from_events(library, Random(seed), events)
    training += (*from_written(written, Random(seed)), *from_strangers(written, Random(seed)))
    training += generate(library, Random(seed), max(rows - len(training), 0))
    aside = Library.of(documents[1], parsed)
    calibration = [*from_claims(kept), *generate(aside, Random(seed + 1), _CALIBRATION_PAIRS)]
    calibration += (*from_written(written_aside, Random(seed)), *from_strangers(written_aside, Random(seed)))
    Random(seed).shuffle(training)
    return training, calibration


def _write(path: Path, pairs: Iterable[Pair]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in pairs)


if __name__ == "__main__":
    main()
