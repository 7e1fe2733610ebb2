"""Which articles of a day are briefed at all, and which topics each is on. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

from briefing.days import Article
from briefing.plan import Plan, Topic

TOO_OLD = "published too long ago"
OTHER_LANGUAGE = "in another language"
OFF_TOPIC = "on no topic"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sorted:
    """The articles that stories are made of, and why the others are not."""

    articles: tuple[Article, ...]
    topics: Mapping[str, tuple[Topic, ...]]
    """By the key of the article; only those on any."""
    passed_over: tuple[tuple[str, int], ...]


def sort_out(articles: Iterable[Article], plan: Plan, *, followed: Collection[str] = ()) -> Sorted:
    """Keep what is young enough, in a wanted language and, where the plan says so, on a topic.

    Articles with a key in `followed` are kept whatever their age: a story rests on an earlier version of them.
    """
    kept: list[Article] = []
    topics: dict[str, tuple[Topic, ...]] = {}
    reasons: Counter[str] = Counter()
    for article in articles:
        on = topics_of(article, plan.topics)
        reason = _against(article, plan, followed=article.key in followed) or (
            OFF_TOPIC if plan.only_topics and not on else None
        )
        if reason:
            reasons[reason] += 1
            continue
        kept.append(article)
        if on:
            topics[article.key] = on
    return Sorted(articles=tuple(kept), topics=topics, passed_over=tuple(sorted(reasons.items())))


def _against(article: Article, plan: Plan, *, followed: bool) -> str | None:
    document = article.document
    published = _moment(document.published, document.published_precision, plan.zone)
    if published and not followed and article.arrived - published > plan.max_age:
        return TOO_OLD
    known = document.language is not None and bool(plan.languages)
    return OTHER_LANGUAGE if known and document.language not in plan.languages else None


def _moment(published: datetime | None, precision: str | None, zone: tzinfo) -> datetime | None:
    """Return when it was published at the latest, in UTC: a mere day lasts until its end, a bare time is local.

    >>> _moment(datetime(2031, 3, 4), "day", UTC)
    datetime.datetime(2031, 3, 5, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if published is None:
        return None
    local = published if published.tzinfo else published.replace(tzinfo=zone)
    return local.astimezone(UTC) + (timedelta(days=1) if precision == "day" else timedelta())


# Topics
# ------


def topics_of(article: Article, topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Return the topics that an article is on, by its title and its text."""
    if not topics:
        return ()
    text = f"{article.document.title or ''}\n{article.document.text}"
    return tuple(topic for topic in topics if is_on(text, topic))


def is_on(text: str, topic: Topic) -> bool:
    """Say whether a text is on a topic.

    >>> ferries = Topic(name="Ferries", keywords=("ferry", "harbour master"), must_not=("football",))
    >>> is_on("The Ferry ran aground.", ferries), is_on("Ferryman wins football cup", ferries)
    (True, False)
    """
    return (
        any(_holds(text, word) for word in topic.keywords)
        and all(_holds(text, word) for word in topic.must)
        and not any(_holds(text, word) for word in topic.must_not)
    )


def _holds(text: str, phrase: str) -> bool:
    return _pattern(phrase).search(text) is not None


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
