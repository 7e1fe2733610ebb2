"""A model as the commands use it: within its limits, behind the store, in a run that is recorded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from briefing.cli.group import tell
from briefing.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from briefing.budget import Budget
    from briefing.cli.storing import SharedStore
    from briefing.config import Config
    from briefing.model import Model, Request
    from briefing.model_http import HTTPModel, Server
    from briefing.store import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Whom a run asks; without a model it drafts extractively, without a judge the checks have the last word."""

    model: Model | None
    judge: Model | None
    secret: bytes
    """What the markers around sources are made from."""
    admit: Callable[[Sequence[Request]], None]
    """Raises `BudgetExceeded` when the calls that a run begins with cannot be within its limits."""
    progress: Callable[[], str] = str
    """What the run has paid so far, in words."""


@contextmanager
def asking(config: Config, shared: SharedStore, *, fresh: bool, settings: Mapping[str, Any]) -> Iterator[Asking]:
    """Open the store and record a run around the block; where no model is asked, no store is touched.

    Raises `ConfigError` and `StoreError` before anything is sent.
    """
    names = tuple(dict.fromkeys(name for name in (config.model, config.judge) if name))
    if not names:
        yield Asking(model=None, judge=None, secret=os.urandom(32), admit=lambda _: None)
        return
    from briefing.budget import Budget, BudgetedModel
    from briefing.prices import find_tariff
    from briefing.show import runs
    from briefing.store import StoredModel

    server = find_server(config)
    budget = Budget(max_cost=config.max_cost, max_tokens=config.max_tokens)
    store = shared.opened()
    with ExitStack() as used:
        https = [model_at(server, name, config, store) for name in names]
        limited = [BudgetedModel(http, budget, tariff=find_tariff(http.name, server.url)) for http in https]
        run = used.enter_context(_recorded(store, {**_settings(config, server), **settings}))
        for http in https:
            used.enter_context(_remembered(http, store))
        models = {
            model.name: StoredModel(model, store=store, run=run, server=server.url, fresh=fresh) for model in limited
        }

        def admit(planned: Sequence[Request]) -> None:
            _admit(planned if fresh else not_stored(planned, store, server, names[0]), budget, names[0], server)

        yield Asking(
            model=models.get(config.model or ""),
            judge=models.get(config.judge or ""),
            secret=store.secret,
            admit=admit,
            progress=lambda: runs.progress(budget.spent),
        )


def _admit(requests: Sequence[Request], budget: Budget, model: str, server: Server) -> None:
    from briefing.budget import estimate
    from briefing.prices import find_tariff

    budget.admit(estimate(requests, model, tariff=find_tariff(model, server.url)), model)


@contextmanager
def _recorded(store: Store, settings: Mapping[str, Any]) -> Iterator[int]:
    """Record a run, and say at its end, however it ends, what it asked and paid."""
    from briefing.show import runs

    run = None
    try:
        with store.run(settings) as run:
            yield run
    finally:
        if run is not None:
            with suppress(StoreError):
                tell(runs.summary(*store.runs(run)))


@contextmanager
def _remembered(http: HTTPModel, store: Store) -> Iterator[None]:
    """Cut what is under way at the end, and remember what the server turned out to understand."""
    before = http.capabilities
    try:
        with http:
            yield
    finally:
        if http.capabilities != before:
            with suppress(StoreError):
                store.keep_capabilities(http.server, http.name, http.capabilities.to_json())


def not_stored(requests: Sequence[Request], store: Store, server: Server, model: str) -> list[Request]:
    """Return the requests that the store has no answer to."""
    from briefing.store import Question

    return [
        request
        for request in requests
        if store.answer(Question(server=server.url, model=model, request=request)) is None
    ]


def find_server(config: Config, *, without_key: bool = False) -> Server:
    """Return the server that the settings name, else OpenAI; raises `ConfigError` when there is no key for it.

    `without_key` is for whom nothing is sent to.
    """
    from briefing.model_http import server_from_environment

    no_key = {"OPENAI_API_KEY": "none"} if without_key else {}
    return server_from_environment(no_key | dict(os.environ), base_url=config.base_url)


def model_at(server: Server, name: str, config: Config, store: Store | None) -> HTTPModel:
    """Return a model of the server, with what the store remembers of it."""
    from briefing.model_http import Capabilities, HTTPModel, Patience

    known = Capabilities()
    if remembered := store and store.capabilities(server.url, name):
        # What another version remembered is found out again.
        with suppress(ConfigError):
            known = Capabilities.from_json(remembered)
    patience = Patience(timeout_s=config.timeout, run_timeout_s=config.run_timeout)
    if config.max_cost is not None or config.max_tokens is not None:
        # A request whose answer was lost on its way may have been charged, and would be charged again.
        patience = replace(patience, resends=0)
    return HTTPModel(name, server, context_tokens=config.context_tokens, patience=patience, capabilities=known)


def _settings(config: Config, server: Server) -> dict[str, Any]:
    from briefing.config import NAMES

    shown = {name: getattr(config, name) for name in NAMES if name not in {"base_url", "store"}}
    return {"server": server.url} | {name: value for name, value in shown.items() if value is not None}
