"""What becomes of claims after their first check: types shared by repairing and arranging them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.prompts import Rendered
from briefing.types import CheckedClaim, Claim, Draft, Refusal, Usage

#: The same checks that the draft met; every new wording meets them again.
Check = Callable[[Sequence[Claim]], Sequence[CheckedClaim]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Revised:
    """A draft and its checked claims, in reading order."""

    draft: Draft
    checked: tuple[CheckedClaim, ...]

    def asked(self, prompt: Rendered, usage: Usage) -> Revised:
        """Note that a model was asked again, with which prompt and for how much."""
        prompts = tuple(dict.fromkeys((*self.draft.prompts, (prompt.name, prompt.sha256))))
        return replace(self, draft=replace(self.draft, prompts=prompts, usage=self.draft.usage + usage))

    def refusing(self, refused: Iterable[Refusal]) -> Revised:
        """Note what was not taken."""
        return replace(self, draft=replace(self.draft, refused=(*self.draft.refused, *refused)))

    def leading(self, names: Mapping[str, str]) -> Revised:
        """Give the claims that open the stories other names, such as those of what they were replaced by."""
        leads = tuple(
            (story, tuple(dict.fromkeys(names.get(id_, id_) for id_ in lead))) for story, lead in self.draft.leads
        )
        return replace(self, draft=replace(self.draft, leads=leads))
