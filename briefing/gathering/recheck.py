"""Whether the sources of earlier briefs are still there, and still read as they did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from briefing.days import Article, Validator
from briefing.documents import document_or_error
from briefing.errors import AddressGone, SourceError, SourceNotFound, SourceUnsupported
from briefing.fetch import Fetcher, is_address
from briefing.gathering.asking import is_as_known, validator_of
from briefing.gathering.batches import Batch, Entry, keep
from briefing.gathering.keys import Sight, items_of, sight_of
from briefing.gathering.reading import fetched_within, of_part
from briefing.gathering.values import Pace, Rechecked, Remembers
from briefing.gathering.work import Allowance, Work
from briefing.plan.model import Plan
from briefing.sources import CONTAINERS, ReadLimits, articles_in, as_source, original
from briefing.types import Source


def recheck(
    plan: Plan,
    memory: Remembers,
    fetcher: Fetcher,
    articles: Sequence[Article],
    *,
    now: datetime,
    limits: ReadLimits,
    most: int = 200,
    report: Callable[[str, str], None] = lambda _stage, _detail: None,
    pace: Pace | None = None,
) -> Rechecked:
    """Look again at where articles came from, the newest first and at most so many; keep those that were edited.

    Run it after `gather`, which reads what has changed at the places of the plan themselves. A page is held against
    the last version that is kept of it; of an item whose feed has its text, the page only says whether it is still
    there. Raises StoreError.
    """
    work = Work.of(plan, memory, fetcher, now=now, limits=limits, pace=pace or Pace())
    chosen = _newest(articles)[:most]
    allowance = Allowance(work)
    found = Rechecked()
    for start in range(0, len(chosen), work.pace.pages):
        found = _joined(found, _some(chosen[start : start + work.pace.pages], work, allowance))
    report("rechecking", f"{len(found.edited):,} of {len(chosen):,} edited, {len(found.withdrawn):,} withdrawn")
    return found


def _newest(articles: Sequence[Article]) -> list[Article]:
    """Return the last version of each, the newest first."""
    oldest_first = sorted(articles, key=lambda article: (article.day, article.arrived))
    return list({article.key: article for article in oldest_first}.values())[::-1]


def _joined(one: Rechecked, other: Rechecked) -> Rechecked:
    return Rechecked(
        unchanged=one.unchanged + other.unchanged,
        edited=one.edited + other.edited,
        withdrawn=one.withdrawn + other.withdrawn,
        unknown=one.unknown + other.unknown,
    )


def _some(articles: Sequence[Article], work: Work, allowance: Allowance) -> Rechecked:
    """Look again at some, and keep what became of them in one transaction."""
    if not allowance.is_spent():
        pages = [article.document.location for article in articles if is_address(article.place)]
        work.fetcher.prefetch(filter(_is_whole, pages), max_bytes=work.limits.max_bytes)
    entries: list[Entry] = []
    there: list[str] = []
    withdrawn: list[str] = []
    unknown: list[str] = []
    for article in articles:
        try:
            entries += _again(article, work, allowance)
            there.append(article.key)
        except (AddressGone, SourceNotFound):
            withdrawn.append(article.key)
        except SourceError:
            unknown.append(article.key)
    edited = keep(Batch(entries=tuple(entries)), work.memory, work.day).articles
    keys = {article.key for article in edited}
    return Rechecked(
        unchanged=tuple(key for key in there if key not in keys),
        edited=edited,
        withdrawn=tuple(withdrawn),
        unknown=tuple(unknown),
    )


def _again(article: Article, work: Work, allowance: Allowance) -> Iterator[Entry]:
    """Yield what an article reads as now, unless it is known to be as it was. Raises a SourceError."""
    if not is_address(article.place):
        yield from _file(article, work)
        return
    page = article.document.location
    if not _is_whole(page):
        raise SourceUnsupported(page, "no address that can be asked", hint="nothing can be done")
    fetched = fetched_within(allowance, page, work)
    # What a feed has of an article cannot be held against its page, which is another text.
    if article.document.media_type not in CONTAINERS and not is_as_known(fetched, work.memory):
        yield _version(article, as_source(page, fetched), work, validator_of(fetched, work.now))


def _is_whole(location: str) -> bool:
    """Say whether a location can be asked: none that a secret was taken out of, and no part of a feed."""
    return "…" not in location and "#id=" not in location


def _file(article: Article, work: Work) -> Iterator[Entry]:
    file, _, part = article.document.location.partition("#id=")
    came = replace(original(str(work.folder / file), work.limits, None), location=file)
    noted = work.memory.fingerprints([sight_of(file)]).get(sight_of(file), "")
    if Sight.read(noted).fingerprint == came.sha256:
        return
    if not part:
        yield _version(article, came, work)
        return
    items = {item.key: item for item in items_of(file, articles_in(came))}
    if article.key not in items:
        raise SourceNotFound(article.document.location, "it is not in its file any more", hint="nothing can be done")
    yield _version(article, of_part(items[article.key]), work)


def _version(article: Article, source: Source, work: Work, validator: Validator | None = None) -> Entry:
    document = document_or_error(replace(source, id="S0"))
    if isinstance(document, SourceError):
        raise document
    return Entry(
        name="",
        sight=None,
        article=work.article(article.key, source.sha256, article.place, document),
        body=(source.data, source.media_type),
        validator=validator,
        seen_before=True,
    )
