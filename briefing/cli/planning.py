"""`briefing make --dry-run`: what would be sent, to whom, how many tokens, at what price. Sends nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.cli.asking import find_server, model_at, not_stored
from briefing.cli.group import tell, write_out

if TYPE_CHECKING:
    from briefing.cli.storing import SharedStore
    from briefing.config import Config
    from briefing.fetch import Fetcher
    from briefing.pipeline import Job


def print_plan(config: Config, job: Job, shared: SharedStore, fetcher: Fetcher, *, fresh: bool, as_json: bool) -> None:
    """Print the calls that a run would begin with; `BudgetExceeded` or `ConfigError` where the run would raise it."""
    from briefing import pipeline, render
    from briefing.budget import Budget, BudgetedModel, estimate
    from briefing.prices import find_tariff
    from briefing.show import plans

    if config.model is None:
        tell("nothing would be sent: no model is named, so the draft is extractive")
        return
    server = find_server(config, without_key=True)
    tariff = find_tariff(config.model, server.url)
    budget = Budget(max_cost=config.max_cost, max_tokens=config.max_tokens)
    store = shared.existing()
    model = BudgetedModel(model_at(server, config.model, config, store), budget, tariff=tariff)
    requests = pipeline.planned(replace(job, secret=store.secret) if store else job, model=model, fetcher=fetcher)
    new = not_stored(requests, store, server, model.name) if store and not fresh else requests
    calls = tuple(
        plans.PlannedCall(
            request=request,
            estimate=estimate([request], model.name, tariff=tariff),
            stored=request not in new,
        )
        for request in requests
    )
    total = estimate(new, model.name, tariff=tariff)
    plan = plans.Plan(server=server.url, model=model.name, calls=calls, total=total, repairs=job.repairs)
    write_out(render.to_json(plans.plan_values(plan)) if as_json else plans.plan_text(plan))
    budget.admit(total, model.name)
