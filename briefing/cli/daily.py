"""`briefing daily`: what is read every morning."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.group import (
    EXIT_CODES,
    entailment_setting,
    fetch_settings,
    finish,
    main,
    no_cache_option,
    server_settings,
    settings_of,
    source_settings,
    write_out,
)
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.cli.asking import Asking
    from briefing.cli.fetching import Web
    from briefing.config import Config
    from briefing.daily import Channel, Drafting, Outcome
    from briefing.days import Edition
    from briefing.delivery import Outcome as Delivered
    from briefing.memory import Memory
    from briefing.plan import Mail, Plan, Webhook
    from briefing.render import Digest


_SECRETS = ("BRIEFING_SMTP_PASSWORD", "BRIEFING_WEBHOOK_SECRET", "OPENAI_API_KEY", "PGPASSWORD")


@main.command(epilog=EXIT_CODES)
@click.argument("file", metavar="[CONFIG]", type=click.Path(path_type=Path), default=Path("briefing.toml"))
@click.option("--check", is_flag=True, help="Name every mistake in the file, or say what it plans; do nothing else.")
@click.option("--as-of", metavar="DATE", help="Write a past day again from the memory; nothing is fetched or sent.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write here. [daily.output of the file]")
@click.option("--stdout", "digest", is_flag=True, help="Also print the day's digest.")
@click.option("--json", "as_json", is_flag=True, help="Print the day's digest for a program.")
@click.option("--log-json", is_flag=True, help="Log for a program: a JSON object per line.")
@click.option("--wait", is_flag=True, help="Wait for another run on the same memory. [leave, and say so]")
@click.option("--no-deliver", "deliver", flag_value=False, default=True, help="Send nothing.")
@click.option("--strict", is_flag=True, help="Fail on anything unread, disputed, withheld or partly supported.")
@entailment_setting
@source_settings
@fetch_settings
@server_settings
@click.option("--max-cost", type=float, help="US dollars that this run may cost. [no limit]")
@click.option("--max-tokens", type=int, help="Tokens that this run may take, prompts and replies. [no limit]")
@no_cache_option
def daily(
    file: Path,
    check: bool,
    as_of: str | None,
    output: Path | None,
    digest: bool,
    as_json: bool,
    log_json: bool,
    wait: bool,
    deliver: bool,
    strict: bool,
    fresh: bool,
    **settings: Any,
) -> None:
    """Read what is new, sort it into stories, and write today's briefs, each with what is new since the last one.

    CONFIG is a briefing.toml with a table [daily]; `briefing init` writes one to start from.
    """
    from briefing.cli.planned import check_plan

    def run() -> int:
        if check:
            return check_plan(file, as_json=as_json, settings=settings)
        from briefing.daily import Setting, replay, run
        from briefing.memory import open_memory
        from briefing.plan.loading import load_plan
        from briefing.show.log import Log
        from briefing.sources import ReadLimits

        plan, config, day = load_plan(file), settings_of(settings, file=file), _day(as_of)
        plan = plan if output is None else replace(plan, output=output.absolute())
        with ExitStack() as used:
            memory = used.enter_context(open_memory(plan.memory, create=day is None))
            setting = Setting(
                plan=plan,
                memory=memory,
                drafting=_drafting(used, config, file, fresh=fresh),
                now=datetime.now(UTC),
                limits=ReadLimits(max_bytes=config.max_source_bytes),
                log=Log(sys.stderr, as_json=log_json, secrets=[os.environ.get(name, "") for name in _SECRETS]).event,
            )
            if day is not None:
                outcome = replay(setting, day)
            else:
                web = used.enter_context(_web(config, memory, fresh=fresh))
                outcome = run(setting, web, channels=tuple(_channels(plan, config)) if deliver else (), wait=wait)
            setting.log("written" if outcome.made else "there", index=str(outcome.folder / "index.md"))
            _print(outcome, plan, memory, digest=digest, as_json=as_json)
        return _code(outcome, strict=strict)

    finish(run)


def _day(as_of: str | None) -> date | None:
    try:
        return date.fromisoformat(as_of) if as_of else None
    except ValueError as error:
        raise ConfigError(f"--as-of {as_of}", "not a day", hint="write it as 2031-03-04") from error


# What a run is given
# -------------------


def _drafting(used: ExitStack, config: Config, file: Path, *, fresh: bool) -> Drafting:
    from briefing.cli.asking import asking
    from briefing.cli.storing import SharedStore
    from briefing.daily import Drafting

    store = used.enter_context(SharedStore(config))
    asked: Asking = used.enter_context(asking(config, store, fresh=fresh, settings={"daily": str(file)}))
    return Drafting(
        model=asked.model,
        judge=asked.judge,
        secret=asked.secret,
        admit=asked.admit,
        jobs=config.jobs,
        repairs=config.repairs,
        entailment=config.entailment,
        cross_check=config.cross_check,
    )


@contextmanager
def _web(config: Config, memory: Memory, *, fresh: bool) -> Iterator[Web]:
    """Fetch for as long as the block takes, asking whether what the memory knows has changed."""
    from briefing.cli.fetching import Web
    from briefing.gathering import KnownPages

    web = Web.within(config, KnownPages(memory), fresh=fresh)
    try:
        yield web
    finally:
        web.close()


def _channels(plan: Plan, config: Config) -> Iterator[Channel]:
    """Yield where the plan wants its editions sent; passwords are read here and kept nowhere."""
    from briefing.daily import Channel

    if plan.mail:
        yield Channel(name="mail", send=partial(_mail, plan.mail, plan))
    if plan.webhook:
        yield Channel(name="webhook", send=partial(_post, plan.webhook, plan, config))


def _mail(mail: Mail, plan: Plan, edition: Edition, earlier: Sequence[Edition]) -> Delivered:
    from briefing.delivery import key_of, send_mail

    password = os.environ.get("BRIEFING_SMTP_PASSWORD")
    written = _digest(edition, earlier, plan)
    return send_mail(mail, written, key=key_of(plan, edition.day), at=edition.as_of, password=password)


def _post(webhook: Webhook, plan: Plan, config: Config, edition: Edition, earlier: Sequence[Edition]) -> Delivered:
    from briefing.delivery import key_of, send_webhook

    return send_webhook(
        webhook,
        _digest(edition, earlier, plan),
        key=key_of(plan, edition.day),
        secret=os.environ.get("BRIEFING_WEBHOOK_SECRET"),
        allow_private=config.allow_private,
    )


def _digest(edition: Edition, earlier: Sequence[Edition], plan: Plan) -> Digest:
    from briefing.render import digest

    return digest(edition, earlier, site=plan.site)


# What it leaves
# --------------


def _print(outcome: Outcome, plan: Plan, memory: Memory, *, digest: bool, as_json: bool) -> None:
    from briefing import render

    edition = outcome.edition
    if digest or as_json:
        earlier = memory.editions(before=edition.day)[-30:]
        made = _digest(edition, earlier, plan)
        write_out(render.to_json(made.values) if as_json else made.text)


def _code(outcome: Outcome, *, strict: bool) -> int:
    """Return the exit code: what could not be read, then what the model failed at, then what could not be sent."""
    if outcome.read_nothing or (strict and outcome.edition.unread):
        return 3
    if outcome.failures:
        return 4
    if any(not sent.ok for sent in outcome.sent):
        return 5
    return 1 if strict and not outcome.holds else 0
