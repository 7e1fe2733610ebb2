"""The articles of a feed, or of a file that holds several: those that are new or have changed, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.days import Validator
from briefing.errors import SourceError
from briefing.fetch import is_address
from briefing.gathering.batches import Batch, Entry
from briefing.gathering.keys import Item, Sight, items_of
from briefing.gathering.reading import Reader
from briefing.gathering.work import Allowance, Work
from briefing.sources import articles_in
from briefing.types import Source, Unread


class _Wanted(NamedTuple):
    """An item to be read, and how it was seen last."""

    item: Item
    seen: Sight | None


class Container:
    """One such place, in one run."""

    def __init__(self, work: Work, came: Source, *, place: str, key: str, allowance: Allowance) -> None:
        """Take what `came`; `place` is as the plan has it, `key` what it is known by."""
        self._work = work
        self._came = came
        self._key = key
        self._place = place
        self._late: list[tuple[str, Sight]] = []
        self._reader = Reader(work, place, allowance, online=is_address(place))

    def batches(self, last: Sequence[Validator], done: Sequence[tuple[str, Sight]] = ()) -> Iterator[Batch]:
        """Yield what it holds in batches; the `last` has what says that all of it is `done`.

        Raises a SourceError when nothing in it can be told apart.
        """
        items = list(items_of(self._key, articles_in(self._came)))
        wanted, others = self._told_apart(items)
        chosen, passed_over = self._chosen(wanted)
        if passed_over:
            said = f"it has {len(wanted):,} new items; the newest {len(chosen):,} were read"
            yield Batch(noted=tuple(passed_over), never_read=self._line([said], ()))
        for entries in self._read(chosen):
            yield Batch(entries=tuple(entries))
        whole = not self._reader.postponed
        yield Batch(
            noted=(*others, *self._late, *(done if whole else ())),
            validators=tuple(last) if whole else (),
            known=len(items) - len(wanted),
            unread=self._unread(),
            never_read=self._never_read(),
            withdrawn=tuple(self._reader.withdrawn),
        )

    def _told_apart(self, items: Sequence[Item]) -> tuple[list[_Wanted], list[tuple[str, Sight]]]:
        """Return what is to be read, and what to note of items whose article another place has brought already."""
        noted = self._work.memory.fingerprints(name for item in items for name in (item.name, item.key))
        seen = {item.name: Sight.read(noted[item.name]) for item in items if item.name in noted}
        there = [item for item in items if item.name not in seen and item.key in noted]
        owners = {item.name: _owner(item.key, noted[item.key]) for item in there}
        # Some feeds give an item another name whenever they write it anew, and leave its address.
        own = self._own(owners.values())
        seen |= {name: Sight("", key) for name, key in owners.items() if key in own}
        others = [
            (item.name, Sight(item.part.fingerprint, owners[item.name])) for item in there if item.name not in seen
        ]
        wanted = [
            _Wanted(item, seen.get(item.name))
            for item in items
            if (item.name in seen and seen[item.name].fingerprint != item.part.fingerprint)
            or (item.name not in seen and item.key not in noted)
        ]
        return wanted, others

    def _own(self, keys: Iterable[str]) -> set[str]:
        """Return the keys of articles that this very place brought."""
        latest = self._work.memory.latest(keys, upto=self._work.day)
        return {key for key, article in latest.items() if article.place == self._place}

    def _chosen(self, wanted: Sequence[_Wanted]) -> tuple[list[_Wanted], list[tuple[str, Sight]]]:
        """Return the newest, in their order, and what to note of the others."""
        newest = sorted(wanted, key=lambda one: (-(one.item.part.when or 0.0), one.item.part.number))
        chosen = {one.item.part.number for one in newest[: self._work.pace.items]}
        passed = [one.item for one in newest[self._work.pace.items :]]
        noted = [(item.name, Sight(item.part.fingerprint, item.key)) for item in passed]
        return [one for one in wanted if one.item.part.number in chosen], noted

    def _read(self, chosen: Sequence[_Wanted]) -> Iterator[list[Entry]]:
        """Yield what was read whenever it is enough to be kept."""
        entries: list[Entry] = []
        size = 0
        for start in range(0, len(chosen), self._work.pace.pages):
            some = chosen[start : start + self._work.pace.pages]
            self._reader.prefetch(one.item for one in some)
            for one in some:
                entry = self._read_one(one)
                entries.append(entry)
                size += len(entry.body[0]) if entry.body else 0
                if size >= self._work.pace.batch_bytes:
                    yield entries
                    entries, size = [], 0
        if entries:
            yield entries

    def _read_one(self, one: _Wanted) -> Entry:
        """Read an item; one that the line about the feed will count is noted together with that line."""
        before = len(self._reader.failed) + len(self._reader.stood_in)
        entry = self._reader.read(one.item, one.seen)
        if entry.sight is None or len(self._reader.failed) + len(self._reader.stood_in) == before:
            return entry
        self._late.append((entry.name, entry.sight))
        return replace(entry, sight=None)

    def _never_read(self) -> tuple[Unread, ...]:
        """Return one line about what no run will read, or none."""
        reader = self._reader
        said = _counted(reader.failed, "could not be read")
        said += _counted(reader.stood_in, "have no page that could be had, and their summaries were read")
        return self._line(said, [*reader.failed, *reader.stood_in])

    def _unread(self) -> tuple[Unread, ...]:
        """Return one line about what the next run tries again, or none."""
        postponed = self._reader.postponed
        return self._line(_counted(postponed, "have a page that may be had later"), postponed)

    def _line(self, said: Sequence[str], errors: Sequence[SourceError]) -> tuple[Unread, ...]:
        hint = errors[0].hint if errors else "run it more often"
        return (Unread(location=self._came.location, error="; ".join(said), hint=hint),) if said else ()


def _counted(errors: Sequence[SourceError], what: str) -> list[str]:
    """Say of how many new items this is so, and why of the first.

    >>> _counted([SourceError("https://news.example/a", "gone", hint="")], "could not be read")
    ['of its new items, 1 could not be read; the first: https://news.example/a: gone']
    """
    first = errors[0] if errors else None
    return [f"of its new items, {len(errors):,} {what}; the first: {first.subject}: {first.message}"] if first else []


def _owner(key: str, noted: str) -> str:
    """Return which article stands at an address: that one, or the one that was redirected there."""
    seen = Sight.read(noted)
    return key if seen.fingerprint else seen.key
