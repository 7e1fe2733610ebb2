"""The tables of `briefing.toml` that are daily's, as pydantic holds a file to them, and the plan they make."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator

from briefing.fetch import is_address
from briefing.plan import fields
from briefing.plan.model import Mail, Plan, Topic, Webhook

#: Where each kind of security has its place at a mail server.
PORTS = {"starttls": 587, "tls": 465, "none": 25}


def _read(read: Callable[[Any], Any], *kinds: type) -> PlainValidator:
    """Take one of `kinds` and make something else of it."""

    def validate(value: object) -> Any:
        if not isinstance(value, kinds):
            raise fields.wrong("this must be text in quotes", 'write it as "…"')
        return read(value)

    return PlainValidator(validate)


Line = Annotated[str, AfterValidator(fields.line)]
Feed = Annotated[str, AfterValidator(fields.feed)]
Page = Annotated[str, AfterValidator(fields.page)]
APath = Annotated[str, AfterValidator(fields.path)]
Language = Annotated[str, AfterValidator(fields.language)]
Mailbox = Annotated[str, AfterValidator(fields.mailbox)]
Span = Annotated[timedelta, _read(fields.duration, str)]
Zone = Annotated[ZoneInfo, _read(fields.zone, str)]
Hour = Annotated[time, _read(fields.hour, str, time)]


class Table(BaseModel):
    """A table of the file: nothing else may stand in it."""

    model_config = ConfigDict(extra="forbid", strict=True)


class TopicTable(Table):
    """`[[daily.topic]]`."""

    name: Line
    keywords: Annotated[list[Line], Field(min_length=1)]
    must: list[Line] = []
    must_not: list[Line] = []
    weight: float = Field(default=1.0, ge=0, le=10, allow_inf_nan=False)


class MailTable(Table):
    """`[daily.mail]`."""

    host: Annotated[str, AfterValidator(fields.host)]
    port: int | None = Field(default=None, ge=1, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Line | None = None
    sender: Mailbox = Field(alias="from")
    recipients: list[Mailbox] = Field(alias="to", min_length=1)


class WebhookTable(Table):
    """`[daily.webhook]`."""

    address: Annotated[str, AfterValidator(fields.hook)]


class DailyTable(Table):
    """`[daily]`. What is not set is as in `Plan`."""

    title: Line = ""
    feeds: list[Feed] = []
    pages: list[Page] = []
    folders: list[APath] = []
    languages: list[Language] = []
    stories: int = Field(default=1, ge=1, le=1_000)
    claims: int = Field(default=1, ge=1, le=1_000)
    only_topics: bool = False
    max_age: Span = timedelta()
    follow: Span = timedelta()
    output: APath = "briefs"
    memory: Annotated[str, AfterValidator(fields.memory)] = "briefing-memory.sqlite3"
    time_zone: Zone | None = None
    day_begins: Hour = time()
    site: Annotated[str, AfterValidator(fields.site)] | None = None
    topic: list[TopicTable] = []
    mail: MailTable | None = None
    webhook: WebhookTable | None = None


#: Settings that are called otherwise in `Plan`, or are made there of what the file says.
_OTHERWISE = frozenset({"feeds", "folders", "output", "memory", "time_zone", "day_begins", "topic", "mail", "webhook"})


def plan_of(daily: DailyTable, file: Path) -> Plan:
    """Return what the table of a file means; `file` is absolute, and paths count from its folder."""
    values = {name: getattr(daily, name) for name in daily.model_fields_set - _OTHERWISE}
    values |= {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    if daily.time_zone:
        values["zone"] = daily.time_zone
    return Plan(
        path=file,
        feeds=tuple(located(feed, file.parent) for feed in daily.feeds),
        folders=tuple(located(folder, file.parent) for folder in daily.folders),
        output=Path(located(daily.output, file.parent)),
        memory=located(daily.memory, file.parent),
        cutoff=daily.day_begins,
        topics=tuple(_topic(topic) for topic in daily.topic),
        mail=_mail(daily.mail) if daily.mail else None,
        webhook=Webhook(address=daily.webhook.address) if daily.webhook else None,
        **values,
    )


def located(place: str, folder: Path) -> str:
    """Return an address as it is, and a path from the folder it counts from.

    >>> located("inbox/../mail", Path("/desk")), located("postgresql://db/x", Path("/desk"))
    ('/desk/mail', 'postgresql://db/x')
    """
    if is_address(place):
        return place
    # Path.expanduser raises for a user that this machine does not know; here the path is not found, and named.
    return os.path.normpath(folder / os.path.expanduser(place))  # noqa: PTH111


def _topic(table: TopicTable) -> Topic:
    return Topic(
        name=table.name,
        keywords=tuple(table.keywords),
        must=tuple(table.must),
        must_not=tuple(table.must_not),
        weight=table.weight,
    )


def _mail(table: MailTable) -> Mail:
    return Mail(
        host=table.host,
        port=table.port or PORTS[table.security],
        security=table.security,
        sender=table.sender,
        recipients=tuple(table.recipients),
        user=table.user,
    )
