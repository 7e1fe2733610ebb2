"""What a check says of the claims of a text that somebody else wrote."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing.types.checking import CheckedClaim, Evidence


class TextAnswer(StrEnum):
    """What a check says of one claim of a text that somebody else wrote. The list is closed."""

    SUPPORTED_BY_CITED = "supported_by_cited"
    SUPPORTED_ELSEWHERE = "supported_elsewhere"
    """Supported, and not by what it cites."""
    SUPPORTED = "supported"
    """It cites nothing."""
    PARTLY = "partly"
    """Some of its words are told nowhere."""
    UNSURE = "unsure"
    """Every value agrees and no rule objects; whether the meaning follows was not settled."""
    CONTRADICTED = "contradicted"
    NOWHERE = "nowhere"
    NOT_CHECKABLE = "not_checkable"
    """A question, a greeting, a reference: nothing is claimed."""
    NOT_CHECKED = "not_checked"


#: Answers that need no second look, where nothing was cited or the citation is right.
BORNE_OUT = frozenset({TextAnswer.SUPPORTED_BY_CITED, TextAnswer.SUPPORTED, TextAnswer.NOT_CHECKABLE})


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweredClaim:
    """A claim of a text that somebody else wrote, held against what it cites, then against all sources."""

    answer: TextAnswer
    checked: CheckedClaim
    """The check that the answer rests on."""
    words: tuple[tuple[int, int], ...] = ()
    """Which words of the claim are not borne out: half-open ranges of `checked.text`."""
    elsewhere: tuple[Evidence, ...] = ()
    """What supports it, where that is not what it cites."""

    @property
    def flagged(self) -> bool:
        """Whether something speaks against it, or against its citation.

        Of one that is `unsure` nothing does, unless what it cites is silent and only another source may tell it.
        """
        return self.answer not in BORNE_OUT and not (self.answer is TextAnswer.UNSURE and not self.elsewhere)
