"""Decide what may be published: locate each claim, compare its values, weigh its meaning, read off a verdict.

Pure: no model server, no network. Three answers are kept apart. *Located*: the characters it rests on stand in
a citable block. *Consistent*: its figures, dates, names, titles, negation, quotations and hedges agree with
them. *Entailed*: a sentence taken word for word passes; for anything reworded the entailment model and the
rules together give a probability, and `CheckPolicy` says what may be done with it.
"""

from briefing.checks.answering import Asked, answer_all, telling, unshared
from briefing.checks.checking import check, likelihood
from briefing.checks.policy import POLICY, CheckPolicy
from briefing.checks.selftest import SelfTest, self_test
from briefing.checks.verdicts import verdict

__all__ = [
    "CHECKER",
    "POLICY",
    "Asked",
    "CheckPolicy",
    "SelfTest",
    "answer_all",
    "check",
    "likelihood",
    "self_test",
    "telling",
    "unshared",
    "verdict",
]

#: Goes into the manifest's provenance.
CHECKER = (("name", "rules"), ("version", "2"), ("languages", "en"))
