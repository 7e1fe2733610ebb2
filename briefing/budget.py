"""What model calls will take, and a limit that holds before anything is sent.

A call is let through only when the most it may take fits: the tokens of its prompt, counted here, and all those
its reply may have. Once it is answered, what the server counted takes the place of that. Knows no HTTP.
"""

from __future__ import annotations

import json
import math
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefing import tokens
from briefing.errors import BudgetExceeded, ConfigError, ModelError
from briefing.model import Model, Reply, Request
from briefing.prices import Tariff, dollars
from briefing.tokens import TokenCount
from briefing.types import Usage

#: What a chat format adds around two messages; the best known ones add 3 to 8.
_FRAME_TOKENS = 32
#: Estimates are made with another vocabulary than the model's; smaller vocabularies need more tokens.
_ESTIMATE_MARGIN = 4 / 3


# Estimates
# ---------


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """What calls will take, before they are made."""

    calls: int
    prompt: TokenCount
    """Tokens of all prompts, their schemas and what a chat format adds; of a known vocabulary or estimated."""
    prompt_at_most: int
    """What the limits are held with: the same where it is exact, more where it is estimated."""
    reply_tokens: int
    """Of all replies, at most."""
    cost_usd: float | None
    """At most, with nothing cached; None when the price is not known."""
    prompt_cost_usd: float | None
    """Of the prompts alone."""

    def __str__(self) -> str:
        how = "" if self.prompt.exact else f" (estimated; {self.prompt_at_most:,} at most)"
        price = "price not known" if self.cost_usd is None else f"at most {dollars(self.cost_usd)}"
        calls = "1 call" if self.calls == 1 else f"{self.calls:,} calls"
        return f"{calls}, {self.prompt.tokens:,} tokens of prompt{how}, at most {self.reply_tokens:,} of reply, {price}"

    @property
    def tokens(self) -> int:
        """Prompts and replies together, at most."""
        return self.prompt_at_most + self.reply_tokens


def estimate(requests: Iterable[Request], model: str, *, tariff: Tariff | None) -> Estimate:
    """Return what these calls of the model will take; nothing is sent."""
    total = Estimate(
        calls=0,
        prompt=TokenCount(tokens=0, exact=True),
        prompt_at_most=0,
        reply_tokens=0,
        cost_usd=0.0 if tariff else None,
        prompt_cost_usd=0.0 if tariff else None,
    )
    for request in requests:
        total = _sum(total, _estimate(request, model, tariff))
    return total


def _estimate(request: Request, model: str, tariff: Tariff | None) -> Estimate:
    prompt = request_tokens(request, model)
    at_most = prompt.tokens if prompt.exact else _at_most(prompt.tokens, request)
    asked = Usage(prompt_tokens=at_most)
    answered = replace(asked, completion_tokens=request.max_tokens)
    return Estimate(
        calls=1,
        prompt=prompt,
        prompt_at_most=at_most,
        reply_tokens=request.max_tokens,
        cost_usd=tariff.cost(answered) if tariff else None,
        prompt_cost_usd=tariff.cost(asked) if tariff else None,
    )


def _sum(one: Estimate, other: Estimate) -> Estimate:
    return Estimate(
        calls=one.calls + other.calls,
        prompt=one.prompt + other.prompt,
        prompt_at_most=one.prompt_at_most + other.prompt_at_most,
        reply_tokens=one.reply_tokens + other.reply_tokens,
        cost_usd=_plus(one.cost_usd, other.cost_usd),
        prompt_cost_usd=_plus(one.prompt_cost_usd, other.prompt_cost_usd),
    )


def _plus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def request_tokens(request: Request, model: str) -> TokenCount:
    """Count what a server counts as the prompt: instructions, sentences, schema, and the frame around them."""
    texts = (request.system, request.user, json.dumps(request.schema))
    return sum((tokens.count(text, model) for text in texts), TokenCount(tokens=_FRAME_TOKENS, exact=True))


def _at_most(estimated: int, request: Request) -> int:
    """Return more tokens than another vocabulary should take: scripts that it knows little of, it spells out."""
    foreign = sum(not character.isascii() for character in request.user)
    return max(math.ceil(estimated * _ESTIMATE_MARGIN), estimated + foreign)


# The limit
# ---------


class Budget:
    """What all calls of a run may cost together: shared by all its models, and by all threads that ask them.

    `max_cost` is in dollars, `max_tokens` counts prompts and replies; None is no limit.
    """

    def __init__(self, *, max_cost: float | None = None, max_tokens: int | None = None) -> None:
        self.max_cost = max_cost
        self.max_tokens = max_tokens
        self._changed = threading.Condition()
        self._waiting: deque[object] = deque()
        self._held: list[Estimate] = []
        self._charged = _Charge()
        self._spent = Usage()

    @property
    def spent(self) -> Usage:
        """What the calls of this run have cost so far, as the servers counted it."""
        with self._changed:
            return self._spent

    def admit(self, planned: Estimate, subject: str) -> None:
        """Raise `BudgetExceeded` when the prompts of all planned calls break a limit, so that none is sent.

        What replies may take on top is left to `hold`: few take as much as they may.
        """
        prompts = _Charge(tokens=planned.prompt_at_most, cost=planned.prompt_cost_usd or 0.0)
        with self._changed:
            if not self._allows(self._charged + prompts):
                raise self._exceeded(f"the prompts alone take more than the run may ({planned})", subject)

    def hold(self, call: Estimate, subject: str) -> None:
        """Set aside the most that the call may cost, or raise `BudgetExceeded` with nothing set aside.

        As long as a call under way may give room back, this waits, in the order of asking: what fits does not
        depend on how many calls are made at a time.
        """
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
            try:
                self._changed.wait_for(lambda: self._waiting[0] is ticket and (self._fits(call) or not self._held))
                if not self._fits(call):
                    raise self._exceeded(f"the next call might take more than the run may ({call})", subject)
                self._held.append(call)
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def settle(self, call: Estimate, usage: Usage) -> None:
        """Put what the call did cost in the place of what was set aside.

        An answer that was lost, or that says nothing of tokens, may have been billed in full, and is charged as
        that.
        """
        lost = usage.unreported + (0 if usage.prompt_tokens else usage.calls)
        counted = _Charge(tokens=usage.prompt_tokens + usage.completion_tokens, cost=usage.cost_usd or 0.0)
        with self._changed:
            self._held.remove(call)
            self._charged = sum((_most(call) for _ in range(lost)), self._charged + counted)
            self._spent += usage
            self._changed.notify_all()

    def _fits(self, call: Estimate) -> bool:
        return self._allows(sum((_most(held) for held in self._held), self._charged + _most(call)))

    def _allows(self, charge: _Charge) -> bool:
        within_cost = self.max_cost is None or charge.cost <= self.max_cost
        return within_cost and (self.max_tokens is None or charge.tokens <= self.max_tokens)

    def _exceeded(self, reason: str, subject: str) -> BudgetExceeded:
        charged, calls = self._charged, self._spent.calls
        limits = []
        if self.max_cost is not None:
            limits.append(f"{dollars(charged.cost)} of {dollars(self.max_cost)}")
        if self.max_tokens is not None:
            limits.append(f"{charged.tokens:,} of {self.max_tokens:,} tokens")
        so_far = f"{' and '.join(limits)} went into {calls:,} {'call' if calls == 1 else 'calls'} so far"
        hint = "raise --max-cost or --max-tokens, or give fewer sources; answers in the store are not paid for again"
        return BudgetExceeded(subject, f"{reason}; {so_far}; nothing of it was sent", hint=hint)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Charge:
    """What counts against the limits."""

    tokens: int = 0
    cost: float = 0.0

    def __add__(self, other: _Charge) -> _Charge:
        return _Charge(tokens=self.tokens + other.tokens, cost=self.cost + other.cost)


def _most(call: Estimate) -> _Charge:
    return _Charge(tokens=call.tokens, cost=call.cost_usd or 0.0)


class BudgetedModel:
    """A model that is asked only within a budget, and whose replies say what they cost.

    Raises `ConfigError` when there is a limit in dollars and nobody knows what the model costs.
    """

    def __init__(self, model: Model, budget: Budget, *, tariff: Tariff | None) -> None:
        if budget.max_cost is not None and tariff is None:
            raise ConfigError(
                "max_cost",
                f"nobody knows what {model.name!r} costs at this server, so a limit in dollars cannot be kept",
                hint="set max_tokens instead, or leave max_cost out",
            )
        self._model = model
        self._budget = budget
        self._tariff = tariff

    @property
    def name(self) -> str:
        """The name of the model that is asked."""
        return self._model.name

    @property
    def context_tokens(self) -> int:
        """As the model that is asked says."""
        return self._model.context_tokens

    def ask(self, request: Request) -> Reply:
        """Answer with the cost filled in. Raises `BudgetExceeded` with nothing sent, or what the model raises."""
        call = estimate([request], self.name, tariff=self._tariff)
        self._budget.hold(call, self.name)
        usage = Usage()
        try:
            reply = self._model.ask(request)
            usage = self._priced(reply.usage)
            return replace(reply, usage=usage)
        except ModelError as error:
            usage = error.usage = self._priced(error.usage)
            raise
        finally:
            self._budget.settle(call, usage)

    def _priced(self, usage: Usage) -> Usage:
        if self._tariff is None or not usage.prompt_tokens:
            # Every prompt takes tokens: where the server counted none, a cost of 0 would be made up.
            return replace(usage, cost_usd=None)
        return replace(usage, cost_usd=self._tariff.cost(usage))
