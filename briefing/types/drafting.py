"""What a drafter yields, and what its calls cost."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.types.checking import Claim


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """What the model calls of a run cost. `cost_usd` is None when the price is not known."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float | None = None
    unreported: int = 0
    """Requests that went out whole and whose answer, with its count, was lost: they may have been charged too."""

    def __add__(self, other: Usage) -> Usage:
        """Sum two usages; an unknown cost makes the sum unknown, no call at all costs nothing.

        >>> (Usage(calls=1, prompt_tokens=10) + Usage(calls=1, prompt_tokens=5)).prompt_tokens
        15
        """
        known = [u.cost_usd for u in (self, other) if u.calls]
        if not known and (self.unreported or other.unreported):
            known = [None]
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            cost_usd=None if None in known else sum(c for c in known if c is not None),
            unreported=self.unreported + other.unreported,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Something a model answered that the program would not take, and why."""

    story: str
    error: str
    reply: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a drafter yields for all stories, and what a model was and was not shown."""

    drafter: str
    """`extractive` or `model:<name>`."""
    claims: tuple[Claim, ...]
    leads: tuple[tuple[str, tuple[str, ...]], ...]
    """(story id, ids of the claims that open it)."""
    not_shown: tuple[str, ...] = ()
    """Ids of citable sentences that no prompt carried."""
    in_parts: tuple[str, ...] = ()
    """Ids of stories that took several calls, because they did not fit into one."""
    refused: tuple[Refusal, ...] = ()
    """Replies, or parts of them, that could not be used."""
    usage: Usage = field(default_factory=Usage)
    prompts: tuple[tuple[str, str], ...] = ()
    """(name, `sha256:…`) of every prompt template that was used."""
    model: tuple[tuple[str, str], ...] = ()
    """(setting, value) of the model that was asked, without any secret."""
