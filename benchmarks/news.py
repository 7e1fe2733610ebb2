"""What is new on the second day: threads that go on, sentences that only repeat, changes where nothing changed.

    python -m benchmarks.news FILE… [--one-event 12-103,37-91] [--show N] [--json]

Each line of a file is one story, `{"story", "articles": [{"id", "text"}]}`. The articles of each story are split into
two days at random, several times. Figures: `linked`, the share of stories told on both days that go on in their own
thread; `wrongly`, the share of all other stories of the second day that go on in any; `told`, the share of the second
day's sentences that count as told; `changed` and `opened`, how many changes of value and disputes a story has on its
second day; `quiet`, the share of stories with nothing new when the second day is told again. `--one-event` joins
stories that labels keep apart and a reader would not. `--show` prints so many sentences that count as told, beside the
two told before that are most like them, for a person to judge.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.common import Figures, mean, plain_document, read_rows
from briefing.crosschecks.shares import Shares
from briefing.days import Edition, ToldClaim, ToldStory
from briefing.news import Today, Version, carry, link, news, outlived, terms_of, untold
from briefing.pipeline import Job, Reading, brief
from briefing.sentences import split
from briefing.stories import together
from briefing.types import Briefing, ChangeKind, Document, News, Sentence, Story

_DAYS = (date(2031, 6, 2), date(2031, 6, 3), date(2031, 6, 4))
_DRAWS = 5
_CLAIMS = 8
Stories = Mapping[str, Sequence[str]]
"""The texts of each story."""


def read(path: Path, one_event: Sequence[Sequence[str]]) -> Stories:
    """Return the stories of a file, those of one event joined."""
    first = {story: group[0] for group in one_event for story in group}
    stories: dict[str, list[str]] = {}
    for row in read_rows(path):
        story = str(row["story"])
        stories.setdefault(first.get(story, story), []).extend(article["text"] for article in row["articles"])
    return stories


def two_days(stories: Stories, draw: int) -> tuple[Stories, Stories]:
    """Split the articles of each story in two; a story of one article is told on one of the days."""
    rng = random.Random(draw)
    days: tuple[dict[str, Sequence[str]], dict[str, Sequence[str]]] = ({}, {})
    for story, texts in stories.items():
        shuffled = rng.sample(texts, len(texts))
        half = len(texts) // 2 if len(texts) > 1 else rng.randrange(2)
        for day, part in zip(days, (shuffled[:half], shuffled[half:]), strict=True):
            if part:
                day[story] = part
    return days


# Threads
# -------


def threads(first: Stories, second: Stories) -> Figures:
    """Link the stories of the second day to those of the first."""
    stories = tuple(
        ToldStory(thread=story, rank=rank, folder="", title="", sources=(), terms=terms)
        for rank, (story, terms) in enumerate(zip(first, _terms(first), strict=True), start=1)
    )
    told = Edition(day=_DAYS[0], as_of=datetime(2031, 6, 2, tzinfo=UTC), title="", stories=stories)
    found = link(_terms(second), [told], day=_DAYS[1], follow=timedelta(days=14))
    on = [thread == story for story, thread in zip(second, found, strict=True) if story in first]
    others = [thread is not None for story, thread in zip(second, found, strict=True) if story not in first]
    return {"linked": sum(on) / (len(on) or 1), "wrongly": sum(others) / (len(others) or 1)}


def _terms(stories: Stories) -> Sequence[Mapping[str, float]]:
    documents: list[Document] = []
    grouped = []
    for story, texts in stories.items():
        own = [plain_document(f"S{len(documents) + n}", text) for n, text in enumerate(texts, start=1)]
        grouped.append(Story(id=story, title="", sources=tuple(document.id for document in own)))
        documents += own
    return terms_of(grouped, documents, split(documents))


# News
# ----


class Desk:
    """Briefs one story day by day, as `briefing daily` does, without a model."""

    def __init__(self) -> None:
        self._articles: list[tuple[date, Document]] = []
        self._told: list[tuple[date, ToldStory]] = []

    def day(self, day: date, texts: Sequence[str], *, written: date) -> tuple[News, list[Sentence], list[Sentence]]:
        """Return what is new, the sentences that count as told, and those of the days before."""
        own = [plain_document("S0", text, published=written.isoformat()) for text in texts]
        self._articles += [(day, document) for document in own]
        documents = tuple(replace(d, id=f"S{n}") for n, (_, d) in enumerate(self._articles, start=1))
        sentences = split(documents)
        versions = tuple(
            Version(source=d.id, key=d.id, fingerprint=d.text_sha256, day=when)
            for d, (when, _) in zip(documents, self._articles, strict=True)
        )
        today = {version.source for version in versions if version.day == day}
        new = [s for s in sentences if s.source in today]
        known = [s for s in sentences if s.source not in today]
        before = carry(self._told, versions)
        fresh = untold(new, before, documents, earlier=known)
        reading = Reading(documents=documents, sentences=sentences, stories=together(documents, sentences), unread=())
        job = Job(locations=(), as_of=datetime(2031, 6, 4, tzinfo=UTC), max_claims=_CLAIMS, entailment=False)
        made = brief(reading, job, untold=fresh)
        compared = Today(
            day=day,
            documents=documents,
            sentences=sentences,
            versions=versions,
            claims=made.claims,
            disputes=made.disputes,
            untold=fresh,
        )
        found = news(compared, before)
        self._told.append((day, _told(outlived(made, compared, found), found, versions)))
        return found, [s for s in new if s.id not in fresh], known


def _told(made: Briefing, found: News, versions: Sequence[Version]) -> ToldStory:
    return ToldStory(
        thread="",
        rank=1,
        folder="01",
        title=made.title,
        sources=tuple((v.source, v.key, v.fingerprint) for v in versions),
        claims=tuple(ToldClaim(checked=c.checked, standing=c.standing) for c in made.claims),
        disputes=made.disputes,
        news=found,
    )


def second_days(first: Stories, second: Stories) -> tuple[Figures, list[tuple[Sentence, list[Sentence]]]]:
    """Brief both days of every story that has two, and then the second day again."""
    counts = dict.fromkeys(("stories", "sentences", "told", "changed", "opened", "quiet"), 0)
    repeated: list[tuple[Sentence, list[Sentence]]] = []
    for story in (story for story in second if story in first):
        desk = Desk()
        desk.day(_DAYS[0], first[story], written=_DAYS[0])
        found, told, known = desk.day(_DAYS[1], second[story], written=_DAYS[1])
        again, _, _ = desk.day(_DAYS[2], second[story], written=_DAYS[1])
        kinds = [change.kind for change in found.changes]
        counts["stories"] += 1
        counts["sentences"] += sum(len(split([plain_document("S1", text)])) for text in second[story])
        counts["told"] += len(told)
        counts["changed"] += kinds.count(ChangeKind.CHANGED_VALUE)
        counts["opened"] += kinds.count(ChangeKind.DISPUTE_OPENED)
        counts["quiet"] += again.quiet
        repeated += [(sentence, known) for sentence in told]
    figures = {name: counts[name] / (counts["stories"] or 1) for name in ("changed", "opened", "quiet")}
    return {"told": counts["told"] / (counts["sentences"] or 1), **figures}, repeated


def shown(repeated: Sequence[tuple[Sentence, list[Sentence]]], most: int) -> Iterator[str]:
    """Yield sentences that count as told in other words, each with the two that are most like it."""
    others = [(s, known) for s, known in repeated if s.text not in {k.text for k in known}]
    for sentence, known in random.Random(0).sample(others, min(most, len(others))):
        shares = Shares([k.text for k in known]).holding(sentence.text)
        yield sentence.text
        yield from (f"    {known[i].text}" for i in sorted(shares, key=lambda i: -shares[i])[:2])


# Command
# -------


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.news", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--one-event", default="", help="stories of one event: 12-103,37-91")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    joined = [group.split("-") for group in given.one_event.split(",") if group]
    results: dict[str, Figures] = {}
    for path in given.files:
        began = time.process_time()
        draws = [two_days(read(path, joined), draw) for draw in range(_DRAWS)]
        linked = mean([threads(*days) for days in draws])
        briefed, repeated = second_days(*draws[0])
        results[path.name] = {**linked, **briefed, "seconds": time.process_time() - began}
        print(*shown(repeated, given.show), sep="\n", end="\n" if given.show else "", file=sys.stderr)
    if given.json:
        print(json.dumps({"files": results, "mean": mean(list(results.values()))}))
        return 0
    for name, figures in results.items():
        print(name, *(f"{figure} {value:.3f}" for figure, value in figures.items()), sep="  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
