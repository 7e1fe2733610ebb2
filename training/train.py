"""Train the cross-encoder on lines of `{"a": passage, "b": statement, "y": label, "w": weight}`, with or without a GPU.

    python -m training.train BASE ROWS.jsonl HELD_ROWS.jsonl OUT.pt [--start STATE.pt] [--rate 4e-5] [--epochs 1]

Prints the loss as it goes and, at the end, the accuracy on the rows held out.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import tokenizers
import torch

from briefing.entailment import MAX_TOKENS
from training.network import CrossEncoder, loss

Row = dict[str, Any]
_BATCH = 48
#: Rows are sorted by length within this many batches, so that a batch holds little padding.
_SORTED = 50
_WARM_UP = 0.1
#: The new layers learn faster than those that were trained before.
_HEAD = 5
_REPORT = 25


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure, save."""
    parser = argparse.ArgumentParser(prog="python -m training.train")
    for name in ("base", "rows", "held", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = CrossEncoder(options.base).to(device)
    if options.start:
        model.load_state_dict(torch.load(options.start, map_location=device))
    encode = Encoder(options.base / "tokenizer.json", device)
    chance = random.Random(options.seed)
    rows = _read(options.rows)
    fit(model, encode, [batch for _ in range(options.epochs) for batch in batches(rows, chance)], options.rate)
    print(f"accuracy on {options.held}: {accuracy(model, encode, _read(options.held)):.4f}")
    torch.save(model.state_dict(), options.out)
    return 0


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [json.loads(line) for line in lines]


class Encoder:
    """Rows to tensors."""

    def __init__(self, tokenizer: Path, device: torch.device) -> None:
        self._tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        self._tokenizer.enable_padding(pad_id=1, pad_token="<pad>")  # noqa: S106 - a token of text
        self._device = device

    def __call__(self, rows: Sequence[Row]) -> dict[str, torch.Tensor]:
        """Return ids and mask, both of shape (rows, tokens of the longest)."""
        encoded = self._tokenizer.encode_batch([(row["a"], row["b"]) for row in rows])
        return {
            "input_ids": torch.tensor([e.ids for e in encoded], device=self._device),
            "attention_mask": torch.tensor([e.attention_mask for e in encoded], device=self._device),
        }


def batches(rows: Sequence[Row], chance: random.Random) -> list[list[Row]]:
    """Return all rows in batches of about equal length, in random order."""
    shuffled = chance.sample(rows, len(rows))
    made: list[list[Row]] = []
    for start in range(0, len(shuffled), _BATCH * _SORTED):
        run = sorted(shuffled[start : start + _BATCH * _SORTED], key=_length)
        made += [run[at : at + _BATCH] for at in range(0, len(run), _BATCH)]
    chance.shuffle(made)
    return made


def _length(row: Row) -> int:
    return len(row["a"]) + len(row["b"])


def fit(model: CrossEncoder, encode: Encoder, order: Sequence[Sequence[Row]], rate: float) -> None:
    """Go once over the batches: AdamW, the rate warming up and then falling to 0.

    A copy in bfloat16 computes, and takes over the whole weights after every step: to change the precision at every
    operation took longer than the operations.
    """
    head = [*model.dense.parameters(), *model.out.parameters()]
    groups = [{"params": list(model.encoder.parameters())}, {"params": head}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    working = copy.deepcopy(model).bfloat16().train()
    both = list(zip(model.parameters(), working.parameters(), strict=True))
    running = 0.0
    for step, rows in enumerate(order):
        factor = min(1.0, (step + 1) / (_WARM_UP * len(order))) * (len(order) - step) / len(order)
        for group, scale in zip(optimizer.param_groups, (1, _HEAD), strict=True):
            group["lr"] = rate * scale * factor
        value = _loss(working, encode, rows)
        value.backward()
        for whole, rounded in both:
            whole.grad = None if rounded.grad is None else rounded.grad.float()
            rounded.grad = None
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            for whole, rounded in both:
                rounded.copy_(whole)
        running = 0.95 * running + 0.05 * float(value.detach())
        if step % _REPORT == 0:
            print(f"{step:>6} of {len(order)}  loss {running:.3f}", flush=True)


def _loss(model: CrossEncoder, encode: Encoder, rows: Sequence[Row]) -> torch.Tensor:
    inputs = encode(rows)
    device = inputs["input_ids"].device
    labels = torch.tensor([row["y"] for row in rows], device=device)
    weights = torch.tensor([row.get("w", 1.0) for row in rows], device=device)
    return loss(model(**inputs), labels, weights)


def accuracy(model: CrossEncoder, encode: Encoder, rows: Sequence[Row]) -> float:
    """Return the share of rows whose class is right; of label 3 any but the first is."""
    working = copy.deepcopy(model).bfloat16().eval()
    right = 0
    for some in _in_runs(sorted(rows, key=_length)):
        inputs = encode(some)
        with torch.no_grad():
            guessed = working(**inputs).argmax(-1).tolist()
        right += sum(g == row["y"] or (row["y"] == 3 and g != 0) for g, row in zip(guessed, some, strict=True))
    return right / len(rows)


def _in_runs(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


if __name__ == "__main__":
    sys.exit(main())
