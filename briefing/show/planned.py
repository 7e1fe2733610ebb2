"""A plan of daily briefs before it is carried out: what it says, or every mistake in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from briefing.config import Config
from briefing.fetch import shown
from briefing.plan import Mail, Plan
from briefing.plan.loading import Mistake
from briefing.render import plural, show_controls

#: What keeps others out of what a plan names; read from the environment alone.
MAIL_PASSWORD = "BRIEFING_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
WEBHOOK_SECRET = "BRIEFING_WEBHOOK_SECRET"  # noqa: S105
MODEL_KEY = "OPENAI_API_KEY"


def mistake_lines(name: str, found: Sequence[Mistake]) -> str:
    """Print one line for each mistake, as compilers do.

    >>> print(mistake_lines("a.toml", [Mistake(line=3, column=1, key="daily.claims", message="0 is out of range",
    ...                                         hint="write at least 1")]), end="")
    a.toml:3:1: daily.claims: 0 is out of range (write at least 1)
    """
    return "".join(f"{show_controls(_line(name, mistake))}\n" for mistake in found)


def _line(name: str, mistake: Mistake) -> str:
    parts = (f"{name}:{mistake.line}:{mistake.column}", mistake.key, f"{mistake.message} ({mistake.hint})")
    return ": ".join(part for part in parts if part)


def mistake_values(mistake: Mistake) -> dict[str, Any]:
    """Return a mistake for a program."""
    names = ("line", "column", "key", "message", "hint", "passing")
    return {name: getattr(mistake, name) for name in names}


def plan_text(plan: Plan, config: Config, environ: Mapping[str, str]) -> str:
    """Print what a plan says, a line for each question that one might have."""
    return "".join(f"{name:<9} {show_controls(said)}\n" for name, said in _said(plan, config, environ))


def _said(plan: Plan, config: Config, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    read = ((plan.feeds, "feed"), (plan.pages, "page"), (plan.folders, "folder"))
    yield "reads", ", ".join(plural(len(places), one) for places, one in read if places)
    yield "languages", ", ".join(plan.languages) or "any"
    yield "topics", _topics(plan)
    yield "age", f"published at most {span(plan.max_age)} before; a story goes on for {span(plan.follow)}"
    yield "day", f"begins at {plan.cutoff:%H:%M}, {plan.zone.key}"
    yield (
        "briefs",
        f"{plural(plan.stories, 'story', 'stories')} of at most {plural(plan.claims, 'claim')}, in {plan.output}",
    )
    yield "memory", shown(plan.memory)
    yield "model", _model(config, environ)
    if plan.site:
        yield "site", shown(plan.site)
    if plan.mail:
        yield "mail", _mail(plan.mail, environ)
    if plan.webhook:
        signed = "signed" if environ.get(WEBHOOK_SECRET) else f"not signed: {WEBHOOK_SECRET} is not set"
        yield "webhook", f"{host_of(plan.webhook.address)}, {signed}"


def span(length: timedelta) -> str:
    """Say a length in days where it is whole days, else in hours.

    >>> span(timedelta(days=3)), span(timedelta(hours=36))
    ('3 days', '36 hours')
    """
    hours = int(length.total_seconds()) // 3600
    return plural(hours, "hour") if hours % 24 else plural(hours // 24, "day")


def host_of(address: str) -> str:
    """Return the host of an address whose path may be a secret.

    >>> host_of("https://hooks.example/services/8f3c")
    'hooks.example'
    """
    return shown(f"https://{urlsplit(address).hostname}").removeprefix("https://")


def _topics(plan: Plan) -> str:
    if not plan.topics:
        return "none: stories are put in order by how many tell them and how new they are"
    named = ", ".join(f"{topic.name} ({topic.weight:g})" for topic in plan.topics)
    return f"{named}; {'these alone' if plan.only_topics else 'others after them'}"


def _model(config: Config, environ: Mapping[str, str]) -> str:
    if not config.model:
        return "none: sentences of the sources are chosen"
    wanting = config.base_url is None and not environ.get(MODEL_KEY)
    return f"{config.model}, by {config.set_by['model']}" + (f"; {MODEL_KEY} is not set" if wanting else "")


def _mail(mail: Mail, environ: Mapping[str, str]) -> str:
    server = f"by {mail.host}:{mail.port} ({mail.security})"
    wanting = f"; {MAIL_PASSWORD} is not set" if mail.user and not environ.get(MAIL_PASSWORD) else ""
    return f"to {', '.join(mail.recipients)} {server}{wanting}"


def plan_values(plan: Plan, config: Config) -> dict[str, Any]:
    """Return what a plan says for a program; nothing that keeps others out is in it."""
    return {
        "title": plan.title,
        "feeds": [shown(feed) for feed in plan.feeds],
        "pages": [shown(page) for page in plan.pages],
        "folders": list(plan.folders),
        "topics": [topic.name for topic in plan.topics],
        "only_topics": plan.only_topics,
        "languages": list(plan.languages),
        "stories": plan.stories,
        "claims": plan.claims,
        "max_age_hours": plan.max_age.total_seconds() / 3600,
        "follow_hours": plan.follow.total_seconds() / 3600,
        "output": str(plan.output),
        "memory": shown(plan.memory),
        "time_zone": plan.zone.key,
        "day_begins": f"{plan.cutoff:%H:%M}",
        "site": plan.site and shown(plan.site),
        "mail": plan.mail and {"host": plan.mail.host, "port": plan.mail.port, "to": list(plan.mail.recipients)},
        "webhook": plan.webhook and host_of(plan.webhook.address),
        "model": config.model,
    }
