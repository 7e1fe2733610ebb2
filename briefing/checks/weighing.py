"""What the entailment model's score is worth: one probability, calibrated on claims that people labelled.

The probability is the share of claims, among those with the same score, that people found supported by the same
sentences.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.consistency import joined
from briefing.entailment import Entailment, Pair
from briefing.types import Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """A logistic fit, made by `training/calibrate.py`.

    On 846 labelled sentences about documents that nothing was trained on (BUMP, FactCC, FRANK, PolyTope, SummEdits,
    SummEval, WiCE, XSumFaith). The share of the claim's words that the passage holds was tried beside the log-odds; its
    weight came out as 0.
    """

    constant: float = 0.336
    log_odds: float = 0.583


CALIBRATION = Calibration()


def weigh(text: str, passage: str, entailment: Entailment) -> float:
    """Return the probability that a passage bears `text` out; 0 for an empty one."""
    if not passage:
        return 0.0
    (log_odds,) = entailment.scores([Pair(passage, text)])
    return probability(log_odds)


def between(one: float, other: float) -> float:
    """Return the probability whose log-odds are the mean of those of two.

    >>> between(0.5, 0.5), round(between(0.2, 0.8), 3), round(between(0.9, 0.99), 3)
    (0.5, 0.5, 0.968)
    """
    odds = math.sqrt(_odds(one) * _odds(other))
    return odds / (1 + odds)


_LEAST = 1e-6


def _odds(chance: float) -> float:
    kept = min(max(chance, _LEAST), 1 - _LEAST)
    return kept / (1 - kept)


def words_of(passage: Iterable[Sentence]) -> str:
    """Return the sentences as the model reads them."""
    return joined(" ".join(sentence.text for sentence in passage)).text


def probability(log_odds: float, calibration: Calibration = CALIBRATION) -> float:
    """Return what the model's log-odds are worth.

    >>> round(probability(0.0, Calibration(constant=0.0)), 2)
    0.5
    """
    return 1 / (1 + math.exp(-calibration.constant - calibration.log_odds * log_odds))
