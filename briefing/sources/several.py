"""The sources that one location stands for: itself, or each article of a file or a feed that holds several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing.errors import SourceError, SourceNotFound, SourceTooLarge, SourceUnsupported
from briefing.fetch import Fetcher, is_address
from briefing.sources.files import STDIN
from briefing.sources.kinds import CONTAINERS, FEEDS
from briefing.sources.limits import ReadLimits
from briefing.sources.originals import original, whole_and_number
from briefing.sources.part import Part
from briefing.sources.parts import parts
from briefing.types import Source

Keep = Callable[[bytes, str], None]
"""Called with bytes that cannot be read again from where they came, an address or standard input, and their kind."""


def forget(_data: bytes, _kind: str) -> None:
    """Keep nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """How sources are read in one run."""

    limits: ReadLimits
    fetcher: Fetcher | None = None
    keep: Keep = forget
    known: set[str] = field(default_factory=set)
    """Locations that were read or will be, so that a feed need not give their pages again."""

    def one(self, location: str) -> Source:
        """Read what is one source. Raises a SourceError, also for a file of several articles."""
        whole, number = whole_and_number(location)
        came = self._came(whole)
        if came.media_type not in CONTAINERS:
            return replace(came, location=_as_written(came, whole, location))
        found = articles_in(came)
        if number is None and len(found) > 1:
            message = f"it holds {len(found):,} articles, and one is wanted"
            raise SourceUnsupported(came.location, message, hint=f"name one of them, as {came.location}#1")
        if number is not None and number > len(found):
            message = f"{came.location} holds no more than {len(found):,}"
            raise SourceNotFound(f"{came.location}#{number}", message, hint="count from 1")
        part = found[(number or 1) - 1]
        return _source(came, part, f"{came.location}#{number}" if number else came.location)

    def all(self, location: str) -> Iterator[Source | SourceError]:
        """Yield each source of a location, or the error why it is none."""
        whole, number = whole_and_number(location)
        try:
            if number is not None:
                yield self.one(location)
                return
            came = self._came(whole)
            found = articles_in(came) if came.media_type in CONTAINERS else ()
        except SourceError as error:
            yield error
            return
        if came.media_type in CONTAINERS:
            yield from self._several(came, found)
        else:
            yield came

    def _came(self, location: str) -> Source:
        came = original(location, self.limits, self.fetcher)
        if location == STDIN or is_address(location):
            self.keep(came.data, came.media_type)
        return came

    def _several(self, came: Source, found: Sequence[Part]) -> Iterator[Source | SourceError]:
        chosen = _chosen(found, came.media_type, self.limits)
        online = self.fetcher if is_address(came.location) else None
        if online:
            online.prefetch([part.page for part in chosen if part.page], max_bytes=self.limits.max_bytes)
        for part in chosen:
            location = came.location if len(found) == 1 else f"{came.location}#{part.number}"
            if online and part.page:
                yield from self._page(came, part, location)
            else:
                yield _source_or_error(came, part, location)
        if len(chosen) < len(found):
            yield _too_many(came, found, chosen)

    def _page(self, came: Source, part: Part, location: str) -> Iterator[Source | SourceError]:
        """Fetch the page of an item that is only a summary; where that fails, the summary has to do."""
        page = part.page or ""
        if page in self.known:
            return
        self.known.add(page)
        try:
            yield self._came(page)
        except SourceError as error:
            yield error
            yield _source_or_error(came, part, location)


def articles_in(came: Source) -> tuple[Part, ...]:
    """Return the articles of a source whose kind is one of several. Raises a SourceError with its location."""
    try:
        return parts(came.data, came.media_type, came.address)
    except SourceError as error:
        raise _located(error, came.location) from error


def _located(error: SourceError, location: str) -> SourceError:
    return type(error)(location, error.message, hint=error.hint)


def _source_or_error(came: Source, part: Part, location: str) -> Source | SourceError:
    try:
        return _source(came, part, location)
    except SourceError as error:
        return error


def _source(came: Source, part: Part, location: str) -> Source:
    if part.error:
        raise _located(part.error, location)
    return replace(came, location=location, data=part.data, media_type=part.media_type, address=None, charset=None)


def _as_written(came: Source, whole: str, location: str) -> str:
    """A page keeps the fragment that it was asked for with."""
    return came.location + location.removeprefix(whole)


def _chosen(found: Sequence[Part], media_type: str, limits: ReadLimits) -> Sequence[Part]:
    is_feed = media_type in FEEDS or any(part.when is not None for part in found)
    if not is_feed or len(found) <= limits.max_items:
        return found[: limits.max_parts]
    newest = sorted(found, key=lambda part: (-(part.when or 0.0), part.number))[: limits.max_items]
    return sorted(newest, key=lambda part: part.number)


def _too_many(came: Source, found: Sequence[Part], chosen: Sequence[Part]) -> SourceTooLarge:
    which = "newest" if chosen[-1].number > len(chosen) or came.media_type in FEEDS else "first"
    message = f"it holds {len(found):,} articles; the {which} {len(chosen):,} were read"
    return SourceTooLarge(came.location, message, hint=f"name others one by one, as {came.location}#{len(found)}")
