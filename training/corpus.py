"""The labelled files that may train, their documents, and what must be kept out of them.

A file is read here only when its licence allows training. Documents that a file kept for evaluation also
holds are dropped, so that no figure is measured on a text that was trained on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from briefing.sentences import spans

CLAIM_FILES = (
    "claims/bump",
    "claims/factcc_human_subset",
    "claims/fever_symmetric_dev",
    "claims/frank_cnndm_valid",
    "claims/frank_xsum_valid",
    "claims/polytope_val",
    "claims/summedits",
    "claims/summedits_news",
    "claims/summeval_subset",
    "claims/xsumfaith_dev",
    "claims/wice_dev",
    "claims/wice_tokens_dev",
    "train/wice_tokens_train",
)
PAIR_FILES = ("train/taxinli_mnli_all",)
#: Read for their documents' shingles alone: without a licence to train, and so kept whole for evaluation.
KEPT_OUT = (
    "claims/attributionbench_dev",
    "claims/cliff_val",
    "claims/cliff_test",
    "claims/goyal21",
    "train/healthver_dev",
)
#: Whose documents give sentences to rewrite: written prose with capitals, unlike FEVER's and PolyTope's.
PROSE_FILES = (
    "claims/bump",
    "claims/factcc_human_subset",
    "claims/frank_cnndm_valid",
    "claims/frank_xsum_valid",
    "claims/summedits_news",
    "claims/summeval_subset",
    "claims/xsumfaith_dev",
    "claims/wice_dev",
    "claims/wice_tokens_dev",
    "train/wice_tokens_train",
)
_SHINGLE = 8
_SHARED = 0.5
_CALIBRATION = 0.15
_WORD = re.compile(r"[^\W_]+")
_META_LINE = re.compile(r"^\((?:meta data)\).*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A claim that people labelled against one document."""

    dataset: str
    document: str
    claim: str
    supported: bool
    spans: tuple[tuple[int, int], ...]
    """Unsupported characters of the claim, half-open; empty where nobody marked any."""
    cluster: str
    """The same for all copies of one document, in every file."""


@dataclass(frozen=True, kw_only=True)
class Prose:
    """One document as sentences, in order."""

    cluster: str
    text: str

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence, line by line, white space folded."""
        return tuple(sentences_of(self.text))


def sentences_of(text: str) -> Iterator[str]:
    """Yield the sentences of `text`, one line of it at a time, without lines of metadata.

    >>> list(sentences_of("(meta data) TITLE: x\\nRain fell. It  stopped.\\nSun came."))
    ['Rain fell.', 'It stopped.', 'Sun came.']
    """
    for line in _META_LINE.sub("", text).split("\n"):
        for start, end in spans(line, "en"):
            yield " ".join(line[start:end].split())


def shingles(text: str) -> frozenset[int]:
    """Return hashes of the runs of eight words of `text`, case and punctuation aside.

    >>> len(shingles("one two three four five six seven eight nine")), len(shingles("too short"))
    (2, 1)
    """
    words = _WORD.findall(text.casefold())
    last = max(len(words) - _SHINGLE, 0)
    return frozenset(_hash(" ".join(words[at : at + _SHINGLE])) for at in range(last + 1))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def is_calibration(cluster: str) -> bool:
    """Return whether the documents of `cluster` are kept aside to calibrate on: 15 % of them, in every training."""
    return _hash(f"0/{cluster}") / 2**64 < _CALIBRATION


def read_claims(data: Path) -> tuple[Labelled, ...]:
    """Return every labelled claim that may train, less those on documents that evaluation needs.

    Raises `OSError` when a file is missing under `data`.
    """
    kept_out = _KeptOut.read(data)
    found: list[Labelled] = []
    clean: dict[str, bool] = {}
    for name in CLAIM_FILES:
        for row in _rows(data, name):
            document = row["doc"]
            if document not in clean:
                clean[document] = not kept_out.holds(document, _cluster(row))
            if clean[document]:
                found.append(_labelled(name, row))
    return tuple(found)


def read_pairs(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield `(premise, hypothesis, label)` of the files of sentence pairs."""
    for name in PAIR_FILES:
        for row in _rows(data, name):
            yield row["text_a"], row["text_b"], row["label"]


def prose(claims: Iterable[Labelled]) -> tuple[Prose, ...]:
    """Return the documents whose sentences are rewritten, each once."""
    found: dict[str, Prose] = {}
    names = {name.rpartition("/")[2] for name in PROSE_FILES}
    for claim in claims:
        if claim.dataset in names:
            found.setdefault(claim.cluster, Prose(cluster=claim.cluster, text=claim.document))
    return tuple(found.values())


@dataclass(frozen=True, kw_only=True)
class _KeptOut:
    shingles: frozenset[int]
    clusters: frozenset[str]

    @classmethod
    def read(cls, data: Path) -> _KeptOut:
        rows = [row for name in KEPT_OUT for row in _rows(data, name)]
        documents = {row["doc"] for row in rows}
        return cls(
            shingles=frozenset().union(*map(shingles, documents)),
            clusters=frozenset(map(_cluster, rows)),
        )

    def holds(self, document: str, cluster: str) -> bool:
        own = shingles(document)
        return cluster in self.clusters or len(own & self.shingles) > _SHARED * len(own)


def _cluster(row: Mapping[str, object]) -> str:
    meta = row.get("meta")
    named = meta.get("doc_cluster") if isinstance(meta, dict) else None
    return f"cluster {named}" if named is not None else f"text {_hash(str(row['doc']))}"


def _labelled(name: str, row: Mapping[str, object]) -> Labelled:
    marked: Any = row.get("spans") or ()
    return Labelled(
        dataset=name.rpartition("/")[2],
        document=str(row["doc"]),
        claim=str(row["claim"]),
        supported=row["label"] == 1,
        spans=tuple((start, end) for start, end in marked),
        cluster=_cluster(row),
    )


def _rows(data: Path, name: str) -> Iterator[dict[str, str]]:
    with (data / f"{name}.jsonl").open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line)
