"""How far a passage bears a statement out, and whether two sentences answer one question: a small cross-encoder, run in
this process.

Pure as far as a program with weights can be: no network, no model server; the same pair gives the same score
whatever is scored beside it. What it was trained on, and how well it does, stands in `weights/CARD.md`.
Its scores are log-odds; what they are worth as a probability is decided in `checks`.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from briefing.errors import WeightsMissing

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

_WEIGHTS = Path(__file__).with_name("weights")
_MODEL, _COMPARING, _ANSWERING = "entailment.onnx", "comparing.onnx", "answering.onnx"
_TOKENIZER, _VERSION = "tokenizer.json", "VERSION"
#: Where the files that compare name the version of the one whose weights it reads.
BELONGS_TO = "entailment"
#: Tokens of passage and statement together. The passages the model was trained on are cut at the same length.
MAX_TOKENS = 192
#: Threads of one run of the model at most; several processes at once are faster with one each.
MAX_THREADS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage, and a statement that it may bear out."""

    passage: str
    statement: str


class Entailment(Protocol):
    """Anything that scores pairs; `checks` knows no more of it."""

    @property
    def name(self) -> str:
        """The name that goes into the manifest."""

    def scores(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        """Return the log-odds that each passage entails its statement, in order."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What two sentences of different reports of one event are to each other, in log-odds."""

    one_question: float
    """That both answer one question, with one answer or two: how many were hurt, who holds the office, was it paid."""
    two_answers: float
    """That they do, and give two answers."""


class Comparison(Protocol):
    """Anything that says of two sentences whether they answer one question, in two ways, or one bears the other out."""

    @property
    def answers_by(self) -> str:
        """The name of what says so, for the manifest."""

    def of_one_question(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        """Return the log-odds that passage and statement answer one question, in order."""

    def answers(self, pairs: Sequence[Pair]) -> tuple[Answers, ...]:
        """Return how passage and statement of each pair answer, in order."""

    def scores(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        """Return the log-odds that each passage entails its statement, in order."""


class LocalEntailment:
    """The shipped model. Its weights are read when the first pair is scored.

    >>> model = load()
    >>> said = "The ferry sank off Kostrel on Monday and all 40 passengers were saved."
    >>> true, false = model.scores([Pair(said, "A ferry sank."), Pair(said, "The ferry was repainted.")])
    >>> true > 0 > false
    True
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._score = lru_cache(maxsize=4_096)(self._score_one)
        self._compare = lru_cache(maxsize=4_096)(self._compare_one)
        self._answer = lru_cache(maxsize=4_096)(self._answer_one)

    @cached_property
    def name(self) -> str:
        """`entailment-` and the first characters of the weights' SHA-256."""
        return f"entailment-{self._version}"

    @cached_property
    def _version(self) -> str:
        return (self._folder / _VERSION).read_text(encoding="utf-8").strip()

    def scores(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        """Return the log-odds of entailment for each pair, in order.

        One at a time: activations are quantized by what is in a batch, so that a pair's score would depend on
        its neighbours.
        """
        return tuple(self._score(pair) for pair in pairs)

    def of_one_question(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        """Return the log-odds that two sentences of different reports of one event answer one question, in order.

        >>> told = "Eleven people were pulled from the harbour."
        >>> asked = [Pair(told, "The ferry's 14 passengers were all saved."), Pair(told, "The ferry is 14 years old.")]
        >>> same, other = load().of_one_question(asked)
        >>> same > 0 > other
        True
        """
        return tuple(self._compare(pair) for pair in pairs)

    @cached_property
    def answers_by(self) -> str:
        """`answering-` and the first characters of the SHA-256 of the file that tells two answers from one."""
        return f"answering-{hashlib.sha256((self._folder / _ANSWERING).read_bytes()).hexdigest()[:12]}"

    def answers(self, pairs: Sequence[Pair]) -> tuple[Answers, ...]:
        """Return how two sentences of different reports of one event answer, in order.

        Learnt apart from `of_one_question`, of which it is the poorer judge.

        >>> told = "Eleven people were pulled from the harbour."
        >>> asked = [Pair(told, "The ferry's 14 passengers were all saved."), Pair(told, "All 11 on board were saved.")]
        >>> two, one = load().answers(asked)
        >>> two.two_answers > one.two_answers
        True
        """
        return tuple(self._answer(pair) for pair in pairs)

    def _score_one(self, pair: Pair) -> float:
        return _log_odds(self._run(self._entailing, pair))

    def _compare_one(self, pair: Pair) -> float:
        (likely,) = self._run(self._comparing, pair)
        return likely

    def _answer_one(self, pair: Pair) -> Answers:
        one_question, two_answers = self._run(self._answering, pair)
        return Answers(one_question, two_answers)

    def _run(self, session: onnxruntime.InferenceSession, pair: Pair) -> list[float]:
        import numpy as np

        encoded = self._tokenizer.encode(pair.passage, pair.statement)
        ids = np.asarray([encoded.ids], dtype=np.int64)
        (values,) = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        return [float(value) for value in values[0]]

    @cached_property
    def _entailing(self) -> onnxruntime.InferenceSession:
        return self._read(_MODEL)

    @cached_property
    def _comparing(self) -> onnxruntime.InferenceSession:
        return self._read_beside(_COMPARING)

    @cached_property
    def _answering(self) -> onnxruntime.InferenceSession:
        return self._read_beside(_ANSWERING)

    def _read_beside(self, name: str) -> onnxruntime.InferenceSession:
        session = self._read(name)
        # It reads most of its weights from places in the file of the other: in another one it would find other numbers.
        if session.get_modelmeta().custom_metadata_map.get(BELONGS_TO) != self._version:
            raise WeightsMissing(
                str(self._folder / name),
                f"not made for the entailment model {self._version}",
                hint="reinstall briefing",
            )
        return session

    def _read(self, name: str) -> onnxruntime.InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(MAX_THREADS, os.cpu_count() or 1)
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(self._folder / name), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> tokenizers.Tokenizer:
        import tokenizers

        tokenizer = tokenizers.Tokenizer.from_file(str(self._folder / _TOKENIZER))
        # A statement that alone is too long loses its end as well: what is left of it is still weighed.
        tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        return tokenizer


def _log_odds(logits: Sequence[float]) -> float:
    """Return the log-odds of the first of three classes: entailed, neutral, contradicted.

    >>> round(_log_odds([2.0, 0.0, -1.0]), 2)
    1.69
    """
    entailed, *others = logits
    top = max(others)
    return entailed - top - math.log(sum(math.exp(value - top) for value in others))


@cache
def load(folder: Path = _WEIGHTS) -> LocalEntailment:
    """Find the weights, once per process. Raises `WeightsMissing` when a file of them is not there."""
    for name in (_MODEL, _COMPARING, _ANSWERING, _TOKENIZER, _VERSION):
        if not (folder / name).is_file():
            raise WeightsMissing(
                str(folder / name), "a file of the entailment model is missing", hint="reinstall briefing"
            )
    return LocalEntailment(folder)
