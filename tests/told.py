"""Builders of stories that were told before: what is new, an edition, all by hand or on top of a real briefing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from briefing.days import Edition, ToldClaim, ToldStory
from briefing.render import display_name
from briefing.types import Briefing, Change, ChangeKind, Earlier, Evidence, Given, News, Unread

WEDNESDAY = date(2031, 3, 5)
THURSDAY = date(2031, 3, 6)
AS_OF = datetime(2031, 3, 6, 9, 30, tzinfo=UTC)


def given(value: str, day: date, *evidence: Evidence) -> Given:
    """A value and who gives it."""
    return Given(value=value, day=day, evidence=evidence)


def followed(briefing: Briefing) -> News:
    """Every kind of news there is, about the examples."""
    said = briefing.claims[0].checked.evidence[0]
    told_anew = briefing.claims[0].checked
    courier, lantern, *_ = (value.evidence[0] for value in briefing.disputes[0].values)
    told = Earlier(day=WEDNESDAY, folder="01-tarvysh-dam", claim="C1", text=said.text)
    changes = (
        Change(
            kind=ChangeKind.CORRECTED,
            about=said.text,
            before=(given("4000", WEDNESDAY, said),),
            after=(given("4200", THURSDAY, lantern),),
            told=told,
            note="It is put right in a correction notice.",
        ),
        Change(
            kind=ChangeKind.CHANGED_VALUE,
            about="people left",
            before=(given("4000", WEDNESDAY, courier),),
            after=(given("about 4200", THURSDAY, lantern),),
            told=told,
        ),
        Change(
            kind=ChangeKind.DISPUTE_OPENED,
            about="people remaining",
            after=(given("12000", THURSDAY, courier), given("12", THURSDAY, lantern)),
            dispute=briefing.disputes[0].id,
        ),
        Change(
            kind=ChangeKind.DISPUTE_SETTLED,
            about="title of Andrei Keslin",
            before=(given("director", WEDNESDAY, courier), given("Water Minister", WEDNESDAY, lantern)),
            after=(given("director", THURSDAY, courier),),
        ),
        Change(
            kind=ChangeKind.SOURCE_EDITED,
            about=said.text,
            before=(given(said.text, WEDNESDAY, said),),
            after=(given("About 4,200 people have left", THURSDAY, lantern),),
            told=told,
        ),
        Change(
            kind=ChangeKind.SOURCE_WITHDRAWN, about=said.text, before=(given(said.text, WEDNESDAY, said),), told=told
        ),
        Change(kind=ChangeKind.NEW_FACT, about=told_anew.text, claims=(told_anew.id,)),
    )
    return News(since=WEDNESDAY, changes=changes, told_again=12, days=(("S1", WEDNESDAY),))


def story(briefing: Briefing, rank: int, folder: str, *, thread: str, news: News | None = None) -> ToldStory:
    """The briefing as it is remembered, once it was told."""
    return ToldStory(
        thread=thread,
        rank=rank,
        folder=folder,
        title=briefing.sections[0].story.title,
        sources=tuple((d.id, d.location, d.sha256) for d in briefing.documents),
        claims=tuple(ToldClaim(checked=c.checked, standing=c.standing) for c in briefing.claims),
        disputes=briefing.disputes,
        news=news,
        names=tuple((d.id, display_name(d)) for d in briefing.documents),
        origins=len({origin for _, origin in briefing.stories.origins}),
    )


def editions(briefing: Briefing) -> tuple[Edition, Edition, Edition]:
    """Three days of a ferry desk: a story begins, goes on with every kind of news, and is quiet."""
    first = Edition(
        day=WEDNESDAY,
        as_of=AS_OF - timedelta(days=1),
        title="Dam desk",
        stories=(story(briefing, 1, "01-kostrel-empties", thread="2031-03-05/1"),),
        read=7,
    )
    second = Edition(
        day=THURSDAY,
        as_of=AS_OF,
        title="Dam desk",
        stories=(
            story(briefing, 1, "01-kostrel", thread="2031-03-05/1", news=followed(briefing)),
            story(briefing, 2, "02-treaty", thread="2031-03-06/1"),
        ),
        others=("A market day in Lodvin", "Goats <b>loose</b> in Saltmere"),
        read=312,
        passed_over=(("too old", 8), ("in another language", 3), ("on no topic", 0)),
        unread=(Unread(location="https://lantern.example/rss", error="no answer in 30 s", hint="asked again"),),
    )
    quiet = ToldStory(
        thread="2031-03-05/1",
        rank=1,
        folder="",
        title=briefing.sections[0].story.title,
        sources=second.stories[0].sources,
        news=News(since=THURSDAY, told_again=4),
    )
    third = Edition(
        day=THURSDAY + timedelta(days=1), as_of=AS_OF + timedelta(days=1), title="Dam desk", stories=(quiet,), read=2
    )
    return first, second, third
