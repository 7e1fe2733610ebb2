"""Builders of stories that were told before: what is new, an edition, all by hand or on top of a real briefing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from briefing.types import Briefing, Change, ChangeKind, Earlier, Evidence, Given, News

WEDNESDAY = date(2031, 3, 5)
THURSDAY = date(2031, 3, 6)
AS_OF = datetime(2031, 3, 6, 9, 30, tzinfo=UTC)


def given(value: str, day: date, *evidence: Evidence) -> Given:
    """A value and who gives it."""
    return Given(value=value, day=day, evidence=evidence)


def followed(briefing: Briefing) -> News:
    """Every kind of news there is, about the examples."""
    said = briefing.claims[0].checked.evidence[0]
    courier, lantern, *_ = (value.evidence[0] for value in briefing.disputes[0].values)
    told = Earlier(day=WEDNESDAY, folder="01-tarvysh-dam", claim="C1", text=said.text)
    first = briefing.claims[0].checked.id
    changes = (
        Change(kind=ChangeKind.NEW_FACT, about=briefing.claims[0].checked.text, claims=(first,)),
        Change(
            kind=ChangeKind.CHANGED_VALUE,
            about="people left",
            before=(given("4000", WEDNESDAY, courier),),
            after=(given("about 4200", THURSDAY, lantern),),
            told=told,
        ),
        Change(
            kind=ChangeKind.CORRECTED,
            about="the lake would be lowered by",
            before=(given("6 m", WEDNESDAY, courier),),
            after=(given("9 m", THURSDAY, lantern),),
            told=told,
            note="The correction is the source's own.",
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
    )
    return News(since=WEDNESDAY, changes=changes, told_again=12, days=(("S1", WEDNESDAY),))
