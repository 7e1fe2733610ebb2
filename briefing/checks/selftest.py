"""A checker that tests itself: planted claims, false and true, held against a planted text with every run.

A broken installation, a wrong model file or a policy that publishes everything shows here before it shows in a
briefing. It says nothing about how good the checker is; `benchmarks/claims.py` does.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.checks.checking import check
from briefing.checks.policy import POLICY, CheckPolicy
from briefing.entailment import Entailment
from briefing.types import PUBLISHED, Block, Claim, Document, Role, Sentence

_SENTENCES = (
    "Some 4,200 people were evacuated from Marrow on Monday after the dyke at Kostrel broke.",
    "No deaths were reported, harbour director Ada Korrin said.",
    "The council could close the lock before winter.",
)


@dataclass(frozen=True, slots=True)
class _Planted:
    text: str
    cites: tuple[int, ...]
    true: bool


_BY_VALUE = (
    _Planted("Some 4,200 people were evacuated from Marrow on Monday after the dyke at Kostrel broke.", (1,), True),
    _Planted("About 4,200 people were evacuated from Marrow after the dyke broke.", (1,), True),
    _Planted("About 42 people were evacuated from Marrow after the dyke broke.", (1,), False),
    _Planted("Deaths were reported, harbour director Ada Korrin said.", (2,), False),
    _Planted("No deaths were reported, harbour director Ida Morrin said.", (2,), False),
    _Planted("The dyke at Kostrel broke on Friday, and some 4,200 people were evacuated from Marrow.", (1,), False),
)
_BY_MEANING = (
    _Planted("About 4,200 people had to leave Marrow after the dyke broke.", (1,), True),
    _Planted("The council has welcomed people from Kostrel to its winter market.", (3,), False),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfTest:
    """How many planted claims were tried, and which were judged wrongly."""

    tried: int
    wrong: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every planted claim was judged rightly."""
        return not self.wrong

    def __str__(self) -> str:
        """Say it in a few words.

        >>> str(SelfTest(tried=6, wrong=()))
        '6 of 6 planted claims judged rightly'
        """
        return f"{self.tried - len(self.wrong)} of {self.tried} planted claims judged rightly"


def self_test(*, entailment: Entailment | None = None, policy: CheckPolicy = POLICY) -> SelfTest:
    """Check the planted claims, those about meaning only where there is a model of it.

    >>> self_test().passed
    True
    """
    planted = _BY_VALUE if entailment is None else _BY_VALUE + _BY_MEANING
    claims = [
        Claim(id=f"C{n}", story="", text=p.text, cites=tuple(f"S1.{cite}" for cite in p.cites))
        for n, p in enumerate(planted, start=1)
    ]
    found = check(claims, (_document(),), _sentences(), entailment=entailment, policy=policy)
    wrong = [p.text for p, claim in zip(planted, found, strict=True) if (claim.verdict in PUBLISHED) is not p.true]
    return SelfTest(tried=len(planted), wrong=tuple(wrong))


def _document() -> Document:
    text = " ".join(_SENTENCES)
    block = Block(role=Role.BODY, start=0, end=len(text))
    return Document(
        id="S1",
        location="planted",
        sha256="",
        text=text,
        text_sha256="",
        media_type="text/plain",
        encoding="utf-8",
        extractor="planted",
        language="en",
        blocks=(block,),
    )


def _sentences() -> tuple[Sentence, ...]:
    found = []
    start = 0
    for number, text in enumerate(_SENTENCES, start=1):
        end = start + len(text)
        found.append(Sentence(id=f"S1.{number}", source="S1", start=start, end=end, text=text, role=Role.BODY, block=0))
        start = end + 1
    return tuple(found)
