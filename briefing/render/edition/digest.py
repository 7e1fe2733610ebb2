"""A day's brief in few words, three times: text for a terminal and an e-mail, HTML for an e-mail, values for a program.

The text is one that a terminal can show: control characters in it are made visible. The HTML loads nothing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.days import Edition, ToldStory
from briefing.render.edition.items import Item, QuietItem, head, items, left_out, plain, quiet_items
from briefing.render.escaping import show_controls
from briefing.render.manifest import utc
from briefing.render.templating import html_templates
from briefing.render.words import full_day

SCHEMA = "briefing-digest/1"
_WIDTH = 78


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """The brief of one day for who does not open its folder."""

    subject: str
    text: str
    """Lines of at most 78 characters, but for addresses; ends with one line break."""
    html: str
    values: dict[str, Any]
    """For JSON: `schema`, `title`, `day`, `as_of`, `read`, `stories`, `quiet`, `others`, `passed_over`, `unread`."""


def digest(edition: Edition, earlier: Sequence[Edition] = (), *, site: str | None = None) -> Digest:
    """Put an edition in few words. `earlier` are editions before it; `site` is where the output folder is served."""
    told, quiet = items(edition, site), quiet_items(edition, earlier, site)
    subject = show_controls(" ".join(f"{edition.title}: {full_day(edition.day)}".split()))
    html = html_templates().get_template("edition/mail.html.j2")
    return Digest(
        subject=subject,
        text="\n".join(_text(edition, subject, told, quiet)) + "\n",
        html=html.render(
            subject=subject,
            head=head(edition),
            stories=told,
            quiet=quiet,
            others=edition.others,
            left_out=left_out(edition),
            unread=edition.unread,
        ),
        values=_values(edition, told, quiet),
    )


def _text(edition: Edition, subject: str, told: Sequence[Item], quiet: Sequence[QuietItem]) -> Iterator[str]:
    yield from _filled(subject)
    yield from _filled(" ".join(head(edition)))
    for item in told:
        yield ""
        yield from _story(item)
    yield from _listed("Nothing new", (_quiet_line(item) for item in quiet))
    yield from _listed("Not briefed", edition.others)
    yield from _listed("Left out", filter(None, [left_out(edition)]))
    yield from _listed("Not read", (f"{u.location}: {u.error} ({u.hint})" for u in edition.unread))


def _story(item: Item) -> Iterator[str]:
    number = f"{item.rank}. "
    yield from _filled(item.title, first=number, indent=" " * len(number))
    indent = " " * len(number)
    for line in (*map(plain, item.lines), *filter(None, [item.more])):
        yield from _filled(line, first=f"{indent}- ", indent=f"{indent}  ")
    last = f"Last told {item.since}" if item.since else "New story"
    yield from _filled("; ".join([last, *item.facts]), first=indent, indent=indent)
    yield indent + (show_controls(item.address) or f"{item.folder}/briefing.md")


def _quiet_line(item: QuietItem) -> str:
    return f"{item.title} (last told {item.since})" if item.since else item.title


def _listed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield from ("", heading)
        for line in listed:
            yield from _filled(line, first="- ", indent="  ")


def _filled(text: str, *, first: str = "", indent: str = "") -> list[str]:
    clean = show_controls(" ".join(text.split()))
    return textwrap.wrap(
        clean,
        width=_WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]


def _values(edition: Edition, told: Sequence[Item], quiet: Sequence[QuietItem]) -> dict[str, Any]:
    stories = {story.thread: story for story in edition.stories}
    return {
        "schema": SCHEMA,
        "title": edition.title,
        "day": edition.day.isoformat(),
        "as_of": utc(edition.as_of),
        "read": edition.read,
        "stories": [_story_values(item, stories[item.thread]) for item in told],
        "quiet": [_quiet_values(item, stories[item.thread]) for item in quiet],
        "others": list(edition.others),
        "passed_over": dict(edition.passed_over),
        "unread": [{"location": u.location, "error": u.error, "hint": u.hint} for u in edition.unread],
    }


def _story_values(item: Item, story: ToldStory) -> dict[str, Any]:
    return {
        "rank": item.rank,
        "thread": item.thread,
        "title": item.title,
        "folder": item.folder,
        "address": item.address or None,
        "last_told": _last_told(story),
        "new": [{"kind": line.kind.value, "text": str(line)} for line in item.news],
        "claims": [claim.checked.text for claim in story.claims],
        "disputes": [dispute.about for dispute in story.disputes],
        "sources": len(story.sources),
        "origins": story.origins,
    }


def _quiet_values(item: QuietItem, story: ToldStory) -> dict[str, Any]:
    return {
        "thread": item.thread,
        "title": item.title,
        "last_told": _last_told(story),
        "address": item.address or None,
    }


def _last_told(story: ToldStory) -> str | None:
    return story.news.since.isoformat() if story.news and story.news.since else None
