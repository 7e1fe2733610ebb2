"""`briefing models`: what a server offers, and what it can do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing.cli.asking import find_server, model_at
from briefing.cli.group import as_json_option, finish, main, server_settings, settings_of, tell, write_out
from briefing.errors import ModelRefused

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.model_http import Server
    from briefing.store import Store


@main.command()
@server_settings
@as_json_option
def models(as_json: bool, **settings: Any) -> None:
    """List the models of a server, and find out what one can do: JSON schemas, context, streaming.

    The model that is named, or the only one there is, is asked a few very short questions; what it can do is
    remembered, and used by `briefing make`.
    """
    from briefing import render
    from briefing.config import store_path
    from briefing.show import runs
    from briefing.store import open_store

    def run() -> int:
        config = settings_of(settings)
        server = find_server(config)
        with open_store(store_path(config)) as store:
            names = _names(server, config)
            chosen = config.model or (names[0] if len(names) == 1 else None)
            if chosen:
                _find_out(server, config, chosen, store)
            known = {name: store.capabilities(server.url, name) for name in names}
        if as_json:
            write_out(render.to_json({"server": server.url, "models": known}))
        else:
            write_out(runs.model_list(known))
        if not chosen:
            tell("name one with --model to find out what it can do")
        return 0

    finish(run)


def _names(server: Server, config: Config) -> tuple[str, ...]:
    from briefing.model_http import Patience, list_models

    patience = Patience(timeout_s=config.timeout, run_timeout_s=config.run_timeout)
    try:
        offered = list_models(server, patience=patience)
    except ModelRefused as error:
        # Some servers have no list; the model that is named may answer all the same.
        if config.model is None:
            raise
        tell(str(error))
        offered = ()
    named = (config.model,) if config.model and config.model not in offered else ()
    return (*offered, *named)


def _find_out(server: Server, config: Config, name: str, store: Store) -> None:
    """Ask one model what it can do, say what that cost, and remember it."""
    from briefing.model_http import probe
    from briefing.prices import find_tariff
    from briefing.show import runs

    with model_at(server, name, config, None) as http:
        found = probe(http)
    store.keep_capabilities(server.url, name, found.capabilities.to_json())
    tariff = find_tariff(name, server.url)
    usage = replace(found.usage, cost_usd=tariff.cost(found.usage)) if tariff else found.usage
    tell(f"asked {name}: {runs.spent(usage)}")
