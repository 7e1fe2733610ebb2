"""The stories of an edition as all its prints tell them: titles, what is new, how well it stands, where to read on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.days import Edition, ToldStory
from briefing.render.changes import Line, changes_of
from briefing.render.words import long_day, plural, shortened
from briefing.types import ChangeKind, Standing

LINES = 2
"""Lines of a story that say what is new; the others are counted."""
UNTITLED = "Untitled"
_LONGEST = 360
_QUOTE = 140
"""Of a sentence of a source or of an earlier brief, in a line of the index."""
_FOLDER = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One story that was briefed."""

    rank: int
    thread: str
    title: str
    folder: str
    address: str
    """Where its page stands on the web; empty when nobody said where the briefs are served."""
    since: str
    """The day it was last told, in words; empty for a story that is told for the first time."""
    news: tuple[Line, ...]
    """Everything that is new, the most important first; empty for a story that is told for the first time."""
    lines: tuple[tuple[str, str], ...]
    """The first of it, each its label and what it says; of a new story what opens it, without a label."""
    more: str
    facts: tuple[str, ...]
    """How many tell it, and how well it stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuietItem:
    """One story that has nothing new, and where it was told last."""

    thread: str
    title: str
    since: str
    last: str
    """Its last brief as seen from this day's folder: `../2031-03-04/01-ferry-aground`. Empty when not known."""
    address: str


def items(edition: Edition, site: str | None) -> tuple[Item, ...]:
    """Return the stories that were briefed, in the order of the brief."""
    return tuple(_item(story, edition.day, site) for story in _ranked(edition) if story.folder)


def quiet_items(edition: Edition, earlier: Sequence[Edition], site: str | None) -> tuple[QuietItem, ...]:
    """Return the stories that had nothing new. `earlier` are editions before this one, in any order."""
    return tuple(_quiet(story, edition.day, earlier, site) for story in _ranked(edition) if not story.folder)


def _ranked(edition: Edition) -> list[ToldStory]:
    return sorted(edition.stories, key=lambda story: story.rank)


def _item(story: ToldStory, day: date, site: str | None) -> Item:
    news = _news(story, day)
    lines = [(line.label, _in_short(line)) for line in _news(story, day, quote=_QUOTE)[:LINES]]
    lines = lines or [("", shortened(claim.checked.text, _LONGEST)) for claim in story.claims[:1]]
    since = story.news.since if story.news else None
    return Item(
        rank=story.rank,
        thread=story.thread,
        title=story.title.strip() or UNTITLED,
        folder=story.folder,
        address=address(site, day, story.folder),
        since=long_day(since, day) if since else "",
        news=news,
        lines=tuple(lines),
        more=_more(news),
        facts=tuple(_facts(story)),
    )


def _news(story: ToldStory, day: date, *, quote: int | None = None) -> tuple[Line, ...]:
    if story.news is None or story.news.since is None:
        return ()
    return changes_of(story.news.changes, dict(story.names), day, quote=quote)


def _more(news: Sequence[Line]) -> str:
    """Count what is not among the lines that are printed.

    >>> fact, change = Line(ChangeKind.NEW_FACT, "New", ()), Line(ChangeKind.CORRECTED, "Corrected", ())
    >>> _more([change, change, change, fact, fact]), _more([fact, fact])
    ('and 1 more change, 2 new facts', '')
    """
    shown, left = (
        Counter("new fact" if line.kind is ChangeKind.NEW_FACT else "change" for line in lines)
        for lines in (news[:LINES], news[LINES:])
    )
    counts = [
        plural(left[noun], f"more {noun}" if shown[noun] else noun) for noun in ("change", "new fact") if left[noun]
    ]
    return "and " + ", ".join(counts) if counts else ""


def _facts(story: ToldStory) -> Iterator[str]:
    origins = f", {plural(story.origins, 'origin')}" if story.origins else ""
    yield plural(len(story.sources), "article") + origins
    standings = Counter(claim.standing.standing for claim in story.claims)
    if shared := standings[Standing.CORROBORATED]:
        yield f"{shared} of {plural(len(story.claims), 'claim')} corroborated"
    elif story.claims:
        yield plural(len(story.claims), "claim") + ", none corroborated"
    if story.disputes:
        yield plural(len(story.disputes), "disagreement")


def _quiet(story: ToldStory, day: date, earlier: Sequence[Edition], site: str | None) -> QuietItem:
    told = [(e.day, s.folder) for e in earlier for s in e.stories if s.thread == story.thread and s.folder]
    last = max((one for one in told if one[0] < day), default=None)
    since = story.news.since if story.news and story.news.since else last[0] if last else None
    return QuietItem(
        thread=story.thread,
        title=story.title.strip() or UNTITLED,
        since=long_day(since, day) if since else "",
        last=f"../{last[0]}/{last[1]}" if last and _FOLDER.fullmatch(last[1]) else "",
        address=address(site, *last) if last else "",
    )


def address(site: str | None, day: date, folder: str) -> str:
    """Return where the page of a story is served.

    >>> address("https://briefs.example", date(2031, 3, 6), "01-ferry-aground")
    'https://briefs.example/2031-03-06/01-ferry-aground/review.html'
    """
    if not site or not _FOLDER.fullmatch(folder):
        return ""
    return f"{site.rstrip('/')}/{day}/{folder}/review.html"


def plain(line: tuple[str, str]) -> str:
    """Print one of the lines of an item without any markup."""
    label, words = line
    return f"{label}: {words}" if label else words


def _in_short(line: Line) -> str:
    """Leave out the note of a long line, then pieces from the end."""
    if len(line.words) <= _LONGEST:
        return line.words
    pieces = [piece.text for piece in line.pieces]
    while len(pieces) > 1 and len(" ".join(pieces)) > _LONGEST:
        pieces.pop()
    return shortened(" ".join(pieces), _LONGEST)


def head(edition: Edition) -> tuple[str, ...]:
    """Say in a few sentences how much was read and what became of it.

    >>> from datetime import UTC, datetime
    >>> day = Edition(day=date(2031, 3, 6), as_of=datetime(2031, 3, 6, tzinfo=UTC), title="Desk", stories=(), read=1)
    >>> head(day)
    ('1 article read.', 'No story was briefed.')
    """
    told = [story for story in edition.stories if story.folder]
    quiet = len(edition.stories) - len(told)
    articles, origins = sum(len(s.sources) for s in told), sum(s.origins for s in told)
    if told:
        said = f"{plural(len(told), 'story', 'stories')} briefed, from {plural(articles, 'article')}"
        said += f" of {plural(origins, 'origin')}" if origins else ""
    else:
        said = "No story was briefed"
    rest = [f"{quiet:,} {'has' if quiet == 1 else 'have'} nothing new"] if quiet else []
    named = len(edition.others)
    rest += [f"{named:,} more {'is' if named == 1 else 'are'} only named"] if named else []
    unread = [f"{plural(len(edition.unread), 'place')} could not be read."] if edition.unread else []
    return (f"{plural(edition.read, 'article')} read.", "; ".join([said, *rest]) + ".", *unread)


def left_out(edition: Edition) -> str:
    """Say how many articles were read and left out, and why; nothing when none was."""
    counts = [(reason, count) for reason, count in edition.passed_over if count]
    if not counts:
        return ""
    total = sum(count for _, count in counts)
    why = ", ".join(f"{count:,} {reason}" for reason, count in counts)
    return f"{plural(total, 'article')}: {why}."
