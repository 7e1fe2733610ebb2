"""What is new about a story, in words that all prints share: Markdown, the review page, the index, feed and mail.

The words are worked out from the values of a `Change` alone. Its values come from sources: every print escapes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.render.words import legible, quoted, short_day, shortened
from briefing.types import Change, ChangeKind, Evidence, Given

_LABELS = {
    ChangeKind.NEW_FACT: "New",
    ChangeKind.CHANGED_VALUE: "Changed",
    ChangeKind.CORRECTED: "Corrected",
    ChangeKind.DISPUTE_OPENED: "Now disputed",
    ChangeKind.DISPUTE_SETTLED: "No longer disputed",
    ChangeKind.SOURCE_EDITED: "Edited since",
    ChangeKind.SOURCE_WITHDRAWN: "Withdrawn",
}
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(rf"\d{{4}}-\d\d|\d {_MONTH}\b|\b{_MONTH} \d")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a change, and the spans that they rest on."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A change as a line: what kind of news it is, and what it says."""

    kind: ChangeKind
    label: str
    pieces: tuple[Piece, ...]
    dispute: str = ""
    """Id of the dispute of the briefing that it is about."""
    note: str = ""
    """One sentence about it."""

    @property
    def words(self) -> str:
        """All it says after its label."""
        said = " ".join(piece.text for piece in self.pieces)
        return f"{said} — {self.note}" if self.note else said

    def __str__(self) -> str:
        return f"{self.label}: {self.words}"


def changes_of(
    changes: Iterable[Change], names: Mapping[str, str], today: date, *, quote: int | None = None
) -> tuple[Line, ...]:
    """Return a line for each change, in their order.

    `names` says what the sources are known by. A source that is not among them is not named. Of sentences that are
    quoted at most `quote` characters are printed; None is all.

    >>> from briefing.types import Match
    >>> def given(value, day, source):
    ...     found = Evidence(source=source, start=0, end=1, text="3", match=Match.EXACT)
    ...     return Given(value=value, day=day, evidence=(found,))
    >>> before, after = given("3000", date(2031, 3, 5), "S1"), given("3100", date(2031, 3, 6), "S2")
    >>> change = Change(kind=ChangeKind.CHANGED_VALUE, about="evacuated", before=(before,), after=(after,))
    >>> print(*changes_of([change], {"S1": "Plainsheet", "S2": "Sorvane Herald"}, date(2031, 3, 6)))
    Evacuated: 3,000 on Wednesday (Plainsheet) → 3,100 on Thursday (Sorvane Herald)
    >>> print(*changes_of([change], {"S1": "Sorvane Herald", "S2": "Sorvane Herald"}, date(2031, 3, 6)))
    Evacuated: 3,000 on Wednesday → 3,100 on Thursday (Sorvane Herald)
    """
    telling = _Telling(names, today, quote)
    lines = [telling.line(change) for change in changes]
    return tuple(line for i, line in enumerate(lines) if line not in lines[:i])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class _Telling:
    names: Mapping[str, str]
    today: date
    quote: int | None

    def line(self, change: Change) -> Line:
        return Line(
            kind=change.kind,
            label=self.label(change),
            pieces=tuple(self.pieces(change)),
            dispute=change.dispute or "",
            note=_figures(change.note),
        )

    def label(self, change: Change) -> str:
        """Name the kind of news, and what it is about where that is a matter and not a sentence."""
        label = _LABELS[change.kind]
        if not _is_matter(change):
            return label
        return _capital(change.about) if change.kind is ChangeKind.CHANGED_VALUE else f"{label}, {change.about}"

    def pieces(self, change: Change) -> Iterator[Piece]:
        if change.kind in (ChangeKind.SOURCE_EDITED, ChangeKind.SOURCE_WITHDRAWN):
            yield from self._about_source(change)
        else:
            yield from _about(change)
            yield from self._values(change)
            yield from self._told(change)

    def _values(self, change: Change) -> Iterator[Piece]:
        if change.kind is ChangeKind.DISPUTE_OPENED:
            given = (*change.before, *change.after)
            return self._side(given, dated=len({one.day for one in given}) > 1)
        return self._arrow(change)

    def _arrow(self, change: Change) -> Iterator[Piece]:
        same = self._outlets(change.before) == self._outlets(change.after)
        yield from self._side(change.before, named=not same)
        if change.before and change.after:
            yield Piece("→")
        yield from self._side(change.after)

    def _side(self, given: Sequence[Given], *, named: bool = True, dated: bool = True) -> Iterator[Piece]:
        for i, one in enumerate(given):
            if i:
                yield Piece("/")
            day = f" on {short_day(one.day, self.today)}" if dated else ""
            names = self._outlets([one]) if named else ""
            yield Piece(self._value(one) + day + (f" ({names})" if names else ""), one.evidence)

    def _about_source(self, change: Change) -> Iterator[Piece]:
        """Say which source no longer bears out what was told, and how it reads now."""
        who = self._outlets(change.before) or self._outlets(change.after) or "The source"
        verb = "carries" if change.kind is ChangeKind.SOURCE_WITHDRAWN else "says"
        told = f"told on {short_day(change.told.day, self.today)}" if change.told else "told"
        words = self._quoted(change.told.text if change.told else change.about)
        yield Piece(f"{who} no longer {verb} what was {told}: {words}", _evidence(change.before))
        for given in change.after:
            yield Piece(f"→ now {self._quoted(given.value)}", given.evidence)

    def _told(self, change: Change) -> Iterator[Piece]:
        """Quote the claim that was told, where what it is about is that claim."""
        if change.told and _repeats(change) and all(change.told.text != given.value for given in change.before):
            between = "— " if change.before or change.after else ""
            yield Piece(f"{between}told on {short_day(change.told.day, self.today)}: {self._quoted(change.told.text)}")

    def _value(self, given: Given) -> str:
        """Print a value; a whole sentence that stands for one is quoted."""
        sentence = given.value.endswith((".", "!", "?", "”", '"')) and " " in given.value
        return self._quoted(given.value) if sentence else _figures(given.value)

    def _quoted(self, words: str) -> str:
        return quoted(words if self.quote is None else shortened(words, self.quote))

    def _outlets(self, given: Iterable[Given]) -> str:
        known = (self.names.get(evidence.source) for evidence in _evidence(given))
        return ", ".join(dict.fromkeys(name for name in known if name))


#: Beyond this, what a change is about is a sentence rather than a matter.
_MATTER = 60


def _is_matter(change: Change) -> bool:
    return bool(change.before or change.after) and 0 < len(change.about) <= _MATTER and not _repeats(change)


def _repeats(change: Change) -> bool:
    """Whether it is about the very claim that was told."""
    return change.told is not None and change.about == change.told.text


def _about(change: Change) -> Iterator[Piece]:
    """Say what it is about, unless its label or the claim that was told says that already."""
    if change.about and not _is_matter(change) and not _repeats(change):
        yield Piece(f"{change.about.rstrip('.')}:" if change.before or change.after else change.about)


def _evidence(given: Iterable[Given]) -> tuple[Evidence, ...]:
    return tuple(evidence for one in given for evidence in one.evidence)


def _figures(value: str) -> str:
    """Set off thousands, but not in the year of a date."""
    return value if _DATE.search(value) else legible(value)
