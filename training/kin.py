"""Write which words are often used for one another, as the sentence model that the entailment model comes from has it.

    python -m training.kin MPNET_FOLDER DATA_FOLDER briefing/kin.txt

`MPNET_FOLDER` is the unpacked `all-mpnet-base-v2` (Apache-2.0). The words are those mostly written in lower case in the
documents that may train; each is embedded by itself. A line is a stem and its nearest others, with the cosine in
hundredths: `fan support:82 viewer:71`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import tokenizers
import torch
from numpy.typing import NDArray
from transformers import AutoModel

from briefing.terms import content_terms
from training.corpus import CLAIM_FILES

_WORD = re.compile(r"[A-Za-z]{3,}")
_FEWEST = 3
_BATCH = 256
#: Cosine from which two words count as kin, and how many of them a word has at most.
_LEAST = 0.62
_MOST = 8
_HEAD = """\
# Stems of English words with those often used for them, and the cosine of the two in hundredths: embedded one by one
# with sentence-transformers/all-mpnet-base-v2 (Apache-2.0), words from the documents that training/README.md names.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, embed, compare, write."""
    parser = argparse.ArgumentParser(prog="python -m training.kin")
    for name in ("mpnet", "data", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(arguments)
    words = common(_texts(options.data))
    kin = kin_of(words, embedded(options.mpnet, words))
    lines = (" ".join([stem, *(f"{other}:{alike}" for other, alike in near)]) for stem, near in kin.items())
    options.out.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{options.out}: {len(words)} words, {len(kin)} stems with kin")
    return 0


def _texts(data: Path) -> Iterable[str]:
    seen: set[str] = set()
    for name in CLAIM_FILES:
        with (data / f"{name}.jsonl").open(encoding="utf-8", newline="\n") as lines:
            seen.update(json.loads(line)["doc"] for line in lines)
    return sorted(seen)


def common(texts: Iterable[str]) -> list[str]:
    """Return the words written in lower case more often than not, those written three times at least."""
    written = Counter(word for text in texts for word in _WORD.findall(text))
    folded: Counter[str] = Counter()
    for word, times in written.items():
        folded[word.lower()] += times
    return sorted(w for w, times in folded.items() if times >= _FEWEST and 2 * written[w] > times)


def embedded(mpnet: Path, words: Sequence[str]) -> NDArray[np.float32]:
    """Return one unit vector a word, shape (words, 768): the mean over its pieces."""
    tokenizer = tokenizers.Tokenizer.from_file(str(mpnet / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.enable_padding(pad_id=1, pad_token="<pad>")  # noqa: S106 - a token of text
    model = AutoModel.from_pretrained(mpnet, add_pooling_layer=False).eval()
    return np.concatenate([_vectors(model, tokenizer, words[at : at + _BATCH]) for at in range(0, len(words), _BATCH)])


def _vectors(model: torch.nn.Module, tokenizer: tokenizers.Tokenizer, words: Sequence[str]) -> NDArray[np.float32]:
    encoded = tokenizer.encode_batch(list(words))
    ids, mask = (torch.tensor([getattr(e, name) for e in encoded]) for name in ("ids", "attention_mask"))
    with torch.no_grad():
        hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state * mask[..., None]
    vectors: NDArray[np.float32] = torch.nn.functional.normalize(hidden.sum(1), dim=1).numpy()
    return vectors


def kin_of(words: Sequence[str], vectors: NDArray[np.float32]) -> dict[str, list[tuple[str, int]]]:
    """Return the nearest stems of each stem, nearest first, cosines in hundredths.

    >>> kin_of(["fans", "fan", "crowd"], np.array([[1, 0], [1, 0], [0.8, 0.6]], dtype=np.float32))
    {'crowd': [('fan', 80)], 'fan': [('crowd', 80)]}
    """
    stems = [content_terms(word) for word in words]
    alike: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for at, stem in enumerate(stems):
        cosines = vectors @ vectors[at]
        for other in np.flatnonzero(cosines >= _LEAST):
            if stem and stems[other] and stem != stems[other]:
                (a,), (b,) = stem, stems[other]
                alike[a][b] = max(alike[a].get(b, 0), round(100 * float(cosines[other])))
    return {
        stem: sorted(near.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST] for stem, near in sorted(alike.items())
    }


if __name__ == "__main__":
    sys.exit(main())
